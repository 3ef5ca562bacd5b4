"""Sample views: every page in its states, for the gallery and the tests. All people, numbers and dates are invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.journeys import pages as p
from kiosk.journeys.pages import Eyebrow, Page, Settings, Site, Status, Steps, View
from kiosk.ui import samples_check, samples_collect, samples_end, samples_follow
from kiosk.ui.samples_apply import (
    CAPTURE,
    CHECK,
    CHECK_MISSING,
    CLOSED,
    DATE,
    DATED,
    DETAIL,
    DOCUMENTS,
    EVENTS,
    MONTH,
    NAME,
    NIK,
    NO_PAPER,
    NOTICE,
    PACKAGE,
    QUESTION,
    REVIEW,
    SENT,
    SHOWN,
    SORRY,
    STORED,
    STORED_FOUR,
    TICKET,
    TIME,
    WEIGHT,
    WHOM,
)

SITE = Site("desa", "Kaballangang", "Duampanua", "Pinrang", "73.15.06.2001", "KBL")
NOW = datetime(2026, 11, 24, 9, 41, tzinfo=SITE.tz).timestamp()

_AKTA = Eyebrow("baby-carriage", "Akta kelahiran")

PAGES: tuple[tuple[str, Page], ...] = (
    ("00-layar-tunggu", p.Waiting()),
    ("00-layar-tunggu-catatan", p.Waiting("Mesin belum bisa mencetak. Pengajuan tetap bisa.")),
    ("01-beranda", p.Home()),
    ("01-beranda-kertas-habis", p.Home("Kertas habis", "Data terakhir 08.00")),
    ("02-pilih-kejadian", p.PickEvent("event", EVENTS)),
    ("02-pilih-kejadian-tiga", p.PickEvent("document", DOCUMENTS[:3])),
    ("02a-pilih-dokumen", p.PickEvent("document", DOCUMENTS, 1, 2)),
    ("02-layanan-ditutup", CLOSED),
    ("02b-untuk-siapa", p.ForWhom(_AKTA, WHOM, "anak")),
    (
        "02b-untuk-siapa-belum",
        p.ForWhom(_AKTA, WHOM, error="Pilih satu jawaban dulu."),
    ),
    ("03-rincian-layanan", DETAIL),
    ("03-rincian-layanan-2", replace(DETAIL, part=2)),
    (
        "03-rincian-layanan-tunda",
        replace(
            DETAIL,
            attention="Blangko KTP sedang menunggu kiriman, sekitar 2 minggu.",
            requirements=DETAIL.requirements[1:],
            printing="Daftar syarat sedang dicetak.",
        ),
    ),
    ("03b-sekalian-kami-uruskan", PACKAGE),
    (
        "03b-satu-saja",
        replace(
            PACKAGE,
            items=(PACKAGE.items[0], replace(PACKAGE.items[1], ticked=False), replace(PACKAGE.items[2], ticked=False)),
        ),
    ),
    ("04-isi-nik", NIK),
    (
        "04-isi-nik-salah",
        replace(
            NIK,
            digits="7315994508921234",
            error="Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12.",
            can_go_on=True,
        ),
    ),
    ("04-isi-nik-selesai", replace(NIK, digits="7315994508921234", masked="7315 •••• •••• ••34", can_go_on=True)),
    (
        "04-isi-kk",
        replace(
            NIK,
            kind="kk",
            heading="Berapa nomor kartu keluarga?",
            help="16 angka, di bawah judul kartu keluarga.",
            digits="7315",
            ways=("use_nik", "dont_know"),
        ),
    ),
    (
        "04-isi-telepon",
        p.EnterNumber(
            Eyebrow("message-2", "Supaya kami bisa mengabari"),
            "phone",
            "Berapa nomor HP Anda?",
            "Boleh nomor keluarga. Hanya untuk mengabari.",
            "0812345",
            13,
            ways=("skip",),
            steps=Steps(1),
            can_go_on=True,
        ),
    ),
    ("05-pertanyaan", QUESTION),
    ("05-pertanyaan-belum", replace(QUESTION, chosen="", error="Pilih satu jawaban dulu.")),
    ("05-pertanyaan-halaman", replace(QUESTION, chosen="", rows_page=1, rows_pages=3)),
    ("05b-papan-huruf", NAME),
    ("05b-papan-huruf-salah", replace(NAME, text="ANDI", error="Nama di akta paling sedikit dua kata.")),
    (
        "05b-papan-huruf-alamat",
        replace(
            NAME,
            heading="Di mana alamatnya?",
            help="Jalan, dusun, atau lorong",
            text="DUSUN 2",
            keyboard="letters_digits",
            dont_know="Tidak tahu",
        ),
    ),
    ("05-tanggal", DATE),
    ("05-tanggal-bulan", MONTH),
    ("05-tanggal-lengkap", DATED),
    ("05-jam", TIME),
    ("05-angka", WEIGHT),
    ("05-angka-salah", replace(WEIGHT, text="31", error="Berat bayi antara 300 dan 9000 gram.")),
    ("06-foto-dokumen", CAPTURE),
    (
        "06-foto-dokumen-geser",
        replace(
            CAPTURE, whole=False, sharp=False, no_glare=True, countdown=0, strip="Geser sedikit ke kiri", corners=()
        ),
    ),
    (
        "06-foto-dokumen-sulit",
        replace(CAPTURE, no_glare=False, countdown=0, strip="Silau. Miringkan kertas", offer_help=True),
    ),
    (
        "06-foto-dokumen-bayangan",
        replace(CAPTURE, good=False, countdown=0, strip="Ada bayangan. Geser tangan sedikit"),
    ),
    (
        "06-pemindai",
        replace(
            CAPTURE,
            source="scanner",
            strip="Taruh surat di kaca, muka ke bawah",
            countdown=0,
            error="Kamera tidak tersambung. Pakai pemindai atau panggil petugas.",
        ),
    ),
    ("06-foto-jelas", REVIEW),
    ("06-foto-jelas-besar", replace(REVIEW, zoomed=True)),
    ("06-foto-kurang", replace(REVIEW, readable=False, remark="Kurang jelas. Tulisan kecil tidak terbaca.")),
    (
        "06-foto-fotokopi",
        replace(REVIEW, remark="Tampaknya fotokopi. Pakai yang asli jika ada."),
    ),
    ("06-surat-tidak-ada", NO_PAPER),
    ("07-periksa-jawaban", CHECK),
    ("07-periksa-jawaban-kurang", CHECK_MISSING),
    ("07-untuk-apa-data", NOTICE),
    (
        "07-menyimpan",
        p.Working("Menyimpan permohonan", "Data dikunci dan disimpan di mesin ini. Jangan tinggalkan layar dulu."),
    ),
    ("07-gagal", SORRY),
    ("08a-tiket-sudah-keluar", TICKET),
    (
        "08a-tiket-belum",
        replace(
            TICKET,
            state="failed",
            attempt=2,
            on="a4",
            may_show=True,
            sentence="Kertas tiket habis. Tiket yang sama bisa dicetak di kertas A4.",
        ),
    ),
    ("08a-tiket-di-layar", SHOWN),
    ("08-terkirim", SENT),
    ("08b-tersimpan-offline", STORED),
    ("08b-tersimpan-offline-paket", STORED_FOUR),
)


@dataclass(frozen=True)
class Sample:
    """A named view."""

    name: str
    view: View


AFTER_SENDING = (*samples_follow.PAGES, *samples_collect.PAGES, *samples_check.PAGES, *samples_end.PAGES)


def view_of(page: Page, *, settings: Settings | None = None, online: bool = True, printer: str = "ready") -> View:
    """A page at the sample village, at the sample time."""
    return View(page, SITE, None, Status(online, printer, NOW), settings or Settings())


def samples(settings: Settings | None = None) -> list[Sample]:
    """Every sample page and overlay, with how the person wants to see and hear."""
    out: list[Sample] = []
    for name, page in (*PAGES, *AFTER_SENDING):
        offline = "offline" in name or "belum-pasti" in name
        printer = "no_paper" if "kertas-habis" in name and name.startswith("01") else "ready"
        out.append(Sample(name, view_of(page, settings=settings, online=not offline, printer=printer)))
    for name, page, sheet in samples_end.OVERLAYS:
        out.append(Sample(name, replace(view_of(page, settings=settings), overlay=sheet)))
    return out
