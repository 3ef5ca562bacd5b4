"""ECDSA P-256 as the product uses it everywhere: SHA-256, deterministic (RFC 6979), 64 raw bytes r || s."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

PrivateKey = ec.EllipticCurvePrivateKey
PublicKey = ec.EllipticCurvePublicKey

_DETERMINISTIC = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
_ECDSA = ec.ECDSA(hashes.SHA256())


def new_key() -> PrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def sign(key: PrivateKey, message: bytes) -> bytes:
    """64 bytes r || s over SHA-256 of `message`; the same key and message always give the same bytes.

    Raises ValueError for a key on another curve (a bug of the caller).
    """
    if not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 key")
    r, s = decode_dss_signature(key.sign(message, _DETERMINISTIC))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def verify(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether `signature` (exactly 64 bytes) is that of `message`."""
    if len(signature) != 64 or not isinstance(key.curve, ec.SECP256R1):
        return False
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    try:
        key.verify(der, message, _ECDSA)
    except InvalidSignature:
        return False
    return True


def spki(key: PublicKey) -> bytes:
    """The public key as DER SubjectPublicKeyInfo."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def load_spki(der: bytes) -> PublicKey | None:
    """The P-256 key in `der`, or None for anything else. Only the one canonical encoding is accepted."""
    try:
        key = serialization.load_der_public_key(der)
    except Exception:  # the parser's errors vary by what is wrong; the input is foreign
        return None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return None
    return key if spki(key) == der else None


def kid(der: bytes) -> str:
    """Key id: the first 8 bytes of SHA-256 of the SPKI, as 16 hex digits. A name, not a proof."""
    return hashlib.sha256(der).hexdigest()[:16]
