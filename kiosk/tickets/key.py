"""The ticket's key: a fresh age identity. Its public half goes into the packet, its private half only on to paper."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyrage import x25519


@dataclass(frozen=True)
class TicketKey:
    """`secret` is AGE-SECRET-KEY-1…, upper case as in the QR; it is never stored, logged or shown in a repr."""

    secret: str = field(repr=False)
    recipient: str  # age1…


def new_key() -> TicketKey:
    """A fresh key pair."""
    identity = x25519.Identity.generate()
    return TicketKey(str(identity), str(identity.to_public()))


def key_of(secret: str) -> TicketKey | None:
    """The key pair of a private half, or None when the text is not one (bech32's checksum included)."""
    try:
        identity = x25519.Identity.from_str(secret)
    except Exception:  # the library's parse errors have several classes; the text comes from a scanner
        return None
    # the library also reads lower case; the ticket has one spelling
    return TicketKey(secret, str(identity.to_public())) if str(identity) == secret else None
