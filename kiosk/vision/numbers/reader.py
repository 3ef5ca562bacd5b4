"""Read the numbers of sixteen digits on a picture: lines, strips, digits, candidates with their marks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from kiosk.vision.numbers.decoding import LENGTH, Digit, digit_runs, numbers
from kiosk.vision.numbers.lines import Line, find_lines, measured, strip_of, x_of
from kiosk.vision.numbers.network import Frames, frames_of
from kiosk.vision.numbers.strips import HEIGHT
from kiosk.vision.numbers.telling import Check, Found, NumberRead, once, told
from kiosk.vision.types import Corners, Image, Point

BUDGET = 0.6
"""Seconds after which no further look is begun."""

_PIXELS = 2_200_000  # more than a frame of 1920 x 1080 adds nothing but time
_SHORTEST, _LONGEST = 14, 18  # digits of what is offered at all
_LIKELY = 0.7  # mean confidence of a number for which no other orientation is tried
_TURNS = (None, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE)


def read_numbers(
    picture: Image, check: Check, *, limit: int = 8, budget: float = BUDGET, clock: Callable[[], float] = time.monotonic
) -> tuple[NumberRead, ...]:
    """Numbers of sixteen digits on a picture, largest print first, with second readings after them; at most `limit`.

    A number that came out with 14, 15, 17 or 18 digits is told too: `check` marks it. Every number that is not sure in
    every digit has the mark DOUBT. The picture may lie on its side or head. Never raises for any uint8 picture.
    """
    if picture.size == 0:
        return ()
    until = clock() + budget
    grey, scale = _grey(picture)
    best: list[Found] = []
    turned_by: int | None = None
    for turn in _TURNS:
        if turn is not None and clock() > until:
            break
        found = _look(grey if turn is None else np.asarray(cv2.rotate(grey, turn), np.uint8), lambda: clock() > until)
        if _worth(found) > _worth(best):
            best, turned_by = found, turn
        if _worth(best) >= _LIKELY:
            break
    size = (picture.shape[1], picture.shape[0])
    return told(best, check, lambda corners: _back(corners, turned_by, size, scale), 1 / scale)[:limit]


def _worth(found: Sequence[Found]) -> float:
    """The mean confidence of the best number of sixteen digits; those of other lengths count for little."""
    return max((one.mean if len(one.digits) == LENGTH else 0.2 * one.mean for one in found), default=0.0)


def _grey(picture: Image) -> tuple[Image, float]:
    """The brightest channel, for print is dark in all and a card's colours are not; at most _PIXELS."""
    scale = min(1.0, (_PIXELS / (picture.shape[0] * picture.shape[1])) ** 0.5)
    if scale < 1:
        picture = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    if picture.ndim == 3:
        blue, green, red = (picture[:, :, channel] for channel in range(3))
        picture = np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8)
    return picture, scale


def _look(grey: Image, late: Callable[[], bool]) -> list[Found]:
    lines = [measured(grey, line) for line in find_lines(grey)]
    found: list[Found] = []
    for first in range(0, len(lines), 16):
        if first and late():
            break
        some = lines[first : first + 16]
        for line, frames in zip(some, frames_of([strip_of(grey, line) for line in some]), strict=True):
            for run in digit_runs(frames):
                if len(run) < 6 or (found and late()):
                    continue
                if (better := _closer(grey, line, run)) is not None:
                    found.append(better)
    return once(found)


def _closer(grey: Image, line: Line, run: tuple[Digit, ...]) -> Found | None:
    """The number once more: its line made whole to both sides, its strip seen in several sizes and heights."""
    if len(run) < LENGTH:
        line = _whole(line, run)
    line = measured(grey, line)
    best: Found | None = None
    for one in digit_runs(_together(grey, line)):
        digits = numbers(one)
        if _SHORTEST <= len(digits) <= _LONGEST:
            now = Found(line, digits)
            best = now if best is None or now.worth > best.worth else best
    return best


def _whole(line: Line, run: Sequence[Digit]) -> Line:
    """The line as long as sixteen digits would be to either side of those that were seen."""
    first, last = x_of(run[0].column, line), x_of(run[-1].column, line)
    pitch = (last - first) / (len(run) - 1)
    more = (LENGTH - len(run) + 0.7) * pitch
    low, high = min(-1.0, first - more), max(1.0, last + more)
    middle, half = (low + high) / 2 * line.half, (high - low) / 2 * line.half
    return replace(
        line, x=line.x + middle * float(np.cos(line.angle)), y=line.y + middle * float(np.sin(line.angle)), half=half
    )


def _together(grey: Image, line: Line) -> Frames:
    """The mean of what the network says of five strips of the line, each a little taller, lower or higher."""
    strip = strip_of(grey, line)
    views = [strip]
    for zoom, shift in ((0.88, 0.0), (1.12, 0.0), (1.0, -1.5), (1.0, 1.5)):
        offset = (HEIGHT - 1) / 2 * (1 - zoom) + shift
        matrix = np.array([[1.0, 0, 0], [0, zoom, offset]])
        size = (strip.shape[1], HEIGHT)
        view = cv2.warpAffine(strip, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        views.append(np.asarray(view, np.uint8))
    said = frames_of(views)
    return np.asarray(sum(said[1:], said[0]) / len(said), np.float32)


def _back(corners: Corners, turn: int | None, size: tuple[int, int], scale: float) -> Corners:
    """Corners on a turned and reduced picture as they lie on the picture that was given."""
    wide, tall = size[0] - 1, size[1] - 1

    def one(point: Point) -> Point:
        x, y = (point[0] + 0.5) / scale - 0.5, (point[1] + 0.5) / scale - 0.5
        if turn == cv2.ROTATE_180:
            return wide - x, tall - y
        if turn == cv2.ROTATE_90_CLOCKWISE:
            return y, tall - x
        if turn == cv2.ROTATE_90_COUNTERCLOCKWISE:
            return wide - y, x
        return x, y

    return (one(corners[0]), one(corners[1]), one(corners[2]), one(corners[3]))
