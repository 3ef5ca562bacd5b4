"""Revisions go up whatever the line does, once in effect."""

import os
import re

import pytest

from kiosk.store.values import NewAttachment, SealedPacket, Stored
from kiosk.sync.turns import Turn
from tests.store.world import SERVICES, draft
from tests.sync.centre import Centre, problem
from tests.sync.conftest import Kiosk


def submit(kiosk: Kiosk, size: int = 100_000) -> SealedPacket:
    facts = kiosk.world.packet()
    files = (NewAttachment("a", "image/webp", os.urandom(size)), NewAttachment("b", "image/webp", b"small"))
    packet = kiosk.world.seal(
        draft(SERVICES, files),
        application=facts.application,
        revision=1,
        number=facts.number,
        ticket=facts.ticket,
    )
    assert isinstance(kiosk.store.submit(packet), Stored)
    return packet


def until_quiet(kiosk: Kiosk, turns: int = 60) -> None:
    """Turn the loop, letting back-offs pass, until nothing waits."""
    for _ in range(turns):
        if kiosk.store.queue().waiting == 0:
            return
        kiosk.up.once()
        kiosk.world.clock.now += 901
    raise AssertionError("still waiting")


def is_received(kiosk: Kiosk, centre: Centre, packet: SealedPacket) -> bool:
    found = kiosk.store.find(packet.application)
    row = kiosk.store._rows("SELECT receipt, receipt_kid FROM revisions")[0]
    return (
        found is not None
        and found.state == "received"
        and row["receipt"] is not None
        and row["receipt_kid"] == "s1"
        and all(data in centre.blobs.values() for _, data in packet.files)
    )


def test_one_turn_delivers_everything(kiosk: Kiosk, centre: Centre):
    packet = submit(kiosk)
    assert kiosk.up.once().turn is Turn.WORKED
    assert is_received(kiosk, centre, packet)
    assert kiosk.up.once().turn is Turn.IDLE
    paths = [re.sub("[0-9a-f-]{12,}", "*", f"{method} {path}") for method, path in centre.asked]
    assert paths[-1] == "GET /v1/applications/*/revisions/1/receipt"


@pytest.mark.parametrize("how", ["drop", "lose", "portal", "bend", 500, 503, 429])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/time"),
        ("PUT", "/revisions/1"),
        ("POST", "/v1/uploads"),
        ("PATCH", "/v1/uploads/"),
        ("GET", "/receipt"),
    ],
)
def test_whatever_goes_wrong_once_or_thrice(kiosk: Kiosk, centre: Centre, how: str | int, method: str, path: str):
    if how == "bend" and method in ("POST", "PATCH"):
        how = "drop"  # these answers have no body
    packet = submit(kiosk)
    centre.fail(method, path, how, times=3)
    result = kiosk.up.once()
    assert result.why or is_received(kiosk, centre, packet)
    assert kiosk.store.quarantined() == ()
    until_quiet(kiosk)
    assert is_received(kiosk, centre, packet)
    assert len(centre.revisions) == 1


def test_an_upload_goes_on_where_it_stopped(kiosk: Kiosk, centre: Centre):
    packet = submit(kiosk, size=600_000)
    centre.bytes_in = 0
    for _ in range(20):
        # let two chunks through, then cut
        passed = [0]

        def fault(method: str, path: str, passed: list[int] = passed) -> str | None:
            if method != "PATCH":
                return None
            passed[0] += 1
            return "drop" if passed[0] == 3 else None

        centre.faults = [fault]
        kiosk.up.once()
        kiosk.start()  # the agent was killed
        if kiosk.store.queue().waiting == 0:
            break
    assert is_received(kiosk, centre, packet)
    assert any(method == "HEAD" for method, _ in centre.asked)
    total = sum(len(data) for _, data in packet.files)
    patched = sum(len(data) for _, _, data in centre.uploads.values())
    assert patched == total  # no byte was accepted twice


def test_what_the_centre_forgot_is_created_anew(kiosk: Kiosk, centre: Centre):
    packet = submit(kiosk)
    centre.fail("PATCH", "", "drop")
    kiosk.up.once()
    centre.uploads.clear()
    until_quiet(kiosk)
    assert is_received(kiosk, centre, packet)


def test_a_flipped_bit_costs_one_chunk(kiosk: Kiosk, centre: Centre):
    packet = submit(kiosk)
    centre.fail("PATCH", "", 460)
    kiosk.up.once()
    assert is_received(kiosk, centre, packet)


def test_chunks_that_never_arrive_right_end_the_attempt_not_the_item(kiosk: Kiosk, centre: Centre):
    submit(kiosk)
    centre.fail("PATCH", "", 460, times=1000)
    result = kiosk.up.once()
    assert (result.turn, result.why) == (Turn.WORKED, "no_progress")
    assert kiosk.store.queue().waiting == 1


@pytest.mark.parametrize(("status", "kind"), [(422, "bad_packet"), (409, "conflict"), (413, "too_large"), (403, "x")])
def test_refused_for_good_is_quarantined_and_the_next_goes_on(kiosk: Kiosk, centre: Centre, status: int, kind: str):
    first, second = submit(kiosk), submit(kiosk)
    centre.refuse[first.application] = problem(status, kind)
    kiosk.up.once()
    kiosk.up.once()
    (shown,) = kiosk.store.quarantined()
    assert (shown.application, shown.error) == (first.application, f"{status} {kind}")
    found = kiosk.store.find(second.application)
    assert found is not None and found.state == "received"
    centre.refuse.clear()
    kiosk.store.try_again(shown.item)
    until_quiet(kiosk)
    assert len(centre.revisions) == 2


def test_an_unknown_device_quarantines_nothing(kiosk: Kiosk, centre: Centre):
    submit(kiosk)
    known, centre.devices = centre.devices, {}
    result = kiosk.up.once()
    assert (result.turn, result.why) == (Turn.FAILED, "unknown_device")
    assert (kiosk.store.queue().waiting, kiosk.store.quarantined()) == (1, ())
    centre.devices = known
    assert kiosk.up.once().turn is Turn.WORKED
    assert kiosk.store.queue().waiting == 0


def test_a_receipt_that_is_not_the_centre_s_is_none(kiosk: Kiosk, centre: Centre, monkeypatch: pytest.MonkeyPatch):
    submit(kiosk)
    from kiosk.sync import up as module

    real = module.verify_receipt
    monkeypatch.setattr(module, "verify_receipt", lambda raw, signature, key: real(raw + b"x", signature, key))
    result = kiosk.up.once()
    assert result.why == "receipt:signature"
    assert kiosk.store.queue().waiting == 1
    monkeypatch.undo()
    until_quiet(kiosk)


def test_files_lost_here_but_not_there(kiosk: Kiosk, centre: Centre):
    packet = submit(kiosk)
    centre.fail("GET", "/receipt", "drop")
    kiosk.up.once()
    kiosk.store._shared.spool.drop_packet(packet.application, 1)
    kiosk.up.once()
    assert is_received(kiosk, centre, packet)


def test_files_lost_here_and_there_are_shown(kiosk: Kiosk, centre: Centre):
    packet = submit(kiosk)
    kiosk.store._shared.spool.drop_packet(packet.application, 1)
    kiosk.up.once()
    assert [shown.error for shown in kiosk.store.quarantined()] == ["files_lost"]


def test_a_correction_sends_only_what_changed(kiosk: Kiosk, centre: Centre):
    first = submit(kiosk)
    kiosk.up.once()
    common = {"application": first.application, "document": f"{first.application}.1", "service": "akta_lahir", "at": 1}
    kiosk.store.apply_events([{"type": "state", "state": "returned", "part_index": 1, **common}], 1)
    better = draft(SERVICES, (NewAttachment("b", "image/webp", b"better", replaces=1),))
    second = kiosk.world.seal(
        better,
        application=first.application,
        revision=2,
        number=first.number,
        ticket=first.ticket,
        previous=kiosk.store.previous_manifest(first.application),
    )
    assert isinstance(kiosk.store.submit(second), Stored)
    before = centre.bytes_in
    kiosk.up.once()
    assert kiosk.store.queue().waiting == 0
    assert centre.bytes_in - before < 10_000


def test_the_first_signature_is_the_one_that_is_sent_again(kiosk: Kiosk, centre: Centre):
    packet = submit(kiosk)
    centre.fail("PUT", "/revisions/", "drop")
    kiosk.up.once()
    revision = kiosk.store.revision(packet.application, 1)
    assert revision is not None and revision.signature is not None and len(revision.signature) == 64
