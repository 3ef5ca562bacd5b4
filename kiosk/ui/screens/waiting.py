"""00: the invitation. The whole picture is one button; language and ear stand beside it."""

from __future__ import annotations

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, Touch, col, leaf, over, row, stack
from kiosk.ui.paint import Brush
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import banner, icon
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.frame import Frame, mark, motif
from kiosk.ui.widgets.text import h1, note, text
from kiosk.ui.words import LANGUAGES


@screen(pages.Waiting)
def waiting(page: pages.Waiting, c: Ctx) -> Frame:
    """Scene, greeting, price, one button, the ear, three languages, the motif."""
    left = c.by(64, 40, 36)

    def scene(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        if not brush.theme.contrast:
            brush.picture("art:scene-1920", x, y, w, h, fit="bottom")

    strip = c.by(24, 16)
    bottom = c.by(74, 34, 60)
    root = stack(
        leaf(scene, None, None, touch=Touch(Act.START, label=c.t("Sentuh untuk mulai"))),
        over(_brand(c), left=left, top=c.by(44, 20)),
        over(_price(c), right=c.by(64, 40), top=c.by(44, 20)) if not c.portrait else None,
        over(_words(c), left=left, top=c.by(146, 92, 146)),
        over(_languages(c), left=left, bottom=bottom),
        over(_told(c, page), right=left, bottom=bottom) if page.notice else None,
        over(_begin(c), left=left, bottom=c.by(192, 126, 170)),
        over(motif(strip, "motif"), left=0, right=0, bottom=0),
    )
    return Frame(root, full=True)


def _brand(c: Ctx) -> Node:
    site = c.view.site
    where = site.words("{Desa|Kelurahan} ") + f"{site.village}, Kabupaten {site.regency}"
    size = c.by(64, 48)
    words = col(
        text("Pro Desaku", c.by(28, 24), 800, "nila_800", 1.1, fixed=True), note(where, 20, line=1.2, fixed=True), gap=3
    )
    return row(mark(size), words, gap=14)


def _price(c: Ctx) -> Node:
    return row(
        icon("circle-check", c.by(36, 30), "daun_700", 2.4),
        text(c.t("Gratis. Biaya Rp0"), c.by(28, 23), 800, "daun_700", 1.3),
        gap=12,
        pad=(0, 28, 0, 22),
        min_h=c.by(72, 56),
        look=Look("card", radius=c.by(36, 28), shadow=2, hc="hc_ok"),
    )


def _told(c: Ctx, page: pages.Waiting) -> Node:
    """What the machine cannot do just now; stays until it can."""
    return banner(page.notice, "warn", "alert-triangle", pad=(14, 20), max_w=c.by(560, 410, 640))


def _words(c: Ctx) -> Node:
    def lontara(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        brush.picture("art:lontara", x, y - 15, 168, 84, tint="manggis_700")

    greeting = (
        row(leaf(lontara, 120, 60), text("Tabé’", 30, 700, "manggis_700", 1.4), gap=22)
        if not (c.compact and c.metrics.larger)
        else None
    )
    big = c.by(64, 42, 50)
    if c.metrics.larger:
        big = c.by(58, 38, 46)
    invitation = c.t("Kartu keluarga, akta, dan surat pindah.\nTidak perlu ke kabupaten.")
    if c.metrics.largest:
        invitation = invitation.partition("\n")[0]
    lines = text(
        invitation,
        c.by(28, 22),
        600,
        "ink",
        1.4,
        pad=(c.by(22, 10), 0, 0, 0),
    )
    return col(
        greeting,
        h1(
            c.t("Urus dokumen keluarga\ndi {desa|kelurahan} sendiri"),
            big,
            "nila_900",
            1.1,
            pad=(14 if greeting else 0, 0, 0, 0),
            fixed=c.metrics.larger,
        ),
        lines if c.help and not (c.compact and c.metrics.largest) else None,
        w=c.by(800, 640, 650),
    )


def _begin(c: Ctx) -> Node:
    h, radius = c.by(108, 84), c.by(26, 20)
    start = btn(
        c.t("Sentuh untuk mulai"),
        Act.START,
        kind="primary",
        glyph="hand-finger",
        glyph_size=c.by(48, 38),
        glyph_color="on_nila_gold",
        size=c.by(34, 28),
        h=h,
        pad=c.by(40, 28),
        radius=radius,
        gap=20,
    )
    ear = col(
        icon("ear", c.by(50, 38), "nila_700", 2.1),
        text(c.t("Dengarkan"), c.by(23, 20), 700, "nila_800", 1.1, align="center", fixed=c.metrics.larger),
        w=c.by(160 if c.metrics.larger else 148, 140),
        h=h,
        gap=4,
        align="center",
        justify="center",
        look=Look("card", "nila_700", 3, radius, shadow=2, hc="hc"),
        touch=Touch(Act.LISTEN, label=c.t("Dengarkan")),
    )
    return row(start, ear, gap=20)


def _languages(c: Ctx) -> Node:
    """Each named in itself; the one chosen is filled once it is not the usual one."""
    h = c.by(76, 72)
    nodes: list[Node] = []
    for code, name in LANGUAGES:
        on = code == c.view.settings.language and code != "id"
        look = Look("nila_700" if on else "card", radius=h / 2, shadow=2, hc="hc")
        words = text(name, 24, 700, "on_nila" if on else "nila_800", 1.3)
        nodes.append(row(words, pad=(0, 30), min_h=h, look=look, touch=Touch(Act.LANGUAGE, code, label=name)))
    return row(*nodes, gap=16)
