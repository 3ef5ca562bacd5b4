"""Sample pages of collecting: printing, stops, the sheet read back.

Everything here is invented. Each entry is a name that begins with the design's picture number, and the page
"""

from __future__ import annotations

from kiosk.journeys.pages import Page, PlaceSheet, Printing, PrintStopped, ProgressStep, ReadBack
from kiosk.ui.samples_shared import AKTA, CORNERS, NUMBER

PRINTING = Printing(
    eyebrow=AKTA,
    number=NUMBER,
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
    eyebrow=AKTA,
    number=NUMBER,
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
    eyebrow=AKTA,
    number=NUMBER,
    document="d1",
    why="jam",
    heading="Kertas tersangkut",
    sentences=(
        "Dokumen Anda aman. Petugas sudah dikabari dan akan mengeluarkan kertasnya di depan Anda.",
        "Petugas melanjutkan dari sini. Tunggu di dekat mesin.",
    ),
    can_retry=False,
)
UNSURE = PrintStopped(
    eyebrow=AKTA,
    number=NUMBER,
    document="d1",
    why="unknown",
    heading="Belum pasti sudah tercetak",
    sentences=(
        "Printer tidak menjawab. Mungkin ada lembar yang keluar atau tertinggal di dalam.",
        "Panggil petugas. Hanya petugas yang boleh melanjutkan, supaya tidak tercetak dua kali.",
    ),
    can_retry=False,
    may_show=True,
)
REVOKED = PrintStopped(
    eyebrow=AKTA,
    number=NUMBER,
    document="d1",
    why="revoked",
    heading="Dokumen ini sudah dicabut",
    sentences=(
        "Tidak dicetak. Dinas sudah menarik dokumen ini.",
        "Tanyakan Dinas Dukcapil Pinrang. Biaya tetap Rp0.",
    ),
    can_retry=False,
)
PLACE_SHEET = PlaceSheet(
    eyebrow=AKTA, document="d1", strip="Taruh lembar di bawah kamera", corners=(), error="", may_skip=True
)
PLACE_SHEET_ERROR = PlaceSheet(
    eyebrow=AKTA,
    document="d1",
    strip="QR belum terbaca. Ratakan kertas",
    corners=CORNERS,
    error="QR belum terbaca. Ratakan kertas dan jauhkan dari cahaya lampu.",
    may_skip=True,
)
PLACE_SHEET_UNSURE = PlaceSheet(
    eyebrow=AKTA, document="d1", strip="Taruh lembar di bawah kamera", may_skip=True, may_deny=True
)
_SHEET_FACTS = (
    ("Dokumen", "Kutipan akta kelahiran"),
    ("Ditandatangani", "25 November 2026, 08.10"),
    ("Lembar", "1 dari 1"),
)
READ_BACK = ReadBack(
    eyebrow=AKTA,
    document="d1",
    result="match",
    heading="Dokumen sah dan terbaca",
    sentence="QR di kertas cocok dengan dokumen yang ditandatangani Dinas. Silakan dibawa pulang.",
    facts=_SHEET_FACTS,
    strip="QR di kertas terbaca",
    may_receive=True,
)
READ_BACK_UNREADABLE = ReadBack(
    eyebrow=AKTA,
    document="d1",
    result="unreadable",
    heading="QR belum terbaca",
    sentence="Ratakan kertas lalu baca sekali lagi. Bila hasil cetaknya kurang jelas, cetak lagi bersama petugas.",
    facts=_SHEET_FACTS,
    strip="QR belum terbaca",
    may_receive=True,
)
READ_BACK_DIFFERS = ReadBack(
    eyebrow=AKTA,
    document="d1",
    result="differs",
    heading="QR di kertas berbeda",
    sentence="Ini bukan lembar yang baru dicetak. Ambil lembar yang keluar dari printer, lalu baca sekali lagi.",
    facts=_SHEET_FACTS,
    strip="QR di kertas berbeda",
    may_receive=False,
)

PAGES: tuple[tuple[str, Page], ...] = (
    ("10-mencetak", PRINTING),
    ("10b-kertas-habis", NO_PAPER),
    ("10b-kertas-tersangkut", JAMMED),
    ("10b-belum-pasti", UNSURE),
    ("10b-dicabut", REVOKED),
    ("11-letakkan-lembar", PLACE_SHEET),
    ("11-letakkan-lembar-belum-terbaca", PLACE_SHEET_ERROR),
    ("11-letakkan-lembar-bila-keluar", PLACE_SHEET_UNSURE),
    ("11-periksa-hasil-cetak", READ_BACK),
    ("11-hasil-belum-terbaca", READ_BACK_UNREADABLE),
    ("11-hasil-berbeda", READ_BACK_DIFFERS),
)
