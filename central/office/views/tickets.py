"""A lost ticket after a delivery: the village asks, a clerk decides."""

from __future__ import annotations

import uuid

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from central import clock
from central.intake import delivery
from central.registry.chain import append_audit
from central.registry.models import TicketReissue


@login_required
@require_POST
def decide(request: HttpRequest, act: uuid.UUID) -> HttpResponse:
    """Grant the new ticket (everything is sealed to it anew) or refuse it; a reason is wanted either way."""
    grant, why = request.POST.get("decision") == "grant", " ".join(request.POST.get("why", "").split())[:400]
    with transaction.atomic():
        found = TicketReissue.objects.select_related("application").filter(act_id=act, state="waiting").first()
        if found is None:
            raise Http404
        if len(why) < 5:
            notices.error(request, "Tulis dulu bagaimana identitas pemohon diperiksa.")
            return redirect("application", found.application.pk)
        found.state = "granted" if grant else "refused"
        found.decided_by, found.decided_at = request.user.get_username(), clock.now()
        found.save()
        if grant:
            delivery.change_ticket(found.application, found.recipient)
        what = "tiket_baru_diberi" if grant else "tiket_baru_ditolak"
        append_audit(found.decided_by, what, why=why, application=str(found.application.pk))
    notices.success(request, "Tiket pengganti berlaku." if grant else "Tiket pengganti ditolak.")
    return redirect("application", found.application.pk)
