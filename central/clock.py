"""The centre's clock, in one place so that a test can turn it."""

from __future__ import annotations

import time
from collections.abc import Callable

_source: Callable[[], float] = time.time


def now() -> float:
    """Seconds since the epoch."""
    return _source()


def turn(source: Callable[[], float] = time.time) -> None:
    """Take the time from `source` from now on; without it, from the machine again."""
    global _source
    _source = source
