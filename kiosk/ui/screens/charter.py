"""23: the service charter, a page a service. 21: where complaints and suggestions go."""

from __future__ import annotations

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import Charter, Complaint, Eyebrow
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, col, grid, row, space
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import banner, card, icon, well
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.collect import in_parts, roomy
from kiosk.ui.widgets.frame import Frame, bottom_bar
from kiosk.ui.widgets.text import body, eyebrow, h1, mono, note, text

_TONES = {"cash": "k", "messages": "m"}


@screen(Charter)
def charter(page: Charter, c: Ctx) -> Frame:
    """Six published items, numbered as the law lists them, and the pledge."""
    high = c.by(76, 72)
    pages = [
        btn(c.t("Sebelumnya"), Act.PREVIOUS_ROWS, glyph="chevron-left", size=c.by(22, 20), h=high, pad=c.by(20, 14),
            stroke=2.4, enabled=page.rows_page > 1, gap=10),
        btn(c.t("Berikutnya"), Act.NEXT_ROWS, glyph_right="chevron-right", size=c.by(22, 20), h=high, pad=c.by(20, 14),
            stroke=2.4, enabled=page.rows_page < page.rows_pages, gap=10),
    ]  # fmt: skip
    about = Eyebrow("certificate", c.t("Maklumat pelayanan"), page.eyebrow.note)
    head = row(
        col(eyebrow(about, below=2), h1(page.eyebrow.title, c.by(40, 30)), grow=1),
        *([] if c.portrait or c.metrics.larger else pages),
        gap=c.by(20, 12),
    )
    c, parts = roomy(c)
    columns = 2 if c.portrait or c.metrics.larger else 3
    items = [_item(k, *item, c) for k, item in enumerate(page.items, 1)]
    more: Node | None = None
    if parts:
        columns = 1 if c.metrics.largest else 2
        items, more = in_parts(c, "charter", items, 1 if c.metrics.largest else 2)
    content = col(
        head,
        row(*pages, gap=16) if c.portrait and not c.metrics.larger else None,
        grid(columns, *items, gap=c.by(16, 10), equal_rows=c.fit < 1, grow=1),
        row(more, justify="end") if more else None,
        _pledge(page.pledge, c) if page.pledge and c.help and not more else None,
        gap=c.by(16, 10),
        grow=1,
    )
    pad = (22, 40, 20, 40) if c.metrics.cls == "reference" else None
    below = pages if c.metrics.larger else []
    return Frame(content, bottom_bar(c, *below, back="Beranda"), pad=pad)


def _item(number: int, glyph: str, heading: str, words: str, c: Ctx) -> Node:
    lines: list[Node] = []
    if glyph in ("cash", "clock"):
        # What everybody looks for first, large: the time, the fee.
        first, _, words = words.partition(". ")
        lines.append(text(first, 24, 700, "daun_700" if glyph == "cash" else "ink", 1.3))
    lines.append(text(words, 20, 500, "ink", 1.34))
    return card(
        row(
            icon(glyph, 28, "nila_700") if c.compact else well(glyph, 50, 30, _TONES.get(glyph, "")),
            text(heading, c.by(25, 22), 700, "ink", 1.25, grow=1),
            mono(str(number), 22, "ink2") if not c.metrics.larger else None,
            gap=14,
        ),
        space(c.by(8, 4)),
        *lines,
        pad=(c.by(13, 7), c.by(20, 16), c.by(12, 6), c.by(20, 16)),
    )


def _pledge(words: str, c: Ctx) -> Node:
    pledge, mark, signed = words.partition("” ")
    pledge += mark.strip()
    signed = "\n".join(part[:1].upper() + part[1:] for part in signed.rstrip(".").split(", "))
    return row(
        icon("rosette-discount-check", 46, "on_nila_gold", 2) if not c.metrics.larger else None,
        text(pledge, c.by(21, 20), 600, "on_nila", 1.36, grow=1),
        note(signed, 20, "on_nila_soft", 1.3, align="right") if signed and c.fit < 1 else None,
        gap=20,
        pad=(11, 22),
        look=Look("nila_700", radius=18),
    )


@screen(Complaint)
def complaint(page: Complaint, c: Ctx) -> Frame:
    """Channels that do not pass through the village's account. No operator's button here."""
    c, parts = roomy(c)
    columns = 1 if c.metrics.largest or c.portrait else 2
    channels = [_channel(glyph, name, address, c) for glyph, name, address in page.channels]
    more: Node | None = None
    if parts:
        channels, more = in_parts(c, "channels", channels, (1 if c.compact or c.metrics.largest else 2) * columns)
    sub = c.t("Dibaca pengawas di kabupaten, bukan kantor {desa|kelurahan}. Boleh tanpa nama.")
    content = col(
        eyebrow(Eyebrow("messages", c.t("Pengaduan dan saran")), color="manggis_700", below=4),
        h1(c.t("Sampaikan langsung lewat salah satu nomor ini"), c.by(40, 30)),
        body(sub, c.by(22, 20), pad=(4, 0, 0, 0)) if c.help else None,
        space(c.by(20, 12)),
        grid(columns, *channels, gap=c.by(18, 12), equal_rows=True, grow=1),
        row(more, justify="end", pad=(12, 0, 0, 0)) if more else None,
        space(c.by(18, 10)),
        banner(c.t("Ada yang meminta uang? Semua layanan **Rp0**. Catat nama, tempat, dan jamnya, lalu laporkan."),
               "ok", "circle-check", size=c.by(22, 20)) if c.fit < 3 and not more else None,
        grow=1,
    )  # fmt: skip
    mid = note(f"{page.checked_on}.", c.by(21, 20), line=1.35, align="left") if page.checked_on else None
    pad = (24, 40, 22, 40) if c.metrics.cls == "reference" else None
    return Frame(content, bottom_bar(c, call=False, mid=mid), pad=pad)


def _channel(glyph: str, name: str, address: str, c: Ctx) -> Node:
    return card(
        row(
            well(glyph, c.by(84, 60), c.by(48, 36), "m"),
            col(
                note(name, c.by(23, 20), line=1.3, weight=600),
                text(address, c.by(32, 25), 800, "ink", 1.2, pad=(2, 0, 0, 0)),
                grow=1,
            ),
            gap=c.by(24, 16),
            grow=1,
        ),
        pad=(c.by(14, 8), c.by(28, 18)),
    )
