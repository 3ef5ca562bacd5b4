"""Everything that ever happened to an application, newest first; and what clerks did, over all."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from central.office.tags import act as act_word
from central.office.tags import reason, service_short, state_word
from central.registry.chain import broken_at
from central.registry.models import Application, Audit, DeviceAct, Event

_ACTS = {
    "delivered": "Berkas tersegel sampai di kios",
    "printed": "Dicetak",
    "read_back": "QR pada lembar terbaca kamera",
    "handed_over": "Diserahkan",
    "ticket_reissued": "Tiket pengganti diminta",
}


@dataclass(frozen=True)
class Line:
    """`who` is a clerk, a kiosk, or the office's own machine; `kind`: clerk, kiosk, system."""

    at: float
    who: str
    kind: str
    what: str
    why: str
    document: str


@login_required
@require_GET
def application_history(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """From the kiosk's report to the last look of a clerk."""
    application = Application.objects.filter(pk=pk).first()
    if application is None:
        raise Http404
    names = {document.pk: service_short(document.service) for document in application.documents.all()}
    lines = [*_audited(str(pk)), *_told(str(pk)), *_reported(str(pk))]
    lines = [replace(line, document=names.get(line.document, "")) for line in lines]
    lines.sort(key=lambda line: line.at, reverse=True)
    context = {"application": application, "lines": lines, "revisions": application.revisions.order_by("n")}
    return render(request, "dinas/history.html", context)


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """The audit table with the check of its chain."""
    page = Paginator(Audit.objects.order_by("-id"), 40).get_page(request.GET.get("hal"))
    keys = [entry.application for entry in page if entry.application]
    numbers = {str(row.pk): row.number for row in Application.objects.filter(pk__in=keys)}
    rows = [(entry, numbers.get(entry.application, "")) for entry in page]
    return render(request, "dinas/audit.html", {"rows": rows, "page": page, "broken": broken_at()})


def _audited(key: str) -> list[Line]:
    return [
        Line(row.at, row.who, "clerk", act_word(row.what), reason(row.why), row.document)
        for row in Audit.objects.filter(application=key)
    ]


def _told(key: str) -> list[Line]:
    lines: list[Line] = []
    for row in Event.objects.filter(application=key):
        body = json.loads(row.body)
        if row.type == "state":
            what = f"Kabar ke desa: {state_word(body['state']).lower()}"
        elif row.type == "received":
            what = f"Berkas lengkap diterima (kiriman ke-{body['revision']})"
        else:
            what = "Berkas tersegel disiapkan untuk kios"
        why, document = reason(body.get("reason_code", "")), body.get("document", "")
        lines.append(Line(row.at, "Sistem", "system", what, why, document))
    return lines


def _reported(key: str) -> list[Line]:
    return [
        Line(row.received_at, row.device.pk, "kiosk", _ACTS.get(row.kind, str(row.kind)), "", row.document)
        for row in DeviceAct.objects.filter(application=key).select_related("device")
    ]
