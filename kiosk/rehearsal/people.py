"""The cast: invented residents, what they come for, what the office decides. Kecamatan 99 in their NIKs is nobody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kiosk.rehearsal.person import Person, Wish

#: specimen: the training office typesets and signs; pickup: to be fetched at the office.
Decision = Literal["specimen", "pickup"]


@dataclass(frozen=True)
class Part:
    """One journey's person, wish, the office's decision by service, and which documents are printed at the kiosk."""

    service: str
    person: Person
    wish: Wish
    decisions: Mapping[str, Decision]
    printed: tuple[str, ...]


_PAPERS = {
    "surat_lahir": "surat_lahir",
    "kk": "kk",
    "buku_nikah": "buku_nikah",
    "surat_polisi": "surat_polisi",
    "bukti_perubahan": "bukti_perubahan",
}


def _answers(today: date) -> dict[str, str]:
    born = today - timedelta(days=7)
    return {
        "kk_pemohon": "7315991203180004",
        "nama_anak": "ANDI FATIMAH AZZAHRA",
        "tanggal_lahir_anak": born.isoformat(),
        "jenis_kelamin_anak": "2",
        "tempat_dilahirkan": "2",
        "jenis_kelahiran": "1",
        "kelahiran_ke": "2",
        "hubungan_pelapor": "ibu",
        "status_kawin_ortu": "2",
        "saksi": "petugas",
        "pukul_lahir": "0420",
        "penolong_kelahiran": "2",
        "berat_lahir": "3",
        "nama_ibu_anak": "SITI RAMLAH",
        "ortu_satu_kk": "ya",
        "masuk_kk": "orang_tua",
        "elemen": "pekerjaan",
        "anggota_nama": "SITI RAMLAH",
        "semula": "MENGURUS RUMAH TANGGA",
        "menjadi_pekerjaan": "9",
        "dasar": "kerja",
        "pengambil": "saya",
    }


def resident(today: date | None = None) -> Person:
    """Siti Ramlah of nowhere, mother of Andi Fatimah Azzahra."""
    return Person(
        nik="7315995203920007",
        kk="7315991203180004",
        answers=_answers(today or date.today()),  # noqa: DTZ011 - the day on the person's own calendar
        papers=_PAPERS,
    )


def cast(today: date | None = None) -> dict[str, Part]:
    """Every journey that can be played, by service id; paket_lahir is the whole package of a birth."""
    person = resident(today)
    return {
        "akta_lahir": Part(
            "akta_lahir",
            person,
            Wish(("dok_akta_lahir",), by="document", for_whom="anak"),
            {"akta_lahir": "specimen"},
            ("akta_lahir",),
        ),
        "kk_ubah": Part(
            "kk_ubah",
            person,
            Wish(("dok_ubah",), by="document", for_whom="saya"),
            {"kk_ubah": "specimen"},
            ("kk_ubah",),
        ),
        "ktp_hilang": Part(
            "ktp_hilang",
            person,
            Wish(("dok_ktp", "ktp_hilang"), by="document", for_whom="saya"),
            {"ktp_hilang": "pickup"},
            (),
        ),
        "paket_lahir": Part(
            "paket_lahir",
            person,
            Wish(("bayi_lahir",)),
            {"akta_lahir": "specimen", "kk_anak_lahir": "specimen", "kia_baru": "pickup"},
            ("akta_lahir", "kk_anak_lahir"),
        ),
    }


CAST = cast()
