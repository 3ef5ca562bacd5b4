"""COSE_Sign1 with ES256 (RFC 9052, RFC 9053), in the one shape this product writes and reads.

Strict on purpose: tag 18; protected header exactly {1: -7, 4: kid of 4 bytes}; empty unprotected header; payload a byte
string; signature 64 bytes (r ‖ s); every part the canonical encoding of itself. A common CBOR reader accepts duplicate
keys, longer integers and trailing bytes; each of those would give one seal several texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from kiosk.formats.shape import is_list, is_map

Signer = Callable[[bytes], bytes]
"""Takes the bytes to be signed, gives an ES256 signature: 64 bytes (r ‖ s), or DER as HSMs and libraries give it."""

_TAG = 18
_ES256 = -7
_KID_BYTES = 4


@dataclass(frozen=True)
class Sign1:
    """A well-formed COSE_Sign1 whose signature nobody has looked at yet."""

    kid: bytes
    payload: bytes
    protected: bytes
    signature: bytes

    def to_be_signed(self) -> bytes:
        """The Sig_structure of RFC 9052 §4.4, without external data."""
        return cbor2.dumps(["Signature1", self.protected, b"", self.payload], canonical=True)


def key_id(spki: bytes) -> bytes:
    """The four bytes by which a seal names its key: the beginning of sha256 over SubjectPublicKeyInfo (DER)."""
    return hashlib.sha256(spki).digest()[:_KID_BYTES]


def sign1(payload: bytes, kid: bytes, sign: Signer) -> bytes:
    """The COSE_Sign1 over `payload`.

    Raises ValueError when `kid` is not four bytes or the signer's answer is no ES256 signature.
    """
    if len(kid) != _KID_BYTES:
        raise ValueError("a key id has four bytes")
    protected = cbor2.dumps({1: _ES256, 4: kid}, canonical=True)
    unsigned = Sign1(kid, payload, protected, b"")
    signature = _raw(sign(unsigned.to_be_signed()))
    return cbor2.dumps(cbor2.CBORTag(_TAG, [protected, {}, payload, signature]), canonical=True)


def parse_sign1(data: bytes, max_bytes: int) -> Sign1 | None:
    """`data` as a COSE_Sign1 of the one shape above, or None."""
    if not 0 < len(data) <= max_bytes:
        return None
    outer = canonical(data)
    if not isinstance(outer, cbor2.CBORTag) or outer.tag != _TAG:
        return None
    value: object = outer.value
    if not is_list(value) or len(value) != 4:
        return None
    protected, unprotected, payload, signature = cast("list[object]", value)
    if not (isinstance(protected, bytes) and isinstance(payload, bytes) and isinstance(signature, bytes)):
        return None
    if unprotected != {} or len(signature) != 64:
        return None
    header: object = canonical(protected)
    if not is_map(header) or set(header) != {1, 4} or not _is_int(header[1]) or header[1] != _ES256:
        return None
    kid: object = header[4]
    if not isinstance(kid, bytes) or len(kid) != _KID_BYTES:
        return None
    return Sign1(kid, payload, protected, signature)


def holds(message: Sign1, spki: bytes) -> bool:
    """Whether the P-256 key `spki` (SubjectPublicKeyInfo, DER) made this signature. Any other kind of key: False."""
    try:
        key = serialization.load_der_public_key(spki)
    except (ValueError, TypeError, LookupError):
        return False
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return False
    r, s = int.from_bytes(message.signature[:32], "big"), int.from_bytes(message.signature[32:], "big")
    try:
        key.verify(encode_dss_signature(r, s), message.to_be_signed(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def canonical(data: bytes) -> Any | None:
    """The CBOR value whose canonical encoding is exactly `data`, or None (also for the value null itself)."""
    try:
        value: Any = cbor2.loads(data)
        same = cbor2.dumps(value, canonical=True) == data
    except Exception:  # a hostile text reaches this reader; whatever it raises, the answer is "no"
        return None
    return value if same else None


def _raw(signature: bytes) -> bytes:
    if len(signature) == 64:
        return signature
    r, s = decode_dss_signature(signature)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
