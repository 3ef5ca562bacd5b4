"""What the hands of the shell have in common: who and where this machine is, and what it reaches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.app.centre import Centre
from kiosk.app.desk import Desk
from kiosk.app.shell import Post
from kiosk.app.trusted import Trusted
from kiosk.catalog.model import Pack
from kiosk.catalog.site import Site
from kiosk.devices.client import Devices
from kiosk.store.store import Store


@dataclass(frozen=True)
class Belongings:
    """`post` feeds an event to the journeys; `wall` gives epoch seconds."""

    site: Site
    pack: Pack
    store: Store
    devices: Devices
    centre: Centre
    trusted: Trusted
    desk: Desk
    post: Post
    wall: Callable[[], float]
