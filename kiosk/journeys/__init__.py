"""What happens in which order. Pure state machines: events in, next state and effects out.

No Kivy, no device, no store, no network and no clock of their own::

    visit = start(site, pack, now=monotonic(), wall=time())
    visit, effects = step(visit, Press(Act.START))
    draw(view(visit))

`start(site, pack, *, now=0.0, wall=0.0, status=None) -> Visit` puts the waiting page up.
`step(visit, event) -> (Visit, tuple[Effect, ...])` never raises, whatever comes in whichever order.
`view(visit) -> View` is all the screen needs. `icons_used(pack) -> frozenset[str]` names every icon a page may carry.

Tick a few times a second: countdowns, idle time and pages that close by themselves live on it.
"""

from kiosk.catalog.site import Site
from kiosk.journeys import acts, effects, events, pages
from kiosk.journeys.acts import Act
from kiosk.journeys.core import start, step, view
from kiosk.journeys.effects import Effect
from kiosk.journeys.events import CodeRead, Event, Press, Tick
from kiosk.journeys.icons import icons_used
from kiosk.journeys.pages import Page, Settings, Status, View
from kiosk.journeys.visit import Visit

__all__ = [
    "Act",
    "CodeRead",
    "Effect",
    "Event",
    "Page",
    "Press",
    "Settings",
    "Site",
    "Status",
    "Tick",
    "View",
    "Visit",
    "acts",
    "effects",
    "events",
    "icons_used",
    "pages",
    "start",
    "step",
    "view",
]
