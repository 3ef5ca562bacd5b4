"""What is to be done, most urgent first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from central import clock
from central.data.regions import villages
from central.data.services import services
from central.registry.models import Application, Document
from kiosk.formats.states import DocumentState

PAGE = 12

_TODO = (DocumentState.IN_REVIEW, DocumentState.APPROVED)
_SENT = (
    DocumentState.SIGNED,
    DocumentState.DELIVERED,
    DocumentState.PRINTED,
    DocumentState.READ_BACK,
    DocumentState.READY_FOR_PICKUP,
    DocumentState.APPOINTMENT,
)

#: Filter: its word on the page, and the document states it shows.
FILTERS: dict[str, tuple[str, tuple[DocumentState, ...]]] = {
    "tugas": ("Perlu dikerjakan", _TODO),
    "perbaikan": ("Menunggu perbaikan", (DocumentState.RETURNED,)),
    "terkirim": ("Dikirim", _SENT),
    "selesai": ("Selesai", (DocumentState.HANDED_OVER, DocumentState.REJECTED)),
    "semua": ("Semua", ()),
}


@dataclass(frozen=True)
class Row:
    """One application of the queue."""

    application: Application
    documents: tuple[Document, ...]
    overdue: bool
    due_today: bool
    waiting_ticket: bool


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """The work queue with its filters; a whole ticket number leads straight to its application."""
    chosen = request.GET.get("keadaan", "tugas")
    chosen = chosen if chosen in FILTERS else "tugas"
    site, service = request.GET.get("desa", ""), request.GET.get("layanan", "")
    typed = re.sub(r"[^0-9A-Z]", "", request.GET.get("cari", "").upper())[:16]
    found = Application.objects.filter(received_at__isnull=False)
    if typed:
        chosen = "semua"
        exact = found.filter(number=typed)
        if exact.count() == 1:
            return redirect("application", exact.get().pk)
        found = found.filter(number__contains=typed)
    counts = {key: _in_state(found, states).count() for key, (_, states) in FILTERS.items()}
    found = _in_state(found, FILTERS[chosen][1])
    if site in villages():
        found = found.filter(site=site)
    if service in services():
        found = found.filter(documents__service=service)
    ordered = found.distinct().order_by("promised_at" if chosen in ("tugas", "perbaikan") else "-received_at", "pk")
    page = Paginator(ordered.prefetch_related("documents", "reissues"), PAGE).get_page(request.GET.get("hal"))
    kept = {key: request.GET[key] for key in ("desa", "layanan", "cari") if request.GET.get(key)}
    context = {
        "rows": [_row(application) for application in page],
        "page": page,
        "chosen": chosen,
        "filters": [(key, word, counts[key]) for key, (word, _) in FILTERS.items()],
        "kept": urlencode(kept),
        "typed": request.GET.get("cari", ""),
        "site": site,
        "service": service,
        "villages": _villages(),
        "services": services().values(),
        "incomplete": Application.objects.filter(received_at__isnull=True).count(),
        "narrowed": bool(kept),
    }
    return render(request, "dinas/queue.html", context)


def _in_state(found: QuerySet[Application], states: tuple[DocumentState, ...]) -> QuerySet[Application]:
    if not states:
        return found
    return found.filter(pk__in=Document.objects.filter(state__in=states).values("application_id"))


def _villages() -> list[tuple[str, list[tuple[str, str]]]]:
    """Villages that ever sent something, by kecamatan."""
    used = set(Application.objects.values_list("site", flat=True).distinct())
    by_district: dict[str, list[tuple[str, str]]] = {}
    for code, village in villages().items():
        if code in used:
            by_district.setdefault(village.district, []).append((code, village.title))
    return sorted(by_district.items())


def _row(application: Application) -> Row:
    documents = tuple(sorted(application.documents.all(), key=lambda document: document.pk))
    open_still = any(document.state in _TODO for document in documents)
    left = (application.promised_at or 0) - clock.now()
    return Row(
        application,
        documents,
        overdue=open_still and left < 0,
        due_today=open_still and 0 <= left < 24 * 3600,
        waiting_ticket=any(reissue.state == "waiting" for reissue in application.reissues.all()),
    )
