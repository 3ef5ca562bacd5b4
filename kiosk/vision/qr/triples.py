"""Which three finders are one symbol's, and the plane they lie in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.qr.finders import Finder
from kiosk.vision.qr.symbol import finder_corners, size_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Triple:
    """The finders at a symbol's top left, top right and bottom left, and how little speaks against it (0: nothing)."""

    top_left: Finder
    top_right: Finder
    bottom_left: Finder
    doubt: float
    modules: float
    """Modules along a side, estimated from the finders' distances and sizes."""


def triples(finders: list[Finder], most: int = 40) -> Iterator[Triple]:
    """Groups of three that could be one symbol's corners, the likeliest first."""
    likely: list[Triple] = []
    for three in combinations(finders, 3):
        sizes = sorted(finder.module for finder in three)
        if sizes[2] > 2.6 * sizes[0]:
            continue
        for corner in range(3):
            triple = _judged(three[corner], three[(corner + 1) % 3], three[(corner + 2) % 3])
            if triple is not None:
                likely.append(triple)
    likely.sort(key=lambda triple: triple.doubt)
    yield from likely[:most]


def _judged(corner: Finder, one: Finder, two: Finder) -> Triple | None:
    along, down = one.middle - corner.middle, two.middle - corner.middle
    cross = float(along[0] * down[1] - along[1] * down[0])
    if cross < 0:
        one, two, along, down = two, one, down, along
    lengths = [float(np.linalg.norm(along)), float(np.linalg.norm(down))]
    if min(lengths) < 8 * corner.module or min(lengths) < 1:
        return None
    angle = np.degrees(np.arccos(np.clip(float(along @ down) / (lengths[0] * lengths[1]), -1, 1)))
    if not 35 < angle < 145:
        return None
    counts = [(_across(corner, way) + _across(end, way)) / 2 for end, way in ((one, along), (two, down))]
    sides = [length / count + 7 for length, count in zip(lengths, counts, strict=True)]
    if min(sides) < 17 or max(sides) > 210:
        return None
    ratio = max(sides) / min(sides)
    if ratio > 1.6:
        return None
    sizes = [corner.module, one.module, two.module]
    doubt = abs(angle - 90) / 60 + 2.5 * np.log(ratio) + 0.7 * np.log(max(sizes) / min(sizes))
    return Triple(corner, one, two, float(doubt), float(np.sqrt(sides[0] * sides[1])))


def _across(finder: Finder, way: Floats) -> float:
    """Pixels a module of the finder is long in a direction: along the pair of sides nearer to it."""
    sides = np.roll(finder.corners, -1, axis=0) - finder.corners
    lengths = np.linalg.norm(sides, axis=1)
    unit = way / np.linalg.norm(way)
    leaning = np.abs(sides @ unit) / lengths
    pair = [0, 2] if leaning[0] + leaning[2] > leaning[1] + leaning[3] else [1, 3]
    return float(lengths[pair].mean() / 7)


def outlines(triple: Triple) -> Floats:
    """The finders' twelve corners on the picture: each from that towards the symbol's top left, clockwise."""
    way = triple.top_right.middle - triple.top_left.middle, triple.bottom_left.middle - triple.top_left.middle
    parts = (triple.top_left, triple.top_right, triple.bottom_left)
    return np.concatenate([_ordered(finder, way) for finder in parts])


def plane(corners: Floats, version: int) -> Floats | None:
    """The homography from modules (x to the right, y down, 0 at the symbol's outer corner) to the picture's pixels.

    `corners`: the finders', as outlines() gives them.
    """
    source = finder_corners(size_of(version))
    matrix, _ = cv2.findHomography(np.asarray(source, np.float64), corners, 0)
    return None if cast("object | None", matrix) is None else np.asarray(matrix, np.float64)


def _ordered(finder: Finder, way: tuple[Floats, Floats]) -> Floats:
    """The finder's corners beginning at that towards the symbol's top left, clockwise in the symbol."""
    basis = np.stack([way[0] / np.linalg.norm(way[0]), way[1] / np.linalg.norm(way[1])], axis=1)
    local = (finder.corners - finder.middle) @ np.linalg.inv(basis).T
    first = int((local[:, 0] + local[:, 1]).argmin())
    return np.roll(finder.corners, -first, axis=0)
