"""The papers of a technician's test: a test slip, a test page with a chart, and the slip that says what is ready.

Nothing personal stands on any of them.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from PIL import Image, ImageDraw

from kiosk.tickets.a4 import DPI, PAGE
from kiosk.tickets.content import Place, day_of
from kiosk.tickets.measures import Head, measures_of, paper_of
from kiosk.tickets.paper import Paper, Style
from kiosk.tickets.slip import begin, end

CHART = "PRODESAKU-UJI-1"  # what the chart's code says
_MODULE = 12  # dots
MODULE_MM = _MODULE / DPI * 25.4  # of the chart's code on the test page
ROLES = {
    "ticket": "Pencetak tiket",
    "printer": "Pencetak kertas",
    "camera": "Kamera",
    "scanner": "Pemindai kertas",
    "reader": "Pembaca kode",
    "keypad": "Tombol",
}
_DOTS_PER_MM = DPI / 25.4
_RULER_MM = 40  # the narrowest paper has 48


def trial_slip(head: Head) -> Image.Image:
    """One slip with a code, a line over all dots, and a ruler, which tell whether the printer has this head."""
    paper, m = paper_of(head), measures_of(head)
    paper.motif(m.motif)
    paper.space(m.brand_gap)
    paper.centred("Cetakan uji", m.brand)
    paper.space(m.quiet)
    paper.qr(CHART, m.module)
    paper.space(m.quiet)
    paper.centred(f"{head.dots} titik, {head.dpi} titik per inci", m.fact)
    paper.space(10)
    paper.centred_phrases(("Garis ini utuh,", "dan kedua ujungnya terlihat:"), m.note)
    paper.space(8)
    _whole_line(paper)
    paper.space(14)
    paper.centred(f"Penggaris: {_RULER_MM} mm", m.note)
    paper.space(8)
    _ruler(paper, head)
    paper.space(26)
    return paper.picture()


def _whole_line(paper: Paper, thick: int = 3, high: int = 24) -> None:
    """From the first dot to the last, with an upright at each end."""
    paper.bar(0, paper.dots(thick), high)
    paper.bar(paper.width - paper.dots(thick), paper.width, high)
    paper.space(high)
    paper.bar(0, paper.width, thick)
    paper.space(thick)


def _ruler(paper: Paper, head: Head) -> None:
    left = (paper.width - round(_RULER_MM / 25.4 * head.dpi)) // 2
    for mm in range(_RULER_MM + 1):
        x = left + round(mm / 25.4 * head.dpi)
        paper.bar(x, x + 2, 40 if mm % 10 == 0 else 28 if mm % 5 == 0 else 16)
    paper.space(40)


def readiness(place: Place | None, rows: tuple[tuple[str, bool, str], ...], at: datetime, head: Head) -> Image.Image:
    """`rows`: role, whether it is ready, and its figures or what is the matter, in words for a person."""
    paper, m = paper_of(head), measures_of(head)
    begin(paper, m, place)
    paper.space(16)
    paper.rule(3)
    paper.space(12)
    paper.centred("Hasil pemeriksaan alat", m.service)
    paper.centred(f"{day_of(at.date())}, {at:%H.%M}", m.fact)
    paper.space(12)
    paper.rule(3)
    for role, ok, figures in rows:
        paper.space(10)
        paper.left(f"{ROLES[role]}: {'siap' if ok else 'belum siap'}", m.fact.heavier(700))
        if figures:
            paper.left(figures, m.note, m.fact.size)
    paper.space(18)
    paper.dashes()
    paper.space(12)
    ready = sum(ok for _, ok, _ in rows)
    paper.centred(f"{ready} dari {len(rows)} alat siap dipakai.", m.strong)
    end(paper, m)
    return paper.picture()


def trial_page() -> bytes:
    """One A4 page as PDF at 300 dpi: a code with modules of MODULE_MM, squares in the corners, a ruler of 150 mm."""
    page = Image.new("1", PAGE, 1)
    draw = ImageDraw.Draw(page)
    edge, side = round(10 * _DOTS_PER_MM), round(8 * _DOTS_PER_MM)
    for x in (edge, PAGE[0] - edge - side):
        for y in (edge, PAGE[1] - edge - side):
            draw.rectangle((x, y, x + side, y + side), fill=0)
    text = Paper(PAGE[0], 250, 0)
    text.centred("Halaman uji", Style(96, 130, 800))
    text.centred("Letakkan halaman ini di bawah kamera atau di pemindai.", Style(48, 66, 500))
    text.space(150)
    text.qr(CHART, _MODULE)
    text.space(150)
    text.centred("Penggaris: 150 mm", Style(48, 66, 500))
    page.paste(text.picture(), (0, 700))
    left, top = round(30 * _DOTS_PER_MM), 700 + text.y + 20
    for mm in range(151):
        x = left + round(mm * _DOTS_PER_MM)
        draw.rectangle((x, top, x + 2, top + (90 if mm % 10 == 0 else 60 if mm % 5 == 0 else 35)), fill=0)
    out = BytesIO()
    page.save(out, "PDF", resolution=DPI)
    return out.getvalue()
