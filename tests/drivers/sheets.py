"""PDFs to print, handed over, and the sheets of them that came out of a virtual printer."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from drivers.roles import JobHandedOver, PagePrinter
from drivers.virtual.start import Virtual


def pdf(pages: int = 1, mark: int = 0) -> bytes:
    """A4 pages at 100 dpi, each with its number of black squares."""
    drawn: list[Image.Image] = []
    for page in range(1, pages + 1):
        sheet = Image.new("L", (827, 1169), 255)
        draw = ImageDraw.Draw(sheet)
        for square in range(page):
            draw.rectangle((100 + 60 * square, 100 + mark, 140 + 60 * square, 140 + mark), fill=0)
        drawn.append(sheet)
    out = io.BytesIO()
    drawn[0].save(out, "PDF", resolution=100, save_all=True, append_images=drawn[1:])
    return out.getvalue()


def handed_over(printer: PagePrinter, pages: int = 1) -> JobHandedOver:
    """A document of so many pages that the printer has taken."""
    job = printer.submit(pdf(pages), "Dokumen")
    assert isinstance(job, JobHandedOver)
    return job


def sheets(virtual: Virtual) -> int:
    """Every sheet that ever came out."""
    return len(list(virtual.world.out("page").glob("*.png")))
