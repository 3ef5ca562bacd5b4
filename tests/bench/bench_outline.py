"""The outline on a live picture: how quick, how steady, how close: `python -m tests.bench.bench_outline [--frames N]`.

A drawn sheet at 1280x720 lies still, is pushed, is crossed by a hand and lies still again; every frame has noise of its
own, and where the sheet truly lies is known. In one run, on one core, each frame goes through:

- `every_frame`: our finder on every frame, nothing remembered;
- `former`: our finder before the network (tests.bench.former) on every frame;
- `followed`: our tracker (kiosk.vision.tracking), as the guide uses it.

`per_second`: frames a second of processor time, with the slowest tenth beside it. `still_px`: how far a corner moves
from one frame to the next while the sheet lies still, 95th percentile, pixels. `off_px`: how far corners are from the
truth, median and 95th percentile. `gone`: per cent of the frames without an outline. Last, whether the bounds hold: 15
frames a second and no frame without an outline but under the hand. Intervals are 95 % bootstrap over films.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.vision import PageFinding, find_page
from kiosk.vision.tracking import Tracker
from tests.bench import former
from tests.bench.bench_find_page import mean
from tests.vision.scenes import GROUNDS, Pixels, ground, lit, sheet

SIZE = (1280, 720)
RATE = 15.0  # pictures a second of the film
Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shown:
    """A frame, where the sheet is, whether it rests and whether a hand crosses it."""

    picture: Pixels
    corners: Points
    still: bool
    hand: bool


def film(seed: int, frames: int) -> Iterator[Shown]:
    """Thirds of it: lying still, pushed along a curve, crossed by a hand (and still)."""
    rng = np.random.default_rng([seed, 33])
    desk = ground(GROUNDS[seed % len(GROUNDS)], rng, SIZE)
    page = sheet(rng)
    high = 560.0
    half = np.array([high / 297 * 210, high]) / 2
    turn = rng.uniform(-0.15, 0.15)
    for index in range(frames):
        part = min(1.0, max(0.0, 3 * index / frames - 1))
        spin = turn + 0.25 * part
        move = np.array([520 + 240 * part, 360 + 20 * np.sin(3 * part)])
        cos, sin = np.cos(spin), np.sin(spin)
        square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
        corners = square @ np.array([(cos, sin), (-sin, cos)]) + move
        picture = desk.copy()
        rows, columns = page.shape[:2]
        edge = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32) - 0.5
        there = cv2.getPerspectiveTransform(edge, corners.astype(np.float32))
        cv2.warpPerspective(page, there, SIZE, dst=picture, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
        hand = 2 / 3 <= index / frames < 5 / 6
        if hand:
            reach = 700 * np.sin(np.pi * (index / frames - 2 / 3) * 6)
            cv2.line(picture, (1280, 700), (int(1280 - reach), int(700 - 0.3 * reach)), (96, 130, 190), 90)
        shown = lit(picture, np.random.default_rng([seed, 34]))  # the same lamp for all frames
        noise = np.random.default_rng([seed, 35, index]).normal(0, 3, shown.shape)
        yield Shown(np.clip(shown + noise, 0, 255).astype(np.uint8), corners, not 0 < part < 1, hand)


@dataclass
class Figures:
    """One finder on one film."""

    spent: list[float]
    still: list[float]
    off: list[float]
    gone: int = 0
    gone_bare: int = 0


def watched(see: Callable[[Pixels, float], PageFinding], shots: list[Shown]) -> Figures:
    """Every frame of a film through `see`."""
    figures = Figures([], [], [])
    before: tuple[Points, bool] | None = None
    for index, shot in enumerate(shots):
        begun = time.process_time()
        found = see(shot.picture, index / RATE)
        figures.spent.append(time.process_time() - begun)
        if found.corners is None:
            figures.gone += 1
            figures.gone_bare += not shot.hand
            before = None
            continue
        corners = np.array(found.corners)
        if not shot.hand:
            figures.off += [float(away) for away in np.linalg.norm(corners - shot.corners, axis=1)]
        if before is not None and before[1] and shot.still and not shot.hand:
            figures.still += [float(away) for away in np.linalg.norm(corners - before[0], axis=1)]
        before = corners, shot.still and not shot.hand
    return figures


def line(name: str, films: list[Figures]) -> dict[str, object]:
    """One line of results."""

    def each(of: Callable[[Figures], float], digits: int = 2) -> list[float]:
        return mean([of(one) for one in films], digits)

    return {
        "finder": name,
        "per_second": each(lambda one: len(one.spent) / sum(one.spent), 1),
        "per_second_slowest_tenth": each(lambda one: 1 / float(np.percentile(one.spent, 90)), 1),
        "still_px_p95": each(lambda one: float(np.percentile(one.still, 95)) if one.still else 0.0),
        "off_px_median": each(lambda one: float(np.median(one.off)) if one.off else float("nan")),
        "off_px_p95": each(lambda one: float(np.percentile(one.off, 95)) if one.off else float("nan")),
        "gone": each(lambda one: 100 * one.gone / len(one.spent), 1),
    }


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--films", type=int, default=6)
    options = parser.parse_args(argv)
    cv2.setNumThreads(1)
    finders: dict[str, Callable[[], Callable[[Pixels, float], PageFinding]]] = {
        "every_frame": lambda: lambda picture, _: find_page(picture),
        "former": lambda: lambda picture, _: former.find_page(picture),
        "followed": lambda: Tracker().see,
    }
    results: dict[str, list[Figures]] = {name: [] for name in finders}
    for seed in range(options.films):
        shots = list(film(seed, options.frames))
        for name, make in finders.items():
            results[name].append(watched(make(), shots))
    for name, films in results.items():
        sys.stdout.write(json.dumps(line(name, films)) + "\n")
    ours = results["followed"]
    quick = all(len(one.spent) / sum(one.spent) >= RATE for one in ours)
    holds = quick and not any(one.gone_bare for one in ours)
    sys.stdout.write(json.dumps({"bounds": "hold" if holds else "broken"}) + "\n")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
