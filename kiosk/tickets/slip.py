"""The papers of the ticket printer: ticket (20, 20b, 20c), list of requirements, reason of a return or refusal.

`render(content, width)` gives a 1-bit picture 576 dots (80 mm paper) or 384 dots (58 mm) wide at 203 dpi; `to_png` its
bytes. Reverse bars stay below 80 dots and small text below weight 800, to spare the head and to keep the dot of the i.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Literal

from PIL import Image

from kiosk.tickets.content import Channel, Place, ReasonSlip, RequirementSlip, SlipContent, facts_of
from kiosk.tickets.paper import Paper, Style

Width = Literal[576, 384]


@dataclass(frozen=True)
class Measures:
    """The sizes of one paper width, in dots (ui.md §9, 20)."""

    width: int
    margin: int
    top: int
    motif: int
    brand_gap: int
    brand: Style
    place: Style
    service: Style
    number_gap: int
    number: Style
    quiet: int
    module: int
    strong: Style
    note: Style
    fact: Style
    column: int
    fee: Style
    fee_above: int
    fee_below: int
    small: Style
    last: Style
    code: Style

    def times(self, scale: float) -> Measures:
        """All of it larger: for the ticket on A4."""

        def grown(style: Style) -> Style:
            return Style(round(style.size * scale), round(style.line * scale), style.weight, style.digits)

        changed: dict[str, Any] = {
            name: grown(value) if isinstance(value, Style) else round(value * scale)
            for name, value in vars(self).items()
        }
        return replace(self, **changed)


WIDE = Measures(
    width=576,
    margin=32,
    top=26,
    motif=28,
    brand_gap=16,
    brand=Style(36, 46, 800),
    place=Style(24, 31),
    service=Style(28, 38, 800),
    number_gap=6,
    number=Style(72, 84, 700, digits=True),
    quiet=44,
    module=10,
    strong=Style(28, 37, 800),
    note=Style(23, 31),
    fact=Style(24, 34),
    column=150,
    fee=Style(40, 54, 800),
    fee_above=8,
    fee_below=10,
    small=Style(23, 31),
    last=Style(22, 30),
    code=Style(20, 26, 500, digits=True),
)
NARROW = Measures(
    width=384,
    margin=10,
    top=18,
    motif=20,
    brand_gap=10,
    brand=Style(28, 36, 800),
    place=Style(20, 26),
    service=Style(23, 31, 700),
    number_gap=4,
    number=Style(51, 58, 700, digits=True),
    quiet=36,
    module=8,
    strong=Style(23, 31, 700),
    note=Style(20, 26),
    fact=Style(20, 27),
    column=114,
    fee=Style(32, 44, 800),
    fee_above=6,
    fee_below=8,
    small=Style(20, 27),
    last=Style(19, 26),
    code=Style(18, 26, 500, digits=True),
)


def measures_of(width: Width) -> Measures:
    """The sizes of 576 or 384 dots; nothing else is printed on."""
    if width == WIDE.width:
        return WIDE
    if width == NARROW.width:
        return NARROW
    raise ValueError(f"no ticket printer is {width} dots wide")


def render(content: SlipContent, width: Width = 576) -> Image.Image:
    """The ticket as the head will burn it."""
    return write_ticket(content, measures_of(width)).picture()


def render_requirements(content: RequirementSlip, width: Width = 576) -> Image.Image:
    """What to bring, to take home."""
    m = measures_of(width)
    paper = _head(m, content.place)
    _box(paper, m, ("Yang perlu disiapkan", content.service))
    paper.space(10)
    for number, (title, help_line) in enumerate(content.requirements, 1):
        paper.space(8)
        start = paper.y
        paper.left(f"{number}.", m.fact.heavier(700))
        paper.y = start
        indent = round(m.fact.size * 1.5)
        paper.left(title, m.fact.heavier(700), indent)
        paper.left(help_line, m.note, indent)
    paper.space(12)
    paper.dashes()
    paper.space(12)
    paper.left("Bawa surat yang asli. Anda memotretnya di mesin.", m.note)
    if content.remark:
        paper.left(content.remark, m.note)
    if content.time:
        paper.pair("Lama", (content.time,), m.fact, m.column)
    _fee(paper, m)
    _complaints(paper, m, content.channels)
    return _foot(paper, m, "")


def render_reason(content: ReasonSlip, width: Width = 576) -> Image.Image:
    """Why, and what may be done about it."""
    m = measures_of(width)
    paper = _head(m, content.place)
    _box(paper, m, (content.service,), content.number)
    paper.space(14)
    paper.centred(content.state, m.strong)
    paper.space(10)
    paper.left("Pesan dari Dinas:", m.note)
    paper.left(content.reason, m.fact.heavier(700))
    if content.ways:
        paper.space(12)
        paper.dashes()
        paper.space(12)
        paper.left("Yang boleh Anda lakukan:", m.note)
        for way in content.ways:
            start = paper.y
            paper.left("•", m.fact)
            paper.y = start
            paper.left(way, m.fact.heavier(700), m.fact.size)
    if content.deadline:
        paper.space(10)
        paper.left(content.deadline, m.note)
    _fee(paper, m)
    _complaints(paper, m, content.channels)
    return _foot(paper, m, "")


def to_png(picture: Image.Image) -> bytes:
    """One bit a dot, as the device service takes it."""
    out = BytesIO()
    picture.convert("1").save(out, "PNG")
    return out.getvalue()


def write_ticket(content: SlipContent, m: Measures) -> Paper:
    """The whole ticket on a fresh strip of paper."""
    paper = _head(m, content.place)
    _box(paper, m, tuple(service.line for service in content.services), content.number)
    paper.space(m.quiet)
    paper.qr(content.payload, m.module)
    paper.space(m.quiet)
    paper.centred("Tiket ini kunci dokumen Anda.", m.strong)
    paper.centred("Simpan baik-baik.", m.strong)
    paper.space(8)
    if m.width == NARROW.width:
        lines = ("Pindai di mesin Pro Desaku", "mana pun untuk melacak", "atau mengambil.")
    else:
        lines = ("Pindai di mesin Pro Desaku mana pun", "untuk melacak atau mengambil.")
    for line in lines:
        paper.centred(line, m.note)
    paper.space(18)
    paper.dashes()
    paper.space(14)
    for label, value in facts_of(content):
        paper.pair(label, value, m.fact, m.column)
    _fee(paper, m)
    _complaints(paper, m, content.channels)
    paper.space(14)
    paper.dashes()
    paper.space(12)
    paper.centred_phrases(("Simpan di tempat sejuk,", "jangan dilaminasi."), m.last)
    paper.centred("Bukan dokumen kependudukan.", m.last)
    _foot(paper, m, content.journal_code)
    return paper


def _head(m: Measures, place: Place) -> Paper:
    paper = Paper(m.width, m.margin, m.top)
    paper.motif(m.motif)
    paper.space(m.brand_gap)
    paper.centred("Pro Desaku", m.brand)
    together = f"{place.village}, {place.district}"
    if paper.length(together, m.place) <= paper.inner * 0.95:
        paper.centred(together, m.place)
    else:
        paper.centred(place.village, m.place)
        paper.centred(place.district, m.place)
    paper.centred(place.regency, m.place)
    return paper


def _box(paper: Paper, m: Measures, lines: tuple[str, ...], number: str = "") -> None:
    paper.space(16)
    paper.rule(3)
    paper.space(12)
    for line in lines:
        paper.centred(line, m.service)
    if number:
        paper.space(m.number_gap)
        paper.fitted(number, m.number)
    paper.space(12)
    paper.rule(3)


def _fee(paper: Paper, m: Measures) -> None:
    paper.space(18)
    paper.reverse("BIAYA Rp0", m.fee, m.fee_above, m.fee_below)


def _complaints(paper: Paper, m: Measures, channels: tuple[Channel, ...]) -> None:
    paper.space(14)
    paper.centred("Ada yang meminta uang? Laporkan:", m.small)
    for channel in channels:
        paper.centred_runs(((channel.strong, m.small.heavier(700)), (channel.rest, m.small)))


def _foot(paper: Paper, m: Measures, code: str) -> Image.Image:
    if code:
        paper.space(8)
        paper.centred(f"Kode catatan {code}", m.code)
    paper.space(16)
    paper.motif(m.motif)
    paper.space(26)
    return paper.picture()
