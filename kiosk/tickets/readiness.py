"""The papers of a technician's test: a test slip, a test page with a chart, and the slip that says what is ready.

Nothing personal stands on any of them.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from PIL import Image, ImageDraw

from kiosk.tickets.a4 import DPI, PAGE
from kiosk.tickets.content import Place, day_of
from kiosk.tickets.paper import Paper, Style
from kiosk.tickets.slip import Width, measures_of

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


def trial_slip(width: Width = 576) -> Image.Image:
    """One slip with a code and the paper's own width, to look at."""
    m = measures_of(width)
    paper = Paper(m.width, m.margin, m.top)
    paper.motif(m.motif)
    paper.space(m.brand_gap)
    paper.centred("Cetakan uji", m.brand)
    paper.space(m.quiet)
    paper.qr(CHART, m.module)
    paper.space(m.quiet)
    paper.centred(f"{width} titik", m.fact)
    paper.centred("Garis di bawah harus utuh dari tepi ke tepi.", m.note)
    paper.space(10)
    paper.rule(3)
    paper.space(26)
    return paper.picture()


def readiness(
    place: Place | None, rows: tuple[tuple[str, bool, str], ...], at: datetime, width: Width = 576
) -> Image.Image:
    """`rows`: role, whether it is ready, and its figures or what is the matter, in words for a person."""
    m = measures_of(width)
    paper = Paper(m.width, m.margin, m.top)
    paper.motif(m.motif)
    paper.space(m.brand_gap)
    paper.centred("Pro Desaku", m.brand)
    for line in (place.village, place.district, place.regency) if place else ():
        paper.centred(line, m.place)
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
    paper.space(16)
    paper.motif(m.motif)
    paper.space(26)
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
