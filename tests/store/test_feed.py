"""The feed: in order, once, and never stuck on what makes no sense."""

import hashlib
from typing import Any

import pytest

from kiosk.formats.states import ApplicationState, DocumentState
from kiosk.store.feed import REACHABLE
from kiosk.store.store import Store
from tests.store.world import World, deliver

SEALED = b"sealed document"
SHA = hashlib.sha256(SEALED).hexdigest()


@pytest.fixture
def store(world: World) -> Store:
    return world.open()


@pytest.fixture
def application(world: World, store: Store) -> str:
    packet = world.packet()
    store.submit(packet)
    return packet.application


def event(application: str, state: str, **more: Any) -> dict[str, Any]:
    common = {"type": "state", "application": application, "document": f"{application}.1", "service": "akta_lahir"}
    return {**common, "state": state, "at": 1_790_000_100, **more}


def state(store: Store, application: str) -> DocumentState:
    document = store.document(f"{application}.1")
    assert document is not None
    return document.state


def test_states_come_with_time_reason_part_and_place(store: Store, application: str):
    note = "cd" * 32
    returned = event(application, "returned", reason_code="foto_buram", part_index=1, note=note, place="Loket 2")
    store.apply_events([event(application, "in_review"), returned], 2)
    document = store.document(f"{application}.1")
    assert document is not None and document.state is DocumentState.RETURNED
    assert (document.reason_code, document.part_index, document.place) == ("foto_buram", 1, "Loket 2")
    assert document.times[DocumentState.RETURNED] == 1_790_000_100
    assert not document.has_note
    wanted = store.wanted_blob()
    assert wanted is not None and (wanted.sha256, wanted.kind) == (note, "note")
    assert store.cursor() == 2


def test_what_cannot_follow_is_passed_over(store: Store, application: str):
    store.apply_events([event(application, "rejected"), event(application, "approved")], 2)
    assert state(store, application) is DocumentState.REJECTED


def test_steps_that_were_missed_do_not_matter(store: Store, application: str):
    store.apply_events([event(application, "signed")], 1)
    assert state(store, application) is DocumentState.SIGNED


def test_nonsense_never_stops_the_feed(store: Store, application: str):
    nonsense: list[Any] = [
        {},
        {"type": "later"},
        {"type": "state"},
        event(application, "flying"),
        event("nobody", "approved"),
        event(application, "approved", document="x" * 200),
        event(application, "approved", at="soon"),
        {**event(application, "approved"), "type": "document", "sha256": "no"},
        event(application, "in_review", part_index="1", reason_code="no_such_code"),
    ]
    store.apply_events([*nonsense, event(application, "approved")], 20)
    assert state(store, application) is DocumentState.APPROVED
    assert store.cursor() == 20


def test_the_same_page_twice_changes_nothing(store: Store, application: str):
    page = [event(application, "in_review"), event(application, "approved")]
    store.apply_events(page, 2)
    size = store.checkpoint().size
    store.apply_events(page, 2)
    assert store.checkpoint().size == size and state(store, application) is DocumentState.APPROVED


def test_the_cursor_never_falls(store: Store):
    store.apply_events([], 9)
    store.apply_events([], 4)
    assert store.cursor() == 9


def test_a_sealed_document_is_delivered_when_its_bytes_are_right(store: Store, application: str):
    announced = {**event(application, ""), "type": "document", "sha256": SHA, "bytes": len(SEALED)}
    store.apply_events([event(application, "signed"), announced], 2)
    assert state(store, application) is DocumentState.SIGNED
    store.part_file(SHA).write_bytes(b"other bytes")
    assert store.blob_arrived(SHA) is False
    assert not store.part_file(SHA).exists() and store.document_file(f"{application}.1") is None
    store.part_file(SHA).write_bytes(SEALED)
    assert store.blob_arrived(SHA) is True
    assert state(store, application) is DocumentState.DELIVERED
    path = store.document_file(f"{application}.1")
    assert path is not None and path.read_bytes() == SEALED
    assert store.wanted_blob() is None


def test_a_new_seal_replaces_the_old_one_without_a_step_back(store: Store, application: str):
    document = deliver(store, application, "akta_lahir", SEALED)
    act = store.begin_print(document, "ab" * 32)
    store.settle_print(act.act, "printed")  # type: ignore[union-attr]
    deliver(store, application, "akta_lahir", b"sealed anew")
    assert state(store, application) is DocumentState.PRINTED
    path = store.document_file(document)
    assert path is not None and path.read_bytes() == b"sealed anew"


def test_the_centre_s_own_id_for_our_service_is_taken_over(store: Store, application: str):
    other = event(application, "approved", document="D-77")
    store.apply_events([other], 1)
    found = store.find(application)
    assert found is not None
    assert [d.document for d in found.documents] == ["D-77", f"{application}.2"]
    assert DocumentState.SUBMITTED in found.documents[0].times


def test_a_further_document_is_added_and_reopens_what_was_complete(store: Store, application: str):
    rejected = [event(application, "rejected"), event(application, "rejected", document=f"{application}.2")]
    store.apply_events(rejected, 2)
    found = store.find(application)
    assert found is not None and found.state is ApplicationState.COMPLETE
    store.apply_events([event(application, "in_review", document=f"{application}.3", service="kia_baru")], 3)
    found = store.find(application)
    assert found is not None and found.state is ApplicationState.RECEIVED
    assert [d.service for d in found.documents] == ["akta_lahir", "kk_ubah", "kia_baru"]


def test_another_application_s_document_is_not_touched(world: World, store: Store, application: str):
    other = world.packet()
    store.submit(other)
    store.apply_events([event(other.application, "approved", document=f"{application}.1", service="")], 1)
    assert state(store, application) is DocumentState.SUBMITTED


def test_a_file_that_fails_lets_others_go_first(world: World, store: Store, application: str):
    announced = {**event(application, ""), "type": "document", "sha256": SHA, "bytes": 5}
    second = {**announced, "document": f"{application}.2", "sha256": "ef" * 32, "bytes": 9}
    store.apply_events([announced, second], 2)
    first = store.wanted_blob()
    assert first is not None
    store.blob_failed(first.sha256)
    other = store.wanted_blob()
    assert other is not None and other.sha256 != first.sha256
    store.blob_failed(other.sha256)
    assert store.wanted_blob() is None
    store.nudge_queue()  # somebody is waiting at the kiosk
    assert store.wanted_blob() is not None
    for _ in range(2):
        wanted = store.wanted_blob()
        assert wanted is not None
        store.blob_failed(wanted.sha256)
    assert store.wanted_blob() is None
    world.clock.now += 31
    assert store.wanted_blob() is not None


def test_reachable_follows_the_one_table():
    assert DocumentState.DELIVERED in REACHABLE[DocumentState.SUBMITTED]
    assert DocumentState.SIGNED not in REACHABLE[DocumentState.PRINTED]
    assert REACHABLE[DocumentState.REJECTED] == frozenset()
