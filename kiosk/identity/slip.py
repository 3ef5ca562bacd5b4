"""The enrolment slip: a one-time code, and on its QR also where the centre is and which key it has.

    PDE1|https://pusat.example.go.id|7K3M9Q2XWD|<sha256 of the server key's SPKI, hex>

Typed by hand it is the ten characters alone; then TLS to pinned roots vouches for the centre.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field

from kiosk.formats.shape import HEX256

PREFIX = "PDE1"
_CODE = re.compile("[0-9A-HJKMNP-TV-Z]{10}")
_URL = re.compile(r"https?://[A-Za-z0-9._~:/\[\]-]{3,200}")
_FOLD = str.maketrans("ILO", "110")


@dataclass(frozen=True)
class Slip:
    """`central` and `fingerprint` are empty when only the code was typed."""

    code: str = field(repr=False)
    central: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class NotASlip:
    """The text is no enrolment slip."""


def parse_slip(text: str) -> Slip | NotASlip:
    """A scanned slip or a typed code (case, spaces, hyphens, I/L for 1 and O for 0 are forgiven in the code)."""
    text = text.strip()
    if text.startswith(f"{PREFIX}|"):
        parts = text.split("|")
        if len(parts) != 4 or not _URL.fullmatch(parts[1]) or not HEX256.fullmatch(parts[3]):
            return NotASlip()
        _, central, code, fingerprint = parts
        return Slip(code, central.rstrip("/"), fingerprint) if _CODE.fullmatch(code) else NotASlip()
    code = re.sub(r"[\s-]", "", text).upper().translate(_FOLD)
    return Slip(code) if _CODE.fullmatch(code) else NotASlip()


def make_slip(central: str, code: str, server_spki: bytes) -> str:
    """The text of the slip's QR."""
    return f"{PREFIX}|{central.rstrip('/')}|{code}|{hashlib.sha256(server_spki).hexdigest()}"


def proof(code: str, spki: bytes) -> bytes:
    """HMAC-SHA256 of the device's public key under the code: whoever has the slip presents this key."""
    return hmac.new(code.encode("ascii"), spki, hashlib.sha256).digest()
