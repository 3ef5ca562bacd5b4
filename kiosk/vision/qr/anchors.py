"""Alignment patterns looked for on a straightened symbol, and a thin plate bent through all that was found."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.qr import lattice
from kiosk.vision.qr.lattice import MARGIN, PITCH
from kiosk.vision.qr.symbol import Layout, finder_corners
from kiosk.vision.types import Image

Floats = NDArray[np.float64]

_LIKE = 0.55
"""Normalised correlation from which a spot is taken for an alignment pattern."""


def found(picture: Image, plan: Layout, reach: float) -> tuple[Floats, Floats]:
    """Alignment patterns on a straightened symbol: where they should be and where they are, x and y in modules.

    `reach`: modules around the expected place that are searched. A symbol with many is searched from the finders on,
    each with what its neighbours were off by.
    """
    ring = np.maximum(np.abs(np.arange(5) - 2)[:, None], np.abs(np.arange(5) - 2)[None, :])
    pattern = np.where(ring == 1, 235, 20).astype(np.uint8).repeat(PITCH, axis=0).repeat(PITCH, axis=1)
    pattern = np.asarray(cv2.GaussianBlur(pattern, (0, 0), 1.4), np.uint8)
    should: list[Floats] = []
    off: list[Floats] = []
    ends = np.array([(3.5, 3.5), (plan.size - 3.5, 3.5), (3.5, plan.size - 3.5)])
    centres = np.array([(column + 0.5, row + 0.5) for row, column in plan.centres]).reshape(-1, 2)
    gaps = np.linalg.norm(centres[:, None] - ends[None], axis=2).min(axis=1) if len(centres) else np.zeros(0)
    for centre in centres[np.argsort(gaps)]:
        near = [o for s, o in zip(should, off, strict=True) if np.linalg.norm(s - centre) < 40]
        guess = np.mean(near, axis=0) if near else np.zeros(2)
        wide = reach if not near else max(1.5, reach / 2)
        low = np.rint((centre + guess - 2.5 - wide + MARGIN) * PITCH).astype(int)
        high = np.rint((centre + guess + 2.5 + wide + MARGIN) * PITCH).astype(int)
        low, high = np.maximum(low, 0), np.minimum(high, picture.shape[0])
        part = picture[low[1] : high[1], low[0] : high[0]]
        if min(part.shape) <= len(pattern):
            continue
        likeness = cv2.matchTemplate(part, pattern, cv2.TM_CCOEFF_NORMED)
        rows, columns = likeness.shape
        y, x = np.mgrid[0:rows, 0:columns]
        expected = (centre + guess - 2.5 + MARGIN) * PITCH - low
        away = np.hypot(x - expected[0], y - expected[1]) / PITCH
        best = int((likeness - 0.05 * away).argmax())
        row, column = divmod(best, columns)
        if likeness[row, column] < _LIKE:
            continue
        here = (np.array([column, row]) + low) / PITCH + 2.5 - MARGIN
        should.append(centre)
        off.append(here - centre)
    if not should:
        return np.zeros((0, 2)), np.zeros((0, 2))
    return np.array(should), np.array(should) + np.array(off)


def bent(matrix: Floats, size: int, corners: Floats, should: Floats, there: Floats) -> lattice.Shift:
    """A thin plate through the finders' corners (picture) and the alignment patterns found (`there`, in modules).

    Answers the shifts at the lattice's knots, in modules. Bookstein (1989); a little slack, for corners are measured.
    """
    places = np.array(finder_corners(size), np.float64)
    u, v = lattice.mapped(
        np.asarray(np.linalg.inv(matrix), np.float64),
        corners[:, 0].astype(np.float32),
        corners[:, 1].astype(np.float32),
    )
    source = np.concatenate([places, should])
    off = np.concatenate([np.stack([u, v], axis=1) - places, there - should])
    count = len(source)
    plate = np.zeros((count + 3, count + 3))
    plate[:count, :count] = _bending(source, source) + np.eye(count) * 2.0
    plate[:count, count:] = np.column_stack([np.ones(count), source])
    plate[count:, :count] = plate[:count, count:].T
    weights = np.linalg.solve(plate, np.concatenate([off, np.zeros((3, 2))]))
    at = lattice.knots(size)
    x, y = np.meshgrid(at, at)
    grid = np.column_stack([x.ravel(), y.ravel()])
    field = _bending(grid, source) @ weights[:count] + np.column_stack([np.ones(len(grid)), grid]) @ weights[count:]
    side = len(at)
    return field[:, 0].reshape(side, side).astype(np.float32), field[:, 1].reshape(side, side).astype(np.float32)


def _bending(one: Floats, two: Floats) -> Floats:
    squared = ((one[:, None] - two[None]) ** 2).sum(axis=2)
    return squared * np.log(np.maximum(squared, 1e-9)) / 2
