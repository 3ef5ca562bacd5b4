"""The print ledger: one act, one attempt, one known end."""

import sqlite3

import pytest

from kiosk.formats.states import ApplicationState, DocumentState
from kiosk.store.store import Store
from kiosk.store.values import Lane, Leased, PrintAct, PrintRefused
from tests.store.world import World, deliver

HASH = "ab" * 32


@pytest.fixture
def store(world: World) -> Store:
    return world.open()


@pytest.fixture
def document(world: World, store: Store) -> str:
    packet = world.packet(("akta_lahir",))
    store.submit(packet)
    return deliver(store, packet.application, "akta_lahir", b"sealed")


def begin(store: Store, document: str, reason: str = "first") -> PrintAct:
    act = store.begin_print(document, HASH, reason)  # type: ignore[arg-type]
    assert isinstance(act, PrintAct), act
    return act


def state(store: Store, document: str) -> DocumentState:
    found = store.document(document)
    assert found is not None
    return found.state


def acts(store: Store) -> list[str]:
    import json

    rows = store._rows("SELECT body FROM outbox WHERE lane = 'act' ORDER BY id")
    return [json.loads(row["body"])["kind"] for row in rows]


def test_print_read_back_hand_over(store: Store, document: str):
    act = begin(store, document)
    assert (act.copy, act.outcome) == (1, None)
    assert store.settle_print(act.act, "printed").outcome == "printed"  # type: ignore[union-attr]
    assert state(store, document) is DocumentState.PRINTED
    store.record_readback(document, "match", "sah")
    assert state(store, document) is DocumentState.READ_BACK
    store.record_handover(document)
    assert state(store, document) is DocumentState.HANDED_OVER
    assert acts(store) == ["delivered", "printed", "read_back", "handed_over"]
    found = store.find(document.rpartition(".")[0])
    assert found is not None and found.state is ApplicationState.COMPLETE


def test_no_second_act_while_the_first_has_no_end(store: Store, document: str):
    act = begin(store, document)
    assert store.begin_print(document, HASH, "paper_out") == PrintRefused("unsettled", act)
    assert store.unsettled_prints() == (act,)


def test_not_printed_may_be_tried_again_and_printed_may_be_printed_again(store: Store, document: str):
    store.settle_print(begin(store, document).act, "not_printed")
    assert state(store, document) is DocumentState.DELIVERED
    store.settle_print(begin(store, document, "paper_out").act, "printed")
    again = begin(store, document, "reprint")
    assert again.copy == 3
    assert [act.reason for act in store.prints(document)] == ["first", "paper_out", "reprint"]


def test_unknown_blocks_until_a_person_has_looked(store: Store, document: str):
    act = begin(store, document)
    store.settle_print(act.act, "unknown")
    refused = store.begin_print(document, HASH, "paper_out")
    assert isinstance(refused, PrintRefused) and refused.why == "unsettled"
    assert state(store, document) is DocumentState.DELIVERED
    resolved = store.resolve(act.act, "printed", "b7")
    assert resolved.outcome == "printed"  # type: ignore[union-attr]
    assert state(store, document) is DocumentState.PRINTED
    assert store.unsettled_prints() == ()


def test_an_end_is_an_end(store: Store, document: str):
    act = begin(store, document)
    store.settle_print(act.act, "printed")
    for outcome in ("not_printed", "unknown"):
        assert store.settle_print(act.act, outcome).outcome == "printed"  # type: ignore[arg-type,union-attr]
    assert store.resolve(act.act, "not_printed").outcome == "printed"  # type: ignore[union-attr]
    assert acts(store).count("printed") == 1


def test_a_machine_cannot_settle_what_a_person_must(store: Store, document: str):
    act = begin(store, document)
    store.settle_print(act.act, "unknown")
    assert store.settle_print(act.act, "not_printed").outcome == "unknown"  # type: ignore[union-attr]


def test_only_what_is_here_and_delivered_is_printed(world: World, store: Store):
    packet = world.packet()
    store.submit(packet)
    assert store.begin_print(f"{packet.application}.1", HASH) == PrintRefused("not_here")
    assert store.begin_print("nobody", HASH) == PrintRefused("not_here")


def test_the_table_itself_forbids_two_open_acts(store: Store, document: str):
    begin(store, document)
    with pytest.raises(sqlite3.IntegrityError):
        store._shared.connection.execute(
            "INSERT INTO prints(id, document, sha256, reason, copy, begun_at) VALUES ('x', ?, ?, 'first', 9, 1)",
            (document, HASH),
        )


def test_a_sheet_that_did_not_read_back_right_stays_printed(store: Store, document: str):
    store.settle_print(begin(store, document).act, "printed")
    store.record_readback(document, "differs")
    assert state(store, document) is DocumentState.PRINTED


def test_acts_nobody_began_are_a_bug(store: Store):
    with pytest.raises(LookupError):
        store.settle_print("nothing", "printed")
    with pytest.raises(LookupError):
        store.record_handover("nothing")
    with pytest.raises(ValueError):
        store.begin_print("x", "no hash")


def test_a_survey_leads_to_nobody(world: World, store: Store):
    packet = world.packet()
    store.submit(packet)
    world.clock.now += 5000
    identifier = store.save_survey({"U1": 4, "U9": 2}, {"umur": "60+"})
    assert isinstance(identifier, str) and identifier[14] == "4"
    leased = store.lease(Lane.ACT)
    assert isinstance(leased, Leased) and leased.application == "" and b"U9" in leased.body
    assert packet.application.encode() not in leased.body and packet.number.encode() not in leased.body
    assert store._rows("SELECT at FROM surveys")[0]["at"] % 86400 == 0
