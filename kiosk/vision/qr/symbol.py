"""What a QR symbol is made of (ISO/IEC 18004:2015): where its bits lie, how they are masked, blocked and protected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray
from segno import consts

Bits = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

_NAMED = {
    "L": consts.ERROR_LEVEL_L,
    "M": consts.ERROR_LEVEL_M,
    "Q": consts.ERROR_LEVEL_Q,
    "H": consts.ERROR_LEVEL_H,
}

LEVELS = "MLHQ"
"""Error correction level by its two bits in the format information (table 12)."""


@dataclass(frozen=True)
class Layout:
    """One version's plan, in modules; row and column 0 at the symbol's top left.

    `function`: what is not data. `dark`: the colours of finders, separators, timing and alignment patterns and of the
    one dark module; `fixed`: where `dark` holds. `places`: row and column of each data bit in the order of placement.
    `centres`: the alignment patterns' middles.
    """

    version: int
    size: int
    function: Flags
    fixed: Flags
    dark: Flags
    places: Places
    centres: tuple[tuple[int, int], ...]


class _Blocks(Protocol):
    """What the symbol writer's table says of blocks of one shape."""

    num_blocks: int
    num_total: int
    num_data: int


@dataclass(frozen=True)
class Block:
    """One Reed-Solomon block: which of the transmitted codewords it holds, and how many of them are data."""

    codewords: Places
    data: int


def size_of(version: int) -> int:
    """Modules along a side."""
    return 17 + 4 * version


def finder_corners(size: int) -> list[tuple[int, int]]:
    """x and y in modules of the finders' corners: top left, top right, bottom left; each clockwise from its own."""
    starts = ((0, 0), (size - 7, 0), (0, size - 7))
    return [(x + dx, y + dy) for x, y in starts for dx, dy in ((0, 0), (7, 0), (7, 7), (0, 7))]


@cache
def layout(version: int) -> Layout:
    """The plan of versions 1 to 40."""
    size = size_of(version)
    function, fixed, dark = (np.zeros((size, size), np.bool_) for _ in range(3))
    ring = np.maximum(np.abs(np.arange(9) - 4)[:, None], np.abs(np.arange(9) - 4)[None, :])
    finder = (ring <= 1) | (ring == 3)
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        for y in range(-1, 8):
            for x in range(-1, 8):
                if 0 <= row + y < size and 0 <= column + x < size:
                    fixed[row + y, column + x] = True
                    dark[row + y, column + x] = finder[y + 1, x + 1]
    centres = _centres(version)
    for row, column in centres:
        fixed[row - 2 : row + 3, column - 2 : column + 3] = True
        dark[row - 2 : row + 3, column - 2 : column + 3] = ring[2:7, 2:7] != 1
    for at in range(8, size - 8):
        fixed[6, at] = fixed[at, 6] = True
        dark[6, at] = dark[at, 6] = at % 2 == 0
    fixed[size - 8, 8] = dark[size - 8, 8] = True
    function |= fixed
    function[8, :9] = function[:9, 8] = function[8, size - 8 :] = function[size - 8 :, 8] = True
    if version >= 7:
        function[:6, size - 11 : size - 8] = function[size - 11 : size - 8, :6] = True
    return Layout(version, size, function, fixed, dark, _places(function), centres)


def _centres(version: int) -> tuple[tuple[int, int], ...]:
    if version == 1:
        return ()
    at = cast("tuple[int, ...]", consts.ALIGNMENT_POS[version - 2])
    first, last = at[0], at[-1]
    corners = {(first, first), (first, last), (last, first)}
    return tuple((row, column) for row in at for column in at if (row, column) not in corners)


def _places(function: Flags) -> Places:
    """Upwards and downwards in pairs of columns from the right, past the timing column (7.7.3)."""
    size = len(function)
    order: list[tuple[int, int]] = []
    up = True
    right = size - 1
    while right > 0:
        if right == 6:
            right -= 1
        rows = range(size - 1, -1, -1) if up else range(size)
        for row in rows:
            order.extend((row, column) for column in (right, right - 1) if not function[row, column])
        up = not up
        right -= 2
    return np.asarray(order, np.intp)


@cache
def mask(version: int, number: int) -> Flags:
    """Data mask pattern 0 to 7 over the whole symbol (table 10)."""
    size = size_of(version)
    i, j = np.mgrid[0:size, 0:size]
    rule = (
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        (i * j) % 2 + (i * j) % 3,
        ((i * j) % 2 + (i * j) % 3) % 2,
        ((i + j) % 2 + (i * j) % 3) % 2,
    )[number]
    return np.asarray(rule == 0, np.bool_)


@cache
def blocks(version: int, level: str) -> tuple[Block, ...]:
    """The symbol's blocks, their codewords by their number in the transmitted, interleaved order (7.6)."""
    table = cast("dict[int, dict[int, tuple[_Blocks, ...]]]", getattr(consts, "ECC"))  # noqa: B009 - it has no types
    infos = table[version][_NAMED[level]]
    shapes = [(info.num_total, info.num_data) for info in infos for _ in range(info.num_blocks)]
    members: list[list[int]] = [[] for _ in shapes]
    number = 0
    for at in range(max(data for _, data in shapes)):
        for index, (_, data) in enumerate(shapes):
            if at < data:
                members[index].append(number)
                number += 1
    for at in range(max(total - data for total, data in shapes)):
        for index, (total, data) in enumerate(shapes):
            if at < total - data:
                members[index].append(number)
                number += 1
    return tuple(Block(np.asarray(numbers, np.intp), data) for numbers, (_, data) in zip(members, shapes, strict=True))


@cache
def format_places(version: int) -> tuple[Places, Places]:
    """Row and column of the 15 format bits, the most significant first, of both copies (figure 25)."""
    size = size_of(version)
    first = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8)]
    first += [(7, 8), (5, 8), (4, 8), (3, 8), (2, 8), (1, 8), (0, 8)]
    second = [(size - 1 - at, 8) for at in range(7)] + [(8, size - 8 + at) for at in range(8)]
    return np.asarray(first, np.intp), np.asarray(second, np.intp)


@cache
def format_words() -> NDArray[np.int8]:
    """The 32 words of the format information, masked, as signs: +1 dark, -1 light; a row's number is level and mask."""
    words = np.zeros((32, 15), np.int8)
    for value in range(32):
        rest = value << 10
        for bit in range(14, 9, -1):
            if rest >> bit & 1:
                rest ^= 0x537 << (bit - 10)
        word = ((value << 10) | rest) ^ 0x5412
        words[value] = [1 if word >> (14 - bit) & 1 else -1 for bit in range(15)]
    return words


@cache
def version_words() -> NDArray[np.int8]:
    """The words of the version information of versions 7 to 40 as signs, bit 17 first (annex D)."""
    words = np.zeros((34, 18), np.int8)
    for version in range(7, 41):
        rest = version << 12
        for bit in range(17, 11, -1):
            if rest >> bit & 1:
                rest ^= 0x1F25 << (bit - 12)
        word = (version << 12) | rest
        words[version - 7] = [1 if word >> (17 - bit) & 1 else -1 for bit in range(18)]
    return words


@cache
def version_places(version: int) -> tuple[Places, Places]:
    """Row and column of the 18 version bits, bit 17 first, of both copies (figure 28)."""
    size = size_of(version)
    upper = [(bit // 3, size - 11 + bit % 3) for bit in range(17, -1, -1)]
    return np.asarray(upper, np.intp), np.asarray([(column, row) for row, column in upper], np.intp)
