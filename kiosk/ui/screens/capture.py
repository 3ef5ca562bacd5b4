"""06: the paper under the camera, its picture, and what to do when there is no paper."""

from __future__ import annotations

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, col, over, row, space, spring, stack
from kiosk.ui.screens import panes, screen
from kiosk.ui.screens.choose import help_or_error, option_grid
from kiosk.ui.widgets.basic import banner, chip, icon, picture, well
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.camera import camera_strip, camera_view, check_line, example
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button, steps
from kiosk.ui.widgets.text import eyebrow, h1, note, text

_EXAMPLES = {
    "kk": "paper-family-card",
    "ktp": "paper-card",
    "kia": "paper-card",
    "buku": "paper-booklet",
    "paspor": "paper-booklet",
}


def sample_of(slot: str) -> str:
    """The drawn example that looks like this paper."""
    for part, name in _EXAMPLES.items():
        if part in slot.lower():
            return f"art:{name}"
    return "art:paper-letter"


@screen(pages.Capture)
def capture(page: pages.Capture, c: Ctx) -> Frame:
    """Live view with outline, the strip that speaks, three checks, and the ways out."""
    good = page.whole and page.sharp and page.no_glare and page.good
    count = chip(f"Foto {page.index} dari {page.total}", "inf", h=42)
    title = row(h1(page.heading, c.by(36, 28), grow=1), count, gap=14, pad=(0, 0, c.by(14, 8), 0))
    thumb = over(example(sample_of(page.slot), c.t("Contoh")), left=20, bottom=18) if c.art and not c.compact else None
    if page.source == "scanner":
        art = col(
            icon("scan", 120, "on_strip"),
            text(c.t("Taruh surat di kaca pemindai"), 24, 700, "on_strip", 1.3),
            gap=18,
            align="center",
            justify="center",
            grow=1,
            look=Look("tray", radius=(22, 22, 0, 0)),
        )
        view: Node = art
    else:
        view = stack(camera_view(page.corners, good=good), thumb, grow=1)
    glyph = "circle-check" if good and not page.countdown else ""
    strip = camera_strip(
        page.strip, countdown=page.countdown, glyph=glyph, glyph_color="kamera", h=c.by(76, 60), size=c.by(26, 22)
    )
    left = col(title, view, strip)
    mid = steps(page.steps) if page.steps is not None else None
    forward = next_button(c, enabled=False) if not c.compact else None
    bottom = bottom_bar(c, forward, mid=mid)
    pad = (24, c.metrics.margin, 24, c.metrics.margin) if not c.compact else (12, 24, 10, 24)
    side = _side(page, c)
    if c.portrait:
        return Frame(col(left, side, gap=14), bottom=bottom, pad=pad)
    left.grow = 1
    side.w = c.by(c.metrics.content - 2 * c.metrics.margin - 840, 320)
    return Frame(row(left, side, gap=c.by(28, 16), align="stretch"), bottom=bottom, pad=pad)


def _side(page: pages.Capture, c: Ctx) -> Node:
    h, size = (c.by(76, 60) if c.fit < 2 else c.by(72, 58)), c.by(23, 20)
    inner = c.by(13, 7) if c.fit < 1 else 7
    camera = page.source == "camera"
    checks: list[Node | None] = []
    if camera:
        checks = [
            check_line(
                page.whole,
                c.t("Keempat sudut terlihat"),
                c.t("Geser kertas ke tengah") if c.help else "",
                glyph="viewfinder",
                pad=inner,
                size=c.by(23, 21),
            ),
            check_line(
                page.sharp,
                c.t("Tulisan tajam"),
                c.t("Rapatkan kertas ke baki") if c.help else "",
                glyph="zoom-in",
                pad=inner,
                size=c.by(23, 21),
            ),
            check_line(
                page.no_glare,
                c.t("Tidak silau"),
                c.t("Miringkan kertas sedikit") if c.help else "",
                pad=inner,
                size=c.by(23, 21),
            ),
        ]
    told: Node | None = None
    if page.error:
        told = banner(page.error, "warn", "alert-triangle", size=20, pad=(12, 14))
    elif page.offer_help and not (c.compact and c.fit > 1):
        told = banner(
            c.t("Sulit difoto? Pakai pemindai, atau tekan **Panggil petugas**."),
            "inf",
            "info-circle",
            size=20,
            pad=(12, 14),
        )
    elif c.fit < 1 and not c.compact:
        told = text(c.t("Pakai surat **asli**, bukan fotokopi."), 21, 500, "ink2", 1.4, bold_color="ink")
    other = (
        btn(c.t("Pakai pemindai"), Act.USE_SCANNER, glyph="file-text", glyph_size=30, h=h, size=size, pad=12)
        if camera
        else btn(c.t("Pakai kamera"), Act.USE_CAMERA, glyph="camera", glyph_size=30, h=h, size=size, pad=12)
    )
    shoot = btn(
        c.t("Foto sekarang" if camera else "Pindai sekarang"),
        Act.SHOOT,
        kind="secondary",
        glyph="camera" if camera else "scan",
        h=h,
        size=size,
        pad=12,
        enabled=not page.busy,
    )
    none = btn(c.t("Surat tidak ada"), Act.NO_PAPER, glyph="file-alert", glyph_size=30, h=h, size=size, pad=12)
    return col(*checks, spring(), told, shoot, other, none, gap=c.by(14, 10) if c.fit < 3 else 12)


@screen(pages.CaptureReview)
def review(page: pages.CaptureReview, c: Ctx) -> Frame:
    """The whole page, or a closer look; keep or repeat."""

    def view() -> Node:
        fit = "top" if page.zoomed else "contain"
        return stack(
            picture(f"capture:{page.capture}", 0, 0, fit=fit, radius=14),
            pad=c.by(16, 10),
            grow=1,
            look=Look("tray", radius=22, hc="hc"),
        )

    left = col(
        row(h1(page.heading, c.by(36, 28), grow=1), pad=(0, 0, c.by(14, 8), 0)),
        view(),
    )
    kind, glyph = ("ok", "circle-check") if page.readable else ("warn", "alert-triangle")
    right = col(
        banner(page.remark, kind, glyph, size=c.by(22, 20)),
        text(c.t("Apakah semua tulisan dapat dibaca?"), c.by(24, 21), 600, "ink", 1.35, pad=(8, 0, 0, 0))
        if c.help
        else None,
        spring(),
        btn(
            c.t("Perkecil" if page.zoomed else "Perbesar"),
            Act.ZOOM,
            glyph="zoom-out" if page.zoomed else "zoom-in",
            h=c.by(80, 68),
            size=c.by(24, 21),
            pad=12,
        ),
        btn(c.t("Ulangi"), Act.AGAIN, kind="secondary", glyph="refresh", h=c.by(80, 68), size=c.by(24, 21), pad=12),
        gap=c.by(16, 10),
    )
    mid = steps(page.steps) if page.steps is not None else None
    bottom = bottom_bar(
        c, next_button(c, "Pakai foto ini", Act.KEEP, glyph="check", stroke=3, w=c.by(280, 230)), mid=mid
    )
    pad = (24, c.metrics.margin, 24, c.metrics.margin) if not c.compact else (12, 24, 10, 24)
    return Frame(panes(c, left, right, 400, narrow=320), bottom=bottom, pad=pad)


@screen(pages.NoPaper)
def no_paper(page: pages.NoPaper, c: Ctx) -> Frame:
    """The legal substitute, as answers."""
    sentences = [text(s, c.by(24, 21), 500, "ink2", 1.4) for s in page.sentences]
    wide = all(len(o.title) > 34 for o in page.options) or len(page.options) < 4
    if page.error:
        sentences = [help_or_error(c, "", page.error)]
    content = col(
        eyebrow(page.eyebrow) if c.fit < 3 else None,
        h1(page.heading, c.by(42, 33)),
        space(8),
        *(sentences if c.help or page.error else sentences[:1]),
        space(c.by(22, 10)),
        _answers(c, page, wide),
        spring(),
        row(
            well("user-question", 52, 32, "m", radius=14),
            note(c.t("Ragu? Tekan **Panggil petugas**. Bertanya itu gratis."), 21, grow=1),
            gap=16,
        )
        if c.fit < 1
        else None,
    )
    mid = steps(page.steps) if page.steps is not None else None
    return Frame(content, bottom=bottom_bar(c, next_button(c, enabled=bool(page.chosen)), mid=mid))


def _answers(c: Ctx, page: pages.NoPaper, wide: bool) -> Node:
    options = option_grid(c, page.options, page.chosen, error=bool(page.error))
    if wide:
        options.columns = (1.0,)
    return options
