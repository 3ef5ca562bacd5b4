"""A symbol of which only two finders are to be seen: the third under a hand, a stain or a lamp's reflection.

Two squares have eight corners, which is enough for a plane once it is supposed which two of the three they are and how
many modules lie between them. Few pairs fit any such plane, and between the two of one side the timing pattern says
whether it is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.qr import lattice
from kiosk.vision.qr.finders import Finder
from kiosk.vision.qr.symbol import finder_corners, size_of
from kiosk.vision.qr.triples import Triple
from kiosk.vision.types import Image

Floats = NDArray[np.float64]

MOST = 10
"""Finders from which pairs are made, the best supported first."""

_PARTS = {"top": (0, 1), "left": (2, 0), "across": (1, 2)}
"""Which of top left, top right and bottom left the pair is, each way round going clockwise along the symbol."""

_SLACK = 0.32
"""Modules that the eight corners may lie beside their plane, on average."""

_TIMING = 0.9
"""Of 2 at best: how regularly dark and light must take turns between two finders of one side."""


def pairs(grey: Image, finders: list[Finder]) -> Iterator[Triple]:
    """Triples whose third finder is supposed, the best fitting pair first."""
    likely: list[tuple[float, Triple]] = []
    for one, two in permutations(finders[:MOST], 2):
        ratio = one.module / two.module
        apart = float(np.linalg.norm(two.middle - one.middle))
        if not 0.6 < ratio < 1.67 or apart < 10 * min(one.module, two.module):
            continue
        for kind, parts in _PARTS.items():
            supposed = _supposed(grey, one, two, kind, parts)
            if supposed is not None:
                likely.append(supposed)
    likely.sort(key=lambda item: item[0])
    for _, triple in likely[:6]:
        yield triple


def _supposed(grey: Image, one: Finder, two: Finder, kind: str, parts: tuple[int, int]) -> tuple[float, Triple] | None:
    """The best plane of this pair, with how little speaks for it."""
    apart = float(np.linalg.norm(two.middle - one.middle)) / np.sqrt(one.module * two.module)
    modules = (apart / np.sqrt(2) if kind == "across" else apart) + 7
    likely = (modules - 17) / 4
    best: tuple[float, Triple] | None = None
    reach = 1 + likely / 8
    for version in range(max(1, round(likely - reach)), min(40, round(likely + reach)) + 1):
        size = size_of(version)
        places = np.array(finder_corners(size), np.float64).reshape(3, 4, 2)
        source = np.concatenate([places[parts[0]], places[parts[1]]])
        target = np.concatenate([_turned(one, two, kind, True), _turned(two, one, kind, False)])
        matrix, _ = cv2.findHomography(source, target, 0)
        if cast("object | None", matrix) is None:
            continue
        matrix = np.asarray(matrix, np.float64)
        off = np.linalg.norm(_through(matrix, source) - target, axis=1).mean() / np.sqrt(one.module * two.module)
        if off > _SLACK:
            continue
        seen = 0.0
        if kind != "across":
            seen = timing(grey, matrix, size, across=kind == "top")
            if seen < _TIMING:
                continue
        doubt = float(off) + (2 - seen) / 4
        if best is None or doubt < best[0]:
            best = doubt, _triple(matrix, size, one, two, parts, doubt)
    return best


def timing(grey: Image, matrix: Floats, size: int, across: bool) -> float:
    """How regularly dark and light take turns along one timing pattern: 2 at best, about 0 by chance."""
    at = (np.arange(7, size - 7) + 0.5).astype(np.float32)
    six = np.full(len(at), 6.5, np.float32)
    x, y = (at, six) if across else (six, at)
    u, v = lattice.mapped(matrix, x, y)
    seen = cv2.remap(grey, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).ravel()
    return 2 * lattice.alternation(np.asarray(seen, np.float32))


def _turned(here: Finder, there: Finder, kind: str, first: bool) -> Floats:
    """The finder's corners from that towards the symbol's top left, clockwise, if the pair is what it is supposed."""
    way = there.middle - here.middle if first else here.middle - there.middle
    # unit vector along the symbol's rows: for the left side the pair runs from bottom to top
    along = way / np.linalg.norm(way)
    if kind == "left":
        along = np.array([-along[1], along[0]])
    elif kind == "across":  # from the top right to the bottom left
        along = np.array([along[1] - along[0], -along[0] - along[1]]) / np.sqrt(2)
    down = np.array([-along[1], along[0]])
    local = here.corners - here.middle
    start = int((local @ along + local @ down).argmin())
    return np.roll(here.corners, -start, axis=0)


def _through(matrix: Floats, points: Floats) -> Floats:
    return np.asarray(cv2.perspectiveTransform(points.reshape(-1, 1, 2), matrix), np.float64).reshape(-1, 2)


def _triple(matrix: Floats, size: int, one: Finder, two: Finder, parts: tuple[int, int], doubt: float) -> Triple:
    third = ({0, 1, 2} - set(parts)).pop()
    places = np.array(finder_corners(size)[third * 4 : third * 4 + 4], np.float64)
    corners = _through(matrix, places)
    middle = _through(matrix, places.mean(axis=0, keepdims=True))[0]
    area = abs(float(cv2.contourArea(corners.astype(np.float32))))
    three: dict[int, Finder] = {
        parts[0]: one,
        parts[1]: two,
        third: Finder(middle, max(float(np.sqrt(area)) / 7, 0.1), corners, 0.0),
    }
    return Triple(three[0], three[1], three[2], doubt, float(size))
