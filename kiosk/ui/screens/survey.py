"""14, 14b: the satisfaction survey, nameless and skippable; and the page that ends a visit."""

from __future__ import annotations

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import Eyebrow, SurveyAbout, SurveyQuestion, Thanks
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, Touch, col, grid, leaf, row, space, spring
from kiosk.ui.paint import Brush
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import icon, picture
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.collect import in_parts, roomy
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.panels import ring_icon, way
from kiosk.ui.widgets.text import body, eyebrow, h1, text


@screen(SurveyQuestion)
def survey_question(page: SurveyQuestion, c: Ctx) -> Frame:
    """Four drawn faces with their words. No operator's button here: nobody may steer these answers."""
    tiles = [_face(k, words, k == page.chosen, c) for k, words in enumerate(page.faces, 1)]
    columns = 2 if c.portrait or c.metrics.larger else 4
    high = c.by(300, 200) if columns == 4 else None
    about = f"{c.t('Pertanyaan')} {page.index} {c.t('dari')} {page.total}"
    content = col(
        row(eyebrow(Eyebrow("", c.t("Survei kepuasan"), about), color="ink2"), justify="center"),
        h1(page.heading, c.by(44, 34), align="center"),
        body(c.t("Nama Anda tidak dicatat."), c.by(24, 21), pad=(10, 0, 0, 0), align="center") if c.help else None,
        space(c.by(30, 14)),
        grid(columns, *tiles, gap=c.by(22, 14), equal_rows=True, h=high, grow=0 if high else 1),
        spring() if high else None,
        row(_dots(page.index, page.total), justify="center", pad=(16 if c.metrics.larger else c.by(0, 8, 18), 0, 0, 0))
        if c.help
        else None,
        grow=1,
    )
    size, pad = c.by(26, 23), c.by(28, 16)
    leave = btn(c.t("Lewati survei"), Act.DONE, h=c.by(80, 68), size=size, pad=pad)
    skip = btn(page.skip_label, Act.SKIP, h=c.by(80, 68), size=size, pad=pad)
    after = [leave, skip, next_button(c, enabled=page.chosen > 0, w=c.by(220, 180))]
    if c.metrics.larger:
        after = after[1:]
    elif c.portrait:
        content.children.append(row(leave, skip, gap=16, justify="center", pad=(18, 0, 0, 0)))
        after = after[2:]
    bar = bottom_bar(c, *after, call=False)
    return Frame(content, bar, pad=(36, 40, 24, 40) if c.metrics.cls == "reference" else None)


def _face(number: int, words: str, on: bool, c: Ctx) -> Node:
    """A face, its word, and when chosen four marks of it: edge, tint, tick, and a stronger drawing."""
    look = Look("card", "line", 1, 22, shadow=1, hc="hc")
    if on:
        look = Look("nila_50", "nila_700", 5, 22, hc="nila_700", hc_w=6)
    side = c.by(148, 92)
    label = row(
        icon("circle-check", 34, "nila_700", 2.6) if on else None,
        text(words, c.by(28, 23), 700, "ink", 1.2, align="center"),
        gap=10,
        justify="center",
    )
    touch = Touch(Act.PICK, str(number), True, words)
    drawing = f"art:face-{number}{'-on' if on else ''}"
    if c.metrics.larger:  # face and word beside each other
        return row(picture(drawing, 92, 92), label, pad=(8, 20), gap=18, look=look, touch=touch, shrink=True)
    return col(
        spring(),
        row(picture(drawing, side, side), justify="center"),
        space(c.by(22, 12)),
        label,
        spring(),
        pad=(10, 12),
        look=look,
        touch=touch,
    )


def _dots(index: int, total: int) -> Node:
    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        for k in range(1, total + 1):
            wide = 52 if k == index else 26
            if k == index:
                brush.fill(x - 3, y - 3, wide + 6, 20, "nila_700", 10)
            color = "nila_700" if k < index else "emas_500" if k == index else "nila_200"
            brush.fill(x, y, wide, 14, color, 7)
            x += wide + 12

    return leaf(draw, 26 * (total - 1) + 52 + 12 * (total - 1), 14)


@screen(SurveyAbout)
def survey_about(page: SurveyAbout, c: Ctx) -> Frame:
    """Four taps about the respondent, all of them optional."""
    c, parts = roomy(c)
    chosen = dict(page.chosen)
    stacked = c.portrait or c.metrics.larger
    groups: list[Node] = []
    for name, heading, options in page.groups:
        columns = min(len(options), 3) if stacked else len(options)
        cells = [_pick(name, value, words, chosen.get(name) == value, c) for value, words in options]
        head = text(heading, c.by(24, 21), 700, "ink", 1.25, w=None if stacked else c.by(190, 140))
        choice = grid(columns, *cells, gap=12, grow=1)
        groups.append(col(head, choice, gap=6) if stacked else row(head, choice, gap=20))
    more: Node | None = None
    if parts:
        groups, more = in_parts(c, "about", groups, 1)
    content = col(
        eyebrow(Eyebrow("", c.t("Survei kepuasan"), c.t("Terakhir, boleh dilewati")), color="ink2"),
        row(h1(c.t("Sedikit tentang Anda"), c.by(42, 32), grow=1), more, gap=16),
        body(c.t("Empat ketukan. Nama Anda tidak dicatat."), c.by(22, 20), pad=(6, 0, 0, 0))
        if c.help and not more
        else None,
        col(*groups, grow=1, justify="evenly", gap=c.by(10, 4)),
        grow=1,
    )
    skip = btn(c.t("Lewati"), Act.SKIP, h=c.by(80, 68), size=c.by(26, 23), pad=c.by(28, 20))
    send = next_button(c, "Kirim survei", enabled=bool(page.chosen), glyph_right="", w=c.by(220, 190))
    bar = bottom_bar(c, skip, send, call=False)
    return Frame(content, bar, pad=(24, 40, 24, 40) if c.metrics.cls == "reference" else None)


def _pick(group: str, value: str, words: str, on: bool, c: Ctx) -> Node:
    look = Look("card", "edge", 2, 16, hc="hc")
    if on:
        look = Look("nila_50", "nila_700", 4, 16, hc="nila_700", hc_w=6)
    return row(
        icon("circle-check", 26, "nila_700", 2.6) if on else None,
        text(words, c.by(21, 20), 700 if on else 600, "ink", 1.2, align="center"),
        gap=8,
        pad=(4, 8),
        min_h=c.by(84, 72),
        shrink=True,
        justify="center",
        look=look,
        touch=Touch(Act.PICK, f"{group}={value}", True, words),
    )


@screen(Thanks)
def thanks(page: Thanks, c: Ctx) -> Frame:
    """What was done, and what one may still do."""
    ways: list[Node] = []
    if page.offer_survey:
        ways.append(
            way(c.t("Isi survei kepuasan"), c.t("Sembilan ketukan, tanpa nama") if c.help else "", Act.SURVEY,
                glyph="mood-smile")
        )  # fmt: skip
    if page.offer_complaint:
        ways.append(
            way(c.t("Pengaduan dan saran"), c.t("Dibaca pengawas di kabupaten") if c.help else "", Act.COMPLAINT,
                glyph="messages")
        )  # fmt: skip
    for node in ways:
        node.w = None if c.portrait or c.metrics.larger else c.by(520, 470)
    art = row(ring_icon("check", size=148, glyph_size=90, stroke=3), justify="center") if c.fit < 1 else None
    content = col(
        spring(),
        art,
        h1(page.heading, c.by(56, 40), align="center", pad=(c.by(28, 16), 0, 0, 0)),
        body(page.sentence, c.by(26, 22), align="center", pad=(12, 0, 0, 0)),
        spring(),
        (col if c.portrait or c.metrics.larger else row)(*ways, gap=20, justify="center") if ways else None,
        spring() if not ways else None,
        grow=1,
    )
    done = next_button(c, "Selesai", Act.DONE, glyph_right="", w=c.by(240, 200))
    return Frame(content, bottom_bar(c, done, back_act=None, call=not page.offer_complaint))
