"""What is tried when the plain read fails: cheap filters, each aimed at one way in which a code is spoilt.

Ordered by gain per millisecond: a light Gaussian repairs sensor noise and rotation, enlarging repairs small modules, a
local threshold repairs shade and bright spots, sharpening repairs a lens out of focus. A symbol that was seen but not
repaired is cut out and straightened first, so that everything after it works on a small, regular picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

from kiosk.vision.types import Corners, Image, Point

_CUT = 560  # pixels, side of a straightened symbol without its quiet zone: 8 per module for a version 13
_QUIET = 56
_LARGE = 2_600_000  # pixels above which the filters run on a smaller picture first


class Engine(Enum):
    """Which decoder is asked."""

    ZXING = "zxing"
    ZBAR = "zbar"
    LINEAR = "linear"  # zxing-cpp again, for Code 128: too dear for the first attempt


@dataclass(frozen=True)
class Attempt:
    """One retry: a picture made when it is its turn, the decoder, and the way back to the original's coordinates.

    `cost`: about how many plain reads of the whole picture it takes.
    """

    engine: Engine
    picture: Callable[[], Image]
    back: Callable[[Point], Point]
    cost: float


_COST = {Engine.ZXING: 1.8, Engine.ZBAR: 7.0, Engine.LINEAR: 2.5}
"""Plain reads that one with a filter takes, zbar's or that of bars, on a picture of the same size (measured)."""

Filter = Callable[[Image], Image]


def attempts(grey: Image, doubtful: list[Corners], whole: bool) -> Iterator[Attempt]:
    """The retries for a grey picture. `doubtful`: symbols seen but unread; `whole`: try the whole picture too."""
    for corners in doubtful[:3]:
        yield from _cut_out(grey, corners)
    if whole:
        yield from _whole(grey)


def _whole(grey: Image) -> Iterator[Attempt]:
    large = grey.size > _LARGE
    half = (_LARGE / grey.size) ** 0.5 if large else 1.0
    small = _scaled(grey, half) if large else grey

    def attempt(engine: Engine, picture: Image, filtered: Filter, scale: float) -> Attempt:
        cost = _COST[engine] * scale * scale
        return Attempt(engine, _bound(filtered, picture), lambda point: (point[0] / scale, point[1] / scale), cost)

    yield attempt(Engine.ZXING, small, _soft, half)
    yield attempt(Engine.ZXING, small, _local_threshold, half)
    if small.size < _LARGE:
        scale = min(2.0, (_LARGE / small.size) ** 0.5)
        if scale > 1.2:
            yield attempt(Engine.ZXING, small, _enlarge(scale), half * scale)
    if small.size > 300_000:
        # a white streak through a finder of large modules, as an empty cartridge leaves it
        yield attempt(Engine.ZXING, small, lambda grey: _opened(_scaled(grey, 0.4)), half * 0.4)
    yield attempt(Engine.ZBAR, small, _same, half)
    yield attempt(Engine.LINEAR, small, _same, half)
    yield attempt(Engine.ZXING, small, _sharp, half)
    yield attempt(Engine.ZXING, small, _very_sharp, half)
    yield attempt(Engine.ZXING, small, _equalised, half)
    yield attempt(Engine.ZXING, small, _flat, half)
    yield attempt(Engine.ZXING, small, _softer, half)
    yield attempt(Engine.ZXING, small, _refocused, half)
    yield attempt(Engine.ZBAR, small, _soft, half)
    yield attempt(Engine.ZBAR, small, _flat, half)
    if small.size > 300_000:
        yield attempt(Engine.ZXING, small, _enlarge(0.5), half * 0.5)
        yield attempt(Engine.ZBAR, small, _enlarge(0.5), half * 0.5)
    yield attempt(Engine.ZXING, small, _closed, half)
    yield attempt(Engine.ZXING, small, _opened, half)
    yield attempt(Engine.ZBAR, small, _very_sharp, half)
    if large:
        yield attempt(Engine.ZXING, grey, _soft, 1.0)
        yield attempt(Engine.ZBAR, grey, _same, 1.0)


def _cut_out(grey: Image, corners: Corners) -> Iterator[Attempt]:
    source = np.asarray(corners, np.float32)
    low, high = _QUIET, _QUIET + _CUT
    target = np.asarray([(low, low), (high, low), (high, high), (low, high)], np.float32)
    if abs(float(cv2.contourArea(source))) < 400:
        return
    there = cv2.getPerspectiveTransform(source, target)
    inverse = np.linalg.inv(there)
    side = _CUT + 2 * _QUIET
    cut = np.asarray(
        cv2.warpPerspective(grey, there, (side, side), flags=cv2.INTER_CUBIC, borderValue=(255,)), np.uint8
    )

    def back(point: Point) -> Point:
        x, y, w = inverse @ np.array([point[0], point[1], 1.0])
        return float(x / w), float(y / w)

    for engine, filtered in (
        (Engine.ZXING, _same),
        (Engine.ZXING, _flat),
        (Engine.ZXING, _softer),
        (Engine.ZBAR, _same),
        (Engine.ZXING, _local_threshold),
        (Engine.ZBAR, _flat),
        (Engine.ZXING, _very_sharp),
    ):
        yield Attempt(engine, _bound(filtered, cut), back, _COST[engine] * side * side / grey.size)


def _bound(filtered: Filter, picture: Image) -> Callable[[], Image]:
    return lambda: filtered(picture)


def _scaled(grey: Image, scale: float) -> Image:
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def _enlarge(scale: float) -> Filter:
    return lambda grey: _scaled(grey, scale)


def _same(grey: Image) -> Image:
    return grey


def _soft(grey: Image) -> Image:
    return np.asarray(cv2.GaussianBlur(grey, (3, 3), 0.9), np.uint8)


def _softer(grey: Image) -> Image:
    return np.asarray(cv2.GaussianBlur(grey, (7, 7), 1.8), np.uint8)


def _sharp(grey: Image) -> Image:
    return np.asarray(cv2.addWeighted(grey, 2.2, cv2.GaussianBlur(grey, (0, 0), 2.0), -1.2, 0), np.uint8)


def _very_sharp(grey: Image) -> Image:
    soft = cv2.GaussianBlur(grey, (0, 0), 1.0)
    return np.asarray(cv2.addWeighted(soft, 4.0, cv2.GaussianBlur(grey, (0, 0), 4.0), -3.0, 0), np.uint8)


def _refocused(grey: Image) -> Image:
    """A lens some pixels out of focus, undone where noise allows: a Wiener filter for a Gaussian of 2.4 pixels."""
    rows, columns = (cv2.getOptimalDFTSize(side) for side in grey.shape)
    padded = cv2.copyMakeBorder(grey, 0, rows - grey.shape[0], 0, columns - grey.shape[1], cv2.BORDER_REPLICATE).astype(
        np.float32
    )
    down = np.fft.fftfreq(rows)[:, None].astype(np.float32)
    across = np.fft.fftfreq(columns)[None, :].astype(np.float32)
    passes = np.exp(-2 * (np.pi * 2.4) ** 2 * (down**2 + across**2)).astype(np.float32)
    spectrum = cv2.dft(padded, flags=cv2.DFT_COMPLEX_OUTPUT)
    spectrum *= (passes / (passes**2 + 0.004))[:, :, None]
    back = cv2.dft(spectrum, flags=cv2.DFT_INVERSE | cv2.DFT_REAL_OUTPUT | cv2.DFT_SCALE)
    return np.clip(back[: grey.shape[0], : grey.shape[1]], 0, 255).astype(np.uint8)


def _equalised(grey: Image) -> Image:
    return np.asarray(cv2.createCLAHE(3.0, (8, 8)).apply(grey), np.uint8)


def _flat(grey: Image) -> Image:
    """Light divided out: a bright spot or a shadow becomes paper again."""
    coarse = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    size = max(9, int(min(coarse.shape) * 0.12)) | 1
    light = cv2.medianBlur(cv2.dilate(coarse, np.ones((size, size), np.uint8)), min(size, 31))
    light = cv2.resize(light, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(light, 8), scale=245), np.uint8)


def _local_threshold(grey: Image) -> Image:
    block = max(21, min(grey.shape) // 12) | 1
    soft = cv2.GaussianBlur(grey, (3, 3), 0.8)
    return np.asarray(
        cv2.adaptiveThreshold(soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block, 6), np.uint8
    )


def _closed(grey: Image) -> Image:
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)


def _opened(grey: Image) -> Image:
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
