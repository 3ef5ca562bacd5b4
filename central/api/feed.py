"""The feed: what the office tells a village, by a cursor; and whose a blob is."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db.models import Q

from central import clock
from central.data.services import office
from central.registry import bell
from central.registry.models import Device, Document, Event

#: No answer is held back longer (seconds): proxies and carriers cut what stays silent.
LONGEST_WAIT = 25
PAGE = 200


def read(device: Device, after: int, wait: int) -> dict[str, Any]:
    """Up to 200 events after the cursor. The cursor moves only past what was given."""
    mine = Event.objects.filter(Q(site=device.site) | Q(site=""), seq__gt=after).order_by("seq")
    if wait:
        bell.wait_for(mine.exists, min(wait, LONGEST_WAIT))
    rows = list(mine[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return {
        "events": [{"seq": row.seq, "type": row.type, "at": int(row.at), **json.loads(row.body)} for row in rows],
        "cursor": rows[-1].seq if rows else after,
        "next_poll": 0 if more else next_poll(clock.now()),
    }


def next_poll(now: float) -> int:
    """Seconds until a quiet kiosk should ask again: five minutes in office hours, else half an hour."""
    here = office()
    local = datetime.fromtimestamp(now, here.tz)
    return 300 if here.works_on(local.date()) and 7 <= local.hour < here.closes_hour + 1 else 1800


def blob_owner(device: Device, sha256: str) -> Document | None:
    """The document of the device's village whose present file or note this is."""
    if len(sha256) != 64:
        return None
    return (
        Document.objects.select_related("application")
        .filter(Q(sealed_sha256=sha256) | Q(note_sha256=sha256), application__site=device.site)
        .first()
    )
