"""How warm a thermal head is: each black row warms it, time cools it. In mm of all-black paper, burnt at once."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

#: Seconds in which a head keeps 1/e of its warmth. One that stopped goes on at this share of its limit.
COOLS_IN, GOES_ON_AT = 4.0, 0.5


class Warmth:
    """One head's."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._level, self._at = 0.0, clock()
        self._stopped = False

    @property
    def level(self) -> float:
        """Its warmth now, in mm."""
        now = self._clock()
        self._level *= math.exp(-(now - self._at) / COOLS_IN)
        self._at = now
        return self._level

    def burn(self, black: float) -> None:
        """Burn so many mm of all-black paper; of a row, its height times the share of its dots that are black."""
        self._level = self.level + black

    def too_hot(self, limit: float) -> bool:
        """Whether it must stand still: from `limit` mm on, until it has cooled well below that. 0: never."""
        self._stopped = limit > 0 and self.level >= limit * (GOES_ON_AT if self._stopped else 1.0)
        return self._stopped
