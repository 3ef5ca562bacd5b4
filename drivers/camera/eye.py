"""Tells a camera that sees from one that only seems to: black, or frozen.

A sensor is never quite still: two exposures of the same thing differ in their noise. So pictures that are the same bit
for bit come from something that stopped looking. And even a dark room with a lamp off is brighter than a lens cap.
"""

from __future__ import annotations

from drivers.camera.source import Shot
from drivers.roles import Fault, Pixels

#: Grey levels that no pixel of a black picture exceeds; 16 is black in video (ITU-R BT.601).
BLACK_LEVEL = 16
#: Share of the pixels that may be brighter nevertheless: a sensor has a few hot ones.
HOT = 0.001
#: So many black pictures in a row, over so many seconds, are no blink of the exposure.
BLACK_PICTURES, BLACK_SECONDS = 5, 0.5
#: So many identical pictures in a row, over so many seconds.
FROZEN_PICTURES, FROZEN_SECONDS = 10, 2.0
_STEP = 8  # every eighth pixel of every eighth row is looked at


class Eye:
    """Looks at the pictures of one opening in turn. `noisy` is false for films, which may repeat themselves."""

    def __init__(self, noisy: bool = True) -> None:
        self._noisy = noisy
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._last: Shot | None = None
        self._same, self._same_since = 0, 0.0
        self._black, self._black_since = 0, 0.0

    @property
    def verdict(self) -> Fault | None:
        """What the pictures so far say; None when it sees."""
        if self._last is None:
            return None
        now = self._last.taken
        if self._black >= BLACK_PICTURES and now - self._black_since >= BLACK_SECONDS:
            return Fault("black")
        if self._same >= FROZEN_PICTURES and now - self._same_since >= FROZEN_SECONDS:
            return Fault("frozen")
        return None

    def see(self, shot: Shot, pixels: Pixels) -> Fault | None:
        """Look at one more picture; the verdict then."""
        if self._noisy and self._last is not None and shot.same(self._last):
            self._same += 1
        else:
            self._same, self._same_since = 1, shot.taken
        if not black(pixels):
            self._black = 0
        else:
            if not self._black:
                self._black_since = shot.taken
            self._black += 1
        self._last = shot
        return self.verdict


def black(pixels: Pixels) -> bool:
    """Whether nothing at all is seen in this picture."""
    return float((pixels[::_STEP, ::_STEP] > BLACK_LEVEL).mean()) <= HOT
