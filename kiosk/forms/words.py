"""Names, free text, choices and counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from kiosk.forms.results import Ok, Problem, Result, Warn

NAME_LONGEST = 60
_TITLES = frozenset({"DR", "DRS", "DRA", "IR", "PROF", "H", "HJ", "HAJI", "HAJJAH", "SE", "SH", "SPD", "ST"})


def tidy(text: str) -> str:
    """Capitals, one space between words, none at the ends; the straight apostrophe becomes the typographic one."""
    return " ".join(unicodedata.normalize("NFC", text).upper().replace("'", "’").split())


def name(text: str, *, words: int = 1) -> Result:
    """A person's name. Names already on record stay as they are.

    `words` of 2 or more marks a new record: Permendagri 73/2022 asks for at least two words, at most 60 characters with
    spaces, Latin letters and nothing else, no titles.
    """
    value = tidy(text)
    if not value:
        return Problem("Isi nama dulu.")
    if len(value) > NAME_LONGEST:
        return Problem(f"Nama paling panjang {NAME_LONGEST} huruf, termasuk spasi.")
    if any(not ("A" <= c <= "Z" or c == " " or c in "’-.") for c in value):
        return Problem("Nama hanya memakai huruf A sampai Z, tanpa angka.")
    if words > 1:
        if any(c in "’-." for c in value):
            return Problem("Nama di akta hanya memakai huruf. Hapus tanda ’ atau -.")
        if len(value.split()) < words:
            return Problem("Nama di akta baru paling sedikit dua kata.")
        if any(len(word) < 2 for word in value.split()):
            return Warn(value, "Nama tidak boleh disingkat. Tulis lengkap bila itu singkatan.", ask=True)
        if any(word in _TITLES for word in value.split()):
            return Warn(value, "Gelar tidak ditulis di akta. Hapus bila itu gelar.", ask=True)
    return Ok(value)


def text(value: str, *, longest: int = 120) -> Result:
    """A short text: letters, digits and the few signs of the keyboard; nothing that cannot be seen."""
    value = tidy(value)
    if not value:
        return Problem("Isi jawaban dulu.")
    if len(value) > longest:
        return Problem(f"Jawaban paling panjang {longest} huruf.")
    if not value.isprintable():
        return Problem("Ada tanda yang tidak bisa dipakai. Hapus dan tulis lagi.")
    return Ok(value)


def choice(value: str, options: Collection[str]) -> Result:
    """One of the options."""
    return Ok(value) if value in options else Problem("Pilih satu jawaban dulu.")


def number(value: str, *, minimum: int | None = None, maximum: int | None = None) -> Result:
    """A whole number, kept without leading zeros."""
    if not value:
        return Problem("Isi angkanya dulu.")
    if not (value.isascii() and value.isdecimal()) or len(value) > 9:
        return Problem("Isi dengan angka saja.")
    count = int(value)
    if minimum is not None and maximum is not None and not minimum <= count <= maximum:
        return Problem(f"Angkanya antara {minimum} dan {maximum}. Periksa lagi.")
    if minimum is not None and count < minimum:
        return Problem(f"Angkanya paling kecil {minimum}. Periksa lagi.")
    if maximum is not None and count > maximum:
        return Problem(f"Angkanya paling besar {maximum}. Periksa lagi.")
    return Ok(str(count))
