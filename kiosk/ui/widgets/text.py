"""Words: headings, body, notes, numbers, the small line above a heading."""

from __future__ import annotations

from typing import Any, Literal

from kiosk.journeys import pages
from kiosk.ui.fonts import MONO
from kiosk.ui.nodes import Node, row, sides
from kiosk.ui.paragraph import TextStyle
from kiosk.ui.widgets.basic import icon as _icon


def text(
    words: str,
    size: float = 24,
    weight: int = 500,
    color: str = "ink",
    line: float = 1.4,
    *,
    align: Literal["left", "center", "right"] = "left",
    bold: int = 700,
    bold_color: str = "",
    fixed: bool = False,
    pad: Any = 0,
    **more: Any,
) -> Node:
    """Text that breaks at the width it is given. ``size`` in sp, ``line`` the line height as a factor."""
    style = TextStyle(size, weight, color, line, align, bold, bold_color, fixed)
    return Node("text", text=words, style=style, pad=sides(pad), **more)


def h1(words: str, size: float = 44, color: str = "ink", line: float = 1.14, **more: Any) -> Node:
    """The page's question."""
    return text(words, size, 800, color, line, **more)


def h2(words: str, size: float = 30, color: str = "ink", line: float = 1.2, **more: Any) -> Node:
    """Heading of a tile or panel."""
    return text(words, size, 700, color, line, **more)


def h3(words: str, size: float = 24, color: str = "ink", line: float = 1.3, **more: Any) -> Node:
    """Heading inside a card."""
    return text(words, size, 700, color, line, **more)


def body(words: str, size: float = 24, color: str = "ink2", line: float = 1.4, **more: Any) -> Node:
    """The line below a heading: secondary colour."""
    return text(words, size, 500, color, line, **more)


def note(words: str, size: float = 20, color: str = "ink2", line: float = 1.3, weight: int = 500, **more: Any) -> Node:
    """The smallest text a citizen reads."""
    return text(words, size, weight, color, line, **more)


def mono(words: str, size: float = 42, color: str = "ink", weight: int = 700, line: float = 1.2, **more: Any) -> Node:
    """Identity numbers, ticket numbers, counts."""
    return text(words, size, MONO + weight, color, line, bold=MONO + 700, **more)


def eyebrow(of: pages.Eyebrow, *, number: str = "", color: str = "nila_700", below: float = 8, **more: Any) -> Node:
    """Service icon, its name, and how far (or the ticket's number)."""
    return row(
        _icon(of.icon, 28, color) if of.icon else None,
        text(of.title, 20, 700, color),
        note(of.note, 20, line=1.4, weight=600) if of.note else None,
        mono(number, 22, "ink2", line=1.27) if number else None,
        gap=10,
        pad=(0, 0, below, 0),
        **more,
    )
