"""Panels that several pages share: fee, numbered procedure, verdict face, drawn ticket, progress, timeline, ways on."""

from __future__ import annotations

import math
from typing import Literal

from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.fonts import MONO, face
from kiosk.ui.nodes import Look, Node, Touch, box, col, leaf, over, row, spring
from kiosk.ui.paint import Brush
from kiosk.ui.widgets.basic import dot, icon
from kiosk.ui.widgets.text import h1, mono, note, text


def fee_card(c: Ctx, time: str, *, label: str = "Lama proses", size: float = 32) -> Node:
    """Rp0, and how long."""
    tall = text(time, size if len(time) < 13 else 25, 800, "on_daun", 1.2, pad=(5, 0, 0, 0))
    return row(
        col(
            note(c.t("Biaya"), 20, "on_daun", weight=600),
            text("Rp0", 46, 800, "on_daun", 1.1),
            grow=1,
            pad=(c.by(18, 10), 24),
            min_w=110,
        ),
        col(Node("leaf", grow=1, w=2, look=Look("on_daun@0.35")), pad=(20, 0), align="stretch"),
        col(note(c.t(label), 20, "on_daun", weight=600), tall, grow=1, pad=(c.by(18, 10), 20, c.by(18, 10), 24)),
        align="stretch",
        look=Look("daun_700", radius=20, shadow=1),
    )


def numbered(number: int, title: str, help: str, *, last: bool = False, gap: float = 24) -> Node:
    """A step of the procedure: its number, a rail to the next, words."""
    rail = None if last else Node("leaf", w=4, grow=1, look=Look("nila_200"))
    circle = box(mono(str(number), 24, "on_nila", fixed=True, line=1), w=44, h=44, look=Look("nila_700", radius=22))
    words = col(
        text(title, 23, 700, "ink", 1.25), note(help, 20) if help else None, pad=(5, 0, 0 if last else gap, 0), grow=1
    )
    return row(col(circle, rail, align="center", w=44), words, gap=18, align="stretch")


def ring_icon(
    glyph: str, *, size: float = 96, glyph_size: float = 60, kind: str = "ok", stroke: float = 3.4, filled: bool = False
) -> Node:
    """A round badge: done, saved, verified."""
    tint, color = {
        "ok": ("daun_100", "daun_700"),
        "warn": ("emas_100", "emas_800"),
        "err": ("merah_100", "merah_700"),
        "inf": ("nila_100", "nila_700"),
    }[kind]
    if filled:
        tint, color = color, {"ok": "on_daun", "warn": "on_emas_800", "err": "on_merah", "inf": "on_nila"}[kind]
    return box(icon(glyph, glyph_size, color, stroke), w=size, h=size, look=Look(tint, radius=size / 2, hc="hc"))


_FACES: dict[str, tuple[str, str]] = {
    "daun_700": ("on_daun", "circle"),
    "nila_700": ("on_nila", "square"),
    "emas_800": ("on_emas_800", "square"),
    "merah_700": ("on_merah", "square"),
    "ink2": ("on_ink2", "square"),
}


def result_panel(
    title: str,
    sentence: str,
    *,
    color: str,
    glyph: str,
    shape: Literal["circle", "square", "octagon"] = "square",
    size: float = 56,
    w: float | None = 500,
    badge: float = 148,
    pad: float = 44,
) -> Node:
    """The full-bleed face of a verdict: badge in the verdict's shape, the word, one sentence."""
    ink = _FACES.get(color, ("on_nila", ""))[0]

    def face(brush: Brush, x: float, y: float, bw: float, bh: float) -> None:
        if shape == "octagon":
            cut = bw * 0.293
            brush.fill(x + cut, y, bw - 2 * cut, bh, ink)
            brush.fill(x, y + cut, bw, bh - 2 * cut, ink)
            for cx, cy, ax, ay, bx, by in (
                (x + cut, y + cut, x + cut, y, x, y + cut),
                (x + bw - cut, y + cut, x + bw - cut, y, x + bw, y + cut),
                (x + cut, y + bh - cut, x + cut, y + bh, x, y + bh - cut),
                (x + bw - cut, y + bh - cut, x + bw - cut, y + bh, x + bw, y + bh - cut),
            ):
                brush.triangle((cx, cy), (ax, ay), (bx, by), ink)
        else:
            brush.fill(x, y, bw, bh, ink, bw / 2 if shape == "circle" else 30 * bw / 148)
        glyph_size = bw * 0.65
        brush.icon(glyph, x + (bw - glyph_size) / 2, y + (bh - glyph_size) / 2, glyph_size, color, 2.2)

    return col(
        row(leaf(face, badge, badge)),
        spring(),
        h1(title, size, ink, 1.06),
        text(sentence, 26, 600, ink, 1.4, pad=(16, 0, 0, 0)),
        w=w,
        pad=(pad + 4, pad),
        look=Look(color),
    )


def ticket(number: str, services: str, *, tilted: bool = False) -> Node:
    """The drawn ticket, 316 u wide, with a sample code: the key itself is on paper alone."""
    turn = -3.0 if tilted else 0.0
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    top = 22.0 if tilted else 0.0

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        brush.picture("art:ticket-tilted" if tilted else "art:ticket", x, y, w, h)
        bold = face(800)
        if bold.width(services) * 20 > 290:  # two lines, broken at a comma
            parts = services.split(", ")
            half = next(k for k in range(1, len(parts) + 1) if 2 * len(", ".join(parts[:k])) >= len(services) - 4)
            upper, lower = ", ".join(parts[:half]), ", ".join(parts[half:])
            rows = [(f"{upper}," if lower else upper, 47.0, 17.0), (lower, 67.0, 17.0)]
        else:
            rows = [(services, 57.0, 20.0)]
        for words, at, size, weight in (*((*one, 800) for one in rows), (number, 93.0, 34.0, MONO + 700)):
            fitting = size * min(1.0, 286 / max(1.0, face(weight).width(words) * size))
            cx, cy = x + 158 * cos - at * sin, y + top + 158 * sin + at * cos
            brush.label(words, cx, cy, fitting, weight, "ticket", angle=turn)

    return leaf(draw, *((360.0, 500.0) if tilted else (316.0, 478.0)), name="ticket")


def progress_bar(fraction: float, *, h: float = 20) -> Node:
    """A determinate bar, 0…1."""
    part = max(0.0, min(1.0, fraction))

    def draw(brush: Brush, x: float, y: float, w: float, tall: float) -> None:
        brush.fill(x, y, w, tall, "nila_200" if brush.theme.contrast else "nila_100", tall / 2)
        if part > 0:
            brush.fill(x, y, max(tall, w * part), tall, "nila_700", tall / 2)

    return leaf(draw, None, h)


def timeline_step(title: str, line: str, state: str, *, last: bool = False, glyph: str = "") -> Node:
    """A node of the timeline: done, now, attention, refused, future; the rail to the next below it."""
    size = 52.0 if state in ("now", "attention") else 44.0
    names = {
        "done": ("check", 26, 3.6),
        "now": (glyph or "printer", 28, 2.4),
        "attention": (glyph or "pencil", 28, 2.4),
        "refused": ("x", 30, 3.0),
    }

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        cx = x + 26
        if not last:
            brush.fill(cx - 2.5, y + size, 5, h - size, "daun_700" if state == "done" else "line")
        fill, color = {
            "done": ("daun_700", "on_daun"),
            "refused": ("merah_700", "on_merah"),
            "future": ("card", "edge"),
        }.get(state, ("emas_500", "on_emas"))
        if state in ("now", "attention"):
            brush.disc(cx, y + size / 2, size / 2 + 6, "emas_100")
        if state == "future":
            brush.dashes(cx - 22, y, 44, 44, "edge", 3, 22)
            return
        brush.fill(cx - size / 2, y, size, size, fill, 12 if state == "refused" else size / 2)
        name, glyph_size, stroke = names[state]
        brush.icon(name, cx - glyph_size / 2, y + (size - glyph_size) / 2, glyph_size, color, stroke)

    big = state == "now"
    future = state == "future"
    words = col(
        text(title, 27 if big else 23, 600 if future else 700, "ink2" if future else "ink", 1.25),
        note(line, 20, line=1.25) if line else None,
        pad=(0, 0, 0 if last else 10, 0),
        grow=1,
    )
    return row(leaf(draw, 52, None), words, gap=20, align="stretch", grow=0 if last else 1.35 if big else 1, min_h=52)


def way(title: str, help: str, act: Act, value: str = "", *, glyph: str, primary: bool = False) -> Node:
    """One of the things a person may do next: icon, title, one line, a chevron."""
    look = (
        Look("nila_700", radius=18, lip="nila_900", pressed="pressed")
        if primary
        else Look("card", "nila_700", 2, 18, hc="hc")
    )
    color, soft, gold = ("on_nila", "on_nila_soft", "on_nila_gold") if primary else ("nila_800", "ink2", "nila_700")
    return row(
        icon(glyph, 38, gold),
        col(text(title, 25, 700, color, 1.2), note(help, 20, soft, 1.25, pad=(2, 0, 0, 0)) if help else None, grow=1),
        icon("chevron-right", 34, color, 2.4),
        gap=18,
        pad=(4, 20),
        min_h=92,
        look=look,
        touch=Touch(act, value, label=title),
    )


__all__ = [
    "dot",
    "fee_card",
    "numbered",
    "over",
    "progress_bar",
    "result_panel",
    "ring_icon",
    "ticket",
    "timeline_step",
    "way",
]
