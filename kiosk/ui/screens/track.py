"""09: a ticket's documents; 09, 09b, 09c: one document's way, what stops it, and what may be done."""

from __future__ import annotations

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import DocumentRow, Eyebrow, Timeline, Track
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, Touch, box, col, row, space, spring
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import banner, card, chip, icon, picture, well
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.collect import calm_panel, in_parts, now_panel, priced, quoted, roomy, six_bar, timeline, two
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.panels import way
from kiosk.ui.widgets.text import body, eyebrow, h1, h2, note, text


@screen(Track)
def track(page: Track, c: Ctx) -> Frame:
    """One row a document; at the right the one thing to do now."""
    c, parts = roomy(c)
    first_acting = sorted(page.rows, key=lambda row_: not row_.acts) if len(page.rows) > 3 else page.rows
    rows = [_document(row_, c) for row_ in first_acting]
    most = (1 if c.compact else 2) if parts and c.metrics.largest else 3
    more: Node | None = None
    if len(rows) > most:
        rows, more = in_parts(c, f"rows:{page.number}", rows, most)
    offline = None
    if page.offline_note and not (parts and c.fit > 1):
        offline = banner(page.offline_note, "warn", "wifi-off", size=20, pad=(10, 18))
    head = [
        eyebrow(Eyebrow("route", c.t("Tiket")), number=page.number),
        row(h1(page.heading, c.by(42, 30), grow=1), more, gap=16),
    ]
    left = [
        space(c.by(18, 10)) if not parts else None,
        col(offline, col(*rows, gap=c.by(16, 8), grow=1), gap=12, grow=1),
    ]
    right: list[Node | None] = [_now(page, c)]
    if not page.by_ticket:
        words = c.t("Pindai tiket untuk membaca pesan Dinas atau mencetak.")
        right.append(banner(words, "inf", "qrcode", size=c.by(21, 20), pad=(c.by(16, 8), 20)))
    if page.fee_line:
        right.append(
            banner(priced(page.fee_line), "ok", "circle-check", glyph_size=38, size=c.by(22, 20), pad=(c.by(18, 8), 20))
        )
    other = next_button(c, "Pindai tiket lain", Act.SCAN_OTHER, kind="secondary", glyph="qrcode", w=c.by(280, 240))
    content = two(c, "track", head, left, right, 500, compact=410, parts=parts)
    return Frame(content, bottom_bar(c, other, back="Beranda"))


def _document(of: DocumentRow, c: Ctx) -> Node:
    """A document: where it stands, in picture, word, sentence and bar. A touch opens its way."""
    state = chip(of.state, of.state_kind, of.state_icon, stroke=2.4)
    below = c.metrics.larger and c.fit < 1  # beside a second pane there is no room in the same line
    head = row(text(of.title, c.by(26, 23), 700, "ink", 1.2, grow=1), None if below else state, gap=12)
    words = col(
        head,
        row(state) if below else None,
        note(of.line, 20, pad=(c.by(4, 1), 0, 0, 0)) if of.line and (c.help or not c.metrics.largest) else None,
        col(six_bar(of.bar), pad=(c.by(9, 5), 0, 0, 0)) if of.bar and c.help else None,
        grow=1,
    )
    look = Look("card", "line", 1, 20, shadow=1, hc="hc")
    if of.acts:
        look = Look("card", "nila_700", 4, 20, hc="nila_700", hc_w=6)
    return row(
        well(of.icon, c.by(72, 56), c.by(42, 34), "k" if of.acts else ""),
        words,
        gap=c.by(20, 14),
        pad=(c.by(14, 7) if not c.metrics.larger else 6, 22),
        grow=1,
        look=look,
        touch=Touch(Act.PICK, of.document, True, f"{of.title}, {of.state}"),
    )


def _now(page: Track, c: Ctx) -> Node:
    if not page.now_button:
        return calm_panel(c, "clock", page.now_heading, page.now_sentence)
    row_ = next((r for r in page.rows if r.document == page.now_document), None)
    repair = row_ is not None and row_.state_kind in ("warn", "err")
    act, glyph = (Act.REPAIR, "camera") if repair else (Act.PRINT, "printer")
    heading = c.t("Yang bisa Anda lakukan sekarang")
    return now_panel(
        c,
        heading,
        page.now_heading,
        page.now_sentence,
        page.now_button,
        act,
        page.now_document,
        glyph if page.by_ticket else "qrcode",
    )


_NOW_ICON = {"ready": "printer", "office": "building-community", "none": "search"}


def _said(page: Timeline, c: Ctx) -> Node | None:
    """The clerk's words; only the ticket opens them."""
    if not page.message:
        return None
    if not page.panel_chip:
        return body(page.message, c.by(22, 20), line=1.35)
    return quoted(c.t("Pesan Dinas"), page.message, c.by(22, 20))


@screen(Timeline)
def timeline_page(page: Timeline, c: Ctx) -> Frame:
    """One document's steps at the left, and at the right what its state asks for."""
    c, parts = roomy(c)
    asks = page.panel in ("repair", "refused")
    refused = page.panel == "refused"
    steps = page.steps
    if asks and c.compact:  # what comes later is not said where there is no room: first this must be mended
        steps = tuple(step for step in steps if step.state != "future")
    steps_node = timeline(c, steps, _NOW_ICON.get(page.panel, "clock"))
    short = refused or (asks and c.compact)
    tight = c.compact or c.metrics.larger
    steps_card = card(steps_node, pad=(10, 26) if tight else (22, 26, 18, 26), grow=0 if short else 1)
    if refused and c.metrics.cls == "reference" and not c.metrics.larger:
        steps_card.h = 40 + 70 * len(page.steps)
    info = None
    if page.info:
        kind, glyph = {"repair": ("inf", "info-circle"), "refused": ("inf", "receipt")}.get(
            page.panel, ("ok", "circle-check")
        )
        size = 20 if page.panel == "repair" else c.by(21, 20)
        info = banner(priced(page.info), kind, glyph, size=size, pad=(c.by(16, 8), 20))
    low = asks and c.compact
    head = [eyebrow(page.eyebrow, number=page.number, below=c.by(8, 2)), h1(page.heading, c.by(42, 30))]
    left: list[Node | None] = [
        space(c.by(18, 10)) if not parts else None,
        steps_card,
        spring() if short else None,
        _reason(page, c) if refused and page.message else None,
        info if low and not refused else None,
    ]
    right: list[Node | None] = [{"repair": _repair, "refused": _ways}.get(page.panel, _plain)(page, c)]
    if not low:
        right.append(info)
    after = None
    if refused and page.message:
        after = next_button(
            c, "Cetak alasan", Act.PRINT_REASON, page.document, kind="secondary", glyph="printer", w=c.by(260, 220)
        )
    content = two(
        c,
        f"timeline:{page.document}",
        head,
        left,
        right,
        540 if asks else 500,
        compact=450 if asks else 390,
        parts=parts,
        right_first=page.panel != "none",
    )
    return Frame(content, bottom_bar(c, after, back="Kembali"))


def _reason(page: Timeline, c: Ctx) -> Node:
    head = row(icon("message-2", 26, "merah_700", 2.2), text(c.t("Alasan dari Dinas"), 20, 700, "merah_700"), gap=10)
    words = text(page.message, c.by(23, 21), 600, "ink", 1.38, pad=(6, 0, 0, 0))
    return col(head, words, pad=(c.by(18, 12), 24), look=Look("card", "merah_700", 4, 20, hc="hc_err", hc_w=6))


def _repair(page: Timeline, c: Ctx) -> Node:
    art = None
    if c.art and not c.compact:
        art = box(picture("art:doc-blurred", 66, 90), w=98, h=114, look=Look("tray", radius=12))
    head = col(
        row(chip(page.panel_chip, "warn", "alert-triangle")) if page.panel_chip else None,
        h2(page.panel_heading, c.by(29, 25), pad=(12, 0, 0, 0)),
        grow=1,
    )
    return card(
        row(art, head, gap=22, align="start"),
        space(c.by(14, 10)),
        _said(page, c),
        spring(),
        btn(
            page.button or c.t("Perbaiki"),
            Act.REPAIR,
            page.document,
            kind="primary",
            glyph="camera" if page.panel_chip else "qrcode",
            glyph_size=36,
            size=c.by(28, 24),
            h=c.by(88, 76),
            pad=16,
        ),
        pad=(c.by(24, 16), 28, c.by(26, 18), 28),
        edge="emas_500",
        edge_w=4,
        grow=1,
    )


def _ways(page: Timeline, c: Ctx) -> Node:
    if not page.ways:  # by number alone: the reason is for who holds the ticket
        words = page.panel_heading or c.t("Pindai tiket untuk melihat alasannya")
        heading = c.t("Yang bisa Anda lakukan sekarang")
        return now_panel(
            c, heading, words, page.message, page.button or c.t("Pindai tiket"), Act.SCAN_OTHER, "", "qrcode"
        )
    ways = [
        way(
            w.title,
            w.help if c.help else "",
            Act.APPLY_AGAIN if w.value in _AGAIN else Act.PICK,
            w.value,
            glyph=w.icon,
            primary=k == 0,
        )
        for k, w in enumerate(page.ways)
    ]
    return card(
        h2(c.t("Yang boleh Anda lakukan"), c.by(28, 25), pad=(0, 0, 4, 0)),
        note(c.t("Semuanya gratis."), 20),
        spring(),
        col(*ways, gap=c.by(14, 10)),
        pad=(c.by(24, 14), 26, c.by(26, 16), 26),
        grow=1,
    )


_AGAIN = ("again", "apply_again")


def _plain(page: Timeline, c: Ctx) -> Node:
    if page.panel == "ready" and page.button:
        heading = c.t("Yang bisa Anda lakukan sekarang")
        return now_panel(c, heading, page.panel_heading, page.message, page.button, Act.PRINT, page.document, "printer")
    glyph = "building-community" if page.panel == "office" else "clock"
    return calm_panel(c, glyph, page.panel_heading, page.message)
