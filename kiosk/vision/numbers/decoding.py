"""From frames to digits: where a character stands, which it is, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from kiosk.vision.numbers.network import Frames
from kiosk.vision.numbers.strips import STRIDE

LENGTH = 16
_GAP, _OTHER = 0, 11
_GROUPS = ({4, 8, 12}, {6, 12}, {6}, {4, 10}, {2, 4, 6, 12})
"""Places at which people leave room in a number of sixteen digits."""


@dataclass(frozen=True)
class Digit:
    """A digit, how sure it is (0 to 1), the next best with its share, and the column of the strip of its middle."""

    value: str
    confidence: float
    second: str
    second_confidence: float
    column: float


@dataclass
class _Run:
    first: int
    last: int  # the frame after
    kind: int

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def digit_runs(frames: Frames) -> list[tuple[Digit, ...]]:
    """Digits of a strip that follow one another with nothing else between, left to right."""
    runs = _runs(frames)
    parts: list[tuple[Digit, ...]] = []
    now: list[Digit] = []
    for run in runs:
        if run.kind == _OTHER:
            parts.append(tuple(now))
            now = []
        else:
            now.append(_digit(frames, run))
    parts.append(tuple(now))
    return [part for whole in parts if whole for part in _apart(whole)]


def numbers(run: Sequence[Digit]) -> tuple[Digit, ...]:
    """The digits of a run that are one number: all of them, or sixteen where room sets the rest apart."""
    whole = tuple(run)
    if len(whole) > LENGTH:
        steps = np.diff([digit.column for digit in whole])
        extra = len(whole) - LENGTH
        before, after = float(steps[extra - 1]), float(steps[LENGTH - 1])
        usual = float(np.median(steps))
        if max(before, after) > 1.5 * usual:
            whole = whole[extra:] if before >= after else whole[:LENGTH]
        elif extra == 1 and max(before, after) > 1.1 * usual:  # a rule or a colon, perhaps: then the end is not sure
            whole = (_less(whole[1]), *whole[2:]) if before >= after else (*whole[:-2], _less(whole[-2]))
    return _spaced(whole)


def _runs(frames: Frames) -> list[_Run]:
    kinds = frames.argmax(0)
    edges = np.flatnonzero(np.diff(kinds)) + 1
    bounds = [0, *edges.tolist(), len(kinds)]
    runs = [_Run(a, b, int(kinds[a])) for a, b in pairwise(bounds) if kinds[a] != _GAP]
    if len(runs) < 3:
        return runs
    pitch = float(np.median(np.diff([run.middle for run in runs])))
    merged: list[_Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        # two readings of one character: they touch, or stand nearer than characters can
        if last is not None and run.middle - last.middle < (0.62 if run.first == last.last else 0.45) * pitch:
            last.last = run.last
            mass = frames[1:, last.first : last.last].sum(1)
            last.kind = int(mass.argmax()) + 1
        else:
            merged.append(run)
    return merged


def _digit(frames: Frames, run: _Run) -> Digit:
    part = frames[:, run.first : run.last]
    mass = part[1:].sum(1)
    digits = mass[:10]
    best = run.kind - 1
    order = np.argsort(-digits)
    second = int(order[0]) if int(order[0]) != best else int(order[1])
    total = max(1e-6, float(mass.sum()))
    sure = float(digits[best]) / total * float(part[run.kind].max())
    # its middle by weight, so that a step between two digits is a distance and not a count of frames
    weight = part[run.kind] + 1e-6
    column = (float((weight * np.arange(run.first, run.last)).sum() / weight.sum()) + 0.5) * STRIDE
    return Digit(str(best), sure, str(second), float(digits[second]) / total, column)


def _apart(run: tuple[Digit, ...]) -> list[tuple[Digit, ...]]:
    """A run cut where room of more than three digits stands between."""
    if len(run) < 4:
        return [run]
    steps = np.diff([digit.column for digit in run])
    wide = np.flatnonzero(steps > 3.6 * float(np.median(steps))) + 1
    bounds = [0, *wide.tolist(), len(run)]
    return [run[a:b] for a, b in pairwise(bounds)]


def _spaced(run: tuple[Digit, ...]) -> tuple[Digit, ...]:
    """Where room for one more digit stands between two, and not where people leave it, neither is sure any more."""
    if len(run) < 4:
        return run
    steps = np.diff([digit.column for digit in run])
    usual = float(np.median(steps))
    wide = {index for index, step in enumerate(steps.tolist(), 1) if step > 1.55 * usual}
    odd = {index for index, step in enumerate(steps.tolist(), 1) if step < 0.5 * usual}
    if not any(wide == places for places in _GROUPS):
        odd |= wide
    if not odd:
        return run
    beside = odd | {place - 1 for place in odd}
    return tuple(_less(digit) if index in beside else digit for index, digit in enumerate(run))


def _less(digit: Digit) -> Digit:
    """The digit, half as sure."""
    return replace(digit, confidence=digit.confidence / 2)
