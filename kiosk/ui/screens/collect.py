"""10: printing, and 10b: what stopped it. Nothing here prints on by itself."""

from __future__ import annotations

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import Printing, PrintStopped, ProgressStep
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Node, col, leaf, row, space, spring
from kiosk.ui.paint import Brush
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import banner, card, rule
from kiosk.ui.widgets.collect import big_picture, choice_line, roomy, two
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.panels import progress_bar
from kiosk.ui.widgets.text import body, eyebrow, h1, h2, note, text


@screen(Printing)
def printing(page: Printing, c: Ctx) -> Frame:
    """The printer, how far it is, and what has been made sure of."""
    c, parts = roomy(c)
    head = [eyebrow(page.eyebrow, number=page.number), h1(page.heading, c.by(44, 34))]
    left: list[Node | None] = [
        body(page.sentence, c.by(24, 21), pad=(6, 0, 0, 0)),
        space(16) if c.art else spring(),
        big_picture("printer", 480, 352) if c.art else None,
        space(16) if c.art else None,
        row(
            col(progress_bar(page.fraction), grow=1, min_w=160),
            text(page.remaining, c.by(23, 21), 700, "ink", 1.3) if page.remaining else None,
            gap=18,
        ),
    ]
    lines: list[Node] = []
    for k, step in enumerate(page.steps):
        lines += [rule()] if k else []
        lines.append(_step(step, c))
    pad = (c.by(18, 8), 22)
    right = [
        card(*lines, pad=(4, c.by(28, 20))),
        spring(),
        banner(page.paper_line, "inf", "file-text", pad=pad) if page.paper_line and c.help else None,
        banner(c.t("**Biaya Rp0.** Jangan membayar siapa pun."), "ok", "circle-check", pad=pad),
    ]
    words = c.t("Kertas tidak keluar? Tekan Panggil petugas.\nDokumen Anda tetap tersimpan.")
    bar = bottom_bar(c, back_enabled=False, mid=note(words, c.by(21, 20), line=1.35, align="right"))
    return Frame(two(c, "printing", head, left, right, 520, compact=430, right_gap=18, parts=parts), bar)


_DISC = {"done": ("daun_700", "on_daun", "check", 3.6), "now": ("emas_500", "on_emas", "printer", 2.2)}


def _step(step: ProgressStep, c: Ctx) -> Node:
    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        if step.state == "future":
            brush.dashes(x, y, 52, 52, "edge", 3, 26)
            return
        fill, color, glyph, stroke = _DISC[step.state]
        brush.disc(x + 26, y + 26, 26, fill)
        brush.icon(glyph, x + 11, y + 11, 30, color, stroke)

    return row(
        leaf(draw, 52, 52),
        col(
            text(step.title, c.by(24, 21), 700, "ink2" if step.state == "future" else "ink", 1.25),
            note(step.line, 20) if step.line and c.help else None,
            grow=1,
        ),
        gap=20,
        pad=(c.by(13, 7), 0),
    )


_STOPPED_ICON = {
    "jam": "printer-off",
    "cover_open": "printer-off",
    "no_toner": "printer-off",
    "missing": "plug-connected-x",
    "signature": "shield-x",
    "revoked": "shield-x",
}


def _bold(words: str) -> str:
    """The button's name stands out in a sentence that names it."""
    return words if "**" in words else words.replace("Cetak lagi", "**Cetak lagi**")


@screen(PrintStopped)
def print_stopped(page: PrintStopped, c: Ctx) -> Frame:
    """What happened, that the document is safe, and what one may do now."""
    c, parts = roomy(c)
    # With a retry, what else one may do stands in the card at the right.
    first, rest = page.sentences[:1], page.sentences[1 : 2 if page.can_retry else None]
    picture: Node = spring()
    if c.art and page.why not in ("signature", "looks_bad", "revoked", "superseded"):
        picture = col(space(8), big_picture("printer-empty", 370, 271), space(8), grow=1)
    ready = page.ready and page.can_retry
    kind, glyph = ("ok", "circle-check") if page.can_retry else ("warn", _STOPPED_ICON.get(page.why, "info-circle"))
    head = [eyebrow(page.eyebrow, number=page.number), h1(page.heading, c.by(52, 36))]
    left: list[Node | None] = [
        *(body(words, c.by(26, 21), pad=(12, 0, 0, 0)) for words in first),
        picture,
        col(*(banner(_bold(words), kind, glyph, glyph_size=38, pad=(c.by(18, 10), 22)) for words in rest), gap=12),
    ]
    choices = [choice_line("receipt", c.t("Datang lagi nanti"), c.t("Pakai tiket yang sama, tidak mengulang"))]
    if page.why in ("revoked", "superseded"):  # coming again with this ticket would bring nothing
        asked = choice_line("help-circle", c.t("Bertanya di sini"), c.t("Tekan Panggil petugas"))
        choices = [asked, choice_line("file-plus", c.t("Mengajukan yang baru"), c.t("Pilih Ajukan dokumen di beranda"))]
    elif page.why != "signature":
        here = c.t("Layar ini tetap terbuka 5 menit") if page.can_retry else c.t("Petugas datang ke mesin ini")
        choices.insert(0, choice_line("clock", c.t("Menunggu di sini"), here))
    if page.can_retry and page.why != "looks_bad":
        elsewhere = c.t("Cetak di {desa|kelurahan} lain")
        choices.append(choice_line("building-community", elsewhere, c.t("Boleh, belum ada lembar keluar")))
    right = card(
        h2(c.t("Anda boleh memilih"), c.by(30, 26)),
        col(*choices, grow=1, justify="evenly", gap=10),
        pad=(c.by(30, 18), 32),
        grow=1,
    )
    again = None
    if page.can_retry:
        again = next_button(
            c, "Cetak lagi", Act.PRINT_AGAIN, page.document, glyph="refresh", enabled=ready, w=c.by(300, 240)
        )
    elif page.may_show:
        again = next_button(c, "Lembar sudah keluar", Act.SHEET_CAME, glyph="scan", w=c.by(380, 300))
    waiting = None
    if page.can_retry and not ready:
        waiting = note(c.t("Cetak lagi menyala setelah printer siap."), 20, line=1.35, align="right")
    bar = bottom_bar(c, again, back="Selesai dulu", back_act=Act.DONE, mid=waiting)
    pad = (36, 40, 24, 40) if c.metrics.cls == "reference" else None
    content = two(c, "stopped", head, left, [right], 480, gap=40, compact=400, parts=parts)
    return Frame(content, bar, pad=pad)
