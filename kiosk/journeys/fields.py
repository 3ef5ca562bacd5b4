"""04, 05, 05b: one field a page. Typing, choosing, looking once more, ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kiosk import forms
from kiosk.catalog.model import DONT_KNOW, Question
from kiosk.forms import Ok, Problem, Warn
from kiosk.journeys import apply, flow, places
from kiosk.journeys.acts import Act
from kiosk.journeys.answers import (
    LENGTH,
    NUMBERS,
    allowed,
    blank,
    options_of,
    row_pages,
    validate,
)
from kiosk.journeys.events import CodeRead, Event, Press
from kiosk.journeys.visit import Out, Typed, Visit, go, stay


def field(visit: Visit, at: places.Field, event: Event) -> Out:
    """Anything that happens on a field's page."""
    asked = flow.question(visit, at.name)
    if asked is None:
        return go(visit, places.Checking())
    match event:
        case CodeRead(text) if at.name == flow.NIK:
            return _code(visit, at, text)
        case Press():
            return _press(visit, at, asked, event)
        case _:
            return stay(visit)


def _press(visit: Visit, at: places.Field, asked: Question, event: Press) -> Out:
    stop = flow.Stop("field", at.name)
    match event.act:
        case Act.NEXT:
            return _next(visit, at, asked)
        case Act.BACK:
            return _back(visit, at, stop)
        case Act.SKIP if asked.optional:
            return apply.forward(_keep(visit, at.name, Typed(), ""), stop)
        case Act.DONT_KNOW if at.name == flow.NIK:
            return _identify(visit, "none")
        case Act.DONT_KNOW if asked.dont_know:
            return apply.forward(_keep(visit, at.name, Typed(), DONT_KNOW), stop)
        case Act.USE_KK if at.name == flow.NIK:
            return _identify(visit, "kk")
        case Act.USE_NIK if visit.draft.identity != "nik" and at.name in flow.identity_fields(visit):
            return _identify(visit, "nik")
        case Act.SCAN_CODE if at.name == flow.NIK:
            return go(visit, replace(at, error="", note="Arahkan QR ke lampu merah di bawah layar."))
        case Act.PREVIOUS_ROWS if asked.kind == "choice":
            return go(visit, replace(at, rows=max(1, at.rows - 1)))
        case Act.NEXT_ROWS if asked.kind == "choice":
            return go(visit, replace(at, rows=min(row_pages(visit, asked), at.rows + 1)))
        case Act.PICK | Act.TYPE | Act.ERASE | Act.CLEAR | Act.EDIT:
            return _type(visit, at, asked, event)
        case _:
            return stay(visit)


def _identify(visit: Visit, identity: Literal["nik", "kk", "none"]) -> Out:
    visit = replace(visit, draft=replace(visit.draft, identity=identity))
    names = flow.identity_fields(visit)
    return go(visit, flow.field_place(visit, names[0])) if names else stay(visit)


def _back(visit: Visit, at: places.Field, stop: flow.Stop) -> Out:
    draft = visit.draft
    if draft.returning:  # the change is dropped, what was accepted stays
        typed = {k: v for k, v in draft.typed.items() if k != at.name}
        if accepted := draft.answers.get(at.name, ""):
            typed[at.name] = _as_typed(flow.question(visit, at.name), accepted)
        visit = replace(visit, draft=replace(draft, typed=typed))
    elif draft.identity != "nik" and not draft.repair and at.name == flow.identity_fields(visit)[0]:
        return _identify(visit, "nik")
    return apply.back(visit, stop)


def _as_typed(asked: Question | None, value: str) -> Typed:
    """How an accepted answer would have been typed."""
    if value == DONT_KNOW:
        return Typed(text=value) if asked and asked.kind == "choice" else Typed()
    if asked and asked.kind == "date":
        year, month, day = value.split("-")
        return Typed(day=str(int(day)), month=str(int(month)), year=year)
    if asked and asked.kind == "time":
        return Typed(text=value.replace(":", ""))
    return Typed(text=value)


def _code(visit: Visit, at: places.Field, text: str) -> Out:
    """A code on the NIK page: sixteen digits are taken, anything else is told apart. The text itself goes nowhere."""
    found = forms.digits(text) if len(text) <= 40 else ""
    if len(found) == 16 and found.isascii() and found.isdecimal():
        return go(_typed(visit, at.name, Typed(text=found)), replace(at, error="", note="", asked=False, touched=True))
    if text.upper().startswith("PDT1-"):
        said = "Tiket tidak memuat NIK. Ketik angkanya."
    else:
        said = "QR ini tidak memuat NIK. Ketik angkanya."
    return go(visit, replace(at, error=said, note=""))


def _typed(visit: Visit, name: str, value: Typed) -> Visit:
    return replace(visit, draft=replace(visit.draft, typed={**visit.draft.typed, name: value}))


def _keep(visit: Visit, name: str, typed: Typed, value: str) -> Visit:
    draft = visit.draft
    answers = {k: v for k, v in draft.answers.items() if k != name}
    if value:
        answers[name] = value
    changed = draft.answers.get(name, "") != value
    return replace(
        visit,
        draft=replace(
            draft,
            typed={**draft.typed, name: typed},
            answers=answers,
            declared=draft.declared and not changed,
        ),
    )


def _type(visit: Visit, at: places.Field, asked: Question, event: Press) -> Out:
    typed = visit.draft.typed.get(at.name, blank(visit, asked))
    calm = replace(at, error="", note="", asked=False, touched=True)
    if asked.kind == "date":
        typed, part = _type_date(visit, at, typed, event)
        return go(_typed(visit, at.name, typed), replace(calm, part=part))
    if asked.kind == "choice":
        if event.act is Act.PICK and event.value in {o.value for o in options_of(asked)}:
            return go(_typed(visit, at.name, Typed(text=event.value)), calm)
        return stay(visit)
    text = typed.text
    if asked.kind in NUMBERS and not at.touched and text and text == visit.draft.answers.get(at.name):
        text = ""  # it was shown masked: nobody edits what they cannot see
    match event.act:
        case Act.TYPE if allowed(asked, event.value) and len(text) < LENGTH[asked.kind]:
            text += event.value.upper().replace("'", "’")
        case Act.ERASE:
            text = text[:-1]
        case Act.CLEAR:
            text = ""
        case _:
            return stay(visit)
    return go(_typed(visit, at.name, Typed(text=text)), calm)


_Part = Literal["day", "month", "year"]


def _type_date(visit: Visit, at: places.Field, typed: Typed, event: Press) -> tuple[Typed, _Part]:
    part: _Part = at.part or "day"
    value, act = event.value, event.act
    if act is Act.EDIT and value in ("day", "month", "year"):
        return typed, value
    if act is Act.PICK and value in {str(n) for n in range(1, 13)}:
        return replace(typed, month=value), "year"
    if act is Act.CLEAR:
        return Typed(), "day"
    if act is Act.ERASE:
        match part:
            case "year" if typed.year:
                return replace(typed, year=typed.year[:-1]), "year"
            case "year" | "month" if typed.month:
                return replace(typed, month=""), "month"
            case _:
                return replace(typed, day=typed.day[:-1]), "day"
    if act is not Act.TYPE or len(value) != 1 or value not in "0123456789":
        return typed, part
    match part:
        case "day":
            day = value if len(typed.day) >= 2 else typed.day + value
            full = len(day) == 2 or day in "456789"
            return replace(typed, day=day), "month" if full and not typed.month else "day"
        case "year":
            year = value if len(typed.year) >= 4 else typed.year + value
            return replace(typed, year=year), "year"
        case _:
            return typed, part


def _next(visit: Visit, at: places.Field, asked: Question) -> Out:
    stop = flow.Stop("field", at.name)
    typed = visit.draft.typed.get(at.name, blank(visit, asked))
    if not at.touched and visit.draft.answers.get(at.name) == DONT_KNOW:
        return apply.forward(visit, stop)
    match validate(visit, asked, typed):
        case Problem(sentence):
            return go(visit, replace(at, error=sentence, note="", asked=False))
        case Warn(_, sentence, True) if not at.asked:
            return go(visit, replace(at, error=sentence, note="", asked=True))
        case Ok(value) | Warn(value, _, _):
            return apply.forward(_keep(visit, at.name, typed, value), stop)
