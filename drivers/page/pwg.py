"""Reads what a printer without PDF is sent: PWG raster (PWG 5102.4) and its near relation URF (AirPrint).

URF has no public standard; its layout is as CUPS' own filters write it. CUPS 2.4.10 makes no queue for a printer that
speaks PWG raster alone, and sends URF to one that speaks both.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from PIL import Image

_HEADER = 1796
_SYNC = b"RaS2"
_URF = b"UNIRAST\0"
_URF_PAGE = 32
_REST_WHITE = 128


def pages_of(data: bytes) -> Iterator[Image.Image]:
    """The pages of a raster file: 8 or 1 bit grey, or 24 bit colour. Raises ValueError when it is something else."""
    if data[: len(_URF)] == _URF:
        yield from _urf_pages(data)
        return
    if data[:4] != _SYNC:
        raise ValueError("not PWG raster")
    at = 4
    while at + _HEADER <= len(data):
        header = data[at : at + _HEADER]
        at += _HEADER
        dpi_x, dpi_y = struct.unpack_from(">II", header, 276)
        width, height = struct.unpack_from(">II", header, 372)
        bits, line_bytes = struct.unpack_from(">4xI I", header, 384)
        rows, at = _rows(data, at, height, line_bytes, max(bits // 8, 1))
        mode = {1: "1", 8: "L", 24: "RGB"}.get(bits)
        if mode is None:
            raise ValueError("an unexpected kind of pixel")
        inverted = struct.unpack_from(">I", header, 400)[0] == 3  # black colour space: 1 is ink
        page = Image.frombytes(mode, (width, height), rows, "raw", "1;I" if mode == "1" and inverted else mode)
        page.info["dpi"] = (dpi_x, dpi_y)
        yield page


def _urf_pages(data: bytes) -> Iterator[Image.Image]:
    at = len(_URF) + 4  # the count of pages may be unknown to who wrote it
    while at + _URF_PAGE <= len(data):
        bits = data[at]
        width, height, dpi = struct.unpack_from(">III", data, at + 12)
        at += _URF_PAGE
        mode = {8: "L", 24: "RGB"}.get(bits)
        if mode is None:
            raise ValueError("an unexpected kind of pixel")
        rows, at = _rows(data, at, height, width * bits // 8, bits // 8, white=True)
        page = Image.frombytes(mode, (width, height), rows)
        page.info["dpi"] = (dpi, dpi)
        yield page


def _rows(data: bytes, at: int, height: int, line_bytes: int, unit: int, *, white: bool = False) -> tuple[bytes, int]:
    """Lines of PackBits by pixel; with `white` the code 128 fills the rest of the line (URF)."""
    out = bytearray()
    while len(out) < height * line_bytes:
        repeat = data[at] + 1
        at += 1
        line = bytearray()
        while len(line) < line_bytes:
            count = data[at]
            at += 1
            if count == _REST_WHITE and white:
                line += b"\xff" * (line_bytes - len(line))
            elif count < 128:
                line += data[at : at + unit] * (count + 1)
                at += unit
            else:
                literal = (257 - count) * unit
                line += data[at : at + literal]
                at += literal
        out += bytes(line[:line_bytes]) * repeat
    return bytes(out[: height * line_bytes]), at
