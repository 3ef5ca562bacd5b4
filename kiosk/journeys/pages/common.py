"""What several screens have in common: tiles, the line above a heading, the stepper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Tile:
    """A choice with a picture and a word. `icon` is a Tabler outline icon; `tag` a chip such as Cetak di sini."""

    value: str
    icon: str
    title: str
    help: str = ""
    tag: str = ""
    tag_kind: Literal["", "ok", "inf", "warn", "off"] = ""


@dataclass(frozen=True)
class Eyebrow:
    """The small line above a heading: what this is about, and how far."""

    icon: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Steps:
    """The stepper of the bottom bar, 1-based."""

    current: int
    total: int = 5
