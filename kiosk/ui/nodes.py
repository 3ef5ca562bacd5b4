"""What a screen is made of: light boxes that know how they want to be laid out, looked at and touched.

A screen builds a fresh tree of these from a View; :mod:`kiosk.ui.layout` gives every box its place, and
:mod:`kiosk.ui.stage` draws only what differs from the frame before. All sizes are units (1 px of the 1280 x 800
reference), y runs downwards as in the design's pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from kiosk.journeys.acts import Act
from kiosk.ui.paragraph import TextStyle

if TYPE_CHECKING:
    from kiosk.ui.paint import Brush

Pad = float | tuple[float, float] | tuple[float, float, float, float]
Align = Literal["start", "center", "end", "stretch"]
Justify = Literal["start", "center", "end", "between", "evenly"]


@dataclass(frozen=True)
class Look:
    """A box's own surface. Colours are token names of the theme.

    ``lip`` is the solid lower edge that reads as pressable; ``shadow`` is 1, 2 or 3. ``hc`` is the outline that only
    high contrast draws. ``radius`` may be given per corner: top left, top right, bottom right, bottom left.
    """

    fill: str = ""
    edge: str = ""
    edge_w: float = 0
    radius: float | tuple[float, float, float, float] = 0
    lip: str = ""
    lip_h: float = 4
    lip_out: bool = False  # below the box (keys) instead of inside it (buttons)
    shadow: int = 0
    hc: str = ""
    hc_w: float = 3
    dashed: bool = False
    dashed_hc: bool = False
    pressed: str = ""  # fill while pressed; empty: one step darker
    angle: float = 0


@dataclass(frozen=True)
class Touch:
    """What a touch on a box sends. ``local`` is for what the screen alone knows (which keyboard is shown)."""

    act: Act | None
    value: str = ""
    enabled: bool = True
    label: str = ""
    slop: tuple[float, float, float, float] = (0, 0, 0, 0)
    local: tuple[str, str] | None = None
    key: bool = False


@dataclass(slots=True, eq=False)
class Node:
    """One box. Fields after ``at`` are filled by the layout."""

    kind: Literal["row", "col", "grid", "stack", "text", "leaf"] = "col"
    children: list[Node] = field(default_factory=list)
    w: float | None = None
    h: float | None = None
    min_w: float = 0
    min_h: float = 0
    max_w: float | None = None
    grow: float = 0
    shrink: bool = False
    pad: tuple[float, float, float, float] = (0, 0, 0, 0)
    gap: float = 0
    gap_y: float | None = None
    align: Align = "stretch"
    justify: Justify = "start"
    columns: tuple[float, ...] = ()
    equal_rows: bool = False
    span_of: int = 0  # columns are spans of so many equal ones
    text: str = ""
    style: TextStyle | None = None
    look: Look | None = None
    draw: Callable[[Brush, float, float, float, float], None] | None = None
    touch: Touch | None = None
    clip: bool = False
    at: tuple[float | None, float | None, float | None, float | None] | None = None  # left, top, right, bottom
    name: str = ""
    # placed
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    lines: Any = None

    def walk(self) -> list[Node]:
        """This box and all below it, in drawing order."""
        out: list[Node] = [self]
        for child in self.children:
            out.extend(child.walk())
        return out


def sides(pad: Pad) -> tuple[float, float, float, float]:
    """CSS shorthand: all, (vertical, horizontal), or (top, right, bottom, left)."""
    if isinstance(pad, tuple):
        return pad if len(pad) == 4 else (pad[0], pad[1], pad[0], pad[1])
    return (pad, pad, pad, pad)


def _clean(children: Sequence[Node | None]) -> list[Node]:
    return [child for child in children if child is not None]


def row(*children: Node | None, pad: Pad = 0, gap: float = 0, align: Align = "center", **more: Any) -> Node:
    """Boxes side by side, centred across. None among the children is left out."""
    return Node("row", _clean(children), pad=sides(pad), gap=gap, align=align, **more)


def col(*children: Node | None, pad: Pad = 0, gap: float = 0, align: Align = "stretch", **more: Any) -> Node:
    """Boxes below each other, as wide as their parent. None among the children is left out."""
    return Node("col", _clean(children), pad=sides(pad), gap=gap, align=align, **more)


def grid(
    columns: int | tuple[float, ...],
    *children: Node | None,
    gap: float = 0,
    gap_y: float | None = None,
    pad: Pad = 0,
    equal_rows: bool = False,
    **more: Any,
) -> Node:
    """Boxes in columns of given proportions; every row as high as its highest, or all equal to fill the height.

    An empty place is ``Node()``. A column given below zero is so many units wide, and the others share the rest.
    """
    cols = tuple([1.0] * columns) if isinstance(columns, int) else columns
    return Node(
        "grid", _clean(children), columns=cols, gap=gap, gap_y=gap_y, pad=sides(pad), equal_rows=equal_rows, **more
    )


def stack(*children: Node | None, pad: Pad = 0, **more: Any) -> Node:
    """Boxes over each other, each as large as the stack unless it has ``at``."""
    return Node("stack", _clean(children), pad=sides(pad), **more)


def spring(grow: float = 1) -> Node:
    """Empty room that takes what is left."""
    return Node("leaf", grow=grow)


def space(size: float) -> Node:
    """Empty room of a fixed size."""
    return Node("leaf", w=size, h=size)


def box(
    child: Node | None = None, *, w: float | None = None, h: float | None = None, pad: Pad = 0, **more: Any
) -> Node:
    """A box that centres its one child, such as an icon's well."""
    return Node("row", _clean([child]), w=w, h=h, pad=sides(pad), align="center", justify="center", **more)


def leaf(
    draw: Callable[[Brush, float, float, float, float], None], w: float | None, h: float | None, **more: Any
) -> Node:
    """A box that paints itself: ``draw(brush, x, y, width, height)`` in units."""
    return Node("leaf", draw=draw, w=w, h=h, **more)


def over(
    child: Node,
    *,
    left: float | None = None,
    top: float | None = None,
    right: float | None = None,
    bottom: float | None = None,
) -> Node:
    """Take a box out of its parent's flow and pin it to the parent's edges."""
    child.at = (left, top, right, bottom)
    return child
