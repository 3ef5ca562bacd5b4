"""The centre's signed word that it holds a whole revision: the only thing that ends the kiosk's duty to keep it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.formats import p256, shape
from kiosk.formats.cbor import NotCbor, decode, encode
from kiosk.formats.shape import Malformed, WrongError


@dataclass(frozen=True)
class Receipt:
    """`received_at` is when the last byte arrived, `promised_at` when the office will have answered (epoch seconds)."""

    application: str
    revision: int
    manifest_sha256: str  # hex, of the outer manifest's bytes
    received_at: int
    promised_at: int

    def encode(self) -> bytes:
        """Canonical CBOR; these bytes are what a server key signs (64 bytes r || s)."""
        return encode(
            {
                "application": self.application,
                "revision": self.revision,
                "manifest_sha256": self.manifest_sha256,
                "received_at": self.received_at,
                "promised_at": self.promised_at,
            }
        )


def parse_receipt(raw: bytes) -> Receipt | Malformed:
    """Strict; says nothing about the signature."""
    value = decode(raw, limit=4096)
    if isinstance(value, NotCbor):
        return Malformed(value.why)
    try:
        data = shape.closed(value, ("application", "revision", "manifest_sha256", "received_at", "promised_at"))
        return Receipt(
            shape.text(data, "application", shape.UUID),
            shape.whole(data, "revision", 1, 999),
            shape.text(data, "manifest_sha256", shape.HEX256),
            shape.whole(data, "received_at"),
            shape.whole(data, "promised_at"),
        )
    except WrongError as wrong:
        return Malformed(str(wrong))


def verify_receipt(raw: bytes, signature: bytes, key: p256.PublicKey) -> Receipt | Malformed:
    """The receipt, when `key` signed exactly these bytes."""
    if not p256.verify(key, signature, raw):
        return Malformed("signature")
    return parse_receipt(raw)
