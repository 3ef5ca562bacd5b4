"""Submitting: whole or not at all, and unreadable from then on."""

import hashlib
from pathlib import Path

import pyrage
import pytest

from kiosk.formats.manifest import OuterManifest, fits, parse_outer, parse_record
from kiosk.formats.states import ApplicationState, DocumentState
from kiosk.store import spool
from kiosk.store.seal import Recipients, build_packet
from kiosk.store.store import Store
from kiosk.store.values import (
    Fault,
    Lane,
    NewAttachment,
    SealedPacket,
    SealFailure,
    Stored,
    StoreFailure,
    TicketState,
)
from tests.store.world import ESCROW, NAME, NIK, OFFICE, TO, World, draft


def outer_of(packet: SealedPacket) -> OuterManifest:
    outer = parse_outer(packet.manifest)
    assert isinstance(outer, OuterManifest)
    return outer


def test_a_packet_opens_at_the_office_and_from_escrow_and_says_the_same(world: World):
    packet = world.packet()
    for key in (OFFICE, ESCROW):
        record = parse_record(pyrage.decrypt(packet.record, [key]))
        assert not hasattr(record, "why"), record
        assert fits(record, outer_of(packet))  # type: ignore[arg-type]
        for (_, ciphertext), listed in zip(packet.files, record.attachments, strict=True):  # type: ignore[union-attr]
            plain = pyrage.decrypt(ciphertext, [key])
            assert hashlib.sha256(plain).hexdigest() == listed.sha256
            assert hashlib.sha256(ciphertext).hexdigest() == listed.cipher


def test_stored_then_found_by_number_and_by_id(world: World):
    store, packet = world.open(), world.packet()
    stored = store.submit(packet)
    assert isinstance(stored, Stored)
    assert stored.documents == (f"{packet.application}.1", f"{packet.application}.2")
    hyphens = f"{packet.number[:3]}-{packet.number[3:8]}-{packet.number[8]}"
    for key in (packet.application, packet.number, hyphens, hyphens.lower()):
        found = store.find(key)
        assert found is not None and found.application == packet.application
        assert (found.state, found.ticket_state) == (ApplicationState.SUBMITTED, TicketState.PENDING)
        assert [d.service for d in found.documents] == ["akta_lahir", "kk_ubah"]
        assert {d.state for d in found.documents} == {DocumentState.SUBMITTED}
    assert store.find("KBL-00000-0") is None
    assert [a.application for a in store.applications()] == [packet.application]
    assert store.queue().waiting == 1


def test_the_files_are_the_manifest_s(world: World):
    store, packet = world.open(), world.packet()
    store.submit(packet)
    folder = world.folder / "spool" / "packets" / f"{packet.application}-1"
    assert sorted(path.name for path in folder.iterdir()) == ["00.age", "01.age", "manifest.cbor", "record.age"]
    for file in outer_of(packet).files:
        data = (folder / f"{file.index:02d}.age").read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file.sha256, file.bytes)


def test_the_same_again_is_the_same_and_another_is_refused(world: World):
    store, packet = world.open(), world.packet()
    assert store.submit(packet) == store.submit(packet)
    assert store.queue().waiting == 1 and store.checkpoint().size == 1
    facts = {"application": packet.application, "revision": 1, "number": packet.number, "ticket": packet.ticket}
    other = world.seal(draft(), **facts)
    assert store.submit(other) == StoreFailure(Fault.DAMAGED)


def test_nothing_personal_lies_on_the_disk(world: World):
    store = world.open()
    store.submit(world.packet())
    store.close()
    files = [path for path in world.folder.rglob("*") if path.is_file()]
    assert len(files) >= 5
    for path in files:
        data = path.read_bytes()
        for marker in (NIK, NAME, "081200000000", "slot_0", "73.15.06.2006"):
            assert marker.encode() not in data, path
            assert marker.encode("utf-16-le") not in data, path


def test_a_correction_keeps_by_hash_what_stays(world: World):
    store, first = world.open(), world.packet()
    store.submit(first)
    previous = store.previous_manifest(first.application)
    assert previous is not None
    common = {"application": first.application, "document": f"{first.application}.1", "service": "akta_lahir"}
    returned = {"type": "state", "state": "returned", "reason_code": "foto_buram", "part_index": 0, "at": 9, **common}
    store.apply_events([{**returned, "state": "in_review"}, returned], 2)
    document = store.document(f"{first.application}.1")
    assert document is not None and (document.reason_code, document.part_index) == ("foto_buram", 0)

    facts = {"application": first.application, "number": first.number, "ticket": first.ticket}
    better = NewAttachment("slot_0", "image/webp", b"better", replaces=0)
    second = world.seal(draft(attachments=(better,)), revision=2, previous=previous, **facts)
    assert [index for index, _ in second.files] == [0]
    assert outer_of(second).files[1] == previous.files[1]
    record = parse_record(pyrage.decrypt(second.record, [OFFICE]))
    assert [(a.slot, a.cipher) for a in record.attachments] == [  # type: ignore[union-attr]
        ("slot_0", outer_of(second).files[0].sha256),
        ("", previous.files[1].sha256),
    ]
    assert isinstance(store.submit(second), Stored)
    document = store.document(f"{first.application}.1")
    assert document is not None
    assert (document.state, document.reason_code, document.part_index) == (DocumentState.IN_REVIEW, "", None)
    found = store.find(first.number)
    assert found is not None and found.revision == 2


def test_a_correction_of_one_document_leaves_the_other_with_what_was_asked_of_it(world: World):
    store, first = world.open(), world.packet()
    store.submit(first)
    previous = store.previous_manifest(first.application)
    ids = [f"{first.application}.{n}" for n in (1, 2)]
    events = [
        {
            "type": "state",
            "state": state,
            "application": first.application,
            "document": document,
            "service": service,
            "at": 9,
            "reason_code": "foto_buram" if state == "returned" else "",
            "part_index": index if state == "returned" else None,
        }
        for index, (document, service) in enumerate(zip(ids, ("akta_lahir", "kk_ubah"), strict=True))
        for state in ("in_review", "returned")
    ]
    store.apply_events(events, 4)
    facts = {"application": first.application, "number": first.number, "ticket": first.ticket, "previous": previous}
    second = world.seal(
        draft(attachments=(NewAttachment("slot_1", "image/webp", b"better", replaces=1),)), revision=2, **facts
    )
    assert isinstance(store.submit(second, (ids[1],)), Stored)
    one, other = (store.document(document) for document in ids)
    assert one is not None and other is not None
    assert (one.state, one.reason_code, one.part_index) == (DocumentState.RETURNED, "foto_buram", 0)
    assert (other.state, other.part_index) == (DocumentState.IN_REVIEW, None)


def test_a_revision_out_of_turn_is_a_bug_and_leaves_nothing(world: World):
    store, first = world.open(), world.packet()
    store.submit(first)
    facts = {"application": first.application, "number": first.number, "ticket": first.ticket}
    with pytest.raises(ValueError):
        store.submit(world.seal(draft(), revision=3, **facts))
    assert store.queue().waiting == 1
    store.sweep()
    assert [path.name for path in (world.folder / "spool/packets").iterdir()] == [f"{first.application}-1"]


def test_seals_that_cannot_be_made(world: World):
    facts = {"application": world.packet().application, "revision": 1, "number": "KBL7F3K9X", "now": 1}
    ticket = TO.current
    assert build_packet(draft(), Recipients("age1x", TO.escrow), ticket=ticket, **facts) == SealFailure("no_recipient")  # type: ignore[arg-type]
    assert build_packet(draft(), TO, ticket="", **facts) == SealFailure("no_recipient")  # type: ignore[arg-type]
    lost = draft(attachments=(NewAttachment("a", "b", b"c", replaces=0),))
    assert build_packet(lost, TO, ticket=ticket, **facts) == SealFailure("no_such_part")  # type: ignore[arg-type]
    many = draft(attachments=(NewAttachment("a", "b", b"c"),) * 100)
    assert build_packet(many, TO, ticket=ticket, **facts) == SealFailure("too_many")  # type: ignore[arg-type]


# --- a medium that fails


def is_untouched(world: World, store: Store) -> bool:
    return (
        store.applications() == ()
        and store.queue().waiting == 0
        and store.checkpoint().size == 0
        and list((world.folder / "spool/packets").iterdir()) == []
    )


@pytest.mark.parametrize(
    ("call", "number", "fault"),
    [
        ("write", 28, Fault.DISK_FULL),
        ("fsync", 5, Fault.DEVICE_ERROR),
        ("open", 30, Fault.READ_ONLY),
        ("open", 28, Fault.DISK_FULL),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_failing_card_stores_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, call: str, number: int, fault: Fault, at: int
):
    store, packet = world.open(), world.packet()
    real, count = getattr(spool.os, call), iter(range(100))

    def failing(*args: object, **kwargs: object) -> object:
        if next(count) >= at:
            raise OSError(number, "injected")
        return real(*args, **kwargs)

    monkeypatch.setattr(spool.os, call, failing)
    assert store.submit(packet) == StoreFailure(fault)
    monkeypatch.undo()
    # a card that refuses everything also refuses to have the half-built folder removed; the next start does it
    assert [path.name for path in (world.folder / "spool/packets").glob("[!.]*")] == []
    store.sweep()
    assert is_untouched(world, store)
    assert isinstance(store.submit(packet), Stored)


def test_a_full_database_stores_nothing(world: World):
    store = world.open()
    connection = store._shared.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    packets = [world.packet() for _ in range(40)]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    results = [store.submit(packet) for packet in packets]
    assert StoreFailure(Fault.DISK_FULL) in results
    stored = [result for result in results if isinstance(result, Stored)]
    assert len(store.applications()) == len(stored) == len(list((world.folder / "spool/packets").iterdir()))
    connection.execute("PRAGMA max_page_count = 1000000")
    for packet in packets:
        assert isinstance(store.submit(packet), Stored)
    assert store.check() and not hasattr(store.verify_journal(), "why")


def test_a_database_that_became_read_only_is_a_value(world: World):
    store = world.open()
    store._shared.connection.execute("PRAGMA query_only = ON")
    assert store.submit(world.packet()) == StoreFailure(Fault.READ_ONLY)
    assert list((world.folder / "spool/packets").iterdir()) == []
    assert store.lease(Lane.REVISION) == StoreFailure(Fault.READ_ONLY)


def test_the_spool_s_files_are_not_for_others(world: World, tmp_path: Path):
    store, packet = world.open(), world.packet()
    store.submit(packet)
    for path in (world.folder / "spool/packets" / f"{packet.application}-1").iterdir():
        assert path.stat().st_mode & 0o007 in (0, 4) and path.stat().st_mode & 0o002 == 0
