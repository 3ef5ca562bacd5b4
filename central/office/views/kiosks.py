"""The machines in the villages: who they are, when they were last heard of; a new one comes, one is revoked."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from central import clock, enrolment, place
from central.data.regions import villages
from central.registry.chain import append_audit
from central.registry.models import Application, Device
from kiosk.formats.states import DocumentState

#: Silent longer than this is worth a telephone call (seconds).
QUIET = 2 * 86400.0


@dataclass(frozen=True)
class Row:
    """A kiosk with what is waiting on its village's account."""

    device: Device
    quiet: bool
    open: int


@login_required
@require_GET
def kiosks(request: HttpRequest) -> HttpResponse:
    """All kiosks, those that are silent first, revoked ones last."""
    waiting = dict(
        Application.objects.values_list("site").annotate(
            n=Count("pk", filter=Q(documents__state=DocumentState.IN_REVIEW), distinct=True)
        )
    )
    rows = [
        Row(
            device,
            device.revoked_at is None and clock.now() - (device.last_contact or device.enrolled_at) > QUIET,
            waiting.get(device.site, 0),
        )
        for device in Device.objects.order_by("site", "enrolled_at")
    ]
    rows.sort(key=lambda row: (row.device.revoked_at is not None, not row.quiet))
    by_district: dict[str, list[tuple[str, str]]] = {}
    for code, village in villages().items():
        by_district.setdefault(village.district, []).append((code, village.title))
    served = {row.device.site for row in rows if row.device.revoked_at is None}
    context = {"rows": rows, "districts": by_district.items(), "served": len(served), "villages": len(villages())}
    return render(request, "dinas/kiosks.html", context)


@login_required
@require_POST
def slip(request: HttpRequest) -> HttpResponse:
    """A one-time code on a slip to take along. It is shown this once."""
    site = request.POST.get("site", "")
    if site not in villages():
        notices.error(request, "Pilih desa atau kelurahannya dulu.")
        return redirect("kiosks")
    code = enrolment.new_code(site, request.user.get_username())
    origin = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    text = enrolment.slip_text(origin, code, place.current().server_spki)
    context = {
        "village": villages()[site],
        "code": f"{code[:5]} {code[5:]}",
        "origin": origin,
        "until": clock.now() + enrolment.LIFETIME,
        "minutes": int(enrolment.LIFETIME // 60),
        "qr": segno.make(text, error="m", micro=False).svg_data_uri(border=4, scale=6),
    }
    return render(request, "dinas/slip.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: str) -> HttpResponse:
    """From now on nothing this machine signs is accepted. What it sent before stays valid."""
    device = Device.objects.filter(pk=pk, revoked_at__isnull=True).first()
    if device is None:
        raise Http404
    why = " ".join(request.POST.get("why", "").split())[:200]
    if len(why) < 5:
        notices.error(request, "Tulis alasan pencabutan dulu.")
        return redirect("kiosks")
    device.revoked_at, device.revoked_by, device.revoked_why = clock.now(), request.user.get_username(), why
    device.save()
    append_audit(device.revoked_by, "kios_dicabut", why=why, device=device.pk, site=device.site)
    notices.success(request, "Kios dicabut. Mesin itu tidak dapat lagi mengirim atau mengambil apa pun.")
    return redirect("kiosks")
