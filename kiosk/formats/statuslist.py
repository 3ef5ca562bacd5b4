"""Which issued documents are still current: an IETF Token Status List of 2 bits each, as a signed CWT.

A seal carries a random index into one list; 300,000 documents are 37.5 KB raw and some 4 KB compressed. Random, because
a running number would tell how many documents were issued when. The token is a COSE_Sign1 by a sealing key, over
``{2: list id, 6: issued at, 4: expires, 65533: {"bits": 2, "lst": zlib}, -65538: {index: day of change}}``.
"""

from __future__ import annotations

import base64
import secrets
import zlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

import cbor2

from kiosk.formats import cose
from kiosk.formats.seal import IssuerStatus, SealIssuer
from kiosk.formats.shape import is_map

BITS = 2
#: Documents in one list; a full one is followed by the next.
CAPACITY = 1 << 18
_MAX_TOKEN = 1 << 20
_STATUS_LIST = 65533
_CHANGED = -65538
_EPOCH = date(1970, 1, 1)


class Status(IntEnum):
    """The two bits of one document."""

    CURRENT = 0
    SUPERSEDED = 1
    REVOKED = 2
    RESERVED = 3


@dataclass(frozen=True)
class StatusList:
    """A status list as its signed token says. Times are seconds since the epoch; `bits` packs four statuses a byte."""

    id: int
    issued_at: int
    packed: bytes
    changed: Mapping[int, date] = field(default_factory=dict[int, date])

    def of(self, index: int) -> Status | None:
        """The status at `index`, or None when the list is shorter."""
        if not 0 <= index < len(self.packed) * 4:
            return None
        return Status(self.packed[index // 4] >> (index % 4 * BITS) & 3)

    def since(self, index: int) -> date | None:
        """The day on which the document at `index` lost its currency, when the list tells."""
        return self.changed.get(index)


def pack(statuses: Mapping[int, Status], size: int = CAPACITY) -> bytes:
    """Two bits a document, the first in the lowest bits of the first byte (draft-ietf-oauth-status-list §4.1)."""
    out = bytearray((size + 3) // 4)
    for index, status in statuses.items():
        out[index // 4] |= status << (index % 4 * BITS)
    return bytes(out)


def new_index(taken: Container[int], size: int = CAPACITY, below: Callable[[int], int] = secrets.randbelow) -> int:
    """A random free index."""
    while (index := below(size)) in taken:
        pass
    return index


def issue(
    list_id: int,
    statuses: Mapping[int, Status],
    changed: Mapping[int, date],
    issued_at: int,
    kid: bytes,
    sign: cose.Signer,
    size: int = CAPACITY,
) -> bytes:
    """The signed token (CWT in COSE_Sign1)."""
    claims: dict[int, Any] = {
        2: str(list_id),
        6: issued_at,
        _STATUS_LIST: {"bits": BITS, "lst": zlib.compress(pack(statuses, size), 9)},
        _CHANGED: {index: (day - _EPOCH).days for index, day in changed.items()},
    }
    return cose.sign1(cbor2.dumps(claims, canonical=True), kid, sign)


def read(token: bytes, issuers: Iterable[SealIssuer]) -> StatusList | None:
    """The list in a signed token, or None when it is malformed or no trusted sealing key signed it."""
    message = cose.parse_sign1(token, _MAX_TOKEN)
    if message is None:
        return None
    signers = [i for i in issuers if i.kid == message.kid and cose.holds(message, i.spki)]
    if not signers or any(i.status is IssuerStatus.COMPROMISED for i in signers):
        return None
    return _read_claims(cose.canonical(message.payload))


def to_json(token: bytes) -> dict[str, Any]:
    """The entry of ``/v1/trust``: ``{"id", "bits", "issued_at", "list", "token"}``; only the token is proof."""
    message = cose.parse_sign1(token, _MAX_TOKEN)
    claims: object = None if message is None else cose.canonical(message.payload)
    if not is_map(claims):
        raise ValueError("not a status list token")
    return {
        "id": int(claims[2]),
        "bits": BITS,
        "issued_at": claims[6],
        "list": base64.b64encode(claims[_STATUS_LIST]["lst"]).decode(),
        "token": base64.b64encode(token).decode(),
    }


def _read_claims(claims: object) -> StatusList | None:
    if not is_map(claims) or set(claims) != {2, 6, _STATUS_LIST, _CHANGED}:
        return None
    subject: Any = claims[2]
    issued_at: Any = claims[6]
    body: Any = claims[_STATUS_LIST]
    changed: Any = claims[_CHANGED]
    if not (isinstance(subject, str) and subject.isascii() and subject.isdigit() and len(subject) <= 9):
        return None
    if type(issued_at) is not int or not is_map(body) or set(body) != {"bits", "lst"}:
        return None
    if body["bits"] != BITS or not isinstance(body["lst"], bytes) or not is_map(changed):
        return None
    if not all(type(key) is int and type(day) is int and 0 <= day < 100_000 for key, day in changed.items()):
        return None
    packed = _inflate(body["lst"])
    if packed is None:
        return None
    days = {key: _EPOCH + timedelta(days=day) for key, day in changed.items()}
    return StatusList(int(subject), issued_at, packed, days)


def _inflate(data: bytes) -> bytes | None:
    """Inflate, but never to more than a full list: a few bytes can otherwise become gigabytes."""
    machine = zlib.decompressobj()
    try:
        out = machine.decompress(data, CAPACITY // 4 + 1)
    except zlib.error:
        return None
    whole = machine.eof and not machine.unused_data
    return out if whole and len(out) <= CAPACITY // 4 else None
