"""Sample pages of the end of a visit, rights, and the sheets that lie over any page.

Everything here is invented. Each entry is a name that begins with the design's picture number, and the page
(for overlays: the page below, and the overlay).
"""

from __future__ import annotations

from kiosk.journeys.pages import (
    Charter,
    Complaint,
    DisplaySheet,
    Eyebrow,
    HelpSheet,
    IdleWarning,
    Overlay,
    Page,
    SurveyAbout,
    SurveyQuestion,
    Thanks,
)
from kiosk.ui.samples_follow import TRACK

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
