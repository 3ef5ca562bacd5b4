"""How sharp print is, whatever its contrast and however little of it there is, and whether it moved.

An edge of contrast C seen through a Gaussian of s pixels has the slope C / (s sqrt(2 pi)); so slope over contrast tells
the blur alone. Only edges count that have much of the strongest contrast on the sheet: where blur runs letters into
each other, what ripple remains is weak and steep and would look sharp. Edges are kept apart by direction: what moves is
blurred along its path and sharp across it, what is out of focus is blurred alike in all.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false, reportUnknownMemberType=false
from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.flat import Flat
from kiosk.vision.types import Image

DIRECTIONS = 6  # of 30 degrees each
_STEP = 1 / math.sqrt(2 * math.pi)  # slope over contrast times the blur
_TILE = 440  # pixels
_TILES = 5
_WHOLE = 1_000_000  # pixels of a sheet that is looked at as a whole
_ENOUGH = 25  # edge pixels of one direction
_WEAK = 8.0  # grey levels: contrast that noise may have


@dataclass(frozen=True)
class Focus:
    """`steepness`: slope over contrast of the sheet's edges, 1/pixel, 0 without edges. `blur`: the standard deviation
    that it means, pixels. `along`, `across`: the same in the direction of most blur and a right angle away from it;
    equal where there are not enough edges to tell."""

    steepness: float
    blur: float
    along: float
    across: float


def focus(grey: Image, flat: Flat, window: int) -> Focus:
    """Measured on the parts of the sheet that have most print; `window` pixels (odd) is what one edge may span."""
    slopes: list[NDArray[np.float32]] = []
    turns: list[NDArray[np.float32]] = []
    for tile, mask in _tiles(grey, flat):
        steep, turn = _edges(tile, mask, window)
        slopes.append(steep)
        turns.append(turn)
    steep, turn = np.concatenate(slopes), np.concatenate(turns)
    if steep.size < _ENOUGH:
        return Focus(0.0, math.inf, math.inf, math.inf)
    whole = float(np.percentile(steep, 60))
    by = np.zeros(DIRECTIONS)
    bins = np.minimum((turn / 180 * DIRECTIONS).astype(int), DIRECTIONS - 1)
    for index in range(DIRECTIONS):
        these = steep[bins == index]
        by[index] = float(np.percentile(these, 60)) if these.size >= _ENOUGH else np.nan
    blurs = _STEP / by
    along = across = _STEP / whole
    widest = 1.0
    for index in range(DIRECTIONS):
        other = blurs[(index + DIRECTIONS // 2) % DIRECTIONS]
        if np.isfinite(other) and np.isfinite(blurs[index]) and blurs[index] / other > widest:
            widest = float(blurs[index] / other)
            along, across = float(blurs[index]), float(other)
    return Focus(whole, _STEP / whole, along, across)


def _edges(tile: Image, mask: Image, window: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Slope over contrast and direction (degrees, 0-180) of the tile's strong edges."""
    soft = cv2.GaussianBlur(tile, (3, 3), 0.6)
    real = soft.astype(np.float32)
    across = cv2.Sobel(real, cv2.CV_32F, 1, 0, ksize=3)
    down = cv2.Sobel(real, cv2.CV_32F, 0, 1, ksize=3)
    slope = cv2.magnitude(across, down) / 8
    box = np.ones((window, window), np.uint8)
    contrast = cv2.subtract(cv2.dilate(soft, box), cv2.erode(soft, box))
    inside = contrast[mask > 0]
    if inside.size == 0:
        none = np.zeros(0, np.float32)
        return none, none
    strongest = float(np.percentile(inside, 99.5))
    gate = max(0.5 * strongest, _WEAK)
    ridge = slope >= cv2.dilate(slope, np.ones((3, 3), np.uint8)) - 1e-6
    chosen = ridge & (contrast >= gate) & (mask > 0)
    ratio = slope[chosen] / contrast[chosen].astype(np.float32)
    turn = np.degrees(np.arctan2(down[chosen], across[chosen])) % 180
    keep = ratio > 0.02
    return ratio[keep].astype(np.float32), turn[keep].astype(np.float32)


def _tiles(grey: Image, flat: Flat) -> list[tuple[Image, Image]]:
    """The sheet as a whole, or pieces of it with most print, each with a mask of what is sheet."""
    back = np.linalg.inv(flat.matrix)
    rows, columns = flat.view.shape[:2]
    inner = 0.015 * min(rows, columns)
    rim = np.array(
        [[(inner, inner), (columns - inner, inner), (columns - inner, rows - inner), (inner, rows - inner)]], np.float64
    )
    outline = np.asarray(cv2.perspectiveTransform(rim, back), np.float64)[0]
    limit = np.array([grey.shape[1], grey.shape[0]])
    left, top = np.clip(outline.min(axis=0).astype(int), 0, limit - 1)
    right, bottom = np.clip(outline.max(axis=0).astype(int) + 1, 1, limit)
    if (right - left) * (bottom - top) <= _WHOLE:
        return [_masked(grey, outline, int(left), int(top), int(right), int(bottom))]
    small = cv2.cvtColor(flat.view, cv2.COLOR_BGR2GRAY) if flat.view.ndim == 3 else flat.view
    ink = cv2.morphologyEx(small, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    shrink = rows * columns / max(1.0, abs(float(cv2.contourArea(outline.astype(np.float32)))))
    wide = max(8, round(_TILE * math.sqrt(shrink)))
    amount = cv2.boxFilter(ink.astype(np.float32), -1, (wide, wide), borderType=cv2.BORDER_CONSTANT)
    found: list[tuple[Image, Image]] = []
    for _ in range(_TILES):
        row, column = divmod(int(np.argmax(amount)), columns)
        if amount[row, column] <= 0 and found:
            break
        middle = np.asarray(cv2.perspectiveTransform(np.array([[(column, row)]], np.float64), back))[0, 0]
        x = int(np.clip(middle[0] - _TILE / 2, left, max(left, right - _TILE)))
        y = int(np.clip(middle[1] - _TILE / 2, top, max(top, bottom - _TILE)))
        found.append(_masked(grey, outline, x, y, min(x + _TILE, int(right)), min(y + _TILE, int(bottom))))
        amount[max(0, row - wide) : row + wide, max(0, column - wide) : column + wide] = 0
    return found


def _masked(
    grey: Image, outline: NDArray[np.float64], left: int, top: int, right: int, bottom: int
) -> tuple[Image, Image]:
    tile = grey[top:bottom, left:right]
    mask = np.zeros(tile.shape, np.uint8)
    cv2.fillConvexPoly(mask, (outline - (left, top)).round().astype(np.int32), 255)
    return tile, mask
