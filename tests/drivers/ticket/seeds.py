"""Bytes as ticket printers say them, to begin from.

Entry points: `drivers.ticket.answers.Sorter().feed(bytes)`, and `drivers.ticket.answers.status(int, int, int | None)`.
"""

from __future__ import annotations

SEEDS: tuple[bytes, ...] = (
    b"\x12",  # DLE EOT: all is well
    b"\x16\x12",
    b"\x1a\x16\x1a\x7e",  # drawer, cover, cutter, paper
    b"\x00",  # GS r: paper
    b"\x03",
    b"\x10\x00\x00\x0f",  # ASB: all is well
    b"\x18\x08\x00\x0f",  # cutter
    b"\x38\x00\x0c\x0f",  # cover and paper
    b"\x10\x00\x12\x00\x0f",  # a real-time answer inside a frame
    b"\x10\x00",  # half of a frame
    b"\x10\x00\x10\x00\x00\x0f",  # half, and a whole one
    b"\x11\x13\x11",  # XON, XOFF
    b"\xff\x80\x93",  # noise
    b"",
)
