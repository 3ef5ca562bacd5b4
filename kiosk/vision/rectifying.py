"""A sheet seen at an angle becomes a flat page, its print level."""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

import math

import cv2
import numpy as np

from kiosk.vision.deskew import deskewed, skew
from kiosk.vision.types import Corners, Image

A4 = (210.0, 297.0)  # mm, ISO 216
A4_RATIO = 297 / 210
_NEAR_A4 = 0.07  # relative; folio (1.57) and an identity card (1.586) lie outside
LEAST_TURN = 0.15  # degrees: less is not seen, and turning softens print
MOST_TURN = 3.0  # degrees: print that lies more askew on its sheet is meant to
_ENLARGED = 1.5  # times, at most: more pixels than that say nothing more


def rectify(image: Image, corners: Corners, dpi: int = 200, turn: float = 0.0) -> Image:
    """The sheet inside `corners` as a flat page, upright as it lies on the picture.

    A sheet with A4's proportions comes out as A4 at `dpi` (1654 x 2339 pixels at 200), portrait or landscape, unless it
    would have to be enlarged by more than half: then it is a booklet or a slip. Any other keeps its own proportions and
    about the camera's resolution, its long side at most A4's at `dpi`. `turn`: degrees clockwise by which the print
    lies askew on the sheet (:func:`kiosk.vision.deskew.skew`); it comes out level.
    """
    height, width = image.shape[:2]
    ratio = _ratio(corners, width, height)
    across, down = _sides(corners)
    longest = round(A4[1] / 25.4 * dpi)
    shortest = round(A4[0] / 25.4 * dpi)
    upright = ratio >= 1
    proportion = ratio if upright else 1 / ratio
    seen = max(across, down)
    if abs(proportion / A4_RATIO - 1) <= _NEAR_A4:
        if longest > _ENLARGED * seen:
            longest, shortest = round(seen), round(seen / A4_RATIO)
        size = (shortest, longest) if upright else (longest, shortest)
    else:
        long_side = min(longest, max(16, round(seen)))
        short_side = max(16, round(long_side / proportion))
        size = (short_side, long_side) if upright else (long_side, short_side)
    target = np.asarray([(0, 0), (size[0] - 1, 0), (size[0] - 1, size[1] - 1), (0, size[1] - 1)], np.float32)
    there = cv2.getPerspectiveTransform(np.asarray(corners, np.float32), target)
    if turn:  # within the one resampling, for each softens print
        back = cv2.getRotationMatrix2D(((size[0] - 1) / 2, (size[1] - 1) / 2), turn, 1.0)
        there = np.vstack([back, (0.0, 0.0, 1.0)]) @ there
    # sampling every second pixel of a 13 MP still would turn thin strokes into steps: soften by what is thrown away
    shrink = max(across / size[0], down / size[1])
    if shrink > 1.3:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.35 * shrink), np.uint8)
    flat = cv2.warpPerspective(image, there, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def straighten(image: Image, corners: Corners, dpi: int = 200) -> Image:
    """As :func:`rectify`, and print that lies a little askew on its sheet is made level where its lines prove it."""
    page = rectify(image, corners, dpi)
    turn = skew(page)
    if turn is None or not LEAST_TURN <= abs(turn) <= MOST_TURN:
        return page
    return rectify(image, corners, dpi, turn)


def level(page: Image) -> Image:
    """A scan that is all page, laid down askew by up to 12 degrees, made level where its lines prove how much."""
    turn = skew(page)
    return page if turn is None or abs(turn) < LEAST_TURN else deskewed(page, turn)


def _sides(corners: Corners) -> tuple[float, float]:
    """Longer of the two horizontal and of the two vertical sides, pixels."""
    first, second, third, fourth = corners
    return (
        max(math.dist(first, second), math.dist(fourth, third)),
        max(math.dist(first, fourth), math.dist(second, third)),
    )


def _ratio(corners: Corners, width: int, height: int) -> float:
    """Height over width of the sheet itself, undoing the perspective of a camera whose axis passes the frame's middle.

    After Z. Zhang and L.-W. He, "Whiteboard scanning and image enhancement" (2007). For a sheet seen nearly flat the
    focal length cannot be known; then the sides' own lengths serve.
    """
    plain = ((_mean(corners, 0, 3) + _mean(corners, 1, 2)) / 2) / max(
        (_mean(corners, 0, 1) + _mean(corners, 3, 2)) / 2, 1.0
    )
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    one, two, four, three = (np.append(np.asarray(point) - middle, 1.0) for point in corners)
    # the source's numbering: 1 top left, 2 top right, 3 bottom left, 4 bottom right
    bottom_two, bottom_three = np.dot(np.cross(two, four), three), np.dot(np.cross(three, four), two)
    if abs(bottom_two) < 1e-6 or abs(bottom_three) < 1e-6:
        return plain
    k2 = np.dot(np.cross(one, four), three) / bottom_two
    k3 = np.dot(np.cross(one, four), two) / bottom_three
    if abs(k2 - 1) < 0.02 or abs(k3 - 1) < 0.02:
        return plain
    n2, n3 = k2 * two - one, k3 * three - one
    focal_squared = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    longest = max(width, height)
    if not 0.3 * longest**2 < focal_squared < 25 * longest**2:  # no lens of a document camera
        return plain
    weights = np.array([1 / focal_squared, 1 / focal_squared, 1.0])
    wide, high = float(np.sum(n2 * n2 * weights)), float(np.sum(n3 * n3 * weights))
    ratio = math.sqrt(high / wide) if wide > 0 and high > 0 else plain
    return ratio if 0.6 < ratio / plain < 1.7 else plain


def _mean(corners: Corners, start: int, end: int) -> float:
    return math.dist(corners[start], corners[end])
