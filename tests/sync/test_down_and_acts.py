"""Acts go up, news comes down, whatever the line does."""

import hashlib
import json
import os

import pytest

from kiosk.formats.states import DocumentState
from kiosk.identity.trust import TrustList
from kiosk.sync.turns import Turn
from tests.store.world import deliver
from tests.sync.centre import Centre, problem
from tests.sync.conftest import Kiosk
from tests.sync.test_up import submit


def received(kiosk: Kiosk) -> str:
    packet = submit(kiosk, size=10)
    kiosk.up.once()
    return packet.application


def turn_until_idle(kiosk: Kiosk, turns: int = 60) -> None:
    for _ in range(turns):
        missing = kiosk.store._rows("SELECT 1 FROM blobs WHERE stored_at IS NULL")
        if kiosk.down.once().turn is Turn.IDLE and not missing:
            return
        kiosk.world.clock.now += 3700
    raise AssertionError("never quiet")


def announce(centre: Centre, application: str, sealed: bytes) -> str:
    sha256 = hashlib.sha256(sealed).hexdigest()
    centre.blobs[sha256] = sealed
    common = {"application": application, "document": f"{application}.1", "service": "akta_lahir"}
    centre.tell("state", state="approved", **common)
    centre.tell("state", state="signed", **common)
    centre.tell("document", sha256=sha256, bytes=len(sealed), **common)
    return sha256


@pytest.mark.parametrize("how", ["none", "drop", "lose", "portal", "bend", 500])
@pytest.mark.parametrize("path", ["/v1/events", "/v1/blobs", "/v1/trust"])
def test_a_document_arrives(kiosk: Kiosk, centre: Centre, how: str | int, path: str):
    application = received(kiosk)
    sealed = os.urandom(300_000)
    announce(centre, application, sealed)
    if how != "none":
        centre.fail("GET", path, how, times=3)
    turn_until_idle(kiosk)
    document = kiosk.store.document(f"{application}.1")
    assert document is not None and document.state is DocumentState.DELIVERED
    file = kiosk.store.document_file(document.document)
    assert file is not None and file.read_bytes() == sealed


def test_a_download_goes_on_where_it_stopped(kiosk: Kiosk, centre: Centre):
    application = received(kiosk)
    sha256 = announce(centre, application, os.urandom(500_000))
    asked = [0]

    def fault(_method: str, path: str) -> str | None:
        asked[0] += "/blobs/" in path
        return "drop" if "/blobs/" in path and asked[0] == 3 else None

    centre.faults = [fault]
    kiosk.down.once()
    part = kiosk.store.part_file(sha256).stat().st_size
    assert 0 < part < 500_000
    kiosk.start()
    turn_until_idle(kiosk)
    assert asked[0] <= 6
    assert kiosk.store.document_file(f"{application}.1") is not None


def test_bytes_that_are_not_the_announced_ones_are_thrown_away(kiosk: Kiosk, centre: Centre):
    application = received(kiosk)
    sha256 = announce(centre, application, b"right")
    centre.blobs[sha256] = b"wrong"
    kiosk.down.once()
    assert kiosk.store.document_file(f"{application}.1") is None
    centre.blobs[sha256] = b"right"
    turn_until_idle(kiosk)
    assert kiosk.store.document_file(f"{application}.1") is not None


def test_a_missing_file_does_not_hold_up_states(kiosk: Kiosk, centre: Centre):
    application = received(kiosk)
    sha256 = announce(centre, application, b"sealed")
    del centre.blobs[sha256]
    kiosk.down.once()
    centre.tell("state", application=application, document=f"{application}.2", service="kk_ubah", state="rejected")
    kiosk.down.once()
    other = kiosk.store.document(f"{application}.2")
    assert other is not None and other.state is DocumentState.REJECTED


def test_the_trust_list_is_fetched_when_told_and_never_goes_back(kiosk: Kiosk, centre: Centre):
    kiosk.down.once()
    centre.trust_version = 5
    centre.tell("trust", version=5)
    kiosk.down.once()
    assert version(kiosk) == 5
    centre.trust_version = 3
    centre.tell("trust", version=3)
    kiosk.down.once()
    assert version(kiosk) == 5
    assert kiosk.store.entries()[-1]["k"] == "trust_refused"


def test_a_trust_list_that_could_not_be_fetched_is_not_forgotten(kiosk: Kiosk, centre: Centre):
    kiosk.down.once()
    centre.trust_version = 2
    centre.tell("trust", version=2)
    centre.fail("GET", "/v1/trust", "drop")
    assert kiosk.down.once().turn is Turn.FAILED or version(kiosk) == 1
    kiosk.start()
    kiosk.down.once()
    kiosk.down.once()
    assert version(kiosk) == 2


def version(kiosk: Kiosk) -> int:
    trust = kiosk.identity.trust()
    assert isinstance(trust, TrustList)
    return trust.version


def test_somebody_waiting_makes_the_poll_long(kiosk: Kiosk, centre: Centre):
    assert kiosk.down.once().rest == 60
    kiosk.attentive = True
    kiosk.down.once()
    waits = [path.partition("wait=")[2] for _, path in centre.asked if "events" in path]
    assert waits[0] == "0" and waits[-1] == "20"


def test_a_feed_that_goes_backwards_is_not_believed(kiosk: Kiosk, centre: Centre):
    kiosk.store.apply_events([], 7)
    assert kiosk.down.once().turn is Turn.IDLE
    centre.events = []
    answer = centre._events({}, b"", "3", "0")
    assert json.loads(answer.body)["cursor"] == 3
    centre._events = lambda *_: answer  # type: ignore[method-assign]
    assert kiosk.down.once().why == "feed"
    assert kiosk.store.cursor() == 7


# --- acts


@pytest.mark.parametrize("how", ["none", "drop", "lose", "portal", "bend", 503])
def test_acts_arrive_with_the_bytes_they_were_queued_with(kiosk: Kiosk, centre: Centre, how: str | int):
    application = received(kiosk)
    document = deliver(kiosk.store, application, "akta_lahir", b"sealed")
    act = kiosk.store.begin_print(document, "ab" * 32)
    kiosk.store.settle_print(act.act, "printed")  # type: ignore[union-attr]
    kiosk.store.save_survey({"U1": 4}, {})
    if how != "none":
        centre.fail("PUT", "/v1/acts", how, times=4)
    for _ in range(30):
        kiosk.acts.once()
        kiosk.world.clock.now += 901
    assert kiosk.store.queue().waiting == 0 and kiosk.store.quarantined() == ()
    kinds = [json.loads(body)["kind"] for body in centre.acts.values()]
    assert sorted(kinds) == ["delivered", "printed", "survey"]
    printed = next(json.loads(body) for body in centre.acts.values() if b'"printed"' in body)
    assert printed["document"] == document and printed["sha256"] == "ab" * 32


def test_a_refused_act_is_shown_and_the_next_goes_on(kiosk: Kiosk, centre: Centre):
    kiosk.store.record_tamper("one")
    kiosk.store.record_tamper("two")
    first = kiosk.store._rows("SELECT act FROM outbox ORDER BY id")[0]["act"]
    centre.refuse[first] = problem(409, "conflict")
    kiosk.acts.once()
    kiosk.acts.once()
    assert [shown.error for shown in kiosk.store.quarantined()] == ["409 conflict"]
    assert len(centre.acts) == 1 and kiosk.acts.once().turn is Turn.IDLE
