"""What comes down sealed to a ticket's key: a document, or a clerk's words. Canonical CBOR inside age."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.formats import shape
from kiosk.formats.cbor import NotCbor, decode, encode
from kiosk.formats.manifest import Collector
from kiosk.formats.shape import Malformed, WrongError

MAX_DOCUMENT = 16 << 20  # bytes of an opened envelope


@dataclass(frozen=True)
class DocumentEnvelope:
    """A signed PDF and who may fetch it. `expires` (epoch seconds) is set where the document ends by itself."""

    document: str
    application: str
    service: str
    title: str
    pdf: bytes = field(repr=False)
    collectors: tuple[Collector, ...] = field(repr=False)
    expires: int | None = None

    def encode(self) -> bytes:
        """Canonical CBOR, to be sealed to the ticket's recipient."""
        data: dict[str, object] = {
            "v": 1,
            "document": self.document,
            "application": self.application,
            "service": self.service,
            "title": self.title,
            "pdf": self.pdf,
            "collectors": [{"role": c.role, "nik": c.nik, "name": c.name} for c in self.collectors],
        }
        if self.expires is not None:
            data["expires"] = self.expires
        return encode(data)


@dataclass(frozen=True)
class NoteEnvelope:
    """A clerk's own words on a document; `part` is the slot or field concerned, or empty."""

    document: str
    part: str
    text: str = field(repr=False)

    def encode(self) -> bytes:
        """Canonical CBOR, to be sealed to the ticket's recipient."""
        return encode({"v": 1, "document": self.document, "part": self.part, "text": self.text})


def parse_document(raw: bytes) -> DocumentEnvelope | Malformed:
    """The envelope in opened bytes. The PDF itself is judged elsewhere."""
    value = decode(raw, limit=MAX_DOCUMENT)
    if isinstance(value, NotCbor):
        return Malformed(value.why)
    names = ("v", "document", "application", "service", "title", "pdf", "collectors")
    try:
        data = shape.closed(value, names, ("expires",))
        shape.whole(data, "v", 1, 1)
        return DocumentEnvelope(
            document=shape.text(data, "document", shape.DOCUMENT),
            application=shape.text(data, "application", shape.UUID),
            service=shape.text(data, "service", shape.SERVICE),
            title=shape.text(data, "title"),
            pdf=shape.octets(data, "pdf", MAX_DOCUMENT),
            collectors=tuple(_collector(item) for item in shape.items(data, "collectors", 20)),
            expires=shape.whole(data, "expires") if data.get("expires") is not None else None,
        )
    except WrongError as wrong:
        return Malformed(str(wrong))


def parse_note(raw: bytes) -> NoteEnvelope | Malformed:
    """The clerk's words in opened bytes."""
    value = decode(raw, limit=64 << 10)
    if isinstance(value, NotCbor):
        return Malformed(value.why)
    try:
        data = shape.closed(value, ("v", "document", "part", "text"))
        shape.whole(data, "v", 1, 1)
        return NoteEnvelope(
            shape.text(data, "document", shape.DOCUMENT),
            shape.text(data, "part", limit=80),
            shape.text(data, "text", limit=4000),
        )
    except WrongError as wrong:
        return Malformed(str(wrong))


def _collector(item: object) -> Collector:
    data = shape.closed(item, ("role", "nik"), ("name",))
    role = shape.text(data, "role", limit=20)
    return Collector(role, shape.text(data, "nik", limit=16), data.get("name") or "")
