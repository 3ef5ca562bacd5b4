"""What may be typed into a field, what it comes to, and how an answer is read."""

from __future__ import annotations

from kiosk import forms
from kiosk.catalog.model import DONT_KNOW, Option, Question
from kiosk.forms import Ok, Result
from kiosk.journeys import flow
from kiosk.journeys.visit import Typed, Visit

LENGTH = {"nik": 16, "kk": 16, "phone": 13, "number": 3, "time": 4, "name": 60, "text": 120}


_NAME_SIGNS = " ’-"


_TEXT_SIGNS = " ’-.,/()"


NUMBERS = ("nik", "kk", "phone")


NUMBER_PADS = ("nik", "kk", "phone", "number", "time")


def allowed(asked: Question, value: str) -> bool:
    if len(value) != 1 or (not value.isascii() and value != "’"):
        return False
    if asked.kind in NUMBER_PADS:
        return value.isdecimal()
    value = value.replace("'", "’")
    if asked.kind == "name":
        return value.isalpha() or value in _NAME_SIGNS
    return value.isalnum() or value in _TEXT_SIGNS


def blank(visit: Visit, asked: Question) -> Typed:
    return Typed(year=str(visit.today.year)) if asked.kind == "date" and asked.this_year else Typed()


def validate(visit: Visit, asked: Question, typed: Typed) -> Result:
    """What the field's rule says of what stands there."""
    draft = visit.draft
    known = visit.pack.districts
    match asked.kind:
        case "nik":
            card = draft.answers.get(flow.KK, "")
            adult = asked.name == flow.NIK
            return forms.nik(typed.text, today=visit.today, adult=adult, kk=card, known=known)
        case "kk":
            return forms.kk(typed.text, nik=draft.answers.get(flow.NIK, ""))
        case "phone":
            return Ok("") if asked.optional and not typed.text else forms.phone(typed.text)
        case "date":
            return forms.day_of(
                typed.day, typed.month, typed.year, today=visit.today, past=asked.past and visit.clock_known
            )
        case "time":
            return forms.time_of(typed.text)
        case "number":
            return forms.number(typed.text, minimum=asked.minimum, maximum=asked.maximum)
        case "name":
            return forms.name(typed.text, words=asked.words)
        case "choice":
            return forms.choice(typed.text, {o.value for o in options_of(asked)})
        case "text":
            return forms.text(typed.text)


def options_of(asked: Question) -> tuple[Option, ...]:
    if asked.kind == "choice" and asked.dont_know:
        return (*asked.options, Option(DONT_KNOW, asked.dont_know, "help-circle", "Petugas akan membantu"))
    return asked.options


def per_page(visit: Visit) -> int:
    return {"normal": 6, "large": 4, "largest": 3}[visit.settings.text_size]


def row_pages(visit: Visit, asked: Question) -> int:
    return max(1, -(-len(options_of(asked)) // per_page(visit)))


def say(visit: Visit, asked: Question, value: str) -> str:
    """An accepted answer as the person reads it."""
    if value == DONT_KNOW:
        return asked.dont_know or "Saya tidak tahu"
    match asked.kind:
        case "nik" | "kk":
            return forms.mask_nik(value)
        case "phone":
            return forms.mask_phone(value)
        case "date":
            return forms.say_date(value)
        case "time":
            return forms.say_time(value)
        case "choice":
            return next((visit.words(o.label) for o in asked.options if o.value == value), value)
        case "number":
            return f"{value} {asked.unit}".strip()
        case _:
            return value
