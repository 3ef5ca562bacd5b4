"""The machine: it keeps time and status, gives overlays their touches, and routes the rest to the journey at hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.catalog.model import Pack
from kiosk.catalog.site import Site
from kiosk.journeys import (
    apply,
    capture,
    charter,
    check,
    collect,
    fieldpages,
    fields,
    lookup,
    overlays,
    pages,
    pick,
    places,
    readback,
    survey,
    ticket,
    track,
    trackpages,
    verify,
)
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import CallOperator, DropCapture, Effect, Speak, StartPreview, StopPreview, Wipe
from kiosk.journeys.events import (
    Captured,
    CodeRead,
    DevicesBack,
    Event,
    HeadphonesChanged,
    KeyPressed,
    NetworkChanged,
    OperatorAnswered,
    OperatorPresence,
    Press,
    PrinterChanged,
    PrintProgress,
    Tick,
)
from kiosk.journeys.visit import Out, Visit, fresh, stay

_Step = Callable[[Visit, Any, Event], Out]
_Page = Callable[[Visit, Any], pages.Page]

_JOURNEYS: dict[type, tuple[_Step, _Page]] = {
    places.Waiting: (lambda v, at, e: pick.waiting(v, e), pick.waiting_page),
    places.Home: (lambda v, at, e: pick.home(v, e), pick.home_page),
    places.Pick: (pick.pick, pick.pick_page),
    places.Closed: (pick.closed, pick.closed_page),
    places.Step: (apply.step, apply.page),
    places.Field: (fields.field, fieldpages.page),
    places.Shooting: (capture.shooting, capture.shooting_page),
    places.Reviewing: (capture.reviewing, capture.reviewing_page),
    places.Missing: (capture.missing, capture.missing_page),
    places.Checking: (check.checking, check.checking_page),
    places.Privacy: (check.privacy, check.privacy_page),
    places.Submitting: (lambda v, at, e: check.submitting(v, e), check.submitting_page),
    places.Failed: (check.failed, check.failed_page),
    places.TicketComing: (ticket.coming, ticket.coming_page),
    places.TicketShowing: (ticket.showing, ticket.showing_page),
    places.Done: (ticket.done, ticket.done_page),
    places.Scanning: (lookup.scanning, lookup.scanning_page),
    places.TypingNumber: (lookup.typing, lookup.typing_page),
    places.Tracking: (track.tracking, trackpages.tracking_page),
    places.Following: (track.following, trackpages.following_page),
    places.Proving: (collect.proving, collect.proving_page),
    places.Locked: (collect.locked, collect.locked_page),
    places.Printing: (collect.printing, collect.printing_page),
    places.Stopped: (collect.stopped, collect.stopped_page),
    places.Placing: (readback.placing, readback.placing_page),
    places.ReadingBack: (readback.reading, readback.reading_page),
    places.Presenting: (verify.presenting, verify.presenting_page),
    places.Judged: (verify.judged, verify.judged_page),
    places.Asking: (survey.asking, survey.asking_page),
    places.About: (survey.about, survey.about_page),
    places.Thanking: (survey.thanking, survey.thanking_page),
    places.Charter: (charter.charter, charter.charter_page),
    places.Complaining: (charter.complaining, charter.complaining_page),
}

#: Where Beranda is no way out: the act at hand must be answered first.
_HELD = (places.Submitting, places.TicketComing, places.TicketShowing, places.Printing)


def start(site: Site, pack: Pack, *, now: float = 0.0, wall: float = 0.0, status: pages.Status | None = None) -> Visit:
    """The waiting page. `now` is monotonic seconds, `wall` seconds since the epoch (0 where the clock is not known)."""
    known = status or pages.Status()
    return Visit(
        site=site,
        pack=pack,
        status=replace(known, now=wall or known.now),
        now=now,
        touched=now,
    )


def step(visit: Visit, event: Event) -> Out:
    """What `event` makes of `visit`, and what the world is asked to do. Never raises; what does not fit is ignored."""
    before = visit
    after, effects = _step(visit, event)
    return after, (*effects, *_previews(before, after, event), *_speech(before, after))


def _step(visit: Visit, event: Event) -> Out:
    match event:
        case Tick():
            return _tick(visit, event)
        case Press():
            return _press(visit, event)
        case PrinterChanged(state, left):
            visit = replace(visit, status=replace(visit.status, printer=state), sheets_left=left)
        case NetworkChanged(online, last):
            seen = last if last is not None else visit.last_contact
            visit = replace(visit, status=replace(visit.status, online=online), last_contact=seen)
        case OperatorAnswered():
            return stay(replace(visit, call=replace(visit.call, answered=True)) if visit.call else visit)
        case OperatorPresence(here):
            return stay(replace(visit, operator_here=here))
        case CodeRead(text) if isinstance(visit.at, places.Waiting | places.Home):
            return _code_at_home(visit, text)
        case HeadphonesChanged(plugged):
            return _headphones(visit, plugged)
        case CodeRead() | PrintProgress() | KeyPressed():
            visit = visit if overlays.warned(visit) else replace(visit, touched=visit.now)
        case _:
            pass
    after, effects = _journey(visit, event)
    if isinstance(event, Captured) and after.at == visit.at:
        effects = (*effects, DropCapture(event.capture))  # nobody waits for this picture any more
    return after, effects


def _journey(visit: Visit, event: Event) -> Out:
    return _JOURNEYS[type(visit.at)][0](visit, visit.at, event)


def _tick(visit: Visit, event: Tick) -> Out:
    wall = event.wall if event.wall > 0 else visit.status.now
    visit = replace(visit, now=max(visit.now, event.now), status=replace(visit.status, now=wall))
    if overlays.over(visit):
        return overlays.end(visit)
    return stay(visit) if overlays.warned(visit) and not _runs_on(visit) else _journey(visit, event)


def _runs_on(visit: Visit) -> bool:
    """Pages that close by themselves do so under the warning too."""
    return isinstance(visit.at, places.TicketShowing | places.Done | places.Thanking)


def _press(visit: Visit, event: Press) -> Out:
    if isinstance(visit.at, places.Waiting):
        visit = replace(overlays.start_settings(visit, event), touched=visit.now)
        return _journey(visit, event)
    if (taken := overlays.press(visit, event)) is not None:
        return taken
    visit = replace(visit, touched=visit.now)
    if event.act is Act.HOME and not isinstance(visit.at, (*_HELD, places.Done)):
        return _home(visit)
    return _journey(visit, event)


def _headphones(visit: Visit, plugged: bool) -> Out:
    """Who plugs some in wants to hear; who pulls them out must not be read to aloud.

    No touch: a loose plug must not keep somebody's visit open.
    """
    status, settings = replace(visit.status, headphones=plugged), replace(visit.settings, listening=plugged)
    visit = replace(visit, status=status, settings=settings)
    return stay(visit, Speak()) if plugged and not isinstance(visit.at, places.Waiting) else stay(visit)


def _home(visit: Visit) -> Out:
    """Home forgets the person but not how they see and hear."""
    effects: tuple[Effect, ...] = (Wipe(),)
    if visit.call is not None:
        effects = (*effects, CallOperator(on=False))
    return fresh(visit, places.Home(), keep_settings=True), effects


def _code_at_home(visit: Visit, text: str) -> Out:
    """A ticket held under the reader says what its holder wants; any other code says nothing here."""
    if not lookup.is_ticket(text) or visit.sheet:
        return stay(visit)
    if overlays.warned(visit):
        return stay(visit)
    return lookup.read(replace(visit, touched=visit.now), text, places.Scanning("track"))


def _previews(before: Visit, after: Visit, event: Event) -> tuple[Effect, ...]:
    """The camera runs exactly while a page needs it; a device service that came back is asked again."""
    was, now = places.preview(before.at), places.preview(after.at)
    if isinstance(event, DevicesBack):
        return (StartPreview(now),) if now else ()
    if was == now:
        return ()
    return ((StopPreview(),) if was else ()) + ((StartPreview(now),) if now else ())


def _speech(before: Visit, after: Visit) -> tuple[Effect, ...]:
    """Once begun, reading aloud goes on page by page."""
    if not after.settings.listening or not before.settings.listening:
        started = after.settings.listening and isinstance(before.at, places.Waiting)
        return (Speak(),) if started else ()
    return (Speak(),) if _spoken(before) != _spoken(after) else ()


def _spoken(visit: Visit) -> tuple[object, ...]:
    """What makes a page another page to a listener."""
    at = visit.at
    return type(at), *(
        getattr(at, name, "") for name in ("name", "slot", "kind", "part", "error", "index", "why", "state")
    )


def view(visit: Visit) -> pages.View:
    """All that the screen needs."""
    # the screen shows minutes: between two of them a tick must not look like news
    minute = visit.status.now - visit.status.now % 60 if math.isfinite(visit.status.now) else 0.0
    return pages.View(
        page=_JOURNEYS[type(visit.at)][1](visit, visit.at),
        site=visit.site,
        overlay=overlays.overlay(visit),
        status=replace(visit.status, now=minute),
        settings=visit.settings,
    )
