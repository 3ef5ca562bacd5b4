"""How well a sheet is found, beside other ways: `python -m tests.bench.bench_find_page [--photos DIR] [--split test]`.

Without photographs: drawn scenes (kiosk.vision.training) with numbers no training has seen. With `--photos`: public
photographs, which this repository does not hold; pages.json names for each its repository and path, its SHA-256, by
which files in DIR are known, and the corners. "test" pictures took no part in any choice made here; "tune" ones did.
How each was annotated is told with it: corners measured first and accepted by eye then flatter what measured them.

The same pictures, at most 1920 pixels long, go through every finder in one run, single-threaded:

- `canny`: Canny and approxPolyDP, as tutorials have it;
- `otsu`: Otsu's threshold, the largest region's hull, reduced to four corners;
- `former`: our finder before the network: regions and lines judged by their edges (tests.bench.former);
- `ours`.

Mean overlap (IoU) and shares have 95 % bootstrap intervals. Then verdicts: the same photographs cropped so that 8 to
40 % of the sheet is lost, and crops beside the sheet. One JSON line each. `--stages` instead compares our finder with
itself without one of its stages. `several` and `not_flat` tell how often "two pages" and "not lying flat" are right on
drawn scenes: of those said, how many are so (precision); of those that are so, how many are said (recall).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.vision import Finding, PageFinding, find_page, page, pagenet
from kiosk.vision.training.scenes import Scene, scene
from kiosk.vision.training.surfaces import surfaces
from tests.bench import former
from tests.vision.scenes import overlap

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]
LONGEST = 1920
UNSEEN = 900_000_000  # scenes from this number on


@dataclass(frozen=True)
class Shot:
    """A picture; the sheet's corners clockwise, or None; what should be said of it."""

    picture: Pixels
    corners: Points | None
    finding: Finding
    several: bool = False
    flat: bool = True


def canny(picture: Pixels) -> PageFinding:
    """The tutorial: height 500, Canny 75/200, the first of the five largest contours with four corners."""
    scale = picture.shape[0] / 500
    small = cv2.resize(picture, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    edged = cv2.Canny(cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0), 75, 200)
    contours, _ = cv2.findContours(edged, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:5]:
        shape = cv2.approxPolyDP(contour, 0.02 * cv2.arcLength(contour, True), True)
        if len(shape) == 4:
            return _finding(shape[:, 0, :] * scale)
    return PageFinding(None, Finding.NONE)


def otsu(picture: Pixels) -> PageFinding:
    """Threshold, largest region, hull, four corners."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (7, 7), 0)
    _, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return PageFinding(None, Finding.NONE)
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    shape, slack = hull, 0.005
    while len(shape) > 4 and slack < 0.2:
        shape = cv2.approxPolyDP(hull, slack * cv2.arcLength(hull, True), True)
        slack *= 1.2
    return _finding(shape[:, 0, :]) if len(shape) == 4 else PageFinding(None, Finding.NONE)


def _finding(points: npt.NDArray[np.generic]) -> PageFinding:
    hull = cv2.convexHull(points.astype(np.float32))[:, 0, :]
    if len(hull) != 4:
        return PageFinding(None, Finding.NONE)
    first, second, third, fourth = ((float(x), float(y)) for x, y in hull)
    return PageFinding((first, second, third, fourth), Finding.PAGE)


def network_alone(picture: Pixels) -> PageFinding:
    """The network's outline, its sides not measured."""
    small, scale = page.scaled(picture, page.WORK)
    rough = page.rough_outline(small, pagenet.look(small))
    return PageFinding(None, Finding.NONE) if rough is None else _finding((rough + 0.5) / scale - 0.5)


def small_copy(picture: Pixels) -> PageFinding:
    """Sides measured on the small copy only."""
    small, scale = page.scaled(picture, page.WORK)
    found = find_page(small)
    if found.corners is None:
        return found
    first, second, third, fourth = (((x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5) for x, y in found.corners)
    return PageFinding((first, second, third, fourth), found.finding, found.side)


def one_look(picture: Pixels) -> PageFinding:
    """Without a second look at what is small."""
    with mock.patch.object(page, "PERHAPS", 2.0):
        return find_page(picture)


def not_continued(picture: Pixels) -> PageFinding:
    """Without following a sheet whose side is not seen on to the frame's edge."""
    with mock.patch.object(page, "continued", lambda _, measured: (measured, "")):
        return find_page(picture)


Finders = dict[str, Callable[[Pixels], PageFinding]]
FINDERS: Finders = {"canny": canny, "otsu": otsu, "former": former.find_page, "ours": find_page}
STAGES: Finders = {
    "network_alone": network_alone,
    "small_copy_only": small_copy,
    "one_look_only": one_look,
    "not_continued": not_continued,
    "ours": find_page,
}


def drawn(count: int) -> Iterator[Shot]:
    """Scenes by the training's program, with numbers and surfaces it never uses."""
    unseen = surfaces(60, seed=9)
    for seed in range(UNSEEN, UNSEEN + count):
        yield _shot(scene(seed, unseen))


def _shot(made: Scene) -> Shot:
    kind = Finding.NONE if made.corners is None else Finding.CUT_OFF if made.cut_off else Finding.PAGE
    return Shot(made.picture, made.corners, kind, bool(made.others), made.bend <= page.NOT_FLAT)


def photographs(folder: Path, split: str) -> Iterator[Shot]:
    """The public photographs of this split that `folder` holds."""
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in folder.rglob("*") if path.is_file()}
    for row in json.loads((Path(__file__).parent / "pages.json").read_text(encoding="utf-8")):
        if row["split"] != split or row["sha256"] not in files:
            continue
        picture = np.asarray(cv2.imread(str(files[row["sha256"]]), cv2.IMREAD_COLOR), np.uint8)
        corners = np.array(row["corners"], np.float64)
        scale = LONGEST / max(picture.shape[:2])
        if scale < 1:
            picture = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
            corners = (corners + 0.5) * scale - 0.5
        yield Shot(picture, corners, Finding(row["finding"]))


def cropped(shots: list[Shot]) -> Iterator[Shot]:
    """From each photograph one with a part of the sheet cut off, and one beside the sheet where there is room."""
    rng = np.random.default_rng(5)
    for shot in shots:
        if shot.corners is None:
            continue
        rows, columns = shot.picture.shape[:2]
        low, high = shot.corners.min(axis=0), shot.corners.max(axis=0)
        part = (high - low) * rng.uniform(0.08, 0.4)
        x0, y0, x1, y1 = 0, 0, columns, rows
        side = int(rng.integers(4))
        if side == 0:
            x0 = int(low[0] + part[0])
        elif side == 1:
            x1 = int(high[0] - part[0])
        elif side == 2:
            y0 = int(low[1] + part[1])
        else:
            y1 = int(high[1] - part[1])
        if min(x1 - x0, y1 - y0) > 150:
            yield Shot(np.ascontiguousarray(shot.picture[y0:y1, x0:x1]), None, Finding.CUT_OFF)
        left, top, right, bottom = int(low[0]) - 8, int(low[1]) - 8, int(high[0]) + 8, int(high[1]) + 8
        bands = [(0, 0, left, rows), (right, 0, columns, rows), (0, 0, columns, top), (0, bottom, columns, rows)]
        x0, y0, x1, y1 = max(bands, key=lambda band: max(0, band[2] - band[0]) * max(0, band[3] - band[1]))
        if min(x1 - x0, y1 - y0) > 0.15 * max(rows, columns):
            yield Shot(np.ascontiguousarray(shot.picture[y0:y1, x0:x1]), None, Finding.NONE)


def mean(values: list[float], digits: int = 3) -> list[float]:
    """The mean, and its 95 % bootstrap interval; nothing of nothing."""
    if not values:
        return []
    array = np.array(values, np.float64)
    again = np.random.default_rng(1).choice(array, (2000, len(array))).mean(axis=1)
    low, high = np.percentile(again, [2.5, 97.5])
    return [round(float(value), digits) for value in (array.mean(), low, high)]


def share(good: list[bool]) -> list[float]:
    """Per cent, and its 95 % bootstrap interval."""
    return mean([100.0 * value for value in good], 1)


def told(pairs: list[tuple[bool, bool]]) -> dict[str, list[float]]:
    """Precision and recall of a judgement, from pairs of what was said and what is so; per cent, with intervals."""
    return {
        "precision": share([so for said, so in pairs if said]),
        "recall": share([said for said, so in pairs if so]),
        "wrongly_said": share([said for said, so in pairs if not so]),
    }


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--split", choices=("test", "tune"), default="test")
    parser.add_argument("--scenes", type=int, default=150)
    parser.add_argument("--stages", action="store_true", help="our finder beside itself without one of its stages")
    options = parser.parse_args(argv)
    cv2.setNumThreads(1)
    shots = list(photographs(options.photos, options.split) if options.photos else drawn(options.scenes))
    if not shots:
        sys.stdout.write(
            json.dumps({"skipped": "none of the photographs that pages.json names lies in that folder"}) + "\n"
        )
        return 0
    crops = list(cropped(shots)) if options.photos else []
    for name, find in (STAGES if options.stages else FINDERS).items():
        overlaps: list[float] = []
        spent: list[float] = []
        several: list[tuple[bool, bool]] = []
        bent: list[tuple[bool, bool]] = []
        said: dict[Finding, list[bool]] = {finding: [] for finding in Finding}
        find(shots[0].picture)  # what is loaded once is loaded now
        for shot in shots:
            begun = time.process_time()
            found = find(shot.picture)
            spent.append((time.process_time() - begun) * 1000)
            said[shot.finding].append(found.finding is shot.finding)
            if shot.finding is Finding.PAGE and found.finding is Finding.PAGE:
                several.append((found.several, shot.several))
                bent.append((not found.flat, not shot.flat))
            if shot.corners is not None and shot.finding is Finding.PAGE:
                corners = found.corners
                overlaps.append(overlap(np.array(corners), shot.corners) if corners is not None else 0.0)
        for shot in crops:
            said[shot.finding].append(find(shot.picture).finding is shot.finding)
        line = {
            "finder": name,
            "pages": len(overlaps),
            "mean_iou": mean(overlaps),
            "above_0.9": share([value > 0.9 for value in overlaps]),
            "above_0.95": share([value > 0.95 for value in overlaps]),
            "verdict_right": {kind.value: [len(good), *share(good)] for kind, good in said.items()},
            "cpu_ms_median": round(float(np.median(spent)), 1),
            "cpu_ms_p95": round(float(np.percentile(spent, 95)), 1),
        }
        if find is find_page and not options.photos:
            line |= {"several": told(several), "not_flat": told(bent)}
        sys.stdout.write(json.dumps(line) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
