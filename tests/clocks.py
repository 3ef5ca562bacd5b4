"""Time for tests: it passes only when somebody waits, or moves it."""

from __future__ import annotations


class Clock:
    """A clock and its sleep, in seconds; `now` may be set, `waits` are the waits that were asked for."""

    def __init__(self, now: float = 100.0) -> None:
        self.now = now
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += max(0.0, seconds)
