"""04, 05, 05b and their kin: numbers, choices, names, dates, times."""

from __future__ import annotations

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Node, col, grid, row, space, spring
from kiosk.ui.screens import panes, screen
from kiosk.ui.screens.choose import help_or_error, option_grid, pager
from kiosk.ui.widgets.basic import banner, card, field_error, icon, picture, status_line
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.entry import cells, date_entry, keyboard, number_pad, text_field, time_entry, typed
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button, steps
from kiosk.ui.widgets.panels import progress_bar
from kiosk.ui.widgets.text import eyebrow, h1, mono, note, text

_WAYS = {
    "use_nik": ("Pakai NIK", Act.USE_NIK, "id"),
    "use_kk": ("Pakai nomor KK", Act.USE_KK, "users-group"),
    "scan_code": ("Pindai tiket atau QR", Act.SCAN_CODE, "qrcode"),
    "dont_know": ("Tidak punya atau tidak tahu NIK", Act.DONT_KNOW, "help-circle"),
    "skip": ("Lewati", Act.SKIP, "arrow-right"),
}


def _ways(c: Ctx, page: pages.EnterNumber) -> Node | None:
    """Other ways to answer: two beside each other, the last one alone on its line where they are odd."""
    if not page.ways:
        return None
    h, size = c.by(72, 60), c.by(22, 20)
    nodes: list[Node] = []
    for way in page.ways:
        label, act, glyph = _WAYS[way]
        if way == "dont_know" and page.kind == "kk":
            label = "Tidak tahu nomor KK"
        nodes.append(btn(c.t(label), act, glyph=glyph, glyph_size=30, h=h, size=size, pad=12))
    gap = c.by(12, 12)
    if len(nodes) == 1:
        return nodes[0]
    if c.metrics.larger and c.fit > 1:
        return col(*nodes, gap=gap)
    pairs = nodes if len(nodes) % 2 == 0 else nodes[:-1]
    rows: list[Node | None] = [grid(2, *pairs, gap=gap)]
    if len(nodes) % 2:
        rows.append(nodes[-1])
    return col(*rows, gap=gap)


def _where(c: Ctx, page: pages.EnterNumber) -> Node | None:
    """Where the number stands on the paper; art, so it goes first."""
    if page.kind == "phone" or not c.art:
        return None
    if page.kind == "kk":
        words = c.t(
            "Lihat angka di bawah judul kartu keluarga. Angka akan disembunyikan setelah Anda tekan **Lanjut**."
        )
    else:
        words = c.t("Lihat angka paling atas pada KTP. Angka akan disembunyikan setelah Anda tekan **Lanjut**.")
    drawn = picture("art:card-kk" if page.kind == "kk" else "art:card-nik", 118, 74)
    return card(row(drawn, text(words, 20, 500, "ink", 1.35, grow=1), gap=20), pad=(8, 16))


def _number(c: Ctx, page: pages.EnterNumber) -> Node:
    if page.masked:
        return row(
            icon("circle-check", 36, "daun_700", 2.4), mono(page.masked, 42, "ink", line=1.3, fixed=True), gap=14, h=68
        )
    if page.length == 16:
        unit = min(1.0, (c.metrics.content - 2 * c.metrics.margin - c.by(436, 400, 0)) / 740)
        return row(cells(page.digits, 16, error=bool(page.error), unit=unit))
    return typed(page.digits, error=bool(page.error))


@screen(pages.EnterNumber)
def enter_number(page: pages.EnterNumber, c: Ctx) -> Frame:
    """Sixteen cells (or a shorter number), the pad at the right, other ways below."""
    count: Node | None = None
    if page.length == 16 and not page.masked:
        have = len(page.digits)
        count = row(
            col(progress_bar(have / 16, h=12), grow=1),
            note(f"{have} dari 16 angka", 21, line=1.4, weight=600),
            gap=14,
            pad=(12, 0, 0, 0),
        )
    told = banner(page.note, "inf", "info-circle", size=20, pad=(10, 18)) if page.note else None
    left = col(
        eyebrow(page.eyebrow) if c.fit < 3 else None,
        h1(page.heading, 32 if c.metrics.larger and c.fit > 1 else c.by(44, 34)),
        space(c.by(8, 4)),
        help_or_error(c, page.help, page.error, 24 if len(page.error) < 60 else 22),
        space(c.by(20, 10)),
        _number(c, page),
        count if c.fit < 3 else None,
        spring(),
        told or (_where(c, page) if not c.compact and c.fit < 1 else None),
        space(12) if told is not None or not c.compact else None,
        _ways(c, page),
    )
    pad = col(number_pad(c), justify="center")
    mid = steps(page.steps) if page.steps is not None else None
    bottom = bottom_bar(c, next_button(c, enabled=page.can_go_on), mid=mid)
    return Frame(panes(c, left, pad, 400, gap=36, narrow=360, stacks=False), bottom=bottom)


@screen(pages.Question)
def question(page: pages.Question, c: Ctx) -> Frame:
    """One question, one control."""
    mid = steps(page.steps) if page.steps is not None else None
    bottom = bottom_bar(c, next_button(c, enabled=page.can_go_on), mid=mid)
    match page.kind:
        case "choice":
            return Frame(_choice(page, c), bottom=bottom)
        case "text":
            pad = (16, c.metrics.margin, 18, c.metrics.margin) if not c.compact else (8, 24, 6, 24)
            return Frame(_text(page, c), bottom=bottom, pad=pad)
        case _:
            return Frame(_on_pad(page, c), bottom=bottom)


def _choice(page: pages.Question, c: Ctx) -> Node:
    kept = c.t("Jawaban disimpan di mesin ini sampai Anda mengirim atau menghapusnya.")
    paged = pager(c, page.rows_page, page.rows_pages)
    return col(
        eyebrow(page.eyebrow) if c.fit < 3 else None,
        h1(page.heading, c.by(44, 34) if len(page.heading) < 44 else c.by(38, 30)),
        space(c.by(8, 4)),
        help_or_error(c, page.help, page.error) if page.help or page.error else None,
        space(c.by(28, 12) if c.fit < 1 else 12),
        option_grid(c, page.options, page.chosen, error=bool(page.error), low=paged is not None),
        spring(),
        space(12) if paged is not None else None,
        paged or (status_line(kept, "cloud-check", glyph_color="daun_700") if c.fit < 1 else None),
    )


def _dont_know(page: pages.Question, c: Ctx) -> Node | None:
    if not page.dont_know:
        return None
    return btn(
        page.dont_know, Act.DONT_KNOW, glyph="help-circle", glyph_size=30, h=c.by(72, 58), size=c.by(22, 20), pad=20
    )


def _text(page: pages.Question, c: Ctx) -> Node:
    """Heading, help at its right, the field, the keyboard."""
    hint: Node | None = None
    if page.error:
        hint = field_error(page.error, 21)
        hint.shrink, hint.max_w = True, c.by(520, 400)
    elif page.help and c.help:
        hint = note(page.help, 20, pad=(0, 0, 6, 0), shrink=True, max_w=c.by(460, 320))
    title = col(
        eyebrow(page.eyebrow, below=4) if c.fit < 2 and not c.compact else None,
        h1(page.heading, c.by(40, 28) if len(page.heading) < 40 else c.by(34, 26)),
        grow=1,
    )
    return col(
        row(title, hint, _dont_know(page, c), gap=c.by(24, 14), align="end"),
        space(c.by(10, 4)),
        text_field(c, page.text, error=bool(page.error)),
        space(8),
        spring(),
        keyboard(c, digits=page.keyboard == "letters_digits"),
    )


def _on_pad(page: pages.Question, c: Ctx) -> Node:
    """Number, date and time: the answer at the left, the pad at the right."""
    error = bool(page.error)
    right: Node = col(number_pad(c), justify="center")
    shown: Node
    if page.kind == "date":
        shown, keys = date_entry(
            c, day=page.day, month=page.month, year=page.year, part=page.part, check=page.check, error=error
        )
        right = col(keys, justify="center")
    elif page.kind == "time":
        shown = time_entry(c, page.text, error=error)
    else:
        shown = row(typed(page.text, error=error, h=c.by(88, 72), hint=page.unit, grow=1))
    check = row(icon("calendar-event", 30, "nila_700"), text(page.check, 24, 600, "ink", 1.3, grow=1), gap=12)
    left = col(
        eyebrow(page.eyebrow) if c.fit < 3 else None,
        h1(page.heading, c.by(44, 34) if len(page.heading) < 34 else c.by(38, 30)),
        space(c.by(8, 4)),
        help_or_error(c, page.help, page.error) if page.help or error else None,
        space(c.by(28, 12)),
        shown,
        check if page.check and page.kind != "date" else None,
        spring(),
        _dont_know(page, c),
    )
    return panes(
        c,
        left,
        right,
        400 if page.part != "month" else 480,
        gap=36,
        narrow=360 if page.part != "month" else 430,
        stacks=False,
    )
