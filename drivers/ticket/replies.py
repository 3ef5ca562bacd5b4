"""How the virtual printer's words reach the line: as they are, too late, in halves, or as noise.

| `reply=` in `ticket/world.txt` | what becomes of each of its words |
|---|---|
| ok | said at once |
| half | a word of several bytes breaks off, and of single bytes every other one is lost |
| late | said LATE seconds later, when nobody expects it any more |
| garbage | noise in its place |
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

#: Seconds; more than anybody waits for an answer.
LATE = 1.0


class Replies:
    """Between the printer and whoever is on the line."""

    def __init__(self, manner: Callable[[], str]) -> None:
        self._manner = manner
        self._noise = random.Random(1)
        self._odd = False

    def say(self, data: bytes, line: Callable[[bytes], None]) -> None:
        """Say `data` in the manner of the world just now."""
        manner = self._manner()
        if manner == "late":
            timer = threading.Timer(LATE, line, [data])
            timer.daemon = True
            timer.start()
            return
        if manner == "half":
            self._odd = not self._odd
            data = data[: len(data) // 2] if len(data) > 1 else data * self._odd
        elif manner == "garbage":
            # nothing that is an answer: bit 7 is 0 in all of them
            data = bytes(self._noise.randrange(0x80, 0x100) for _ in range(3))
        if data:
            line(data)
