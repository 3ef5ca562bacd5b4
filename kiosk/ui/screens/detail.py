"""03: what to bring, what it costs, how long it takes, how it goes; on its second part product, law, complaints."""

from __future__ import annotations

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Node, col, row, space, spring
from kiosk.ui.screens import panes, screen
from kiosk.ui.widgets.basic import banner, card, rule, well
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.panels import fee_card, numbered
from kiosk.ui.widgets.text import body, eyebrow, h1, h3, note, text


@screen(pages.ServiceDetail)
def detail(page: pages.ServiceDetail, c: Ctx) -> Frame:
    """Two parts, one page each."""
    content = _bring(page, c) if page.part == 1 else _law(page, c)
    start = next_button(c, "Syarat siap, mulai", enabled=page.can_start, w=c.by(320, 270))
    more = btn(
        c.t("Dasar hukum" if page.part == 1 else "Syarat"),
        Act.MORE,
        glyph="" if c.compact else "book-2" if page.part == 1 else "list-check",
        h=c.by(80, 68),
        size=c.by(24, 22),
        pad=c.by(24, 18),
    )
    if c.metrics.largest or (c.metrics.larger and c.fit > 0):  # the bar has no room for three
        return Frame(col(content, more, gap=14, grow=1), bottom=bottom_bar(c, start))
    return Frame(content, bottom=bottom_bar(c, more, start))


def _line(c: Ctx, item: pages.RequirementLine) -> Node:
    size = c.by(58, 42)
    return col(
        row(
            well(item.icon, size, size * 0.58, radius=16),
            col(
                text(item.title, c.by(24, 21), 700, "ink", 1.25),
                note(item.help, 20) if c.help and item.help else None,
                grow=1,
            ),
            gap=18,
            pad=(c.by(8, 3), 0),
        ),
        rule(),
    )


def _bring(page: pages.ServiceDetail, c: Ctx) -> Node:
    told: Node | None = None
    if page.printing:
        told = note(page.printing, 20, grow=1)
    elif page.remark:
        told = note(page.remark, 20, grow=1)
    slip = btn(
        c.t("Cetak daftar syarat"),
        Act.PRINT_REQUIREMENTS,
        glyph="receipt",
        glyph_size=30,
        h=72,
        size=c.by(22, 20),
        pad=22,
    )
    left = col(
        eyebrow(page.eyebrow),
        h1(c.t("Yang perlu Anda siapkan"), c.by(40, 32)),
        body(c.t("Bawa surat yang asli. Anda memotretnya di mesin ini."), c.by(22, 20), pad=(6, 0, 4, 0))
        if c.fit < 1
        else None,
        *(_line(c, item) for item in page.requirements),
        spring(),
        banner(page.attention, "warn", "alert-triangle", size=20, pad=(10, 18)) if page.attention else None,
        space(10) if page.attention else None,
        row(slip, told, gap=16),
    )
    steps = [
        numbered(
            k, title, words if c.fit < 2 else "", last=k == len(page.procedure), gap=c.by(24, 8) if c.fit < 1 else 6
        )
        for k, (title, words) in enumerate(page.procedure, 1)
    ]
    heading = h3(c.t("Jalannya permohonan"), c.by(25, 22), pad=(0, 0, c.by(14, 8), 0))
    way = card(heading, *steps, pad=(c.by(20, 12), 24), grow=1)
    right = col(fee_card(c, page.time, size=c.by(32, 25)), way, gap=c.by(18, 12))
    return panes(c, left, right, 432, narrow=368)


def _law(page: pages.ServiceDetail, c: Ctx) -> Node:
    laws = [
        row(
            text("•", 24, 700, "nila_700", 1.3),
            text(law, c.by(22, 20) if c.fit < 1 else 20, 500, "ink", 1.3, grow=1),
            gap=12,
            align="start",
        )
        for law in page.legal_basis
    ]
    if c.fit > 1:
        laws = [text("; ".join(page.legal_basis), 20, 500, "ink", 1.3)]
    left = col(
        eyebrow(page.eyebrow),
        h1(c.t("Yang Anda terima"), c.by(40, 32)),
        space(c.by(10, 6)),
        card(
            row(
                well("file-check", 58, 34, "k", radius=16),
                text(page.product, c.by(24, 20) if c.fit < 1 else 20, 600, "ink", 1.3, grow=1),
                gap=18,
            ),
            pad=(c.by(16, 10), 20),
        ),
        space(c.by(22, 10)),
        h3(c.t("Dasar hukum"), c.by(25, 22)),
        space(6),
        *laws,
        spring(),
    )
    heading = h3(c.t("Pengaduan"), c.by(25, 22), pad=(0, 0, c.by(16, 8) if c.fit < 1 else 6, 0))
    lines = [_channel(c, name, where) for name, where in page.complaints]
    tight = c.fit > 0
    pad, gap = (c.by(20, 12), c.by(18, 8)) if not tight else (12, c.by(6, 4))
    channels = card(heading if c.fit < 2 else None, *lines, pad=(pad, 24), gap=gap, grow=1)
    right = col(fee_card(c, page.time, size=c.by(32, 25)), channels, gap=c.by(18, 12))
    return panes(c, left, right, 432, narrow=368)


def _channel(c: Ctx, name: str, where: str) -> Node:
    words = col(text(name, c.by(23, 20), 700, "ink", 1.25), note(where, 20, line=1.25), grow=1)
    if c.fit > 0:
        return words
    return row(well("message-2", c.by(52, 44), 30, "m", radius=14), words, gap=16)
