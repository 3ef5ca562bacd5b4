"""What happens before the virtual camera while it looks: a paper is moved, a hand reaches in, a lamp warms up.

Each takes a picture of the preview's or the still's size and the seconds since something began.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from drivers.roles import Pixels

SWING = 0.02  # of the picture's width that a moved paper goes to each side
SWINGS = 0.7  # a second
REACH = 4.0  # seconds until a hand has come and gone
WARM_UP = 8.0  # seconds until a lamp is as bright as it gets
COLD = 0.35  # its first brightness
_WARMING = 2.0  # seconds in which the rest shrinks to a third
_SHUTTER = 1 / 30  # seconds
_SKIN = (120, 150, 205)

STAMP_BITS, STAMP_SIZE = 32, 16  # blocks in the top row, pixels of one


def moved(picture: Pixels, seconds: float) -> Pixels:
    """Pushed to and fro, and smeared by as far as it went while the shutter was open."""
    width = picture.shape[1]
    turn = 2 * math.pi * SWINGS * seconds
    shift = SWING * width * math.sin(turn)
    smear = max(1, round(abs(SWING * width * math.cos(turn) * 2 * math.pi * SWINGS) * _SHUTTER))
    there = np.array([[1, 0, shift], [0, 1, 0]], np.float32)
    size = (width, picture.shape[0])
    out = cv2.warpAffine(picture, there, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.blur(out, (smear, 1)) if smear > 1 else out, np.uint8)


def reached_into(picture: Pixels, seconds: float) -> Pixels:
    """A hand from the right, over the paper and away again."""
    height, width = picture.shape[:2]
    unit = height / 720
    inside = math.sin(math.pi * (seconds % REACH) / REACH)
    tip = (width * (1.05 - 0.45 * inside), height * 0.62)
    out = picture.copy()
    palm = (round(tip[0] + 190 * unit), round(tip[1] + 20 * unit))
    cv2.ellipse(out, palm, (round(110 * unit), round(85 * unit)), 0, 0, 360, _SKIN, -1, cv2.LINE_AA)
    for finger in range(4):
        root = (palm[0] - round(60 * unit), palm[1] + round((finger - 1.5) * 42 * unit))
        end = (round(tip[0]), root[1] - round(8 * unit))
        cv2.line(out, root, end, _SKIN, max(1, round(34 * unit)), cv2.LINE_AA)
    arm = np.array([(palm[0], palm[1] - 60 * unit), (width, palm[1] - 90 * unit), (width, palm[1] + 90 * unit)])
    cv2.fillConvexPoly(out, np.vstack([arm, [(palm[0], palm[1] + 60 * unit)]]).round().astype(np.int32), _SKIN)
    return out


def warmth(seconds: float) -> float:
    """How bright a lamp is so long after it was switched on, 1 is all."""
    return 1.0 if seconds >= WARM_UP else 1 - (1 - COLD) * math.exp(-seconds / _WARMING)


def stamp(picture: Pixels, milliseconds: int) -> Pixels:
    """A row of black and white blocks that says when this was exposed, for a bench to read."""
    out = picture.copy()
    for bit in range(STAMP_BITS):
        left = bit * STAMP_SIZE
        out[:STAMP_SIZE, left : left + STAMP_SIZE] = 235 if milliseconds >> bit & 1 else 16
    return out


def read_stamp(picture: Pixels) -> int:
    """What stamp() wrote: milliseconds modulo 2**32. Three channels, whatever their order."""
    half = STAMP_SIZE // 2
    row = picture[half, half : STAMP_BITS * STAMP_SIZE : STAMP_SIZE].mean(axis=1)
    return sum(1 << bit for bit, value in enumerate(row.tolist()) if value > 126)
