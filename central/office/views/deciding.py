"""What a clerk decides on one document. Every act is noted with its reason; every refusal says why in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from central import clock, place, trust
from central.data.services import service
from central.intake import delivery, flow
from central.messages import port
from central.office import collecting, expect
from central.office.views.application import page
from central.office.views.loading import Loaded, document_of, load
from central.registry.chain import append_audit
from central.registry.models import Document
from central.signing import issue_specimen, set_status, status_of
from kiosk.formats.manifest import Record
from kiosk.formats.states import REASONS, DocumentState
from kiosk.formats.statuslist import Status

MAX_TEXT = 600
_TROUBLE = {
    "state": "Dokumen ini sudah tidak dalam keadaan itu. Halaman sudah diperbarui.",
    "changed": "Petugas lain baru saja mengubah dokumen ini. Periksa lagi keadaannya.",
    "sealed": "Permohonan ini tidak dapat dibuka dengan kunci kantor ini.",
    "reason": "Pilih alasannya dulu.",
    "part": "Pilih bagian yang harus diperbaiki.",
    "text": f"Tulis penjelasan untuk warga, paling panjang {MAX_TEXT} huruf.",
    "place": "Tulis tempatnya, paling panjang 200 huruf.",
    "file": "Pilih berkas PDF dulu, paling besar 5 MB.",
    "mismatch": "PDF ini tidak cocok dengan permohonan. Tidak ada yang dikirim.",
    "unread": "PDF ini tidak dapat dibaca. Tidak ada yang dikirim.",
    "collector_nik": "Tulis NIK warga yang boleh mengambil: 16 angka, dengan tanggal lahir yang mungkin.",
    "why": "Tulis alasannya, paling panjang 200 huruf.",
    "not_issued": "Dokumen ini tidak ada di daftar terbit kantor ini, atau statusnya tidak bisa diubah lagi.",
    "nothing_to_compare": "Tidak ada yang dapat dicocokkan di permohonan ini. Isi nomor dokumen dari SIAK.",
}
_Act = Callable[[HttpRequest, Document, Loaded, Record], str]


class TroubleError(Exception):
    """The act was not done. `key` is one of the words above."""

    def __init__(self, key: str, **more: Any) -> None:
        super().__init__(key)
        self.key, self.more = key, more


def _deciding(act: _Act) -> Callable[[HttpRequest, str], HttpResponse]:
    """Wraps an act: log-in, POST, the document as the clerk saw it, and the page again with what went wrong."""

    @login_required
    @require_POST
    @wraps(act)
    def view(request: HttpRequest, key: str) -> HttpResponse:
        document = document_of(key)
        loaded = load(document.application.pk)
        seen = request.POST.get("version", "")
        fresh, document.version = document.version, int(seen) if seen.isdecimal() and len(seen) < 9 else 0
        try:
            if loaded.record is None:
                raise TroubleError("sealed")
            if document.version != fresh:
                raise TroubleError("changed")
            done = act(request, document, loaded, loaded.record)
        except TroubleError as trouble:
            more = {"problem": _TROUBLE[trouble.key], "trouble_on": key, "draft": request.POST, **trouble.more}
            status = 409 if trouble.key in ("state", "changed", "sealed") else 422
            return page(request, load(document.application.pk), status, **more)
        notices.success(request, done)
        return redirect("application", document.application.pk)

    return view


def _done(result: Document | flow.NotPossible) -> Document:
    if isinstance(result, flow.NotPossible):
        raise TroubleError(result.why)
    return result


def _note(request: HttpRequest, document: Document, what: str, why: str = "", **details: object) -> None:
    who = request.user.get_username()
    append_audit(who, what, why=why, application=str(document.application.pk), document=document.pk, **details)


@_deciding
def approve(request: HttpRequest, document: Document, loaded: Loaded, record: Record) -> str:
    """In order; the signed file comes next."""
    with transaction.atomic():
        _done(flow.advance(document, DocumentState.APPROVED))
        _note(request, document, "setujui")
    return "Disetujui. Sekarang kirim dokumen yang sudah ditandatangani."


@_deciding
def give_back(request: HttpRequest, document: Document, loaded: Loaded, record: Record) -> str:
    """Return one part for correction. The clerk's words are sealed to the ticket; the message names nothing."""
    part, reason = request.POST.get("part", ""), _reason(request)
    chosen = next((item.attachment for item in loaded.scans if part == f"berkas:{item.attachment.index}"), None)
    field = part.removeprefix("isian:") if part.startswith("isian:") else ""
    if chosen is None and field not in record.answers:
        raise TroubleError("part")
    index, name = (chosen.index, chosen.slot) if chosen else (None, field)
    text = _text(request, required=False)
    with transaction.atomic():
        note, archived = delivery.write_note(document, name, text)
        moved = flow.advance(
            document,
            DocumentState.RETURNED,
            reason_code=reason,
            part_index=index,
            note_sha256=note,
            note_archive_sha256=archived,
        )
        _done(moved)
        _note(request, document, "kembalikan", reason, part_index=index, field=field)
        port.tell_citizen(port.Occasion.RETURNED, document.application, record)
    return "Dikembalikan untuk diperbaiki. Warga dikabari tanpa menyebut alasannya."


@_deciding
def reject(request: HttpRequest, document: Document, loaded: Loaded, record: Record) -> str:
    """Refuse, with the reason in the clerk's own words for the citizen."""
    reason, text = _reason(request), _text(request, required=True)
    with transaction.atomic():
        note, archived = delivery.write_note(document, "", text)
        moved = flow.advance(
            document,
            DocumentState.REJECTED,
            reason_code=reason,
            note_sha256=note,
            note_archive_sha256=archived,
        )
        _done(moved)
        _note(request, document, "tolak", reason)
        port.tell_citizen(port.Occasion.RETURNED, document.application, record)
    return "Ditolak. Warga membaca alasannya dengan tiketnya."


@_deciding
def send(request: HttpRequest, document: Document, loaded: Loaded, record: Record) -> str:
    """The PDF that SIAK signed, byte for byte, if it belongs to this application."""
    if document.state != DocumentState.APPROVED or service(document.service).output != "page":
        raise TroubleError("state")
    upload = request.FILES.get("pdf")
    if upload is None or not upload.size:
        raise TroubleError("file")
    pdf = upload.read()
    record = _collectable(request, record)
    wanted = expect.expected(record, document.service, request.POST.get("number", "")[:60])
    if not (wanted.nik or wanted.kk or wanted.number or wanted.names):
        raise TroubleError("nothing_to_compare")
    fits, lines, unread = expect.compare(pdf, wanted)
    if not fits:
        differing = unread or tuple(dict.fromkeys(line.what for line in lines if not line.fits))
        _note(request, document, "dokumen_tidak_cocok", ", ".join(differing))
        raise TroubleError("unread" if unread else "mismatch", comparison=lines)
    return _deliver(request, document, record, service(document.service).title, pdf, specimen=False)


@_deciding
def specimen(request: HttpRequest, document: Document, loaded: Loaded, record: Record) -> str:
    """Training only: the office's own specimen, plainly marked as one."""
    training = settings.TRAINING and service(document.service).output == "page"
    if not training or document.state != DocumentState.APPROVED:
        raise TroubleError("state")
    record = _collectable(request, record)
    issued = issue_specimen(expect.specimen_request(record, document.service), place.current().root, now=clock.now)
    done = _deliver(request, document, record, issued.title, issued.pdf, specimen=True)
    trust.current_trust(changed=True)
    return done


def _deliver(
    request: HttpRequest, document: Document, record: Record, title: str, pdf: bytes, *, specimen: bool
) -> str:
    with transaction.atomic():
        sent = _done(delivery.deliver(document, record, title, pdf, specimen=specimen))
        _note(request, document, "terbitkan_spesimen" if specimen else "kirim_dokumen", pdf_sha256=sent.pdf_sha256)
        if _others_settled(document):
            port.tell_citizen(port.Occasion.READY, document.application, record)
    return "Dokumen disegel ke tiket warga dan dikirim ke desa."


def _collectable(request: HttpRequest, record: Record) -> Record:
    """The record with somebody who can collect; where the citizen gave no NIK the office gives the one it found."""
    if collecting.possible(record):
        return record
    named = collecting.named(record, request.POST.get("collector_nik", ""))
    if named is None:
        raise TroubleError("collector_nik")
    return named


@_deciding
def withdraw(request: HttpRequest, document: Document, loaded: Loaded, record: Record) -> str:
    """What this office sealed is revoked, or superseded by a newer one: the status list is signed anew and told.

    The list says since when, never why: the reason stands in the audit table only.
    """
    then = {"cabut": Status.REVOKED, "gantikan": Status.SUPERSEDED}.get(request.POST.get("status", ""))
    why = " ".join(request.POST.get("why", "").split())
    if then is None or not 5 <= len(why) <= 200:
        raise TroubleError("why")
    root = place.current().root
    with transaction.atomic():
        now = status_of(root, document.pdf_sha256) if document.specimen else None
        # what is revoked stays so; what is superseded may still be revoked
        if now is None or now >= then or not set_status(root, document.pdf_sha256, then, now=clock.now):
            raise TroubleError("not_issued")
        _note(request, document, "cabut_dokumen" if then is Status.REVOKED else "gantikan_dokumen", why)
        trust.current_trust(changed=True)
    return "Dokumen dicabut." if then is Status.REVOKED else "Dokumen ditandai sudah digantikan."


@_deciding
def call_to_office(request: HttpRequest, document: Document, loaded: Loaded, record: Record) -> str:
    """A card to pick up, or an appointment: what cannot be printed in the village."""
    output = service(document.service).output
    if output == "page":
        raise TroubleError("state")
    where = " ".join(request.POST.get("place", "").split())
    when = " ".join(request.POST.get("when", "").split())
    if not where or len(where) + len(when) > 190:
        raise TroubleError("place")
    spot = f"{where}, {when}" if when else where
    then = DocumentState.READY_FOR_PICKUP if output == "pickup" else DocumentState.APPOINTMENT
    with transaction.atomic():
        _done(flow.advance(document, then, place=spot))
        _note(request, document, "siap_diambil" if output == "pickup" else "janji_temu", spot)
        port.tell_citizen(port.Occasion.READY_AT_OFFICE, document.application, record, at=where)
    return "Warga dikabari bahwa ini siap diambil." if output == "pickup" else "Janji temu dicatat."


def _others_settled(document: Document) -> bool:
    """One message when everything that can be printed is there, not one for each paper."""
    return all(flow.settled(item) for item in document.application.documents.all() if item.pk != document.pk)


def _reason(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "")
    if reason not in REASONS:
        raise TroubleError("reason")
    return reason


def _text(request: HttpRequest, *, required: bool) -> str:
    text = request.POST.get("text", "").replace("\r\n", "\n").strip()
    if len(text) > MAX_TEXT or (required and not text):
        raise TroubleError("text")
    return text
