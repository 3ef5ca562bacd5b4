"""From a view to a scene that fits: builds the page, builds it again with less, and at last cuts it into parts.

No page scrolls. What is still too tall with everything sacrificed that may be (very large text on a small panel) is
shown part by part, cut where no word and no target is cut, with two buttons to move. Which part is shown is the
screen's own matter and starts anew with every page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.journeys.pages import View
from kiosk.ui.context import Ctx
from kiosk.ui.layout import Layout
from kiosk.ui.nodes import Node, row, spring, stack
from kiosk.ui.screens import draw_overlay, draw_page
from kiosk.ui.theme import CONTRAST, LIGHT, Metrics, Theme, metrics
from kiosk.ui.widgets.buttons import pill
from kiosk.ui.widgets.frame import Frame, top_bar
from kiosk.ui.widgets.text import note

_MOST = 3  # how often something is sacrificed
PART = "part"  # the local value that tells which part of a cut page is shown
At = tuple[float | None, float | None, float | None, float | None]


@dataclass
class Scene:
    """What is to be shown: the page's frame and content, and what lies over both.

    ``chrome`` are the bars, ``content`` the part that drifts in, ``overlay`` takes all touches while it is there.
    ``hidden`` draws no text and no picture of the page. ``background`` is a colour token.
    """

    chrome: Node
    content: Node
    overlay: Node | None = None
    hidden: bool = False
    background: str = "bg"

    @property
    def roots(self) -> list[Node]:
        """The trees, in drawing order."""
        return [root for root in (self.content, self.chrome, self.overlay) if root is not None]


def setting(view: View, width: int, height: int) -> tuple[Theme, Metrics]:
    """Theme and size class for a view in a window of so many pixels."""
    theme = CONTRAST if view.settings.contrast else LIGHT
    return theme, metrics(width, height, view.settings.text_size)


def compose(view: View, width: int, height: int, local: Mapping[str, str]) -> tuple[Scene, Ctx]:
    """The scene of a view, at the lowest ``fit`` whose content has room; in parts where none has."""
    theme, measure = setting(view, width, height)
    c = Ctx(view, theme, measure, 0, local)
    best: tuple[float, Ctx] | None = None
    for fit in range(_MOST + 1):
        c = replace(c, fit=fit)
        scene = _scene(c, parts=False)
        wide, tall = _lacking(scene, measure)
        if wide + tall == 0:
            return scene, c
        if best is None or wide <= best[0]:
            best = (wide, c)
    c = best[1] if best is not None else c
    return _scene(c, parts=True), c


def _lacking(scene: Scene, measure: Metrics) -> tuple[float, float]:
    layout = Layout(measure)
    for root in scene.roots:
        layout.place(root, 0, 0, measure.width, measure.height)
    return sum(wide for _, wide, _ in layout.overflow), sum(tall for _, _, tall in layout.overflow)


def _scene(c: Ctx, *, parts: bool) -> Scene:
    frame, over = draw_page(c), draw_overlay(c)
    sheet, hides = over if over is not None else (None, False)
    if frame.full:
        return Scene(Node(), frame.content, sheet, hides, frame.background)
    m = c.metrics
    top, bottom = frame.top or top_bar(c), frame.bottom
    layout = Layout(m)
    top_h = layout.height(top, m.width)
    bottom_h = layout.height(bottom, m.width) if bottom is not None else 0.0
    inner = _inner(c, frame)
    room = m.height - top_h - bottom_h
    if parts and layout.height(inner, m.width) > room + 1:
        inner = _part(c, inner, room)
    bars = [_pinned(top, (0, 0, 0, None))]
    if bottom is not None:
        bars.append(_pinned(bottom, (0, None, 0, 0)))
    return Scene(stack(*bars), stack(_pinned(inner, (0, top_h, 0, bottom_h))), sheet, hides, frame.background)


def _inner(c: Ctx, frame: Frame) -> Node:
    m = c.metrics
    pad = frame.pad or ((16, m.margin, 14, m.margin) if c.compact else (28, m.margin, 24, m.margin))
    side = max(0.0, (m.width - m.content) / 2)
    return stack(frame.content, pad=(pad[0], pad[1] + side, pad[2], pad[3] + side))


def _pinned(node: Node, at: At) -> Node:
    node.at = at
    return node


def _part(c: Ctx, inner: Node, room: float) -> Node:
    """One part of a page that is too tall, above a strip with the two buttons."""
    m = c.metrics
    strip_h = max(84.0, m.sp(20) * 2.2)
    layout = Layout(m)
    tall = layout.height(inner, m.width)
    layout.place(inner, 0, 0, m.width, tall)
    cuts = _cuts(inner, tall, room - strip_h)
    shown = min(int(c.local.get(PART, "0")), len(cuts) - 2)
    start, end = cuts[shown], cuts[shown + 1]
    whole = _pinned(inner, (0, -start, None, None))
    whole.w, whole.h = m.width, tall
    window = stack(whole, clip=True, h=end - start, name="part")
    up = pill(c.t("Ke atas"), None, glyph="chevron-up", enabled=shown > 0, local=(PART, str(shown - 1)))
    last = shown == len(cuts) - 2
    down = pill(c.t("Ke bawah"), None, glyph="chevron-down", enabled=not last, local=(PART, str(shown + 1)))
    where = note(f"{shown + 1}/{len(cuts) - 1}", 20, weight=600)
    strip = row(spring(), where, up, down, gap=14, pad=(0, m.margin), h=strip_h)
    return stack(_pinned(window, (0, 0, 0, None)), _pinned(strip, (0, None, 0, 0)))


def _cuts(inner: Node, tall: float, room: float) -> list[float]:
    """Where to cut: as far down as the room allows, but through no text, picture or target."""
    spans = [
        (n.y, n.y + n.height) for n in inner.walk() if n.touch is not None or n.kind == "text" or n.draw is not None
    ]
    spans = [span for span in spans if span[1] - span[0] < room]
    cuts = [0.0]
    while cuts[-1] + room < tall:
        at = cuts[-1] + room
        for _ in range(40):
            crossed = [top for top, bottom in spans if top < at - 0.5 and bottom > at + 0.5]
            if not crossed:
                break
            at = min(crossed)
        cuts.append(at if at > cuts[-1] + room * 0.25 else cuts[-1] + room)
    return [*cuts, tall]
