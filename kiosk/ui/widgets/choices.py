"""Choices: tiles, options, ticks. The whole surface is the target; a choice never advances by itself."""

from __future__ import annotations

from typing import Any

from kiosk.journeys.acts import Act
from kiosk.ui.nodes import Look, Node, Touch, box, col, row, spring
from kiosk.ui.widgets.basic import chip, icon, well
from kiosk.ui.widgets.text import h2, note, text

_TILE = Look("card", "line", 1, 22, shadow=1, hc="hc")


def tile_hero(
    title: str,
    help: str,
    act: Act,
    *,
    glyph: str,
    art: Node | None = None,
    contrast: bool = False,
    size: float = 44,
    well_size: float = 88,
    pad: float = 36,
    help_size: float = 24,
    arrow: bool = True,
) -> Node:
    """The one filled tile of home."""
    head = icon(glyph, 88, "on_nila") if contrast else well(glyph, well_size, well_size * 0.6, "gold")
    words = text(help, help_size, 600 if contrast else 500, "on_nila_soft", 1.4, grow=1)
    tail = icon("arrow-right", 44, "on_nila_gold", 2.4) if arrow and not contrast else None
    return col(
        row(head),
        spring(),
        text(title, size, 800, "on_nila", 1.1),
        row(words, tail, pad=(12 if arrow else 6, 0, 0, 0)) if help else None,
        art,
        pad=(pad - 2, pad, pad - 2, pad),
        look=Look("nila_700", radius=22, shadow=2, pressed="pressed"),
        touch=Touch(act, label=title),
    )


def tile_big(
    title: str,
    help: str,
    act: Act,
    *,
    glyph: str,
    tone: str = "",
    art: Node | None = None,
    tag: str = "",
    size: float = 32,
    well_size: float = 88,
    glyph_size: float = 50,
    pad: float = 28,
    help_size: float = 22,
) -> Node:
    """A primary tile: icon well, title, one line of help."""
    return col(
        row(well(glyph, well_size, glyph_size, tone)),
        row(chip(tag, "warn", "alert-triangle"), pad=(10, 0, 0, 0)) if tag else None,
        spring(),
        h2(title, size),
        text(help, help_size, 500, "ink2", 1.35, pad=(8, 0, 0, 0)) if help else None,
        art,
        pad=(pad, pad, pad - 2, pad),
        look=_TILE,
        touch=Touch(act, label=title),
        clip=art is not None,
    )


def tile_small(
    title: str,
    act: Act,
    *,
    glyph: str,
    tone: str = "",
    size: float = 23,
    well_size: float = 64,
    glyph_size: float = 36,
    pad: float = 22,
    gap: float = 18,
) -> Node:
    """Icon well and a two-line title."""
    return row(
        well(glyph, well_size, glyph_size, tone),
        text(title, size, 700, "ink", 1.2, grow=1),
        pad=(0, pad),
        gap=gap,
        look=_TILE,
        touch=Touch(act, label=title.replace("\n", " ")),
    )


def tile(
    title: str,
    help: str,
    value: str,
    *,
    glyph: str,
    act: Act = Act.PICK,
    size: float = 27,
    well_size: float = 68,
    glyph_size: float = 41,
    pad: float = 22,
    show_help: bool = True,
) -> Node:
    """An event of page 02."""
    return col(
        row(well(glyph, well_size, glyph_size)),
        spring(),
        text(title, size, 700, "ink", 1.15),
        note(help, 20, pad=(6, 0, 0, 0)) if help and show_help else None,
        pad=(pad - 2, pad, pad - 2, pad),
        look=_TILE,
        touch=Touch(act, value, label=title),
    )


def tile_tagged(
    title: str,
    help: str,
    value: str,
    *,
    glyph: str,
    tag: str,
    tag_kind: str = "ok",
    act: Act = Act.PICK,
    size: float = 26,
    well_size: float = 68,
    glyph_size: float = 40,
    pad: float = 22,
    show_help: bool = True,
) -> Node:
    """A document of page 02a with its tag: Cetak di sini, Ambil di Dinas, Ditutup sementara."""
    return col(
        row(
            well(glyph, well_size, glyph_size),
            chip(tag, tag_kind or "inf", h=36, size=19, pad=(11, 11), shrink=True) if tag else None,
            justify="between",
            align="start",
        ),
        spring(),
        text(title, size, 700, "ink", 1.15),
        note(help, 20, pad=(6, 0, 0, 0)) if help and show_help else None,
        pad=(pad, pad, pad - 2, pad),
        look=_TILE,
        touch=Touch(act, value, label=title),
    )


def radio(on: bool, size: float = 36) -> Node:
    """Filled with a tick, or an open ring."""
    if on:
        look = Look("nila_700", radius=size / 2)
        return box(icon("check", size * 0.67, "on_nila", 4), w=size, h=size, look=look)
    return Node("leaf", w=size, h=size, look=Look("card", "edge", 3, size / 2))


def option(
    title: str,
    value: str,
    *,
    help: str = "",
    glyph: str = "",
    on: bool = False,
    act: Act = Act.PICK,
    h: float = 96,
    size: float = 26,
    well_size: float = 60,
    pad: float = 26,
    gap: float = 20,
    error: bool = False,
    **more: Any,
) -> Node:
    """An answer. Selected shows by four cues: edge, tint, filled tick, filled well."""
    if on:
        look = Look("nila_50", "nila_700", 4, 18, hc="nila_700", hc_w=6)
    else:
        look = Look("card", "merah_700" if error else "edge", 2, 18, hc="hc")
    head = well(glyph, well_size, well_size * 0.57, "on" if on else "", radius=16) if glyph else None
    words = col(
        text(title, size, 600, "ink", 1.4 if not help else 1.3),
        note(help, 20) if help else None,
        grow=1,
    )
    return row(
        head, words, radio(on), pad=(4, pad), gap=gap, min_h=h, look=look, touch=Touch(act, value, label=title), **more
    )


def tick(on: bool, size: float = 44) -> Node:
    """A checkbox's box."""
    if on:
        look = Look("nila_700", radius=size / 4.2)
        return box(icon("check", size * 0.7, "on_nila", 4), w=size, h=size, look=look)
    return Node("leaf", w=size, h=size, look=Look("card", "edge", 3, size / 4.2))


def checkbox(
    *content: Node | None,
    value: str,
    on: bool,
    label: str,
    act: Act = Act.TOGGLE,
    h: float = 96,
    size: float = 48,
    pad: float = 24,
    gap: float = 20,
    **more: Any,
) -> Node:
    """A row with a box at its left; the whole row is the target."""
    look = Look("nila_50", "nila_700", 4, 18, hc="nila_700") if on else Look("card", "edge", 2, 18, hc="hc")
    return row(
        tick(on, size),
        *content,
        pad=(6, pad),
        gap=gap,
        min_h=h,
        look=look,
        touch=Touch(act, value, label=label),
        **more,
    )


def declaration(words: str, on: bool, *, act: Act = Act.DECLARE, pad: float = 16) -> Node:
    """A statement to be ticked; never ticked beforehand."""
    look = Look("nila_50", "nila_700", 4, 18, hc="nila_700") if on else Look("card", "edge", 2, 18, hc="hc")
    return row(
        tick(on),
        text(words, 20, 600, "ink", 1.35, grow=1),
        pad=(pad, pad + 2),
        gap=18,
        align="start",
        min_h=84,
        look=look,
        touch=Touch(act, label=words),
    )
