"""The text in a ticket's QR: PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1…, all in QR's alphanumeric set (version 5-M)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.tickets.key import TicketKey, key_of
from kiosk.tickets.number import BadNumber, TicketNumber, parse

PREFIX = "PDT1-"
_SHAPE = re.compile(r"PDT1-([0-9]{4})-([A-Z0-9]{9,10})-(AGE-SECRET-KEY-1[A-Z0-9]{58})")


@dataclass(frozen=True)
class Ticket:
    """A scanned ticket: its number and its key."""

    regency: str
    number: TicketNumber
    key: TicketKey


@dataclass(frozen=True)
class NotATicket:
    """Another code altogether."""


@dataclass(frozen=True)
class WrongCheck:
    """The number inside contradicts its check character: not a ticket that we printed."""


@dataclass(frozen=True)
class OtherRegency:
    """A good ticket of another regency (four digits)."""

    regency: str


@dataclass(frozen=True)
class Damaged:
    """Begins like a ticket, but text or key is incomplete or altered."""


Refused = NotATicket | WrongCheck | OtherRegency | Damaged


def make_payload(regency: str, number: TicketNumber, key: TicketKey) -> str:
    """The QR's text. `regency` is the four-digit code."""
    text = f"{PREFIX}{regency}-{number.compact}-{key.secret}"
    if not _SHAPE.fullmatch(text):
        raise ValueError("regency code, number or key has the wrong shape")
    return text


def parse_payload(text: str, regency: str) -> Ticket | Refused:
    """What a scanner read. `regency` is this kiosk's own code. Only white space around the text is forgiven."""
    text = text.strip()
    if not text.startswith(PREFIX):
        return NotATicket()
    match = _SHAPE.fullmatch(text)
    if match is None:
        return Damaged()
    number = parse(match[2])
    if number is BadNumber.WRONG_CHECK:
        return WrongCheck()
    if isinstance(number, BadNumber) or number.compact != match[2]:
        return Damaged()
    key = key_of(match[3])
    if key is None:
        return Damaged()
    if match[1] != regency:
        return OtherRegency(match[1])
    return Ticket(match[1], number, key)
