"""Labels that never change, in the screen's languages. Indonesian is the source; a missing label stays Indonesian.

Basa Ugi labels are recorded and checked by native speakers before they are shown; until then Basa Ugi falls back to
Indonesian. Legal text is never translated here.
"""

from __future__ import annotations

from typing import Literal

from kiosk.ui.words_collect import ENGLISH_COLLECT

Language = Literal["id", "bug", "en"]

LANGUAGES: tuple[tuple[Language, str], ...] = (("id", "Indonesia"), ("bug", "Basa Ugi"), ("en", "English"))

ENGLISH: dict[str, str] = {
    "Kembali": "Back",
    "Beranda": "Home",
    "Lanjut": "Next",
    "Selesai": "Done",
    "Tutup": "Close",
    "Panggil petugas": "Call for help",
    "Dengarkan": "Listen",
    "Tampilan": "Display",
    "Huruf": "Text size",
    "Kontras": "Contrast",
    "Suara": "Sound",
    "Bahasa": "Language",
    "Tersambung": "Connected",
    "Tanpa internet": "No internet",
    "Printer siap": "Printer ready",
    "Kertas menipis": "Paper low",
    "Kertas habis": "Out of paper",
    "Printer perlu dicek": "Printer needs a check",
    "Sentuh untuk mulai": "Touch to begin",
    "Gratis. Biaya Rp0": "Free of charge. Rp0",
    "Urus dokumen keluarga\ndi {desa|kelurahan} sendiri": "Family documents,\nin your own village",
    "Kartu keluarga, akta, dan surat pindah.\nTidak perlu ke kabupaten.": (
        "Family cards, certificates, moving letters.\nNo need to travel to the regency."
    ),
    "Tabé’, mau urus apa hari ini?": "Tabé’, what can we do for you today?",
    "Semua layanan Rp0": "All services Rp0",
    "Ajukan dokumen": "Apply for a document",
    "Kartu keluarga, akta, surat pindah": "Family card, certificates, moving",
    "KK, akta, surat pindah": "Family card, certificates",
    "Lacak permohonan": "Track an application",
    "Lihat sudah sampai mana": "See how far it has come",
    "Ambil dokumen": "Collect a document",
    "Cetak yang sudah jadi": "Print what is ready",
    "Cek keaslian dokumen": "Check a document",
    "Cek keaslian": "Check a document",
    "Layanan dan syarat": "Services and requirements",
    "Isi survei kepuasan": "Give your opinion",
    "Isi survei": "Give your opinion",
    "Pengaduan dan saran": "Complaints and ideas",
    "Pilih kejadian": "By event",
    "Pilih dokumen": "By document",
    "Kejadian apa yang Anda urus?": "What has happened?",
    "Dokumen apa yang diperlukan?": "Which document do you need?",
    "Untuk siapa?": "For whom?",
    "Sekalian kami uruskan": "We can arrange these together",
    "Yang perlu Anda siapkan": "What you need to bring",
    "Jalannya permohonan": "How it goes",
    "Biaya": "Fee",
    "Lama proses": "Time needed",
    "Paling lama": "At most",
    "Syarat siap, mulai": "Ready, begin",
    "Cetak daftar syarat": "Print this list",
    "Hapus": "Erase",
    "Hapus semua": "Erase all",
    "Hapus\nsemua": "Erase\nall",
    "Spasi": "Space",
    "Pakai nomor KK": "Use family card number",
    "Pakai NIK": "Use NIK",
    "Pindai tiket atau QR": "Scan ticket or QR",
    "Tidak punya atau tidak tahu NIK": "No NIK, or not known",
    "Lewati": "Skip",
    "Sudah benar semua?": "Is everything right?",
    "Ubah": "Change",
    "Ulangi": "Again",
    "Sebelumnya": "Previous",
    "Berikutnya": "Next",
    "Kirim permohonan": "Send application",
    "Foto sekarang": "Take the picture",
    "Pakai pemindai": "Use the scanner",
    "Pakai kamera": "Use the camera",
    "Surat tidak ada": "I do not have it",
    "Pakai foto ini": "Use this picture",
    "Perbesar": "Closer look",
    "Perkecil": "Whole page",
    "Keempat sudut terlihat": "All four corners visible",
    "Tulisan tajam": "Writing is sharp",
    "Tidak silau": "No glare",
    "Contoh": "Example",
    "Tiket sudah keluar?": "Has the ticket come out?",
    "Sudah, saya pegang": "Yes, I have it",
    "Belum keluar": "Not yet",
    "Ambil tiket di sini": "Take the ticket here",
    "Ajukan yang lain": "Apply for another",
    "Simpan dulu": "Save for later",
    "Hari": "Day",
    "Tanggal": "Day",
    "Bulan": "Month",
    "Ke atas": "Up",
    "Ke bawah": "Down",
    "Petugas": "Help",
    "Tahun": "Year",
    "Jam": "Hour",
    "Menit": "Minute",
}


def tr(language: Language, text: str) -> str:
    """A fixed label in a language."""
    if language != "en":
        return text
    return ENGLISH.get(text) or ENGLISH_COLLECT.get(text, text)
