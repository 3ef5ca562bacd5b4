"""One drawing per page class.

How a screen is written
    ``@screen(pages.Home)`` above ``def home(page: pages.Home, c: Ctx) -> Frame``. It builds a fresh tree of nodes from
    :mod:`kiosk.ui.widgets` every time and keeps nothing; the stage compares the result with what is shown and redraws
    only the difference, so a typed digit costs a few milliseconds. Put related pages in one module and name that module
    in ``_MODULES`` below.

What it may use
    ``c.t("Lanjut")`` fixed labels (add the English one to :mod:`kiosk.ui.words`); texts of the page are finished
    sentences and are shown as they are. ``c.by(reference, compact)`` sizes by class; ``c.compact``, ``c.portrait``,
    ``c.metrics.largest``. ``c.art`` and ``c.help`` say whether illustrations and secondary lines have room: a page that
    overflows is built again with a larger ``c.fit``. ``c.theme.contrast`` for what differs in kind in high contrast.

Layout
    ``row`` (centred across), ``col`` (stretched), ``grid(columns, ...)``, ``stack``, ``over(node, left=, top=, ...)``
    pinned to its parent's edges, ``spring()`` free room, ``space(n)``. Two panes: ``panes(c, left, right, 432)``.
    ``grow=1`` takes what is left, ``w``/``h``/``min_h`` fix sizes, ``pad`` is CSS shorthand (top, right, bottom, left).
    Every size is a unit: one pixel of the 1280 x 800 picture.

Frame
    ``Frame(content, bottom=bottom_bar(c, next_button(c, ...), mid=...), top=top_bar(c))``; ``top`` None is the usual
    bar. ``pad`` None is the usual page margin (28 40 24). ``full`` for pages that draw over the whole window.

Overlays (idle, help sheet, display sheet)
    ``@overlay(pages.IdleWarning)`` above ``def idle(sheet, c) -> Node``: a node laid over the whole window, and the
    only one that takes touches. ``@overlay(..., hides=True)`` draws no text and no picture of the page below.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar, get_args

from kiosk.journeys import pages
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Node, col, row
from kiosk.ui.widgets.frame import Frame

Draw = Callable[[Any, Ctx], Frame]
DrawOver = Callable[[Any, Ctx], Node]
_D = TypeVar("_D", bound=Callable[..., Any])

_SCREENS: dict[type, Draw] = {}
_OVERLAYS: dict[type, tuple[DrawOver, bool]] = {}

_MODULES = (
    "waiting",
    "home",
    "choose",
    "detail",
    "entry",
    "capture",
    "answers",
    "ticket",
    "plain",
    "scan",
    "track",
    "collect",
    "sheet",
    "verdict",
    "survey",
    "charter",
    "overlays",
)


def screen(page: type) -> Callable[[_D], _D]:
    """Register the drawing of a page class."""

    def keep(draw: _D) -> _D:
        _SCREENS[page] = draw
        return draw

    return keep


def overlay(sheet: type, *, hides: bool = False) -> Callable[[_D], _D]:
    """Register the drawing of an overlay; ``hides`` leaves nothing legible of the page below."""

    def keep(draw: _D) -> _D:
        _OVERLAYS[sheet] = (draw, hides)
        return draw

    return keep


def load() -> None:
    """Import every module of screens, once."""
    for name in _MODULES:
        import_module(f"{__name__}.{name}")


def missing() -> list[str]:
    """Pages and overlays that have no drawing. Must be empty."""
    load()
    wanted = [*get_args(pages.Page), *get_args(pages.Overlay)]
    return [cls.__name__ for cls in wanted if cls not in _SCREENS and cls not in _OVERLAYS]


def draw_page(c: Ctx) -> Frame:
    """The view's page, drawn."""
    load()
    return _SCREENS[type(c.view.page)](c.view.page, c)


def draw_overlay(c: Ctx) -> tuple[Node, bool] | None:
    """The view's overlay, and whether it hides the page."""
    sheet = c.view.overlay
    if sheet is None:
        return None
    load()
    draw, hides = _OVERLAYS[type(sheet)]
    return draw(sheet, c), hides


def panes(
    c: Ctx, left: Node, right: Node, width: float, *, gap: float = 28, narrow: float | None = None, stacks: bool = True
) -> Node:
    """Two panes: the left one grows, the right one is ``width`` wide (``narrow`` in the compact class).

    In portrait they stack, and at the largest text once there is no room, unless ``stacks`` is False.
    """
    if c.portrait or (stacks and c.metrics.largest and c.fit > 1):
        return col(left, right, gap=gap, grow=1)
    left.grow = 1
    right.w = c.by(width, narrow if narrow is not None else round(width * 0.84))
    return row(left, right, gap=c.by(gap, gap * 0.7), align="stretch", grow=1)
