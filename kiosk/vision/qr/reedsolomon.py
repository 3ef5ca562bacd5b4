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
    length = len(block)
    if len(erased) > check:
        return None
    syndromes = _syndromes(block, check)
    if not any(syndromes):
        return Repaired(block, 0)
    locator = _locator(syndromes, [length - 1 - place for place in erased])
    degree = len(locator) - 1
    if 2 * (degree - len(erased)) + len(erased) > check:
        return None
    places = _roots(locator, length)
    if len(places) != degree:
        return None
    repaired = _corrected(block, syndromes, locator, places)
    if any(_syndromes(repaired, check)):
        return None
    told = set(erased)
    return Repaired(repaired, sum(1 for place in places if place not in told))


@cache
def _powers(length: int, check: int) -> NDArray[np.intp]:
    return (np.arange(check)[:, None] * np.arange(length - 1, -1, -1)[None, :]) % 255


def _syndromes(block: Words, check: int) -> list[int]:
    there = block != 0
    terms = _EXPS[_LOGS[block[there]][None, :] + _powers(len(block), check)[:, there]]
    return [int(value) for value in np.bitwise_xor.reduce(terms, axis=1)] if there.any() else [0] * check


def _times(one: int, two: int) -> int:
    return _EXP[_LOG[one] + _LOG[two]] if one and two else 0


def _product(one: Sequence[int], two: Sequence[int]) -> list[int]:
    result = [0] * (len(one) + len(two) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            result[i + j] ^= _times(a, b)
    return result


def _locator(syndromes: Sequence[int], erased: Sequence[int]) -> list[int]:
    """Berlekamp's and Massey's algorithm, begun at the erasures' own locator (Blahut, 1983); lowest power first."""
    current = [1]
    for power in erased:
        current = _product(current, [1, _EXP[power % 255]])
    former = list(current)
    length = len(erased)
    for step in range(len(erased), len(syndromes)):
        former = [0, *former]
        gap = 0
        for index, factor in enumerate(current):
            if index <= step:
                gap ^= _times(factor, syndromes[step - index])
        if gap == 0:
            continue
        wide = max(len(current), len(former))
        longer = [
            (current[at] if at < len(current) else 0) ^ _times(gap, former[at] if at < len(former) else 0)
            for at in range(wide)
        ]
        if 2 * length <= step + len(erased):
            inverse = _EXP[255 - _LOG[gap]]
            former = [_times(factor, inverse) for factor in current]
            length = step + 1 + len(erased) - length
        current = longer
    while len(current) > 1 and current[-1] == 0:
        current.pop()
    return current


def _roots(locator: Sequence[int], length: int) -> list[int]:
    """Places in the block whose word is wrong."""
    powers = np.arange(length)  # of the place counted from the end
    total = np.zeros(length, np.uint8)
    for index, factor in enumerate(locator):
        if factor:
            total ^= _EXPS[(_LOG[factor] - index * powers) % 255]
    return [length - 1 - int(power) for power in powers[total == 0]]


def _corrected(block: Words, syndromes: Sequence[int], locator: Sequence[int], places: Sequence[int]) -> Words:
    """Forney's algorithm, for codes whose first root is alpha to the 0."""
    length = len(block)
    evaluator = _product(syndromes, locator)[: len(syndromes)]
    result = block.copy()
    for place in places:
        power = length - 1 - place
        above = below = 0
        for index, factor in enumerate(evaluator):
            if factor:
                above ^= _EXP[(_LOG[factor] - index * power) % 255]
        for index in range(1, len(locator), 2):
            if locator[index]:
                below ^= _EXP[(_LOG[locator[index]] - (index - 1) * power) % 255]
        if below == 0:
            return block
        result[place] ^= _times(_times(above, _EXP[power % 255]), _EXP[255 - _LOG[below]])
    return result
