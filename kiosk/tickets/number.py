"""Ticket numbers: village letters, five random characters, one check character. KBL-7F3K9-X.

No counter: nobody can guess another's number by adding one. The five are Crockford base 32 (no I, L, O, U); the check
character is ISO 7064 MOD 37,36, which finds every single wrong character and every swap of neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Protocol

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ISO7064 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY = 5
_LETTERS = range(3, 5)
_FOLD = str.maketrans("ILO", "110")
_AS_LETTERS = {"0": "O", "1": "IL"}


class Choose(Protocol):
    """A source of random characters: `secrets.SystemRandom()` in the product, a seeded `random.Random` in tests."""

    def choice(self, seq: str, /) -> str:
        """One character of `seq`."""
        ...


class BadNumber(StrEnum):
    """Why a text is not a ticket number."""

    NOT_A_NUMBER = "not_a_ticket"
    WRONG_CHECK = "wrong_check"


@dataclass(frozen=True)
class TicketNumber:
    """A number whose check character is right."""

    letters: str
    body: str
    check: str

    @property
    def compact(self) -> str:
        """KBL7F3K9X, as in files, QR and API."""
        return self.letters + self.body + self.check

    def __str__(self) -> str:
        """KBL-7F3K9-X, as people read it."""
        return f"{self.letters}-{self.body}-{self.check}"


def check_character(text: str) -> str:
    """ISO/IEC 7064 MOD 37,36 over characters 0-9 and A-Z."""
    p = 36
    for character in text:
        s = (p + _ISO7064.index(character)) % 36 or 36
        p = s * 2 % 37
    return _ISO7064[(37 - p) % 36]


def new_number(letters: str, random: Choose) -> TicketNumber:
    """A fresh number for a village. Drawn again until the check character is one that nobody can misread."""
    if len(letters) not in _LETTERS or not re.fullmatch("[A-Z]+", letters):
        raise ValueError("village letters are three or four of A-Z")
    while True:
        body = "".join(random.choice(CROCKFORD) for _ in range(_BODY))
        check = check_character(letters + body)
        if check in CROCKFORD:
            return TicketNumber(letters, body, check)


def parse(text: str) -> TicketNumber | BadNumber:
    """What somebody typed: case, spaces and hyphens do not matter, nor I and L for 1, O for 0 (and back)."""
    plain = re.sub(r"[\s\-‐-―.]", "", text).upper()
    size = len(plain) - _BODY - 1
    if size not in _LETTERS or not re.fullmatch("[0-9A-Z]+", plain):
        return BadNumber.NOT_A_NUMBER
    typed, body, check = plain[:size], plain[size:-1].translate(_FOLD), plain[-1]
    if not set(body) <= set(CROCKFORD) or set(typed) & set("23456789"):
        return BadNumber.NOT_A_NUMBER
    # a 1 among the letters was an I or an L: the check character tells which
    for candidate in product(*(_AS_LETTERS.get(character, character) for character in typed)):
        letters = "".join(candidate)
        right = check_character(letters + body)
        # only check characters that nobody can misread were ever issued
        if right == check.translate(_FOLD):
            return TicketNumber(letters, body, right)
    return BadNumber.WRONG_CHECK
