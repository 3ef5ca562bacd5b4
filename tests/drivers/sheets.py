"""PDFs to print."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def pdf(pages: int = 1, mark: int = 0) -> bytes:
    """A4 pages at 100 dpi, each with its number of black squares."""
    sheets: list[Image.Image] = []
    for page in range(1, pages + 1):
        sheet = Image.new("L", (827, 1169), 255)
        draw = ImageDraw.Draw(sheet)
        for square in range(page):
            draw.rectangle((100 + 60 * square, 100 + mark, 140 + 60 * square, 140 + mark), fill=0)
        sheets.append(sheet)
    out = io.BytesIO()
    sheets[0].save(out, "PDF", resolution=100, save_all=True, append_images=sheets[1:])
    return out.getvalue()
