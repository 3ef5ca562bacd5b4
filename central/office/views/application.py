"""One application: the form to key from, the papers beside it, and what to do with each document."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from central import blobs, clock, place, sealing
from central.data.services import office, service
from central.office import collecting, expect, fields
from central.office.views.loading import Loaded, load
from central.registry.chain import append_audit
from central.registry.models import Audit, Document
from central.signing import status_of
from kiosk.formats.envelope import parse_document
from kiosk.formats.shape import Malformed
from kiosk.formats.states import REASONS, DocumentState
from kiosk.formats.statuslist import Status

#: Opening the same application again within this time is not noted again (seconds).
_SAME_LOOK = 600.0
_SHOWN = frozenset({"image/webp", "image/jpeg", "image/png", "image/avif"})


@login_required
@require_GET
def application(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The page of one application. Opening it is noted: it shows personal data."""
    loaded = load(pk)
    _note_look(request.user.get_username(), loaded)
    return page(request, loaded)


def page(request: HttpRequest, loaded: Loaded, status: int = 200, **more: Any) -> HttpResponse:
    """The page, also with what went wrong with an act (`problem`, `comparison`)."""
    record = loaded.record
    context = {
        "application": loaded.application,
        "revision": loaded.revision,
        "record": record,
        "groups": fields.groups(record) if record else (),
        "answers": fields.answer_names(record) if record else (),
        "scans": loaded.scans,
        "documents": [_card(document, loaded) for document in loaded.documents],
        "reasons": REASONS.items(),
        "reissues": [item for item in loaded.application.reissues.all() if item.state == "waiting"],
        "overdue": _overdue(loaded),
        **more,
    }
    return render(request, "dinas/application.html", context, status=status)


def _card(document: Document, loaded: Loaded) -> dict[str, Any]:
    about = service(document.service)
    record = loaded.record
    status = status_of(place.current().root, document.pdf_sha256) if document.specimen else None
    return {
        "document": document,
        "output": about.output,
        "can_decide": document.state == DocumentState.IN_REVIEW,
        "can_reject": document.state in (DocumentState.IN_REVIEW, DocumentState.RETURNED),
        "can_send": document.state == DocumentState.APPROVED and about.output == "page",
        "can_call": document.state in (DocumentState.IN_REVIEW, DocumentState.APPROVED) and about.output != "page",
        "place": office().place,
        "wanted": expect.expected(record, document.service) if record else None,
        "needs_nik": record is not None and not collecting.possible(record),
        "withdrawn": {Status.REVOKED: "Dicabut", Status.SUPERSEDED: "Sudah digantikan"}.get(status) if status else "",
        "can_revoke": status in (Status.CURRENT, Status.SUPERSEDED),
        "can_supersede": status is Status.CURRENT,
        "part": _part(document, loaded),
    }


def _part(document: Document, loaded: Loaded) -> str:
    if document.part_index is None:
        return ""
    return next((scan.title for scan in loaded.scans if scan.attachment.index == document.part_index), "")


def _overdue(loaded: Loaded) -> bool:
    todo = any(item.state in (DocumentState.IN_REVIEW, DocumentState.APPROVED) for item in loaded.documents)
    return todo and (loaded.application.promised_at or 0) < clock.now()


def _note_look(who: str, loaded: Loaded) -> None:
    key = str(loaded.application.pk)
    last = Audit.objects.filter(who=who, application=key, what="buka").order_by("-id").first()
    if last is None or clock.now() - last.at > _SAME_LOOK:
        append_audit(who, "buka", application=key, revision=loaded.revision.n, files=len(loaded.scans))


@login_required
@require_GET
def scan(request: HttpRequest, pk: uuid.UUID, index: int) -> HttpResponse:
    """One paper, opened in memory."""
    loaded = load(pk)
    found = next((item for item in loaded.scans if item.attachment.index == index), None)
    if found is None:
        raise Http404
    plain = sealing.open_attachment(found.attachment)
    if isinstance(plain, Malformed) or found.attachment.type not in _SHOWN:
        raise Http404
    return HttpResponse(plain, content_type=found.attachment.type)


@login_required
@require_GET
def sent_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The signed PDF as it went out, from the office's own sealed copy."""
    document = Document.objects.filter(pk=key).exclude(archive_sha256="").select_related("application").first()
    if document is None:
        raise Http404
    plain = sealing.open_sealed(blobs.read(document.archive_sha256))
    envelope = parse_document(plain) if plain else None
    if envelope is None or isinstance(envelope, Malformed):
        raise Http404
    who = request.user.get_username()
    append_audit(who, "lihat_dokumen", application=str(document.application.pk), document=document.pk)
    answer = HttpResponse(envelope.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="dokumen.pdf"'
    # the browser's own PDF viewer needs styles of its own; nothing else can come from a PDF
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
    return answer
