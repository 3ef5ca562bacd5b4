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
    "Untuk apa data saya?": ("What is my data for?"),
    "Saya mengerti": ("I understand"),
    "Periksa pelan-pelan. Tekan Ubah bila ada yang salah.": ("Take your time. Press Change where something is wrong."),
    "Geser kertas ke tengah": ("Move the paper to the middle"),
    "Rapatkan kertas ke baki": ("Press the paper flat on the tray"),
    "Miringkan kertas sedikit": ("Tilt the paper a little"),
    "Taruh surat di kaca pemindai": ("Lay the paper on the scanner’s glass"),
    "Pindai sekarang": ("Scan now"),
    "Sulit difoto? Pakai pemindai, atau tekan **Panggil petugas**.": (
        "Hard to photograph? Use the scanner, or press **Call for help**."
    ),
    "Apakah semua tulisan dapat dibaca?": ("Can all of the writing be read?"),
    "Ragu? Tekan **Panggil petugas**. Bertanya itu gratis.": ("Not sure? Press **Call for help**. Asking is free."),
    "Pakai surat **asli**, bukan fotokopi.": ("Use the **original**, not a photocopy."),
    "Mengurus untuk orang lain tetap Rp0. Surat kuasa cukup difoto di mesin ini.": (
        "For another person it is Rp0 too. The power of attorney is photographed here."
    ),
    "Pilih siapa yang namanya akan tertulis di dokumen.": ("Choose whose name the document will bear."),
    "Ketuk untuk menghapus centang yang tidak Anda perlukan.": ("Tap to untick what you do not need."),
    "Satu kunjungan": ("One visit"),
    "Cukup sekali mengisi data": ("You fill in your data once"),
    "Satu tiket": ("One ticket"),
    "Untuk dokumen ini": ("For this document"),
    "Yang siap dulu, diambil dulu": ("Collect each one when it is ready"),
    "Diambil di sini": ("Collected here"),
    "Bertanya tidak dipungut biaya. Tekan **Panggil petugas**.": ("Asking is free. Press **Call for help**."),
    "Ragu memilih? Tekan **Panggil petugas**.\nTidak ada biaya untuk bertanya.": (
        "Not sure? Press **Call for help**.\nAsking is free."
    ),
    "Yang Anda terima": ("What you receive"),
    "Dasar hukum": ("Legal basis"),
    "Syarat": ("What to bring"),
    "Pengaduan": ("Complaints"),
    "Bawa surat yang asli. Anda memotretnya di mesin ini.": ("Bring the originals. You photograph them here."),
    "Lihat angka paling atas pada KTP. Angka akan disembunyikan setelah Anda tekan **Lanjut**.": (
        "The topmost number on the KTP. It is hidden once you press **Next**."
    ),
    "Lihat angka di bawah judul kartu keluarga. Angka akan disembunyikan setelah Anda tekan **Lanjut**.": (
        "The number below the title of the family card. It is hidden once you press **Next**."
    ),
    "Jawaban disimpan di mesin ini sampai Anda mengirim atau menghapusnya.": (
        "Answers stay on this machine until you send or erase them."
    ),
    "Tidak tahu nomor KK": ("Number not known"),
    "Tabé’, mau urus apa?": ("Tabé’, how can we help?"),
    "Tiket sedang dicetak": ("Your ticket is being printed"),
    "Tiket belum tercetak": ("The ticket is not printed yet"),
    "Saya mau memotret layar": ("I want to photograph the screen"),
    "Potret layar ini": ("Photograph this screen"),
    "Foto tiket ini dengan HP Anda": ("Photograph this ticket with your phone"),
    "Sudah saya foto": ("I have the picture"),
    "Tiket ini kunci dokumen Anda. Jangan kirim fotonya kepada siapa pun.": (
        "This ticket is the key to your documents. Send the picture to nobody."
    ),
    "Tiket ini kunci dokumen Anda": ("This ticket is your key"),
    "Simpan baik-baik": ("Keep it safe"),
    "**Tiket ini kunci dokumen Anda.** Simpan baik-baik.": ("**This ticket is your key.** Keep it safe."),
    "Ambil tiket di printer A4": ("Take the ticket at the A4 printer"),
    "Tiket tidak keluar? Tekan **Belum keluar**.\nData Anda sudah tersimpan.": (
        "No ticket? Press **Not yet**.\nYour data is stored."
    ),
}


def tr(language: Language, text: str) -> str:
    """A fixed label in a language."""
    if language != "en":
        return text
    return ENGLISH.get(text) or ENGLISH_COLLECT.get(text, text)
