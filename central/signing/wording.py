"""Titles, labels, numbers and dates of specimens, in Indonesian."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

Layout = Literal["akta", "keluarga"]

_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
_DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]

#: Births reported later than this are "lahir terlambat" (UU 24/2013 Ps 32).
LATE_AFTER_DAYS = 60

_AKTA = {
    "akta_lahir": ("Kutipan akta kelahiran", "akta_lahir", "LU"),
    "akta_mati": ("Kutipan akta kematian", "akta_mati", "KM"),
    "akta_kawin": ("Kutipan akta perkawinan", "akta_kawin", "KW"),
    "akta_cerai": ("Kutipan akta perceraian", "akta_cerai", "CR"),
}
_OTHERS = {
    "biodata": ("Biodata penduduk", "biodata"),
    "ubah_elemen": ("Biodata penduduk", "biodata"),
    "pindah_keluar": ("Surat keterangan pindah", "skpwni"),
    "lahir_mati": ("Surat keterangan lahir mati", "lahir_mati"),
    "pengakuan": ("Kutipan akta pengakuan anak", "pengakuan"),
    "pengesahan": ("Kutipan akta pengesahan anak", "pengesahan"),
    "pengangkatan": ("Catatan pengangkatan anak", "pengangkatan"),
}
_LABELS = {
    "birth_place": "Tempat lahir",
    "birth_date": "Tanggal lahir",
    "birth_time": "Pukul",
    "sex": "Jenis kelamin",
    "child_order": "Anak ke",
    "mother": "Ibu",
    "father": "Ayah",
    "death_date": "Tanggal meninggal",
    "death_place": "Tempat meninggal",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "village": "Desa / kelurahan",
    "district": "Kecamatan",
    "postcode": "Kode pos",
}
_SEX = {"L": "Laki-laki", "P": "Perempuan"}


def is_family_card(service: str) -> bool:
    """Whether a service ends in a family card."""
    return service.startswith("kk_") or service in ("kk", "datang", "pindah_dalam")


def title(service: str) -> str:
    """What the sheet is called."""
    if is_family_card(service):
        return "Kartu keluarga"
    if service in _AKTA:
        return _AKTA[service][0]
    return _OTHERS.get(service, (service.replace("_", " ").capitalize(), ""))[0]


def kind(service: str) -> str:
    """The seal's kind of document."""
    if is_family_card(service):
        return "kk"
    if service in _AKTA:
        return _AKTA[service][1]
    return _OTHERS.get(service, ("", "lain"))[1]


def layout(service: str) -> Layout:
    """Which template."""
    return "keluarga" if is_family_card(service) else "akta"


def number_label(service: str) -> str:
    """What stands before the number."""
    return "Nomor KK" if is_family_card(service) else "Nomor"


def lead(service: str) -> str:
    """The sentence above the facts."""
    leads = {
        "akta_lahir": "Menurut contoh data pelatihan, telah lahir seorang anak:",
        "akta_mati": "Menurut contoh data pelatihan, telah meninggal dunia:",
    }
    return leads.get(service, "Menurut contoh data pelatihan:")


def series(service: str, born: date | None, on: date) -> str:
    """The two letters in an akta's number, by kind and by whether a birth was reported late; "" for other services."""
    if service not in _AKTA:
        return ""
    if service == "akta_lahir" and born is not None and (on - born).days > LATE_AFTER_DAYS:
        return "LT"
    return _AKTA[service][2]


def label(fact: str) -> str:
    """The label of a fact."""
    return _LABELS.get(fact, fact.replace("_", " ").capitalize())


def value(fact: str, text: str) -> str:
    """A fact's value as it is printed."""
    if fact == "sex":
        return _SEX.get(text, text)
    if fact.endswith("_date"):
        day = iso_date(text)
        return text if day is None else f"{_DAYS[day.weekday()]}, {long_date(day)}"
    return text


def rows(details: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and value of every fact that is filled in; RT and RW share a line as on every letter."""
    facts = {fact: text for fact, text in details.items() if text}
    if "rt" in facts and "rw" in facts:
        facts = {
            fact: f"{text} / {facts['rw']}" if fact == "rt" else text for fact, text in facts.items() if fact != "rw"
        }
        return [("RT / RW" if fact == "rt" else label(fact), value(fact, text)) for fact, text in facts.items()]
    return [(label(fact), value(fact, text)) for fact, text in facts.items()]


def long_date(day: date) -> str:
    """24 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def iso_date(text: str) -> date | None:
    """A date written YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
