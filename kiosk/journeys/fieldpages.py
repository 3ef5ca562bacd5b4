"""How a field looks: 04, 05, 05b as pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kiosk import forms
from kiosk.catalog.model import Question
from kiosk.forms import Ok, Warn
from kiosk.journeys import apply, flow, pages, places
from kiosk.journeys.answers import (
    LENGTH,
    NUMBERS,
    blank,
    options_of,
    per_page,
    row_pages,
    say,
    validate,
)
from kiosk.journeys.visit import Draft, Typed, Visit


def page(visit: Visit, at: places.Field) -> pages.Page:
    asked = flow.question(visit, at.name)
    if asked is None:
        return pages.Sorry("Ada yang keliru", ("Kembali ke beranda dan mulai lagi.",))
    typed = visit.draft.typed.get(at.name, blank(visit, asked))
    if asked.kind in NUMBERS:
        return _number_page(visit, at, asked, typed)
    return _question_page(visit, at, asked, typed)


def _number_page(visit: Visit, at: places.Field, asked: Question, typed: Typed) -> pages.Page:
    draft = visit.draft
    accepted = draft.answers.get(at.name, "")
    covered = bool(accepted) and accepted == typed.text and not at.touched
    kind: Literal["nik", "kk", "phone"] = "kk" if asked.kind == "kk" else "phone" if asked.kind == "phone" else "nik"
    length = LENGTH[asked.kind]
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
    options = options_of(asked)
    each, every = per_page(visit), row_pages(visit, asked)
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
