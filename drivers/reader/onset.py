"""Whether the first code after a typing reader was opened began before that, so that only its rest can be seen.

The kernel does not tell when a key was last pressed, so the pace tells it: a reader types evenly. When the first key
comes within a few of its own strokes of the opening, there was probably a key just before; when it comes later, there
was none. How long the strokes are is known only when more of them have come, so this is asked at each key up to the
code's end.

What remains: a whole code that begins within EVENLY strokes of the opening, or within LEAST, is taken for a rest and
must be shown again. The rest of a code is taken for a whole one if the reader made a pause at the very opening that
is longer than LEAST and EVENLY times as long as any that follows up to the code's end; readers on a bad radio link
might. What a code's own check or prefix is worth then, its users must know.
"""

from __future__ import annotations

from drivers.reader.frames import PAUSE

LEAST = 0.05  # seconds; a code's keys are at most a few milliseconds apart in readers as they are sold
EVENLY = 3  # times the longest time between two keys, which USB's own polling makes uneven


class Onset:
    """One reader's; times are seconds of the clock that stamps the keys."""

    def __init__(self) -> None:
        self._opened: float | None = None  # None once there is nothing to suspect
        self._first: float | None = None
        self._last = self._longest = 0.0

    def opened(self, at: float) -> None:
        """The reader was opened at `at`; no key was down, and none is known from before."""
        self._opened, self._first, self._longest = at, None, 0.0

    def over(self) -> None:
        """A code has ended: what follows is whole."""
        self._opened = None

    def before(self, at: float) -> bool:
        """Whether the code of the key pressed at `at` began before the opening; True is said once."""
        if self._opened is None:
            return False
        if self._first is None:
            self._first = self._last = at
        gap, self._last = at - self._last, at
        if gap > PAUSE:
            self._opened = None
            return False
        self._longest = max(self._longest, gap)
        if self._first - self._opened > max(LEAST, EVENLY * self._longest):
            return False
        self._opened = None
        return True
