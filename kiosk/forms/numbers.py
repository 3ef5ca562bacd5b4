"""NIK, nomor KK, telephone and act numbers: what can be said of them without asking anybody.

Nothing here looks a person up: the kiosk has no right to (Permendagri 102/2019), and a NIK carries no checksum. So a
rule refuses only what cannot be a NIK at all, and points at what is merely unusual.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from kiosk.forms.results import Ok, Problem, Result, Warn

_DIGITS = re.compile(r"[0-9]*")
_SEPARATORS = str.maketrans("", "", " .-")
_FEMALE = 40  # added to the day of birth in a woman's NIK
_ADULT = 17
_AKTA = re.compile(r"\d{4}-[A-Z]{2,3}-\d{8}-\d{4,5}")

LOOKS_LIKE_KK = "Ini tampaknya nomor KK. Lihat angka di samping nama Anda."
NO_SUCH_DAY = "Tanggal lahir dalam NIK ini tidak ada di kalender. Periksa angka ke-7 sampai ke-12."
BAD_DATE = "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."


@dataclass(frozen=True)
class NikParts:
    """A NIK taken apart. `year` has two digits: the century is not in it."""

    region: str
    day: int
    month: int
    year: int
    female: bool
    serial: str


def digits(text: str) -> str:
    """The text without spaces, dots and hyphens, as people copy them from a card."""
    return text.translate(_SEPARATORS)


def take_apart(nik: str) -> NikParts | None:
    """The parts of sixteen ASCII digits, or None where day or month cannot be (00, 32–40, 72–99; month 00, 13–99)."""
    if len(nik) != 16 or not _DIGITS.fullmatch(nik):
        return None
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    female = day > _FEMALE
    if female:
        day -= _FEMALE
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return NikParts(nik[:6], day, month, year, female, nik[12:])


def birth_dates(parts: NikParts, today: date) -> tuple[date, ...]:
    """The dates of birth that a NIK allows, newest first. 29 February may exist in one century only."""
    found: list[date] = []
    for century in (2000, 1900):
        year = century + parts.year
        if parts.day <= monthrange(year, parts.month)[1] and (born := date(year, parts.month, parts.day)) <= today:
            found.append(born)
    return tuple(found)


def nik(text: str, *, today: date, adult: bool = False, kk: str = "", known: Set[str] = frozenset()) -> Result:
    """A NIK (UU 23/2006, `PPKKCC DDMMYY SSSS`).

    `adult` says that the person must be 17 or more, for then a date that makes a child of them is probably a family
    card's. `kk` is the family card's number if it is known. `known` holds the six-digit district codes of this regency:
    an unknown one is a note, never a refusal, for codes are those of the first registration and regions are renamed.
    """
    value = digits(text)
    if not value:
        return Problem("Isi NIK dulu. NIK ada 16 angka.")
    if not _DIGITS.fullmatch(value):
        return Problem("NIK hanya berisi angka.")
    if len(value) < 16:
        return Problem(f"Baru {len(value)} angka. NIK ada 16 angka.")
    if len(value) > 16:
        return Problem(f"Ada {len(value)} angka. NIK hanya 16 angka.")
    if kk and value == kk:
        return Problem(LOOKS_LIKE_KK)
    if (parts := take_apart(value)) is None:
        return Problem(BAD_DATE)
    if parts.serial == "0000":
        return Problem("Empat angka terakhir NIK tidak boleh 0000. Periksa lagi.")
    born = birth_dates(parts, today)
    if adult and not parts.female and born and born[0].year >= 2000 and _age(born[0], today) < _ADULT:
        return Warn(value, LOOKS_LIKE_KK, ask=True)
    if not born:
        return Warn(value, NO_SUCH_DAY, ask=True)
    if not 11 <= int(value[:2]) <= 96 or (
        known and value[:4] in {code[:4] for code in known} and value[:6] not in known
    ):
        return Warn(value, "Kode wilayah dalam NIK ini belum kami kenal. Tetap boleh, Dinas yang memeriksa.")
    return Ok(value)


def kk(text: str, *, nik: str = "") -> Result:
    """The family card's number: six digits of region, date of entry, serial. Only its length is sure."""
    value = digits(text)
    if not value:
        return Problem("Isi nomor KK dulu. Nomor KK ada 16 angka.")
    if not _DIGITS.fullmatch(value):
        return Problem("Nomor KK hanya berisi angka.")
    if len(value) < 16:
        return Problem(f"Baru {len(value)} angka. Nomor KK ada 16 angka.")
    if len(value) > 16:
        return Problem(f"Ada {len(value)} angka. Nomor KK hanya 16 angka.")
    if value == "0" * 16:
        return Problem("Nomor KK tidak boleh nol semua. Periksa lagi.")
    if nik and value == nik:
        return Problem("Ini sama dengan NIK. Nomor KK tertulis paling atas di kartu keluarga.")
    parts = take_apart(value)
    if parts is None or parts.female:
        return Warn(value, "Ini tampaknya NIK. Nomor KK tertulis paling atas di kartu keluarga.", ask=True)
    return Ok(value)


def phone(text: str) -> Result:
    """An Indonesian mobile number, stored as it is dialled at home: 08…"""
    value = digits(text)
    if value.startswith("+62"):
        value = "0" + value[3:]
    elif value.startswith("62"):
        value = "0" + value[2:]
    if not value:
        return Problem("Isi nomor HP dulu, atau lewati.")
    if not _DIGITS.fullmatch(value) or not value.startswith("08") or not 10 <= len(value) <= 13:
        return Problem("Nomor HP dimulai 08, panjangnya 10 sampai 13 angka.")
    return Ok(value)


def akta(text: str) -> Result:
    """An act's number. Old ones have any shape (`477/…/IST/…`), so another shape is a note."""
    value = " ".join(text.upper().split())
    if not value:
        return Problem("Isi nomor akta dulu.")
    if len(value) > 60:
        return Problem("Nomor akta terlalu panjang. Periksa lagi.")
    if not _AKTA.fullmatch(value):
        return Warn(value, "Bentuk nomor akta ini lain dari biasanya. Tetap boleh, Dinas yang memeriksa.")
    return Ok(value)


def mask_nik(value: str) -> str:
    """`7315 •••• •••• ••01`: the region's beginning and the last two digits."""
    return mask(value, 4)


def mask_phone(value: str) -> str:
    """`08•• •••• •12`."""
    return mask(value, 2)


def mask(value: str, shown: int) -> str:
    """The first `shown` and the last two characters, dots between, in groups of four."""
    if len(value) <= shown + 2:
        covered = "•" * len(value)
    else:
        covered = value[:shown] + "•" * (len(value) - shown - 2) + value[-2:]
    return " ".join(covered[i : i + 4] for i in range(0, len(covered), 4))


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
