"""Scenes as a network sees them: a square canvas with a margin, and the maps it shall draw."""
# pyright: basic

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.training.scenes import Matrix, Scene
from kiosk.vision.types import Image

CELL = 4  # canvas pixels of one cell of the maps
GREY = 114  # the margin's level
NOT_FLAT = 0.03  # bend of a side, in side lengths, from which a paper is said not to lie flat
MAPS = ("corner", "paper", "side", "other")
FLAGS = ("paper", "cut_off", "several", "not_flat")


@dataclass(frozen=True)
class Sample:
    """`canvas`: (size, size, 3) BGR; `maps`: (4, size/4, size/4) and `flags`: (4,), 0-1, ordered as MAPS and FLAGS."""

    canvas: Image
    maps: NDArray[np.float32]
    flags: NDArray[np.float32]


def margin_of(size: int) -> int:
    """Canvas pixels left free on every side, so that corners a little outside the frame have a place."""
    return size // 16


def sample(scene: Scene, size: int) -> Sample:
    """The scene squeezed into a square canvas of `size` pixels."""
    margin = margin_of(size)
    inner = size - 2 * margin
    rows, columns = scene.picture.shape[:2]
    canvas = np.full((size, size, 3), GREY, np.uint8)
    canvas[margin:-margin, margin:-margin] = cv2.resize(scene.picture, (inner, inner), interpolation=cv2.INTER_AREA)
    cells = size // CELL
    grow = np.array([inner / columns, inner / rows])

    def place(points: Matrix) -> NDArray[np.float64]:
        return ((points + 0.5) * grow + margin) / CELL - 0.5

    maps = np.zeros((len(MAPS), cells, cells), np.float32)
    if scene.corners is not None:
        quad = place(scene.corners)
        maps[0] = _peaks(quad, cells)
        maps[1] = _filled(quad, cells)
        maps[2] = _sides(quad, cells)
    for other in scene.others:
        maps[3] = np.maximum(maps[3], _filled(place(other), cells))
    maps[3] *= 1 - maps[1]
    flags = (scene.corners is not None, scene.cut_off, bool(scene.others), scene.bend > NOT_FLAT)
    return Sample(canvas, maps, np.array(flags, np.float32))


def _peaks(points: NDArray[np.float64], cells: int, wide: float = 1.3) -> NDArray[np.float32]:
    y, x = np.mgrid[0:cells, 0:cells]
    away = (x[None] - points[:, 0, None, None]) ** 2 + (y[None] - points[:, 1, None, None]) ** 2
    return np.asarray(np.exp(-away / (2 * wide * wide)).max(axis=0), np.float32)


def _filled(points: NDArray[np.float64], cells: int) -> NDArray[np.float32]:
    fine = 4
    mask = np.zeros((cells * fine, cells * fine), np.uint8)
    there = np.clip(((points + 0.5) * fine - 0.5) * 16, -30000, 30000).round().astype(np.int32)
    cv2.fillPoly(mask, [there], 255, cv2.LINE_8, 4)
    return np.asarray(cv2.resize(mask, (cells, cells), interpolation=cv2.INTER_AREA) / 255.0, np.float32)


def _sides(points: NDArray[np.float64], cells: int, wide: float = 1.0) -> NDArray[np.float32]:
    y, x = np.mgrid[0:cells, 0:cells].astype(np.float64)
    near = np.full((cells, cells), 1e9)
    for index in range(4):
        one, two = points[index], points[(index + 1) % 4]
        way = two - one
        part = np.clip(((x - one[0]) * way[0] + (y - one[1]) * way[1]) / max(1e-6, float(way @ way)), 0, 1)
        near = np.minimum(near, (x - one[0] - part * way[0]) ** 2 + (y - one[1] - part * way[1]) ** 2)
    return np.asarray(np.exp(-near / (2 * wide * wide)), np.float32)
