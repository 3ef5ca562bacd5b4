"""What a correction changes at the office: a paper that does not exist, a NIK that was mistyped, a NIK nobody knew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from central.registry.models import Audit, Document
from kiosk.formats.envelope import DocumentEnvelope, parse_document
from tests.central.test_office import act, clerk, said, state_of, text_pdf
from tests.central.village import CHILD, MOTHER, REPORTER, Kiosk, Packet, Ticket, packet, photo

__all__ = ["clerk"]

TWO = ("akta_lahir", "kk_anak_lahir")
RIGHT = "7315994512900002"


def first(kiosk: Kiosk, ticket: Ticket, **more: Any) -> Packet:
    made = packet(services=TWO, ticket=ticket.recipient, **more)
    kiosk.deliver(made)
    return made


def correct(kiosk: Kiosk, ticket: Ticket, before: Packet, revision: int, answers: Mapping[str, Any]) -> None:
    """A correction in words only: every paper stays as it was."""
    kept = [(item, before.files[item.index]) for item in before.record.attachments]
    same = {"application": before.record.application, "services": TWO, "ticket": ticket.recipient}
    kiosk.deliver(packet(**same, revision=revision, answers=answers, keep=kept, photos=()))


def envelope(kiosk: Kiosk, ticket: Ticket) -> DocumentEnvelope:
    """What the village got last."""
    event = [event for event in kiosk.events() if event["type"] == "document"][-1]
    opened = parse_document(ticket.open(kiosk.ask("GET", f"/v1/blobs/{event['sha256']}").content))
    assert isinstance(opened, DocumentEnvelope)
    return opened


def test_a_paper_that_does_not_exist_answers_its_return_and_no_other(
    clerk: Client, kiosk: Kiosk, ticket: Ticket
) -> None:
    parcel = first(kiosk, ticket)
    act(clerk, "kembalikan", part="berkas:0", reason="bukan_asli", text="")
    act(clerk, "kembalikan", "kk_anak_lahir", part="berkas:1", reason="foto_buram", text="")
    correct(kiosk, ticket, parcel, 2, {"surat_pengganti": {"surat_lahir": "F-2.03"}})
    assert (state_of("akta_lahir"), state_of("kk_anak_lahir")) == ("in_review", "returned")
    page = said(clerk.get(f"/dinas/permohonan/{parcel.record.application}"))
    assert "F-2.03" in page and CHILD in page
    correct(kiosk, ticket, parcel, 3, {"surat_pengganti": {"kk": "nomor_kk"}})
    assert (state_of("akta_lahir"), state_of("kk_anak_lahir")) == ("in_review", "in_review")
    page = said(clerk.get(f"/dinas/permohonan/{parcel.record.application}"))
    assert "F-2.03" in page, "what stands in for one paper is not forgotten when another is said not to exist"


def test_a_paper_found_after_all_needs_nothing_in_its_place(clerk: Client, kiosk: Kiosk, ticket: Ticket) -> None:
    answers = {"nik_pemohon": REPORTER, "nama_anak": CHILD, "surat_pengganti": {"surat_lahir": "F-2.03"}}
    parcel = first(kiosk, ticket, answers=answers, photos=(("kk", photo(120)),))
    act(clerk, "kembalikan", part="isian:surat_pengganti", reason="surat_kurang", text="")
    kept = [(parcel.record.attachments[0], parcel.files[0])]
    same = {"application": parcel.record.application, "services": TWO, "ticket": ticket.recipient}
    kiosk.deliver(packet(**same, revision=2, answers={}, keep=kept, photos=(("surat_lahir", photo()),)))
    assert state_of() == "in_review"
    page = said(clerk.get(f"/dinas/permohonan/{parcel.record.application}"))
    assert "F-2.03" not in page and "Surat keterangan lahir" in page


def test_a_corrected_nik_is_the_one_that_collects(clerk: Client, kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = first(kiosk, ticket)
    act(clerk, "kembalikan", part="isian:nik_pemohon", reason="data_berbeda", text="")
    correct(kiosk, ticket, parcel, 2, {"nik_pemohon": RIGHT})
    act(clerk, "setujui")
    assert act(clerk, "spesimen").status_code == 302
    assert [(who.role, who.nik) for who in envelope(kiosk, ticket).collectors] == [("reporter", RIGHT)]


# --- nobody knew a NIK

NOBODY = {"nama_pemohon": MOTHER, "nama_anak": CHILD, "nama_ibu_anak": MOTHER, "tanggal_lahir_pemohon": "1990-01-01"}


@pytest.fixture
def nameless(kiosk: Kiosk, ticket: Ticket) -> Packet:
    """An application of somebody without a NIK: the packet names no collector."""
    return first(kiosk, ticket, answers=NOBODY, collectors=())


def page_of(clerk: Client, parcel: Packet) -> str:
    return clerk.get(f"/dinas/permohonan/{parcel.record.application}").content.decode()


@pytest.mark.parametrize("nik", ["", "7315", "7315993512900001", "731599451290000x", "7315994513900001"])
def test_without_a_nik_nothing_is_sent(clerk: Client, nameless: Packet, nik: str) -> None:
    act(clerk, "setujui")
    answer = act(clerk, "spesimen", collector_nik=nik)
    assert answer.status_code == 422 and "Tulis NIK warga" in said(answer)
    answer = act(clerk, "kirim", collector_nik=nik, pdf=SimpleUploadedFile("a.pdf", text_pdf(CHILD, MOTHER)))
    assert answer.status_code == 422 and "Tulis NIK warga" in said(answer)
    assert state_of() == "approved"


@pytest.mark.parametrize("how", ["spesimen", "kirim"])
def test_the_nik_that_the_office_found_collects(
    clerk: Client, kiosk: Kiosk, ticket: Ticket, nameless: Packet, how: str
) -> None:
    act(clerk, "setujui")
    assert page_of(clerk, nameless).count('name="collector_nik"') == 2
    pdf = {"pdf": SimpleUploadedFile("a.pdf", text_pdf(CHILD, MOTHER))} if how == "kirim" else {}
    assert act(clerk, how, collector_nik="7315 9945 1290 0001", **pdf).status_code == 302
    (who,) = envelope(kiosk, ticket).collectors
    assert (who.role, who.nik, who.name) == ("reporter", REPORTER, MOTHER)
    written = json.dumps([[entry.why, entry.details] for entry in Audit.objects.all()])
    assert REPORTER not in written, "the NIK stands in the sealed envelope only"


def test_where_a_collector_is_known_no_nik_is_asked_or_taken(clerk: Client, kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = first(kiosk, ticket)
    act(clerk, "setujui")
    assert "collector_nik" not in page_of(clerk, parcel)
    assert act(clerk, "spesimen", collector_nik=RIGHT).status_code == 302
    assert [who.nik for who in envelope(kiosk, ticket).collectors] == [REPORTER]
    assert Document.objects.get(service="akta_lahir").specimen
