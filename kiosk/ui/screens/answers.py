"""07: everything that was answered, to be checked before it is sent; and the notice on what the data is for."""

from __future__ import annotations

from typing import Any

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, box, col, grid, row, space, spring
from kiosk.ui.screens import panes, screen
from kiosk.ui.widgets.basic import card, icon, picture, rule
from kiosk.ui.widgets.buttons import btn, pill
from kiosk.ui.widgets.choices import declaration
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button, steps
from kiosk.ui.widgets.text import body, h1, h3, note, text


def _row(c: Ctx, item: pages.AnswerRow, last: bool) -> Node:
    look = Look("emas_100", radius=12, hc="hc_warn") if item.missing else None
    answer = "Belum diisi" if item.missing else item.answer
    size = c.by(23, 20) if len(answer) < 44 else 20
    words = text(answer, size, 700, "emas_800" if item.missing else "ink", 1.2, grow=1)
    head = icon("alert-triangle", 28, "emas_800", 2.3) if item.missing else None
    line = row(
        note(item.question, 20, line=1.2, w=c.by(206, 160)),
        head,
        words,
        pill(c.t("Ubah"), Act.EDIT, item.name, glyph="pencil", h=c.by(72, 56), says=f"{c.t('Ubah')} {item.question}"),
        gap=c.by(16, 10),
        grow=1,
        pad=(4 if c.fit < 2 else 1, 0, 4 if c.fit < 2 else 1, 10 if item.missing else 0),
        look=look,
        min_h=c.by(80, 58),
    )
    return col(line, None if last else rule(), grow=1)


def _photo(c: Ctx, item: pages.PhotoRow) -> Node:
    kind, glyph = ("daun_700", "circle-check") if item.ok else ("emas_800", "alert-triangle")
    thumb = box(
        picture(f"capture:{item.capture}" if item.capture else "art:doc-plain", 44, 60, fit="cover"),
        pad=(6, 10),
        look=Look("tray", radius=8),
    )
    words = col(
        text(item.title, c.by(21, 20), 700, "ink", 1.2),
        row(icon(glyph, 22, kind, 2.4), text(item.remark, 20, 600, kind, 1.25, grow=1), gap=6, pad=(3, 0, 0, 0))
        if c.fit < 2 or not item.ok or not c.compact
        else None,
        grow=1,
    )
    again = pill(c.t("Ulangi"), Act.RETAKE, item.slot, h=c.by(72, 56), says=f"{c.t('Ulangi')} {item.title}")
    return col(
        rule(),
        row(
            thumb if c.fit < 2 else None,
            words,
            again,
            gap=14,
            pad=(c.by(6, 4 if c.fit < 2 else 1), 0),
            min_h=c.by(84 if c.fit < 2 else 76, 64),
        ),
    )


@screen(pages.CheckAnswers)
def check_answers(page: pages.CheckAnswers, c: Ctx) -> Frame:
    """Rows with Ubah, photographs with Ulangi, the declaration, and why Kirim is off where it is."""
    rows = [_row(c, item, k == len(page.rows) - 1) for k, item in enumerate(page.rows)]
    for _ in range(4 - len(rows)):
        rows.append(Node("leaf", grow=1))
    last = page.first + len(page.rows) - 1
    where = note(f"Jawaban {page.first} sampai {last} dari {page.total}", 20, weight=600)
    if page.rows_pages < 2:
        where = note(f"{page.total} jawaban", 20, weight=600)
    if c.fit > 1 and not c.metrics.larger:
        where = _privacy(c)
    elif c.fit > 0 and c.metrics.larger:
        where = Node()
    lower = row(where, spring(), *(_pages(page, c) if page.rows_pages > 1 else ()), gap=12, pad=(c.by(12, 8), 0, 0, 0))
    left = col(
        h1(c.t("Sudah benar semua?"), c.by(40, 32)),
        space(4),
        _reason(page, c),
        space(c.by(16, 8)),
        card(*rows, pad=(0, 16, 0, 24), grow=1),
        lower,
    )
    mid = steps(page.steps) if page.steps is not None else None
    send = next_button(c, "Kirim permohonan", Act.SEND, enabled=not page.blocked and page.declared, w=c.by(300, 240))
    return Frame(panes(c, left, _right(page, c), 436, narrow=400), bottom=bottom_bar(c, send, mid=mid))


def _pages(page: pages.CheckAnswers, c: Ctx) -> tuple[Node, Node]:
    size: dict[str, Any] = {"h": c.by(72, 58), "pad": c.by(20, 14)}
    bare = c.fit > 1
    return (
        pill(
            c.t("Sebelumnya"),
            Act.PREVIOUS_ROWS,
            glyph="" if bare else "chevron-left",
            enabled=page.rows_page > 1,
            **size,
        ),
        pill(
            c.t("Berikutnya"),
            Act.NEXT_ROWS,
            glyph_right="" if bare else "chevron-right",
            enabled=page.rows_page < page.rows_pages,
            **size,
        ),
    )


def _reason(page: pages.CheckAnswers, c: Ctx) -> Node | None:
    """Why Kirim is off stands where the help line stood."""
    if page.error or page.blocked:
        words = text(page.error or page.blocked, c.by(22, 20), 600, "emas_800", 1.3, grow=1)
        return row(icon("alert-triangle", 28, "emas_800", 2.3), words, gap=10)
    if not c.help:
        return None
    return body(c.t("Periksa pelan-pelan. Tekan Ubah bila ada yang salah."), c.by(22, 20))


def _privacy(c: Ctx) -> Node:
    label = c.t("Untuk apa data saya?")
    return btn(
        label,
        Act.PRIVACY,
        glyph="" if c.compact else "info-circle",
        glyph_size=28,
        h=c.by(72, 58),
        size=20,
        pad=14,
        radius=c.by(18, 16),
    )


_COUNT = {1: "Satu", 2: "Dua", 3: "Tiga", 4: "Empat", 5: "Lima", 6: "Enam"}


def _right(page: pages.CheckAnswers, c: Ctx) -> Node:
    count = len(page.photos)
    photos: Node | None = None
    if count:
        heading = h3(f"{_COUNT.get(count, str(count))} foto dokumen", 24, pad=(0, 0, c.by(8, 4), 0))
        lines = [_photo(c, p) for p in page.photos]
        photos = card(heading if c.fit < 2 else None, *lines, pad=(c.by(14, 4), 22, c.by(4, 2), 22))
    privacy = _privacy(c) if c.fit < 2 or c.metrics.larger else None
    return col(
        photos, spring(), privacy, declaration(page.declaration, page.declared, pad=c.by(16, 10)), gap=c.by(12, 8)
    )


@screen(pages.Notice)
def notice(page: pages.Notice, c: Ctx) -> Frame:
    """Who, what for, how long, which rights."""
    tight = c.compact and c.fit > 0
    parts = [
        card(
            text(title, c.by(24, 21), 700, "ink", 1.2),
            text(words, c.by(21, 20), 500, "ink2", 1.25 if tight else 1.35),
            gap=6 if not tight else 3,
            pad=(c.by(18, 12), 22) if not tight else (8, 14),
        )
        for title, words in page.parts
    ]
    columns = 1 if c.portrait or c.metrics.largest else 3 if c.compact and len(parts) > 4 else 2
    equal = len(parts) > 2 and not tight
    content = col(
        h1(page.heading, c.by(42, 33)),
        space(c.by(20, 10)),
        grid(columns, *parts, gap=c.by(18, 10), equal_rows=equal, grow=1),
    )
    close = next_button(c, "Saya mengerti", Act.CLOSE, glyph="check", stroke=3, w=c.by(280, 240))
    return Frame(content, bottom=bottom_bar(c, close, back_act=Act.CLOSE))
