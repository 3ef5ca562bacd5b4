"""A sheet cut out of its picture and laid flat, small: what judging light and contents looks at."""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Corners, Image

LONGEST = 640  # pixels of a view's long side; letters of A4 become lines, lines stay apart


@dataclass(frozen=True)
class Flat:
    """The sheet as it lies, its own proportions; `matrix` takes the picture's pixels to the view's, shape (3, 3)."""

    view: Image
    matrix: NDArray[np.float64]


def sides(corners: Corners) -> tuple[float, float]:
    """Mean length of the sides that run across and of those that run down, pixels."""
    first, second, third, fourth = corners
    across = (math.dist(first, second) + math.dist(fourth, third)) / 2
    return across, (math.dist(first, fourth) + math.dist(second, third)) / 2


def flatten(image: Image, corners: Corners, longest: int = LONGEST) -> Flat:
    """The sheet inside `corners`, at most `longest` pixels long, never enlarged."""
    across, down = sides(corners)
    shrink = min(1.0, longest / max(across, down, 1.0))
    size = (max(8, round(across * shrink)), max(8, round(down * shrink)))
    source = np.asarray(corners, np.float64)
    limit = np.array([image.shape[1], image.shape[0]])
    left, top = np.clip(np.floor(source.min(axis=0)).astype(int) - 2, 0, limit - 1)
    right, bottom = np.clip(np.ceil(source.max(axis=0)).astype(int) + 3, 1, limit)
    piece = image[top : max(bottom, top + 1), left : max(right, left + 1)]
    grow = np.array([1.0, 1.0])
    if shrink < 0.75:  # averaged, not sampled: a still has five pixels for one of the view
        small = (max(2, round(piece.shape[1] * shrink)), max(2, round(piece.shape[0] * shrink)))
        grow = np.array([small[0] / piece.shape[1], small[1] / piece.shape[0]])
        piece = cv2.resize(piece, small, interpolation=cv2.INTER_AREA)
    moved = ((source - (left, top) + 0.5) * grow - 0.5).astype(np.float32)
    ends = np.array([(0, 0), (size[0] - 1, 0), (size[0] - 1, size[1] - 1), (0, size[1] - 1)], np.float32)
    warp = cv2.getPerspectiveTransform(moved, ends)
    view = cv2.warpPerspective(piece, warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    whole = np.asarray(cv2.getPerspectiveTransform(source.astype(np.float32), ends), np.float64)
    return Flat(np.asarray(view, np.uint8), whole)
