"""Tickets that nobody confirmed: after a power cut the operator checks who asks, and gives them a ticket that opens.

The new key's public half is written down (and queued for the centre) before the slip is printed, so a second cut in
between costs nothing but another reissue. The older paper, should it turn up, opens nothing any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.app import slips
from kiosk.app.centre import Centre
from kiosk.app.desk import HeldTicket
from kiosk.catalog.model import Pack
from kiosk.catalog.site import Site
from kiosk.devices.client import Devices, DevicesAway
from kiosk.store.store import Store
from kiosk.store.values import NotReissued, StoreFailure
from kiosk.tickets.key import new_key
from kiosk.tickets.number import TicketNumber, parse
from kiosk.tickets.payload import make_payload
from kiosk.tickets.slip import render, to_png

Confirm = Callable[[], bool]


@dataclass(frozen=True)
class Reissued:
    """The new ticket came out, and whoever stood there said so."""

    number: str


@dataclass(frozen=True)
class ReissueFailed:
    """`why`: unknown, opened, bad_recipient, a fault of the store, or how the slip printer failed."""

    why: str


async def reissue(
    typed: str, site: Site, pack: Pack, store: Store, devices: Devices, centre: Centre, confirm: Confirm
) -> Reissued | ReissueFailed:
    """Print a fresh ticket for the application of this number; the operator has checked who asks.

    `confirm` asks whether the paper is in the hand; only then is the ticket marked as seen.
    """
    number = parse(typed)
    known = store.find(number.compact) if isinstance(number, TicketNumber) else None
    if known is None or not isinstance(number, TicketNumber):
        return ReissueFailed("unknown")
    key = new_key()
    outcome = await asyncio.to_thread(store.ticket_reissued, known.application, key.recipient, "operator")
    if isinstance(outcome, NotReissued):
        return ReissueFailed(outcome.value)
    if isinstance(outcome, StoreFailure):
        return ReissueFailed(outcome.why.value)
    await centre.nudge()
    manifest = await asyncio.to_thread(store.previous_manifest, known.application)
    held = HeldTicket(
        application=known.application,
        number=str(number),
        payload=make_payload(site.regency_code, number, key),
        services=tuple(document.service for document in known.documents),
        stored_at=known.submitted_at,
        online=known.received_at is not None,
        photos=len(manifest.files) if manifest else 0,
    )
    try:
        head = await devices.ticket_head()
        png = to_png(render(slips.ticket(held, site, pack, store.checkpoint().code), head))
        printed = await devices.print_slip(png)
    except DevicesAway:
        return ReissueFailed("missing")
    if printed != "printed":
        return ReissueFailed(printed)
    if not confirm():
        return ReissueFailed("not_confirmed")
    await asyncio.to_thread(store.ticket_seen, known.application)
    return Reissued(str(number))
