"""Sample pages of applying. All people, numbers and dates are invented."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journeys import pages as p
from kiosk.journeys.pages import Eyebrow, Steps, Tile

NUMBER = "KBL-7F3K9-X"
_AKTA = Eyebrow("baby-carriage", "Akta kelahiran")
_THREE = ("Akta kelahiran", "KK", "KIA")

EVENTS = (
    Tile("lahir", "baby-carriage", "Bayi lahir", "Akta, kartu keluarga, dan KIA sekaligus"),
    Tile("nikah", "hearts", "Menikah", "Kartu keluarga baru dan status di KTP"),
    Tile("cerai", "arrows-split-2", "Bercerai", "Kartu keluarga baru dan status di KTP"),
    Tile("meninggal", "candle", "Meninggal", "Akta kematian dan kartu keluarga"),
    Tile("pindah", "truck", "Pindah", "Pindah keluar, atau baru datang"),
    Tile("hilang", "file-broken", "Hilang atau rusak", "Ganti kartu keluarga, akta, KTP, KIA"),
    Tile("salah", "pencil", "Data salah", "Perbaiki nama, tanggal, pekerjaan"),
    Tile("umur17", "id", "Umur 17 tahun", "KTP elektronik yang pertama"),
)
DOCUMENTS = (
    Tile("kk", "users-group", "Kartu keluarga", "Baru, ubah data, hilang, atau rusak", "Cetak di sini", "ok"),
    Tile("akta_lahir", "baby-carriage", "Akta kelahiran", "Untuk bayi, anak, atau dewasa", "Cetak di sini", "ok"),
    Tile("akta_mati", "candle", "Akta kematian", "Untuk keluarga yang meninggal", "Cetak di sini", "ok"),
    Tile("pindah", "truck", "Surat pindah", "Pindah ke daerah lain, atau baru datang", "Ditutup sementara", "warn"),
    Tile("ktp", "id", "KTP elektronik", "Hilang, rusak, atau ubah data", "Ambil di Dinas", "inf"),
    Tile("kia", "mood-kid", "KIA (kartu anak)", "Untuk usia di bawah 17 tahun", "Ambil di Dinas", "inf"),
    Tile("ubah", "pencil", "Ubah data diri", "Pendidikan, pekerjaan, agama, nama", "Cetak di sini", "ok"),
    Tile("lain", "dots", "Layanan lain", "Perkawinan, perceraian, pengakuan anak", "Lihat semua", "inf"),
)
WHOM = (
    Tile("saya", "user", "Saya sendiri"),
    Tile("anak", "mood-kid", "Anak", "Anak kandung, angkat, atau asuhan"),
    Tile("orang_tua", "old", "Orang tua", "Ayah, ibu, atau mertua"),
    Tile("pasangan", "hearts", "Suami atau istri"),
    Tile("lain", "users", "Orang lain", "Dengan surat kuasa F-1.07"),
)
PACKAGE = p.Package(
    Eyebrow("baby-carriage", "Bayi lahir"),
    (
        p.PackageItem(
            "akta_lahir",
            "baby-carriage",
            "Akta kelahiran",
            "Tiga foto surat, diambil di mesin ini",
            "Cetak di sini",
            "ok",
            True,
        ),
        p.PackageItem(
            "kk_anak_lahir",
            "users-group",
            "Kartu keluarga baru",
            "Nama bayi masuk. Tanpa foto tambahan",
            "Cetak di sini",
            "ok",
            True,
        ),
        p.PackageItem("kia_baru", "mood-kid", "KIA (kartu anak)", "Tanpa foto tambahan", "Ambil di Dinas", "inf", True),
    ),
    "2 hari kerja",
)
DETAIL = p.ServiceDetail(
    _AKTA,
    1,
    (
        p.RequirementLine(
            "first-aid-kit",
            "Surat keterangan lahir",
            "Dari bidan, puskesmas, atau rumah sakit.\nLahir di rumah? Minta suratnya di meja Kepala Desa, gratis",
        ),
        p.RequirementLine("users-group", "Kartu keluarga orang tua", "Yang memuat nama ayah dan ibu"),
        p.RequirementLine(
            "heart-handshake",
            "Buku nikah atau akta perkawinan",
            "Tidak punya? Pilih “Surat tidak ada” nanti, kami beri jalannya",
        ),
        p.RequirementLine("users", "Nama dan NIK dua orang saksi", "Cukup nomornya, tidak perlu fotokopi KTP"),
    ),
    "Surat pengantar RT/RW tidak diperlukan.",
    "1 hari kerja",
    (
        ("Isi dan foto dokumen", "Di mesin ini, sekitar 10 menit"),
        ("Diperiksa petugas Dinas", "Bila kurang, Anda dikabari"),
        ("Ditandatangani", "Tanda tangan elektronik Dinas"),
        ("Dicetak di sini", "Setelah disetujui. Anda dikabari."),
    ),
    "Kutipan akta kelahiran, kertas A4 80 gram, dengan tanda tangan elektronik dan QR.",
    ("UU 23/2006 jo. UU 24/2013, Pasal 27", "Perpres 96/2018, Pasal 33", "Permendagri 108/2019, Pasal 38"),
    (
        ("Dukcapil Pinrang", "WA 0813-4244-7477"),
        ("SP4N-LAPOR!", "SMS 1708, lapor.go.id"),
        ("Ombudsman RI", "Telepon 137"),
    ),
)
NIK = p.EnterNumber(
    Eyebrow("id", "Data pemohon"),
    "nik",
    "Berapa NIK Anda?",
    "16 angka, tertulis di KTP atau kartu keluarga.",
    "731599450892",
    ways=("use_kk", "scan_code", "dont_know"),
    steps=Steps(1),
)
_BORN = Eyebrow("baby-carriage", "Akta kelahiran", "Pertanyaan 4 dari 11")
QUESTION = p.Question(
    _BORN,
    "tempat",
    "choice",
    "Di mana bayi dilahirkan?",
    "Lihat di surat keterangan lahir. Pilih satu.",
    options=(
        Tile("rs", "building-hospital", "Rumah sakit", "Termasuk rumah bersalin"),
        Tile("puskesmas", "first-aid-kit", "Puskesmas"),
        Tile("polindes", "stethoscope", "Polindes", "Pondok bersalin desa"),
        Tile("rumah", "home", "Rumah", "Rumah sendiri atau keluarga"),
        Tile("lain", "map-pin", "Tempat lain", "Misalnya di perjalanan"),
        Tile("tidak_tahu", "help-circle", "Saya tidak tahu", "Petugas akan membantu"),
    ),
    chosen="puskesmas",
    steps=Steps(2),
)
NAME = p.Question(
    Eyebrow("baby-carriage", "Akta kelahiran", "Pertanyaan 1 dari 11"),
    "nama",
    "text",
    "Siapa nama lengkap bayi?",
    "Paling sedikit dua kata",
    text="ANDI FATIMAH AZ",
    steps=Steps(2),
)
DATE = p.Question(
    Eyebrow("baby-carriage", "Akta kelahiran", "Pertanyaan 2 dari 11"),
    "tanggal",
    "date",
    "Kapan bayi lahir?",
    "Tanggal, bulan, lalu tahun. Lihat surat keterangan lahir.",
    day="17",
    month="11",
    year="20",
    part="year",
    steps=Steps(2),
)
MONTH = replace(DATE, month="", year="2026", part="month")
DATED = replace(DATE, year="2026", check="Hari Selasa, 17 November 2026")
TIME = p.Question(
    Eyebrow("baby-carriage", "Akta kelahiran", "Pertanyaan 3 dari 11"),
    "jam",
    "time",
    "Jam berapa bayi lahir?",
    "Empat angka. Pagi pukul empat lewat dua puluh ditulis 0420.",
    text="042",
    dont_know="Jam tidak tertulis",
    steps=Steps(2),
)
WEIGHT = p.Question(
    Eyebrow("baby-carriage", "Akta kelahiran", "Pertanyaan 5 dari 11"),
    "berat",
    "number",
    "Berapa berat bayi?",
    "Dalam gram, tertulis di surat keterangan lahir.",
    text="3150",
    unit="gram",
    dont_know="Saya tidak tahu",
    steps=Steps(2),
)
_CORNERS = ((0.342, 0.124), (0.690, 0.108), (0.699, 0.877), (0.331, 0.866))
CAPTURE = p.Capture(
    Eyebrow("baby-carriage", "Akta kelahiran"),
    "surat_lahir",
    "Letakkan surat keterangan lahir",
    1,
    3,
    "camera",
    True,
    True,
    True,
    _CORNERS,
    "Diam dulu, sedang memotret",
    countdown=2,
    steps=Steps(3),
)
REVIEW = p.CaptureReview(
    _AKTA, "surat_lahir", "Apakah fotonya jelas?", "contoh", True, "Foto jelas. Semua sudut terlihat.", steps=Steps(3)
)
NO_PAPER = p.NoPaper(
    _AKTA,
    "surat_lahir",
    "Surat keterangan lahir tidak ada",
    ("Lahir di rumah tanpa bidan? Surat pernyataan tanggung jawab mutlak boleh dipakai, dengan dua saksi.",),
    (
        Tile("sptjm", "file-text", "Pakai surat pernyataan", "Dicetak di sini, ditandatangani dua saksi"),
        Tile("nanti", "clock", "Datang lagi dengan suratnya", "Kepala Desa memberi suratnya gratis"),
    ),
    chosen="sptjm",
    steps=Steps(3),
)
_PHOTOS = (
    p.PhotoRow("surat_lahir", "Surat lahir", "contoh", "Jelas terbaca"),
    p.PhotoRow("kk", "Kartu keluarga", "contoh", "Jelas terbaca"),
    p.PhotoRow("buku_nikah", "Buku nikah", "contoh", "Jelas terbaca"),
)
_DECLARE = "Data ini benar. Saya tahu data dikirim ke Dinas Dukcapil Pinrang untuk membuat akta ini."
CHECK = p.CheckAnswers(
    (
        p.AnswerRow("nama", "Nama bayi", "Andi Fatimah Azzahra"),
        p.AnswerRow("tanggal", "Tanggal dan jam lahir", "17 November 2026, 04.20"),
        p.AnswerRow("kelamin", "Jenis kelamin", "Perempuan"),
        p.AnswerRow("tempat", "Tempat lahir", "Puskesmas, Kab. Pinrang"),
    ),
    1,
    11,
    1,
    3,
    _PHOTOS,
    _DECLARE,
    True,
    steps=Steps(4),
)
CHECK_MISSING = replace(
    CHECK,
    rows=(*CHECK.rows[:2], p.AnswerRow("kelamin", "Jenis kelamin", "", missing=True), CHECK.rows[3]),
    photos=(_PHOTOS[0], p.PhotoRow("kk", "Kartu keluarga", "", "Belum diisi", ok=False), _PHOTOS[2]),
    declared=False,
    blocked="Belum diisi: jenis kelamin.",
)
NOTICE = p.Notice(
    "Untuk apa data saya?",
    (
        ("Siapa yang menerima", "Dinas Dukcapil Kabupaten Pinrang. Kantor desa tidak dapat membuka berkas ini."),
        ("Untuk apa", "Membuat akta kelahiran, kartu keluarga, dan KIA yang Anda minta. Tidak untuk yang lain."),
        ("Berapa lama", "Di mesin ini sampai dokumen diserahkan. Di Dinas sesuai jadwal arsip kependudukan."),
        ("Hak Anda", "Melihat, membetulkan, dan meminta penjelasan. Tanyakan WA 0813-4244-7477."),
    ),
)
TICKET = p.TicketOut(
    NUMBER,
    _THREE,
    "printed",
    "slip",
    1,
    "Ambil dan baca dulu. Tiket ini kunci dokumen Anda, dan hanya dicetak untuk Anda.",
)
SHOWN = p.TicketOnScreen(NUMBER, "PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2, 47)
SENT = p.Sent(
    NUMBER,
    _THREE,
    True,
    "Permohonan\nterkirim",
    "Anda boleh pulang. Tidak perlu menunggu di sini.",
    (
        ("search", "Petugas Dinas memeriksa", "Akta kelahiran, kartu keluarga, KIA"),
        ("calendar-event", "Datang lagi mulai Kamis, 26 November", "Bawa tiket, pilih Ambil dokumen"),
        ("building-community", "KIA diambil di Dinas", "Bawa tiket yang sama"),
    ),
)
STORED = p.Sent(
    NUMBER,
    _THREE,
    False,
    "Tersimpan,\nakan dikirim",
    "Internet sedang putus. Data aman di mesin ini dan dikirim sendiri nanti. Anda boleh pulang.",
    (
        ("device-desktop", "Disimpan di mesin 24 Nov 09.41 WITA", "Janji waktu dihitung sejak diterima Dinas."),
        ("message-2", "Kami kabari ke 08•• •••• •12", "Sekali saat terkirim, sekali saat siap"),
        ("printer", "Cetak di mesin ini", "Bawa tiket, pilih Ambil dokumen"),
    ),
)

STORED_FOUR = replace(
    STORED, lines=(*STORED.lines, ("building-community", "KIA (kartu anak) diambil di Dinas", "Bawa tiket yang sama"))
)
CLOSED = p.Closed(
    Eyebrow("truck", "Surat pindah"),
    "Layanan ini ditutup sementara",
    (
        "Dinas Dukcapil Pinrang menutup layanan ini sampai 30 November.",
        "Anda tetap bisa datang ke loket Dinas. Biaya tetap Rp0.",
    ),
)
SORRY = p.Sorry(
    "Permohonan belum tersimpan",
    (
        "Penyimpanan mesin sedang tidak bisa ditulisi.",
        "Jawaban dan foto Anda masih ada di layar ini, belum ada yang hilang.",
        "Coba sekali lagi. Masih gagal? Panggil petugas.",
    ),
    retry="Coba kirim lagi",
)
