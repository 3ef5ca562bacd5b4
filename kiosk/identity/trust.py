"""The trust list: whom to seal to, whom to believe. Versioned; an older one than was ever accepted is refused."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.formats import p256, shape
from kiosk.formats.shape import WrongError
from kiosk.identity.files import write_whole

NAME = "trust.json"
LIMIT = 8 << 20  # bytes; CRLs and status lists are inside


@dataclass(frozen=True)
class SealIssuer:
    """A key that stamps QR seals. Times are epoch seconds; `status` as the centre gives it."""

    kid: str
    spki: bytes
    not_before: int
    not_after: int
    status: str


@dataclass(frozen=True)
class TrustList:
    """What this machine believes. `raw` is the JSON as it was received; PEM and DER are not judged here."""

    version: int
    current: tuple[str, ...]  # age recipients with role current
    escrow: tuple[str, ...]
    server_keys: Mapping[str, p256.PublicKey]
    seal_issuers: tuple[SealIssuer, ...]
    roots: tuple[str, ...]  # PEM
    intermediates: tuple[str, ...]  # PEM
    crls: tuple[bytes, ...]  # DER
    status_lists: tuple[Mapping[str, Any], ...]
    register_at: int
    raw: bytes = field(repr=False)


@dataclass(frozen=True)
class BadTrust:
    """`why`: the field that is wrong, json, missing, too_long, no_server_key, or no_recipient."""

    why: str


class Accepted(StrEnum):
    """What became of a trust list that came in."""

    NEW = "new"
    SAME = "same"
    OLDER = "older"  # refused: somebody shows yesterday's list
    BAD = "bad"


def parse_trust(raw: bytes) -> TrustList | BadTrust:
    """The list in `raw` (JSON). Unknown fields are left alone: an old kiosk must live with a newer list."""
    if len(raw) > LIMIT:
        return BadTrust("too_long")
    try:
        data = json.loads(raw)
        if not shape.is_map(data):
            return BadTrust("json")
        trust = _trust(data, raw)
    except WrongError as wrong:
        return BadTrust(str(wrong))
    except (ValueError, RecursionError):
        return BadTrust("json")
    if not trust.server_keys:
        return BadTrust("no_server_key")
    if not trust.current or not trust.escrow:
        return BadTrust("no_recipient")
    return trust


def _trust(data: dict[str, Any], raw: bytes) -> TrustList:
    sealing = [_map(item) for item in shape.items(data, "sealing", 20)]
    recipients = [(str(item.get("role")), shape.text(item, "recipient", shape.RECIPIENT)) for item in sealing]
    return TrustList(
        version=shape.whole(data, "version"),
        current=tuple(key for role, key in recipients if role == "current"),
        escrow=tuple(key for role, key in recipients if role == "escrow"),
        server_keys=dict(_server_key(_map(item)) for item in shape.items(data, "server_keys", 20)),
        seal_issuers=tuple(_issuer(_map(item)) for item in _some(data, "seal_issuers")),
        roots=tuple(shape.text({"roots": item}, "roots", limit=20000) for item in _some(data, "roots")),
        intermediates=tuple(
            shape.text({"intermediates": item}, "intermediates", limit=20000) for item in _some(data, "intermediates")
        ),
        crls=tuple(_b64({"crls": item}, "crls") for item in _some(data, "crls")),
        status_lists=tuple(_map(item) for item in _some(data, "status_lists")),
        register_at=shape.whole(data, "register_at") if data.get("register_at") is not None else 0,
        raw=raw,
    )


def load_trust(directory: Path) -> TrustList | BadTrust:
    """The list in force."""
    try:
        return parse_trust((directory / NAME).read_bytes())
    except OSError:
        return BadTrust("missing")


def accept_trust(directory: Path, raw: bytes) -> Accepted:
    """Put a list into force, unless it is older than the one there is. Whoever calls has verified its sender.

    Raises OSError when it cannot be written; then the old one stays in force.
    """
    new = parse_trust(raw)
    if isinstance(new, BadTrust):
        return Accepted.BAD
    old = load_trust(directory)
    if isinstance(old, TrustList):
        if new.version < old.version:
            return Accepted.OLDER
        if new.raw == old.raw:
            return Accepted.SAME
    write_whole(directory / NAME, raw, 0o660)
    return Accepted.NEW


def _map(item: Any) -> dict[str, Any]:
    if not shape.is_map(item):
        raise WrongError("not a map")
    return item


def _some(data: Mapping[str, Any], key: str) -> list[Any]:
    return shape.items(data, key, 500) if data.get(key) is not None else []


def _b64(item: Mapping[str, Any], key: str) -> bytes:
    try:
        return base64.b64decode(shape.text(item, key, limit=4 << 20), validate=True)
    except WrongError:
        raise
    except ValueError:
        raise WrongError(key) from None


def _server_key(item: Mapping[str, Any]) -> tuple[str, p256.PublicKey]:
    key = p256.load_spki(_b64(item, "spki"))
    if key is None:
        raise WrongError("server_keys")
    return shape.text(item, "kid", limit=64), key


def _issuer(item: Mapping[str, Any]) -> SealIssuer:
    return SealIssuer(
        shape.text(item, "kid", limit=64),
        _b64(item, "spki"),
        shape.whole(item, "not_before"),
        shape.whole(item, "not_after"),
        shape.text(item, "status", limit=20),
    )
