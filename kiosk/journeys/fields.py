"""04, 05, 05b: one field a page. Typing, choosing, looking once more, ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kiosk import forms
from kiosk.catalog.model import DONT_KNOW, Option, Question
from kiosk.forms import Ok, Problem, Result, Warn
from kiosk.journeys import apply, flow, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.events import CodeRead, Event, Press
from kiosk.journeys.visit import Draft, Out, Typed, Visit, go, stay

_LENGTH = {"nik": 16, "kk": 16, "phone": 13, "number": 3, "time": 4, "name": 60, "text": 120}
_NAME_SIGNS = " ’-"
_TEXT_SIGNS = " ’-.,/()"
_NUMBERS = ("nik", "kk", "phone")
NUMBER_PADS = ("nik", "kk", "phone", "number", "time")


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
            return go(visit, replace(at, rows=min(_row_pages(visit, asked), at.rows + 1)))
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
    typed = visit.draft.typed.get(at.name, _blank(visit, asked))
    calm = replace(at, error="", note="", asked=False, touched=True)
    if asked.kind == "date":
        typed, part = _type_date(visit, at, typed, event)
        return go(_typed(visit, at.name, typed), replace(calm, part=part))
    if asked.kind == "choice":
        if event.act is Act.PICK and event.value in {o.value for o in _options(asked)}:
            return go(_typed(visit, at.name, Typed(text=event.value)), calm)
        return stay(visit)
    text = typed.text
    if asked.kind in _NUMBERS and not at.touched and text and text == visit.draft.answers.get(at.name):
        text = ""  # it was shown masked: nobody edits what they cannot see
    match event.act:
        case Act.TYPE if _allowed(asked, event.value) and len(text) < _LENGTH[asked.kind]:
            text += event.value.upper().replace("'", "’")
        case Act.ERASE:
            text = text[:-1]
        case Act.CLEAR:
            text = ""
        case _:
            return stay(visit)
    return go(_typed(visit, at.name, Typed(text=text)), calm)


def _allowed(asked: Question, value: str) -> bool:
    if len(value) != 1 or (not value.isascii() and value != "’"):
        return False
    if asked.kind in NUMBER_PADS:
        return value.isdecimal()
    value = value.replace("'", "’")
    if asked.kind == "name":
        return value.isalpha() or value in _NAME_SIGNS
    return value.isalnum() or value in _TEXT_SIGNS


def _blank(visit: Visit, asked: Question) -> Typed:
    return Typed(year=str(visit.today.year)) if asked.kind == "date" and asked.this_year else Typed()


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
            return forms.choice(typed.text, {o.value for o in _options(asked)})
        case "text":
            return forms.text(typed.text)


def _next(visit: Visit, at: places.Field, asked: Question) -> Out:
    stop = flow.Stop("field", at.name)
    typed = visit.draft.typed.get(at.name, _blank(visit, asked))
    if not at.touched and visit.draft.answers.get(at.name) == DONT_KNOW:
        return apply.forward(visit, stop)
    match validate(visit, asked, typed):
        case Problem(sentence):
            return go(visit, replace(at, error=sentence, note="", asked=False))
        case Warn(_, sentence, True) if not at.asked:
            return go(visit, replace(at, error=sentence, note="", asked=True))
        case Ok(value) | Warn(value, _, _):
            return apply.forward(_keep(visit, at.name, typed, value), stop)


def _options(asked: Question) -> tuple[Option, ...]:
    if asked.kind == "choice" and asked.dont_know:
        return (*asked.options, Option(DONT_KNOW, asked.dont_know, "help-circle", "Petugas akan membantu"))
    return asked.options


def _per_page(visit: Visit) -> int:
    return {"normal": 6, "large": 4, "largest": 3}[visit.settings.text_size]


def _row_pages(visit: Visit, asked: Question) -> int:
    return max(1, -(-len(_options(asked)) // _per_page(visit)))


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


def page(visit: Visit, at: places.Field) -> pages.Page:
    asked = flow.question(visit, at.name)
    if asked is None:
        return pages.Sorry("Ada yang keliru", ("Kembali ke beranda dan mulai lagi.",))
    typed = visit.draft.typed.get(at.name, _blank(visit, asked))
    if asked.kind in _NUMBERS:
        return _number_page(visit, at, asked, typed)
    return _question_page(visit, at, asked, typed)


def _number_page(visit: Visit, at: places.Field, asked: Question, typed: Typed) -> pages.Page:
    draft = visit.draft
    accepted = draft.answers.get(at.name, "")
    covered = bool(accepted) and accepted == typed.text and not at.touched
    kind: Literal["nik", "kk", "phone"] = "kk" if asked.kind == "kk" else "phone" if asked.kind == "phone" else "nik"
    length = _LENGTH[asked.kind]
    note = at.note
    if not note and not at.error and not covered and asked.kind == "nik" and len(typed.text) == length:
        found = validate(visit, asked, typed)
        note = found.sentence if isinstance(found, Warn) and not found.ask else ""
    return pages.EnterNumber(
        eyebrow=_number_eyebrow(visit, at),
        kind=kind,
        heading=visit.words(asked.heading),
        help=visit.words(asked.help),
        digits="" if covered else typed.text,
        length=length,
        error=at.error,
        note=note,
        masked=say(visit, asked, accepted) if covered else "",
        ways=_ways(draft, at.name, asked, flow.identity_fields(visit)),
        steps=pages.Steps(_step(visit, at.name)),
        can_go_on=covered or (len(typed.text) >= 10 if kind == "phone" else len(typed.text) == length),
    )


def _number_eyebrow(visit: Visit, at: places.Field) -> pages.Eyebrow:
    if at.name in (flow.NIK, flow.KK):
        return pages.Eyebrow("id", "Data pemohon")
    if at.name == flow.SUBJECT:
        return pages.Eyebrow("id", "Pemilik dokumen")
    if at.name == flow.PHONE:
        return pages.Eyebrow("message-2", "Kabar untuk Anda")
    return apply.eyebrow(visit, _progress(visit, at.name))


def _ways(
    draft: Draft, name: str, asked: Question, identity: tuple[str, ...]
) -> tuple[Literal["use_nik", "use_kk", "scan_code", "dont_know", "skip"], ...]:
    if name == flow.NIK:
        return ("use_kk", "scan_code", "dont_know")
    if name == flow.KK and name in identity:
        return ("use_nik",)
    if asked.optional:
        return ("skip",)
    return ("dont_know",) if asked.dont_know else ()


def _step(visit: Visit, name: str) -> int:
    if name == flow.PHONE:
        return 4
    return 1 if name in flow.identity_fields(visit) or name == flow.KK else 2


def _progress(visit: Visit, name: str) -> str:
    index, total = flow.number(visit, name)
    return f"Pertanyaan {index} dari {total}" if index else ""


def _question_page(visit: Visit, at: places.Field, asked: Question, typed: Typed) -> pages.Page:
    options = _options(asked)
    each, every = _per_page(visit), _row_pages(visit, asked)
    row = min(at.rows, every)
    shown = options[(row - 1) * each : row * each]
    own = at.name in flow.identity_fields(visit)
    check = ""
    if asked.kind == "date":
        day = validate(visit, replace(asked, past=False), typed)
        check = f"{forms.say_weekday(day.value)}, {forms.say_date(day.value)}" if isinstance(day, Ok) else ""
    kind: Literal["choice", "text", "number", "date", "time"] = "text"
    match asked.kind:
        case "choice" | "number" | "date" | "time":
            kind = asked.kind
        case _:
            pass
    return pages.Question(
        eyebrow=pages.Eyebrow("id", "Data pemohon") if own else apply.eyebrow(visit, _progress(visit, at.name)),
        name=at.name,
        kind=kind,
        heading=visit.words(asked.heading),
        help=visit.words(asked.help),
        options=tuple(pages.Tile(o.value, o.icon, visit.words(o.label), visit.words(o.help)) for o in shown),
        chosen=typed.text if asked.kind == "choice" else "",
        text="" if asked.kind in ("choice", "date") else typed.text,
        unit=asked.unit,
        day=typed.day,
        month=typed.month,
        year=typed.year,
        part=(at.part or "day") if asked.kind == "date" else "",
        check=check,
        error=at.error,
        keyboard="letters_digits" if asked.kind == "text" else "letters",
        dont_know=visit.words(asked.dont_know) if asked.kind != "choice" else "",
        rows_page=row,
        rows_pages=every,
        steps=pages.Steps(_step(visit, at.name)),
    )
