"""The device API: identity, idempotency, receipts, the feed."""

from __future__ import annotations

import base64
import threading
import uuid
from pathlib import Path

import pytest

from central import clock, enrolment, place
from central.api import feed
from central.registry import bell
from central.registry.chain import append_event
from central.registry.models import Application, Device, Document, Revision
from kiosk.formats import p256
from kiosk.formats.receipts import Receipt, verify_receipt
from kiosk.formats.states import DocumentState
from tests.central.conftest import Watch
from tests.central.village import OTHER_SITE, Kiosk, Ticket, packet

CONTRACT = Path(__file__).parents[2] / "central" / "openapi.json"


def test_the_committed_contract_is_current(office: place.Place) -> None:
    from central.cli import openapi_text

    assert CONTRACT.read_text() == openapi_text(), "run: prodesaku-central openapi > central/openapi.json"


def test_time_is_signed_over_the_askers_nonce(kiosk: Kiosk) -> None:
    answer = kiosk.ask("GET", "/v1/time?nonce=abc-1")
    assert answer.json() == {"now": int(clock.now()), "nonce": "abc-1"}


def test_enrolment_gives_identity_once(office: place.Place) -> None:
    code = enrolment.new_code("73.15.06.2006", "dinas")
    first, second = Kiosk(), Kiosk()
    answer = first.enrol_with(code)
    assert answer.status_code == 200
    site = answer.json()["site"]
    assert (site["village"], site["letters"], site["kind"]) == ("Kaballangang", "KBL", "desa")
    assert answer.json()["trust"]["sealing"][0]["recipient"] == office.sealing_recipient
    assert first.enrol_with(code).json()["device"] == answer.json()["device"], "a lost answer may be asked for again"
    assert second.enrol_with(code).status_code == 410
    assert Device.objects.count() == 1


def test_a_typed_code_may_have_spaces_and_lookalikes(office: place.Place) -> None:
    assert enrolment.normal("oI234-abcdl ") == "01234ABCD1"


def test_a_code_is_burned_by_five_wrong_guesses(office: place.Place) -> None:
    code = enrolment.new_code("73.15.06.2006", "dinas")
    wrong = code[:2] + ("0" * 8 if code[2:] != "0" * 8 else "1" * 8)
    for _ in range(5):
        assert Kiosk().enrol_with(wrong).status_code == 403
    assert Kiosk().enrol_with(code).status_code == 410


def test_a_code_dies_after_half_an_hour_and_needs_its_proof(office: place.Place, watch: Watch) -> None:
    code = enrolment.new_code("73.15.06.2006", "dinas")
    assert Kiosk().enrol_with(code, proof=b"x" * 32).status_code == 403
    watch.forward(30 * 60 + 1)
    assert Kiosk().enrol_with(code).status_code == 410


def test_codes_are_not_kept_in_the_clear(office: place.Place) -> None:
    code = enrolment.new_code("73.15.06.2006", "dinas")
    assert code.encode() not in office.database.read_bytes()


def test_unknown_and_revoked_devices_are_refused(kiosk: Kiosk) -> None:
    answer = Kiosk(device="kiosk-000000000000").ask("GET", "/v1/trust")
    assert (answer.status_code, answer.json()["type"]) == (401, "unknown_device")
    assert kiosk.ask("GET", "/v1/trust").status_code == 200
    Device.objects.filter(pk=kiosk.device).update(revoked_at=clock.now())
    answer = kiosk.ask("GET", "/v1/trust")
    assert (answer.status_code, answer.json()["type"]) == (401, "unknown_device")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_key_that_is_not_the_devices_is_refused(kiosk: Kiosk) -> None:
    thief = Kiosk(device=kiosk.device)
    answer = thief.ask("GET", "/v1/trust", nonce=kiosk.nonce)
    assert (answer.status_code, answer.json()["type"]) == (401, "signature")


def test_an_unsigned_request_is_refused(kiosk: Kiosk) -> None:
    answer = kiosk.client.get("/v1/events")
    assert (answer.status_code, answer.json()["type"]) == (401, "signature")


def test_a_nonce_is_good_once_and_for_ten_minutes(kiosk: Kiosk, watch: Watch) -> None:
    kiosk.ask("GET", "/v1/trust")
    nonce = kiosk.nonce
    assert kiosk.ask("GET", "/v1/trust", nonce=nonce).status_code == 200
    again = kiosk.ask("GET", "/v1/trust", nonce=nonce)
    assert (again.status_code, again.json()["type"]) == (401, "nonce")
    assert again["Kiosk-Nonce"]
    fresh = kiosk.nonce
    watch.forward(601)
    assert kiosk.ask("GET", "/v1/trust", nonce=fresh).status_code == 401
    assert kiosk.ask("GET", "/v1/trust", nonce="").status_code == 401


def test_a_packet_becomes_an_application(kiosk: Kiosk, ticket: Ticket, office: place.Place) -> None:
    parcel = packet(services=("akta_lahir", "kk_anak_lahir", "kia_baru"), ticket=ticket.recipient)
    answer = kiosk.put(parcel)
    assert answer.json() == {"missing": parcel.hashes}
    early = kiosk.receipt(parcel)
    assert (early.status_code, early.json()["missing"]) == (404, parcel.hashes)
    kiosk.upload(parcel, 0)
    assert kiosk.receipt(parcel).json()["missing"] == parcel.hashes[1:]
    assert not Document.objects.exists()
    kiosk.upload(parcel, 1)
    given = kiosk.receipt(parcel).json()
    raw, signature = base64.b64decode(given["receipt"]), base64.b64decode(given["signature"])
    receipt = verify_receipt(raw, signature, office.server_key.public_key())
    assert isinstance(receipt, Receipt)
    assert (receipt.application, receipt.received_at) == (parcel.record.application, int(clock.now()))
    assert given["kid"] == office.server_kid
    states = Document.objects.order_by("pk").values_list("service", "state")
    assert list(states) == [(service, "in_review") for service in parcel.record.services]
    assert [event["type"] for event in kiosk.events()] == ["trust", "received", "state", "state", "state"]


def test_the_promise_counts_working_days(kiosk: Kiosk, ticket: Ticket, watch: Watch) -> None:
    watch.at = 1_795_750_000.0  # Friday 27 November 2026, 11.26 WITA
    kiosk.deliver(packet(ticket=ticket.recipient, services=("akta_lahir",)))
    promised = Application.objects.get().promised_at
    assert promised == 1_796_112_000.0  # Tuesday 1 December 2026, 16.00 WITA


def test_the_same_revision_again_gives_the_same_answer(kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = packet(ticket=ticket.recipient)
    kiosk.deliver(parcel)
    assert kiosk.put(parcel).json() == {"missing": []}
    receipt = kiosk.receipt(parcel).json()
    assert kiosk.receipt(parcel).json() == receipt
    assert Revision.objects.count() == 1
    assert [event["type"] for event in kiosk.events()] == ["trust", "received", "state"]


def test_other_content_under_the_same_name_is_a_conflict(kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = packet(ticket=ticket.recipient)
    kiosk.put(parcel)
    other = packet(application=parcel.record.application, ticket=ticket.recipient)
    answer = kiosk.put(other)
    assert (answer.status_code, answer.json()["type"]) == (409, "conflict")


def test_a_correction_that_nobody_asked_for_is_refused(kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = packet(ticket=ticket.recipient)
    kiosk.deliver(parcel)
    second = packet(application=parcel.record.application, revision=2, ticket=ticket.recipient)
    answer = kiosk.put(second)
    assert (answer.status_code, answer.json()["type"]) == (409, "revision_not_expected")


@pytest.mark.parametrize("spoil", ["signature", "record", "site", "manifest"])
def test_a_packet_that_is_not_what_it_says_is_refused_for_good(kiosk: Kiosk, ticket: Ticket, spoil: str) -> None:
    parcel = packet(ticket=ticket.recipient, site=OTHER_SITE if spoil == "site" else "73.15.06.2006")
    body = parcel.body(kiosk.key)
    if spoil == "signature":
        body = parcel.body(p256.new_key())
    elif spoil == "record":
        body["record"] = base64.b64encode(parcel.sealed + b"x").decode()
    elif spoil == "manifest":
        body["manifest"] = base64.b64encode(parcel.manifest + b"\0").decode()
    answer = kiosk.ask("PUT", f"/v1/applications/{parcel.record.application}/revisions/1", body)
    assert (answer.status_code, answer.json()["type"]) == (422, "bad_packet")
    assert not Application.objects.exists()


def test_what_is_stored_in_the_clear_names_nobody(kiosk: Kiosk, ticket: Ticket, office: place.Place) -> None:
    parcel = packet(ticket=ticket.recipient)
    kiosk.deliver(parcel)
    for path in office.root.rglob("*"):
        if path.is_file() and path != office.messages:
            content = path.read_bytes()
            assert b"7315994512900001" not in content, path
            assert b"Contoh" not in content, path


def test_a_village_sees_its_own_events_only(kiosk: Kiosk, ticket: Ticket) -> None:
    neighbour = Kiosk()
    neighbour.enrol(OTHER_SITE)
    kiosk.deliver(packet(ticket=ticket.recipient))
    assert [event["type"] for event in neighbour.events()] == ["trust"]
    parcel = packet(ticket=ticket.recipient, site=OTHER_SITE, number="PKB7F3K9X")
    neighbour.put(parcel)
    assert kiosk.receipt(parcel).status_code == 404
    assert kiosk.put(parcel).status_code in (409, 422)


def test_the_cursor_moves_past_what_was_given(kiosk: Kiosk, ticket: Ticket) -> None:
    kiosk.deliver(packet(ticket=ticket.recipient))
    first = kiosk.ask("GET", "/v1/events?after=0").json()
    assert first["cursor"] == first["events"][-1]["seq"]
    second = kiosk.ask("GET", f"/v1/events?after={first['cursor']}").json()
    assert (second["events"], second["cursor"]) == ([], first["cursor"])
    assert second["next_poll"] == 300


def test_a_long_feed_comes_in_pages(kiosk: Kiosk) -> None:
    for n in range(feed.PAGE + 5):
        append_event("state", site="73.15.06.2006", document=str(n))
    first = kiosk.ask("GET", "/v1/events?after=0").json()
    assert (len(first["events"]), first["next_poll"]) == (feed.PAGE, 0)
    assert len(kiosk.events(first["cursor"])) == 6


def test_a_long_poll_is_woken_by_an_event(office: place.Place) -> None:
    seen = threading.Event()
    woken: list[bool] = []
    waiter = threading.Thread(target=lambda: woken.append(bell.wait_for(seen.is_set, 20)))
    waiter.start()
    seen.set()
    bell.ring()
    waiter.join(5)
    assert woken == [True]


def test_waiting_requests_never_take_every_thread(office: place.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from central.cli import THREADS

    assert bell.SEATS < THREADS
    monkeypatch.setattr(bell, "_seats", threading.BoundedSemaphore(1))
    bell._seats.acquire()
    assert bell.wait_for(lambda: False, 20) is False, "without a seat it answers at once"


def test_acts_count_once(kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = packet(ticket=ticket.recipient)
    kiosk.deliver(parcel)
    document = Document.objects.get()
    Document.objects.update(state=DocumentState.SIGNED)
    act = str(uuid.uuid4())
    for _ in range(2):
        answer = kiosk.act("printed", act, application=parcel.record.application, document=document.pk)
        assert answer.json() == {"effect": "done"}
    document.refresh_from_db()
    assert (document.state, document.delivered_at) == ("printed", clock.now())
    answer = kiosk.act("handed_over", act, application=parcel.record.application, document=document.pk)
    assert answer.status_code == 409
    assert kiosk.act("read_back", document=document.pk).json() == {"effect": "done"}
    assert kiosk.act("handed_over", document=document.pk).json() == {"effect": "done"}
    assert kiosk.act("survey", answers={"U1": 4}).json() == {"effect": "done"}
    assert kiosk.act("printed", document="nobody.1").json() == {"effect": "unknown_document"}


def test_the_trust_list_keeps_its_version_until_something_changes(kiosk: Kiosk, watch: Watch) -> None:
    first = kiosk.ask("GET", "/v1/trust").json()
    assert kiosk.ask("GET", "/v1/trust").json()["version"] == first["version"]
    assert first["roots"] and first["seal_issuers"] and first["crls"]
    watch.forward(7 * 3600)
    assert kiosk.ask("GET", "/v1/trust").json()["version"] == first["version"] + 1
    assert [event["version"] for event in kiosk.events() if event["type"] == "trust"][-1] == first["version"] + 1


def test_problems_tell_where_and_never_what(kiosk: Kiosk) -> None:
    answer = kiosk.ask("PUT", f"/v1/acts/{uuid.uuid4()}", {"kind": "7315994512900001", "at": 1})
    assert answer.status_code == 422
    assert "7315994512900001" not in answer.content.decode()
    assert "kind" in answer.json()["detail"]
