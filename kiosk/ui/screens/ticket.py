"""08a, 08, 08b: the ticket comes out, is shown on wish, and what happens next."""

from __future__ import annotations

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, col, leaf, over, row, space, spring, stack
from kiosk.ui.paint import Brush
from kiosk.ui.screens import panes, screen
from kiosk.ui.widgets.basic import banner, card, icon, qr, rule, well
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.panels import progress_bar, ring_icon, ticket
from kiosk.ui.widgets.text import body, eyebrow, h1, mono, note, text


def _services(services: tuple[str, ...]) -> str:
    return ", ".join(services)


@screen(pages.TicketOut)
def ticket_out(page: pages.TicketOut, c: Ctx) -> Frame:
    """Has it come out? Yes wipes the key, no prints it once more."""
    count = len(page.services)
    about = pages.Eyebrow("receipt", f"Satu tiket untuk {count} dokumen" if count > 1 else "Tiket permohonan")
    busy = page.state == "printing"
    heading = c.t(
        "Tiket sedang dicetak" if busy else "Tiket sudah keluar?" if page.state == "printed" else "Tiket belum tercetak"
    )
    size = c.by(34, 28)
    yes = btn(
        c.t("Sudah, saya pegang"),
        Act.TICKET_OUT,
        kind="primary",
        glyph="check",
        glyph_size=46,
        stroke=3,
        size=size,
        h=c.by(116, 88),
        radius=22,
        gap=20,
    )
    no = btn(
        c.t("Belum keluar"),
        Act.TICKET_NOT_OUT,
        kind="secondary",
        glyph="x",
        glyph_size=40,
        stroke=2.6,
        size=c.by(30, 25),
        h=c.by(104, 76),
        radius=22,
        gap=18,
    )
    show = btn(
        c.t("Saya mau memotret layar"),
        Act.SHOW_TICKET,
        glyph="device-mobile",
        size=c.by(24, 21),
        h=c.by(80, 72),
        radius=20,
    )
    left = col(
        eyebrow(about, number=page.number),
        h1(heading, c.by(56, 40)),
        body(page.sentence, c.by(26, 21), pad=(c.by(12, 6), 0, 0, 0)),
        spring(),
        col(yes, no, show if page.may_show else None, gap=c.by(18, 12)),
    )
    art = _slot(c, page) if c.art and not (c.compact or c.portrait) else None
    remark = text(
        c.t("Tiket tidak keluar? Tekan **Belum keluar**.\nData Anda sudah tersimpan."),
        21,
        500,
        "ink2",
        1.35,
        align="right",
        bold_color="ink",
    )
    bottom = bottom_bar(c, back_act=None, mid=None if c.compact else remark)
    content = panes(c, left, art, 430, gap=44) if art is not None else left
    return Frame(content, bottom=bottom, pad=(c.by(36, 20), c.metrics.margin, c.by(24, 16), c.metrics.margin))


def _slot(c: Ctx, page: pages.TicketOut) -> Node:
    """The drawn ticket coming out of the machine."""
    where = c.t("Ambil tiket di sini" if page.on == "slip" else "Ambil tiket di printer A4")

    def mouth(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        brush.fill(x, y, w, h + 24, "panel", (24, 24, 0, 0))
        brush.fill(x + (w - 350) / 2, y + 14, 350, 10, "nila_900", 5)

    words = row(
        icon("arrow-down", 34, "on_nila_gold" if not c.theme.contrast else "emas_500", 2.6),
        text(where, 25, 700, "white", 1.2, shrink=True),
        gap=12,
        justify="center",
        pad=(22, 10, 0, 10),
    )
    return stack(
        over(ticket(page.number, _services(page.services)), left=57, top=0),
        over(stack(leaf(mouth, None, None), words, h=112), left=0, right=0, bottom=-24),
    )


@screen(pages.TicketOnScreen)
def ticket_on_screen(page: pages.TicketOnScreen, c: Ctx) -> Frame:
    """Number and code for a photograph; gone after a minute."""
    code = stack(qr(page.payload, c.by(440, 360)), look=Look("white", radius=20), pad=c.by(12, 8))
    left = col(
        eyebrow(pages.Eyebrow("device-mobile", c.t("Potret layar ini"))),
        h1(c.t("Foto tiket ini dengan HP Anda"), c.by(44, 32)),
        body(
            c.t("Tiket ini kunci dokumen Anda. Jangan kirim fotonya kepada siapa pun."), c.by(24, 20), pad=(8, 0, 0, 0)
        ),
        spring(),
        mono(page.number, c.by(72, 54), line=1.2, fixed=True),
        spring(),
        row(
            icon("clock", 34, "nila_700", 2.2),
            text(f"Hilang sendiri dalam {page.seconds} detik", c.by(25, 21), 700, "ink", 1.3, grow=1),
            gap=14,
        ),
        space(10),
        progress_bar(page.seconds / 60, h=14),
    )
    done = next_button(c, "Sudah saya foto", Act.CLOSE, glyph="check", stroke=3, w=c.by(300, 250))
    content = panes(c, left, col(code, justify="center", align="center"), 480, gap=36, narrow=390)
    return Frame(content, bottom=bottom_bar(c, done, back_act=None))


@screen(pages.Sent)
def sent(page: pages.Sent, c: Ctx) -> Frame:
    """Sent, or stored and to be sent; what happens next; keep the ticket."""
    badge = ring_icon("check") if page.online else ring_icon("cloud-up", kind="warn", stroke=2)
    head = row(badge, h1(page.heading, c.by(50 if page.online else 46, 36), grow=1), gap=24)
    lines: list[Node | None] = []
    for k, (glyph, title, words) in enumerate(page.lines):
        lines.append(rule() if k else None)
        lines.append(
            row(
                well(glyph, c.by(60, 48), c.by(34, 28), radius=16),
                col(
                    text(title, c.by(25, 21), 700, "ink", 1.3),
                    note(words, c.by(21, 20), line=1.35) if words and c.help else None,
                    grow=1,
                ),
                gap=20,
                pad=(c.by(15 if len(page.lines) < 4 else 9, 8), 0),
            )
        )
    alone = c.fit > 1 or c.portrait  # no room for two panes: what matters about the ticket goes below
    keep = banner(c.t("**Tiket ini kunci dokumen Anda.** Simpan baik-baik."), "warn", "key", size=c.by(24, 21))
    left = col(
        head,
        body(page.sentence, c.by(25, 21), pad=(c.by(18, 10), 0, 0, 0)),
        spring(),
        card(*lines, pad=(4, 26)),
        space(12) if alone else None,
        keep if alone else None,
    )
    right = _panel(c, page) if c.art and not c.compact else col(spring(), keep, spring())
    another = btn(
        c.t("Ajukan yang lain"),
        Act.ANOTHER,
        kind="secondary",
        glyph="file-plus",
        h=c.by(80, 68),
        size=c.by(26, 22),
        pad=c.by(26, 18),
    )
    done = next_button(c, "Selesai", Act.DONE, glyph_right="", w=c.by(240, 180))
    bottom = bottom_bar(c, another, done, back_act=None)
    pad = (c.by(36 if page.online else 30, 18), c.metrics.margin, c.by(24, 14), c.metrics.margin)
    return Frame(left if alone else panes(c, left, right, 430, gap=44, narrow=320), bottom=bottom, pad=pad)


def _panel(c: Ctx, page: pages.Sent) -> Node:
    """The drawn ticket, and the sentence that matters."""
    words = col(
        text(c.t("Tiket ini kunci dokumen Anda"), 25, 800, "white", 1.25, align="center"),
        text(c.t("Simpan baik-baik"), 23, 600, "on_nila_gold", 1.4, align="center", pad=(4, 0, 0, 0)),
        pad=(18, 16, 20, 16),
        look=Look("nila_900", radius=(0, 0, 24, 24)),
    )
    paper = over(ticket(page.number, _services(page.services), tilted=True), left=45, top=26)
    return stack(paper, over(words, left=0, right=0, bottom=0), look=Look("panel", radius=24, shadow=2), clip=True)
