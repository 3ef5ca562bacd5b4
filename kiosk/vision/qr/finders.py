"""Finder patterns on a grey picture: dark and light runs of 1:1:3:1:1, across and down, and their outline.

Light is judged against the surroundings, not the whole picture, which is what bright spots, shadows and faint prints
need. Everything that touches the whole picture is a handful of array operations.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image

Floats = NDArray[np.float64]
Levels = NDArray[np.int16]

MOST = 40
"""Candidates kept, the best supported first."""

_RAYS = 40
_STEPS = 56
_REACH = 7.0  # modules from the middle to which a ray looks


@dataclass(frozen=True)
class Finder:
    """A finder pattern: its middle, a module's size in pixels, and its outline's corners, clockwise on the picture.

    `corners`: of the 7 by 7 square, from sides fitted to where rays leave the dark ring; `weight`: pixels of runs
    that spoke for it.
    """

    middle: Floats
    module: float
    corners: Floats
    weight: float


def against_surroundings(grey: Image, window: int) -> Levels:
    """How much lighter each pixel is than its surroundings of `window` pixels less the noise: below 0 is dark."""
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    block = (min(window, min(grey.shape) // 2)) | 1
    mean = cv2.boxFilter(soft, -1, (block, block), borderType=cv2.BORDER_REPLICATE)
    offset = max(1.0, 1.2 * noise(grey))
    return np.asarray(cv2.addWeighted(soft, 1, mean, -1, offset, dtype=cv2.CV_16S), np.int16)


def noise(grey: Image) -> float:
    """The sensor's noise in levels: the median of a second difference, which edges hardly move (Immerkaer, 1996)."""
    part = grey[::4, :].astype(np.int16)
    second = np.abs(part[:, 2:] - 2 * part[:, 1:-1] + part[:, :-2])
    return float(np.median(second[:, ::3])) / 0.6745 / 6**0.5


def find(grey: Image, levels: Levels) -> list[Finder]:
    """The finder patterns of a picture, given how light it is against its surroundings."""
    across = _runs(levels)
    down = _runs(np.asarray(cv2.transpose(levels), np.int16))[:, [1, 0, 2]]
    if len(across) == 0 or len(down) == 0:
        return []
    candidates = _crossings(across, down, levels.shape)
    return _outlined(grey, candidates) if candidates else []


def _runs(levels: Levels) -> Floats:
    """x, y and module size of the middle of each dark run that begins a 1:1:3:1:1, along the rows.

    Where a run ends is interpolated between two pixels, which is what modules of two pixels need.
    """
    columns = levels.shape[1]
    flat = np.pad(levels, ((0, 0), (0, 1)), constant_values=1).ravel()
    dark = flat < 0
    edges = np.flatnonzero(dark[1:] != dark[:-1]) + 1
    if len(edges) < 6:
        return np.zeros((0, 3))
    before, after = flat[edges - 1].astype(np.float32), flat[edges].astype(np.float32)
    part = before / (before - after)
    length = np.diff(edges) + np.diff(part)
    a, b, c, d, e = (length[at : len(length) - 4 + at] for at in range(5))
    total = a + b + c + d + e
    module = total / 7
    slack = module * 0.55 + 0.3
    fits = (np.abs(c - 3 * module) < slack * 1.6) & (module >= 1.1)
    for run in (a, b, d, e):
        fits &= np.abs(run - module) < slack
    fits &= np.abs(a + b - d - e) < module * 1.2 + 0.6
    at = np.flatnonzero(fits)
    at = at[dark[edges[at]]]
    start, stop = edges[at + 2], edges[at + 3]
    row = start // (columns + 1)
    same = (edges[at] // (columns + 1) == row) & ((edges[at + 5] - 1) // (columns + 1) == row)
    middle = (start + part[at + 2] + stop + part[at + 3]) / 2 - 1 - row * (columns + 1)
    middle = np.clip(middle, 0, columns - 1)
    return np.stack([middle, row.astype(np.float64), module[at].astype(np.float64)], axis=1)[same]


def _crossings(across: Floats, down: Floats, shape: tuple[int, ...]) -> list[tuple[Floats, float, float]]:
    """Where runs across and runs down mean the same middle: its place, module size and weight, the heaviest first."""
    scale = 4  # a cell of 4 x 4 pixels
    rows, columns = shape[0] // scale + 2, shape[1] // scale + 2
    masks: list[Image] = []
    for runs in (across, down):
        marks = np.zeros((rows, columns), np.uint8)
        marks[(runs[:, 1] / scale).astype(np.intp), (runs[:, 0] / scale).astype(np.intp)] = 1
        masks.append(np.asarray(cv2.dilate(marks, np.ones((3, 3), np.uint8)), np.uint8))
    both = masks[0] & masks[1]
    count, labels, _, _ = cv2.connectedComponentsWithStats(both)
    sums = np.zeros((count, 8))
    for index, runs in enumerate((across, down)):
        label = np.asarray(labels)[(runs[:, 1] / scale).astype(np.intp), (runs[:, 0] / scale).astype(np.intp)].astype(
            np.intp
        )
        for column, values in enumerate((np.ones(len(runs)), runs[:, 0], runs[:, 1], runs[:, 2])):
            sums[:, index * 4 + column] = np.bincount(label, weights=values, minlength=count)
    found: list[tuple[Floats, float, float]] = []
    for label in range(1, count):
        n_across, x, _, m_across, n_down, _, y, m_down = sums[label]
        if n_across < 1 or n_down < 1:
            continue
        one, two = m_across / n_across, m_down / n_down
        if not 0.3 < one / two < 3.3:
            continue
        # a finder's middle is three modules high and wide: that many rows and columns should have said so
        # within the cells' square
        support = min(n_across / min(3 * two, 9.0), 1.0) * min(n_down / min(3 * one, 9.0), 1.0)
        if support < 0.2:
            continue
        found.append((np.array([x / n_across, y / n_down]), float(np.sqrt(one * two)), support))
    found.sort(key=lambda item: -item[2])
    return found[:MOST]


def _outlined(grey: Image, candidates: list[tuple[Floats, float, float]]) -> list[Finder]:
    """The finders with their squares fitted; dropped where rays do not leave dark, light and dark in that order."""
    angles = np.arange(_RAYS) * (2 * np.pi / _RAYS)
    way = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    middles = np.stack([middle for middle, _, _ in candidates])
    modules = np.array([module for _, module, _ in candidates])
    steps = np.linspace(0, _REACH, _STEPS)[None, None, :] * modules[:, None, None]
    x = middles[:, :1, None] + way[None, :, :1] * steps
    y = middles[:, 1:, None] + way[None, :, 1:] * steps
    flat = (len(candidates) * _RAYS, _STEPS)
    seen = cv2.remap(
        grey,
        x.reshape(flat).astype(np.float32),
        y.reshape(flat).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    edges = _edges(np.asarray(seen, np.float32).reshape(len(candidates), _RAYS, _STEPS)) * (_REACH / (_STEPS - 1))
    first, second, third = edges[:, :, 0], edges[:, :, 1], edges[:, :, 2]
    with np.errstate(invalid="ignore", divide="ignore"):
        good = (np.abs(second / first - 5 / 3) < 0.5) & (np.abs(third / first - 7 / 3) < 0.75)
        good &= (third > 1.6) & (third < 6.6)
    found: list[Finder] = []
    for index, (middle, module, weight) in enumerate(candidates):
        mine = good[index]
        if mine.sum() < _RAYS * 0.4:
            continue
        # every edge of the pattern is a square about the middle: 3, 5 and 7 modules wide
        outer = (third[index][mine] + second[index][mine] * 7 / 5) / 2 * module
        corners = _square(middle + way[mine] * outer[:, None])
        if corners is None:
            continue
        area = abs(float(_turn(corners))) / 2
        centre = _diagonals(corners)
        if np.linalg.norm(centre - middle) < 2 * module and area > 4:
            found.append(Finder(centre, float(np.sqrt(area) / 7), corners, weight * float(mine.mean())))
    return found


def _edges(seen: NDArray[np.float32]) -> Floats:
    """Where each ray leaves the dark middle, the light ring and the dark ring, in steps; nan where it does not.

    Each ray has its own level, for a lamp may shine on half of the pattern; a ray without contrast has its pattern's.
    """
    ordered = np.sort(seen, axis=2)
    low = np.minimum(seen[:, :, :8].min(axis=2), ordered[:, :, _STEPS // 5])
    high = ordered[:, :, int(_STEPS * 0.85)]
    overall_low = np.percentile(low, 30, axis=1)[:, None]
    overall_high = np.percentile(high, 70, axis=1)[:, None]
    contrast = overall_high - overall_low
    level = np.where(high - low > 0.4 * contrast, (low + high) / 2, (overall_low + overall_high) / 2)
    under = seen < level[:, :, None]
    changed = np.cumsum(under[:, :, 1:] != under[:, :, :-1], axis=2)
    edges = np.full((*seen.shape[:2], 3), np.nan)
    for number in range(3):
        at = (changed > number).argmax(axis=2)
        there = (changed[:, :, -1] > number) & under[:, :, 0] & (contrast > 5)
        before = np.take_along_axis(seen, at[:, :, None], 2)[:, :, 0]
        after = np.take_along_axis(seen, at[:, :, None] + 1, 2)[:, :, 0]
        with np.errstate(invalid="ignore", divide="ignore"):
            edges[:, :, number] = np.where(there, at + (before - level) / (before - after), np.nan)
    return edges


def _turn(corners: Floats) -> float:
    return float(np.sum(corners[:, 0] * np.roll(corners[:, 1], -1) - corners[:, 1] * np.roll(corners[:, 0], -1)))


Line = tuple[float, float, float]
"""a, b and c of a*x + b*y + c = 0."""


def _through(one: Floats, two: Floats) -> Line:
    x1, y1, x2, y2 = float(one[0]), float(one[1]), float(two[0]), float(two[1])
    return y1 - y2, x2 - x1, x1 * y2 - x2 * y1


def _crossing(one: Line, two: Line) -> tuple[float, float] | None:
    """Where two lines meet, None where they run side by side; by hand, for np.cross takes fifty times as long."""
    third = one[0] * two[1] - one[1] * two[0]
    if abs(third) < 1e-9:
        return None
    return (one[1] * two[2] - one[2] * two[1]) / third, (one[2] * two[0] - one[0] * two[2]) / third


def _diagonals(corners: Floats) -> Floats:
    """Where the diagonals cross: a square's middle in perspective."""
    met = _crossing(_through(corners[0], corners[2]), _through(corners[1], corners[3]))
    return corners.mean(axis=0) if met is None else np.array(met)


def _square(points: Floats) -> Floats | None:
    """The quadrangle whose sides lie nearest to points around it: a turned box first, then each side by itself."""
    box = np.asarray(cv2.boxPoints(cv2.minAreaRect(points.astype(np.float32))), np.float64)
    for _ in range(3):
        following = np.roll(box, -1, axis=0)
        along = following - box
        length = np.linalg.norm(along, axis=1)
        if length.min() < 2:
            return None
        normal = np.stack([along[:, 1], -along[:, 0]], axis=1) / length[:, None]
        off = np.abs(np.einsum("pkc,kc->pk", points[:, None, :] - box[None], normal))
        part = np.einsum("pkc,kc->pk", points[:, None, :] - box[None], along) / (length**2)
        side = off.argmin(axis=1)
        lines: list[Line] = []
        for index in range(4):
            mine = points[(side == index) & (part[:, index] > 0.05) & (part[:, index] < 0.95)]
            if len(mine) < 3:
                a, b = (float(value) for value in normal[index])
                lines.append((a, b, -a * float(box[index][0]) - b * float(box[index][1])))
                continue
            fitted = np.asarray(cv2.fitLine(mine.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01))
            vx, vy, x0, y0 = (float(value) for value in fitted.ravel())
            lines.append((vy, -vx, vx * y0 - vy * x0))
        crossings = [_crossing(lines[index - 1], lines[index]) for index in range(4)]
        if any(met is None for met in crossings):
            return None
        box = np.array(crossings)
    return box if _turn(box) > 0 else box[::-1].copy()
