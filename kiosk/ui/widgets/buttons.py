"""Buttons. A lip or an outline says: press me. One that is off has neither, and its reason stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from kiosk.journeys.acts import Act
from kiosk.ui.nodes import Look, Node, Touch, row
from kiosk.ui.widgets.basic import icon
from kiosk.ui.widgets.text import text

ButtonKind = Literal["primary", "gold", "secondary", "quiet", "help", "danger", "danger_outline", "off"]


@dataclass(frozen=True)
class _Kind:
    look: Look
    color: str


def _kind(kind: ButtonKind, radius: float) -> _Kind:
    match kind:
        case "primary":
            return _Kind(Look("nila_700", radius=radius, lip="nila_900", pressed="pressed"), "on_nila")
        case "gold":
            return _Kind(Look("emas_500", radius=radius, lip="emas_lip"), "on_emas")
        case "secondary":
            return _Kind(Look("card", "nila_700", 2, radius, hc="nila_700"), "nila_800")
        case "quiet":
            return _Kind(Look("nila_50", "nila_400", 2, radius, hc="hc"), "nila_800")
        case "help":
            return _Kind(Look("card", "manggis_700", 2, radius, hc="hc"), "manggis_700")
        case "danger":
            return _Kind(Look("merah_700", radius=radius), "on_merah")
        case "danger_outline":
            return _Kind(Look("card", "merah_700", 2, radius, hc="hc_err"), "merah_700")
        case "off":
            return _Kind(Look("off_bg", radius=radius, dashed_hc=True, edge="hc", edge_w=3), "off_text")


def btn(
    label: str,
    act: Act | None,
    value: str = "",
    *,
    kind: ButtonKind = "quiet",
    glyph: str = "",
    glyph_right: str = "",
    glyph_size: float = 32,
    glyph_color: str = "",
    stroke: float = 2,
    size: float = 26,
    h: float = 80,
    pad: float = 30,
    radius: float = 18,
    gap: float = 14,
    enabled: bool = True,
    local: tuple[str, str] | None = None,
    slop: tuple[float, float, float, float] = (0, 0, 0, 0),
    says: str = "",
    **more: Any,
) -> Node:
    """A big button. Off (``enabled=False``) is drawn without lip and edge and sends nothing.

    ``says`` is its name for the ear and for drivers where the label alone does not tell.
    """
    style = _kind(kind if enabled else "off", radius)
    color = style.color
    words = text(label, size, 700, color, 1.15, align="center") if label else None
    return row(
        icon(glyph, glyph_size, (glyph_color if enabled else "") or color, stroke) if glyph else None,
        words,
        icon(glyph_right, glyph_size, color, stroke) if glyph_right else None,
        pad=(0, pad),
        gap=gap,
        min_h=h,
        justify="center",
        look=style.look,
        touch=Touch(act, value, enabled, says or label, slop, local),
        **more,
    )


def pill(label: str, act: Act | None, value: str = "", *, glyph: str = "", glyph_right: str = "", **more: Any) -> Node:
    """A row's button: Ubah, Ulangi, Sebelumnya."""
    settings: dict[str, Any] = {"size": 20, "h": 72, "pad": 20, "radius": 36, "gap": 8, "glyph_size": 26} | more
    return btn(label, act, value, glyph=glyph, glyph_right=glyph_right, **settings)


def tool(
    label: str,
    act: Act,
    value: str = "",
    *,
    glyph: str,
    on: bool = False,
    h: float = 60,
    radius: float = 30,
    size: float = 20,
    pad: float = 17,
    glyph_size: float = 30,
    says: str = "",
    slop: tuple[float, float, float, float] = (0, 0, 0, 0),
    **more: Any,
) -> Node:
    """One of the small tools: listen, display, language."""
    look = Look("nila_700", radius=radius) if on else Look("nila_50", "nila_400", 2, radius, hc="hc")
    color = "on_nila" if on else "nila_800"
    return row(
        icon(glyph, glyph_size, color),
        text(label, size, 600, color, 1.2) if label else None,
        pad=(0, pad + (0 if on else 2), 0, pad + (0 if on else 2)),
        gap=9,
        min_h=h,
        justify="center",
        look=look,
        touch=Touch(act, value, True, says or label, slop),
        **more,
    )


def segmented(
    items: list[tuple[str, Act, str]],
    chosen: int,
    *,
    h: float = 76,
    size: float = 21,
    pad: float = 22,
    grow: bool = False,
    **more: Any,
) -> Node:
    """A switch with a dead strip between its halves; the selected one is filled."""
    parts = [
        row(
            text(label, size, 700, "on_nila" if k == chosen else "nila_800", 1.2, align="center"),
            pad=(0, pad),
            justify="center",
            grow=1 if grow else 0,
            look=Look("nila_700" if k == chosen else "field", radius=13),
            touch=Touch(act, value, True, label, (6, 0, 6, 0)),
        )
        for k, (label, act, value) in enumerate(items)
    ]
    look = Look("field", "nila_400", 2, 18, hc="hc")
    return row(*parts, gap=12, pad=6, h=h, align="stretch", look=look, **more)
