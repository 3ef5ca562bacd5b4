"""A visit: everything that is known of the person in front of the screen, and gone with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.catalog.model import Pack
from kiosk.catalog.site import Site
from kiosk.journeys.pages import Settings, Status


@dataclass(frozen=True)
class Visit:
    """The state of the machine. Frozen: :func:`kiosk.journeys.step` returns the next one."""

    site: Site
    pack: Pack
    status: Status = field(default_factory=Status)
    settings: Settings = field(default_factory=Settings)
    now: float = 0.0
