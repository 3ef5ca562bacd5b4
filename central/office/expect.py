"""Which words of the application must stand in its document, and what a specimen is made of.

The answers' names are those of the service pack. Where several could hold a fact the first that was answered counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from central.data.regions import villages
from central.data.words import option_label
from central.signing import Expected, Member, SpecimenRequest, matches, text_of
from central.signing.matching import Match
from kiosk.formats.manifest import Record

_NUMBER = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])")

#: The person whose document it is, by service; family cards and everything else: the applicant's family.
_SUBJECT = {
    "akta_lahir": ("anak", "bayi"),
    "kia_baru": ("anak",),
    "kia_ganti": ("anak",),
    "lahir_mati": ("ibu",),
    "akta_mati": ("almarhum", "jenazah"),
    "akta_kawin": ("suami",),
    "akta_cerai": ("suami",),
    "pengakuan": ("anak",),
    "pengesahan": ("anak",),
    "pengangkatan": ("anak",),
    "kk_anak_lahir": ("anak", "bayi"),
    "kk_ubah": ("anggota",),
    "ubah_elemen": ("anggota",),
}
_NEWBORN = frozenset({"akta_lahir", "lahir_mati"})
_MOTHER = ("nama_ibu_anak", "ibu_nama", "nama_ibu")
_KK = ("kk_pemohon", "kk", "nomor_kk", "no_kk")
_APPLICANT_NIK = ("nik_pemohon", "nik", "pemohon_nik")
#: Documents that show the number of the family card as the application gives it (a new card has a new number).
_SHOWS_KK = frozenset({"kk_ubah", "kk_hilang", "kk_rusak", "kk_anak_lahir", "ubah_elemen"})


@dataclass(frozen=True)
class Compared:
    """One line of the comparison between application and PDF."""

    what: str
    expected: str
    fits: bool
    found: str


def _answer(answers: Mapping[str, Any], *names: str) -> str:
    return next((str(answers[name]).strip() for name in names if str(answers.get(name) or "").strip()), "")


def subject_name(record: Record, service: str) -> str:
    """The name that must stand on the document."""
    who = _SUBJECT.get(service, ())
    family = ("kepala_nama", "nama_kepala", "nama_kepala_keluarga") if service.startswith("kk_") else ()
    names = [name for person in who for name in (f"{person}_nama", f"nama_{person}")]
    return _answer(record.answers, *names, *family, "nama_pemohon", "nama", "pemohon_nama", "nama_lengkap") or next(
        (who.name for who in record.collectors if who.role == "reporter" and who.name), ""
    )


def subject_nik(record: Record, service: str) -> str:
    """The NIK that must stand on the document; a newborn has none yet."""
    who = _SUBJECT.get(service, ())
    names = [name for person in who for name in (f"{person}_nik", f"nik_{person}")]
    mine = () if service in _NEWBORN else ("nik_subjek", *_APPLICANT_NIK)
    if service == "kk_anak_lahir" and record.answers.get("hubungan_pelapor") not in ("ibu", "ayah"):
        mine = ()  # whoever reported need not stand on that family's card
    return _answer(record.answers, *names, *mine)


def expected(record: Record, service: str, number: str = "") -> Expected:
    """What the PDF has to contain. `number` is the document's own number as the clerk typed it from SIAK."""
    name = subject_name(record, service)
    mother = _answer(record.answers, *_MOTHER) if service == "akta_lahir" else ""
    kk = _answer(record.answers, *_KK) if service in _SHOWS_KK else ""
    nik = subject_nik(record, service)
    return Expected(nik=nik, kk=kk, number=number.strip(), names=tuple(text for text in (name, mother) if text))


def compare(pdf: bytes, wanted: Expected) -> tuple[bool, tuple[Compared, ...], tuple[str, ...]]:
    """Whether the PDF belongs to the application; line by line; and why it could not be read, if so."""
    result = matches(pdf, wanted)
    if isinstance(result, Match):
        return True, (), ()
    unread = tuple(why for why in result.differs if why in ("not_a_pdf", "too_large", "no_text", "unreadable"))
    text = "" if unread else text_of(pdf)
    numbers = ", ".join(dict.fromkeys(_NUMBER.findall(re.sub(r"(?<=[0-9])[ .](?=[0-9])", "", text)))) or "tidak ada"
    lines = [
        Compared("NIK", wanted.nik, "nik" not in result.differs, numbers),
        Compared("Nomor KK", wanted.kk, "kk" not in result.differs, numbers),
        Compared("Nomor dokumen", wanted.number, "number" not in result.differs, ""),
        *(Compared("Nama", name, _says(pdf, name), "") for name in wanted.names),
    ]
    return False, tuple(line for line in lines if line.expected), unread


def _named(answers: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((name for name in names if str(answers.get(name) or "").strip()), "")


def _head(record: Record, service: str) -> str:
    """Whose name stands above a specimen's family card: as good a guess as the answers allow."""
    return (
        _answer(record.answers, "nama_kepala_keluarga", "nama_ayah_anak", "nama_pemohon", *_MOTHER)
        or next((who.name for who in record.collectors if who.role == "reporter" and who.name), "")
        or subject_name(record, service)
    )


def _members(record: Record, service: str, holder: str) -> tuple[Member, ...]:
    if not service.startswith("kk_"):
        return ()
    subject, nik = subject_name(record, service), subject_nik(record, service)
    head = Member(holder, nik, relation="KEPALA KELUARGA")
    if not subject or subject == holder:
        return (head,)
    relation = "ANAK" if service == "kk_anak_lahir" else ""
    return (head, Member(subject, "", relation=relation))


def _says(pdf: bytes, name: str) -> bool:
    return isinstance(matches(pdf, Expected(names=(name,))), Match)


def specimen_request(record: Record, service: str) -> SpecimenRequest:
    """The facts of a training specimen."""
    village = villages().get(record.site)
    answers = {name: str(value) for name, value in record.answers.items() if isinstance(value, (str, int))}
    names = {
        "birth_place": ("kota_lahir_anak", "tempat_lahir_anak", "tempat_lahir"),
        "birth_date": ("tanggal_lahir_anak", "tanggal_lahir"),
        "birth_time": ("pukul_lahir",),
        "sex": ("jenis_kelamin_anak", "jenis_kelamin"),
        "child_order": ("kelahiran_ke",),
        "mother": _MOTHER,
        "father": ("nama_ayah_anak", "ayah_nama", "nama_ayah"),
        "address": ("alamat",),
        "rt": ("rt",),
        "rw": ("rw",),
    }
    details = {key: found for key, options in names.items() if (found := _answer(answers, *options))}
    details = {key: option_label(_named(answers, names[key]), value) for key, value in details.items()}
    if village is not None:
        details |= {"village": village.village, "district": village.district}
    holder = _head(record, service) if service.startswith("kk_") else subject_name(record, service)
    return SpecimenRequest(
        service=service,
        application=record.application,
        holder=holder,
        members=_members(record, service, holder),
        nik=subject_nik(record, service),
        kk=_answer(answers, *_KK),
        details=details,
    )
