"""01, 18, 22: what shall it be today?"""

from __future__ import annotations

from typing import Any

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, Touch, col, grid, leaf, over, row, space, spring, stack
from kiosk.ui.paint import Brush
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import chip, picture
from kiosk.ui.widgets.buttons import tool
from kiosk.ui.widgets.choices import tile_big, tile_hero, tile_small
from kiosk.ui.widgets.frame import Frame, bar, bottom_surface, brand, call_button, clock, network, printer, status
from kiosk.ui.widgets.text import h1, text
from kiosk.ui.words import LANGUAGES


@screen(pages.Home)
def home(page: pages.Home, c: Ctx) -> Frame:
    """Hero Ajukan dokumen, two big tiles, four small ones; status above, tools below."""
    pad = (16, 24, 16, 24) if c.compact else (26, c.metrics.margin, 26, c.metrics.margin)
    return Frame(_content(c, page), bottom=_tools(c), top=_top(c), pad=pad)


def _top(c: Ctx) -> Node:
    gap = None if c.compact else space(12)
    parts: list[Node | None] = [brand(c, size=c.by(52, 48)), spring()]
    ready = c.view.status.printer == "ready"
    if not (c.metrics.largest or c.portrait) and not (c.metrics.larger and ready and c.fit > 0):
        parts += [printer(c), gap]
    parts += [network(c), None if c.compact else space(12), status(clock(c), "", "ink", "ink")]
    return bar(*parts, c=c)


def _content(c: Ctx, page: pages.Home) -> Node:
    gap = c.by(20, 14)
    offer = chip(
        c.t("Semua layanan Rp0"),
        "ok",
        "circle-check",
        h=c.by(56, 46),
        size=c.by(24, 21),
        glyph_size=c.by(30, 26),
        pad=(c.by(18, 14), c.by(22, 18)),
        stroke=2.4,
    )
    heading = row(
        h1(c.t("Tabé’, mau urus apa hari ini?"), c.by(44, 34, 38), grow=1), None if c.portrait else offer, gap=20
    )
    if c.metrics.largest or c.portrait:
        return _stacked(c, page, heading, offer, gap)
    big = grid((1.62, 1, 1), _hero(c), _track(c, page), _collect(c, page), gap=gap, grow=1, equal_rows=True)
    return col(heading, big, _small(c), gap=c.by(22, 14))


def _stacked(c: Ctx, page: pages.Home, heading: Node, offer: Node, gap: float) -> Node:
    """One column in portrait; at the largest text two columns of plain tiles."""
    if c.portrait:
        hero, two = _hero(c), grid(2, _track(c, page), _collect(c, page), gap=gap, equal_rows=True)
        hero.grow, two.grow = 1.2, 1
        return col(heading, row(offer), hero, two, _small(c), gap=gap)
    rows = grid(2, *(_plain(c, *tile) for tile in _ALL), gap=gap, equal_rows=True, grow=1)
    return col(h1(c.t("Tabé’, mau urus apa?"), 34), rows, gap=gap)


_ALL = (
    ("Ajukan dokumen", Act.APPLY, "file-plus", "on"),
    ("Lacak permohonan", Act.TRACK, "route", ""),
    ("Ambil dokumen", Act.COLLECT, "printer", "k"),
    ("Cek keaslian", Act.CHECK, "shield-check", ""),
    ("Layanan dan syarat", Act.SERVICES, "list-details", ""),
    ("Pengaduan dan saran", Act.COMPLAINT, "messages", "m"),
)


def _plain(c: Ctx, title: str, act: Act, glyph: str, tone: str) -> Node:
    return tile_small(c.t(title), act, glyph=glyph, tone=tone, size=24, well_size=c.by(64, 52), glyph_size=c.by(36, 30))


def _hero(c: Ctx) -> Node:
    words = c.t("KK, akta, surat pindah" if c.compact else "Kartu keluarga, akta, surat pindah") if c.help else ""
    return tile_hero(
        c.t("Ajukan dokumen"),
        words,
        Act.APPLY,
        glyph="file-plus",
        contrast=c.theme.contrast,
        art=over(_papers(c), right=0, top=0) if c.art else None,
        size=c.by(46 if c.theme.contrast else 44, 36),
        well_size=c.by(88, 68),
        pad=c.by(37, 27),
        help_size=c.by(26 if c.theme.contrast else 24, 21),
        arrow=not c.compact and not c.theme.contrast,
    )


def _papers(c: Ctx) -> Node:
    """Two papers, turned a little."""
    if c.compact:
        return stack(over(picture("art:doc", 84, 84 * 1.36, angle=5), right=34, top=16), w=160, h=160)
    return stack(over(picture("art:art-hero", 330, 230), right=0, top=0), w=330, h=230)


def _track(c: Ctx, page: pages.Home) -> Node:
    art = over(picture("art:art-track", 96, 170), right=31, top=31) if c.art and not c.compact else None
    title = c.t("Lacak permohonan")
    return tile_big(
        title.replace(" ", "\n", 1) if c.compact else title,
        _help(c, page.track_note or c.t("Lihat sudah sampai mana")),
        Act.TRACK,
        glyph="route",
        art=art,
        **_big(c),
    )


def _collect(c: Ctx, page: pages.Home) -> Node:
    art: Node | None = None
    if c.art and not c.compact and not page.collect_tag:
        paper = over(picture("art:doc", 112, 112 * 1.36), right=34, top=-26)

        def slot(brush: Brush, x: float, y: float, w: float, h: float) -> None:
            brush.fill(x, y, w, h, "nila_700", (0, 0, 5, 5))

        art = over(stack(paper, over(leaf(slot, 148, 10), right=16, top=0), w=180, h=150), right=0, top=1)
    title = c.t("Ambil dokumen")
    return tile_big(
        title.replace(" ", "\n", 1) if c.compact else title,
        _help(c, c.t("Cetak yang sudah jadi")),
        Act.COLLECT,
        glyph="printer",
        tone="k",
        art=art,
        tag=page.collect_tag,
        **_big(c),
    )


def _help(c: Ctx, words: str) -> str:
    return words if c.help and not c.compact else ""


def _big(c: Ctx) -> dict[str, Any]:
    return {"size": 27, "well_size": 64, "glyph_size": 38, "pad": 21} if c.compact else {"pad": 29}


def _small(c: Ctx) -> Node:
    short = c.compact or c.metrics.larger
    sizes: dict[str, Any] = {"pad": 23}
    if c.compact or c.metrics.larger:
        sizes = {"size": 20, "well_size": 52, "glyph_size": 30, "pad": 15, "gap": 12}
    tiles = (
        ("Cek keaslian" if short else "Cek keaslian dokumen", Act.CHECK, "shield-check", ""),
        ("Layanan dan syarat", Act.SERVICES, "list-details", ""),
        ("Isi survei" if short else "Isi survei kepuasan", Act.SURVEY, "mood-smile", "e"),
        ("Pengaduan dan saran", Act.COMPLAINT, "messages", "m"),
    )
    nodes = [tile_small(c.t(t), act, glyph=glyph, tone=tone, **sizes) for t, act, glyph, tone in tiles]
    return grid(2 if c.portrait else 4, *nodes, gap=c.by(20, 14), min_h=c.by(112, 84), equal_rows=True)


def _languages(c: Ctx) -> Node:
    """The three languages, each named in itself, joined in one switch."""
    parts: list[Node] = []
    for k, (code, name) in enumerate(LANGUAGES):
        on = c.view.settings.language == code
        corner = (16.0, 0.0, 0.0, 16.0) if k == 0 else (0.0, 16.0, 16.0, 0.0) if k == 2 else 0
        look = Look("nila_700" if on else "card", radius=corner)
        words = text(name, 22, 700, "on_nila" if on else "nila_800", 1.2)
        dead = (0 if k == 0 else -6, 0 if k == 2 else -6)  # a strip between neighbours that answers to neither
        touch = Touch(Act.LANGUAGE, code, label=name, slop=(0, dead[1], 0, dead[0]))
        parts.append(row(words, pad=(0, 18), look=look, touch=touch))
    return row(*parts, pad=2, h=76, align="stretch", look=Look("card", "nila_400", 2, 18, hc="hc"))


def _tools(c: Ctx) -> Node:
    s = c.view.settings
    look: dict[str, Any]
    if c.compact or c.portrait or c.metrics.larger:
        code = {"id": "bug", "bug": "en", "en": "id"}[s.language]
        look = {"h": c.by(76, 68), "radius": 16}
        tools = [tool(c.t("Bahasa"), Act.LANGUAGE, code, glyph="language", **look)]
    else:
        look = {"h": 76, "radius": 18, "size": 22, "pad": 19, "glyph_size": 32}
        tools = [_languages(c)]
    tools += [
        tool(c.t("Huruf"), Act.DISPLAY, glyph="text-size", **look),
        tool(c.t("Kontras"), Act.CONTRAST, glyph="contrast", on=s.contrast, **look),
        tool(c.t("Suara"), Act.LISTEN, glyph="volume", on=s.listening, **look),
    ]
    if c.metrics.largest or c.portrait:
        kept = (Act.DISPLAY, Act.CONTRAST)
        tools = [t for t in tools if t.touch is not None and t.touch.act in kept]
    call = call_button(c, h=c.by(76, 68), size=c.by(24, 23), pad=24, short=c.fit > 1 and c.metrics.larger)
    return bottom_surface(c, row(*tools, spring(), call, gap=c.by(16, 12), pad=(0, c.metrics.margin), grow=1))
