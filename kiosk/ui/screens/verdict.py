"""12, 12b, 12c, 12d, 13, 13b: what can honestly be said of a paper. Only a valid one gets a circle and a tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import VerdictPage
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Node, col, row, spring
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import banner, card, icon
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.collect import advice_card, facts, pager, roomy
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.panels import result_panel
from kiosk.ui.widgets.text import h2, note, text


@dataclass(frozen=True)
class _Face:
    """A verdict's colour, badge and size, the tone of its advice, and what to do: icon, title, line."""

    color: str
    glyph: str
    shape: Literal["circle", "square", "octagon"]
    size: float
    tone: str = ""
    todo: tuple[tuple[str, str, str], ...] = ()


_WHY = "Mengapa"  # the fact that says why nothing could be told
_CONTACT, _LOOK_UP = "{contact}", "{look_up}"  # lines that the page fills
_ASK = ("brand-whatsapp", "Tanyakan Dinas Dukcapil", _CONTACT)
_FACES: dict[str, _Face] = {
    "sah": _Face("daun_700", "check", "circle", 60),
    "terdaftar": _Face(
        "nila_700",
        "book-2",
        "square",
        64,
        "",
        (
            ("world-search", "Buktikan di laman resmi", "Pindai QR dengan HP yang ada internetnya"),
            ("help-circle", "Ada yang berbeda?", "Jangan dipakai dulu, tanyakan Dinas"),
        ),
    ),
    "digantikan": _Face("emas_800", "history", "square", 56),
    "dicabut": _Face(
        "merah_700", "ban", "octagon", 64, "r",
        (("ban", "Jangan dipakai", "Mintalah yang berlaku kepada pemiliknya"), _ASK),
    ),
    "belum_pasti": _Face(
        "ink2",
        "question-mark",
        "square",
        50,
        "off",
        (
            ("device-mobile", "Periksa dengan HP", _LOOK_UP),
            ("refresh", "Periksa lagi nanti di sini", "Saat mesin ini tersambung"),
            ("help-circle", "Ragu? Tanyakan Dinas", _CONTACT),
        ),
    ),
    "tidak_sah": _Face(
        "merah_700", "x", "square", 60, "r",
        (
            ("refresh", "Pindai sekali lagi", "Pastikan QR rata, bersih, dan tidak terlipat"),
            ("file-search", "Minta dokumen yang asli", "Kepada orang yang memberikannya"),
            _ASK,
        ),
    ),
}  # fmt: skip


@screen(VerdictPage)
def verdict(page: VerdictPage, c: Ctx) -> Frame:
    """A face in the verdict's colour, shape and word; beside it what it means and what to do."""
    face = _FACES.get(page.verdict, _FACES["belum_pasti"])
    small = c.by(1, 0.72) * (0.8 if c.metrics.larger else 1)
    panel = result_panel(
        page.heading,
        page.sentence,
        color=face.color,
        glyph=face.glyph,
        shape=face.shape,
        size=face.size * small,
        w=None if c.portrait else c.by(500, 330),
        badge=148 * small,
        pad=c.by(44, 24),
    )
    if c.portrait:
        panel.min_h = 420
    c, parts = roomy(c)
    parts = parts or c.fit >= 3  # six facts and what to do about them, on a low screen
    pairs = tuple(pair for pair in page.facts if pair[0] != _WHY)
    each = 2 if c.metrics.largest else max(1, len(pairs))  # facts on one part
    chunks = [pairs[k : k + each] for k in range(0, len(pairs), each)] if parts else [pairs] if pairs else []
    cards = [
        facts(
            chunk,
            height=44
            if c.metrics.larger
            else c.by(57, 39)
            if c.fit < 1
            else c.by(46, 34)
            if c.fit < 3
            else c.by(40, 32),
            label=c.by(210, 180),
            pad=(c.by(6, 2), 26),
            stacked=c.metrics.largest,
        )
        for chunk in chunks
    ]
    advice = [node for node in _advice(page, face, c) if node is not None]
    foot = _foot(page, c)
    shown: list[Node] = [*cards, *advice]
    more: Node | None = None
    if parts:
        groups: list[list[Node]] = [[one] for one in cards] + ([advice] if advice else [])
        at, more = pager(c, f"verdict:{page.verdict}", len(groups))
        shown = groups[at] if groups else []
        foot = foot if at == len(groups) - 1 else None
    right = col(
        h2(page.facts_heading, c.by(30, 24)),
        *shown,
        spring(),
        row(more) if more is not None else None,
        foot,
        gap=c.by(18, 8) if not parts else 10,
        pad=(c.by(36, 14), c.metrics.margin, c.by(28, 12), c.metrics.margin),
        grow=1,
    )
    content = col(panel, right, grow=1) if c.portrait else row(panel, right, align="stretch", grow=1)
    other = next_button(c, "Cek dokumen lain", Act.AGAIN, glyph="qrcode", w=c.by(300, 250))
    return Frame(content, bottom_bar(c, other, back="Beranda"), pad=(0, 0, 0, 0))


def _advice(page: VerdictPage, face: _Face, c: Ctx) -> list[Node | None]:
    """Why it could not be told; then what to do, as cards where the verdict has some, else the page's sentence."""
    reason: Node | None = None
    if page.verdict == "belum_pasti":
        why = next((value for label, value in page.facts if label == _WHY), "")
        if why:
            words = text(why, c.by(22, 20), 500, "ink", 1.35, grow=1)
            reason = card(row(icon("info-circle", 38, "ink2"), words, gap=18), pad=(c.by(18, 10), 24))
    elif page.advice and not face.todo:
        reason = banner(page.advice, "inf", "info-circle", size=c.by(21, 20), pad=(c.by(14, 10), 22))
    tall = page.verdict == "tidak_sah" and not c.compact and not c.metrics.larger
    cards = [
        advice_card(
            c,
            glyph,
            c.t(title),
            _line(page, c, line) if c.help or line == _CONTACT else "",
            face.tone,
            size=26 if tall else c.by(25, 22),
            tall=tall,
        )
        for glyph, title, line in face.todo
    ]
    if c.metrics.larger and not c.help:
        cards = cards[: 2 if reason is None else 1]
    return [reason, col(*cards, gap=c.by(14, 8)) if cards else None]


def _line(page: VerdictPage, c: Ctx, line: str) -> str:
    if line == _LOOK_UP:
        return f"{c.t('Pastikan alamatnya')} {page.look_up}" if page.look_up else c.t("Pindai QR dengan HP")
    if line == _CONTACT:
        return page.contact or c.t("Nomornya ada di Pengaduan dan saran")
    return c.t(line)


def _foot(page: VerdictPage, c: Ctx) -> Node | None:
    """How old the list is; for a contradiction the way to report it."""
    if page.verdict == "tidak_sah":
        return row(
            btn(
                c.t("Laporkan dugaan pemalsuan"),
                Act.COMPLAINT,
                kind="danger_outline",
                glyph="flag",
                h=76,
                size=c.by(23, 21),
                pad=c.by(30, 18),
            ),
            note(page.list_line, 20, line=1.35, grow=1) if c.help and page.list_line else None,
            gap=18,
        )
    if not page.list_line:
        return None
    color = "emas_800" if page.list_old else "ink2"
    words = text(page.list_line, 20, 600 if page.list_old else 500, color, 1.3, grow=1)
    return row(icon("clock-exclamation" if page.list_old else "cloud-check", 28, color), words, gap=12)
