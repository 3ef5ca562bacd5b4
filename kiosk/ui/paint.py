"""The display list: a laid-out tree as a flat list of plain, comparable marks in pixels.

Marks are what the frame before is compared with, so that a typed digit redraws one cell. Nothing here knows Kivy.
Pixels run from the window's upper left corner.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from kiosk.ui.fonts import face
from kiosk.ui.layout import Layout
from kiosk.ui.marks import (
    Arc,
    Camera,
    Clip,
    Dashes,
    Fill,
    Glyphs,
    Mark,
    Path,
    Pic,
    Radii,
    Shadow,
    Strip,
    Tri,
    Unclip,
)
from kiosk.ui.nodes import Look, Node
from kiosk.ui.theme import Metrics, Rgba, Theme


def darker(color: Rgba) -> Rgba:
    """One step darker, for a pressed surface."""
    return (color[0] * 0.88, color[1] * 0.88, color[2] * 0.9, color[3])


class Brush:
    """Turns units into pixels and collects marks. Screens' own drawings get it as their first argument."""

    def __init__(self, theme: Theme, metrics: Metrics) -> None:
        self.theme = theme
        self.metrics = metrics
        self.marks: list[Mark] = []
        self.dy = 0.0  # content of a pressed target moves down
        self.dx = 0.0

    def px(self, x: float, y: float, w: float, h: float) -> tuple[int, int, int, int]:
        """A rectangle on whole pixels."""
        u = self.metrics.u
        x, y = x + self.dx, y + self.dy
        left, top = round(x * u), round(y * u)
        return left, top, round((x + w) * u) - left, round((y + h) * u) - top

    def _radii(self, radius: float | tuple[float, float, float, float], w: int, h: int) -> Radii:
        u, most = self.metrics.u, min(w, h) // 2
        four = radius if isinstance(radius, tuple) else (radius, radius, radius, radius)
        a, b, c, d = (max(0, min(most if not isinstance(radius, tuple) else h, round(r * u))) for r in four)
        return (a, b, c, d)

    def fill(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        color: str | Rgba,
        radius: float | tuple[float, ...] = 0,
        angle: float = 0,
    ) -> None:
        """A filled rectangle."""
        rgba = self.theme[color] if isinstance(color, str) else color
        if rgba[3] <= 0:
            return
        px = self.px(x, y, w, h)
        if px[2] > 0 and px[3] > 0:
            self.marks.append(Fill(*px, self._radii(radius, px[2], px[3]), rgba, angle))  # pyright: ignore[reportArgumentType]

    def ring(
        self, x: float, y: float, w: float, h: float, color: str, width: float, radius: float, inside: str | Rgba
    ) -> None:
        """An outline with its inside filled."""
        rgba = self.theme[inside] if isinstance(inside, str) else inside
        self._outlined(self.px(x, y, w, h), self.theme[color], width, radius, rgba)

    def _outlined(
        self,
        box: tuple[int, int, int, int],
        edge: Rgba,
        width: float,
        radius: float | tuple[float, float, float, float],
        inside: Rgba,
    ) -> None:
        """An outline of whole pixels: taken from the rounded outer box, so that no side is thinner than another."""
        x, y, w, h = box
        if w <= 0 or h <= 0:
            return
        thick = max(1, round(width * self.metrics.u))
        outer = self._radii(radius, w, h)
        a, b, c, d = (max(0, r - thick) for r in outer)
        self.marks.append(Fill(x, y, w, h, outer, edge))
        if w > 2 * thick and h > 2 * thick and inside[3] > 0:
            self.marks.append(Fill(x + thick, y + thick, w - 2 * thick, h - 2 * thick, (a, b, c, d), inside))

    def disc(self, cx: float, cy: float, r: float, color: str | Rgba) -> None:
        """A filled circle."""
        self.fill(cx - r, cy - r, 2 * r, 2 * r, color, r)

    def icon(self, name: str, x: float, y: float, size: float, color: str, stroke: float = 2) -> None:
        """A Tabler icon, tinted."""
        px = self.px(x, y, size, size)
        side = max(px[2], px[3])
        if self.theme.contrast:
            stroke = max(stroke, 2.4)
        self.marks.append(Pic(px[0], px[1], side, side, f"icon:{name}", self.theme[color], stroke=stroke))

    def picture(
        self,
        name: str,
        x: float,
        y: float,
        w: float,
        h: float,
        *,
        angle: float = 0,
        opacity: float = 1,
        fit: str = "stretch",
        radius: float = 0,
        tint: str = "",
    ) -> None:
        """A picture: ``art:doc``, ``capture:NAME`` or ``qr:TEXT``. ``angle`` in degrees, clockwise."""
        rgba = self.theme[tint] if tint else (1.0, 1.0, 1.0, opacity)
        self.marks.append(Pic(*self.px(x, y, w, h), name, rgba, angle, 0, fit, round(radius * self.metrics.u)))

    def strip(self, x: float, y: float, w: float, h: float, name: str = "motif") -> None:
        """The motif; high contrast draws none."""
        if not self.theme.contrast:
            self.marks.append(Strip(*self.px(x, y, w, h), name))

    def line(self, points: Iterable[tuple[float, float]], width: float, color: str, close: bool = False) -> None:
        """A smooth line through points in units."""
        u = self.metrics.u
        flat = tuple(v for x, y in points for v in ((x + self.dx) * u, (y + self.dy) * u))
        self.marks.append(Path(flat, width * u, self.theme[color], close))

    def arc(self, cx: float, cy: float, r: float, width: float, start: float, end: float, color: str) -> None:
        """Part of a ring; degrees clockwise from the top."""
        u = self.metrics.u
        self.marks.append(Arc((cx + self.dx) * u, (cy + self.dy) * u, r * u, width * u, start, end, self.theme[color]))

    def triangle(
        self, a: tuple[float, float], b: tuple[float, float], d: tuple[float, float], color: str | Rgba
    ) -> None:
        """A filled triangle."""
        u = self.metrics.u
        flat = tuple(v for x, y in (a, b, d) for v in ((x + self.dx) * u, (y + self.dy) * u))
        self.marks.append(Tri(flat, self.theme[color] if isinstance(color, str) else color))

    def dashes(self, x: float, y: float, w: float, h: float, color: str, width: float, radius: float) -> None:
        """A dashed outline."""
        px = self.px(x, y, w, h)
        r = min(round(radius * self.metrics.u), px[2] // 2, px[3] // 2)
        self.marks.append(Dashes(*px, r, max(1, round(width * self.metrics.u)), self.theme[color]))

    def camera(
        self, x: float, y: float, w: float, h: float, radius: float | tuple[float, float, float, float] = 0
    ) -> None:
        """The live picture, covering the rectangle."""
        px = self.px(x, y, w, h)
        self.marks.append(Camera(*px, self._radii(radius, px[2], px[3])))

    def clip(self, x: float, y: float, w: float, h: float) -> None:
        """Draw only inside from here to ``unclip``."""
        self.marks.append(Clip(*self.px(x, y, w, h)))

    def unclip(self) -> None:
        """End the last clip."""
        self.marks.append(Unclip())

    def surface(self, look: Look, x: float, y: float, w: float, h: float, *, pressed: bool = False) -> None:
        """A box's own surface: shadow, lip, outline, fill."""
        theme, r = self.theme, look.radius
        if look.shadow and not theme.contrast:
            self.marks.append(Shadow(*self.px(x, y, w, h), look.shadow))
        edge, width = look.edge, look.edge_w
        if theme.contrast and look.hc:
            edge, width = look.hc, look.hc_w
        fill: str | Rgba = look.fill
        if pressed and look.fill and theme[look.fill][3] > 0:
            fill = theme[look.pressed] if look.pressed else darker(theme[look.fill])
            if theme.contrast and not look.pressed:
                fill = theme["nila_200"] if theme[look.fill][:3] == (0.0, 0.0, 0.0) else darker(theme[look.fill])
        if look.lip and not pressed:
            below = look.lip_h if look.lip_out else 0
            self.fill(x, y + (look.lip_h if look.lip_out else 0), w, h, look.lip, r)
            h = h if below else h - look.lip_h
        if look.dashed or (theme.contrast and look.dashed_hc):
            if fill:
                self.fill(x, y, w, h, fill, r)
            self.dashes(x, y, w, h, edge or "hc", width or 3, r if not isinstance(r, tuple) else r[0])
            return
        if edge and width and theme[edge][3] > 0:
            inside = theme[fill or "bg"] if isinstance(fill, str) else fill
            self._outlined(self.px(x, y, w, h), theme[edge], width, r, inside)
        elif fill:
            self.fill(x, y, w, h, fill, r, look.angle)

    def label(self, text: str, cx: float, cy: float, size: float, weight: int, color: str, *, angle: float = 0) -> None:
        """One line centred at a place, turned clockwise by ``angle`` degrees: for words inside drawings."""
        u = self.metrics.u
        px = max(1, round(size * u))
        kind = face(weight)
        half, drop = kind.width(text) * px / 2, (kind.ascent - kind.descent) * px / 2
        turn = math.radians(angle)
        x = (cx + self.dx) * u - half * math.cos(turn) - drop * math.sin(turn)
        y = (cy + self.dy) * u - half * math.sin(turn) + drop * math.cos(turn)
        self.marks.append(Glyphs(round(x), round(y), text, weight, px, self.theme[color], angle))

    def paragraph(self, node: Node, layout: Layout) -> None:
        """A placed text."""
        style, lines = node.style, node.lines
        if style is None or lines is None:
            return
        u = self.metrics.u
        size = layout.text_size(style)
        px = round(size * u)
        top, right, _, left = node.pad
        room = node.width - left - right
        metrics = face(style.weight)
        rise = (lines.line_height - (metrics.ascent + metrics.descent) * size) / 2 + metrics.ascent * size
        for k, (segments, width) in enumerate(lines.lines):
            shift = {"left": 0.0, "center": (room - width) / 2, "right": room - width}[style.align]
            base = round((node.y + self.dy + top + k * lines.line_height + rise) * u)
            for segment in segments:
                if segment.text.strip():
                    x = round((node.x + self.dx + left + shift + segment.x) * u)
                    self.marks.append(Glyphs(x, base, segment.text, segment.weight, px, self.theme[segment.color]))


def paint(root: Node, layout: Layout, brush: Brush, pressed: Node | None = None) -> None:
    """Add a placed tree's marks to the brush; ``pressed`` is the target under the finger."""
    sunk = root is pressed
    if root.look is not None:
        brush.surface(root.look, root.x, root.y, root.width, root.height, pressed=sunk)
    if root.clip:
        brush.clip(root.x, root.y, root.width, root.height)
    if sunk:
        brush.dy += 3
    if root.draw is not None:
        root.draw(brush, root.x, root.y, root.width, root.height)
    if root.kind == "text":
        brush.paragraph(root, layout)
    for child in root.children:
        paint(child, layout, brush, pressed)
    if sunk:
        brush.dy -= 3
    if root.clip:
        brush.unclip()
