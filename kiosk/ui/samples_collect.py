"""Sample pages of following, collecting, checking, surveys and overlays: what the gallery shows and the tests press.

Everything here is invented. Each entry is a name that begins with the design's picture number, and the
page (for overlays: the page below, and the overlay).
"""

from __future__ import annotations

from kiosk.journeys.pages import (
    Charter,
    CheckPrompt,
    Complaint,
    DisplaySheet,
    DocumentRow,
    EnterTicketNumber,
    Eyebrow,
    HelpSheet,
    IdleWarning,
    Overlay,
    Page,
    PlaceSheet,
    Printing,
    PrintStopped,
    ProgressStep,
    ReadBack,
    ScanTicket,
    SurveyAbout,
    SurveyQuestion,
    Thanks,
    Tile,
    Timeline,
    TimelineStep,
    Track,
    VerdictPage,
)

_NUMBER = "KBL-7F3K9-X"
_AKTA = Eyebrow("baby-carriage", "Akta kelahiran")
_KK = Eyebrow("users-group", "Kartu keluarga")
_FRESH = "Daftar pencabutan diperbarui hari ini pukul 08.00 WITA"
_CORNERS = ((0.235, 0.047), (0.776, 0.03), (0.8, 0.96), (0.25, 0.97))

TRACK = Track(
    number=_NUMBER,
    heading="Satu dokumen siap dicetak",
    rows=(
        DocumentRow(
            "d1",
            "baby-carriage",
            "Akta kelahiran",
            "Siap dicetak",
            "printer",
            "ok",
            "Ditandatangani Rabu 25 Nov, 08.10",
            "ddddn-",
            acts=True,
        ),
        DocumentRow(
            "d2",
            "users-group",
            "Kartu keluarga",
            "Diperiksa",
            "search",
            "inf",
            "Di petugas Dinas sejak Rabu 25 Nov, 08.12",
            "dn----",
        ),
        DocumentRow(
            "d3",
            "mood-kid",
            "KIA (kartu anak)",
            "Ambil di Dinas",
            "building-community",
            "inf",
            "Sudah jadi. Bawa tiket ini ke loket Dinas di Pinrang",
            "ddddn-",
        ),
    ),
    now_heading="Akta Anda sudah jadi",
    now_sentence="Cetak di mesin ini. Siapkan NIK pelapor untuk memastikan ini milik Anda.",
    now_button="Cetak akta",
    now_document="d1",
    fee_line="**Biaya Rp0.** Akta selesai lebih cepat dari janji Kamis, 26 November.",
)
TRACK_NOTHING = Track(
    number="KBL-9XD4V-G",
    heading="Sedang diperiksa",
    rows=(
        DocumentRow(
            "d1",
            "truck",
            "Surat pindah",
            "Diperiksa",
            "search",
            "inf",
            "Di petugas Dinas sejak Selasa 24 Nov, 10.02",
            "dn----",
        ),
        DocumentRow(
            "d2",
            "users-group",
            "Kartu keluarga",
            "Ditolak",
            "x",
            "err",
            "Selasa 24 Nov, 14.31",
            "ddx---",
        ),
    ),
    now_heading="Belum ada yang perlu Anda lakukan",
    now_sentence="Datang lagi mulai Kamis, 26 November, atau tunggu kabar dari kami.",
    fee_line="**Biaya Rp0.** Jangan membayar siapa pun.",
    offline_note="Internet sedang putus. Data terakhir hari ini pukul 08.00 WITA.",
    by_ticket=False,
)
_STEPS_READY = (
    TimelineStep("Diterima", "Selasa 24 Nov, 09.41", "done"),
    TimelineStep("Diperiksa petugas Dinas", "Selasa 24 Nov, 15.02", "done"),
    TimelineStep("Disetujui", "Rabu 25 Nov, 08.04", "done"),
    TimelineStep("Ditandatangani secara elektronik", "Rabu 25 Nov, 08.10", "done"),
    TimelineStep("Siap dicetak", "Di mesin ini, kapan saja", "now"),
    TimelineStep("Diserahkan", "Setelah Anda menerima dokumen", "future"),
)
TIMELINE_READY = Timeline(
    eyebrow=_AKTA,
    number=_NUMBER,
    document="d1",
    heading="Siap dicetak",
    steps=_STEPS_READY,
    panel="ready",
    panel_heading="Akta Anda sudah jadi",
    message="Cetak di mesin ini. Siapkan NIK pelapor untuk memastikan ini milik Anda.",
    button="Cetak akta",
    info="**Biaya Rp0.** Akta selesai lebih cepat dari janji Kamis, 26 November.",
)
TIMELINE_WAITING = Timeline(
    eyebrow=_KK,
    number=_NUMBER,
    document="d2",
    heading="Sedang diperiksa",
    steps=(
        TimelineStep("Diterima", "Selasa 24 Nov, 09.41", "done"),
        TimelineStep("Diperiksa petugas Dinas", "Sejak Rabu 25 Nov, 08.12", "now"),
        TimelineStep("Disetujui", "Paling lambat Kamis 26 Nov", "future"),
        TimelineStep("Ditandatangani secara elektronik", "Setelah disetujui", "future"),
        TimelineStep("Siap dicetak", "Anda dikabari", "future"),
        TimelineStep("Diserahkan", "Setelah Anda menerima dokumen", "future"),
    ),
    panel="none",
    panel_heading="Belum ada yang perlu Anda lakukan",
    message="Datang lagi mulai Kamis, 26 November, atau tunggu kabar dari kami.",
    info="**Biaya Rp0.** Jangan membayar siapa pun.",
)
TIMELINE_REPAIR = Timeline(
    eyebrow=_KK,
    number="KBL-2M8QT-4",
    document="d2",
    heading="Ada yang perlu diperbaiki",
    steps=(
        TimelineStep("Diterima", "Selasa 24 Nov, 10.02", "done"),
        TimelineStep("Diperiksa petugas Dinas", "Selasa 24 Nov, 15.40", "done"),
        TimelineStep("Perlu perbaikan", "Menunggu Anda, hitungan waktu berhenti dulu", "attention"),
        TimelineStep("Disetujui dan ditandatangani", "Waktu dihitung lagi setelah diperbaiki", "future"),
        TimelineStep("Siap dicetak", "Anda dikabari", "future"),
        TimelineStep("Diserahkan", "Setelah Anda menerima dokumen", "future"),
    ),
    panel="repair",
    panel_chip="Foto buram",
    panel_heading="Buku nikah kurang jelas",
    message="Nomor dan tanggalnya tidak terbaca. Foto ulang saja, tidak perlu mengisi dari awal.",
    button="Foto ulang buku nikah",
    info="Tidak membawa suratnya? Datang lagi sebelum **8 Desember**. Setelah itu tetap boleh; "
    "tanggal lapor Anda tetap **24 November**.",
)
TIMELINE_REFUSED = Timeline(
    eyebrow=_AKTA,
    number="KBL-P4W7C-R",
    document="d1",
    heading="Ditolak, masih ada jalan",
    steps=(
        TimelineStep("Diterima", "Senin 23 Nov, 10.26", "done"),
        TimelineStep("Diperiksa petugas Dinas", "Selasa 24 Nov, 14.15", "done"),
        TimelineStep("Ditolak", "Selasa 24 Nov, 14.31", "refused"),
    ),
    panel="refused",
    message="Akta kelahiran anak ini sudah terbit tahun 2019. Bila hilang atau rusak, ajukan kutipan pengganti.",
    info="Tiket dan alasan ini bisa dicetak untuk dibawa pulang. **Biaya Rp0.**",
    ways=(
        Tile("again", "file-plus", "Ajukan lagi", "Kutipan pengganti, tanpa isi ulang"),
        Tile("objection", "scale", "Ajukan keberatan", "Dalam 21 hari kerja sejak ditolak"),
        Tile("ask", "brand-whatsapp", "Tanya Dinas Dukcapil", "WA 0813-4244-7477"),
    ),
)
TIMELINE_OFFICE = Timeline(
    eyebrow=Eyebrow("mood-kid", "KIA (kartu anak)"),
    number=_NUMBER,
    document="d3",
    heading="Siap di Dinas",
    steps=(*_STEPS_READY[:4], TimelineStep("Siap di Dinas", "Rabu 25 Nov, 08.40", "now"), _STEPS_READY[5]),
    panel="office",
    panel_heading="Ambil di loket Dinas",
    message="Kantor Dinas Dukcapil Kabupaten Pinrang. Bawa tiket ini. Boleh diwakilkan dengan surat kuasa.",
    info="**Biaya Rp0.** Jangan membayar siapa pun.",
)
PRINTING = Printing(
    eyebrow=_AKTA,
    number=_NUMBER,
    heading="Sedang dicetak",
    sentence="Tunggu kertas keluar di sebelah kanan bawah.",
    steps=(
        ProgressStep("Ini benar milik Anda", "NIK pelapor cocok dengan tiket", "done"),
        ProgressStep("Tanda tangan elektronik sah", "Kepala Dinas Dukcapil Pinrang", "done"),
        ProgressStep("Mencetak lembar 1 dari 1", "Kertas A4, ukuran asli", "now"),
        ProgressStep("Periksa hasil cetak", "Anda tunjukkan lembarnya ke kamera", "future"),
    ),
    fraction=0.62,
    remaining="Sekitar 20 detik lagi",
    paper_line="Kertas cukup untuk sekitar 140 lembar.",
)
NO_PAPER = PrintStopped(
    eyebrow=_AKTA,
    number=_NUMBER,
    document="d1",
    why="no_paper",
    heading="Kertas printer habis",
    sentences=(
        "Dokumen Anda aman dan belum tercetak. Petugas sudah dikabari untuk mengisi kertas.",
        "Setelah kertas diisi, tekan **Cetak lagi**.",
    ),
    can_retry=True,
    ready=True,
)
JAMMED = PrintStopped(
    eyebrow=_AKTA,
    number=_NUMBER,
    document="d1",
    why="jam",
    heading="Kertas tersangkut",
    sentences=(
        "Dokumen Anda aman. Petugas sudah dikabari dan akan mengeluarkan kertasnya di depan Anda.",
        "Petugas melanjutkan dari sini. Tunggu di dekat mesin.",
    ),
    can_retry=False,
)
PLACE_SHEET = PlaceSheet(
    eyebrow=_AKTA, document="d1", strip="Taruh lembar di bawah kamera", corners=(), error="", may_skip=True
)
PLACE_SHEET_ERROR = PlaceSheet(
    eyebrow=_AKTA,
    document="d1",
    strip="QR belum terbaca. Ratakan kertas",
    corners=_CORNERS,
    error="QR belum terbaca. Ratakan kertas dan jauhkan dari cahaya lampu.",
    may_skip=True,
)
_SHEET_FACTS = (
    ("Dokumen", "Kutipan akta kelahiran"),
    ("Ditandatangani", "25 November 2026, 08.10"),
    ("Lembar", "1 dari 1"),
)
READ_BACK = ReadBack(
    eyebrow=_AKTA,
    document="d1",
    result="match",
    heading="Dokumen sah dan terbaca",
    sentence="QR di kertas cocok dengan dokumen yang ditandatangani Dinas. Silakan dibawa pulang.",
    facts=_SHEET_FACTS,
    strip="QR di kertas terbaca",
    may_receive=True,
)
READ_BACK_UNREADABLE = ReadBack(
    eyebrow=_AKTA,
    document="d1",
    result="unreadable",
    heading="QR belum terbaca",
    sentence="Ratakan kertas lalu baca sekali lagi. Bila hasil cetaknya kurang jelas, cetak lagi bersama petugas.",
    facts=_SHEET_FACTS,
    strip="QR belum terbaca",
    may_receive=True,
)
READ_BACK_DIFFERS = ReadBack(
    eyebrow=_AKTA,
    document="d1",
    result="differs",
    heading="QR di kertas berbeda",
    sentence="Ini bukan lembar yang baru dicetak. Ambil lembar yang keluar dari printer, lalu baca sekali lagi.",
    facts=_SHEET_FACTS,
    strip="QR di kertas berbeda",
    may_receive=False,
)
_ASK = "WA atau telepon 0813-4244-7477"
VERDICTS: dict[str, VerdictPage] = {
    "12": VerdictPage(
        verdict="sah",
        heading="Dokumen sah",
        sentence="Isinya tidak berubah sejak ditandatangani.",
        facts_heading="Cocokkan dengan kertas di tangan Anda",
        facts=(
            ("Jenis", "Kutipan akta kelahiran"),
            ("Nomor", "7315-LU-25112026-••••"),
            ("Nama", "A••• F••••• A•••••"),
            ("Ditandatangani oleh", "Kepala Dinas Dukcapil Pinrang"),
            ("Tanggal", "25 November 2026, 08.10 WITA"),
        ),
        advice="Nomor atau huruf awal nama di kertas berbeda? Jangan dipakai dulu, tanyakan Dinas.",
        list_line=_FRESH,
    ),
    "12b": VerdictPage(
        verdict="dicabut",
        heading="Dicabut",
        sentence="Dinas sudah menarik dokumen ini. Tidak berlaku lagi.",
        facts_heading="Keadaan dokumen",
        facts=(
            ("Jenis", "Kutipan akta kelahiran"),
            ("Diterbitkan", "12 Agustus 2025"),
            ("Dicabut sejak", "9 November 2026"),
        ),
        advice=f"Jangan dipakai. {_ASK}.",
        contact=_ASK,
        list_line=_FRESH,
    ),
    "12c": VerdictPage(
        verdict="terdaftar",
        heading="Terdaftar",
        sentence="Tercatat di daftar terbit Dinas. Belum dibuktikan dengan tanda tangan.",
        facts_heading="Cocokkan dengan kertas di tangan Anda",
        facts=(
            ("Jenis", "Kartu keluarga"),
            ("Diterbitkan", "3 Maret 2024"),
            ("Keadaan", "Belum digantikan, belum dicabut"),
        ),
        advice="Jangan dipakai dulu, tanyakan Dinas",
        list_line="Daftar terbit diperbarui hari ini pukul 08.00 WITA",
        look_up="dukcapil.kemendagri.go.id",
    ),
    "12d": VerdictPage(
        verdict="belum_pasti",
        heading="Belum dapat dipastikan di sini",
        sentence="Bukan berarti palsu. Mesin ini belum bisa memeriksanya.",
        facts_heading="Mengapa, dan apa yang bisa dilakukan",
        facts=(("Mengapa", "QR ini menunjuk laman resmi Dukcapil, yang hanya bisa dibuka dengan HP."),),
        advice="Periksa dengan HP, atau periksa lagi nanti di sini. Ragu? Jangan dipakai dulu.",
        contact="WA 0813-4244-7477",
        list_line="Daftar terakhir 9 hari lalu, 16 November 2026",
        list_old=True,
        look_up="dukcapil.kemendagri.go.id",
    ),
    "13": VerdictPage(
        verdict="tidak_sah",
        heading="Tidak sah",
        sentence="Isi QR bertentangan dengan tanda tangan Dinas. Jangan dipakai, tanyakan Dinas.",
        facts_heading="Yang sebaiknya Anda lakukan",
        facts=(),
        advice=f"Jangan dipakai. {_ASK}.",
        contact=_ASK,
        list_line="Dicek Rabu, 25 Nov 2026\npukul 10.12 WITA",
    ),
    "13b": VerdictPage(
        verdict="digantikan",
        heading="Sudah digantikan",
        sentence="Dokumen ini asli, tetapi sudah ada yang lebih baru.",
        facts_heading="Keadaan dokumen",
        facts=(
            ("Jenis", "Kartu keluarga"),
            ("Diterbitkan", "3 Maret 2024"),
            ("Tidak berlaku sejak", "19 November 2026"),
        ),
        advice="Mintalah kartu keluarga yang terbaru. Pemiliknya dapat mencetaknya di mesin ini, gratis.",
        list_line=_FRESH,
    ),
}
SURVEY = SurveyQuestion(
    key="U2",
    index=2,
    total=9,
    heading="Apakah cara mengurusnya mudah?",
    faces=("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    chosen=3,
)
SURVEY_LONG = SurveyQuestion(
    key="U8",
    index=8,
    total=9,
    heading="Bagaimana pengaduan ditangani?",
    faces=("Tidak ada", "Tidak berfungsi", "Kurang maksimal", "Dikelola baik"),
    skip_label="Belum pernah mengadu",
)
ABOUT = SurveyAbout(
    groups=(
        ("sex", "Jenis kelamin", (("p", "Perempuan"), ("l", "Laki-laki"))),
        (
            "age",
            "Usia",
            (
                ("0", "Di bawah 20"),
                ("20", "20–29"),
                ("30", "30–39"),
                ("40", "40–49"),
                ("50", "50–59"),
                ("60", "60 ke atas"),
            ),
        ),
        (
            "education",
            "Pendidikan",
            (
                ("none", "Tidak sekolah"),
                ("sd", "SD"),
                ("smp", "SMP"),
                ("sma", "SMA"),
                ("d", "Diploma"),
                ("s", "Sarjana"),
            ),
        ),
        (
            "job",
            "Pekerjaan",
            (
                ("farm", "Tani, nelayan"),
                ("own", "Usaha sendiri"),
                ("staff", "Pegawai swasta"),
                ("state", "ASN, TNI, Polri"),
                ("pupil", "Pelajar"),
                ("other", "Lainnya"),
            ),
        ),
    ),
    chosen=(("sex", "p"), ("age", "30"), ("education", "sma")),
)
CHARTER = Charter(
    eyebrow=Eyebrow("certificate", "Akta kelahiran", "Layanan 2 dari 24"),
    items=(
        (
            "clipboard-list",
            "Persyaratan",
            "Surat keterangan lahir, kartu keluarga, buku nikah atau akta perkawinan, NIK dua saksi.",
        ),
        ("route", "Prosedur", "Isi dan foto di mesin, diperiksa Dinas, ditandatangani, dicetak di mesin."),
        ("clock", "Waktu", "1 hari kerja. Dihitung sejak berkas lengkap diterima Dinas."),
        ("cash", "Biaya", "Rp0. Tidak ada biaya di tahap mana pun."),
        ("file-check", "Produk", "Kutipan akta kelahiran, A4, dengan tanda tangan elektronik dan QR."),
        ("messages", "Pengaduan", "WA 0813-4244-7477, SMS 1708, lapor.go.id, atau tekan Pengaduan dan saran."),
    ),
    pledge="“Kami sanggup melayani sesuai standar ini. Bila tidak menepati janji, kami siap menerima sanksi sesuai "
    "peraturan.” Kepala Dinas Dukcapil Pinrang, berlaku sejak 2 Januari 2026.",
    rows_page=2,
    rows_pages=24,
)
COMPLAINT = Complaint(
    channels=(
        ("brand-whatsapp", "Dukcapil Pinrang", "WA 0813-4244-7477"),
        ("message-2", "SP4N-LAPOR!", "SMS 1708, lapor.go.id"),
        ("phone", "Halo Dukcapil", "Telepon 1500537"),
        ("phone", "Ombudsman RI", "Telepon 137"),
    ),
    checked_on="Terakhir diperiksa 2 November 2026",
)

PAGES: tuple[tuple[str, Page], ...] = (
    ("09a-pindai-tiket", ScanTicket("track")),
    ("09a-pindai-tiket-ambil", ScanTicket("collect")),
    ("09a-pindai-tiket-salah", ScanTicket("track", error="Ini bukan tiket Pro Desaku. Cari QR di tiket Anda.")),
    ("09a-pindai-tiket-sibuk", ScanTicket("track", busy=True)),
    ("09a-ketik-nomor", EnterTicketNumber("KBL7F3")),
    ("09a-ketik-nomor-salah", EnterTicketNumber("KBL7F3K9Y", error="Nomor kurang tepat. Lihat lagi tiket Anda.")),
    ("09-lacak", TRACK),
    ("09-lacak-belum-ada", TRACK_NOTHING),
    ("09-garis-waktu-siap", TIMELINE_READY),
    ("09-garis-waktu-diperiksa", TIMELINE_WAITING),
    ("09-garis-waktu-di-dinas", TIMELINE_OFFICE),
    ("09b-lacak-perbaikan", TIMELINE_REPAIR),
    ("09c-lacak-ditolak", TIMELINE_REFUSED),
    ("10-mencetak", PRINTING),
    ("10b-kertas-habis", NO_PAPER),
    ("10b-kertas-tersangkut", JAMMED),
    ("11-letakkan-lembar", PLACE_SHEET),
    ("11-letakkan-lembar-belum-terbaca", PLACE_SHEET_ERROR),
    ("11-periksa-hasil-cetak", READ_BACK),
    ("11-hasil-belum-terbaca", READ_BACK_UNREADABLE),
    ("11-hasil-berbeda", READ_BACK_DIFFERS),
    ("12-tunjukkan-dokumen", CheckPrompt("Taruh QR dokumen di bawah kamera")),
    ("12-tunjukkan-dokumen-sibuk", CheckPrompt("Sedang membaca QR", corners=_CORNERS, busy=True)),
    ("12-cek-sah", VERDICTS["12"]),
    ("12b-cek-dicabut", VERDICTS["12b"]),
    ("12c-cek-terdaftar", VERDICTS["12c"]),
    ("12d-cek-belum-pasti", VERDICTS["12d"]),
    ("13-cek-tidak-sah", VERDICTS["13"]),
    ("13b-cek-sudah-diganti", VERDICTS["13b"]),
    ("14-survei", SURVEY),
    ("14-survei-pengaduan", SURVEY_LONG),
    ("14b-survei-tentang-anda", ABOUT),
    ("14c-terima-kasih", Thanks("Terima kasih", "Jawaban Anda ikut dihitung.", offer_complaint=True)),
    ("14c-selesai", Thanks("Dokumen sudah Anda terima", "Simpan di tempat yang kering.", offer_survey=True)),
    ("21-pengaduan-dan-saran", COMPLAINT),
    ("23-maklumat-pelayanan", CHARTER),
)

OVERLAYS: tuple[tuple[str, Page, Overlay], ...] = (
    ("15-batas-waktu", TRACK, IdleWarning(21)),
    ("24-petugas-dipanggil", TRACK, HelpSheet("called", 12)),
    ("24-petugas-datang", TRACK, HelpSheet("coming", 31)),
    ("24-panggil-petugas", TRACK, HelpSheet("not_coming", 62)),
    ("24-petugas-keluar", TRACK, HelpSheet("away", 2)),
    ("25-tampilan", TRACK, DisplaySheet()),
)
