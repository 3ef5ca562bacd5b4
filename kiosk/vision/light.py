"""The light on a sheet: how bright, how even, where it is lost in highlights, and whether a corner is covered."""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false, reportUnknownMemberType=false
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.codes import to_grey
from kiosk.vision.types import Image

_PIECES = 20  # into which each side's rim is cut
_RIM = (0.014, 0.045)  # of the shorter side: where the rim's paper is looked at


def brightness(grey: Image) -> float:
    """The paper's median luminance, 0-255."""
    return float(np.median(grey))


def glare(grey: Image, paper: float) -> float:
    """Share of the view that is burnt out: at the sensor's end, clearly above the paper, and larger than a dot."""
    level = min(max(246.0, paper + 22.0), 252.0)
    burnt = (grey >= level).astype(np.uint8)
    burnt = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    share = float(np.count_nonzero(burnt)) / burnt.size
    if paper > 238:  # paper itself is that bright; only where much is at the sensor's end has print been lost
        return share if share > 0.3 else _flat_share(grey)
    return share


def _flat_share(grey: Image) -> float:
    """Where nothing but the sensor's end is seen: bright paper still has its grain."""
    burnt = (grey >= 254).astype(np.uint8)
    burnt = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    return float(np.count_nonzero(burnt)) / burnt.size


def evenness(grey: Image) -> float:
    """The darkest light on the sheet over the brightest, 0-1, taken along its rim.

    Dark things are printed inside; a shadow comes from outside and crosses the rim, where nearly every sheet is bare.
    """
    lights = np.concatenate(_rim(grey))
    low, high = np.percentile(lights, (6, 92))
    return float(low / max(high, 1.0))


def _rim(grey: Image) -> list[NDArray[np.float64]]:
    """The paper's luminance along each side: the upper quarter of each piece, so that print does not count."""
    rows, columns = grey.shape
    first, last = (max(2, round(part * min(rows, columns))) for part in _RIM)
    last = max(last, first + 3)
    strips = (grey[first:last], grey[-last:-first], grey[:, first:last].T, grey[:, -last:-first].T)
    found: list[NDArray[np.float64]] = []
    for strip in strips:
        # even pieces: a column of its own for each, so that one call sorts all of them
        wide = (strip.shape[1] - 2 * last) // _PIECES
        if wide < 1:
            found.append(np.array([float(np.median(strip))]))
            continue
        pieces = strip[:, last : last + wide * _PIECES].reshape(strip.shape[0], _PIECES, wide)
        ordered = np.sort(np.swapaxes(pieces, 0, 1).reshape(_PIECES, -1), axis=1)
        found.append(ordered[:, ordered.shape[1] * 3 // 4].astype(np.float64))
    return found


def covered(view: Image) -> float:
    """How unlike paper the most unlike corner is, 0 alike; about 0.25 and more is a finger or the desk behind a fold.

    Each corner is compared with the rim on both its sides: by colour relative to its own lightness, and by lightness
    where the change is abrupt, for a shadow's edge is soft and has the paper's colour.
    """
    rows, columns = view.shape[:2]
    colour = cv2.GaussianBlur(view, (0, 0), 1.0).astype(np.float32) if view.ndim == 3 else None
    grey = to_grey(view)
    short = min(rows, columns)
    if short < 48:  # too small to tell
        return 0.0
    near, far = max(2, round(0.018 * short)), max(5, round(0.05 * short))
    beside, beyond = round(0.10 * short), round(0.22 * short)
    worst = 0.0
    for turned_rows in (False, True):
        for turned_columns in (False, True):
            step = (slice(None, None, -1 if turned_rows else 1), slice(None, None, -1 if turned_columns else 1))
            light = grey[step]
            corner = light[near:far, near:far]
            one, two = light[near:far, beside:beyond], light[beside:beyond, near:far]
            here = _upper(corner)
            there = [_upper(one), _upper(two)]
            apart = min(abs(here - other) / max(other, 20.0) for other in there)
            if colour is not None:
                tone = colour[step]
                own = _tone(tone[near:far, near:far])
                shift = min(
                    float(np.abs(own - _tone(tone[near:far, beside:beyond])).max()),
                    float(np.abs(own - _tone(tone[beside:beyond, near:far])).max()),
                )
            else:
                shift = 0.0
            worst = max(worst, 2.0 * shift, apart * (1.0 if _abrupt(light[near:beyond, near:beyond]) else 0.0))
    return worst


def _upper(patch: Image) -> float:
    """The upper quartile; of few values sorting is quicker than NumPy's percentile."""
    return float(np.sort(patch, axis=None)[patch.size * 3 // 4])


def _tone(patch: NDArray[np.float32]) -> NDArray[np.float32]:
    """Share of each channel in the patch's light."""
    middle = np.sort(patch.reshape(-1, 3), axis=0)[patch.shape[0] * patch.shape[1] // 2]
    return np.asarray(middle / max(float(middle.sum()), 30.0), np.float32)


def _abrupt(patch: Image) -> bool:
    """Whether lightness jumps somewhere on the diagonal from the corner inward."""
    size = min(patch.shape)
    soft = cv2.GaussianBlur(patch, (0, 0), 1.0).astype(np.float32)
    diagonal = soft[np.arange(size), np.arange(size)]
    reach = max(3, size // 12)
    steps = np.abs(diagonal[reach:] - diagonal[:-reach])
    return float(steps.max(initial=0.0)) > 0.18 * max(float(np.sort(diagonal)[size * 9 // 10]), 30.0)
