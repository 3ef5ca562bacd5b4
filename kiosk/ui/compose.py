"""From a view to a scene that fits: builds the page, and builds it again with less until nothing overflows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.journeys.pages import View
from kiosk.ui.context import Ctx
from kiosk.ui.layout import Layout
from kiosk.ui.nodes import Node, stack
from kiosk.ui.screens import draw_overlay, draw_page
from kiosk.ui.theme import CONTRAST, LIGHT, Metrics, Theme, metrics
from kiosk.ui.widgets.frame import top_bar

_MOST = 3  # how often something is sacrificed before what overflows is shown as it is
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
    """The scene of a view, at the lowest ``fit`` whose content has room."""
    theme, measure = setting(view, width, height)
    c = Ctx(view, theme, measure, 0, local)
    scene, lacking = _tried(c)
    best = (lacking, scene, c)
    for fit in range(1, _MOST + 1):
        if best[0] == 0:
            break
        c = replace(c, fit=fit)
        scene, lacking = _tried(c)
        if lacking < best[0] - 0.5:
            best = (lacking, scene, c)
    return best[1], best[2]


def _tried(c: Ctx) -> tuple[Scene, float]:
    scene, layout = _scene(c), Layout(c.metrics)
    for root in scene.roots:
        layout.place(root, 0, 0, c.metrics.width, c.metrics.height)
    return scene, sum(wide + tall for _, wide, tall in layout.overflow)


def _scene(c: Ctx) -> Scene:
    frame, over = draw_page(c), draw_overlay(c)
    sheet, hides = over if over is not None else (None, False)
    if frame.full:
        return Scene(Node(), frame.content, sheet, hides, frame.background)
    m = c.metrics
    top, bottom = frame.top or top_bar(c), frame.bottom
    layout = Layout(m)
    top_h = layout.height(top, m.width)
    bottom_h = layout.height(bottom, m.width) if bottom is not None else 0.0
    pad = frame.pad or ((16, m.margin, 14, m.margin) if c.compact else (28, m.margin, 24, m.margin))
    side = max(0.0, (m.width - m.content) / 2)
    inner = stack(frame.content, pad=(pad[0], pad[1] + side, pad[2], pad[3] + side))
    bars = [_pinned(top, (0, 0, 0, None))]
    if bottom is not None:
        bars.append(_pinned(bottom, (0, None, 0, 0)))
    return Scene(stack(*bars), stack(_pinned(inner, (0, top_h, 0, bottom_h))), sheet, hides, frame.background)


def _pinned(node: Node, at: At) -> Node:
    node.at = at
    return node
