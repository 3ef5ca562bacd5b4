"""Reads what the driver escpr sends to an Epson ink printer (ESC/P-R), as far as its pages need.

As its library writes it: commands of ESC, a letter, the length of what follows (32 bits, little end first) and a name
of four letters. `setj` says paper, margins and printable area in dots (big end first); `dsnd` is a line: where it
begins, whether it is packed, its length, its pixels of three bytes. Packed as in PackBits, by pixel.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from PIL import Image

_NAMED = b"\x1bq"


@dataclass
class Page:
    """One page of `dpi` dots to the inch: the paper's size and margins (left, upper) in dots, the picture."""

    dpi: int
    paper: tuple[int, int]
    margins: tuple[int, int]
    image: Image.Image

    def sheet(self) -> Image.Image:
        """The whole paper."""
        sheet = Image.new("RGB", self.paper, "white")
        sheet.paste(self.image, self.margins)
        return sheet


def pages(data: bytes, dpi: int) -> list[Page]:
    """The pages of a job. AssertionError when it is none."""
    at, found = data.index(_NAMED), list[Page]()
    paper, margins, size = (0, 0), (0, 0), (0, 0)
    while data[at + 6 : at + 10] != b"endj":
        assert data[at] == 0x1B
        length, name = struct.unpack_from("<I4s", data, at + 2)
        body = data[at + 10 : at + 10 + length]
        at += 10 + length
        if name == b"setj":
            wide, high, top, left, across, down = struct.unpack_from(">IIHHII", body)
            paper, margins, size = (wide, high), (left, top), (across, down)
        elif name == b"sttp":
            found.append(Page(dpi, paper, margins, Image.new("RGB", size, "white")))
        elif name == b"dsnd":
            x, y, packed, count = struct.unpack_from(">HHBH", body)
            line = body[7 : 7 + count]
            pixels = _unpacked(line) if packed else line
            found[-1].image.paste(Image.frombytes("RGB", (len(pixels) // 3, 1), pixels), (x, y))
    return found


def _unpacked(line: bytes) -> bytes:
    out, at = bytearray(), 0
    while at < len(line):
        count = line[at]
        if count < 128:
            out += line[at + 1 : at + 1 + 3 * (count + 1)]
            at += 1 + 3 * (count + 1)
        else:
            out += line[at + 1 : at + 4] * (257 - count)
            at += 4
    return bytes(out)
