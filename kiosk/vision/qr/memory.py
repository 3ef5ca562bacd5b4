"""What several pictures show of one symbol, put together: a reflection wanders over it, noise changes, ink stays.

Nothing has to be laid over another: every look at a symbol ends in its modules, and module 7 of row 3 is the same on
each picture. So the modules' colours are added up, each as sure as it was seen, and repaired together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

KEPT = 8
"""Looks that are remembered: half a second of a camera's pictures."""

SECONDS = 1.5
"""After which a look is forgotten: by then another paper may lie there."""

_SAME = 0.3
"""Agreement with a remembered look from which both are taken for one symbol. Two full symbols have 0, as their masks
see to; two short ones are alike in what pads them, and a repair of such a mixture is refused as luck."""

_ENOUGH = 0.5
"""Part of the looks that must be sure of a module for it to count as sure."""


class Memory:
    """The looks at symbols that could not be read yet. Not for threads; `clock` in seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._looks: deque[tuple[float, Floats]] = deque(maxlen=KEPT)

    def together(self, sure: Floats, data: NDArray[np.bool_]) -> Floats | None:
        """This look with all earlier ones at the same symbol; None when there is none. It is remembered.

        `sure`: modules from -1 (light) to 1 (dark). `data`: which of them differ from symbol to symbol.
        """
        now = self._clock()
        while self._looks and now - self._looks[0][0] > SECONDS:
            self._looks.popleft()
        same = [look for _, look in self._looks if look.shape == sure.shape and _alike(look, sure, data) > _SAME]
        self._looks.append((now, sure))
        if not same:
            return None
        looks = np.stack([*same, sure])
        total = looks.sum(axis=0) / max(1.0, _ENOUGH * len(looks))
        return np.asarray(np.clip(total, -1, 1), np.float32)

    def forget(self) -> None:
        """Forget everything, as when the person has gone or a symbol was read."""
        self._looks.clear()


def _alike(one: Floats, two: Floats, data: NDArray[np.bool_]) -> float:
    a, b = one[data], two[data]
    return float((a * b).sum() / (np.sqrt(float((a * a).sum()) * float((b * b).sum())) + 1e-6))
