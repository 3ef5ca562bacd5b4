"""The papers of the ticket printer: ticket (20, 20b, 20c), list of requirements, reason of a return or refusal.

`render(content, head)` gives a 1-bit picture as wide as the head; `to_png` its bytes. Reverse bars stay below 80 dots
and small text below weight 800, to spare the head and to keep the dot of the i.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from kiosk.tickets.content import Channel, Phrases, Place, ReasonSlip, RequirementSlip, SlipContent, facts_of
from kiosk.tickets.measures import NARROW, Head, Measures, measures_of, paper_of
from kiosk.tickets.paper import Paper

__all__ = ["Head", "render", "render_reason", "render_requirements", "to_png", "write_ticket"]


def render(content: SlipContent, head: Head) -> Image.Image:
    """The ticket as the head will burn it."""
    paper = paper_of(head)
    write_ticket(content, paper, measures_of(head))
    return paper.picture()


def render_requirements(content: RequirementSlip, head: Head) -> Image.Image:
    """What to bring, to take home."""
    paper, m = paper_of(head), measures_of(head)
    begin(paper, m, content.place)
    _box(paper, m, (("Yang perlu disiapkan",), (content.service,)))
    paper.space(10)
    for number, (title, help_line) in enumerate(content.requirements, 1):
        paper.space(8)
        bold, indent = m.fact.heavier(700), m.fact.size * 1.5
        paper.item(f"{number}.", bold, title, bold, indent)
        paper.left(help_line, m.note, indent)
    paper.space(12)
    paper.dashes()
    paper.space(12)
    paper.left("Bawa surat yang asli. Anda memotretnya di mesin.", m.note)
    if content.remark:
        paper.left(content.remark, m.note)
    if content.time:
        paper.space(8)
        paper.pair("Lama", (content.time,), m.fact, m.column)
    _fee(paper, m, content.channels)
    end(paper, m)
    return paper.picture()


def render_reason(content: ReasonSlip, head: Head) -> Image.Image:
    """Why, and what may be done about it."""
    paper, m = paper_of(head), measures_of(head)
    begin(paper, m, content.place)
    _box(paper, m, ((content.service,),), content.number)
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
            paper.item("•", m.fact, way, m.fact.heavier(700), m.fact.size)
    if content.deadline:
        paper.space(10)
        paper.left(content.deadline, m.note)
    _fee(paper, m, content.channels)
    end(paper, m)
    return paper.picture()


def to_png(picture: Image.Image) -> bytes:
    """One bit a dot, as the device service takes it."""
    out = BytesIO()
    picture.convert("1").save(out, "PNG")
    return out.getvalue()


def write_ticket(content: SlipContent, paper: Paper, m: Measures) -> None:
    """The whole ticket on a fresh strip of paper."""
    begin(paper, m, content.place)
    _box(paper, m, tuple(service.phrases for service in content.services), content.number)
    paper.space(m.quiet)
    paper.qr(content.payload, m.module)
    paper.space(m.quiet)
    paper.centred("Tiket ini kunci dokumen Anda.", m.strong)
    paper.centred("Simpan baik-baik.", m.strong)
    paper.space(8)
    if m is NARROW:
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
    _fee(paper, m, content.channels)
    paper.space(14)
    paper.dashes()
    paper.space(12)
    paper.centred_phrases(("Simpan di tempat sejuk,", "jangan dilaminasi."), m.last)
    paper.centred("Bukan dokumen kependudukan.", m.last)
    if content.journal_code:
        paper.space(8)
        paper.centred(f"Kode catatan {content.journal_code}", m.code)
    end(paper, m)


def begin(paper: Paper, m: Measures, place: Place | None) -> None:
    """Motif, name, and where the paper was printed."""
    paper.motif(m.motif)
    paper.space(m.brand_gap)
    paper.centred("Pro Desaku", m.brand)
    if place is None:
        return
    together = f"{place.village}, {place.district}"
    if paper.length(together, m.place) <= paper.inner * 0.95:
        paper.centred(together, m.place)
    else:
        paper.centred(place.village, m.place)
        paper.centred(place.district, m.place)
    paper.centred(place.regency, m.place)


def end(paper: Paper, m: Measures) -> None:
    """Motif, and what the knife may have."""
    paper.space(16)
    paper.motif(m.motif)
    paper.space(26)


def _box(paper: Paper, m: Measures, titles: tuple[Phrases, ...], number: str = "") -> None:
    paper.space(16)
    paper.rule(3)
    paper.space(12)
    long = any(len(paper.by_phrases(title, m.service, paper.inner)) > 1 for title in titles)
    for place, title in enumerate(titles):
        if place and long:
            paper.space(10)  # else nobody sees where one document ends and the next begins
        paper.centred_phrases(title, m.service)
    if number:
        paper.space(m.number_gap)
        paper.fitted(number, m.number)
    paper.space(12)
    paper.rule(3)


def _fee(paper: Paper, m: Measures, channels: tuple[Channel, ...]) -> None:
    paper.space(18)
    paper.reverse("BIAYA Rp0", m.fee, m.fee_above, m.fee_below)
    paper.space(14)
    paper.centred("Ada yang meminta uang? Laporkan:", m.small)
    for channel in channels:
        paper.centred_runs(((channel.strong, m.small.heavier(700)), (channel.rest, m.small)))
