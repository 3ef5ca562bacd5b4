"""The trust list: what a kiosk must know, with a version that grows whenever the content changes."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from django.db import transaction

from central import clock, place
from central.registry.chain import append_event
from central.registry.models import TrustVersion
from central.signing import make_trust


def current_trust() -> dict[str, Any]:
    """The body of `GET /v1/trust`. A change of content takes a new version and is told to every kiosk."""
    here = place.current()
    body: dict[str, Any] = {
        "sealing": [
            {"recipient": here.sealing_recipient, "role": "current"},
            {"recipient": here.escrow_recipient, "role": "escrow"},
        ],
        "server_keys": [{"kid": here.server_kid, "spki": base64.b64encode(here.server_spki).decode()}],
        "seal_issuers": [],
        "roots": [],
        "intermediates": [],
        "crls": [],
        "status_lists": [],
        "register_at": 0,
    }
    if here.options.get("training"):
        body |= make_trust(here.root, now=clock.now)
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    with transaction.atomic():
        newest = TrustVersion.objects.order_by("-version").first()
        if newest is None or newest.digest != digest:
            newest = TrustVersion.objects.create(at=clock.now(), digest=digest)
            append_event("trust", version=newest.pk)
    return {"version": newest.pk, **body}
