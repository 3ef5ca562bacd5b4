"""Icons and their wells, chips, banners, cards, rules."""

from __future__ import annotations

from typing import Any, Literal

from kiosk.ui.nodes import Look, Node, Pad, box, col, leaf, row
from kiosk.ui.paint import Brush

Kind = Literal["ok", "warn", "err", "inf", "off", ""]

_KINDS = {
    "ok": ("daun_100", "daun_700", "hc_ok"),
    "warn": ("emas_100", "emas_800", "hc_warn"),
    "err": ("merah_100", "merah_700", "hc_err"),
    "inf": ("nila_100", "nila_800", "hc"),
    "off": ("off_bg", "off_text", "hc"),
    "": ("nila_100", "nila_800", "hc"),
}


def kind_colors(kind: str) -> tuple[str, str, str]:
    """Tint, its text, and the high contrast outline of a state: ok, warn, err, inf, off."""
    return _KINDS.get(kind, _KINDS["inf"])


def icon(name: str, size: float = 32, color: str = "ink", stroke: float = 2, **more: Any) -> Node:
    """A Tabler outline icon by its name."""

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        brush.icon(name, x, y, size, color, stroke)

    return leaf(draw, size, size, name=f"icon:{name}", **more)


def picture(
    name: str,
    w: float,
    h: float,
    *,
    angle: float = 0,
    opacity: float = 1,
    fit: str = "stretch",
    radius: float = 0,
    **more: Any,
) -> Node:
    """A picture: ``art:doc`` from the assets, ``capture:NAME`` from the visit. ``angle`` in degrees, clockwise."""

    def draw(brush: Brush, x: float, y: float, wide: float, tall: float) -> None:
        brush.picture(name, x, y, wide, tall, angle=angle, opacity=opacity, fit=fit, radius=radius)

    more.setdefault("name", name)
    return leaf(draw, w or None, h or None, **more)


def qr(payload: str, size: float) -> Node:
    """A QR code on white, quiet zone included."""
    node = picture(f"qr:{payload}", size, size)
    node.name = "qr"  # never the payload: names are shown where something does not fit
    return node


def dot(size: float, fill: str, *, edge: str = "", edge_w: float = 0, child: Node | None = None) -> Node:
    """A filled circle with something in its middle."""
    return box(child, w=size, h=size, look=Look(fill=fill, edge=edge, edge_w=edge_w, radius=size / 2))


_WELLS = {
    "": ("nila_100", "nila_700"),
    "m": ("manggis_100", "manggis_700"),
    "e": ("emas_100", "emas_800"),
    "k": ("daun_100", "daun_700"),
    "r": ("merah_100", "merah_700"),
    "off": ("off_bg", "ink2"),
    "gold": ("emas_500", "on_emas"),
    "on": ("nila_700", "on_nila"),
    "card": ("card", "nila_700"),
}


def well(
    name: str,
    size: float = 72,
    glyph: float = 40,
    tone: str = "",
    *,
    radius: float | None = None,
    stroke: float = 2,
    **more: Any,
) -> Node:
    """An icon in its tinted square. ``tone``: "" indigo, m mangosteen, e gold, k leaf, r red, gold, on, off, card."""
    fill, color = _WELLS[tone]
    hc = "" if tone in ("gold", "on") else "hc"
    look = Look(fill=fill, radius=size / 4 if radius is None else radius, hc=hc)
    return box(icon(name, glyph, color, stroke), w=size, h=size, look=look, **more)


def chip(
    words: str,
    kind: str = "inf",
    glyph: str = "",
    *,
    h: float = 38,
    size: float = 20,
    glyph_size: float = 24,
    pad: tuple[float, float] = (12, 14),
    stroke: float = 2.3,
    **more: Any,
) -> Node:
    """A state word; never to be touched. ``pad`` is left and right."""
    from kiosk.ui.widgets.text import text

    tint, color, hc = kind_colors(kind)
    return row(
        icon(glyph, glyph_size, color, stroke) if glyph else None,
        text(words, size, 700, color, 1.3),
        gap=8,
        pad=(0, pad[1], 0, pad[0] if glyph else pad[1]),
        min_h=h,
        look=Look(fill=tint, radius=h / 2, hc=hc),
        **more,
    )


def banner(
    words: str,
    kind: str = "inf",
    glyph: str = "info-circle",
    *,
    size: float = 22,
    glyph_size: float = 36,
    pad: Pad = (18, 22),
    stroke: float = 2.2,
    after: Node | None = None,
    **more: Any,
) -> Node:
    """One or two lines that stay until solved: inf, ok, warn, err."""
    from kiosk.ui.widgets.text import text

    tint, color, hc = kind_colors(kind)
    return row(
        icon(glyph, glyph_size, color, stroke),
        text(words, size, 500, color, 1.35, grow=1),
        after,
        gap=16,
        pad=pad,
        look=Look(fill=tint, radius=16, hc=hc),
        **more,
    )


def field_error(words: str, size: float = 24) -> Node:
    """What is wrong and how to mend it; stands where the help line stood."""
    from kiosk.ui.widgets.text import text

    glyph = icon("alert-circle", 30, "merah_700", 2.3)
    return row(glyph, text(words, size, 600, "merah_700", 1.3, grow=1), gap=10, name="error")


def status_line(words: str, glyph: str, color: str = "ink2", glyph_color: str = "", size: float = 20) -> Node:
    """A quiet line with an icon."""
    from kiosk.ui.widgets.text import text

    return row(icon(glyph, 28, glyph_color or color), text(words, size, 500, color, 1.3, grow=1), gap=12)


def card(
    *children: Node | None,
    pad: Pad = (24, 26),
    gap: float = 0,
    radius: float = 20,
    edge: str = "line",
    edge_w: float = 1,
    shadow: int = 1,
    fill: str = "card",
    **more: Any,
) -> Node:
    """A white surface with a hairline and the first elevation."""
    look = Look(fill=fill, edge=edge, edge_w=edge_w, radius=radius, shadow=shadow, hc="hc" if edge_w < 3 else "")
    return col(*children, pad=pad, gap=gap, look=look, **more)


def rule(color: str = "line", thickness: float = 1) -> Node:
    """A horizontal divider."""
    return Node("leaf", h=thickness, look=Look(fill=color))
