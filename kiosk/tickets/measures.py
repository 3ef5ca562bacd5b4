"""How large everything on a slip is, for the two widths of paper, and how that becomes the dots of a head.

Sizes are units of 1/203 inch (1/8 mm): on a head of 203 dpi a unit is a dot, on one of 180 dpi nine tenths of one. So
letters have the same millimetres on every head, and only the width follows the dots that there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.tickets.paper import Paper, Style

UNITS_PER_INCH = 203
#: Heads are as wide as this, in mm, on paper of 80 mm; on paper of 58 mm they are narrower.
_WIDE_MM = 60.0


class Head(Protocol):
    """The ticket printer's head, as the device service tells it."""

    @property
    def dots(self) -> int:
        """How many side by side: no slip is wider."""
        ...

    @property
    def dpi(self) -> int:
        """How many to the inch, in both directions."""
        ...


@dataclass(frozen=True)
class Measures:
    """The sizes of one paper width, in units (ui.md §9, 20). `module` is the largest that a code's modules may be."""

    margin: int
    top: int
    motif: int
    brand_gap: int
    brand: Style
    place: Style
    service: Style
    number_gap: int
    number: Style
    quiet: int
    strong: Style
    note: Style
    fact: Style
    column: int
    fee: Style
    fee_above: int
    fee_below: int
    small: Style
    last: Style
    code: Style
    module: int = 10


WIDE = Measures(
    margin=32,
    top=26,
    motif=28,
    brand_gap=16,
    brand=Style(36, 46, 800),
    place=Style(24, 31),
    service=Style(28, 38, 800),
    number_gap=6,
    number=Style(72, 84, 700, digits=True),
    quiet=44,
    strong=Style(28, 37, 800),
    note=Style(23, 31),
    fact=Style(24, 34),
    column=150,
    fee=Style(40, 54, 800),
    fee_above=8,
    fee_below=10,
    small=Style(23, 31),
    last=Style(22, 30),
    code=Style(20, 26, 500, digits=True),
)
NARROW = Measures(
    margin=10,
    top=18,
    motif=20,
    brand_gap=10,
    brand=Style(28, 36, 800),
    place=Style(20, 26),
    service=Style(23, 31, 700),
    number_gap=4,
    number=Style(51, 58, 700, digits=True),
    quiet=36,
    strong=Style(23, 31, 700),
    note=Style(20, 26),
    fact=Style(20, 27),
    column=114,
    fee=Style(32, 44, 800),
    fee_above=6,
    fee_below=8,
    small=Style(20, 27),
    last=Style(19, 26),
    code=Style(18, 26, 500, digits=True),
)


def measures_of(head: Head) -> Measures:
    """The sizes for the paper that the head prints on."""
    return WIDE if head.dots / head.dpi * 25.4 >= _WIDE_MM else NARROW


def paper_of(head: Head) -> Paper:
    """A fresh strip, as wide as the head."""
    m = measures_of(head)
    return Paper(head.dots, m.margin, m.top, head.dpi / UNITS_PER_INCH)
