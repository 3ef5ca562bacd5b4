"""The queue: whatever crashes, in whatever order answers come, each item is delivered, in its application's order."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.formats.receipts import Receipt
from kiosk.formats.states import ApplicationState, DocumentState
from kiosk.store.outbox import LEASE, LONGEST_DELAY
from kiosk.store.store import Store
from kiosk.store.values import Lane, Leased, Upload
from kiosk.tickets.key import new_key
from tests.store.world import World

LANES = st.sampled_from(list(Lane))


def receipt_of(store: Store, leased: Leased) -> Receipt:
    revision = store.revision(leased.application, leased.revision)
    assert revision is not None
    digest = hashlib.sha256(revision.manifest).hexdigest()
    return Receipt(leased.application, leased.revision, digest, 1_790_000_500, 1_790_400_000)


def deliver(store: Store, leased: Leased) -> None:
    if leased.lane is Lane.ACT:
        store.act_acked(leased)
    else:
        receipt = receipt_of(store, leased)
        assert store.revision_acked(receipt, receipt.encode(), b"s" * 64, "k") is True


class Queue(RuleBasedStateMachine):
    """Workers lease, finish, fail, crash; time passes; citizens go on submitting."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="outbox-"))
        self.world = World(self.folder)
        self.store = self.open()
        self.applications: list[str] = []
        self.held: list[Leased] = []
        self.pending: list[tuple[int, str]] = []  # what must still be delivered, oldest first: item, application
        self.delivered: set[int] = set()
        self.quarantined: set[int] = set()

    def open(self) -> Store:
        store = self.world.open()
        store._shared.connection.execute("PRAGMA synchronous = OFF")  # power cuts are tested elsewhere
        return store

    def teardown(self) -> None:
        self.drain()
        self.store.close()
        shutil.rmtree(self.folder)

    def queued(self, application: str) -> None:
        item = self.store._rows("SELECT max(id) FROM outbox")[0][0]
        self.pending.append((item, application))

    @initialize()
    def a_morning(self) -> None:
        self.submit()
        self.act_for(self.applications[0])
        self.submit()

    @rule()
    def submit(self) -> None:
        packet = self.world.packet(("akta_lahir",), files=0)
        self.store.submit(packet)
        self.applications.append(packet.application)
        self.queued(packet.application)

    @precondition(lambda self: self.applications)
    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        self.act_for(data.draw(st.sampled_from(self.applications)))

    def act_for(self, application: str) -> None:
        self.store.ticket_reissued(application, new_key().recipient)
        self.queued(application)

    @rule()
    def survey(self) -> None:
        self.store.save_survey({"U1": 1}, {})
        self.queued("")

    @rule(lane=LANES)
    def lease(self, lane: Lane) -> None:
        leased = self.store.lease(lane)
        if leased is None:
            return
        assert isinstance(leased, Leased)
        live = [held for held in self.held if held.until > self.world.clock.now]
        assert leased.item not in {held.item for held in live}, "leased twice"
        ahead = [item for item, application in self.pending if application and application == leased.application]
        assert not ahead or ahead[0] == leased.item, "out of its application's order"
        assert leased.item not in self.delivered | self.quarantined
        self.held.append(leased)

    def take(self, data: st.DataObject) -> Leased:
        leased = data.draw(st.sampled_from(self.held))
        self.held.remove(leased)
        return leased

    def over(self, leased: Leased) -> None:
        self.pending = [(item, application) for item, application in self.pending if item != leased.item]

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def answered(self, data: st.DataObject) -> None:
        leased = self.take(data)
        deliver(self.store, leased)  # also from a lease that has passed: the centre does have it
        self.delivered.add(leased.item)
        self.quarantined.discard(leased.item)
        self.over(leased)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), delay=st.floats(0, 2000))
    def failed(self, data: st.DataObject, delay: float) -> None:
        self.store.retry(self.take(data), delay, "503")

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def refused(self, data: st.DataObject) -> None:
        leased = self.take(data)
        self.store.quarantine(leased, "422")
        if leased.item not in self.delivered:
            self.quarantined.add(leased.item)
            self.over(leased)

    @precondition(lambda self: self.quarantined)
    @rule(data=st.data())
    def try_again(self, data: st.DataObject) -> None:
        item = data.draw(st.sampled_from(sorted(self.quarantined)))
        application = self.store._rows("SELECT application FROM outbox WHERE id = ?", item)[0][0]
        self.store.try_again(item)
        self.quarantined.discard(item)
        self.pending = sorted([*self.pending, (item, application)])

    @rule()
    def crash(self) -> None:
        self.store.close()
        self.store = self.open()
        self.store.release_leases()
        self.held.clear()

    @rule(seconds=st.sampled_from([1.0, 30.0, LEASE + 1, LONGEST_DELAY + 1, 86_400.0, -7200.0]))
    def time_passes(self, seconds: float) -> None:
        self.world.clock.now += seconds
        if seconds < 0:  # a clock that was set back makes no lease immortal: they count as passed
            self.held = [held for held in self.held if held.until <= self.world.clock.now + LEASE]

    @rule()
    def nudged(self) -> None:
        self.store.nudge_queue()

    @invariant()
    def nothing_is_lost(self) -> None:
        rows = self.store._rows("SELECT id, state FROM outbox")
        assert {row["id"] for row in rows if row["state"] == "pending"} == {item for item, _ in self.pending}
        assert {row["id"] for row in rows if row["state"] == "acked"} == self.delivered
        assert {row["id"] for row in rows if row["state"] == "quarantined"} == self.quarantined
        assert self.store.queue().waiting == len(self.pending)

    def drain(self) -> None:
        """The centre is there again: everything that waits goes through, without anybody's help."""
        self.world.clock.now += LEASE + LONGEST_DELAY + 1
        for _ in range(2 * len(self.pending) + 2):
            for lane in Lane:
                leased = self.store.lease(lane)
                if isinstance(leased, Leased):
                    deliver(self.store, leased)
                    self.delivered.add(leased.item)
                    self.over(leased)
        assert self.pending == []
        self.nothing_is_lost()


Queue.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestQueue = Queue.TestCase


@pytest.fixture
def store(world: World) -> Store:
    return world.open()


def lease(store: Store, lane: Lane = Lane.REVISION) -> Leased:
    leased = store.lease(lane)
    assert isinstance(leased, Leased)
    return leased


def test_one_that_hangs_does_not_hold_up_the_others(world: World, store: Store):
    packets = [world.packet() for _ in range(3)]
    for packet in packets:
        store.submit(packet)
    first = lease(store)
    store.retry(first, 600, "503")
    others = {lease(store).application, lease(store).application}
    assert others == {packet.application for packet in packets[1:]}
    assert store.lease(Lane.REVISION) is None


def test_the_longest_untouched_comes_first(world: World, store: Store):
    packets = [world.packet() for _ in range(2)]
    for packet in packets:
        store.submit(packet)
    order: list[str] = []
    for _ in range(4):
        world.clock.now += 1
        leased = lease(store)
        order.append(leased.application)
        store.retry(leased, 0, "503")
    assert order == [packets[0].application, packets[1].application] * 2


def test_an_act_waits_for_its_application_and_for_nothing_else(world: World, store: Store):
    packet = world.packet()
    store.submit(packet)
    store.ticket_reissued(packet.application, new_key().recipient)
    store.record_tamper("cover_open")
    assert lease(store, Lane.ACT).application == ""
    assert store.lease(Lane.ACT) is None
    deliver(store, lease(store))
    assert lease(store, Lane.ACT).application == packet.application


@pytest.mark.parametrize("held", [True, False])
def test_a_clock_set_back_by_hours_holds_nothing_up(world: World, store: Store, held: bool):
    store.submit(world.packet())
    leased = lease(store)
    if not held:
        store.retry(leased, 800, "503")
    world.clock.now -= 7200
    assert lease(store).item == leased.item


def test_a_receipt_ends_it_and_starts_the_review(world: World, store: Store):
    packet = world.packet()
    store.submit(packet)
    leased = lease(store)
    store.set_upload(packet.application, 1, "ab" * 32, Upload("/v1/uploads/1", 5))
    deliver(store, leased)
    found = store.find(packet.application)
    assert found is not None
    assert (found.state, found.received_at, found.promised_at) == (
        ApplicationState.RECEIVED,
        1_790_000_500,
        1_790_400_000,
    )
    assert {document.state for document in found.documents} == {DocumentState.IN_REVIEW}
    assert store.upload(packet.application, 1, "ab" * 32) is None
    assert [entry["k"] for entry in store.entries()] == ["submitted", "received"]


def test_a_receipt_for_another_packet_ends_nothing(world: World, store: Store):
    packet = world.packet()
    store.submit(packet)
    leased = lease(store)
    other = Receipt(packet.application, 1, "00" * 32, 1, 2)
    assert store.revision_acked(other, other.encode(), b"", "k") is False
    assert store.queue().waiting == 1
    deliver(store, leased)
    deliver(store, leased)
    assert [entry["k"] for entry in store.entries()].count("received") == 1


def test_renewing_is_for_the_holder_only(world: World, store: Store):
    store.submit(world.packet())
    first = lease(store)
    world.clock.now += LEASE - 1
    assert store.renew(first) is True
    world.clock.now += LEASE - 1
    assert store.lease(Lane.REVISION) is None
    world.clock.now += 2
    second = lease(store)
    assert store.renew(first) is False
    store.retry(first, 500, "late")
    assert store.renew(second) is True


def test_a_failure_that_is_not_the_item_s_does_not_count(world: World, store: Store):
    store.submit(world.packet())
    store.retry(lease(store), 0, "offline", count=False)
    assert lease(store).attempts == 0


def test_the_signature_made_first_stays(world: World, store: Store):
    packet = world.packet()
    store.submit(packet)
    store.set_signature(packet.application, 1, b"one")
    store.set_signature(packet.application, 1, b"two")
    revision = store.revision(packet.application, 1)
    assert revision is not None and revision.signature == b"one"


def test_quarantine_is_seen_and_can_be_undone(world: World, store: Store):
    packet = world.packet()
    store.submit(packet)
    store.quarantine(lease(store), "422 bad_packet")
    (shown,) = store.quarantined()
    assert (shown.application, shown.error) == (packet.application, "422 bad_packet")
    assert (store.queue().waiting, store.queue().quarantined) == (0, 1)
    store.try_again(shown.item)
    assert lease(store).application == packet.application


def test_packets_are_dropped_long_after_their_receipt(world: World, store: Store):
    packet = world.packet()
    store.submit(packet)
    deliver(store, lease(store))
    assert store.drop_acked(100) == 0
    world.clock.now += 101
    assert store.drop_acked(100) == 1
    assert store.drop_acked(100) == 0
    assert not (world.folder / "spool/packets" / f"{packet.application}-1").exists()


def test_the_body_of_an_act_never_changes(store: Store):
    store.record_tamper("cover_open")
    first = lease(store, Lane.ACT)
    store.retry(first, 0, "503")
    again = lease(store, Lane.ACT)
    assert (again.act, again.body) == (first.act, first.body)
    assert b'"kind": "tamper"' in again.body
