"""Outlines that might be a sheet: regions unlike the tray, and quadrangles of long straight lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image
from tests.bench.former.edges import EdgeMap, Quad

LEAST_AREA = 0.012  # of the frame
_RIM = 2.5  # pixels from the frame's edge at which a side counts as the frame's own
_LINES = 9  # of each direction


@dataclass(frozen=True)
class Candidate:
    """An outline, clockwise, and which of its sides (first: corner 0 to 1) lie on the frame's edge."""

    quad: Quad
    lost: tuple[bool, bool, bool, bool]


def propose(small: Image, edges: EdgeMap) -> Iterator[Candidate]:
    """Every candidate of a picture about 480 pixels long, in no order, some of them alike."""
    rows, columns = edges.shape
    for mask in _masks(small, edges):
        for quad in _regions(mask, columns * rows * LEAST_AREA):
            yield _candidate(quad, columns, rows)
    for quad in _of_lines(edges):
        yield _candidate(quad, columns, rows)


def _candidate(quad: Quad, columns: int, rows: int) -> Candidate:
    flags: list[bool] = []
    for index in range(4):
        one, two = quad[index], quad[(index + 1) % 4]
        flags.append(
            max(one[0], two[0]) <= _RIM
            or max(one[1], two[1]) <= _RIM
            or min(one[0], two[0]) >= columns - 1 - _RIM
            or min(one[1], two[1]) >= rows - 1 - _RIM
        )
    return Candidate(quad, (flags[0], flags[1], flags[2], flags[3]))


def _masks(small: Image, edges: EdgeMap) -> Iterator[Image]:
    """What is bright, what is white, what is unlike the rim of the frame: each at several levels."""
    lab = edges.levels
    rim = np.concatenate([lab[:6].reshape(-1, 3), lab[-6:].reshape(-1, 3), lab[:, :6].reshape(-1, 3)])
    rim = np.concatenate([rim, lab[:, -6:].reshape(-1, 3)])
    unlike = np.linalg.norm(lab - np.median(rim, axis=0), axis=2)
    channels: list[Image] = [lab[:, :, 0].astype(np.uint8), np.clip(unlike * 1.4, 0, 255).astype(np.uint8)]
    if small.ndim == 3:
        channels.append(np.asarray(cv2.GaussianBlur(small.min(axis=2), (3, 3), 0.8), np.uint8))
    for channel in channels:
        for level in _levels(channel):
            mask = (channel > level).astype(np.uint8)
            mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
            yield np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), np.uint8)
    # uneven light: what is brighter than its wide surroundings
    light = channels[0]
    wide = cv2.blur(light, (light.shape[1] // 3 | 1, light.shape[0] // 3 | 1))
    mask = (light.astype(np.int16) > wide.astype(np.int16) + 6).astype(np.uint8)
    yield np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), np.uint8)


def _levels(channel: Image) -> list[float]:
    """Otsu's level, and Otsu's once more within what is above and below it."""
    level, _ = cv2.threshold(channel, 0, 255, cv2.THRESH_OTSU)
    levels = [float(level)]
    for part in (channel[channel > level], channel[channel <= level]):
        if part.size > 500 and int(part.max()) - int(part.min()) > 12:
            again, _ = cv2.threshold(part.reshape(-1, 1), 0, 255, cv2.THRESH_OTSU)
            levels.append(float(again))
    return levels


def _regions(mask: Image, least: float) -> Iterator[Quad]:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:3]:
        if cv2.contourArea(contour) < least:
            break
        hull = cv2.convexHull(contour)[:, 0, :].astype(np.float64)
        quad = _four(hull)
        if quad is not None:
            yield quad
        # a finger or a lamp's spot sticking out spoils the hull, not the smallest turned box
        box = cv2.boxPoints(cv2.minAreaRect(contour)).astype(np.float64)
        yield _clockwise(box)


def _four(hull: Quad) -> Quad | None:
    """The hull with sides taken away, the one whose loss adds the least area each time, until four are left."""
    outline = np.asarray(cv2.approxPolyDP(hull.astype(np.float32), 1.2, True), np.float64)[:, 0, :]
    points = list(_clockwise(outline))
    if len(points) < 4:
        return None
    while len(points) > 4:
        best: tuple[float, int, NDArray[np.float64]] | None = None
        for index in range(len(points)):
            a, b = points[index - 1], points[index]
            c, d = points[(index + 1) % len(points)], points[(index + 2) % len(points)]
            met = _crossing(a, b, d, c)
            if met is None:
                continue
            added = abs(float((met - b)[0] * (c - b)[1] - (met - b)[1] * (c - b)[0])) / 2
            if best is None or added < best[0]:
                best = (added, index, met)
        if best is None:
            return None
        _, index, met = best
        points[index] = met
        del points[(index + 1) % len(points)]
    return np.asarray(points, np.float64)


def _crossing(
    a: NDArray[np.float64], b: NDArray[np.float64], d: NDArray[np.float64], c: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Where the line a→b, prolonged beyond b, meets d→c prolonged beyond c."""
    one, two, gap = b - a, c - d, d - a
    turn = float(one[0] * two[1] - one[1] * two[0])
    if abs(turn) < 1e-9:
        return None
    along_one = float(gap[0] * two[1] - gap[1] * two[0]) / turn
    along_two = float(gap[0] * one[1] - gap[1] * one[0]) / turn
    return a + along_one * one if along_one >= 1 and along_two >= 1 else None


def _clockwise(points: NDArray[np.floating]) -> Quad:
    middle = points.mean(axis=0)
    order = np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))
    return points[order].astype(np.float64)


def _of_lines(edges: EdgeMap) -> list[Quad]:
    """Quadrangles of two lines that run across and two that run down, the frame's own edges among them."""
    rows, columns = edges.shape
    across, down = _long_lines(edges)
    last_x, last_y = float(columns - 1), float(rows - 1)
    across += [np.array([0.0, 1.0, 0.0]), np.array([0.0, 1.0, -last_y])]
    down += [np.array([1.0, 0.0, 0.0]), np.array([1.0, 0.0, -last_x])]
    pairs_across = list(combinations(across, 2))
    pairs_down = list(combinations(down, 2))
    if not pairs_across or not pairs_down:
        return []
    h1, h2 = (np.stack([pair[k] for pair in pairs_across]) for k in (0, 1))
    v1, v2 = (np.stack([pair[k] for pair in pairs_down]) for k in (0, 1))

    def cross(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
        met = np.cross(one[:, None, :], two[None, :, :])
        weight = np.where(np.abs(met[:, :, 2:]) < 1e-9, np.nan, met[:, :, 2:])
        return met[:, :, :2] / weight

    quads = np.stack([cross(h1, v1), cross(h1, v2), cross(h2, v2), cross(h2, v1)], axis=2).reshape(-1, 4, 2)
    middle = quads.mean(axis=1, keepdims=True)
    turn = np.argsort(np.arctan2(quads[:, :, 1] - middle[:, :, 1], quads[:, :, 0] - middle[:, :, 0]), axis=1)
    quads = np.take_along_axis(quads, turn[:, :, None], axis=1)
    following = np.roll(quads, -1, axis=1)
    area = 0.5 * np.abs((quads[:, :, 0] * following[:, :, 1] - following[:, :, 0] * quads[:, :, 1]).sum(axis=1))
    sides = np.linalg.norm(following - quads, axis=2)
    slack = 0.08 * max(rows, columns)
    with np.errstate(invalid="ignore"):
        fits = (
            (area > 0.05 * rows * columns)
            & (area < 0.995 * rows * columns)
            & (sides.min(axis=1) > 0.12 * min(rows, columns))
            & (quads[:, :, 0] > -slack).all(axis=1)
            & (quads[:, :, 0] < columns + slack).all(axis=1)
            & (quads[:, :, 1] > -slack).all(axis=1)
            & (quads[:, :, 1] < rows + slack).all(axis=1)
        )
    quads = quads[fits]
    if len(quads) == 0:
        return []
    chosen = np.argsort(-_quick(edges, quads))[:14]
    return [quads[index] for index in chosen]


def _quick(edges: EdgeMap, quads: NDArray[np.float64]) -> NDArray[np.float64]:
    """A rough judgement of many quadrangles at once: the slope's share along the two weakest sides, and some size."""
    rows, columns = edges.shape
    slope = np.hypot(edges.slope_x[:, :, 0], edges.slope_y[:, :, 0])
    strong = cv2.dilate((slope >= edges.least_slope).astype(np.uint8), np.ones((3, 3), np.uint8))
    strong[:3], strong[-3:], strong[:, :3], strong[:, -3:] = 1, 1, 1, 1  # the frame's edge: to be judged later
    along = np.linspace(0.05, 0.95, 18)
    following = np.roll(quads, -1, axis=1)
    points = quads[:, :, None, :] + along[None, None, :, None] * (following - quads)[:, :, None, :]
    x = np.clip(np.rint(points[..., 0]), 0, columns - 1).astype(np.intp)
    y = np.clip(np.rint(points[..., 1]), 0, rows - 1).astype(np.intp)
    shares = np.sort(strong[y, x].mean(axis=2), axis=1)
    size = np.abs((quads[:, :, 0] * following[:, :, 1] - following[:, :, 0] * quads[:, :, 1]).sum(axis=1)) / (
        2 * rows * columns
    )
    return shares[:, 0] + 0.5 * shares[:, 1] + 0.25 * np.minimum(size, 0.6)


def _long_lines(edges: EdgeMap) -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]:
    """The longest straight lines (a, b, c with a·x + b·y + c = 0) that run rather across, and rather down."""
    light = np.clip(edges.levels[:, :, 0], 0, 255).astype(np.uint8)
    found = cast("object | None", cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(light)[0])
    if found is None:
        return [], []
    segments = np.asarray(found, np.float64).reshape(-1, 4)
    length = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    keep = length >= 0.05 * max(edges.shape)
    segments, length = segments[keep], length[keep]
    result: tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]] = ([], [])
    flat = np.abs(segments[:, 2] - segments[:, 0]) >= np.abs(segments[:, 3] - segments[:, 1])
    for lines, chosen in zip(result, (flat, ~flat), strict=True):
        lines.extend(_joined(segments[chosen], length[chosen]))
    return result


def _joined(segments: NDArray[np.float64], length: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Pieces of one line taken together; the lines with most length to show, at most :data:`_LINES`."""
    lines: list[tuple[float, NDArray[np.float64]]] = []
    left = np.ones(len(segments), bool)
    for index in np.argsort(-length):
        if not left[index]:
            continue
        x1, y1, x2, y2 = segments[index]
        normal = np.array([y1 - y2, x2 - x1]) / length[index]
        line = np.append(normal, -(normal[0] * x1 + normal[1] * y1))
        off = np.maximum(
            np.abs(segments[:, :2] @ normal + line[2]),
            np.abs(segments[:, 2:] @ normal + line[2]),
        )
        same = left & (off < 2.5)
        left &= ~same
        lines.append((float(length[same].sum()), line))
    lines.sort(key=lambda item: -item[0])
    return [line for _, line in lines[:_LINES]]
