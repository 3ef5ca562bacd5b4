"""Pages as `scanimage --format=pnm` writes them. Pure: bytes in, pixels or the reason out.

Netpbm's `pgm(5)`, `ppm(5)` and `pbm(5)`: a magic number, decimal fields parted by white space or `#` comments, one
white-space character, then exactly the pixels. A back-end that loses its scanner leaves a whole header and some of the
rows; whoever pads those out makes a page of what is none, so a picture is only taken when every byte is there.
"""

from __future__ import annotations

import re

import numpy as np

from drivers.roles import Fault, Pixels
from drivers.roles.scanner import ScanMode

#: Bytes that a picture may have: A4 in colour at 600 dpi has 105 million.
LARGEST = 128 << 20
_LONGEST_SIDE = 20_000  # pixels; A3 at 1200 dpi
_FIELD = rb"(?:\s|#[^\n]{0,200}\n){1,8}(\d{1,6})"
_HEADER = re.compile(rb"P([56])" + _FIELD + _FIELD + _FIELD + rb"\s")
_BITMAP = re.compile(rb"P(4)" + _FIELD + _FIELD + rb"\s")

EMPTY, BROKEN, HALF, TOO_LARGE = Fault("empty"), Fault("picture"), Fault("half"), Fault("too-large")


def whole_page(data: bytes) -> Pixels | Fault:
    """The page, blue first; Fault "empty", "picture" (none of ours), "half" (rows are missing), "too-large"."""
    if not data:
        return EMPTY
    if len(data) > LARGEST:
        return TOO_LARGE
    head = _BITMAP.match(data[:4096]) or _HEADER.match(data[:4096])
    if head is None:
        return BROKEN
    kind, columns, rows = int(head[1]), int(head[2]), int(head[3])
    if kind != 4 and int(head[4]) != 255:
        return BROKEN
    if not (columns and rows):
        return EMPTY
    if max(columns, rows) > _LONGEST_SIDE:
        return TOO_LARGE
    width = {4: (columns + 7) // 8, 5: columns, 6: columns * 3}[kind]
    if width * rows > LARGEST:
        return TOO_LARGE
    pixels = np.frombuffer(data, np.uint8, offset=head.end())
    if pixels.size != width * rows:
        return HALF if pixels.size < width * rows else BROKEN
    return _in_colour(pixels.reshape(rows, width), kind, columns)


def mode_of(data: bytes) -> ScanMode | None:
    """What a whole page is, by its magic number."""
    return {b"P4": ScanMode.LINEART, b"P5": ScanMode.GREY, b"P6": ScanMode.COLOUR}.get(data[:2])


def _in_colour(rows: Pixels, kind: int, columns: int) -> Pixels:
    if kind == 6:
        return np.ascontiguousarray(rows.reshape(len(rows), columns, 3)[:, :, ::-1])
    if kind == 4:  # a set bit is black
        rows = np.where(np.unpackbits(rows, axis=1)[:, :columns], np.uint8(0), np.uint8(255))
    return np.repeat(rows[:, :, None], 3, axis=2)
