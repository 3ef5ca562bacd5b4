"""The trust list: what a kiosk must know, with a version that grows whenever the content changes."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.db import transaction

from central import clock, place
from central.registry.chain import append_event
from central.registry.models import TrustVersion
from central.signing import make_trust

#: Lists and CRLs are signed anew after this many seconds; their age is what a kiosk tells beside a verdict.
LIFETIME = 6 * 3600.0


def current_trust(*, changed: bool = False) -> dict[str, Any]:
    """The body of `GET /v1/trust`.

    It is made anew when it is old, when `changed` says that a status or a document came, or when a key of the centre
    was changed; then it takes a new version and every kiosk is told.
    """
    keys = _own_keys()
    with transaction.atomic():
        newest = TrustVersion.objects.order_by("-version").first()
        if newest is not None and not changed and clock.now() - newest.at < LIFETIME:
            body = json.loads(newest.body)
            if body | keys == body:
                return {"version": newest.pk, **body}
        body = keys | _documents()
        newest = TrustVersion.objects.create(at=clock.now(), body=json.dumps(body))
        append_event("trust", version=newest.pk)
        TrustVersion.objects.filter(pk__lt=newest.pk).delete()
    return {"version": newest.pk, **body}


def _own_keys() -> dict[str, Any]:
    here = place.current()
    return {
        "sealing": [
            {"recipient": here.sealing_recipient, "role": "current"},
            {"recipient": here.escrow_recipient, "role": "escrow"},
        ],
        "server_keys": [{"kid": here.server_kid, "spki": base64.b64encode(here.server_spki).decode()}],
    }


def _documents() -> dict[str, Any]:
    here = place.current()
    if here.options.get("training"):
        return make_trust(here.root, now=clock.now)
    names = ("seal_issuers", "roots", "intermediates", "crls", "status_lists")
    return {**{name: list[Any]() for name in names}, "register_at": 0}
