"""What the document camera would see: a paper on the tray, through a lens, onto a sensor.

The optics are those of a fixed camera over a tray: A4 upright at about 10 px/mm on the 13 megapixel sensor, laid down
by hand (a little turned, shifted, not quite flat), lit unevenly, slightly soft, noisy. The preview shows the same
height on 1280 x 720 and more of the tray to the left and right. Everything follows from a seed.

Farther away everything gets smaller, and as the focus stays at the tray it gets soft, too: the circle that a point
becomes grows with the distance from the plane in focus, over the distance (the thin lens, e.g. Hecht, Optics, ch. 5).
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as PillowImage

Pixels = npt.NDArray[np.uint8]
Mode = Literal["preview", "still"]

STILL = (4208, 3120)
PREVIEW = (1280, 720)
SCALE = 10.06
"""Pixels of the still per millimetre on the tray: the most that leaves A4 whole when a hand lays it down."""

TRAY = 420.0
"""Millimetres from the lens to the tray, where it is in focus."""

DEFOCUS = 34.0
"""Pixels of the still, the blur's standard deviation for something infinitely far away."""

LENSES = ("good", "bad", "dark", "glare", "cut_off")

_A4 = (210.0, 297.0)
_PAPER_DPI_LEAST = 60
_TILE = 1024  # pixels; the noise repeats after so many


@dataclass(frozen=True)
class Laid:
    """A paper on the tray: its picture and the millimetres it measures."""

    picture: Pixels
    width: float
    height: float


def lay(path: Path) -> Laid:
    """A picture file as a paper.

    Its size is what the file's own resolution says; a file that says none, or an unlikely one, is A4, or as long as A4.
    Raises OSError when it is no picture.
    """
    with PillowImage.open(path) as file:
        said = float(file.info.get("dpi", (0.0, 0.0))[0])
        rgb = np.asarray(file.convert("RGB"), np.uint8)
    picture = np.ascontiguousarray(rgb[:, :, ::-1])
    rows, columns = picture.shape[:2]
    if said >= _PAPER_DPI_LEAST and max(rows, columns) / said * 25.4 <= 360:
        return Laid(picture, columns / said * 25.4, rows / said * 25.4)
    longest = _A4[1]
    return Laid(picture, longest * columns / max(rows, columns), longest * rows / max(rows, columns))


def corners_of(
    laid: Laid, lens: str, seed: int, mode: Mode = "still", distance: float = TRAY
) -> npt.NDArray[np.float64]:
    """Where the paper's corners come to lie, pixels, clockwise from its top left, shape (4, 2)."""
    rng = np.random.default_rng([seed, 1])
    half = np.array([laid.width, laid.height]) * SCALE / 2
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * half
    angle = np.radians(rng.uniform(-0.55, 0.55))
    turn = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    shift = rng.uniform(-12, 12, 2)
    not_flat = rng.uniform(-10, 10, (4, 2))
    if lens == "cut_off":
        # down until a quarter of it is out of sight
        beyond = STILL[1] / 2 - half[1] + 0.5 * half[1]
        shift = shift + np.array([rng.uniform(-60, 60), beyond])
    still = (square @ turn.T + not_flat + shift) * (TRAY / distance) + np.array(STILL) / 2
    return still if mode == "still" else _to_preview(still)


def see(laid: Laid | None, lens: str = "good", seed: int = 0, mode: Mode = "still", distance: float = TRAY) -> Pixels:
    """The picture before the sensor's noise, BGR; `laid` None is the bare tray. Cache it: a still takes a second.

    `lens`: good; bad (out of focus), dark (no lamp), glare (a lamp mirrored in the sheet), cut_off (laid down too low).
    `distance`: millimetres from the lens to the paper; the tray stays where it is.
    """
    width, height = STILL if mode == "still" else PREVIEW
    picture = _tray(width, height, seed, mode)
    if laid is not None:
        corners = corners_of(laid, lens, seed, mode, distance)
        _shadow(picture, corners, mode)
        _put(picture, laid, corners)
    per_still = 1.0 if mode == "still" else PREVIEW[1] / STILL[1]
    focused = 15.0 if lens == "bad" else 0.75
    blur = float(np.hypot(focused, DEFOCUS * abs(distance - TRAY) / distance)) * per_still
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), max(blur, 0.45)), np.uint8)
    light = _light(width, height, seed, 0.3 if lens == "dark" else 1.0)
    picture = np.asarray(cv2.multiply(picture, light, scale=1 / 200), np.uint8)
    if lens == "glare":
        picture = np.asarray(cv2.add(picture, _lamp(width, height, seed)), np.uint8)
    return picture


class Sensor:
    """Adds the sensor's noise: shot noise is taken as even, for paper is even. One tile of noise serves all frames."""

    def __init__(self, seed: int = 0, level: float = 2.2) -> None:
        self._rng = np.random.default_rng([seed, 2])
        tile = np.clip(self._rng.normal(0, level, (_TILE, _TILE, 3)), -120, 120).astype(np.int8)
        self._more = np.maximum(tile, 0).astype(np.uint8)
        self._less = np.maximum(-tile, 0).astype(np.uint8)

    def expose(self, picture: Pixels) -> Pixels:
        """One exposure: the same picture, another noise."""
        offset = tuple(self._rng.integers(0, _TILE, 2))
        more, less = (np.roll(tile, offset, axis=(0, 1)) for tile in (self._more, self._less))
        exposed = np.empty_like(picture)
        for top in range(0, picture.shape[0], _TILE):
            for left in range(0, picture.shape[1], _TILE):
                part = picture[top : top + _TILE, left : left + _TILE]
                rows, columns = part.shape[:2]
                # two saturating additions of bytes take a third of the time of one of mixed types
                lighter = cv2.add(part, more[:rows, :columns])
                exposed[top : top + rows, left : left + columns] = cv2.subtract(lighter, less[:rows, :columns])
        return exposed


def _to_preview(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    scale = PREVIEW[1] / STILL[1]
    return (points - np.array(STILL) / 2) * scale + np.array(PREVIEW) / 2


def _tray(width: int, height: int, seed: int, mode: Mode) -> Pixels:
    """Dark slate with faint lines every 70 mm and a grain across."""
    rng = np.random.default_rng([seed, 3])
    per_mm = SCALE if mode == "still" else SCALE * PREVIEW[1] / STILL[1]
    coarse = rng.normal(0, 1, (height // 4 // 3 + 1, max(2, width // 160))) * 2 + 62
    # the grain is far smaller than what would leave a byte, so that one channel serves all three
    grain = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    tray = np.asarray(cv2.merge([grain + np.uint8(16), grain + np.uint8(6), grain]), np.uint8)
    middle = (width / 2, height / 2)
    for step in range(-8, 9):
        row = round(middle[1] + (step + 0.5) * 70 * per_mm)
        cv2.line(tray, (0, row), (width, row), (98, 88, 82), max(1, round(0.5 * per_mm)))
    return tray


def _shadow(picture: Pixels, corners: npt.NDArray[np.float64], mode: Mode) -> None:
    per_mm = SCALE if mode == "still" else SCALE * PREVIEW[1] / STILL[1]
    small = 8 if mode == "still" else 2
    height, width = picture.shape[0] // small + 1, picture.shape[1] // small + 1
    shade = np.full((height, width), 255, np.uint8)
    moved = (corners + np.array([1.6, 2.2]) * per_mm) / small
    cv2.fillConvexPoly(shade, moved.round().astype(np.int32), 120)
    shade = cv2.GaussianBlur(shade, (0, 0), max(0.8, 1.2 * per_mm / small))
    shade = cv2.resize(shade, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    for channel in range(3):
        picture[:, :, channel] = cv2.multiply(picture[:, :, channel], shade, scale=1 / 255)


def _put(picture: Pixels, laid: Laid, corners: npt.NDArray[np.float64]) -> None:
    source = laid.picture
    across = float(np.linalg.norm(corners[1] - corners[0]))
    shrink = across / source.shape[1]
    if shrink < 1:  # a lens averages what falls on one pixel
        source = cv2.resize(source, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    rows, columns = source.shape[:2]
    # pixel middles lie half a pixel inside the paper's edge
    edge = np.array([(-0.5, -0.5), (columns - 0.5, -0.5), (columns - 0.5, rows - 0.5), (-0.5, rows - 0.5)], np.float32)
    there = cv2.getPerspectiveTransform(edge, corners.astype(np.float32))
    reflected = cv2.multiply(source, np.full_like(source, 235), scale=1 / 255)
    flags = cv2.INTER_LINEAR if shrink <= 1 else cv2.INTER_CUBIC
    cv2.warpPerspective(
        reflected,
        there,
        (picture.shape[1], picture.shape[0]),
        dst=picture,
        flags=flags,
        borderMode=cv2.BORDER_TRANSPARENT,
    )


def _light(width: int, height: int, seed: int, gain: float) -> Pixels:
    """The lamp's unevenness and the lens's fall-off, 200 = the reflected light itself."""
    rng = np.random.default_rng([seed, 4])
    y, x = np.mgrid[-1:1:48j, -1:1:64j]
    lean = rng.uniform(-0.09, 0.09, 2)
    field = (0.97 + lean[0] * x + lean[1] * y) * (1 - 0.13 * (x * x + y * y) / 2) * gain
    warm = np.stack([field * 0.95, field * 0.985, field], axis=-1) * 200
    coarse = np.clip(warm, 0, 255).astype(np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _lamp(width: int, height: int, seed: int) -> Pixels:
    rng = np.random.default_rng([seed, 5])
    y, x = np.mgrid[-1:1:96j, -1:1:128j]
    aspect = width / height
    at = rng.uniform(-0.25, 0.25, 2)
    distance = ((x - at[0]) * aspect / 0.34) ** 2 + ((y - at[1]) / 0.2) ** 2
    spot = np.clip(330 * np.exp(-distance), 0, 255).astype(np.uint8)
    one = np.asarray(cv2.resize(spot, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    return np.asarray(cv2.cvtColor(one, cv2.COLOR_GRAY2BGR), np.uint8)
