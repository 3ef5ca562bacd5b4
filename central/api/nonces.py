"""Nonces for signed requests: made here, bound to nothing but this process, good once and for a short while.

They make freshness independent of the kiosk's clock (as DPoP-Nonce does, RFC 9449 §8). After a restart every kiosk is
asked once to take a new one.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import threading

from central import clock

LIFETIME = 600

_key = secrets.token_bytes(32)
_used: dict[str, int] = {}
_lock = threading.Lock()


def new() -> str:
    """A fresh nonce: its time, randomness and a MAC over both."""
    head = int(clock.now()).to_bytes(6, "big") + secrets.token_bytes(9)
    return base64.urlsafe_b64encode(head + _mac(head)).decode().rstrip("=")


def spend(nonce: str) -> bool:
    """Whether the nonce is ours, young and not used before. It is used from now on."""
    try:
        raw = base64.urlsafe_b64decode(nonce + "=" * (-len(nonce) % 4))
    except ValueError:
        return False
    head, mac = raw[:15], raw[15:]
    made, now = int.from_bytes(head[:6], "big"), int(clock.now())
    if not hmac.compare_digest(mac, _mac(head)) or not made <= now < made + LIFETIME:
        return False
    with _lock:
        for old in [old for old, end in _used.items() if end <= now]:
            del _used[old]
        # the decoded head, for several base64 spellings decode to the same bytes
        if head.hex() in _used:
            return False
        _used[head.hex()] = made + LIFETIME
    return True


def _mac(head: bytes) -> bytes:
    return hmac.digest(_key, head, "sha256")[:16]
