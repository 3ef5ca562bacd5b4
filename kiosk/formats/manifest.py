"""A packet's two lists: the outer manifest (ciphertexts only, signed by the device) and the sealed record.

The outer one may be read by anyone who carries the packet and tells them nothing: no service, no slot, no type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from kiosk.formats import shape
from kiosk.formats.cbor import NotCbor, decode, encode
from kiosk.formats.shape import Malformed, WrongError

MAX_FILES = 99
MAX_RECORD = 1 << 20  # bytes of a sealed record
MAX_FILE = 32 << 20  # bytes of a sealed attachment


@dataclass(frozen=True)
class SealedFile:
    """A ciphertext: its place in the packet, SHA-256 (hex) and length."""

    index: int
    sha256: str
    bytes: int


@dataclass(frozen=True)
class OuterManifest:
    """What a packet consists of. `number` is the ticket's, compact; `stored_at` epoch seconds by the kiosk's clock."""

    application: str
    revision: int
    number: str
    record_sha256: str
    record_bytes: int
    files: tuple[SealedFile, ...]
    stored_at: int

    def encode(self) -> bytes:
        """Canonical CBOR; these bytes are what the device signs."""
        return encode(
            {
                "v": 1,
                "application": self.application,
                "revision": self.revision,
                "number": self.number,
                "record": {"sha256": self.record_sha256, "bytes": self.record_bytes},
                "files": [{"index": f.index, "sha256": f.sha256, "bytes": f.bytes} for f in self.files],
                "stored_at": self.stored_at,
            }
        )


def parse_outer(raw: bytes) -> OuterManifest | Malformed:
    """Strict: canonical, no unknown field, files numbered 0, 1, 2 …"""
    value = decode(raw, limit=64 << 10)
    if isinstance(value, NotCbor):
        return Malformed(value.why)
    try:
        data = shape.closed(value, ("v", "application", "revision", "number", "record", "files", "stored_at"))
        shape.whole(data, "v", 1, 1)
        record = shape.closed(data["record"], ("sha256", "bytes"))
        files = tuple(_sealed_file(item) for item in shape.items(data, "files", MAX_FILES))
        if [file.index for file in files] != list(range(len(files))):
            raise WrongError("files")
        return OuterManifest(
            application=shape.text(data, "application", shape.UUID),
            revision=shape.whole(data, "revision", 1, 999),
            number=shape.text(data, "number", shape.NUMBER),
            record_sha256=shape.text(record, "sha256", shape.HEX256),
            record_bytes=shape.whole(record, "bytes", 1, MAX_RECORD),
            files=files,
            stored_at=shape.whole(data, "stored_at"),
        )
    except WrongError as wrong:
        return Malformed(str(wrong))


def _sealed_file(item: Any) -> SealedFile:
    data = shape.closed(item, ("index", "sha256", "bytes"))
    return SealedFile(
        index=shape.whole(data, "index", 0, MAX_FILES),
        sha256=shape.text(data, "sha256", shape.HEX256),
        bytes=shape.whole(data, "bytes", 1, MAX_FILE),
    )


@dataclass(frozen=True)
class Collector:
    """Who may fetch the documents. `role`: reporter, family or proxy."""

    role: str
    nik: str
    name: str = ""


@dataclass(frozen=True)
class Attachment:
    """What an index of the outer manifest means: known only inside the seal. Hashes are hex.

    An empty slot says: the file is that of the earlier revision's record with the same `cipher`, kept unchanged (the
    kiosk cannot read what it sealed, so it cannot repeat what it was). Type and sha256 are then empty, bytes 0.
    """

    index: int
    slot: str
    type: str
    sha256: str  # of the plaintext
    cipher: str  # of the ciphertext
    bytes: int  # of the plaintext


@dataclass(frozen=True)
class Record:
    """The plaintext of record.age: everything that the citizen answered. Personal; lives in memory only."""

    application: str
    revision: int
    site: str  # 73.15.06.2001
    submitted_at: int
    services: tuple[str, ...]
    for_whom: str
    answers: Mapping[str, Any] = field(repr=False)
    collectors: tuple[Collector, ...] = field(repr=False)
    contact: Mapping[str, str] = field(repr=False)
    ticket: str  # the ticket's age recipient
    number: str
    attachments: tuple[Attachment, ...]

    def encode(self) -> bytes:
        """Canonical CBOR, to be sealed."""
        return encode(
            {
                "v": 1,
                "application": self.application,
                "revision": self.revision,
                "site": self.site,
                "submitted_at": self.submitted_at,
                "services": list(self.services),
                "for_whom": self.for_whom,
                "answers": _plain(self.answers),
                "collectors": [{"role": c.role, "nik": c.nik, "name": c.name} for c in self.collectors],
                "contact": dict(self.contact),
                "ticket": self.ticket,
                "number": self.number,
                "attachments": [
                    {
                        "index": a.index,
                        "slot": a.slot,
                        "type": a.type,
                        "sha256": a.sha256,
                        "cipher": a.cipher,
                        "bytes": a.bytes,
                    }
                    for a in self.attachments
                ],
            }
        )


_RECORD_FIELDS = (
    *("v", "application", "revision", "site", "submitted_at", "services", "for_whom", "answers"),
    *("collectors", "contact", "ticket", "number", "attachments"),
)


def parse_record(raw: bytes) -> Record | Malformed:
    """The opened record, or what is wrong with it. Whether it fits its outer manifest is :func:`fits`."""
    value = decode(raw, limit=MAX_RECORD)
    if isinstance(value, NotCbor):
        return Malformed(value.why)
    try:
        data = shape.closed(value, _RECORD_FIELDS)
        shape.whole(data, "v", 1, 1)
        services = [shape.text({"services": s}, "services", shape.SERVICE) for s in shape.items(data, "services", 20)]
        contact = shape.mapping(data, "contact", 10)
        return Record(
            application=shape.text(data, "application", shape.UUID),
            revision=shape.whole(data, "revision", 1, 999),
            site=shape.text(data, "site", limit=20),
            submitted_at=shape.whole(data, "submitted_at"),
            services=tuple(services),
            for_whom=shape.text(data, "for_whom", limit=40),
            answers=shape.mapping(data, "answers"),
            collectors=tuple(_collector(item) for item in shape.items(data, "collectors", 20)),
            contact={name: shape.text(contact, name) for name in contact},
            ticket=shape.text(data, "ticket", shape.RECIPIENT),
            number=shape.text(data, "number", shape.NUMBER),
            attachments=tuple(_attachment(item) for item in shape.items(data, "attachments", MAX_FILES)),
        )
    except WrongError as wrong:
        return Malformed(str(wrong))


def fits(record: Record, outer: OuterManifest) -> bool:
    """Whether sealed record and outer manifest speak of the same packet."""
    return (record.application, record.revision, record.number) == (
        outer.application,
        outer.revision,
        outer.number,
    ) and [(a.index, a.cipher) for a in record.attachments] == [(f.index, f.sha256) for f in outer.files]


def _collector(item: Any) -> Collector:
    data = shape.closed(item, ("role", "nik", "name"))
    if data["role"] not in ("reporter", "family", "proxy"):
        raise WrongError("role")
    return Collector(data["role"], shape.text(data, "nik", limit=16), shape.text(data, "name", limit=200))


def _attachment(item: Any) -> Attachment:
    data = shape.closed(item, ("index", "slot", "type", "sha256", "cipher", "bytes"))
    if data["slot"] == "":
        if (data["type"], data["sha256"], data["bytes"]) != ("", "", 0):
            raise WrongError("slot")
        index = shape.whole(data, "index", 0, MAX_FILES)
        return Attachment(index, "", "", "", shape.text(data, "cipher", shape.HEX256), 0)
    return Attachment(
        index=shape.whole(data, "index", 0, MAX_FILES),
        slot=shape.text(data, "slot", limit=80),
        type=shape.text(data, "type", limit=80),
        sha256=shape.text(data, "sha256", shape.HEX256),
        cipher=shape.text(data, "cipher", shape.HEX256),
        bytes=shape.whole(data, "bytes", 1, MAX_FILE),
    )


def _plain(value: Any) -> Any:
    """Maps and sequences of any kind as dict and list; everything else as it is."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in cast("Mapping[Any, Any]", value).items()}
    return [_plain(item) for item in value] if shape.is_list(value) else value
