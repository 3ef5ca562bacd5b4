"""Ten digits drawn with a round pen, of the kind that cards carry (near OCR-B): our own strokes, no typeface."""

from __future__ import annotations

import math

import cv2
import numpy as np

from kiosk.vision.types import Image

Stroke = list[tuple[float, float]]
WIDE = 0.6
"""Width of a digit's box where its height is 1."""


def _arc(x: float, y: float, across: float, down: float, first: float, last: float) -> Stroke:
    """Part of an ellipse; degrees clockwise from three o'clock, as y grows downwards."""
    turns = [math.radians(first + (last - first) * i / 20) for i in range(21)]
    return [(x + across * math.cos(t), y + down * math.sin(t)) for t in turns]


_SIX: list[Stroke] = [[(0.43, 0.0), (0.22, 0.25), (0.08, 0.5), *_arc(0.3, 0.7, 0.26, 0.3, 200, 560)]]
DIGITS: dict[str, list[Stroke]] = {
    "0": [_arc(0.3, 0.5, 0.27, 0.5, 0, 360)],
    "1": [[(0.1, 0.24), (0.33, 0.0), (0.33, 1.0)], [(0.1, 1.0), (0.55, 1.0)]],
    "2": [[*_arc(0.3, 0.28, 0.25, 0.28, 190, 395), (0.05, 1.0), (0.57, 1.0)]],
    "3": [[(0.06, 0.0), (0.53, 0.0), (0.27, 0.38), *_arc(0.27, 0.69, 0.28, 0.31, 270, 510)]],
    "4": [[(0.34, 0.0), (0.03, 0.7), (0.58, 0.7)], [(0.43, 0.45), (0.43, 1.0)]],
    "5": [[(0.52, 0.0), (0.12, 0.0), (0.1, 0.42), *_arc(0.28, 0.69, 0.28, 0.31, 235, 510)]],
    "6": _SIX,
    "7": [[(0.04, 0.0), (0.56, 0.0), (0.3, 0.45), (0.22, 1.0)]],
    "8": [_arc(0.3, 0.25, 0.22, 0.25, 0, 360), _arc(0.3, 0.74, 0.27, 0.26, 0, 360)],
    "9": [[(0.6 - x, 1.0 - y) for x, y in _SIX[0]]],
}


def draw(page: Image, text: str, left: float, top: float, height: float, pitch: float, pen: float, ink: int) -> None:
    """Digits and spaces on to a grey or BGR page, pixels; `pitch` from one box to the next, `pen` the line's width."""
    for index, char in enumerate(text):
        for stroke in DIGITS.get(char, []):
            places = np.array([(left + index * pitch + x * height, top + y * height) for x, y in stroke])
            points = np.round(places * 16).astype(np.int32)[:, None]
            cv2.polylines(page, [points], False, (ink,) * 3, max(1, round(pen)), cv2.LINE_AA, 4)
