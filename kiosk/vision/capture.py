"""When a picture takes itself, and which of several is kept. Nothing but values in and out; time is given."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

from kiosk.vision.types import Corners, Hint, Quality

HOLD = 0.8  # seconds a sheet must lie still and good
GRACE = 0.3  # seconds that a look may be bad without all beginning anew: noise, a flicker of the light
DRIFT = 0.012  # of the sheet's diagonal; corners farther from where they were at first are a sheet that moves
PATIENCE = 12.0  # seconds with a sheet in sight after which the button is offered


class Step(Enum):
    """What to do now."""

    WAIT = "wait"  # nothing yet
    HOLD = "hold"  # good and steady: not long enough yet
    TAKE = "take"  # now, said once
    OFFER = "offer"  # it does not come to rest: offer the button


class AutoCapture:
    """Fed with what each look at the preview found; says when to take the picture.

    One picture, then `again()`. Looks must come in the order of their time.
    """

    def __init__(
        self, hold: float = HOLD, grace: float = GRACE, drift: float = DRIFT, patience: float = PATIENCE
    ) -> None:
        self._hold, self._grace, self._drift, self._patience = hold, grace, drift, patience
        self.again()

    def again(self) -> None:
        """Begin anew: a picture was taken, the sheet was turned, another one is laid down."""
        self._since: float | None = None
        self._where: Corners | None = None
        self._last_good = self._seen_since = -math.inf
        self._taken = False

    def see(self, corners: Corners | None, quality: Quality, at: float) -> Step:
        """One look, `at` seconds on a clock that only goes on; `corners` in any unit, the same all the time."""
        if self._taken:
            return Step.WAIT
        if corners is None:
            self.again()
            return Step.WAIT
        if self._seen_since == -math.inf:
            self._seen_since = at
        if self._where is not None and _apart(self._where, corners) > self._drift:
            self._since = self._where = None
        if quality.ok:
            self._last_good = at
            if self._since is None:
                self._since, self._where = at, corners
            if at - self._since >= self._hold:
                self._taken = True
                return Step.TAKE
            return Step.HOLD
        if self._since is not None and at - self._last_good <= self._grace:
            return Step.HOLD
        self._since = self._where = None
        return Step.OFFER if at - self._seen_since >= self._patience else Step.WAIT

    def progress(self, at: float) -> float:
        """How much of the holding is done, 0-1."""
        return 0.0 if self._since is None else min(1.0, max(0.0, (at - self._since) / self._hold))


def mendable(quality: Quality) -> bool:
    """Whether another picture of the same sheet may be better as nobody touches anything: what moved comes to rest, a
    lens finds its focus. A lamp's mirror image stays where it is."""
    return bool(quality.faults) and all(fault in (Hint.MOVING, Hint.BLURRED) for fault in quality.faults)


def best(qualities: Sequence[Quality]) -> int:
    """Which of several pictures of one sheet to keep: the one with least against it, then with least glare, then the
    sharpest; the first of equals.

    Raises ValueError for none.
    """
    if not qualities:
        raise ValueError("no picture to choose from")

    def worth(index: int) -> tuple[bool, int, float, float]:
        one = qualities[index]
        # glare in steps of a thousandth: below that it is noise, and the sharper picture is the better one
        return one.ok, -len(one.faults), -round(one.glare_fraction, 3), one.sharpness

    return max(range(len(qualities)), key=worth)


def _apart(one: Corners, other: Corners) -> float:
    """The farthest that a corner moved, as a share of the sheet's diagonal."""
    diagonal = max(math.dist(one[0], one[2]), math.dist(one[1], one[3]), 1e-9)
    return max(math.dist(a, b) for a, b in zip(one, other, strict=True)) / diagonal
