"""Tickets: pending until seen, reissued only while nothing was opened, locked after three misses."""

import json

from kiosk.store.store import Store
from kiosk.store.values import Lane, Leased, NotReissued, TicketState
from kiosk.tickets.key import new_key
from tests.store.world import World, deliver


def submitted(world: World) -> tuple[Store, str]:
    store, packet = world.open(), world.packet()
    store.submit(packet)
    return store, packet.application


def state(store: Store, application: str) -> TicketState:
    found = store.find(application)
    assert found is not None
    return found.ticket_state


def test_pending_until_seen(world: World):
    store, application = submitted(world)
    assert [ticket.application for ticket in store.pending_tickets()] == [application]
    store.close()
    store = world.open()  # the power went: still pending
    assert [ticket.application for ticket in store.pending_tickets()] == [application]
    store.ticket_seen(application)
    assert store.pending_tickets() == () and state(store, application) is TicketState.SEEN


def test_reissued_is_an_event_that_comes_after_the_application(world: World):
    store, application = submitted(world)
    recipient = new_key().recipient
    assert store.ticket_reissued(application, recipient, "b7") is None
    found = store.find(application)
    assert found is not None and found.ticket == recipient and found.ticket_state is TicketState.REISSUED
    assert store.pending_tickets() == ()
    assert store.lease(Lane.ACT) is None  # the application itself has not gone up yet
    leased = store.lease(Lane.REVISION)
    assert isinstance(leased, Leased)
    store.quarantine(leased, "test")
    act = store.lease(Lane.ACT)
    assert isinstance(act, Leased)
    body = json.loads(act.body)
    assert (body["kind"], body["application"], body["ticket"]) == ("ticket_reissued", application, recipient)


def test_not_after_a_document_was_opened(world: World):
    store, application = submitted(world)
    document = deliver(store, application, "akta_lahir", b"sealed")
    assert store.ticket_reissued(application, new_key().recipient) is None
    store.document_opened(document)
    assert store.ticket_reissued(application, new_key().recipient) is NotReissued.OPENED
    assert store.ticket_reissued("nobody", new_key().recipient) is NotReissued.UNKNOWN
    assert store.ticket_reissued(application, "age1nonsense") is NotReissued.BAD_RECIPIENT


def test_three_misses_lock_for_a_quarter_of_an_hour_and_survive_a_restart(world: World):
    store, application = submitted(world)
    assert [store.collector_missed(application) for _ in range(2)] == [2, 1]
    store.collector_matched(application)
    assert [store.collector_missed(application) for _ in range(3)] == [2, 1, 0]
    store.close()
    store = world.open()
    assert store.locked_until(application) == world.clock.now + 900
    world.clock.now += 901
    assert store.locked_until(application) is None
    assert store.collector_missed(application) == 2


def test_a_clock_set_back_does_not_lock_for_ever(world: World):
    store, application = submitted(world)
    for _ in range(3):
        store.collector_missed(application)
    world.clock.now -= 10 * 86400
    assert store.locked_until(application) is None
