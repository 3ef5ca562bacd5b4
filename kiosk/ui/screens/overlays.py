"""15: is anybody here? 24: the operator was called. Tampilan: text size, contrast, less motion."""

from __future__ import annotations

from typing import Any

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import DisplaySheet, HelpSheet, IdleWarning
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, Touch, col, grid, leaf, over, row, space, spring, stack
from kiosk.ui.paint import Brush
from kiosk.ui.screens import overlay
from kiosk.ui.widgets.basic import icon, well
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.text import body, h1, mono, note, text

_IDLE_SECONDS = 30


def woven_edge(height: float = 16) -> Node:
    """The motif along a dialog's upper edge, cut to its round corners."""

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        if brush.theme.contrast:
            return
        brush.picture("art:motif-cap-left", x, y, 32, 32)
        brush.strip(x + 32, y, w - 64, height)
        brush.picture("art:motif-cap-right", x + w - 32, y, 32, 32)

    return leaf(draw, None, height)


@overlay(IdleWarning, hides=True)
def idle(of: IdleWarning, c: Ctx) -> Node:
    """Thirty seconds, and two ways out. What lies behind cannot be read."""
    m = c.metrics
    words = c.t("Bila tidak disentuh, layar ini ditutup dan data Anda dihapus supaya tidak dilihat orang lain.")
    side = c.by(212, 150)
    small = c.compact or m.larger
    inner = row(
        _ring(of.seconds, c.t("detik"), side) if not m.largest else None,
        col(h1(c.t("Masih di sini?"), c.by(50, 36)), body(words, c.by(26, 21), "ink", 1.42, pad=(14, 0, 0, 0)), grow=1),
        pad=(12, c.by(52, 32), 0, c.by(52, 32)),
        gap=c.by(44, 28),
        grow=1,
    )
    seconds = mono(f"{of.seconds} {c.t('detik')}", 39, align="center") if m.largest else None
    buttons = col(
        seconds,
        btn(c.t("Ya, saya lanjutkan"), Act.STAY, kind="primary", size=c.by(32, 27), h=c.by(104, 80)),
        btn(
            c.t("Selesai, hapus data saya"),
            Act.LEAVE,
            kind="secondary",
            glyph="trash",
            h=c.by(84, 72),
            size=c.by(26, 23),
        ),
        pad=(0, c.by(52, 32), c.by(44, 24), c.by(52, 32)),
        gap=c.by(16, 12),
    )
    wide = min(800, m.width - 2 * m.margin) if not m.larger else m.width - 2 * m.margin
    tall = None if small or c.portrait else 576
    dialog = col(
        woven_edge(), space(16) if small or c.portrait else None, inner, space(20) if small else None, buttons,
        w=wide, h=tall, look=Look("card", radius=32, shadow=3, hc="hc"),
    )  # fmt: skip
    return stack(_scrim(), over(dialog), name="idle")


def _scrim(opacity: str = "scrim") -> Node:
    return leaf(lambda b, x, y, w, h: b.fill(x, y, w, h, opacity), None, None)


def _ring(seconds: int, words: str, side: float) -> Node:
    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        radius, width = side * 92 / 212, side * 18 / 212
        brush.arc(x + side / 2, y + side / 2, radius, width, 0, 360, "nila_100")
        part = max(0.0, min(1.0, seconds / _IDLE_SECONDS))
        if part > 0:
            brush.arc(x + side / 2, y + side / 2, radius, width, 0, 359.9 * part, "emas_500")

    number = mono(str(seconds), 84 * side / 212, "ink", line=1, align="center", fixed=True)
    unit = text(words, 22 * side / 212, 600, "ink2", 1.2, align="center", fixed=True)
    return stack(leaf(draw, side, side), col(spring(), number, unit, spring()), w=side, h=side)


_HELP = {
    "called": (
        "Petugas dipanggil",
        "Tunggu di sini. Halaman ini tetap terbuka, jawaban Anda tidak hilang.",
        "bell-ringing",
    ),
    "coming": ("Petugas datang", "Tunggu sebentar di sini. Jawaban Anda tidak hilang.", "user-check"),
    "not_coming": (
        "Petugas belum datang",
        "Panggilan tetap menyala. Jawaban Anda di halaman ini tidak hilang.",
        "user-question",
    ),
    "away": ("Petugas sedang keluar", "Panggilan dicatat. Anda boleh melanjutkan sendiri.", "user-question"),
}


@overlay(HelpSheet)
def help_sheet(of: HelpSheet, c: Ctx) -> Node:
    """From the bottom edge over the page; the strip above is what the operator sees from the desk."""
    m = c.metrics
    heading, sentence, glyph = _HELP[of.state]
    alone = of.state in ("not_coming", "away")
    head = row(
        well(glyph, c.by(100, 72), c.by(62, 44), "m") if c.fit < 1 else None,
        col(h1(c.t(heading), c.by(46, 34)), body(c.t(sentence), c.by(24, 21), pad=(6, 0, 0, 0)), grow=1),
        gap=c.by(26, 18),
    )
    choices: Node | None = None
    if alone:
        tiles = [_choice("arrow-right", c.t("Lanjut sendiri"), c.t("Kembali ke halaman tadi"), Act.CLOSE, True, c)]
        tiles.append(_told("info-circle", c.t("Tanya Dinas"), c.t("Nomornya ada di Pengaduan dan saran"), c))
        choices = grid(1 if m.largest else 2, *tiles, gap=20, pad=(c.by(26, 16), 0, 0, 0))
    small: dict[str, Any] = {"h": c.by(80, 70), "size": c.by(26, 22), "pad": c.by(30, 18)}
    again = btn(c.t("Panggil sekali lagi"), Act.CALL_OPERATOR, kind="help", glyph="bell-ringing", **small)
    cancel = btn(c.t("Batalkan panggilan"), Act.CANCEL_CALL, glyph="bell-off", **small)
    close = btn(c.t("Lanjut sendiri"), Act.CLOSE, kind="primary", **small)
    buttons = [again, spring(), cancel] if alone else [cancel, spring(), close]
    buttons_row = row(*buttons, gap=20)
    if c.portrait or m.largest:
        buttons_row = col(*(b for b in buttons if b.kind == "row"), gap=14)
    sheet = col(
        woven_edge(),
        col(head, choices, pad=(c.by(28, 18), m.margin, 0, m.margin)),
        col(buttons_row, pad=(c.by(22, 16), m.margin, c.by(26, 16), m.margin)),
        look=Look("card", radius=(32, 32, 0, 0), shadow=3, hc="hc"),
    )
    return stack(
        _scrim("nila_900@0.78" if not c.theme.contrast else "black@0.85"),
        over(_calling(of, c), left=0, top=0, right=0),
        over(sheet, left=0, right=0, bottom=0),
        name="help",
    )


def _calling(of: HelpSheet, c: Ctx) -> Node:
    """The mangosteen strip: a call, and since when."""
    ringing = c.t("Bel dan lampu menyala") if of.state != "coming" else c.t("Sudah dijawab")
    return row(
        icon("bell-ringing", 44, "on_nila_gold" if not c.theme.contrast else "on_manggis", 2.1),
        text("Warga memanggil petugas", c.by(28, 24), 700, "on_manggis", 1.3, grow=1),
        row(icon("volume", 30, "on_manggis"), text(ringing, 22, 600, "on_manggis", 1.3), gap=10) if c.fit < 1 else None,
        mono(f"{of.waited // 60}.{of.waited % 60:02d}", 30, "on_manggis"),
        h=c.metrics.top,
        pad=(0, c.metrics.margin),
        gap=20,
        look=Look("manggis_700"),
    )


def _choice(glyph: str, title: str, line: str, act: Act, primary: bool, c: Ctx) -> Node:
    look = (
        Look("nila_700", radius=22, lip="nila_900", pressed="pressed") if primary else Look("card", "nila_700", 2, 22)
    )
    node = _tile(glyph, title, line, ("on_nila_gold", "on_nila", "on_nila_soft"), c)
    node.look, node.touch = look, Touch(act, "", True, title)
    return node


def _told(glyph: str, title: str, line: str, c: Ctx) -> Node:
    """Beside the choices, something to know; flat, for it cannot be pressed."""
    node = _tile(glyph, title, line, ("nila_700", "nila_800", "ink2"), c)
    node.look = Look("nila_50", radius=22, hc="hc")
    return node


def _tile(glyph: str, title: str, line: str, colors: tuple[str, str, str], c: Ctx) -> Node:
    head = text(title, c.by(29, 24), 700, colors[1], 1.2)
    below = note(line, 20, colors[2], pad=(4, 0, 0, 0)) if c.help else None
    if c.compact or c.metrics.larger:
        return row(icon(glyph, 40, colors[0], 2.2), col(head, below, grow=1), gap=16, pad=(10, 20), min_h=88)
    return col(icon(glyph, 44, colors[0], 2.2), spring(), head, below, pad=(22, 26), min_h=178)


@overlay(DisplaySheet)
def display_sheet(of: DisplaySheet, c: Ctx) -> Node:
    """Everything applies at once and lasts for this visit."""
    m, settings = c.metrics, c.view.settings
    sizes = [("normal", "Normal", 1.0), ("large", "Besar", 1.3), ("largest", "Sangat besar", 1.65)]
    samples = [_sample(value, c.t(words), factor, settings.text_size == value, c) for value, words, factor in sizes]
    switches = [
        _switch(c.t("Kontras tinggi"), c.t("Huruf terang di layar gelap"), Act.CONTRAST, settings.contrast, c),
        _switch(c.t("Kurangi gerak"), c.t("Halaman berganti tanpa geseran"), Act.LESS_MOTION, settings.less_motion, c),
    ]
    close = btn(c.t("Selesai"), Act.CLOSE, kind="primary", h=c.by(80, 70), size=c.by(26, 24), min_w=c.by(240, 200))
    stacked = c.portrait or m.largest
    sheet = col(
        woven_edge(),
        col(
            h1(c.t("Tampilan"), c.by(42, 32)),
            body(c.t("Berlaku sampai Anda selesai."), c.by(22, 20), pad=(4, 0, 0, 0)) if c.help else None,
            space(c.by(20, 10)),
            grid(1 if c.portrait else 3, *samples, gap=c.by(16, 12)),
            space(c.by(16, 10)),
            grid(1 if stacked else 2, *switches, gap=c.by(16, 12)),
            space(c.by(22, 12)),
            row(spring(), close),
            pad=(c.by(26, 14), m.margin, c.by(26, 16), m.margin),
        ),
        look=Look("card", radius=(32, 32, 0, 0), shadow=3, hc="hc"),
    )
    shade = "nila_900@0.6" if not c.theme.contrast else "black@0.8"
    return stack(_scrim(shade), over(sheet, left=0, right=0, bottom=0), name="display")


def _sample(value: str, words: str, factor: float, on: bool, c: Ctx) -> Node:
    """The size's name in that very size."""
    size = max(24 * factor, 39 if value == "largest" else 0)
    look = Look("card", "edge", 2, 18, hc="hc")
    if on:
        look = Look("nila_50", "nila_700", 4, 18, hc="nila_700", hc_w=6)
    return row(
        text(words, size, 700, "ink", 1.2, align="center", fixed=True),
        icon("circle-check", 32, "nila_700", 2.6) if on else None,
        gap=12,
        pad=(6, 12),
        min_h=c.by(112, 84),
        justify="center",
        look=look,
        touch=Touch(Act.TEXT_SIZE, value, True, words),
    )


def _switch(words: str, line: str, act: Act, on: bool, c: Ctx) -> Node:
    """A row with a switch at its end: knob, colour and word tell whether it is on."""

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        brush.ring(x, y, 76, 44, "nila_700" if on else "edge", 3, 22, "nila_700" if on else "field")
        brush.disc(x + (54 if on else 22), y + 22, 14, "on_nila" if on else "edge")

    look = Look("nila_50", "nila_700", 4, 18, hc="nila_700", hc_w=6) if on else Look("card", "edge", 2, 18, hc="hc")
    return row(
        col(text(words, c.by(25, 22), 700, "ink", 1.25), note(line, 20) if c.help else None, grow=1),
        text(c.t("Nyala") if on else c.t("Mati"), 20, 700, "nila_800" if on else "ink2", 1.2),
        leaf(draw, 76, 44),
        gap=16,
        pad=(10, 22),
        min_h=c.by(96, 76),
        look=look,
        touch=Touch(act, "", True, words),
    )
