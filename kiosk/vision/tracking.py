"""An outline that follows the sheet through a live picture: smooth, quick, and not gone at the first bad frame.

Looking at a whole picture takes tens of milliseconds; following four known sides takes a few. So a sheet once found is
followed, and looked for anew only now and then, or when its sides are lost. What is shown is smoothed more the less it
moves (after the 1 euro filter of Casiez, Roussel and Vogel, 2012), and a finding that differs from what is shown must
be seen twice before it replaces it.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from kiosk.vision import sides
from kiosk.vision.page import find_page
from kiosk.vision.types import Corners, Finding, Image, PageFinding, Quad

LOOK_AGAIN = 0.6  # seconds after which a followed sheet is looked for anew
WORK = 480  # pixels, longest side of the copy in which sides are followed
REACH, WINDOW = 10.0, 3.0  # pixels of it
SHOWN = 0.6  # share of a side that must be seen to be followed
STILL, MOVES = 0.0015, 0.012  # of the frame; below: noise, smoothed most; above: shown as it is
SMOOTHEST = 0.12  # weight of a new place when nothing moves
TWICE = 2  # findings of another kind or place before they are shown
MISSES = 3  # findings of nothing before the outline goes


@dataclass(frozen=True)
class Track:
    """What is shown, what was last measured, and what speaks against it."""

    shown: PageFinding
    corners: Quad | None = None  # measured last, not smoothed
    looked: float = -1e9
    against: int = 0


class Tracker:
    """Follows one sheet; give it every frame of one size. Not for several threads."""

    def __init__(self, find: Callable[[Image], PageFinding] = find_page) -> None:
        self._find = find
        self._track = Track(PageFinding(None, Finding.NONE))
        self.looks = 0
        """How often the whole picture was looked at."""

    def see(self, image: Image, now: float) -> PageFinding:
        """The finding to show for this frame, taken at `now` (seconds of any steady clock)."""
        if now - self._track.looked < LOOK_AGAIN:
            followed = self.follow(image)
            if followed is not None:
                return followed
        self.looks += 1
        self._track = taken(self._track, self._find(image), now, (image.shape[1], image.shape[0]))
        return self._track.shown

    def follow(self, image: Image) -> PageFinding | None:
        """The same sheet on this frame, without looking at all of it; None when it is not shown whole or its sides are
        lost. Takes a tenth of what looking takes."""
        track = self._track
        if track.corners is None or track.shown.finding is not Finding.PAGE:
            return None
        corners = follow(image, track.corners)
        if corners is None:
            return None
        shown = _moved(track.shown, corners, (image.shape[1], image.shape[0]))
        self._track = replace(track, corners=corners, shown=shown, against=0)
        return shown

    def forget(self) -> None:
        """Nothing is before the camera any more."""
        self._track = Track(PageFinding(None, Finding.NONE))


def follow(image: Image, corners: Quad) -> Quad | None:
    """The same sheet's corners on the next frame; None when its sides are not all to be seen near where they were."""
    scale = min(1.0, WORK / max(image.shape[:2]))
    small = image
    if scale < 1:
        small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    measured = sides.measure(small, (corners + 0.5) * scale - 0.5, REACH, WINDOW)
    usual = float(np.median(measured.steps))
    if min(measured.shares) < SHOWN or min(measured.steps) < 0.25 * usual:
        return None
    return (measured.corners + 0.5) / scale - 0.5


def taken(track: Track, found: PageFinding, now: float, size: tuple[int, int]) -> Track:
    """The track after the whole picture was looked at and `found` is what it shows; `size`: width and height."""
    shown = track.shown
    new = None if found.corners is None else np.asarray(found.corners, np.float64)
    nothing_shown = shown.corners is None
    if nothing_shown:
        return Track(found, new, now)
    if new is None:
        against = track.against + 1
        if against >= MISSES:
            return Track(found, None, now)
        return replace(track, against=against, looked=-1e9)
    same_place = _distance(np.asarray(shown.corners, np.float64), new, size) < 0.06
    if same_place and found.finding is shown.finding and found.side == shown.side:
        smoothed = replace(_moved(shown, new, size), several=found.several, flat=found.flat)
        return Track(smoothed, new, now)
    against = track.against + 1
    if against >= TWICE:
        return Track(found, new, now)
    return replace(track, against=against, looked=-1e9)


def _distance(one: Quad, other: Quad, size: tuple[int, int]) -> float:
    """The largest move of a corner, in shares of the frame's longer side."""
    return float(np.linalg.norm(one - other, axis=1).max()) / max(size)


def _moved(shown: PageFinding, new: Quad, size: tuple[int, int]) -> PageFinding:
    """The shown outline drawn towards the new corners: at once when it moves, slowly when it only trembles."""
    old = np.asarray(shown.corners, np.float64)
    move = np.linalg.norm(new - old, axis=1, keepdims=True) / max(size)
    weight = np.clip((move - STILL) / (MOVES - STILL), 0, 1) * (1 - SMOOTHEST) + SMOOTHEST
    first, second, third, fourth = ((float(x), float(y)) for x, y in old + weight * (new - old))
    corners: Corners = (first, second, third, fourth)
    return replace(shown, corners=corners)
