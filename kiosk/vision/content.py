"""What is on a sheet, without reading it: anything at all, which way its lines run, which end is up, any colour."""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false, reportUnknownMemberType=false
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image

_RIM = 0.03  # of the shorter side, not looked at: edges, staples, the rim of a fold
_STRIP = 96  # pixels: lines stay lines over so much of a page that is not quite flat
_INK = 0.07  # of the paper's light: darker by so much is print
_FAINT = 0.4  # of the darkest print: as dark is still print
_LINES = 6  # fewer tell nothing
_COLOUR = 0.12  # difference of channels over the paper's own


def ink(grey: Image) -> NDArray[np.float32]:
    """How much darker than the paper around each pixel is, 0-1, shade and uneven light divided out."""
    margin = round(_RIM * min(grey.shape))
    inner = grey[margin:-margin, margin:-margin]
    shrunk = cv2.resize(inner, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.morphologyEx(shrunk, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), (0, 0), 3)
    paper = cv2.resize(paper, (inner.shape[1], inner.shape[0]), interpolation=cv2.INTER_LINEAR)
    soft = cv2.GaussianBlur(inner, (3, 3), 0.8)
    return np.asarray(1 - soft.astype(np.float32) / np.maximum(paper, 1), np.float32)


def written(darker: NDArray[np.float32]) -> float:
    """Share of the sheet that is print or writing. A bare side has next to none, a pale form a few in a thousand."""
    few = darker[::3, ::3]
    spread = float(np.percentile(np.abs(few - np.median(few)), 70))  # grain of the sensor and of the paper
    mask = (darker > max(_INK, 5 * spread)).astype(np.uint8)
    return float(np.count_nonzero(mask)) / mask.size


def lines_run(darker: NDArray[np.float32]) -> float:
    """Natural logarithm of how much more the sheet is striped from top to bottom than from side to side.

    Above zero lines of text lie level, below they stand; near zero nothing can be told.
    """
    clipped = np.clip(darker, 0, 0.5)
    level, upright = _striped(clipped), _striped(clipped.T)
    return float(np.log((level + 1e-7) / (upright + 1e-7)))


def _striped(darker: NDArray[np.float32]) -> float:
    """Energy of the row profiles of strips of the sheet, slow changes left out."""
    count = max(1, darker.shape[1] // _STRIP)
    total = 0.0
    for strip in np.array_split(darker, count, axis=1):
        profile = strip.mean(axis=1)
        slow = cv2.blur(profile.reshape(-1, 1), (1, 25)).ravel()
        total += float(np.mean((profile - slow) ** 2))
    return total / count


def upright(darker: NDArray[np.float32]) -> float:
    """Which end of level lines is up: above zero as it lies, below upside down, 0 not known; -1 to 1.

    Lines of Latin script begin at one margin and end anywhere: the share of lines that begin together, less the share
    that end together. Justified, centred and very little text tell nothing, and say so by a value near 0.
    """
    rows, columns = darker.shape
    strong = (darker > max(_FAINT * float(np.percentile(darker[::2, ::2], 99)), 2 * _INK * _FAINT)).astype(np.uint8)
    tall = cv2.morphologyEx(strong, cv2.MORPH_OPEN, np.ones((max(9, round(0.05 * rows)), 1), np.uint8))
    long = cv2.morphologyEx(strong, cv2.MORPH_OPEN, np.ones((1, max(15, round(0.08 * columns))), np.uint8))
    strong[cv2.dilate(cv2.bitwise_or(tall, long), np.ones((3, 3), np.uint8)) > 0] = 0  # rules and frames
    gap = max(5, round(0.02 * columns))
    joined = cv2.morphologyEx(strong, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=4)
    left, wide, high = boxes[1:, cv2.CC_STAT_LEFT], boxes[1:, cv2.CC_STAT_WIDTH], boxes[1:, cv2.CC_STAT_HEIGHT]
    lines = (high >= 4) & (high <= 0.045 * rows) & (wide >= 5 * high)
    if np.count_nonzero(lines) < _LINES:
        return 0.0
    usual = float(np.median(high[lines]))
    lines &= (high >= 0.6 * usual) & (high <= 1.5 * usual)
    if np.count_nonzero(lines) < _LINES:
        return 0.0
    return _together(left[lines] / columns) - _together((left + wide)[lines] / columns)


def _together(ends: NDArray[np.float64]) -> float:
    """The largest share of these places that lie within 8 thousandths of one of them."""
    return float(np.max(np.mean(np.abs(ends[:, None] - ends[None, :]) < 0.008, axis=1)))


def coloured(view: Image) -> float:
    """Share of the sheet that has a colour which its paper, as the light shows it, has not; 0 for a grey picture."""
    if view.ndim == 2:
        return 0.0
    margin = round(_RIM * min(view.shape[:2]))
    inner = cv2.resize(view[margin:-margin, margin:-margin], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    paper = np.maximum([float(np.median(inner[::2, ::2, channel])) for channel in range(3)], 20.0)
    blue, green, red = (
        cv2.convertScaleAbs(one, alpha=100.0 / float(own)) for one, own in zip(cv2.split(inner), paper, strict=True)
    )
    apart = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    # of a dark picture the noise is divided by little: it must not count for colour
    least = 100 * max(_COLOUR, 8.0 / float(paper.mean()))
    return float(np.count_nonzero(apart > least)) / apart.size


def pictured(darker: NDArray[np.float32], grey: Image) -> bool:
    """Whether a dark thing larger than any letter is on the sheet: a portrait, a copied card's photograph."""
    side = max(5, round(0.05 * min(grey.shape)))
    plain = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    dark = (plain < 0.6 * float(np.median(plain))).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    solid = cv2.erode(solid, np.ones((side // 2 + 1, side // 2 + 1), np.uint8))
    return bool(solid.any()) and float(np.count_nonzero(darker > 0.2)) / darker.size > 0.005
