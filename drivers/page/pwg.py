"""Reads PWG raster (PWG 5102.4), the format that a printer without PDF is sent."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from PIL import Image

_HEADER = 1796
_SYNC = b"RaS2"


def pages_of(data: bytes) -> Iterator[Image.Image]:
    """The pages of a raster file: 8 or 1 bit grey, or 24 bit colour. Raises ValueError when it is something else."""
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


def _rows(data: bytes, at: int, height: int, line_bytes: int, unit: int) -> tuple[bytes, int]:
    out = bytearray()
    while len(out) < height * line_bytes:
        repeat = data[at] + 1
        at += 1
        line = bytearray()
        while len(line) < line_bytes:
            count = data[at]
            at += 1
            if count < 128:
                line += data[at : at + unit] * (count + 1)
                at += unit
            else:
                literal = (257 - count) * unit
                line += data[at : at + literal]
                at += literal
        out += bytes(line[:line_bytes]) * repeat
    return bytes(out[: height * line_bytes]), at
