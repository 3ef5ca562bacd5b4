"""Sample pages of following: an application's documents and the way of each.

Everything here is invented. Each entry is a name that begins with the design's picture number, and the page
"""

from __future__ import annotations

from kiosk.journeys.pages import (
    DocumentRow,
    EnterTicketNumber,
    Eyebrow,
    Page,
    ScanTicket,
    Tile,
    Timeline,
    TimelineStep,
    Track,
)
from kiosk.ui.samples_shared import AKTA, KK, NUMBER

_STEPS_READY = (
    TimelineStep("Diterima", "Selasa 24 Nov, 09.41", "done"),
    TimelineStep("Diperiksa petugas Dinas", "Selasa 24 Nov, 15.02", "done"),
    TimelineStep("Disetujui", "Rabu 25 Nov, 08.04", "done"),
    TimelineStep("Ditandatangani secara elektronik", "Rabu 25 Nov, 08.10", "done"),
    TimelineStep("Siap dicetak", "Di mesin ini, kapan saja", "now"),
    TimelineStep("Diserahkan", "Setelah Anda menerima dokumen", "future"),
)
TRACK = Track(
    number=NUMBER,
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
TIMELINE_READY = Timeline(
    eyebrow=AKTA,
    number=NUMBER,
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
    eyebrow=KK,
    number=NUMBER,
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
    eyebrow=KK,
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
    eyebrow=AKTA,
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
    number=NUMBER,
    document="d3",
    heading="Siap di Dinas",
    steps=(*_STEPS_READY[:4], TimelineStep("Siap di Dinas", "Rabu 25 Nov, 08.40", "now"), _STEPS_READY[5]),
    panel="office",
    panel_heading="Ambil di loket Dinas",
    message="Kantor Dinas Dukcapil Kabupaten Pinrang. Bawa tiket ini. Boleh diwakilkan dengan surat kuasa.",
    info="**Biaya Rp0.** Jangan membayar siapa pun.",
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
)
