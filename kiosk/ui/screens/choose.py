"""02, 02a, 02b, 03b and a closed service: what, for whom, and what else at the same time."""

from __future__ import annotations

from typing import Any

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Node, col, grid, row, space, spring
from kiosk.ui.screens import panes, screen
from kiosk.ui.widgets.basic import banner, card, chip, field_error, status_line, well
from kiosk.ui.widgets.buttons import pill, segmented
from kiosk.ui.widgets.choices import checkbox, option, tile, tile_tagged
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.panels import fee_card
from kiosk.ui.widgets.text import body, eyebrow, h1, note, text


def pager(c: Ctx, page: int, total: int) -> Node | None:
    """Sebelumnya and Berikutnya, where a list has several pages."""
    if total < 2:
        return None
    return row(
        pill(c.t("Sebelumnya"), Act.PREVIOUS_ROWS, glyph="chevron-left", enabled=page > 1),
        pill(c.t("Berikutnya"), Act.NEXT_ROWS, glyph_right="chevron-right", enabled=page < total),
        note(f"Halaman {page} dari {total}", 20, weight=600, shrink=True) if c.fit < 3 else None,
        gap=14,
    )


@screen(pages.PickEvent)
def pick_event(page: pages.PickEvent, c: Ctx) -> Frame:
    """Eight tiles; by event, or by document with a tag."""
    by_event = page.by == "event"
    items = [(c.t("Pilih kejadian"), Act.BY_EVENT, ""), (c.t("Pilih dokumen"), Act.BY_DOCUMENT, "")]
    title = c.t("Kejadian apa yang Anda urus?" if by_event else "Dokumen apa yang diperlukan?")
    switch = segmented(items, 0 if by_event else 1, size=c.by(21, 20), pad=c.by(22, 14), h=c.by(76, 72))
    columns = 2 if c.portrait or c.metrics.largest else 4
    sizes: dict[str, Any] = {}
    if c.compact:
        sizes = {"size": 22, "well_size": 48, "glyph_size": 30, "pad": 14}
    elif c.metrics.larger:
        sizes = {"size": 23, "well_size": 56, "glyph_size": 34, "pad": 16}
    show = c.help and not c.compact and not c.metrics.larger
    tiles = [_tile(t, by_event, sizes, show) for t in page.tiles]
    if len(tiles) <= columns:
        tiles += [Node() for _ in range(columns - len(tiles))]
    cells = grid(columns, *tiles, gap=c.by(20, 14), equal_rows=True, grow=1)
    lower = spring() if len(page.tiles) <= columns and not c.portrait else None
    head = row(h1(title, c.by(42, 32), grow=1), switch, gap=c.by(24, 14))
    if c.metrics.largest:
        head = col(h1(title, 32), row(switch))
    remark = text(
        c.t("Ragu memilih? Tekan **Panggil petugas**.\nTidak ada biaya untuk bertanya."),
        21,
        500,
        "ink2",
        1.3,
        align="right",
        bold_color="manggis_700",
    )
    mid = pager(c, page.rows_page, page.rows_pages)
    content = col(head, cells, lower, gap=c.by(22, 12))
    return Frame(content, bottom=bottom_bar(c, mid=mid or (None if c.compact else remark)))


def _tile(t: pages.Tile, by_event: bool, sizes: dict[str, Any], show: bool) -> Node:
    if by_event and not t.tag:
        return tile(t.title, t.help, t.value, glyph=t.icon, show_help=show, **sizes)
    return tile_tagged(t.title, t.help, t.value, glyph=t.icon, tag=t.tag, tag_kind=t.tag_kind, show_help=show, **sizes)


@screen(pages.Closed)
def closed(page: pages.Closed, c: Ctx) -> Frame:
    """Why a service cannot be given here, and what to do instead."""
    words = [text(s, c.by(26, 22), 500, "ink2", 1.4) for s in page.sentences]
    told = card(*words, gap=c.by(16, 10), pad=c.by(30, 20))
    content = col(
        eyebrow(page.eyebrow),
        h1(page.heading, c.by(44, 34)),
        space(c.by(22, 12)),
        told,
        spring(),
        banner(c.t("Bertanya tidak dipungut biaya. Tekan **Panggil petugas**."), "inf", "info-circle"),
    )
    return Frame(content, bottom=bottom_bar(c, next_button(c, "Beranda", Act.HOME, glyph="home", w=240)))


def help_or_error(c: Ctx, help: str, error: str, size: float = 24) -> Node:
    """The line below a heading; an error takes its place."""
    return field_error(error, size) if error else body(help, c.by(size, 21))


def option_grid(
    c: Ctx, options: tuple[pages.Tile, ...], chosen: str, *, error: bool = False, low: bool = False
) -> Node:
    """Options in two columns; in one where text is largest or the window narrow."""
    columns = 1 if c.portrait or c.metrics.largest else 2
    count = len(options)
    h: float = c.by(96, 76) if (count <= 6 or c.compact) and not low else c.by(86, 66)
    if c.metrics.largest:
        h = 76
    nodes = [
        option(
            o.title,
            o.value,
            help=o.help if c.help and not c.metrics.largest else "",
            glyph=o.icon,
            on=o.value == chosen,
            h=h,
            error=error,
            size=c.by(26, 23),
            well_size=c.by(60, 50),
            pad=c.by(26, 18),
            gap=c.by(20, 14),
        )
        for o in options
    ]
    return grid(columns, *nodes, gap=c.by(18, 12), gap_y=c.by(18, 12))


@screen(pages.ForWhom)
def for_whom(page: pages.ForWhom, c: Ctx) -> Frame:
    """Whose name the document will bear."""
    help_line = c.t("Pilih siapa yang namanya akan tertulis di dokumen.")
    foot = c.t("Mengurus untuk orang lain tetap Rp0. Surat kuasa cukup difoto di mesin ini.")
    content = col(
        eyebrow(page.eyebrow),
        h1(c.t("Untuk siapa?"), c.by(44, 34)),
        space(8),
        help_or_error(c, help_line, page.error),
        space(c.by(26, 12)),
        option_grid(c, page.options, page.chosen, error=bool(page.error)),
        spring(),
        status_line(foot, "circle-check", glyph_color="daun_700") if c.help else None,
    )
    return Frame(content, bottom=bottom_bar(c, next_button(c)))


_TALLY = {1: "Satu", 2: "Dua", 3: "Tiga", 4: "Empat", 5: "Lima"}


@screen(pages.Package)
def package(page: pages.Package, c: Ctx) -> Frame:
    """Several documents of one event in one visit; each may be unticked."""
    gap = c.by(16, 10)
    items = [_item(c, item) for item in page.items]
    left = col(
        eyebrow(page.eyebrow),
        h1(c.t("Sekalian kami uruskan"), c.by(42, 33)),
        space(6),
        help_or_error(c, c.t("Ketuk untuk menghapus centang yang tidak Anda perlukan."), page.error, 22),
        space(c.by(18, 10)),
        col(*items, gap=gap),
        spring(),
    )
    count = page.ticked
    word = _TALLY.get(count, str(count)).lower()
    facts = (
        ("walk", "Satu kunjungan", "Cukup sekali mengisi data"),
        ("receipt", "Satu tiket", f"Untuk ke{word} dokumen" if count > 1 else "Untuk dokumen ini"),
        (
            "files",
            f"{_TALLY.get(count, str(count))} dokumen",
            "Yang siap dulu, diambil dulu" if count > 1 else "Diambil di sini",
        ),
    )
    lines = [
        row(
            well(g, 60, 34, radius=16),
            col(text(c.t(a), 25, 700, "ink", 1.25), note(c.t(b), 20) if c.help else None, grow=1),
            gap=18,
        )
        for g, a, b in facts
    ]
    side = card(*lines, pad=(8, 26), grow=1, justify="evenly") if c.fit < 3 else spring()
    right = col(fee_card(c, page.longest_time, label="Paling lama", size=c.by(29, 24)), side, gap=18)
    label = f"Lanjut, {count} dokumen" if count else "Lanjut"
    forward = next_button(c, label, enabled=count > 0, w=c.by(320, 280))
    return Frame(panes(c, left, right, 400, narrow=340), bottom=bottom_bar(c, forward))


def _item(c: Ctx, item: pages.PackageItem) -> Node:
    words = col(
        text(item.title, c.by(27, 23), 700, "ink", 1.2),
        note(item.help, 20, pad=(3, 0, 0, 0)) if c.help else None,
        grow=1,
    )
    return checkbox(
        well(item.icon, c.by(64, 50), c.by(36, 30), "card" if item.ticked else "", radius=17),
        words,
        chip(item.tag, item.tag_kind) if c.fit < 3 else None,
        value=item.service,
        on=item.ticked,
        label=item.title,
        h=c.by(123, 84) if c.fit < 2 else c.by(84, 72),
    )


__all__ = ["help_or_error", "option_grid", "pager"]
