"""A store in a folder, packets of an invented resident, and a clock that stands still until it is told to move."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyrage

from kiosk.formats.ids import uuid7
from kiosk.formats.manifest import Collector
from kiosk.store.seal import Recipients, build_packet
from kiosk.store.spool import nothing_happens
from kiosk.store.store import Store
from kiosk.store.values import Draft, NewAttachment, SealedPacket
from kiosk.tickets.key import TicketKey, new_key
from kiosk.tickets.number import new_number
from tests.clocks import Clock

NIK = "7315994512900001"
NAME = "PENDUDUK REKAAN"
OFFICE, ESCROW = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
TO = Recipients(str(OFFICE.to_public()), str(ESCROW.to_public()))
START = 1_790_000_000.0
SERVICES = ("akta_lahir", "kk_ubah")


@dataclass
class World:
    """Opens stores in one folder, again and again, with the same clock."""

    folder: Path
    clock: Clock = field(default_factory=lambda: Clock(START))  # epoch seconds
    random: random.Random = field(default_factory=lambda: random.Random(20))
    numbers: Any = field(default_factory=itertools.count)

    def open(self, at_step: Callable[[str], None] = nothing_happens) -> Store:
        store = Store.open(self.folder / "store.sqlite", clock=self.clock, at_step=at_step)
        assert isinstance(store, Store), store
        return store

    def packet(
        self, services: tuple[str, ...] = SERVICES, files: int = 2, key: TicketKey | None = None
    ) -> SealedPacket:
        """A first revision."""
        application = uuid7(int(self.clock() * 1000) + next(self.numbers), self.random.randbytes(10))
        return self.seal(
            draft(services, tuple(NewAttachment(f"slot_{i}", "image/webp", NAME.encode() * 20) for i in range(files))),
            application=application,
            revision=1,
            number=new_number("KBL", self.random).compact,
            ticket=(key or new_key()).recipient,
        )

    def seal(self, draft: Draft, **facts: Any) -> SealedPacket:
        packet = build_packet(draft, TO, now=int(self.clock()), **facts)
        assert isinstance(packet, SealedPacket), packet
        return packet


def draft(services: tuple[str, ...] = SERVICES, attachments: tuple[NewAttachment, ...] = ()) -> Draft:
    return Draft(
        site="73.15.06.2006",
        services=services,
        for_whom="anak",
        answers={"nama": NAME, "nik": NIK},
        collectors=(Collector("reporter", NIK, NAME),),
        contact={"telepon": "081200000000"},
        attachments=attachments,
    )


def deliver(store: Store, application: str, service: str, sealed: bytes) -> str:
    """Let the feed announce and bring `sealed` as the document of a service; gives the document's id."""
    import hashlib

    found = store.find(application)
    assert found is not None
    document = next(d.document for d in found.documents if d.service == service)
    sha256 = hashlib.sha256(sealed).hexdigest()
    common = {"application": application, "document": document, "service": service, "at": int(START)}
    states = [{"type": "state", "state": state, **common} for state in ("in_review", "approved", "signed")]
    cursor = store.cursor() + 4
    store.apply_events([*states, {"type": "document", "sha256": sha256, "bytes": len(sealed), **common}], cursor)
    store.part_file(sha256).write_bytes(sealed)
    assert store.blob_arrived(sha256) is True
    return document
