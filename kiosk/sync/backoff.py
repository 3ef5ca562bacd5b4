"""How long to wait after a failure: full jitter (a random time up to a doubling limit), 5 seconds to 15 minutes.

Full jitter, because after a power cut a whole district's kiosks come back in the same second.
"""

from __future__ import annotations

from typing import Protocol

FIRST = 5.0
LONGEST = 900.0


class Uniform(Protocol):
    """A source of randomness: `random.SystemRandom()` in the product, seeded in tests."""

    def uniform(self, a: float, b: float, /) -> float:
        """A number from a to b."""
        ...


def delay(failures: int, random: Uniform) -> float:
    """Seconds to wait after the `failures`-th failure in a row (1, 2, …)."""
    limit = min(LONGEST, FIRST * 2.0 ** min(max(failures, 1) - 1, 16))
    return random.uniform(1.0, limit)


class Backoff:
    """Counts failures in a row."""

    def __init__(self, random: Uniform) -> None:
        self._random = random
        self.failures = 0

    def failed(self) -> float:
        """One more failure; gives the seconds to wait."""
        self.failures += 1
        return delay(self.failures, self._random)

    def reset(self) -> None:
        """It works again, or somebody asked to try now."""
        self.failures = 0
