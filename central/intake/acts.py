"""What kiosks report. Kept once by id; some reports move a document, a reissued ticket may give it a new seal."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from central import clock
from central.intake import delivery, flow
from central.registry.models import Application, Device, DeviceAct, Document, TicketReissue
from kiosk.formats.states import DocumentState

_REPORTS = {
    "delivered": DocumentState.DELIVERED,
    "printed": DocumentState.PRINTED,
    "read_back": DocumentState.READ_BACK,
    "handed_over": DocumentState.HANDED_OVER,
}


@dataclass(frozen=True)
class Kept:
    """`effect`: done, nothing, waiting, unknown_document."""

    effect: str


@dataclass(frozen=True)
class OtherBody:
    """This id was used before for another act."""


def put_act(device: Device, act: uuid.UUID, body: Mapping[str, Any]) -> Kept | OtherBody:
    """Keep the act and let it have its effect, once."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        known = DeviceAct.objects.filter(pk=act).first()
        if known is not None:
            same = known.digest == digest and known.device.pk == device.pk
            return Kept(known.effect) if same else OtherBody()
        kept = DeviceAct.objects.create(
            id=act,
            device=device,
            kind=body["kind"],
            at=body["at"],
            received_at=clock.now(),
            application=str(body.get("application") or ""),
            document=str(body.get("document") or ""),
            body=text,
            digest=digest,
        )
        kept.effect = _effect(kept, str(body.get("ticket") or body.get("recipient") or ""))
        kept.save(update_fields=["effect"])
        return Kept(kept.effect)


def _effect(act: DeviceAct, ticket: str) -> str:
    if act.kind in _REPORTS:
        document = (
            Document.objects.select_related("application")
            .filter(pk=act.document, application__site=act.device.site)
            .first()
        )
        if document is None:
            return "unknown_document"
        return "done" if flow.reported(document, _REPORTS[act.kind]) else "nothing"
    if act.kind == "ticket_reissued":
        application = Application.objects.filter(pk=act.application or uuid.UUID(int=0), site=act.device.site).first()
        if application is None or not ticket:
            return "unknown_document"
        return _reissue(act, application, ticket)
    return "done"


def _reissue(act: DeviceAct, application: Application, ticket: str) -> str:
    """A new ticket counts by itself only while no document has been delivered; afterwards a clerk decides."""
    delivered = application.documents.filter(delivered_at__isnull=False).exists()
    TicketReissue.objects.create(
        act=act,
        application=application,
        recipient=ticket,
        state="waiting" if delivered else "applied",
        at=clock.now(),
    )
    if delivered:
        return "waiting"
    delivery.change_ticket(application, ticket)
    return "done"
