"""What speaks against a NIK or nomor KK that was not typed but read: marks, for whoever offers it to say.

Nothing here refuses: a mark says what to look at again. The rules are those of :mod:`kiosk.forms.numbers`.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from enum import StrEnum

from kiosk.forms.numbers import birth_dates, take_apart


class Mark(StrEnum):
    """One thing that speaks against a number."""

    LENGTH = "length"  # not sixteen ASCII digits
    REGION = "region"  # its first six digits are no district that is known
    DATE = "date"  # digits 7 to 12 are no day in the calendar, or one that is yet to come
    SERIAL = "serial"  # its last four digits are 0000


def marks(number: str, *, today: date, known: Set[str]) -> frozenset[Mark]:
    """What speaks against a number; empty when nothing does.

    `known` holds the six-digit district codes (Kemendagri) that are known here. An unknown one is a mark and no more:
    codes are those of the first registration, and regions are renamed.
    """
    if len(number) != 16 or not (number.isascii() and number.isdigit()):
        return frozenset({Mark.LENGTH})
    found: set[Mark] = set()
    if number[:6] not in known:
        found.add(Mark.REGION)
    parts = take_apart(number)
    if parts is None or not birth_dates(parts, today):
        found.add(Mark.DATE)
    if number[12:] == "0000":
        found.add(Mark.SERIAL)
    return frozenset(found)
