"""From module values to codewords without errors: format, mask, blocks, and repair that knows which words to doubt."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.qr import reedsolomon
from kiosk.vision.qr.symbol import LEVELS, Flags, Layout, blocks, format_places, format_words, mask

Floats = NDArray[np.float32]

LUCK = -8.0
"""log10 of the largest chance that a block's repair may be accidental."""

_SHARES = (0.3, 0.5, 0.65, 0.75, 0.85)
"""Parts of the check words spent on erasures, one try each."""


@dataclass(frozen=True)
class Symbol:
    """A symbol whose every block could be repaired: its modules, true for dark, and what the repair took."""

    modules: Flags
    level: str
    luck: float
    """log10 of the chance that the weakest block's repair is accidental."""
    erased: int
    errors: int


def formats(sure: Floats, plan: Layout, most: int = 2) -> list[tuple[str, int]]:
    """Level and mask, the likeliest first, from both copies of the format information together."""
    first, second = format_places(plan.version)
    seen = sure[first[:, 0], first[:, 1]] + sure[second[:, 0], second[:, 1]]
    scores = format_words().astype(np.float32) @ seen
    order = np.argsort(-scores)
    best = float(scores[order[0]])
    likely = [int(word) for word in order[:most] if scores[word] > 0.9 * best]
    return [(LEVELS[word >> 3], word & 7) for word in likely]


def repaired(sure: Floats, plan: Layout) -> Symbol | None:
    """The symbol in module values (+1 dark, -1 light), or None where some block stays beyond repair."""
    for level, number in formats(sure, plan):
        symbol = _repaired(sure, plan, level, number)
        if symbol is not None:
            return symbol
    return None


def _repaired(sure: Floats, plan: Layout, level: str, number: int) -> Symbol | None:
    masked = mask(plan.version, number)
    rows, columns = plan.places[:, 0], plan.places[:, 1]
    seen = sure[rows, columns] * np.where(masked[rows, columns], -1.0, 1.0)
    count = len(seen) // 8
    bits = seen[: count * 8].reshape(count, 8)
    words = np.packbits(bits > 0, axis=1)[:, 0]
    # a word is as sure as its least sure bit, and least of all where a stain may lie
    doubt = 1 - np.abs(bits).min(axis=1)
    stains = _stained(sure, plan)[rows, columns][: count * 8].reshape(count, 8).mean(axis=1)
    doubts = [doubt, np.maximum(doubt, 0.4) + 2 * stains] if stains.any() else [doubt]
    result = words.copy()
    worst, erased, errors = -99.0, 0, 0
    for block in blocks(plan.version, level):
        check = len(block.codewords) - block.data
        found = _block(words[block.codewords], [doubt[block.codewords] for doubt in doubts], check)
        if found is None:
            return None
        result[block.codewords], luck, more_erased, more_errors = found
        worst, erased, errors = max(worst, luck), erased + more_erased, errors + more_errors
    modules = np.where(plan.fixed, plan.dark, sure > 0)
    right = np.unpackbits(result).astype(np.bool_)
    modules[rows[: count * 8], columns[: count * 8]] = right ^ masked[rows[: count * 8], columns[: count * 8]]
    for places in format_places(plan.version):
        word = format_words()[LEVELS.index(level) << 3 | number]
        modules[places[:, 0], places[:, 1]] = word > 0
    return Symbol(np.asarray(modules, np.bool_), level, worst, erased, errors)


def _stained(sure: Floats, plan: Layout) -> Floats:
    """1 for data modules in squares of 3 by 3 that have one colour throughout, which masking leaves to 1 in 250."""
    signs = np.where(sure > 0, np.float32(1), np.float32(-1))
    signs[plan.function] = 0
    total = np.abs(cv2.boxFilter(signs, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT))
    return np.asarray(cv2.dilate((total > 8.5).astype(np.float32), np.ones((3, 3), np.uint8)), np.float32)


def _block(
    words: reedsolomon.Words, doubts: list[NDArray[np.floating]], check: int
) -> tuple[reedsolomon.Words, float, int, int] | None:
    # without erasures too: the smallest symbols keep check words back for this (ISO/IEC 18004, table 9, p), and many
    # squares that are no symbols are tried on one picture
    given = reedsolomon.syndromes(words, check)
    found = reedsolomon.repair_with(words, given)
    if found is not None:
        luck = reedsolomon.luck(len(words), check, 0, found.errors)
        return (found.words, luck, 0, found.errors) if luck <= LUCK else None
    for doubt in doubts:
        order = np.argsort(-doubt)
        before = 0
        for share in _SHARES:
            erased = [int(place) for place in order[: int(share * check)] if doubt[place] > 0.3]
            if len(erased) <= before:
                continue
            before = len(erased)
            found = reedsolomon.repair_with(words, given, erased)
            if found is None:
                continue
            luck = reedsolomon.luck(len(words), check, len(erased), found.errors)
            if luck <= LUCK:
                return found.words, luck, len(erased), found.errors
    return None
