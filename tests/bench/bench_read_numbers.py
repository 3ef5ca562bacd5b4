"""How well NIK and nomor KK are read: `python -m tests.bench.bench_read_numbers [--cards N] [--tuning] [--peers N]`.

The cards are those of tests.vision.cards (kinds, defects of three strengths, 100 to 300 dpi, drawn by lot), from the
test seeds or with --tuning from the others. Tesseract reads the first --peers of them beside ours. JSON lines: the
engines on the same cards, then ours on all of them, by class and by threshold. Percentages have 95 % intervals:
bootstrap for accuracies, Clopper-Pearson for wrong numbers. Times are CPU milliseconds, children included; a busy
machine ends no look early here.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import cv2
import numpy as np

from kiosk.forms.marks import marks
from kiosk.vision.numbers import DOUBT, SURE, NumberRead, read_numbers
from tests.bench import tesseract
from tests.vision.cards import REGIONS, TEST, TODAY, Card, card

THRESHOLDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995)


@dataclass(frozen=True)
class Outcome:
    """What an engine made of one card. `right_digits` of the 16 of the card's number; `offered` says of each number
    without a mark of :mod:`kiosk.forms.marks` its least confidence and whether it stands on the card."""

    card: Card
    right_digits: int
    read: bool
    ms: float
    offered: tuple[tuple[float, bool], ...]


def check(number: str) -> frozenset[str]:
    """The marks of the day and of the districts that the cards' numbers have."""
    return frozenset(marks(number, today=TODAY, known=REGIONS))


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used) * 1000


def _outcome(one: Card, numbers: Iterable[tuple[str, float, bool]], ms: float) -> Outcome:
    numbers = list(numbers)
    near = min((_distance(text, one.main) for text, _, first in numbers if first), default=16)
    truth = {one.main, *one.others}
    offered = tuple((sure, text in truth) for text, sure, _ in numbers if not check(text))
    read = any(text == one.main for text, _, first in numbers if first)
    return Outcome(one, 16 - min(16, near), read, ms, offered)


def ours(one: Card) -> Outcome:
    """What the product does. Second readings count as offered, not as read."""
    begun = _cpu()
    found: tuple[NumberRead, ...] = read_numbers(one.picture, check, budget=60)
    ms = _cpu() - begun
    places = [number.corners for number in found]
    first = [places.index(corners) == index for index, corners in enumerate(places)]
    numbers = [(n.text, min(n.confidences), f) for n, f in zip(found, first, strict=True)]
    return _outcome(one, numbers, ms)


def _peer(read: Callable[[np.ndarray], list[str]]) -> Callable[[Card], Outcome]:
    def outcome(one: Card) -> Outcome:
        begun = _cpu()
        texts = read(one.picture)
        return _outcome(one, [(text, 1.0, True) for text in texts], _cpu() - begun)

    return outcome


ENGINES = {"tesseract": _peer(tesseract.whole), "tesseract on our lines": _peer(tesseract.lines), "ours": ours}


def _distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def _interval(values: list[float]) -> list[float]:
    """Bootstrap of a mean, in percent."""
    rng = np.random.default_rng(0)
    data = np.array(values)
    means = [float(data[rng.integers(0, len(data), len(data))].mean()) for _ in range(1000)]
    return [round(100 * float(np.percentile(means, p)), 2) for p in (2.5, 97.5)]


def exact(wrong: int, count: int) -> list[float]:
    """Clopper-Pearson's 95 % interval of a share, in percent."""

    def below(k: int, share: float) -> float:
        if share <= 0 or share >= 1:
            return 1.0 if share <= 0 or k >= count else 0.0
        logs = (
            math.lgamma(count + 1)
            - math.lgamma(i + 1)
            - math.lgamma(count - i + 1)
            + i * math.log(share)
            + (count - i) * math.log1p(-share)
            for i in range(k + 1)
        )
        return sum(math.exp(value) for value in logs)

    def solved(holds: Callable[[float], bool]) -> float:
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        return low

    least = 0.0 if wrong == 0 else solved(lambda share: 1 - below(wrong - 1, share) < 0.025)
    most = 1.0 if wrong >= count else solved(lambda share: below(wrong, share) > 0.025)
    return [round(100 * least, 4), round(100 * most, 4)]


def _figures(outcomes: list[Outcome]) -> dict[str, object]:
    digits, read = [one.right_digits / 16 for one in outcomes], [float(one.read) for one in outcomes]
    return {
        "cards": len(outcomes),
        "digit_percent": round(100 * sum(digits) / len(digits), 2),
        "digit_interval": _interval(digits),
        "number_percent": round(100 * sum(read) / len(read), 2),
        "number_interval": _interval(read),
        "median_ms": round(float(np.median([one.ms for one in outcomes]))),
        "p95_ms": round(float(np.percentile([one.ms for one in outcomes], 95))),
    }


def _at(outcomes: list[Outcome], threshold: float) -> dict[str, object]:
    """Numbers offered without any mark, were doubt to begin below `threshold`."""
    clean = [right for one in outcomes for sure, right in one.offered if sure >= threshold]
    wrong = len(clean) - sum(clean)
    with_clean = sum(any(sure >= threshold and right for sure, right in one.offered) for one in outcomes)
    return {
        "threshold": threshold,
        "unmarked": len(clean),
        "wrong_unmarked": wrong,
        "wrong_percent": round(100 * wrong / max(1, len(clean)), 3),
        "wrong_interval": exact(wrong, max(1, len(clean))),
        "cards_with_a_right_unmarked_percent": round(100 * with_clean / len(outcomes), 1),
    }


def _say(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def _all(seed: int, engines: tuple[str, ...]) -> dict[str, Outcome]:
    """One card, by each of these engines; the outcomes without the picture."""
    cv2.setNumThreads(1)
    one = card(seed)
    found = {name: ENGINES[name](one) for name in engines}
    bare = replace(one, picture=np.empty(0, np.uint8))
    return {name: replace(outcome, card=bare) for name, outcome in found.items()}


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=60)
    parser.add_argument("--peers", type=int, default=40, help="cards that Tesseract reads too")
    parser.add_argument("--tuning", action="store_true", help="seeds that the reader was tuned on")
    parser.add_argument("--first", type=int, default=0, help="number of the first card")
    parser.add_argument("--jobs", type=int, default=1, help="cards at the same time")
    options = parser.parse_args(argv)
    begin = (0 if options.tuning else TEST) + options.first
    engines = list(ENGINES) if tesseract.THERE else ["ours"]
    if not tesseract.THERE:
        sys.stderr.write("tesseract-ocr is not installed: ours alone\n")
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    jobs = [(begin + i, tuple(n for n in engines if n == "ours" or i < options.peers)) for i in range(options.cards)]
    with ProcessPoolExecutor(options.jobs) as pool:
        for some in pool.map(_all, *zip(*jobs, strict=True), chunksize=4):
            for name, one in some.items():
                outcomes[name].append(one)
    for name, some in outcomes.items():
        same = some[: options.peers] or some
        wrong = _at(same, SURE if name == "ours" else 0.0)
        _say({"engine": name} | _figures(same) | {k: wrong[k] for k in ("unmarked", "wrong_unmarked")})
    mine = outcomes["ours"]
    _say({"ours": "all"} | _figures(mine))
    classes: dict[str, list[Outcome]] = defaultdict(list)
    for one in mine:
        classes[one.card.kind].append(one)
        classes[f"{one.card.dpi} dpi"].append(one)
        classes[one.card.defect if one.card.defect == "none" else f"{one.card.defect} {one.card.strength}"].append(one)
    for name in sorted(classes):
        figures = _figures(classes[name])
        _say({"class": name} | {k: figures[k] for k in ("cards", "digit_percent", "number_percent")})
    for threshold in sorted({*THRESHOLDS, SURE}):
        _say(_at(mine, threshold))
    _say({"mark": DOUBT, "below": SURE})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
