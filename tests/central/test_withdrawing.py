"""A document is revoked or superseded by a clerk: audited, signed anew, told to every kiosk, never why."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from central import place
from central.registry.models import Audit, Document
from central.signing import status_of
from kiosk.formats.statuslist import Status
from tests.central.test_office import act, clerk, said, state_of, text_pdf
from tests.central.village import CHILD, MOTHER, Kiosk, Ticket, packet

__all__ = ["clerk"]

WHY = "Diterbitkan untuk orang yang salah"


@pytest.fixture
def issued(clerk: Client, kiosk: Kiosk, ticket: Ticket) -> str:
    """The hash of a specimen that was sent."""
    kiosk.deliver(packet(ticket=ticket.recipient))
    act(clerk, "setujui")
    assert act(clerk, "spesimen").status_code == 302
    return Document.objects.get().pdf_sha256


def status(digest: str) -> Status | None:
    return status_of(place.current().root, digest)


def test_revoked_is_told_without_its_reason(clerk: Client, kiosk: Kiosk, issued: str) -> None:
    before = kiosk.ask("GET", "/v1/trust").json()
    assert act(clerk, "status", status="cabut", why=WHY).status_code == 302
    assert status(issued) is Status.REVOKED
    after = kiosk.ask("GET", "/v1/trust")
    assert after.json()["version"] > before["version"]
    assert after.json()["status_lists"] != before["status_lists"]
    assert kiosk.events()[-1]["type"] == "trust" and kiosk.events()[-1]["version"] == after.json()["version"]
    assert WHY not in after.content.decode() + json.dumps(kiosk.events())
    entry = Audit.objects.get(what="cabut_dokumen")
    assert (entry.who, entry.why, entry.document) == ("dinas", WHY, Document.objects.get().pk)
    assert state_of() == "signed", "where the paper is does not change"
    page = said(clerk.get(f"/dinas/permohonan/{Document.objects.get().application_id}"))
    assert "Dicabut" in page and "Ubah status" not in page
    assert act(clerk, "status", status="gantikan", why=WHY).status_code == 422, "what is revoked stays so"
    assert status(issued) is Status.REVOKED


def test_superseded_may_still_be_revoked(clerk: Client, issued: str) -> None:
    assert act(clerk, "status", status="gantikan", why=WHY).status_code == 302
    assert status(issued) is Status.SUPERSEDED
    page = clerk.get(f"/dinas/permohonan/{Document.objects.get().application_id}").content.decode()
    assert "Sudah digantikan" in page and 'value="cabut"' in page and 'value="gantikan"' not in page
    assert act(clerk, "status", status="cabut", why=WHY).status_code == 302
    assert status(issued) is Status.REVOKED


@pytest.mark.parametrize("fields", [{"status": "cabut", "why": "x"}, {"status": "sah", "why": WHY}, {"why": WHY}])
def test_a_reason_and_a_status_are_wanted(clerk: Client, issued: str, fields: dict[str, str]) -> None:
    answer = act(clerk, "status", **fields)
    assert answer.status_code == 422 and "Tulis alasannya" in said(answer)
    assert status(issued) is Status.CURRENT
    assert not Audit.objects.filter(what="cabut_dokumen").exists()


def test_a_document_that_another_office_sealed_has_no_status_here(clerk: Client, kiosk: Kiosk, ticket: Ticket) -> None:
    kiosk.deliver(packet(ticket=ticket.recipient))
    assert act(clerk, "status", status="cabut", why=WHY).status_code == 422, "nothing was issued yet"
    act(clerk, "setujui")
    act(clerk, "kirim", pdf=SimpleUploadedFile("a.pdf", text_pdf(CHILD, MOTHER)))
    assert "Ubah status" not in said(clerk.get(f"/dinas/permohonan/{Document.objects.get().application_id}"))
    assert act(clerk, "status", status="cabut", why=WHY).status_code == 422
    assert not Audit.objects.filter(what="cabut_dokumen").exists(), "what was not done is not noted as done"
