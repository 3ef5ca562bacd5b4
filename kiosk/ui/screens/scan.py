"""09a: the ticket before the scanner, and a ticket's number by hand."""

from __future__ import annotations

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import EnterTicketNumber, Eyebrow, ScanTicket
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, col, grid, leaf, row, space, spring
from kiosk.ui.paint import Brush
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import banner, field_error
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.collect import roomy, two
from kiosk.ui.widgets.entry import key, typed
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.text import body, eyebrow, h1, h3, note


@screen(ScanTicket)
def scan_ticket(page: ScanTicket, c: Ctx) -> Frame:
    """Hold the ticket's code into the light."""
    c, parts = roomy(c)
    collect = page.purpose == "collect"
    about = Eyebrow("printer", c.t("Ambil dokumen")) if collect else Eyebrow("route", c.t("Lacak permohonan"))
    if page.busy:
        told: Node = banner(c.t("Tiket terbaca. Sebentar, sedang dicari."), "ok", "circle-check", size=23)
    else:
        told = banner(c.t("Foto tiket di HP juga bisa dipindai."), "inf", "qrcode", size=23, glyph_size=38)
    help_line = c.t("Arahkan QR ke lampu merah di bawah layar. Jarak sejengkal, tahan sebentar.")
    by_hand = btn(
        c.t("Ketik nomor tiket"),
        Act.TYPE_NUMBER,
        kind="secondary",
        glyph="receipt",
        size=23,
        pad=10,
        h=c.by(80, 72),
        enabled=not page.busy,
        w=c.by(310, 280),
    )
    head = [eyebrow(about), h1(c.t("Pindai QR di tiket Anda"), c.by(50, 36))]
    left = [
        space(10),
        field_error(page.error, 26) if page.error else body(help_line, c.by(26, 21)),
        spring(),
        told if c.help or page.busy else None,
        h3(c.t("Tidak membawa tiket?"), pad=(c.by(26, 14), 0, c.by(12, 8), 0)) if c.help else space(12),
        row(
            by_hand,
            note(c.t("Dengan nomor saja, yang tampil hanya keadaan permohonan."), grow=1) if c.help else None,
            gap=18,
        ),
    ]
    light = col(leaf(_light, None, None, grow=1, min_h=c.by(200, 160)), look=Look("panel", radius=24, hc="hc"), grow=1)
    content = two(c, "scan", head, left, [light], 520, gap=44, compact=360, parts=parts)
    return Frame(content, bottom_bar(c, back="Beranda"), pad=(34, 40, 24, 40) if c.metrics.cls == "reference" else None)


def _light(brush: Brush, x: float, y: float, w: float, h: float) -> None:
    """The scanner's light and a ticket in it; an icon in high contrast."""
    if brush.theme.contrast:
        side = min(w, h) * 0.5
        brush.icon("qrcode", x + (w - side) / 2, y + (h - side) / 2, side, "ink", 2)
        return
    scale = min(w / 520, h / 534)
    wide, tall = 520 * scale, 540 * scale
    brush.clip(x, y, w, h)
    brush.picture("art:scan-ticket", x + (w - wide) / 2, y + h - tall, wide, tall)
    brush.unclip()


_KEYS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def ticket_words(text: str, letters: int) -> str:
    """A typed number with its hyphens: KBL7F3 becomes KBL-7F3."""
    plain = text.replace("-", "").upper()
    parts = (plain[:letters], plain[letters : letters + 5], plain[letters + 5 :])
    return "-".join(part for part in parts if part)


@screen(EnterTicketNumber)
def enter_ticket_number(page: EnterTicketNumber, c: Ctx) -> Frame:
    """Letters and digits on one board, in the order of the alphabet."""
    letters = len(c.view.site.letters)
    shown = ticket_words(page.text, letters)
    ready = len(page.text.replace("-", "")) >= letters + 6
    help_line = c.t("Tertulis besar di tiket. Tanda hubung tidak perlu diketik.")
    head = row(
        col(
            None
            if page.error or c.compact or c.metrics.largest
            else eyebrow(Eyebrow("receipt", c.t("Nomor tiket")), below=4),
            h1(c.t("Ketik nomor tiket Anda"), c.by(40, 30)),
            field_error(page.error, 22) if page.error else body(help_line, c.by(22, 20)) if c.help else None,
            grow=1,
        ),
        btn(c.t("Pindai tiket"), Act.SCAN_CODE, glyph="qrcode", size=22, h=c.by(76, 72), pad=22),
        gap=24,
        align="end",
    )
    hint = f"{c.t('Contoh')} {c.view.site.letters}-7F3K9-X" if not shown and not c.metrics.larger else ""
    field = typed(shown, h=c.by(88, 72), size=c.by(46, 38), error=bool(page.error), hint=hint)
    low = c.compact or c.portrait
    high = 78.0 if low or c.metrics.larger else 82.0
    gap, columns = (6.0, 9 if c.portrait else 12) if low else (12.0, 10)
    keys = [key(char, Act.TYPE, char, h=high, size=34) for char in _KEYS]
    erase = key(c.t("Hapus"), Act.ERASE, h=72 if low else high, size=22, alt=True, glyph="backspace", down=False)
    if low:  # rows of twelve (nine in portrait): keys keep their size where there is little room
        field.grow, erase.w = 1, 150
        board = grid(columns, *keys, gap=gap, pad=(0, 0, 3, 0))
        line = row(field, erase, gap=12)
    else:
        clear = key(c.t("Hapus semua"), Act.CLEAR, h=high, size=21, alt=True)
        spans = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0)
        bottom = Node("grid", [*keys[30:], clear, erase], columns=spans, gap=gap, span_of=10)
        board = col(grid(columns, *keys[:30], gap=gap), bottom, gap=gap, pad=(0, 0, 3, 0))
        line = field
    content = col(head, space(c.by(14, 8)), line, spring(), board, grow=1)
    pad = (16, 40, 21, 40) if c.metrics.cls == "reference" else (10, c.metrics.margin, 12, c.metrics.margin)
    return Frame(content, bottom_bar(c, next_button(c, enabled=ready)), pad=pad)
