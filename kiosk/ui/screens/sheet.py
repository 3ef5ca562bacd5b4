"""11: the printed sheet under the camera, before and after the reading; 12: the question before a check."""

from __future__ import annotations

import math
from collections.abc import Callable

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import CheckPrompt, Eyebrow, PlaceSheet, ReadBack
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, box, col, leaf, row, space, spring, stack
from kiosk.ui.paint import Brush
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import banner, field_error, icon
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.camera import Corners, camera_strip, camera_view
from kiosk.ui.widgets.collect import facts
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.text import body, eyebrow, h1, note


def _view(c: Ctx, strip: str, corners: Corners, good: bool, glyph: str = "") -> Node:
    picture = stack(camera_view(corners, good=good), grow=1, min_h=c.by(200, 140))
    return col(picture, camera_strip(strip, glyph=glyph, h=_strip_height(c), size=c.by(25, 22)))


def _strip_height(c: Ctx) -> float:
    return 108 if c.metrics.largest else c.by(76, 64)


def _beside(c: Ctx, view: Node, words: Node) -> Node:
    """The camera at the left; above the words in portrait."""
    words.grow = 1
    if c.portrait:
        view.h = 460
        return col(view, words, gap=24, grow=1)
    view.w = c.by(600, 470)
    return row(view, words, gap=c.by(32, 22), align="stretch", grow=1)


@screen(PlaceSheet)
def place_sheet(page: PlaceSheet, c: Ctx) -> Frame:
    """Lay the sheet under the camera; it reads by itself, or at a touch."""
    help_line = c.t("Letakkan lembar yang baru keluar, tulisan menghadap ke atas. QR di kertas dibaca dan dicocokkan.")
    words = col(
        eyebrow(page.eyebrow),
        h1(c.t("Letakkan lembar\ndi bawah kamera"), c.by(44, 32)),
        space(12),
        field_error(page.error) if page.error else body(help_line, c.by(24, 20)) if c.help else None,
        spring(),
        banner(c.t("Lembar ini milik Anda. Ambil kembali setelah dibaca."), "inf", "file-text")
        if c.help and not page.may_deny
        else None,
        space(16),
        btn(c.t("Belum keluar"), Act.NOTHING_CAME, glyph="printer-off", h=76, size=22) if page.may_deny else None,
        space(10) if page.may_deny and page.may_skip else None,
        btn(c.t("Lewati pemeriksaan"), Act.SKIP, glyph="chevron-right", h=76, size=22) if page.may_skip else None,
    )
    view = _view(c, page.strip, page.corners, good=not page.error and bool(page.corners))
    shoot = next_button(c, "Baca sekarang", Act.SHOOT, glyph="scan", w=c.by(290, 240))
    return Frame(_beside(c, view, words), bottom_bar(c, shoot, back_act=None))


@screen(CheckPrompt)
def check_prompt(page: CheckPrompt, c: Ctx) -> Frame:
    """Any paper's code, to the camera or to the scanner."""
    help_line = c.t("Taruh dokumen di bawah kamera, atau arahkan QR ke lampu merah di bawah layar.")
    words = col(
        eyebrow(Eyebrow("shield-check", c.t("Cek keaslian dokumen"))),
        h1(c.t("Tunjukkan QR\ndi dokumen"), c.by(46, 34)),
        space(12),
        field_error(page.error) if page.error else body(help_line, c.by(24, 20)) if c.help else None,
        spring(),
        banner(c.t("Dokumen di HP juga bisa diperiksa. Terangkan layar HP."), "inf", "device-mobile")
        if c.help
        else None,
        space(14),
        note(c.t("Tidak ada yang disimpan dari dokumen ini."), 20) if c.help else None,
    )
    view = _view(c, page.strip, page.corners, good=page.busy, glyph="search" if page.busy else "")
    shoot = next_button(c, "Baca sekarang", Act.SHOOT, glyph="scan", enabled=not page.busy, w=c.by(290, 240))
    return Frame(_beside(c, view, words), bottom_bar(c, shoot, back="Beranda"))


_RESULTS = {
    "match": ("daun_700", "on_daun", "shield-check", "kamera", "circle-check"),
    "differs": ("merah_700", "on_merah", "x", "merah_700", "x"),
}
_UNSURE = ("emas_800", "on_emas_800", "question-mark", "emas_500", "alert-triangle")


@screen(ReadBack)
def read_back(page: ReadBack, c: Ctx) -> Frame:
    """What the camera read from the sheet, and whether it is the document that was signed."""
    color, ink, glyph, frame, mark = _RESULTS.get(page.result, _UNSURE)
    picture = leaf(_sheet(frame), None, None, grow=1, min_h=c.by(200, 140))
    strip = camera_strip(
        page.strip,
        glyph=mark,
        glyph_color=frame if page.result == "match" else "on_strip",
        h=_strip_height(c),
        size=c.by(25, 22),
    )
    shape = 48.0 if page.result == "match" else 20.0
    badge = box(icon(glyph, 64, ink, 2), w=96, h=96, look=Look(color, radius=shape))
    small = c.compact or c.metrics.larger
    words = col(
        row(badge) if not small else None,
        h1(page.heading.replace(" dan ", "\ndan "), c.by(50, 34), color, pad=(0 if small else 20, 0, 0, 0)),
        body(page.sentence, c.by(24, 20), "ink", pad=(12, 0, 0, 0)),
        spring(),
        btn(c.t("Baca sekali lagi"), Act.AGAIN, kind="secondary", glyph="refresh", h=c.by(80, 72), size=c.by(26, 23))
        if page.result != "match" and page.may_receive
        else None,
        space(c.by(18, 10)) if page.result != "match" else None,
        facts(page.facts, label=c.by(190, 170), height=c.by(62, 50), pad=(4, 24)) if page.facts and c.help else None,
    )
    if page.may_receive:
        after = next_button(
            c,
            "Saya sudah terima",
            Act.RECEIVED,
            glyph_right="" if c.metrics.larger else "check",
            stroke=3,
            w=0 if c.metrics.larger else c.by(320, 260),
        )
    else:
        after = next_button(c, "Baca sekali lagi", Act.AGAIN, glyph="refresh", w=c.by(290, 240))
    bar = bottom_bar(
        c,
        after,
        back="Kurang jelas" if c.portrait else "Hasil kurang jelas",
        back_act=Act.LOOKS_BAD,
        back_glyph="printer",
    )
    return Frame(_beside(c, col(picture, strip), words), bar)


_SQUARE = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def _sheet(frame: str) -> Callable[[Brush, float, float, float, float], None]:
    """A drawn sheet on the tray with its code framed. The person's own sheet is never shown again."""

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        brush.fill(x, y, w, h, "tray", (22, 22, 0, 0))
        if brush.theme.contrast:
            brush.icon("file-check", x + w / 2 - 80, y + h / 2 - 80, 160, "ink", 2)
            return
        for k in range(1, 6):
            brush.fill(x, y + h * k / 6, w, 2, "nila_400@0.25")
        tall = min(h - 34, (w - 100) * 1.36)
        wide = tall / 1.36
        left, top, lean = x + (w - wide) / 2, y + (h - tall) / 2, -1.6
        brush.fill(left + 8, top + 10, wide, tall, "black@0.25", 6, lean)
        brush.picture("art:doc", left, top, wide, tall, angle=lean)
        # The code's place on the drawing, turned with it about the sheet's middle.
        cx, cy, side = x + w / 2, y + h / 2, wide * 0.325
        turn = math.radians(lean)
        corners = [(wide * 0.265 + dx * side / 2, tall * 0.328 + dy * side / 2) for dx, dy in _SQUARE]
        points = [
            (cx + px * math.cos(turn) - py * math.sin(turn), cy + px * math.sin(turn) + py * math.cos(turn))
            for px, py in corners
        ]
        brush.line(points, 7, frame, close=True)

    return draw
