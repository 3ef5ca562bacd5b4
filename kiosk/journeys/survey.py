"""14, 14b and the thanks: nine questions by key, four optional facts, no name."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journeys import pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import SaveSurvey, Wipe
from kiosk.journeys.events import Event, Press, Tick
from kiosk.journeys.visit import Out, Visit, fresh, go, stay

THANKS_FOR = 45.0
_COST = "U4"
_FREE = 4


def asking(visit: Visit, at: places.Asking, event: Event) -> Out:
    """One question a page."""
    items = visit.pack.survey
    if not isinstance(event, Press) or not 0 <= at.index < len(items):
        return stay(visit)
    item = items[at.index]
    match event.act:
        case Act.PICK if event.value in ("1", "2", "3", "4"):
            return stay(replace(visit, survey={**visit.survey, item.key: int(event.value)}))
        case Act.NEXT:
            return _next(visit, at)
        case Act.SKIP:
            return _next(replace(visit, survey={k: v for k, v in visit.survey.items() if k != item.key}), at)
        case Act.BACK if at.index > 0:
            return go(visit, places.Asking(at.index - 1))
        case Act.BACK | Act.DONE | Act.LEAVE:
            return _leave(visit)
        case _:
            return stay(visit)


def _next(visit: Visit, at: places.Asking) -> Out:
    last = at.index + 1 >= len(visit.pack.survey)
    return go(visit, places.About() if last else places.Asking(at.index + 1))


def _leave(visit: Visit) -> Out:
    """Half a survey is not kept: nobody agreed to it."""
    return fresh(visit, places.Home(), keep_settings=True), (Wipe(),)


def about(visit: Visit, at: places.About, event: Event) -> Out:
    """Four taps, or none."""
    if not isinstance(event, Press):
        return stay(visit)
    match event.act:
        case Act.PICK:
            group, _, value = event.value.partition("=")
            options = {g.name: {v for v, _ in g.options} for g in visit.pack.about}
            if value not in options.get(group, set[str]()):
                return stay(visit)
            chosen = {k: v for k, v in visit.about.items() if k != group}
            if visit.about.get(group) != value:
                chosen[group] = value
            return stay(replace(visit, about=chosen))
        case Act.NEXT | Act.SEND | Act.DONE:
            return _send(visit, dict(visit.about))
        case Act.SKIP:
            return _send(visit, {})
        case Act.BACK:
            return go(visit, places.Asking(len(visit.pack.survey) - 1))
        case _:
            return stay(visit)


def _send(visit: Visit, facts: dict[str, str]) -> Out:
    answers = dict(visit.survey)
    if not answers:
        return _leave(visit)
    complaint = answers.get(_COST, _FREE) < _FREE
    thanks = places.Thanking("survey", visit.now + THANKS_FOR, complaint)
    visit = replace(visit, survey={}, about={}, handed=frozenset())
    return go(visit, thanks, SaveSurvey(answers, facts))


def thanking(visit: Visit, at: places.Thanking, event: Event) -> Out:
    """Closes by itself."""
    match event:
        case Press(Act.SURVEY | Act.NEXT) if at.why == "handover":
            return go(visit, places.Asking())
        case Press(Act.COMPLAINT):
            return go(visit, places.Complaining())
        case Press(Act.DONE | Act.BACK | Act.SKIP | Act.NEXT):
            return fresh(visit, places.Waiting()), (Wipe(),)
        case Tick() if visit.now >= at.until:
            return fresh(visit, places.Waiting()), (Wipe(),)
        case _:
            return stay(visit)


def asking_page(visit: Visit, at: places.Asking) -> pages.Page:
    item = visit.pack.survey[at.index]
    return pages.SurveyQuestion(
        key=item.key,
        index=at.index + 1,
        total=len(visit.pack.survey),
        heading=visit.words(item.heading),
        faces=item.faces,
        chosen=visit.survey.get(item.key, 0),
        skip_label=item.skip or "Lewati",
    )


def about_page(visit: Visit, at: places.About) -> pages.Page:
    return pages.SurveyAbout(
        tuple((g.name, g.heading, g.options) for g in visit.pack.about), tuple(sorted(visit.about.items()))
    )


def thanking_page(visit: Visit, at: places.Thanking) -> pages.Page:
    if at.why == "survey":
        return pages.Thanks("Terima kasih", "Jawaban Anda ikut dihitung.", offer_complaint=at.complaint)
    return pages.Thanks(
        "Sudah diserahkan",
        "Terima kasih. Tiket tetap berlaku bila Anda perlu mencetak lagi. Mau mengisi survei singkat?",
        offer_survey=True,
    )
