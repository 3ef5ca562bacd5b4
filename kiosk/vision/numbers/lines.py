"""Where lines of print are: places that may hold a number, cheaply, too many rather than too few.

On a pyramid of the picture every line of print has, on one level, digits about ten pixels tall. There dark strokes are
taken out by a black-hat, joined to a bar, and a bar that is long and thin is a line. Whether digits stand in it is for
the network to say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.vision.numbers.strips import HEIGHT
from kiosk.vision.types import Corners, Image

DIGIT = 20.0
"""Rows of a strip that a digit takes."""

_STEP = 0.62  # from one level of the pyramid to the next
_LEVELS = 5
_LEAST = 60  # pixels of a level that a line is long at least
_STEEPEST = math.radians(24)
_WIDEST = 960  # columns of a strip: the number of sixteen digits takes 250 to 400
_MARGIN = 14.0  # columns left and right of a line


@dataclass(frozen=True)
class Line:
    """The middle line of a bar: its middle, half its length, its slope and the height of its digits, in pixels."""

    x: float
    y: float
    half: float
    angle: float
    height: float

    @property
    def slenderness(self) -> float:
        """Length in heights; a number of sixteen digits has 10 to 22, more with a label before it."""
        return 2 * self.half / self.height

    def corners(self, first: float = -1.0, last: float = 1.0) -> Corners:
        """The outline of the part from `first` to `last` (-1 is the left end, 1 the right end)."""
        along, down = (math.cos(self.angle), math.sin(self.angle)), self.height * 0.65

        def at(part: float, side: float) -> tuple[float, float]:
            far = part * self.half
            return (
                self.x + far * along[0] - side * down * along[1],
                self.y + far * along[1] + side * down * along[0],
            )

        return (at(first, -1), at(last, -1), at(last, 1), at(first, 1))


def find_lines(grey: Image, limit: int = 48) -> list[Line]:
    """Lines of a grey picture, at most `limit`, the likeliest holders of a number first."""
    found: list[Line] = []
    level, scale = grey, 1.0
    for _ in range(_LEVELS):
        if min(level.shape) < 12 or level.shape[1] < _LEAST:
            break
        found += [_enlarged(line, 1 / scale) for line in _on_level(level)]
        scale *= _STEP
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        level = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    return sorted(_once(found), key=_unlikely)[:limit]


def _on_level(grey: Image) -> list[Line]:
    ink = _ink(grey)
    bars = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (15, 3)))
    bars = cv2.morphologyEx(bars, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (7, 4)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bars, connectivity=4)
    lines: list[Line] = []
    wide = (stats[1:, cv2.CC_STAT_WIDTH] >= _LEAST) & (stats[1:, cv2.CC_STAT_AREA] >= _LEAST * 4)
    for index in np.flatnonzero(wide) + 1:
        left, top, columns, rows, _ = (int(value) for value in stats[index])
        if rows > 0.5 * columns + 24:
            continue
        line = _line(np.asarray(labels[top : top + rows, left : left + columns] == index, np.uint8), left, top)
        if line is not None:
            lines.append(line)
    return lines


def _ink(grey: Image) -> Image:
    """Dark strokes that are narrower than a digit is tall, 0 or 1, by what is dark hereabouts."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 0.9)
    strokes = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_RECT, (13, 13)))
    small = cv2.resize(strokes, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    strong = cv2.blur(cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_RECT, (15, 5))), (15, 5))
    around = cv2.resize(strong, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(strokes > np.maximum(around * 0.55, 5), np.uint8)


def _line(bar: Image, left: int, top: int) -> Line | None:
    """The bar's axis, from its second moments."""
    moments = cv2.moments(bar, binaryImage=True)
    mass = moments["m00"]
    if mass <= 0:
        return None
    xx, yy, xy = moments["mu20"] / mass, moments["mu02"] / mass, moments["mu11"] / mass
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    spread = math.hypot((xx - yy) / 2, xy)
    long, thin = (xx + yy) / 2 + spread, max(0.1, (xx + yy) / 2 - spread)
    half, height = math.sqrt(3 * long), math.sqrt(12 * thin)  # of a solid bar
    if abs(angle) > _STEEPEST or not 5 <= height <= 19 or half * 2 < 6 * height:
        return None
    return Line(left + moments["m10"] / mass, top + moments["m01"] / mass, half, angle, height)


def _enlarged(line: Line, factor: float) -> Line:
    shift = (factor - 1) / 2  # pixels' middles, not their corners, are whole numbers
    return Line(line.x * factor + shift, line.y * factor + shift, line.half * factor, line.angle, line.height * factor)


def _once(lines: Sequence[Line]) -> list[Line]:
    """Of lines that neighbouring levels both found, the longer."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.half):
        for other in kept:
            across = -(line.x - other.x) * math.sin(other.angle) + (line.y - other.y) * math.cos(other.angle)
            along = math.hypot(line.x - other.x, line.y - other.y)
            if abs(across) < 0.5 * other.height and along < 0.35 * other.half and line.half > 0.6 * other.half:
                break
        else:
            kept.append(line)
    return kept


def _unlikely(line: Line) -> float:
    """Numbers are 10 to 30 heights long, and large print comes first."""
    length = line.slenderness
    return max(0.0, 10 - length) * 3 + max(0.0, length - 30) * 0.5 - 4 * math.log(line.height)


def strip_of(grey: Image, line: Line) -> Image:
    """The strip of a line, (HEIGHT, columns): upright, its digits DIGIT rows tall in the middle."""
    return _strip(grey, line, HEIGHT, DIGIT)


def x_of(column: float, line: Line) -> float:
    """The part of the line (-1 to 1) on which a column of its strip lies."""
    return (column - _columns(line) / 2) / (line.half * DIGIT / line.height)


def _columns(line: Line) -> int:
    return min(_WIDEST, math.ceil((2 * line.half * DIGIT / line.height + 2 * _MARGIN) / 32) * 32)


def _strip(grey: Image, line: Line, rows: int, digit: float) -> Image:
    zoom, columns = digit / line.height, _columns(line)
    source = grey
    if zoom < 0.6:  # fine detail first away, or it comes back as false detail
        source = np.asarray(cv2.GaussianBlur(_around(grey, line), (0, 0), 0.35 / zoom), np.uint8)
    shift = _offset(grey, line) if zoom < 0.6 else (0, 0)
    cosine, sine = math.cos(line.angle) / zoom, math.sin(line.angle) / zoom
    back = np.array(
        [
            [cosine, -sine, line.x - shift[0] - cosine * (columns - 1) / 2 + sine * (rows - 1) / 2],
            [sine, cosine, line.y - shift[1] - sine * (columns - 1) / 2 - cosine * (rows - 1) / 2],
        ]
    )
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(source, back, (columns, rows), flags=way, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _reach(line: Line) -> tuple[float, float]:
    margin = line.height * 2
    return (
        line.half * math.cos(line.angle) + margin,
        abs(line.half * math.sin(line.angle)) + margin,
    )


def _offset(grey: Image, line: Line) -> tuple[int, int]:
    across, down = _reach(line)
    return (
        min(max(0, int(line.x - across)), grey.shape[1] - 1),
        min(max(0, int(line.y - down)), grey.shape[0] - 1),
    )


def _around(grey: Image, line: Line) -> Image:
    left, top = _offset(grey, line)
    across, down = _reach(line)
    return grey[top : max(top + 1, int(line.y + down)), left : max(left + 1, int(line.x + across))]


def measured(grey: Image, line: Line) -> Line:
    """The line once more, by the rows in which its print is dark: height, middle and slope."""
    rows = 3 * HEIGHT // 2
    strip = _strip(grey, line, rows, DIGIT * 0.8)
    columns = strip.shape[1]
    strokes = cv2.morphologyEx(
        cv2.GaussianBlur(strip, (0, 0), 0.8),
        cv2.MORPH_BLACKHAT,
        cv2.getStructuringElement(cv2.MORPH_RECT, (17, 17)),
    ).astype(np.float32)
    strokes = np.maximum(strokes - 0.35 * float(np.percentile(strokes, 97)), 0)
    left, right = _band(strokes[:, : columns // 2].sum(1)), _band(strokes[:, columns // 2 :].sum(1))
    if left is None or right is None:
        return line
    zoom = line.height / (DIGIT * 0.8)
    (low_l, high_l), (low_r, high_r) = left, right
    tall = max(high_l - low_l, high_r - low_r)
    if min(high_l - low_l, high_r - low_r) < 0.6 * tall:
        return line
    middle = ((low_l + high_l + low_r + high_r) / 4 - (rows - 1) / 2) * zoom
    turn = math.atan2((low_r + high_r) / 2 - (low_l + high_l) / 2, columns / 2)
    height = (high_l - low_l + high_r - low_r) / 2 * zoom
    if not 0.5 * line.height < height < 1.7 * line.height:
        return line
    x, y = line.x - middle * math.sin(line.angle), line.y + middle * math.cos(line.angle)
    return Line(x, y, line.half, line.angle + turn, height)


def _band(profile: np.ndarray) -> tuple[float, float] | None:
    """First and last row, in parts of a row, of the dark band that lies in the middle."""
    peak = float(np.percentile(profile, 90))
    if peak <= 0:
        return None
    dark = profile > 0.3 * peak
    middle = len(profile) // 2
    near = np.flatnonzero(dark)
    start = int(near[np.argmin(abs(near - middle))])
    low = high = start
    while low > 0 and dark[low - 1]:
        low -= 1
    while high < len(profile) - 1 and dark[high + 1]:
        high += 1
    return (low - 0.5, high + 0.5) if high - low >= 5 else None
