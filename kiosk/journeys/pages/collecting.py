"""A document is printed and its sheet read back: pictures 10 to 11."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.journeys.pages.common import Eyebrow


@dataclass(frozen=True)
class ProgressStep:
    """A line of 10's card. `state`: done, now, future."""

    title: str
    line: str
    state: Literal["done", "now", "future"]


@dataclass(frozen=True)
class Printing:
    """10. `fraction` 0…1 of the expected time."""

    eyebrow: Eyebrow
    number: str
    heading: str
    sentence: str
    steps: tuple[ProgressStep, ...]
    fraction: float
    remaining: str
    paper_line: str = ""


@dataclass(frozen=True)
class PrintStopped:
    """10b and its kin. `why`: no_paper, jam, cover_open, no_toner, missing, failed, unknown, signature, not_opened,
    looks_bad (the sheet goes to the operator first), nothing_came (says the person).

    `can_retry` is false when a sheet is in an unknown state: then only the operator goes on, or the person where they
    may show the sheet (`may_show`).
    """

    eyebrow: Eyebrow
    number: str
    document: str
    why: str
    heading: str
    sentences: tuple[str, ...]
    can_retry: bool
    ready: bool = False
    may_show: bool = False


@dataclass(frozen=True)
class PlaceSheet:
    """11 before the reading: lay the sheet under the camera. `may_deny`: nobody knows whether one came out."""

    eyebrow: Eyebrow
    document: str
    strip: str
    corners: tuple[tuple[float, float], ...] = ()
    error: str = ""
    may_skip: bool = False
    may_deny: bool = False


@dataclass(frozen=True)
class ReadBack:
    """11 after the reading. `result`: match, differs, unreadable, cannot_compare."""

    eyebrow: Eyebrow
    document: str
    result: str
    heading: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    strip: str
    may_receive: bool
