"""How far the print on a page is turned, by its own lines: to a few hundredths of a degree, or not at all.

Printed lines sit on baselines, tables on rules. The lower edges of dark strokes are summed along lines of every slope:
at the right one they pile up on few rows. The sum of squares tells how much; where it stands out, and two halves of the
page agree, the slope is believed. A page without lines gives no answer, for a wrong turn is worse than none.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image

WIDEST = 12.0  # degrees searched to either side
_WORK = 1600  # pixels, longest side of the copy that is measured
_POINTS = 30_000  # edges looked at, at most
_COARSE = 0.25  # degrees
_EVIDENCE = 6.0  # height of the peak over the other slopes' median, in their spread
_AGREE = 0.35  # degrees between the halves of the page

Points = NDArray[np.float32]


def skew(page: Image) -> float | None:
    """Degrees by which print is turned clockwise, -12 to 12; None where nothing proves it.

    `page`: BGR or grey, upright to within 12 degrees. Turn by the negative angle to straighten, see :func:`deskewed`.
    """
    grey = page if page.ndim == 2 else np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    if min(grey.shape) < 60:
        return None
    scale = min(1.0, _WORK / max(grey.shape))
    if scale < 1:
        grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    points, weights = _lower_edges(grey)
    if len(points) < 60:
        return None
    found = _slope(points, weights)
    if found is None:
        return None
    middle = float(np.median(points[:, 0]))
    for half in (points[:, 0] < middle, points[:, 0] >= middle):
        other = _slope(points[half], weights[half], near=found)
        if other is None or abs(other - found) > _AGREE * (1 + 40 / max(1, np.count_nonzero(half) ** 0.5)):
            return None
    return found


def deskewed(page: Image, angle: float) -> Image:
    """The page turned back by `angle` degrees (:func:`skew`) about its middle, same size; its rim goes on outwards."""
    rows, columns = page.shape[:2]
    turn = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), angle, 1.0)
    turned = cv2.warpAffine(page, turn, (columns, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)


def _lower_edges(grey: Image) -> tuple[Points, NDArray[np.float32]]:
    """Places where dark print ends downwards, x and y from the middle, and how strong each is."""
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    dark = cv2.subtract(paper, grey)
    depth = max(30.0, 0.35 * float(np.percentile(dark, 99.5)))
    ink = (cv2.GaussianBlur(dark, (0, 0), 0.8) > depth).astype(np.uint8)
    ink[:, :2] = ink[:, -2:] = 0
    # photographs, black rims and shadows: solid patches far larger than any letter's stroke
    solid = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    ink[cv2.dilate(solid, np.ones((9, 9), np.uint8)) > 0] = 0
    edge = (ink[:-1] > 0) & (ink[1:] == 0)
    y, x = np.nonzero(edge)
    # to a fraction of a row: where the darkness passes the threshold between the two rows
    above, below = dark[y, x].astype(np.float32), dark[y + 1, x].astype(np.float32)
    part = np.clip((above - depth) / np.maximum(above - below, 1.0), 0, 1)
    if len(x) > _POINTS:
        chosen = np.random.default_rng(1).choice(len(x), _POINTS, replace=False)
        x, y, part = x[chosen], y[chosen], part[chosen]
    rows, columns = grey.shape
    points = np.column_stack([x - columns / 2, y + part - rows / 2]).astype(np.float32)
    return points, np.ones(len(points), np.float32)


def _slope(points: Points, weights: NDArray[np.float32], near: float | None = None) -> float | None:
    """The angle whose lines collect the points on the fewest rows, degrees clockwise; None when none stands out."""
    angles = np.arange(-WIDEST, WIDEST + _COARSE / 2, _COARSE) if near is None else near + np.arange(-1, 1.01, 0.1)
    marks = np.array([_piled(points, weights, angle, 2.0) for angle in angles])
    best = int(marks.argmax())
    if near is None:
        away = marks[np.abs(angles - angles[best]) > 1.5]
        middle = float(np.median(away))
        spread = 1.4826 * float(np.median(np.abs(away - middle))) + 0.01 * middle
        if (marks[best] - middle) / spread < _EVIDENCE or best in (0, len(angles) - 1):
            return None
    angle, step = float(angles[best]), float(angles[1] - angles[0])
    while step > 0.012:
        step /= 2
        around = angle + step * np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
        marks = [_piled(points, weights, one, 1.0) for one in around]
        angle = float(around[int(np.argmax(marks))])
    return angle


def _piled(points: Points, weights: NDArray[np.float32], angle: float, high: float) -> float:
    """How much the points pile up on rows `high` pixels high that run at `angle`."""
    turn = np.radians(angle)
    across = points[:, 1] * np.cos(turn) - points[:, 0] * np.sin(turn)
    at = (across - across.min()) / high
    low = at.astype(np.intp)
    part = at - low
    count = int(low.max()) + 3
    rows = np.bincount(low, weights * (1 - part), count) + np.bincount(low + 1, weights * part, count)
    return float(np.sum(np.square(rows)))
