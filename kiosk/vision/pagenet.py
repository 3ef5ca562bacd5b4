"""A small network's view of a picture: how likely each place is a paper's corner, its surface, or another paper.

The network was trained by this project on drawn scenes only (see kiosk/vision/training/README.md). It says roughly
where the paper is and what kind of picture this is; where its sides run exactly is measured on the picture afterwards.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image, Quad

SIZE = 192  # pixels, the canvas's side; must be that of the weights
MARGIN = SIZE // 16  # canvas pixels around the picture, in which corners outside the frame have a place
_INNER = SIZE - 2 * MARGIN
_CELL = 4  # canvas pixels of a map's cell
_GREY = 114
_PEAKS = 8  # corners looked at
_WINDOW = 3  # cells around a peak that its place is taken from
_CORNERS, _SIDES = 0.35, 0.5  # weight of corners and sides beside the surface
_UNKNOWN = 0.4  # how well a corner or a side shows where nothing can show
_TRIED = 32  # outlines that are held against the surface
_lock = threading.Lock()

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class View:
    """The network's answer about a picture of `shape` (rows, columns); maps are 0-1, a cell is four canvas pixels."""

    shape: tuple[int, int]
    corner: Floats
    paper: Floats
    side: Floats
    other: Floats
    has_paper: float
    cut_off: float
    several: float
    not_flat: float

    def to_picture(self, cells: Quad) -> Quad:
        """Places on the maps as places on the picture."""
        rows, columns = self.shape
        return ((cells + 0.5) * _CELL - MARGIN) * np.array([columns, rows]) / _INNER - 0.5


def inner_cells() -> tuple[int, int]:
    """The first and the last cell, of rows and of columns, that show the picture and not the margin."""
    return MARGIN // _CELL, SIZE // _CELL - 1 - MARGIN // _CELL


@lru_cache(1)
def _net() -> cv2.dnn.Net:
    data = files("kiosk.vision").joinpath("pagenet.onnx").read_bytes()
    return cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))


def look(picture: Image) -> View:
    """Run the network on a picture of any size, BGR or grey."""
    colour = picture if picture.ndim == 3 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8)
    canvas = np.full((SIZE, SIZE, 3), _GREY, np.uint8)
    canvas[MARGIN:-MARGIN, MARGIN:-MARGIN] = cv2.resize(colour, (_INNER, _INNER), interpolation=cv2.INTER_AREA)
    blob = canvas.transpose(2, 0, 1)[None].astype(np.float32)
    with _lock:  # a network holds its layers' results
        net = _net()
        net.setInput(blob)
        maps, flags = net.forward(["maps", "flags"])
    with np.errstate(over="ignore"):
        drawn = 1 / (1 + np.exp(-np.asarray(maps, np.float32)[0]))
        told = 1 / (1 + np.exp(-np.asarray(flags, np.float32)[0]))
    has_paper, cut_off, several, not_flat = (float(value) for value in told)
    return View(
        (picture.shape[0], picture.shape[1]),
        drawn[0],
        drawn[1],
        drawn[2],
        drawn[3],
        has_paper,
        cut_off,
        several,
        not_flat,
    )


@dataclass(frozen=True)
class Rough:
    """An outline in map cells, clockwise; how well surface, corners and sides of the maps agree with it (0-1 each)."""

    cells: Quad
    agreement: float
    corners: float
    sides: float


def outline(view: View, least: float = 0.006) -> Rough | None:
    """The four corners that explain the maps best; None where the paper's surface is smaller than `least`.

    Corners may be peaks of the corner map, corners of the surface's hull, and places where a side meets the frame:
    there a sheet that is cut off leaves it.
    """
    mask = (view.paper > 0.5).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count < 2:
        return None
    chosen = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    if stats[chosen, cv2.CC_STAT_AREA] < least * mask.size:
        return None
    own = (labels == chosen).astype(np.uint8)
    surface = np.where(own > 0, view.paper, np.where(mask > 0, 0, view.paper)).astype(np.float32)
    around = np.asarray(cv2.dilate(own, np.ones((9, 9), np.uint8)), np.uint8)
    points = _peaks(view.corner * around)
    points += [(x, y, 0.05) for x, y in _hull_corners(own, points)]
    points += [(x, y, _UNKNOWN) for x, y in _frame_corners(view.side, around)]
    if len(points) < 4:
        return None
    place = np.array(points)
    fours = place[np.array(list(combinations(range(len(points)), 4)))]
    quads, shown = fours[:, :, :2], fours[:, :, 2].mean(axis=1)
    middle = quads.mean(axis=1, keepdims=True)
    turn = np.argsort(np.arctan2(quads[:, :, 1] - middle[:, :, 1], quads[:, :, 0] - middle[:, :, 0]), axis=1)
    quads = np.take_along_axis(quads, turn[:, :, None], axis=1)
    along = _along(quads, view.side)
    marks = np.where(_convex(quads), _CORNERS * shown + _SIDES * along, -1.0)
    best: Rough | None = None
    best_mark = 0.0
    for index in np.argsort(-marks)[:_TRIED]:
        if marks[index] < 0 or marks[index] + 1 <= best_mark:
            break
        agreement = _agreement(quads[index], surface)
        if agreement + marks[index] > best_mark:
            best = Rough(quads[index], agreement, float(shown[index]), float(along[index]))
            best_mark = float(agreement + marks[index])
    return best


def surroundings(view: View) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom, in pixels, of a part around a small paper; None if there is none."""
    mask = (view.paper > 0.35).astype(np.uint8)
    count, _, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return None
    chosen = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    wide, high, area = (int(value) for value in stats[chosen, 2:5])
    if area < 3 or area > 0.2 * mask.size:
        return None
    half = max(1.25 * max(wide, high), 0.12 * mask.shape[0])
    low, top = view.to_picture(np.array([middles[chosen] - half, middles[chosen] + half]))
    rows, columns = view.shape
    box = (max(0, int(low[0])), max(0, int(low[1])), min(columns, int(top[0])), min(rows, int(top[1])))
    return box if box[2] - box[0] >= 32 and box[3] - box[1] >= 32 else None


def _peaks(corner: Floats) -> list[tuple[float, float, float]]:
    """The highest separate peaks: x, y to a fraction of a cell, height."""
    largest = cv2.dilate(corner, np.ones((5, 5), np.uint8))
    rows, columns = np.nonzero((corner >= largest) & (corner > 0.12))
    order = np.argsort(-corner[rows, columns])[:_PEAKS]
    found: list[tuple[float, float, float]] = []
    for row, column in zip(rows[order], columns[order], strict=True):
        y0, y1 = max(0, row - _WINDOW), min(corner.shape[0], row + _WINDOW + 1)
        x0, x1 = max(0, column - _WINDOW), min(corner.shape[1], column + _WINDOW + 1)
        weight = corner[y0:y1, x0:x1].astype(np.float64) ** 2
        y, x = np.mgrid[y0:y1, x0:x1]
        total = float(weight.sum())
        found.append((float((x * weight).sum()) / total, float((y * weight).sum()) / total, float(corner[row, column])))
    return found


def _hull_corners(mask: NDArray[np.uint8], known: list[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """Corners of the surface's hull that no peak lies near, at most four."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    slack = 1.0
    shape = hull
    while len(shape) > 4 and slack < 12:
        shape = cv2.approxPolyDP(hull, slack, True)
        slack *= 1.25
    fresh: list[tuple[float, float]] = []
    for x, y in shape[:, 0, :].astype(float):
        if all(abs(x - px) + abs(y - py) > 5 for px, py, _ in known):
            fresh.append((float(x), float(y)))
    return fresh[:4]


def _frame_corners(side: Floats, around: NDArray[np.uint8]) -> list[tuple[float, float]]:
    """Where the map of sides meets the frame's edge beside the surface: the highest four."""
    first, last = MARGIN // _CELL, side.shape[0] - 1 - MARGIN // _CELL
    inner = np.arange(first, last + 1, dtype=np.intp)
    found: list[tuple[float, float, float]] = []
    for row, edge in ((True, first), (True, last), (False, first), (False, last)):
        line = side[edge, inner] if row else side[inner, edge]
        near = around[edge, inner] if row else around[inner, edge]
        for index in range(1, len(line) - 1):
            value = float(line[index])
            if near[index] and value > 0.3 and value >= line[index - 1] and value > line[index + 1]:
                outer = edge - 0.5 if edge == first else edge + 0.5
                along = float(inner[index])
                found.append((value, along, outer) if row else (value, outer, along))
    return [(x, y) for _, x, y in sorted(found, reverse=True)[:4]]


def _convex(quads: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which outlines, clockwise, have no corner of 150 degrees or more and no side under two cells."""
    way = np.roll(quads, -1, axis=1) - quads
    long = np.linalg.norm(way, axis=2)
    after = np.roll(way, -1, axis=1)
    sine = (way[:, :, 0] * after[:, :, 1] - way[:, :, 1] * after[:, :, 0]) / np.maximum(
        long * np.roll(long, -1, 1), 1e-9
    )
    cosine = (way * after).sum(axis=2)
    return ((sine > 0.2) | ((sine > 0) & (cosine < 0))).all(axis=1) & (long > 2).all(axis=1)


def _along(quads: NDArray[np.float64], side: Floats) -> NDArray[np.float64]:
    """The map of sides along each outline, of its weakest side and of all. Outside the frame nothing is known."""
    parts = np.linspace(0.08, 0.92, 14)[None, None, :, None]
    points = quads[:, :, None] + parts * (np.roll(quads, -1, axis=1) - quads)[:, :, None]
    low, high = MARGIN / _CELL, side.shape[0] - 1 - MARGIN / _CELL
    within = ((points > low) & (points < high)).all(axis=3)
    x, y = np.moveaxis(points.round().astype(np.intp).clip(0, side.shape[0] - 1), 3, 0)
    shown = np.where(within, side[y, x], _UNKNOWN).mean(axis=2)
    return np.asarray(0.5 * shown.min(axis=1) + 0.5 * shown.mean(axis=1), np.float64)


def _agreement(quad: Quad, surface: Floats) -> float:
    """Soft intersection over union of an outline and the surface, counted where the maps reach."""
    filled = np.zeros(surface.shape, np.uint8)
    cv2.fillConvexPoly(filled, (quad * 16).round().astype(np.int32), 1, cv2.LINE_8, 4)
    inside = float(surface[filled > 0].sum())
    union = float(np.count_nonzero(filled)) + float(surface.sum()) - inside
    return inside / union if union > 0 else 0.0
