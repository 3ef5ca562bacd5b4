"""Asking an outline for its proof: the step of light or colour along its sides, and where exactly it lies."""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image

Quad = NDArray[np.float64]
"""Four corners, clockwise, shape (4, 2), pixels."""

SAMPLES = 36
_INSIDE, _OUTSIDE = 3.5, 3.0  # pixels from the side at which the two surfaces are compared
_LEAST_STEP = 8.0  # grey levels; paper on a white desk still shows 10


@dataclass(frozen=True)
class EdgeMap:
    """A small picture prepared for :func:`support`: smoothed channels and their slopes."""

    levels: NDArray[np.float32]  # (rows, columns, 3) L a b, chroma doubled
    slope_x: NDArray[np.float32]
    slope_y: NDArray[np.float32]
    least_slope: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.levels.shape[0], self.levels.shape[1]

    @classmethod
    def of(cls, small: Image) -> EdgeMap:
        """Prepare a picture."""
        colour = small if small.ndim == 3 else np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), np.uint8)
        lab = cv2.GaussianBlur(cv2.cvtColor(colour, cv2.COLOR_BGR2LAB), (3, 3), 0.8).astype(np.float32)
        lab[:, :, 1:] *= 2.0
        slope_x = cv2.Sobel(lab, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
        slope_y = cv2.Sobel(lab, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
        usual = float(np.median(np.abs(slope_x[:, :, 0]) + np.abs(slope_y[:, :, 0])))
        return cls(
            lab,
            np.asarray(slope_x, np.float32),
            np.asarray(slope_y, np.float32),
            max(2.0, 2.5 * usual),
        )


@dataclass(frozen=True)
class Support:
    """Per side: the share that shows a step, and its size in levels. `one_sign`: 1 when all point the same way.

    `corners`: the share that shows near each corner, where a round thing shows nothing. `surface`: how light it is just
    inside the outline, L of L*a*b* in 0-255.
    """

    shares: tuple[float, float, float, float]
    steps: tuple[float, float, float, float]
    one_sign: float
    corners: tuple[float, float, float, float]
    surface: float


def support(edges: EdgeMap, quad: Quad) -> Support:
    """How far the outline is borne out by the picture.

    A printed line or the rim of a table has slopes too, but the surface is the same on both sides of it; a sheet's edge
    has another surface beyond. So both are asked for.
    """
    rows, columns = edges.shape
    along = np.linspace(0.04, 0.96, SAMPLES)
    starts, ends = quad, np.roll(quad, -1, axis=0)
    way = ends - starts
    length = np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-6)
    inward = np.stack([-way[:, 1], way[:, 0]], axis=1) / length  # clockwise on a picture whose y grows downwards
    points = starts[:, None, :] + along[None, :, None] * way[:, None, :]  # (4, n, 2)

    def at(offset: float, array: NDArray[np.float32]) -> NDArray[np.float32]:
        place = points + offset * inward[:, None, :]
        x = np.clip(np.rint(place[:, :, 0]), 0, columns - 1).astype(np.intp)
        y = np.clip(np.rint(place[:, :, 1]), 0, rows - 1).astype(np.intp)
        return array[y, x]

    steep = np.zeros(points.shape[:2], np.float32)
    for offset in (-2.0, -1.0, 0.0, 1.0, 2.0):
        across = at(offset, edges.slope_x) * inward[:, None, :1] + at(offset, edges.slope_y) * inward[:, None, 1:]
        steep = np.maximum(steep, np.abs(across).max(axis=2))
    step = at(_INSIDE, edges.levels) - at(-_OUTSIDE, edges.levels)
    size = np.abs(step).max(axis=2)
    shown = (steep >= edges.least_slope) & (size >= _LEAST_STEP)
    sides = [float(np.median(size[index])) for index in range(4)]
    shares = [float(shown[index].mean()) for index in range(4)]
    tips = SAMPLES // 6
    near = [float(np.concatenate([shown[index - 1, -tips:], shown[index, :tips]]).mean()) for index in range(4)]
    light = step[:, :, 0][shown]
    one_sign = 1.0 if light.size == 0 else float(abs(np.sign(light).mean()))
    return Support(
        (shares[0], shares[1], shares[2], shares[3]),
        (sides[0], sides[1], sides[2], sides[3]),
        0.6 + 0.4 * one_sign,
        (near[0], near[1], near[2], near[3]),
        float(np.median(at(_INSIDE, edges.levels)[:, :, 0])),
    )


def refine(fine: Image, quad: Quad, lost: tuple[bool, bool, bool, bool], reach: float = 9.0) -> Quad:
    """The quadrangle with each side moved onto the steepest place near it, to a fraction of a pixel.

    Sides in `lost` stay. Where a side cannot be measured, it stays too.
    """
    levels = fine.astype(np.float32) if fine.ndim == 3 else fine.astype(np.float32)[:, :, None]
    levels = cv2.GaussianBlur(levels, (0, 0), 1.0)
    if levels.ndim == 2:
        levels = levels[:, :, None]
    lines: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for index in range(4):
        start, end = quad[index], quad[(index + 1) % 4]
        line = None if lost[index] else _measured(np.asarray(levels, np.float32), start, end, reach)
        lines.append((start, end - start) if line is None else line)
    corners: list[NDArray[np.float64]] = []
    for index in range(4):
        met = _meet(lines[index - 1], lines[index])
        moved = met is not None and float(np.linalg.norm(met - quad[index])) <= 4 * reach
        corners.append(met if met is not None and moved else quad[index])
    return np.asarray(corners, np.float64)


def _measured(
    levels: NDArray[np.float32], start: NDArray[np.float64], end: NDArray[np.float64], reach: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """A point and a direction of the side between `start` and `end` as the picture has it."""
    way = end - start
    length = float(np.linalg.norm(way))
    if length < 20:
        return None
    normal = np.array([-way[1], way[0]]) / length
    along = np.linspace(0.05, 0.95, 72)
    offsets = np.arange(-reach, reach + 0.5, 1.0)
    points = start + along[:, None] * way
    grid = (points[:, None, :] + offsets[None, :, None] * normal).astype(np.float32)
    rows, columns = levels.shape[:2]
    inside = (
        (grid[:, :, 0] >= 0) & (grid[:, :, 0] <= columns - 1) & (grid[:, :, 1] >= 0) & (grid[:, :, 1] <= rows - 1)
    ).all(axis=1)
    sampled = cv2.remap(levels, grid[:, :, 0], grid[:, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    sampled = sampled.reshape(len(along), len(offsets), -1)
    slope = np.diff(sampled, axis=1)
    overall = np.median(slope.sum(axis=2), axis=0)
    sign = 1.0 if overall[np.argmax(np.abs(overall))] >= 0 else -1.0
    steep = np.clip(sign * slope.sum(axis=2), 0, None)
    peak = steep.argmax(axis=1)
    height = steep[np.arange(len(along)), peak]
    good = (
        inside & (height >= 0.35 * float(np.median(height))) & (height > 2) & (peak > 0) & (peak < steep.shape[1] - 1)
    )
    if np.count_nonzero(good) < 12:
        return None
    rows_good, peaks = np.flatnonzero(good), peak[good]
    left, top, right = steep[rows_good, peaks - 1], steep[rows_good, peaks], steep[rows_good, peaks + 1]
    bend = left - 2 * top + right
    shift = np.where(np.abs(bend) > 1e-6, 0.5 * (left - right) / np.where(np.abs(bend) > 1e-6, bend, 1.0), 0.0)
    distance = offsets[0] + 0.5 + peaks + np.clip(shift, -0.5, 0.5)
    fitted = _robust_line(along[rows_good], distance)
    if fitted is None:
        return None
    base, lean = fitted
    return start + (base * normal), way + lean * normal


def _robust_line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float] | None:
    """y = base + lean·x by pairs, then least squares on what lies near: a finger or a fold is ignored."""
    half = len(x) // 2
    gaps = x[half : half * 2] - x[:half]
    lean = float(np.median((y[half : half * 2] - y[:half]) / gaps))
    base = float(np.median(y - lean * x))
    for _ in range(3):
        off = np.abs(y - base - lean * x)
        near = off <= max(0.8, 2.5 * float(np.median(off)))
        if np.count_nonzero(near) < 10:
            return None
        lean, base = (float(value) for value in np.polyfit(x[near], y[near], 1))
    return base, lean


def _meet(
    one: tuple[NDArray[np.float64], NDArray[np.float64]], other: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> NDArray[np.float64] | None:
    matrix = np.stack([one[1], -other[1]], axis=1)
    if abs(float(np.linalg.det(matrix))) < 1e-6:
        return None
    steps = np.linalg.solve(matrix, other[0] - one[0])
    return one[0] + steps[0] * one[1]
