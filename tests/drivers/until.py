"""Waiting for a real peer process, with a bound."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(holds: Callable[[], object], within: float = 10.0) -> None:
    """Look again and again until it holds; AssertionError when it never does."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.02)
