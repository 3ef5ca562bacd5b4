"""The ticket on a sheet of A4, for when the ticket printer cannot: the same words, larger, with lines to cut along."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from kiosk.tickets.content import SlipContent
from kiosk.tickets.measures import WIDE
from kiosk.tickets.paper import Paper, Style
from kiosk.tickets.slip import write_ticket

DPI = 300
PAGE = (2480, 3508)  # 210 × 297 mm
_EDGE = 120  # about 10 mm that every printer can reach
_WIDTH = 576  # units, as on paper of 80 mm
_SCALES = (2.0, 1.9, 1.8, 1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0)
_NOTE = ("Potong pada garis. Tiket di kertas biasa ini", "sama berlakunya dengan tiket dari mesin.")


def ticket_a4(content: SlipContent) -> bytes:
    """One A4 page as PDF, one bit a dot at 300 dpi. The module of its QR is a whole number of dots, 1.7 mm at best.

    The bytes hold the ticket's key: they go to the printer and nowhere else.
    """
    page = page_of(content)
    out = BytesIO()
    page.save(out, "PDF", resolution=DPI)
    return out.getvalue()


def page_of(content: SlipContent) -> Image.Image:
    """The page as a picture: the ticket in the middle of the top, a broken line around it, a note below."""
    note = Paper(PAGE[0], _EDGE, 40)
    for line in _NOTE:
        note.centred(line, Style(44, 62, 600))
    room = PAGE[1] - 2 * _EDGE - note.y
    strip = next((paper for scale in _SCALES if (paper := _strip(content, scale)).y <= room), None)
    if strip is None:
        raise ValueError("more documents than a ticket can hold")
    picture = strip.picture()
    page = Image.new("1", PAGE, 1)
    left = (PAGE[0] - picture.width) // 2
    page.paste(picture, (left, _EDGE))
    _cut_line(page, (left - 12, _EDGE - 12, left + picture.width + 12, _EDGE + picture.height + 12))
    page.paste(note.picture(), (0, _EDGE + picture.height + 14))
    return page


def _strip(content: SlipContent, scale: float) -> Paper:
    paper = Paper(round(_WIDTH * scale), WIDE.margin, WIDE.top, scale)
    write_ticket(content, paper, WIDE)
    return paper


def _cut_line(page: Image.Image, box: tuple[int, int, int, int], dash: int = 24, gap: int = 18) -> None:
    draw = ImageDraw.Draw(page)
    left, top, right, bottom = box
    for x in range(left, right, dash + gap):
        for y in (top, bottom):
            draw.rectangle((x, y, min(x + dash, right), y + 2), fill=0)
    for y in range(top, bottom, dash + gap):
        for x in (left, right):
            draw.rectangle((x, y, x + 2, min(y + dash, bottom)), fill=0)
