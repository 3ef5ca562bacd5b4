"""How exactly the slope of print is found: `python -m tests.bench.bench_deskew [--each N] [--from SEED]`.

Drawn papers of seven kinds turned by -10 to 10 degrees on a virtual flatbed at 200 dpi; beside ours, in the same run, a
projection profile and Hough lines as tutorials have them. Figures their authors or others published for public packages
on other pages: jdeskew 0.22 degrees median and 1.73 for 95 of 100, deskew 0.31 and 1.64. One JSON line per method and
one per kind; `spread` is the median's 95 % interval from 1000 resamplings. `none`: no answer, counted as 0 degrees.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.vision.deskew import skew
from tests.vision.capturing import scanned
from tests.vision.documents import KINDS, document

Pixels = npt.NDArray[np.uint8]


def profile(page: Pixels) -> float | None:
    """The angle whose rows differ most, in steps of a tenth of a degree, on a copy of 600 pixels."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    scale = 600 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    rows, columns = ink.shape
    best, most = 0.0, -1.0
    for angle in np.arange(-12, 12.01, 0.1):
        turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), float(angle), 1.0)
        sums = cv2.warpAffine(ink, turn, (columns, rows), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
        mark = float(np.square(np.diff(sums)).sum())
        if mark > most:
            best, most = float(angle), mark
    return best


def hough(page: Pixels) -> float | None:
    """The median angle of straight segments within 12 degrees of level."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    edges = cv2.Canny(cv2.dilate(255 - grey, np.ones((3, 15), np.uint8)), 50, 150)
    lines = cv2.HoughLinesP(edges, 1, np.pi / 1800, 120, minLineLength=grey.shape[1] // 6, maxLineGap=20)
    if lines is None:
        return None
    x0, y0, x1, y1 = lines.reshape(-1, 4).T.astype(np.float64)
    angles = np.degrees(np.arctan2(y1 - y0, x1 - x0))
    angles = angles[np.abs(angles) < 12]
    return float(np.median(angles)) if len(angles) else None


METHODS: dict[str, Callable[[Pixels], float | None]] = {"profile": profile, "hough": hough, "ours": skew}


def figures(off: list[float]) -> dict[str, object]:
    """Median with its spread, and the 95th percentile."""
    rng = np.random.default_rng(1)
    values = np.array(off)
    medians = np.median(values[rng.integers(0, len(values), (1000, len(values)))], axis=1)
    low, high = np.percentile(medians, [2.5, 97.5])
    return {
        "median": round(float(np.median(values)), 3),
        "spread": [round(float(low), 3), round(float(high), 3)],
        "p95": round(float(np.percentile(values, 95)), 3),
        "worst": round(float(values.max()), 3),
    }


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=6, help="papers of each kind")
    parser.add_argument("--from", dest="first", type=int, default=1000, help="the first seed")
    asked = parser.parse_args(argv)
    cv2.setNumThreads(1)
    off: dict[str, dict[str, list[float]]] = {name: {kind: [] for kind in KINDS} for name in METHODS}
    silent = dict.fromkeys(METHODS, 0)
    took: dict[str, list[float]] = {name: [] for name in METHODS}
    for kind in KINDS:
        for seed in range(asked.first, asked.first + asked.each):
            turned = float(np.random.default_rng([seed, 3]).uniform(-10, 10))
            page = scanned(document(kind, seed), seed, turned=turned).picture
            for name, measure in METHODS.items():
                begun = time.process_time()
                found = measure(page)
                took[name].append((time.process_time() - begun) * 1000)
                silent[name] += found is None
                if name == "ours" and found is None:
                    continue  # it is left as it lies, and said so
                off[name][kind].append(abs((found or 0.0) - turned))
    for name in METHODS:
        everything = [one for kind in KINDS for one in off[name][kind]]
        line = (
            {"method": name} | figures(everything) | {"none": silent[name], "ms": round(float(np.median(took[name])))}
        )
        sys.stdout.write(json.dumps(line) + "\n")
    for kind in KINDS:
        line = {"kind": kind} | {name: round(float(np.median(off[name][kind] or [0.0])), 3) for name in METHODS}
        sys.stdout.write(json.dumps(line) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
