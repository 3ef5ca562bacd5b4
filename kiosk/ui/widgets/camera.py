"""The camera's view and what is said about it. The live picture itself is put there by the stage."""

from __future__ import annotations

from kiosk.ui.marks import Mask
from kiosk.ui.nodes import Look, Node, col, leaf, over, row, stack
from kiosk.ui.paint import Brush
from kiosk.ui.widgets.basic import icon, kind_colors, picture
from kiosk.ui.widgets.text import mono, note, text

Corners = tuple[tuple[float, float], ...]


def camera_view(
    corners: Corners = (),
    *,
    good: bool = False,
    ratio: float = 16 / 9,
    back: str = "bg",
    radius: float = 22,
    below: bool = True,
) -> Node:
    """The live picture in tray colours with the page's outline: green when all checks pass, amber while adjusting.

    ``corners`` are fractions of the camera's frame, whose width by height is ``ratio``; the view shows the whole frame
    between bars in tray colour. ``back`` is the colour around the rounded corners, ``below`` whether a strip continues
    the view downwards.
    """

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        if w < 1 or h < 1:
            return
        brush.fill(x, y, w, h, "tray")
        # the whole frame, never cropped: what the camera sees is what the person must see
        wide, tall = (w, w / ratio) if w / h < ratio else (h * ratio, h)
        ox, oy = x + (w - wide) / 2, y + (h - tall) / 2
        brush.camera(ox, oy, wide, tall)
        if len(corners) == 4:
            points = [(ox + fx * wide, oy + fy * tall) for fx, fy in corners]
            brush.clip(x, y, w, h)
            color = "kamera" if good else "on_nila_gold" if not brush.theme.contrast else "emas_500"
            brush.line(points, 6, color, close=True)
            for k, (px, py) in enumerate(points):
                (ax, ay), (bx, by) = points[k - 1], points[(k + 1) % 4]
                arm_a, arm_b = _towards(px, py, ax, ay, 46), _towards(px, py, bx, by, 46)
                brush.line([arm_a, (px, py), arm_b], 13, color)
            brush.unclip()
        r = round(radius * brush.metrics.u)
        area = brush.px(x, y, w, h + (2 * radius if below else 0))
        brush.clip(x, y, w, h)
        brush.marks.append(Mask(*area, (r, r, r, r), brush.theme[back]))
        brush.unclip()

    return leaf(draw, None, None, grow=1, min_h=160, name="camera")


def _towards(x: float, y: float, tx: float, ty: float, most: float) -> tuple[float, float]:
    length = max(1.0, ((tx - x) ** 2 + (ty - y) ** 2) ** 0.5)
    part = min(most, length / 3) / length
    return x + (tx - x) * part, y + (ty - y) * part


def camera_strip(
    words: str, *, countdown: int = 0, glyph: str = "", glyph_color: str = "on_strip", h: float = 76, size: float = 26
) -> Node:
    """The dark strip below the view; all words about the picture stand here, never on it."""
    head: Node | None = None
    if countdown:
        head = _countdown(countdown)
    elif glyph:
        head = icon(glyph, 36, glyph_color, 2.4)
    look = Look("strip", radius=(0, 0, 22, 22), hc="hc")
    return row(
        head,
        text(words, size, 700, "on_strip", 1.2, shrink=True),
        gap=18,
        min_h=h,
        pad=(0, 24),
        justify="center",
        look=look,
    )


def _countdown(left: int) -> Node:
    def ring(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        brush.arc(x + 24, y + 24, 20, 6, 0, 360, "nila_500")
        brush.arc(x + 24, y + 24, 20, 6, 0, min(355.0, 120.0 * left), "kamera")

    number = mono(str(left), 23, "on_strip", line=1, align="center", fixed=True)
    return stack(leaf(ring, 48, 48), over(number), w=48, h=48)


def example(name: str = "art:capture-example", label: str = "Contoh") -> Node:
    """The small example at the view's lower left."""
    words = note(label, 20, "on_strip", weight=600, line=1.2, align="center")
    thumb = picture(name, 104, 84)
    return col(thumb, words, w=136, pad=(12, 0, 10, 0), gap=8, align="center", look=Look("strip", radius=14, hc="hc"))


def check_line(
    ok: bool, title: str, todo: str = "", *, glyph: str = "sun-high", pad: float = 13, size: float = 23
) -> Node:
    """One of the quality checks: green tick, or amber with what to do."""
    tint, color, hc = kind_colors("ok" if ok else "warn")
    return row(
        icon("circle-check" if ok else glyph, 36, color, 2.3),
        col(
            text(title, size, 700, color, 1.2),
            text(todo, 19, 600, color, 1.25, pad=(2, 0, 0, 0)) if todo and not ok else None,
            grow=1,
        ),
        gap=16,
        pad=(pad, 18),
        look=Look(tint, radius=16, hc=hc),
    )
