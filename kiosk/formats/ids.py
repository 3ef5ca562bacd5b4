"""Identifiers that a kiosk may make alone."""

from __future__ import annotations

import uuid


def uuid7(now_ms: int, random: bytes) -> str:
    """A UUIDv7 (RFC 9562 §5.7) from milliseconds since the epoch and 10 random bytes."""
    if len(random) != 10 or not 0 <= now_ms < 1 << 48:
        raise ValueError("10 random bytes and a 48-bit time are needed")
    value = now_ms << 80 | int.from_bytes(random, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def document_id(application: str, index: int) -> str:
    """The id of the application's document for its `index`-th service (from 0). Kiosk and centre derive it alike."""
    return f"{application}.{index + 1}"
