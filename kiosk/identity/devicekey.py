"""The device's own P-256 key: a file that only the sync agent's user can read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from kiosk.formats import p256
from kiosk.identity.files import write_whole

NAME = "device.key"


@dataclass(frozen=True)
class NoKey:
    """`why`: missing, unreadable (another user's), broken, exposed (others may read it)."""

    why: str


def save_key(directory: Path, key: p256.PrivateKey) -> None:
    """Write the key, mode 0600. Raises OSError."""
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_whole(directory / NAME, pem, 0o600)


def load_key(directory: Path) -> p256.PrivateKey | NoKey:
    """The key, or why there is none to be had. A key that others may read is none."""
    path = directory / NAME
    try:
        if path.stat().st_mode & 0o077:
            return NoKey("exposed")
        pem = path.read_bytes()
    except FileNotFoundError:
        return NoKey("missing")
    except OSError:
        return NoKey("unreadable")
    try:
        key = serialization.load_pem_private_key(pem, None)
    except Exception:  # the loader's errors vary; its text could quote the key
        return NoKey("broken")
    if not isinstance(key, p256.PrivateKey) or key.curve.name != "secp256r1":
        return NoKey("broken")
    return key
