"""Strict canonical CBOR (RFC 8949 §4.2.1 with the map order of §4.2.3, shorter keys first): one value, one encoding.

`cbor2.loads` accepts duplicate keys, long integers, indefinite lengths and trailing bytes; signed and hashed formats
must not. Only null, bool, int, bytes, str, list and map with text or integer keys exist here: no floats, no tags.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import cbor2

MAX_DEPTH = 16


@dataclass(frozen=True)
class NotCbor:
    """The bytes are not the canonical encoding of one value. `why`: too_long, broken, not_canonical, foreign_type."""

    why: str


def encode(value: Any) -> bytes:
    """The canonical encoding. Raises TypeError for a type that has no place here (a bug of the caller)."""
    if not _plain(value, MAX_DEPTH):
        raise TypeError("only null, bool, int, bytes, str, list and map can be encoded")
    return cbor2.dumps(value, canonical=True)


def decode(raw: bytes, limit: int = 1 << 20) -> Any | NotCbor:
    """The value that `raw` canonically encodes, or NotCbor. `limit` is in bytes."""
    if len(raw) > limit:
        return NotCbor("too_long")
    try:
        value = cbor2.loads(
            raw, max_depth=MAX_DEPTH + 1, allow_indefinite=False, allow_duplicate_keys=False, semantic_decoders={}
        )
    except Exception:  # hostile bytes make the decoder raise more than its own errors (ValueError, RecursionError)
        return NotCbor("broken")
    if not _plain(value, MAX_DEPTH):
        return NotCbor("foreign_type")
    if cbor2.dumps(value, canonical=True) != raw:
        return NotCbor("not_canonical")
    return value


def _plain(value: Any, depth: int) -> bool:
    if depth < 0:
        return False
    kind = cast("type[Any]", type(value))
    if value is None or kind in (bool, bytes, str):
        return True
    if kind is int:
        return -(2**64) <= value < 2**64
    if kind is list or kind is tuple:
        return all(_plain(item, depth - 1) for item in value)
    if kind is dict:
        return all(type(key) in (str, int) and _plain(item, depth - 1) for key, item in value.items())
    return False
