"""How often judgements of pictures are right, and their cost: `python -m tests.bench.bench_quality [--each N]`.

Pictures spoilt by a known defect at a ruinous strength, and as many that are not (tests.vision.defects_set), by seeds
that no threshold was chosen on; `--tuning` takes those that they were chosen on. One JSON line per defect: precision
and recall with their 95 % intervals (Wilson's score, which stays honest where nothing was wrong). Beside it the measure
that most programs use, with the threshold that is best for it on tuning seeds: the variance of the Laplacian for blur,
the share of pixels above 250 for glare, the mean for darkness, the share of edge pixels for blank sheets. Then the
time on one core, milliseconds.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Mapping

import cv2
import numpy as np

from kiosk.vision import Hint, Image, measure
from kiosk.vision.codes import to_grey
from kiosk.vision.flat import flatten
from tests.vision.defect_pages import page
from tests.vision.defects import PREVIEW, STILL, Spoilt, photograph, varied
from tests.vision.defects_set import IN_PREVIEWS, IN_STILLS, TEST, TUNING, Case, case

Peer = Callable[[Image], float]


def laplacian(view: Image) -> float:
    """The higher the blurrier."""
    return -float(cv2.Laplacian(view, cv2.CV_64F).var())


def burnt(view: Image) -> float:
    """Share of pixels at the sensor's end."""
    return float(np.mean(view >= 250))


def dark(view: Image) -> float:
    """The higher the darker."""
    return -float(view.mean())


def edgeless(view: Image) -> float:
    """The higher the emptier."""
    return -float(np.mean(cv2.Canny(view, 50, 150) > 0))


PEERS: dict[Hint, Peer] = {
    Hint.BLURRED: laplacian,
    Hint.MOVING: laplacian,
    Hint.GLARE: burnt,
    Hint.DARK: dark,
    Hint.BLANK: edgeless,
}


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=30, help="pictures of each defect, spoilt and not")
    parser.add_argument("--stills", type=int, default=15, help="the same for pictures of 13 megapixels")
    parser.add_argument("--tuning", action="store_true", help="the seeds that thresholds were chosen on")
    parser.add_argument("--only", default="", help="hints, separated by commas")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    only = [Hint(name) for name in args.only.split(",") if name]
    for still, strengths in ((False, IN_PREVIEWS), (True, IN_STILLS)):
        each = args.stills if still else args.each
        for defect in strengths if each else ():
            if not only or defect in only:
                say(_judged(defect, still, each, TUNING if args.tuning else TEST))
    for name, size in (("preview", PREVIEW), ("still", STILL)):
        say({"cost": name} | _cost(size))
    return 0


def _judged(defect: Hint, still: bool, each: int, begin: int) -> dict[str, object]:
    wrong, right, missed, unsharp = 0, 0, 0, 0
    peer = PEERS.get(defect)
    values: list[tuple[float, bool]] = []
    for bad in (False, True):
        for seed in range(begin, begin + each):
            one = case(defect, bad, seed, still=still)
            if one is None:
                continue
            quality = measure(one.picture, one.corners, final=still)
            found = defect in (*quality.faults, *quality.notes)
            right += found and bad
            wrong += found and not bad
            missed += bad and not found
            unsharp += bad and bool({Hint.MOVING, Hint.BLURRED} & set(quality.faults))
            if peer is not None:
                values.append((peer(_view(one)), bad))
    line: dict[str, object] = {
        "defect": defect.value,
        "picture": "still" if still else "preview",
        "precision": _share(right, right + wrong),
        "recall": _share(right, right + missed),
        "spoilt": right + missed,
        "false": wrong,
    }
    if defect in (Hint.MOVING, Hint.BLURRED):
        line["recall_as_either"] = _share(unsharp, right + missed)
    if peer is not None:
        line |= _peer(peer, values, defect, still, each)
    return line


def _peer(peer: Peer, values: list[tuple[float, bool]], defect: Hint, still: bool, each: int) -> dict[str, object]:
    """How the peer fares with the threshold that was best on a third as many tuning pictures."""
    known: list[tuple[float, bool]] = []
    for bad in (False, True):
        for seed in range(TUNING, TUNING + max(6, each // 3)):
            one = case(defect, bad, seed, still=still)
            if one is not None:
                known.append((peer(_view(one)), bad))
    limit = max((value for value, _ in known), key=lambda at: sum((value >= at) == bad for value, bad in known))
    right = sum(value >= limit and bad for value, bad in values)
    wrong = sum(value >= limit and not bad for value, bad in values)
    spoilt = sum(bad for _, bad in values)
    return {
        "peer": peer.__name__,
        "peer_precision": _share(right, right + wrong),
        "peer_recall": _share(right, spoilt),
    }


def _view(one: Case) -> Image:
    return to_grey(flatten(one.picture, one.corners).view)


def _share(part: int, whole: int) -> list[float]:
    """The share and its 95 % interval (E. B. Wilson, 1927)."""
    if not whole:
        return [math.nan, 0.0, 1.0]
    z, p = 1.96, part / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return [round(p, 3), round(middle - half, 3), round(min(1.0, middle + half), 3)]


def _cost(size: tuple[int, int]) -> dict[str, float]:
    took: list[float] = []
    for seed in range(3):
        rng = np.random.default_rng([seed, 60])
        shot = photograph(page("letter", rng), varied(rng, Spoilt()), rng, size)
        for _ in range(5):
            begun = time.process_time()
            measure(shot.picture, shot.corners, final=size == STILL)
            took.append((time.process_time() - begun) * 1000)
    return {"median_ms": round(float(np.median(took)), 1), "p95_ms": round(float(np.percentile(took, 95)), 1)}


def say(line: Mapping[str, object]) -> None:
    """One line of the report, at once."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
