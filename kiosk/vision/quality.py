"""Whether a sheet can be read on a picture, and what the person can do about it."""

from __future__ import annotations

import math

import cv2
import numpy as np

from kiosk.vision.codes import to_grey
from kiosk.vision.types import Corners, Hint, Image, Quality

LONG_SIDE = 297.0  # mm of A4 (ISO 216)
MARGIN = 0.0035  # of the frame's shorter side: a corner nearer to the frame's edge counts as lost
FAR = 0.025  # of the frame's area; an identity card under a camera that fills its frame with A4 covers 0.035
TILTED = 12.0  # degrees off a right angle
DARK = 88.0  # paper's median luminance
GLARE = 0.006  # of the sheet's area
SHARP = 0.17  # 1/pixel, see Quality.sharpness

_WORK = 1500  # pixels, longest side of the piece on which sharpness is measured


def measure(image: Image, corners: Corners | None) -> Quality:
    """Judge the sheet inside `corners` (pixels of `image`); with None everything is zero and the hint is NONE."""
    if corners is None or image.size == 0:
        return Quality(0.0, 0.0, 0.0, 0.0, 0.0, False, False, False, Hint.NONE)
    height, width = image.shape[:2]
    grey = to_grey(image)
    inside = _inside(grey, corners)
    brightness = float(np.median(inside))
    glare = _glare(inside, brightness)
    sharpness = _sharpness(grey, corners)
    tilt = _tilt(corners)
    sides = [math.dist(corners[index], corners[(index + 1) % 4]) for index in range(4)]
    px_per_mm = max(sides[0] + sides[2], sides[1] + sides[3]) / 2 / LONG_SIDE
    lost = _lost(corners, width, height)
    area = abs(float(cv2.contourArea(np.asarray(corners, np.float32)))) / (width * height)
    sharp, no_glare = sharpness >= SHARP, glare <= GLARE
    hint = Hint.OK
    if lost is not None:
        hint = lost
    elif area < FAR:
        hint = Hint.FAR
    elif brightness < DARK:
        hint = Hint.DARK
    elif not no_glare:
        hint = Hint.GLARE
    elif tilt > TILTED:
        hint = Hint.TILTED
    elif not sharp:
        hint = Hint.BLURRED
    return Quality(sharpness, brightness, glare, tilt, px_per_mm, lost is None, sharp, no_glare, hint)


def _lost(corners: Corners, width: int, height: int) -> Hint | None:
    """The side of the frame over which corners are lost, None when all four are in."""
    margin = MARGIN * min(width, height)
    lost = {
        Hint.CUT_OFF_LEFT: sum(margin - x for x, _ in corners if x < margin),
        Hint.CUT_OFF_RIGHT: sum(x - (width - 1 - margin) for x, _ in corners if x > width - 1 - margin),
        Hint.CUT_OFF_TOP: sum(margin - y for _, y in corners if y < margin),
        Hint.CUT_OFF_BOTTOM: sum(y - (height - 1 - margin) for _, y in corners if y > height - 1 - margin),
    }
    side, most = max(lost.items(), key=lambda item: item[1])
    return side if most > 0 else None


def _tilt(corners: Corners) -> float:
    worst = 0.0
    for index in range(4):
        before, here, after = corners[index - 1], corners[index], corners[(index + 1) % 4]
        one = math.atan2(before[1] - here[1], before[0] - here[0])
        two = math.atan2(after[1] - here[1], after[0] - here[0])
        angle = abs(math.degrees(one - two)) % 360
        worst = max(worst, abs(min(angle, 360 - angle) - 90))
    return worst


def _inside(grey: Image, corners: Corners) -> Image:
    """The sheet on 300 x 420 pixels: enough for its light."""
    source = np.asarray(corners, np.float32)
    target = np.asarray([(0, 0), (299, 0), (299, 419), (0, 419)], np.float32)
    left, top = np.maximum(np.floor(source.min(axis=0)).astype(int) - 2, 0)
    right, bottom = np.ceil(source.max(axis=0)).astype(int) + 3
    piece = grey[top:bottom, left:right]
    if piece.size == 0:
        return np.zeros((420, 300), np.uint8)
    scale = min(1.0, 600 / max(piece.shape))
    piece = cv2.resize(piece, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    moved = ((source - (left, top)) * scale).astype(np.float32)
    return np.asarray(cv2.warpPerspective(piece, cv2.getPerspectiveTransform(moved, target), (300, 420)), np.uint8)


def _glare(inside: Image, brightness: float) -> float:
    """Highlights: burnt out, clearly brighter than the paper around, and larger than a dot."""
    if brightness > 238:  # paper itself is that bright; only where all is at the sensor's end has print been lost
        lost = float(np.count_nonzero(inside >= 253)) / inside.size
        return lost if lost > 0.3 else 0.0
    burnt = (inside >= max(246.0, min(brightness + 22.0, 252.0))).astype(np.uint8)
    burnt = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return float(np.count_nonzero(burnt)) / burnt.size


def _sharpness(grey: Image, corners: Corners) -> float:
    """Median steepness (gradient over local contrast) along the strongest edges of the sheet's middle part and rim."""
    points = np.asarray(corners, np.float32)
    left, top = np.maximum(points.min(axis=0).astype(int) - 6, 0)
    right, bottom = points.max(axis=0).astype(int) + 7
    piece = grey[top:bottom, left:right]
    if min(piece.shape) < 32:
        return 0.0
    values: list[float] = []
    for tile in _tiles(piece):
        soft = cv2.GaussianBlur(tile, (3, 3), 0.6).astype(np.float32)
        across = cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3) / 8
        down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3) / 8
        slope = cv2.magnitude(across, down)
        box = np.ones((9, 9), np.uint8)
        contrast = cv2.dilate(soft, box) - cv2.erode(soft, box)
        steep = slope >= max(float(np.percentile(slope, 98.5)), 5.0)
        steep &= contrast >= 40
        if np.count_nonzero(steep) >= 30:
            values.append(float(np.percentile(slope[steep] / contrast[steep], 60)))
    return float(np.percentile(values, 60)) if values else 0.0


def _tiles(piece: Image) -> list[Image]:
    """Up to nine tiles at full resolution spread over the sheet: a 13 MP still would take too long as a whole."""
    height, width = piece.shape
    size = 500
    if height * width <= _WORK * 800:
        return [piece]
    rows = np.linspace(0, max(0, height - size), 3).astype(int)
    columns = np.linspace(0, max(0, width - size), 3).astype(int)
    return [piece[row : row + size, column : column + size] for row in rows for column in columns]
