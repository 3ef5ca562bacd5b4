"""The focus: which target the pad's keys are on. Keys move it through the screen's targets and press the one it is on.

Three keys are enough: yes presses, no goes on to the next, back goes to the one before; after the last comes the first.
Pads with more keys may use up and down, a help key calls the operator from anywhere, and digits write where digits are
asked for. The first key only shows where the focus is: nobody presses what they have not been led to. A touch hides it.

Pure: targets in, the pressed one out. :mod:`kiosk.ui.stage` asks and draws.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

from kiosk.journeys.acts import Act
from kiosk.ui.nodes import Node
from kiosk.ui.paint import Brush
from kiosk.ui.theme import Theme

NEXT, BEFORE, PRESS = frozenset({"no", "down"}), frozenset({"back", "up"}), "yes"
SETTLED = 0.4  # seconds of a new page in which a press may still have been meant for the page before
GAP, WIDTH, HALO = 4, 4, 3  # units: between target and ring, of the ring, of the band on both its sides
SOFT = 1.5  # units that a line's soft edges take from its width
_DARK = 0.18  # relative luminance (WCAG) below which a ground is dark

Identity = tuple[Act | None, str, tuple[str, str] | None]


class Focus:
    """Where the focus is. A target is known by what it does, so that it is found again when the page is redrawn."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._on = False
        self._at: Identity | None = None
        self._since = -math.inf

    def turn(self) -> None:
        """Another page: the focus begins anew at its first target."""
        self._at, self._since = None, self._clock()

    def hide(self) -> bool:
        """Somebody touched the glass, or has gone. Whether there was a ring to take away."""
        was, self._on, self._at = self._on, False, None
        return was

    def shown(self, targets: Sequence[Node]) -> Node | None:
        """The target that the ring is around; the first one where the old one is not there any more."""
        if not self._on or not targets:
            return None
        found = next((node for node in targets if identity(node) == self._at), None)
        if found is None:
            if self._at is not None:  # an overlay came or went, or a list turned its page: no press may slip through
                self._since = self._clock()
            found = targets[0]
            self._at = identity(found)
        return found

    def key(self, word: str, targets: Sequence[Node]) -> Node | None:
        """What a key of the pad presses; None where it only moves the focus, or there is nothing to press."""
        first, was = not self._on, self._at
        self._on = True
        here = self.shown(targets)
        if here is None:
            return None
        if word in NEXT or word in BEFORE:
            if not first:
                place = targets.index(here) + (1 if word in NEXT else -1)
                self._at = identity(targets[place % len(targets)])
            return None
        if self._clock() - self._since < SETTLED:
            return None
        if word == PRESS:
            return None if first or was is None else here
        wanted = (Act.CALL_OPERATOR, "") if word == "help" else (Act.TYPE, word)
        return next((node for node in targets if identity(node)[:2] == wanted), None)


def identity(node: Node) -> Identity:
    """What a target does."""
    touch = node.touch
    return (touch.act, touch.value, touch.local) if touch is not None else (None, "", None)


def order(content: Sequence[Node], chrome: Sequence[Node], middle: float) -> list[Node]:
    """Targets in the order in which keys reach them: the page's own, then the bottom bar, then the tools above.

    What is off is left out, and what does the same as a smaller target: the whole waiting screen is one button, too.
    ``middle`` is half the window's height, in units.
    """
    low = [node for node in chrome if node.y > middle]
    high = [node for node in chrome if node.y <= middle]
    found: dict[Identity, Node] = {}
    for node in (*content, *low, *high):
        if node.touch is None or not node.touch.enabled:
            continue
        other = found.get(identity(node))
        if other is None or node.width * node.height < other.width * other.height:
            found[identity(node)] = node
    return list(found.values())


def ring(brush: Brush, node: Node, *, dark: bool, width: float, height: float) -> None:
    """Draw the ring around a target, inside a window of ``width`` x ``height`` units; gold on a ``dark`` ground.

    The gap is gold, too, and a band of the other lightness goes around: it is seen on whatever lies below, and taken
    for no outline.
    """
    radius = node.look.radius if node.look is not None else 14
    radius = max(radius) if isinstance(radius, tuple) else radius
    edge = WIDTH / 2 + HALO  # what the window must leave room for

    def around(far: float, line: float, color: str) -> None:
        left, top = max(edge - WIDTH / 2, node.x - far), max(edge - WIDTH / 2, node.y - far)
        right = min(width - edge + WIDTH / 2, node.x + node.width + far)
        bottom = min(height - edge + WIDTH / 2, node.y + node.height + far)
        corner = min(radius + far, (right - left) / 2, (bottom - top) / 2)
        brush.line(_rounded(left, top, right, bottom, corner), line, color, close=True)

    around(GAP + WIDTH / 2, WIDTH + 2 * HALO, "nila_900" if dark and not brush.theme.contrast else "card")
    around(GAP / 2, GAP + SOFT, "emas_500")
    around(GAP + WIDTH / 2, WIDTH + SOFT, "emas_500" if dark else "nila_700")


def dark_below(node: Node, roots: Sequence[Node], theme: Theme, background: str) -> bool:
    """Whether the ground on which a target lies is dark."""
    fill = background
    for root in roots:
        path = _path(root, node)
        for above in path[:-1]:
            if above.look is not None and above.look.fill and theme[above.look.fill][3] > 0.5:
                fill = above.look.fill
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in theme[fill][:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < _DARK


def _path(root: Node, node: Node) -> list[Node]:
    """From the root to the node; empty where it is not below."""
    if root is node:
        return [root]
    for child in root.children:
        if below := _path(child, node):
            return [root, *below]
    return []


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> list[tuple[float, float]]:
    """A rectangle with round corners as points, clockwise from the upper right corner."""
    centres = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    return [
        (x + radius * math.cos(math.radians(start + step)), y + radius * math.sin(math.radians(start + step)))
        for x, y, start in centres
        for step in range(0, 91, 15)
    ]
