"""Wakes long polls. A bounded number of requests may wait, so that others always find a free thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

#: Requests that may wait at the same time; `serve` starts more threads than this.
SEATS = 16

_rung = threading.Condition()
_seats = threading.BoundedSemaphore(SEATS)
_closing = threading.Event()


def ring() -> None:
    """Something new has been committed."""
    with _rung:
        _rung.notify_all()


def close() -> None:
    """The server ends: whoever waits gets an answer now, and nobody waits any more."""
    _closing.set()
    ring()


def wait_for(ready: Callable[[], bool], seconds: float) -> bool:
    """Wait until `ready()` or for `seconds`. Without a free seat it answers at once: the kiosk will ask again.

    `ready` is asked after each ring and at least every second, for another process may have written.
    """
    if ready():
        return True
    if not _seats.acquire(blocking=False):
        return False
    try:
        end = time.monotonic() + seconds
        while not _closing.is_set() and (left := end - time.monotonic()) > 0:
            with _rung:
                _rung.wait(min(left, 1.0))
            if ready():
                return True
        return False
    finally:
        _seats.release()
