"""Reads what a driver's filter is given: CUPS raster, version 3 (cups/raster.h: cups_page_header2_t)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

_HEADER = 1796
_POINTS = 72
#: cupsColorSpace: of these 0 is ink, in the others 0 is white (cups_cspace_t).
_LIGHT = frozenset({0, 1, 18, 19})


@dataclass(frozen=True)
class RasterPage:
    """One page. `paper`: width and height in mm; `dpi`: across, down."""

    image: Image.Image
    dpi: tuple[int, int]
    paper: tuple[float, float]
    margins: tuple[float, float]
    copies: int
    duplex: bool

    def sheet(self) -> Image.Image:
        """The whole paper, with the page where its margins (left, upper; in points) put it."""
        across, down = self.dpi
        size = (round(self.paper[0] / 25.4 * across), round(self.paper[1] / 25.4 * down))
        sheet = Image.new("L", size, 255)
        sheet.paste(
            self.image.convert("L"),
            (round(self.margins[0] / _POINTS * across), round(self.margins[1] / _POINTS * down)),
        )
        return sheet


def pages(data: bytes) -> Iterator[RasterPage]:
    """The pages of a file in this machine's byte order, as filters write it for one another."""
    assert data[:4] == struct.pack("=I", 0x52615333), "RaS3, not packed"
    at = 4
    while at < len(data):
        header = data[at : at + _HEADER]
        at += _HEADER
        dpi = struct.unpack_from("=II", header, 276)
        duplex, copies = struct.unpack_from("=I", header, 272)[0], struct.unpack_from("=I", header, 340)[0]
        width, height = struct.unpack_from("=II", header, 372)
        bits, line_bytes, order, space = struct.unpack_from("=IIII", header, 388)
        paper = struct.unpack_from("=ff", header, 428)
        box = struct.unpack_from("=ffff", header, 436)
        assert order == 0, "pixel by pixel"
        rows = data[at : at + height * line_bytes]
        at += len(rows)
        mode = {1: "1", 8: "L", 24: "RGB"}[bits]
        raw = mode if space in _LIGHT else f"{mode};I"
        image = Image.frombytes(mode, (width, height), rows, "raw", raw, line_bytes)
        sides = (paper[0] / _POINTS * 25.4, paper[1] / _POINTS * 25.4)
        yield RasterPage(image, dpi, sides, (box[0], paper[1] - box[3]), copies, bool(duplex))
