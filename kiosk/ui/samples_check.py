"""Sample pages of checking a paper that somebody brought: every verdict.

Everything here is invented. Each entry is a name that begins with the design's picture number, and the page
"""

from __future__ import annotations

from kiosk.journeys.pages import CheckPrompt, Page, VerdictPage
from kiosk.ui.samples_shared import CORNERS

_FRESH = "Daftar pencabutan diperbarui hari ini pukul 08.00 WITA"
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

PAGES: tuple[tuple[str, Page], ...] = (
    ("12-tunjukkan-dokumen", CheckPrompt("Taruh QR dokumen di bawah kamera")),
    ("12-tunjukkan-dokumen-sibuk", CheckPrompt("Sedang membaca QR", corners=CORNERS, busy=True)),
    ("12-cek-sah", VERDICTS["12"]),
    ("12b-cek-dicabut", VERDICTS["12b"]),
    ("12c-cek-terdaftar", VERDICTS["12c"]),
    ("12d-cek-belum-pasti", VERDICTS["12d"]),
    ("13-cek-tidak-sah", VERDICTS["13"]),
    ("13b-cek-sudah-diganti", VERDICTS["13b"]),
)
