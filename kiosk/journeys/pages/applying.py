"""Numbers, questions and the answers read over before they are sent: pictures 04, 05 and 07."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.journeys.pages.common import Eyebrow, Steps, Tile


@dataclass(frozen=True)
class EnterNumber:
    """04. Sixteen digits on cells, or a shorter number. `kind`: nik, kk, collector_nik, phone.

    `digits` is what was typed so far; `masked` is set once the number was accepted and is shown instead.
    """

    eyebrow: Eyebrow
    kind: Literal["nik", "kk", "collector_nik", "phone"]
    heading: str
    help: str
    digits: str
    length: int = 16
    error: str = ""
    note: str = ""
    masked: str = ""
    ways: tuple[Literal["use_nik", "use_kk", "scan_code", "dont_know", "skip"], ...] = ()
    steps: Steps | None = None
    can_go_on: bool = False


@dataclass(frozen=True)
class Question:
    """05, 05b. One question. `kind` tells which control answers it.

    choice: `options`, `chosen`. text: capital letters keyboard, `text`. number: pad, `text`. date: `day`, `month`,
    `year`, `part` being typed, `check` the weekday read back. time: `text` as hhmm digits.
    """

    eyebrow: Eyebrow
    name: str
    kind: Literal["choice", "text", "number", "date", "time"]
    heading: str
    help: str
    options: tuple[Tile, ...] = ()
    chosen: str = ""
    text: str = ""
    unit: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    part: Literal["", "day", "month", "year"] = ""
    check: str = ""
    error: str = ""
    keyboard: Literal["letters", "letters_digits"] = "letters"
    dont_know: str = ""
    rows_page: int = 1
    rows_pages: int = 1
    steps: Steps | None = None
    can_go_on: bool = True


@dataclass(frozen=True)
class AnswerRow:
    """A question and its answer as the person will read it. `missing` turns the row amber."""

    name: str
    question: str
    answer: str
    missing: bool = False


@dataclass(frozen=True)
class PhotoRow:
    """A paper of the application: its picture, or how it is replaced."""

    slot: str
    title: str
    capture: str
    remark: str
    ok: bool = True


@dataclass(frozen=True)
class CheckAnswers:
    """07. `rows` are those of this page; `declared` the ticked statement; `blocked` says why Kirim is off."""

    rows: tuple[AnswerRow, ...]
    first: int
    total: int
    rows_page: int
    rows_pages: int
    photos: tuple[PhotoRow, ...]
    declaration: str
    declared: bool
    blocked: str = ""
    error: str = ""
    steps: Steps | None = None
