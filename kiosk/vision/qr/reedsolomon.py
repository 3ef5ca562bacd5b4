"""Reed-Solomon over GF(256) as QR uses it (ISO/IEC 18004:2015, 7.5.2): errors and erasures corrected together.

Decoders that read QR correct errors only: half as many as there are check words. A codeword known to be doubtful counts
half of that when it is told so, which is what glare and toner gaps call for. The price: the more is erased, the fewer
check words are left to tell a right repair from a lucky one. :func:`luck` says how lucky, and the caller decides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint8]

_EXP = [0] * 512
_LOG = [0] * 256
_value = 1
for _power in range(255):
    _EXP[_power] = _EXP[_power + 255] = _value
    _LOG[_value] = _power
    _value = (_value << 1) ^ (0x11D if _value & 0x80 else 0)
_EXPS = np.asarray(_EXP, np.uint8)
_LOGS = np.asarray(_LOG, np.intp)
_TIMES = [bytes(_EXP[_LOG[one] + _LOG[two]] if one and two else 0 for two in range(256)) for one in range(256)]
"""A table for each factor: bytes.translate multiplies a whole polynomial by it in a tenth of a microsecond."""


@dataclass(frozen=True)
class Repaired:
    """A block without errors, and how many words were wrong that had not been told to be doubtful."""

    words: Words
    errors: int


def luck(length: int, check: int, erased: int, errors: int) -> float:
    """log10 of the chance that a random block is "repaired" with so many erasures and errors.

    Words within reach of one codeword, over all words that the check words left can tell apart.
    """
    left = check - erased
    found = math.comb(length - erased, errors)
    return math.log10(found) + errors * math.log10(255) - left * math.log10(256)


def repair(block: Words, check: int, erased: Sequence[int] = ()) -> Repaired | None:
    """The block's nearest codeword, or None where `2 * errors + erased` exceeds `check`.

    `block`: data and `check` check words, at most 255. `erased`: places whose words are not to be trusted.
    """
    return repair_with(block, syndromes(block, check), erased)


def repair_with(block: Words, given: bytes, erased: Sequence[int] = ()) -> Repaired | None:
    """As repair(), with the block's syndromes: the same for every choice of what is erased."""
    length, check = len(block), len(given)
    if len(erased) > check:
        return None
    if not any(given):
        return Repaired(block, 0)
    located = _locator(given, [length - 1 - place for place in erased])
    if located is None:
        return None
    places = _roots(located, length)
    if len(places) != len(located) - 1:
        return None
    repaired = _corrected(block, given, located, places)
    if any(syndromes(repaired, check)):
        return None
    told = set(erased)
    return Repaired(repaired, sum(1 for place in places if place not in told))


@cache
def _powers(length: int, check: int) -> NDArray[np.intp]:
    return (np.arange(check)[:, None] * np.arange(length - 1, -1, -1)[None, :]) % 255


def syndromes(block: Words, check: int) -> bytes:
    """The block's value at the generator's roots; all zero for a codeword."""
    there = block != 0
    if not there.any():
        return bytes(check)
    terms = _EXPS[_LOGS[block[there]][None, :] + _powers(len(block), check)[:, there]]
    return np.bitwise_xor.reduce(terms, axis=1).astype(np.uint8).tobytes()


def _scaled(polynomial: int, factor: int, room: int) -> int:
    """A polynomial (its lowest power in the lowest byte) times a number, in `room` bytes."""
    return int.from_bytes(polynomial.to_bytes(room, "little").translate(_TIMES[factor]), "little")


def _locator(given: bytes, erased: Sequence[int]) -> bytes | None:
    """The polynomial whose roots are the wrong places, lowest power first; None where there are too many of them.

    Forney's syndromes take the erasures out, Berlekamp's and Massey's algorithm (1969) finds the rest. All that is to
    be known of the next step is carried along as a polynomial of its own, so that each step is one multiplication of
    whole polynomials by a number.
    """
    check = len(given)
    mask = (1 << 8 * check) - 1
    erasures, left = 1, int.from_bytes(given, "little")
    for power in erased:
        root = _EXP[power % 255]
        erasures ^= _scaled(erasures, root, check + 1) << 8
        left ^= _scaled(left, root, check) << 8 & mask
    left >>= 8 * len(erased)
    steps = check - len(erased)
    mask = (1 << 8 * steps) - 1
    current = former = 1
    gaps = former_gaps = left
    degree, shift, scale = 0, 1, 1
    room = 2 * check + 2
    for step in range(steps):
        gap = gaps >> 8 * step & 0xFF
        if gap == 0:
            shift += 1
            continue
        factor = _EXP[_LOG[gap] + 255 - _LOG[scale]]
        bent = current ^ _scaled(former, factor, room) << 8 * shift
        bent_gaps = (gaps ^ _scaled(former_gaps, factor, steps) << 8 * shift) & mask
        if 2 * degree <= step:
            former, former_gaps = current, gaps
            degree, scale, shift = step + 1 - degree, gap, 1
        else:
            shift += 1
        current, gaps = bent, bent_gaps
    if 2 * degree > steps or (current.bit_length() + 7) // 8 != degree + 1:
        return None
    return _product(erasures, current, check)


def _product(one: int, two: int, check: int) -> bytes:
    result, room = 0, check + 1
    for at, factor in enumerate(two.to_bytes(room, "little").rstrip(b"\0")):
        result ^= _scaled(one, factor, room) << 8 * at
    return result.to_bytes(2 * room, "little").rstrip(b"\0")


@cache
def _evaluated(degree: int, length: int) -> NDArray[np.intp]:
    return (255 * degree - np.arange(degree + 1)[:, None] * np.arange(length)[None, :]) % 255


def _roots(locator: bytes, length: int) -> list[int]:
    """Places in the block whose word is wrong."""
    factors = np.frombuffer(locator, np.uint8)
    terms = _EXPS[_LOGS[factors][:, None] + _evaluated(len(factors) - 1, length)]
    terms[factors == 0] = 0
    powers = np.flatnonzero(np.bitwise_xor.reduce(terms, axis=0) == 0)  # of the place counted from the end
    return [length - 1 - int(power) for power in powers]


def _times(one: int, two: int) -> int:
    return _TIMES[one][two]


def _corrected(block: Words, given: bytes, locator: bytes, places: Sequence[int]) -> Words:
    """Forney's algorithm, for codes whose first root is alpha to the 0."""
    length, check = len(block), len(given)
    evaluator = 0
    for at, factor in enumerate(locator):
        evaluator ^= _scaled(int.from_bytes(given, "little"), factor, check) << 8 * at
    above_factors = (evaluator & (1 << 8 * check) - 1).to_bytes(check, "little")
    result = block.copy()
    for place in places:
        power = length - 1 - place
        above = below = 0
        for index, factor in enumerate(above_factors):
            if factor:
                above ^= _EXP[(_LOG[factor] - index * power) % 255]
        for index in range(1, len(locator), 2):
            if locator[index]:
                below ^= _EXP[(_LOG[locator[index]] - (index - 1) * power) % 255]
        if below == 0:
            return block
        result[place] ^= _times(_times(above, _EXP[power % 255]), _EXP[255 - _LOG[below]])
    return result
