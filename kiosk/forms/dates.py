"""Dates and times: typed in parts, kept as ISO 8601, read back as people say them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from kiosk.forms.results import Ok, Problem, Result

MONTHS = (
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
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_OLDEST = 1900


def day_of(day: str, month: str, year: str, *, today: date, past: bool = False) -> Result:
    """A date from its three parts, as YYYY-MM-DD. `past` refuses a day after today."""
    if not (day.isdecimal() and month.isdecimal() and year.isdecimal() and (day + month + year).isascii()):
        return Problem("Isi hari, bulan, dan tahun.")
    if len(year) != 4:
        return Problem("Tahun ada 4 angka.")
    d, m, y = int(day), int(month), int(year)
    if not 1 <= m <= 12:
        return Problem("Pilih bulan dulu.")
    if not _OLDEST <= y <= today.year + 10:
        return Problem(f"Tahun {y} tidak mungkin. Periksa lagi.")
    if not 1 <= d <= monthrange(y, m)[1]:
        return Problem(f"Tanggal {d} {MONTHS[m - 1]} {y} tidak ada. Periksa lagi.")
    value = date(y, m, d)
    if past and value > today:
        return Problem("Tanggal ini belum terjadi. Periksa lagi.")
    return Ok(value.isoformat())


def time_of(text: str) -> Result:
    """A time of day from four digits, as HH:MM."""
    if not text:
        return Problem("Isi jamnya dulu.")
    if len(text) != 4 or not (text.isascii() and text.isdecimal()):
        return Problem("Jam ada 4 angka, misalnya 0420.")
    if int(text[:2]) > 23 or int(text[2:]) > 59:
        return Problem("Jam paling besar 23.59. Periksa lagi.")
    return Ok(f"{text[:2]}:{text[2:]}")


def say_date(iso: str) -> str:
    """2026-11-24 → 24 November 2026; what is no date stays as it is."""
    try:
        value = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def say_weekday(iso: str) -> str:
    """2026-11-24 → Selasa, or nothing."""
    try:
        return DAYS[date.fromisoformat(iso).weekday()]
    except ValueError:
        return ""


def say_time(value: str) -> str:
    """04:20 → 04.20, as Indonesian writes it."""
    return value.replace(":", ".")
