"""The one directory in which a back office lives: database, keys, blobs, uploads. Nothing is kept elsewhere."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyrage
from cryptography.hazmat.primitives import serialization

from kiosk.formats import p256

ENVIRONMENT = "PRODESAKU_CENTRAL_DIR"


@dataclass(frozen=True)
class Place:
    """Paths and keys below `root`. Key files are readable by their owner only."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "central.sqlite"

    @property
    def blobs(self) -> Path:
        """Content-addressed ciphertexts: blobs/ab/cd/<sha256>."""
        return self.root / "blobs"

    @property
    def uploads(self) -> Path:
        """Half uploads of tus; may be deleted at any time at the cost of sending again."""
        return self.root / "uploads"

    @property
    def messages(self) -> Path:
        """What the message port's file implementation would have sent."""
        return self.root / "messages.jsonl"

    @property
    def ca(self) -> Path:
        """The training certificate authority, made and used by `central.signing`."""
        return self.root / "ca"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @cached_property
    def secret(self) -> str:
        """Django's secret key; also the pepper of stored enrolment codes."""
        return (self.keys / "secret.txt").read_text().strip()

    @cached_property
    def sealing_identities(self) -> tuple[pyrage.x25519.Identity, ...]:
        """The keys that kiosks seal to, the current one first; older ones still open older packets."""
        lines = (self.keys / "sealing.age").read_text().splitlines()
        return tuple(pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-"))

    @property
    def sealing_recipient(self) -> str:
        return str(self.sealing_identities[0].to_public())

    @cached_property
    def escrow_recipient(self) -> str:
        return (self.keys / "escrow.pub").read_text().strip()

    @cached_property
    def server_key(self) -> p256.PrivateKey:
        """Signs every answer to a kiosk and every receipt."""
        key = serialization.load_pem_private_key((self.keys / "server.pem").read_bytes(), password=None)
        if not isinstance(key, p256.PrivateKey):
            raise TypeError("keys/server.pem is not a P-256 key")
        return key

    @cached_property
    def server_spki(self) -> bytes:
        return p256.spki(self.server_key.public_key())

    @property
    def server_kid(self) -> str:
        return p256.kid(self.server_spki)

    @property
    def options(self) -> dict[str, Any]:
        """training: bool, public_url: str, allowed_hosts: list[str]. Written by `serve`, read by the settings."""
        path = self.root / "options.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def set_options(self, **changed: object) -> None:
        """Change some options for good."""
        write_private(self.root / "options.json", json.dumps({**self.options, **changed}, indent=1).encode())


def create(root: Path) -> Place:
    """The place at `root`; whatever is missing (directory, keys) is made, whatever exists is left as it is."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = Place(root.resolve())
    for directory in (place.keys, place.blobs, place.uploads):
        directory.mkdir(mode=0o700, exist_ok=True)
    if not (place.keys / "secret.txt").exists():
        write_private(place.keys / "secret.txt", secrets.token_urlsafe(48).encode())
    if not (place.keys / "sealing.age").exists():
        write_private(place.keys / "sealing.age", f"{pyrage.x25519.Identity.generate()}\n".encode())
    if not (place.keys / "escrow.pub").exists():
        # An office that has its own offline key puts escrow.pub here before the first start; otherwise the private half
        # is made once and named so that whoever sees it knows what to do with it.
        escrow = pyrage.x25519.Identity.generate()
        write_private(place.keys / "ESCROW-MOVE-OFFLINE.age", f"{escrow}\n".encode())
        write_private(place.keys / "escrow.pub", f"{escrow.to_public()}\n".encode())
    if not (place.keys / "server.pem").exists():
        pem = p256.new_key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_private(place.keys / "server.pem", pem)
    return place


def write_private(path: Path, data: bytes) -> None:
    """Write a whole file for its owner alone (0600), so that a power cut leaves the old one or the new one."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make a rename in `directory` durable."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_current: Place | None = None


def current() -> Place:
    """The place of this process, named by the environment variable PRODESAKU_CENTRAL_DIR."""
    global _current
    if _current is None:
        directory = os.environ.get(ENVIRONMENT)
        if not directory:
            raise RuntimeError(f"{ENVIRONMENT} is not set: which back office is meant?")
        _current = create(Path(directory))
    return _current


def use(place: Place) -> None:
    """Make `place` the one of this process (command line, tests)."""
    global _current
    _current = place
    os.environ[ENVIRONMENT] = str(place.root)
