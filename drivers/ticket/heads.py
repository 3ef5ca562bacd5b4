"""The heads that ticket printers have: so many dots side by side, so many to the inch. Another head is another row.

Dots times dots per inch are the printable widths of ESC/POS printers: 72 mm on 80 mm paper, 48 or 51 mm on 58 mm paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

#: The longest slip, in mm.
LONGEST_MM = 3000


@dataclass(frozen=True)
class Head:
    """`dots` side by side, `dpi` in both directions."""

    dots: int
    dpi: int

    @property
    def longest(self) -> int:
        """The rows of the longest slip."""
        return int(LONGEST_MM * self.dpi / 25.4)

    def check(self, slip: Image.Image) -> None:
        """ValueError when the picture is no slip for this head: not mode "1", empty, too wide, longer than 3 m."""
        if slip.mode != "1" or slip.width > self.dots:
            raise ValueError(f"a slip is a 1-bit picture at most {self.dots} dots wide")
        if not slip.width or not slip.height:
            raise ValueError("a slip without any dots")
        if slip.height > self.longest:
            raise ValueError(f"a slip is at most {self.longest} rows long")


HEADS: dict[int, Head] = {head.dots: head for head in (Head(576, 203), Head(384, 203), Head(512, 180), Head(360, 180))}
USUAL = HEADS[576]


def head_of(dots: int) -> Head:
    """The head that is `dots` wide; ValueError when there is none."""
    if dots not in HEADS:
        raise ValueError(f"heads are {', '.join(map(str, HEADS))} dots wide")
    return HEADS[dots]
