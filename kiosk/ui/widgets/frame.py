"""The frame of every page: top bar with motif, bottom bar with Back, help, progress and the one primary button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.fonts import face
from kiosk.ui.nodes import Look, Node, col, leaf, row, space, spring, stack
from kiosk.ui.paint import Brush
from kiosk.ui.widgets.basic import icon
from kiosk.ui.widgets.buttons import ButtonKind, btn, tool
from kiosk.ui.widgets.text import note, text
from kiosk.ui.words import LANGUAGES

_BRAND = 385  # units that the village's name may take beside status and tools
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@dataclass
class Frame:
    """A drawn page. ``top`` None is the usual bar, ``bottom`` None leaves that room to the content.

    ``full`` pages draw on the whole window, over no bars at all (the waiting screen). ``pad`` None is the usual one.
    """

    content: Node
    bottom: Node | None = None
    top: Node | None = None
    full: bool = False
    pad: tuple[float, float, float, float] | None = None
    background: str = "bg"


def motif(height: float, name: str = "motif") -> Node:
    """The woven strip; a plain line in high contrast."""

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        if brush.theme.contrast:
            brush.fill(x, y, w, 3, "nila_700")
        else:
            brush.strip(x, y, w, h, name)

    return leaf(draw, None, height)


def mark(size: float) -> Node:
    """The stilt-house mark."""

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        brush.picture("art:mark-contrast" if brush.theme.contrast else "art:mark", x, y, w, h)

    return leaf(draw, size, size)


def brand(c: Ctx, sub: str = "", *, size: float = 52, name_size: float = 24) -> Node:
    """Mark, product, and which village this is."""
    site = c.view.site
    village = site.words("{Desa|Kelurahan} ") + site.village
    short = c.compact or c.portrait or c.metrics.larger
    where = sub or (village if short else f"{village}, Kec. {site.district}")
    if not sub and face(500).width(where) * 20 > _BRAND:  # the kecamatan goes when it would wrap
        where = village
    if c.metrics.largest:  # two lines of 39 sp do not fit into the bar
        return row(mark(size), text(sub or village, 24, 700, "nila_800", 1.1), gap=14, shrink=True)
    return row(
        mark(size),
        col(
            text("Pro Desaku", name_size, 800, "nila_800", 1.1),
            note(where, 20, line=1.2, pad=(3, 0, 0, 0)),
            shrink=True,
        ),
        gap=14,
        shrink=True,
    )


def network(c: Ctx) -> Node:
    """Connected or not, in words."""
    if c.view.status.online:
        return status(c.t("Tersambung"), "wifi", "ink2", "daun_700")
    return status(c.t("Tanpa internet"), "wifi-off", "emas_800", "emas_800")


def status(words: str, glyph: str, color: str, glyph_color: str) -> Node:
    """A word of the top bar."""
    return row(icon(glyph, 28, glyph_color) if glyph else None, text(words, 20, 600, color, 1.3), gap=10)


_PRINTER = {
    "ready": ("Printer siap", "printer", "ink2", "daun_700"),
    "unasked": ("Printer", "printer", "ink2", "ink2"),  # one that cannot be asked: neither ready nor not
    "low_paper": ("Kertas menipis", "printer", "emas_800", "emas_800"),
    "no_paper": ("Kertas habis", "printer-off", "emas_800", "emas_800"),
}


def printer(c: Ctx) -> Node:
    """How the printer is, in words."""
    unknown = ("Printer perlu dicek", "printer-off", "emas_800", "emas_800")
    words, glyph, color, glyph_color = _PRINTER.get(c.view.status.printer, unknown)
    return status(c.t(words), glyph, color, glyph_color)


def clock(c: Ctx) -> str:
    """Day and time at the site, as the top bar of home shows it."""
    now = datetime.fromtimestamp(c.view.status.now, c.view.site.tz)
    date = f"{now.day} {_MONTHS[now.month - 1]} · {now:%H.%M}"
    return date if c.compact or c.portrait or c.metrics.larger else f"{_DAYS[now.weekday()]}, {date}"


def bar(*children: Node | None, c: Ctx, gap: float = 16) -> Node:
    """A top bar's surface."""
    m = c.metrics
    left, right = m.margin, m.margin - 8 if m.cls == "reference" else m.margin
    content = row(*children, pad=(0, right, 0, left), gap=gap, h=m.top, look=Look("card"))
    return col(content, motif(3 if c.theme.contrast else m.motif))


def next_language(c: Ctx) -> tuple[str, str]:
    """Value and name of the language that one touch leads to, and the name of the present one."""
    codes = [code for code, _ in LANGUAGES]
    at = codes.index(c.view.settings.language)
    return codes[(at + 1) % len(codes)], LANGUAGES[at][1]


def top_bar(c: Ctx, sub: str = "") -> Node:
    """Village, network, and the tools: Dengarkan, Tampilan, Bahasa."""
    m = c.metrics
    slop = ((m.top - 60) / 2, 0, (m.top - 60) / 2, 0)
    value, name = next_language(c)
    short = c.compact or c.portrait or m.larger
    settings = c.view.settings
    code = {"id": "ID", "bug": "UGI", "en": "EN"}[settings.language]
    tools = [
        tool(
            "" if m.largest or c.portrait else c.t("Dengarkan"),
            Act.LISTEN,
            glyph="volume",
            on=settings.listening,
            slop=slop,
            says=c.t("Dengarkan"),
        ),
        tool("" if short else c.t("Tampilan"), Act.DISPLAY, glyph="text-size", slop=slop, says=c.t("Tampilan")),
        tool(code if short else name, Act.LANGUAGE, value, glyph="language", slop=slop, says=c.t("Bahasa")),
    ]
    quiet = (c.view.status.online and short) or (m.largest and c.fit > 0)
    call = call_button(c, h=60, size=20, pad=14, slop=slop) if m.largest else None
    return bar(
        brand(c, sub, size=c.by(52, 48)), spring(), None if quiet else network(c), call, *tools, c=c, gap=c.by(16, 12)
    )


def call_button(
    c: Ctx,
    *,
    h: float | None = None,
    size: float | None = None,
    pad: float | None = None,
    slop: tuple[float, float, float, float] = (0, 0, 0, 0),
    short: bool = False,
) -> Node:
    """Panggil petugas: on every citizen page, at the same place. ``short`` where large text leaves no room."""
    label = "Petugas" if short or (c.metrics.largest and h is not None) else "Panggil petugas"
    return btn(
        c.t(label),
        Act.CALL_OPERATOR,
        kind="help",
        glyph="bell-ringing",
        h=c.by(80, 68) if h is None else h,
        slop=slop,
        size=size or c.by(26, 23),
        pad=c.by(30, 24) if pad is None else pad,
        says=c.t("Panggil petugas"),
    )


def steps(of: pages.Steps) -> Node:
    """Five bars and the words beside: where one is."""

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        wide = min(34.0, 220 / of.total)
        at = x + (w - wide * of.total - 8 * (of.total - 1)) / 2
        for k in range(of.total):
            if k == of.current - 1:
                brush.fill(at - 2, y - 2, wide + 4, 14, "nila_700", 7)
            color = "nila_700" if k < of.current - 1 else "emas_500" if k == of.current - 1 else "nila_200"
            brush.fill(at, y, wide, 10, color, 5)
            at += wide + 8

    bars = leaf(draw, min(34.0, 220 / of.total) * of.total + 8 * (of.total - 1) + 4, 10)
    return col(
        bars,
        note(f"Langkah {of.current} dari {of.total}", 20, weight=600, line=1.4, align="center"),
        gap=10,
        align="center",
        shrink=True,
    )


def next_button(
    c: Ctx,
    label: str = "",
    act: Act = Act.NEXT,
    value: str = "",
    *,
    enabled: bool = True,
    kind: ButtonKind = "primary",
    glyph: str = "",
    glyph_right: str = "arrow-right",
    w: float = 220,
    **more: Any,
) -> Node:
    """The page's one primary button."""
    return btn(
        c.t(label or "Lanjut"),
        act,
        value,
        kind=kind,
        glyph=glyph,
        glyph_right="" if glyph else glyph_right,
        enabled=enabled,
        min_w=c.by(w, round(w * 0.8)),
        h=c.by(80, 68),
        size=c.by(26, 24),
        pad=c.by(30, 24),
        **more,
    )


def bottom_bar(
    c: Ctx,
    *after: Node | None,
    back: str = "Kembali",
    back_act: Act | None = Act.BACK,
    back_glyph: str = "arrow-left",
    back_enabled: bool = True,
    call: bool = True,
    mid: Node | None = None,
    gap: float | None = None,
) -> Node:
    """Back, help, then ``mid`` (progress, a remark) in the free room, then the primary button(s).

    ``back_act`` None leaves Back out. A row of ``after`` stands at the right.
    """
    m = c.metrics
    back_button = None
    if back_act is not None:
        back_button = btn(
            c.t(back),
            back_act,
            glyph=back_glyph,
            enabled=back_enabled,
            h=c.by(80, 68),
            size=c.by(26, 24),
            pad=c.by(30, 20),
        )
    crowded = (m.larger or m.compact) and c.fit > 0
    works = mid is not None and any(node.touch is not None for node in mid.walk())  # buttons are never left out
    keeps = mid is not None and (works or not (m.largest or c.portrait or crowded))
    middle = stack_middle(mid) if mid is not None and keeps else spring()
    help_button = call_button(c, short=m.larger and c.fit > 1) if call and not m.largest else None
    if c.portrait:  # two rows: help, then back and the primary button
        acts = row(back_button, spring(), *after, gap=14)
        return col(
            Node("leaf", h=1, look=Look("line")),
            col(help_button, mid if works else None, acts, gap=14, pad=(16, m.margin)),
            look=Look("card"),
        )
    children = [back_button, help_button, middle, *after]
    return bottom_surface(c, row(*children, gap=c.by(20, 12) if gap is None else gap, pad=(0, m.margin), grow=1))


def stack_middle(mid: Node) -> Node:
    """The middle of the bottom bar takes the free room and centres what it holds, or aligns it right."""
    if mid.kind == "text":
        mid.grow = 1
        return mid
    return row(mid, grow=1, justify="center", shrink=True)


def bottom_surface(c: Ctx, content: Node) -> Node:
    """The bottom bar's surface and its hairline."""
    m = c.metrics
    return col(Node("leaf", h=1, look=Look("line")), content, h=m.bottom, look=Look("card"))


__all__ = [
    "Frame",
    "bar",
    "bottom_bar",
    "bottom_surface",
    "brand",
    "call_button",
    "clock",
    "mark",
    "motif",
    "network",
    "next_button",
    "next_language",
    "printer",
    "space",
    "stack",
    "status",
    "steps",
    "top_bar",
]
