"""Ciphertexts by their SHA-256: blobs/ab/cd/<sha256>. Written once, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from central import place

_HASH = re.compile(r"[0-9a-f]{64}")


def path_of(sha256: str) -> Path:
    """Where the blob lies. ValueError for anything that is no hash (a path must never be built from foreign text)."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return place.current().blobs / sha256[:2] / sha256[2:4] / sha256


def has(sha256: str) -> bool:
    """Whether the blob is here, whole."""
    return path_of(sha256).is_file()


def read(sha256: str) -> bytes:
    """The blob's bytes. FileNotFoundError when it is not here."""
    return path_of(sha256).read_bytes()


def write(data: bytes) -> str:
    """Keep `data` for good (fsynced) and give its hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    for directory in (path.parent, path.parent.parent, path.parent.parent.parent):
        place.sync_directory(directory)
    return sha256
