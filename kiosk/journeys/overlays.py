"""What may lie over any page: Masih di sini?, Panggil petugas, Tampilan. And how long a page may stay untouched."""

from __future__ import annotations

import math
from dataclasses import replace

from kiosk.journeys import pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import CallOperator, Effect, Speak, Wipe
from kiosk.journeys.events import Press
from kiosk.journeys.visit import Call, Out, Visit, fresh, stay

IDLE, IDLE_CAPTURE, IDLE_PRINTER = 120.0, 180.0, 300.0
WARNING = 30.0
HELP_PAUSE = 180.0
UNANSWERED = 60.0

_CAPTURE = (places.Shooting, places.Reviewing, places.Missing, places.Placing)
_PRINTER = (places.Printing, places.Stopped, places.Submitting)
_NO_HELP = (places.Asking, places.About, places.Complaining)
_LANGUAGES = ("id", "bug", "en")
_SIZES = ("normal", "large", "largest")


def limit(visit: Visit) -> float:
    """Seconds without a touch before Masih di sini? is asked; twice as many with audio guidance."""
    if isinstance(visit.at, places.Waiting):
        return math.inf
    seconds = IDLE
    if isinstance(visit.at, _CAPTURE):
        seconds = IDLE_CAPTURE
    elif isinstance(visit.at, _PRINTER):
        seconds = IDLE_PRINTER
    return seconds * 2 if visit.settings.listening else seconds


def idle_for(visit: Visit) -> float:
    """Seconds since the last touch; a call for the operator gives three minutes more."""
    since = visit.touched
    if visit.call is not None:
        since = max(since, visit.call.since + HELP_PAUSE)
    return visit.now - since


def warned(visit: Visit) -> bool:
    """Whether Masih di sini? lies over the page."""
    return idle_for(visit) >= limit(visit)


def over(visit: Visit) -> bool:
    """The countdown is over: nobody is here."""
    return idle_for(visit) >= limit(visit) + WARNING


def end(visit: Visit) -> Out:
    """Wipe and wait. At 08a the operator is called: a ticket may lie in the slot."""
    effects: list[Effect] = [Wipe()]
    ticket_lies = isinstance(visit.at, places.TicketComing | places.TicketShowing)
    if ticket_lies:
        effects.append(CallOperator())
    elif visit.call is not None:
        effects.append(CallOperator(on=False))
    return fresh(visit, places.Waiting()), tuple(effects)


def overlay(visit: Visit) -> pages.Overlay | None:
    """What is drawn over the page."""
    if warned(visit):
        left = limit(visit) + WARNING - idle_for(visit)
        return pages.IdleWarning(max(0, math.ceil(left)))
    if visit.sheet == "help" and visit.call is not None:
        waited = max(0, int(visit.now - visit.call.since))
        if visit.call.answered:
            return pages.HelpSheet("coming", waited)
        if not visit.operator_here:
            return pages.HelpSheet("away", waited)
        return pages.HelpSheet("not_coming" if waited >= UNANSWERED else "called", waited)
    return pages.DisplaySheet() if visit.sheet == "display" else None


def press(visit: Visit, event: Press) -> Out | None:
    """A touch that belongs to an overlay or to every page; None when it is the page's own."""
    if warned(visit):
        if event.act is Act.STAY:
            return stay(replace(visit, touched=visit.now))
        return end(visit) if event.act is Act.LEAVE else stay(visit)
    visit = replace(visit, touched=visit.now)
    if (settled := _settings(visit, event)) is not None:
        return settled
    if visit.sheet == "help":
        return _help(visit, event)
    if visit.sheet == "display":
        closes = event.act in (Act.CLOSE, Act.DISPLAY, Act.BACK, Act.DONE, Act.NEXT)
        return stay(replace(visit, sheet="")) if closes else stay(visit)
    if event.act is Act.CALL_OPERATOR:
        return call(visit)
    if event.act is Act.CANCEL_CALL and visit.call is not None:
        return stay(replace(visit, call=None, sheet=""), CallOperator(on=False))
    return None


def call(visit: Visit) -> Out:
    """Ring; not from survey and complaint, which nobody of the village should steer."""
    if isinstance(visit.at, (*_NO_HELP, places.Waiting)):
        return stay(visit)
    return stay(replace(visit, call=Call(visit.now), sheet="help"), CallOperator())


def _help(visit: Visit, event: Press) -> Out:
    match event.act:
        case Act.CANCEL_CALL:
            return stay(replace(visit, call=None, sheet=""), CallOperator(on=False))
        case Act.CALL_OPERATOR:
            return call(visit)
        case Act.CLOSE | Act.BACK | Act.NEXT | Act.STAY | Act.DONE:
            return stay(replace(visit, sheet=""))
        case _:
            return stay(visit)


def _settings(visit: Visit, event: Press) -> Out | None:
    settings, value = visit.settings, event.value
    match event.act:
        case Act.LANGUAGE if value in _LANGUAGES and not isinstance(visit.at, places.Waiting):
            return stay(replace(visit, settings=replace(settings, language=value)))
        case Act.TEXT_SIZE if value in _SIZES:
            return stay(replace(visit, settings=replace(settings, text_size=value)))
        case Act.CONTRAST:
            contrast = not settings.contrast
            return stay(replace(visit, settings=replace(settings, contrast=contrast, less_motion=contrast)))
        case Act.LESS_MOTION:
            return stay(replace(visit, settings=replace(settings, less_motion=not settings.less_motion)))
        case Act.LISTEN if not isinstance(visit.at, places.Waiting):
            listening = not settings.listening
            changed = replace(visit, settings=replace(settings, listening=listening))
            return stay(changed, Speak()) if listening else stay(changed)
        case Act.DISPLAY:
            return stay(replace(visit, sheet="" if visit.sheet == "display" else "display"))
        case _:
            return None


def start_settings(visit: Visit, event: Press) -> Visit:
    """On 00 a language or the ear is chosen by the touch that starts."""
    settings = visit.settings
    if event.act is Act.LANGUAGE and event.value in _LANGUAGES:
        settings = replace(settings, language=event.value)
    if event.act is Act.LISTEN:
        settings = replace(settings, listening=True)
    return replace(visit, settings=settings)
