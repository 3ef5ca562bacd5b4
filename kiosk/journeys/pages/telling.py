"""What the machine tells without asking: notices, rights, progress, apologies."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journeys.pages.common import Eyebrow


@dataclass(frozen=True)
class Notice:
    """What the data is for: the notice that UU 27/2022 Ps 21 asks for. Heading and text pairs."""

    heading: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Charter:
    """23. The six published items of a service, a page each service."""

    eyebrow: Eyebrow
    items: tuple[tuple[str, str, str], ...]  # icon, heading, text
    pledge: str
    rows_page: int
    rows_pages: int


@dataclass(frozen=True)
class Complaint:
    """21. Channels first, for nothing here goes through the village's account."""

    channels: tuple[tuple[str, str, str], ...]  # icon, name, address
    checked_on: str


@dataclass(frozen=True)
class Working:
    """Named progress, for what takes longer than two seconds."""

    heading: str
    step: str


@dataclass(frozen=True)
class Sorry:
    """Something failed: what happened, that the data is safe, the next step."""

    heading: str
    sentences: tuple[str, ...]
    retry: str = ""  # label of the button that tries again; empty for none
