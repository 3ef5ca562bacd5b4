"""Where an application stands, by its ticket: pictures 09 to 09c."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.journeys.pages.common import Eyebrow, Tile


@dataclass(frozen=True)
class ScanTicket:
    """09a. `purpose`: track or collect."""

    purpose: Literal["track", "collect"]
    error: str = ""
    busy: bool = False


@dataclass(frozen=True)
class EnterTicketNumber:
    """A ticket's number by hand: states only."""

    text: str
    error: str = ""


@dataclass(frozen=True)
class DocumentRow:
    """09. One document of the ticket. `bar` is its six-part bar: d done, n now, x refused, - to come."""

    document: str
    icon: str
    title: str
    state: str
    state_icon: str
    state_kind: Literal["ok", "inf", "warn", "err"]
    line: str
    bar: str
    acts: bool = False


@dataclass(frozen=True)
class Track:
    """09. `now` is the one thing to do now: eyebrow, heading, sentence, button label, act's value ('' for none)."""

    number: str
    heading: str
    rows: tuple[DocumentRow, ...]
    now_heading: str
    now_sentence: str
    now_button: str = ""
    now_document: str = ""
    fee_line: str = ""
    offline_note: str = ""
    by_ticket: bool = True


@dataclass(frozen=True)
class TimelineStep:
    """`state`: done, now, attention, refused, future."""

    title: str
    line: str
    state: Literal["done", "now", "attention", "refused", "future"]


@dataclass(frozen=True)
class Timeline:
    """09, 09b, 09c: one document's way. `panel` chooses the right pane.

    repair: chip, part, the clerk's message, the button's label, a deadline sentence. refused: the reason and the ways
    on. ready: print. office: where to fetch it. none: nothing to do now.
    """

    eyebrow: Eyebrow
    number: str
    document: str
    heading: str
    steps: tuple[TimelineStep, ...]
    panel: Literal["none", "ready", "repair", "refused", "office"]
    panel_chip: str = ""
    panel_heading: str = ""
    message: str = ""
    button: str = ""
    info: str = ""
    ways: tuple[Tile, ...] = ()
