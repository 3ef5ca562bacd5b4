"""Valid inputs of the scanner's parser, from which a fuzzer begins."""

from __future__ import annotations

from collections.abc import Callable

from drivers.scanner.pnm import whole_page

SANE = b"# SANE data follows\n"
PNM: tuple[bytes, ...] = (
    b"P6\n2 3\n255\n" + bytes(range(18)),
    b"P6\n" + SANE + b"4 2\n255\n" + bytes(24),
    b"P5\n" + SANE + b"5 2\n255\n" + bytes(range(10)),
    b"P4\n" + SANE + b"10 2\n" + b"\xff\xc0\x00\x00",
)

SEEDS: tuple[tuple[Callable[[bytes], object], tuple[bytes, ...]], ...] = ((whole_page, PNM),)
