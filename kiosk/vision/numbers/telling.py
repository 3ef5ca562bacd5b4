"""What is offered: numbers as they were read, how sure each digit is, and what speaks against them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from kiosk.vision.numbers.decoding import LENGTH, Digit
from kiosk.vision.numbers.lines import Line, x_of
from kiosk.vision.types import Corners

Check = Callable[[str], Collection[str]]
"""Marks of a number: what speaks against it (its length, region, date …); empty where nothing does."""

SURE = 0.95
"""A digit less sure than this is shown as doubtful; docs/reading-numbers.md tells how it was chosen."""

DOUBT = "doubtful"
"""The mark of a number with a digit that is not sure."""

_ALTERNATIVE = 0.05  # share of a second choice that is worth offering


@dataclass(frozen=True)
class NumberRead:
    """A number as it was read: never to be taken without the citizen's yes.

    `confidences` has one value (0 to 1) for each digit, `marks` what speaks against the number, `corners` its outline
    in pixels of the picture, clockwise from its own top left, `height` its digits' height in pixels.
    """

    text: str = field(repr=False)  # personal
    confidences: tuple[float, ...]
    corners: Corners
    height: float
    marks: frozenset[str]

    @property
    def doubtful(self) -> tuple[int, ...]:
        """Places (0 is the first digit) that the screen lets stand out."""
        return tuple(index for index, value in enumerate(self.confidences) if value < SURE)

    @property
    def mean(self) -> float:
        """The mean confidence."""
        return sum(self.confidences) / len(self.confidences)


@dataclass(frozen=True)
class Found:
    """The digits of a number and the line they stand in."""

    line: Line
    digits: tuple[Digit, ...]

    @property
    def mean(self) -> float:
        """The digits' mean confidence."""
        return sum(digit.confidence for digit in self.digits) / len(self.digits)

    @property
    def worth(self) -> tuple[bool, float]:
        """Orders readings of one line."""
        return len(self.digits) == LENGTH, self.mean

    @property
    def corners(self) -> Corners:
        """The outline of the digits."""
        first, last = self.digits[0].column, self.digits[-1].column
        half = (last - first) / (len(self.digits) - 1) / 2
        return self.line.corners(x_of(first - half, self.line), x_of(last + half, self.line))


def once(found: Sequence[Found]) -> list[Found]:
    """Of readings that overlap on the picture, the best; largest print first."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: one.worth, reverse=True):
        if not any(_overlap(one.corners, other.corners) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (len(one.digits) != LENGTH, -round(one.line.height / 2), one.line.y))


def told(
    found: Sequence[Found], check: Check, back: Callable[[Corners], Corners], enlarged: float
) -> tuple[NumberRead, ...]:
    """Each number with its marks, and after it the number that its least sure digit's second reading makes."""
    answers: list[NumberRead] = []
    for one in found:
        texts = [("".join(d.value for d in one.digits), tuple(d.confidence for d in one.digits))]
        weakest = min(range(len(one.digits)), key=lambda index: one.digits[index].confidence)
        digit = one.digits[weakest]
        if digit.second_confidence >= _ALTERNATIVE:
            text, sure = texts[0]
            other = (*sure[:weakest], digit.second_confidence, *sure[weakest + 1 :])
            texts.append((text[:weakest] + digit.second + text[weakest + 1 :], other))
        for text, sure in texts:
            marks = set(check(text))
            if min(sure) < SURE:
                marks.add(DOUBT)
            answers.append(NumberRead(text, sure, back(one.corners), one.line.height * enlarged, frozenset(marks)))
    return tuple(answers)


def _overlap(one: Corners, other: Corners) -> bool:
    """Whether the middle of either lies in the other's bounding box."""

    def middle(corners: Corners) -> tuple[float, float]:
        return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4

    def holds(corners: Corners, point: tuple[float, float]) -> bool:
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs) <= point[0] <= max(xs) and min(ys) <= point[1] <= max(ys)

    return holds(one, middle(other)) or holds(other, middle(one))
