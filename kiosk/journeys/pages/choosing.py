"""From the invitation to a service chosen: pictures 00 to 03b."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.journeys.pages.common import Eyebrow, Tile


@dataclass(frozen=True)
class Waiting:
    """00. The invitation."""

    notice: str = ""


@dataclass(frozen=True)
class Home:
    """01. What shall it be today?"""

    collect_tag: str = ""
    track_note: str = ""


@dataclass(frozen=True)
class PickEvent:
    """02 (`by`: event) and 02a (`by`: document)."""

    by: Literal["event", "document"]
    tiles: tuple[Tile, ...]
    rows_page: int = 1
    rows_pages: int = 1


@dataclass(frozen=True)
class Closed:
    """A service that the regency has closed, or that only the office can give: why, and what to do instead."""

    eyebrow: Eyebrow
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ForWhom:
    """02b."""

    eyebrow: Eyebrow
    options: tuple[Tile, ...]
    chosen: str = ""
    error: str = ""


@dataclass(frozen=True)
class PackageItem:
    """One document of a package, ticked or not."""

    service: str
    icon: str
    title: str
    help: str
    tag: str
    tag_kind: Literal["ok", "inf"]
    ticked: bool


@dataclass(frozen=True)
class Package:
    """03b. Several documents of one event in one visit."""

    eyebrow: Eyebrow
    items: tuple[PackageItem, ...]
    longest_time: str
    error: str = ""

    @property
    def ticked(self) -> int:
        """How many documents are ticked."""
        return sum(item.ticked for item in self.items)


@dataclass(frozen=True)
class RequirementLine:
    """What to bring, and one line of reassurance."""

    icon: str
    title: str
    help: str


@dataclass(frozen=True)
class ServiceDetail:
    """03. `part` 1: what to bring, fee, time, procedure. `part` 2: product, legal basis, complaints."""

    eyebrow: Eyebrow
    part: Literal[1, 2]
    requirements: tuple[RequirementLine, ...]
    remark: str
    time: str
    procedure: tuple[tuple[str, str], ...]
    product: str
    legal_basis: tuple[str, ...]
    complaints: tuple[tuple[str, str], ...]
    attention: str = ""
    printing: str = ""  # how the printing of the list goes, in words
    can_start: bool = True
