"""A code that stays before the reader is read again and again, and is one read."""

from __future__ import annotations

import hashlib

KEPT = 8  # different codes that are remembered; more never lie before a reader at once


class Repeats:
    """Remembers what was read a short time ago: hashes, since codes may be secret."""

    def __init__(self, window: float) -> None:
        self._window = window
        self._seen: dict[bytes, float] = {}

    def fresh(self, code: bytes, now: float) -> bool:
        """Whether this is a new read; the same code within `window` seconds of its last sighting is not."""
        key = hashlib.blake2b(code, digest_size=16).digest()
        before = self._seen.pop(key, None)
        self._seen[key] = now  # last in the order
        while len(self._seen) > KEPT:
            del self._seen[next(iter(self._seen))]
        return before is None or now - before >= self._window
