"""The order of an application's steps, worked out anew from the answers each time: going back and changing an answer
opens and closes exactly the questions and papers that depend on it, and no answer is ever lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from kiosk.catalog.model import Condition, Paper, Question, Service
from kiosk.journeys import places
from kiosk.journeys.visit import Draft, Visit

NIK = "nik_pemohon"
SUBJECT = "nik_subjek"
PHONE = "kontak_hp"
KK = "kk_pemohon"
NAME = "nama_pemohon"

_SUBJECTS = {"anak": "anak", "orang_tua": "orang tua", "pasangan": "suami atau istri", "orang_lain": "orang itu"}

BUILT_IN: dict[str, Question] = {
    NIK: Question(
        name=NIK,
        kind="nik",
        heading="Berapa NIK Anda?",
        short="NIK Anda",
        help="16 angka, tertulis di KTP atau kartu keluarga.",
    ),
    SUBJECT: Question(
        name=SUBJECT,
        kind="nik",
        heading="Berapa NIK orang itu?",
        short="NIK pemilik dokumen",
        help="16 angka, tertulis di KTP atau kartu keluarga.",
    ),
    PHONE: Question(
        name=PHONE,
        kind="phone",
        heading="Ke nomor HP mana kami memberi kabar?",
        short="Nomor HP",
        help="Hanya untuk mengabari. Boleh dilewati.",
        optional=True,
    ),
}


@dataclass(frozen=True)
class Stop:
    """One step: for_whom, package, detail, a field by name, a paper by slot, or check."""

    kind: Literal["for_whom", "package", "detail", "field", "paper", "check"]
    name: str = ""


CHECK = Stop("check")


def services(visit: Visit) -> tuple[Service, ...]:
    """The services that are asked for, in the package's order."""
    return tuple(s for name in visit.draft.services if (s := visit.service(name)))


def question(visit: Visit, name: str) -> Question | None:
    """A field's question, with the heading that fits this visit."""
    found = BUILT_IN.get(name) or visit.pack.questions.get(name)
    if found is None:
        return None
    draft = visit.draft
    if name == SUBJECT and draft.for_whom in _SUBJECTS and draft.for_whom != "orang_lain":
        return replace(found, heading=f"Berapa NIK {_SUBJECTS[draft.for_whom]} Anda?")
    for key in (draft.tile, draft.for_whom):
        if key in found.headings:
            return replace(found, heading=found.headings[key])
    return found


def holds(visit: Visit, when: Condition | None) -> bool:
    """Whether a condition holds with the answers so far."""
    if when is None:
        return True
    draft = visit.draft
    answer = draft.for_whom if when.question == "for_whom" else draft.answers.get(when.question, "")
    if when.years:
        try:
            then = date.fromisoformat(answer)
        except ValueError:
            return False
        today = visit.today
        return today.year - then.year - ((today.month, today.day) < (then.month, then.day)) >= when.years
    return answer in when.values


def papers(visit: Visit) -> tuple[Paper, ...]:
    """The papers of this application, each once; papers that an event makes needless are left out."""
    draft, pack = visit.draft, visit.pack
    if draft.repair:
        return tuple(pack.papers[name] for name in draft.repair if name in pack.papers)
    tile = visit.tile(draft.tile)
    without = {entry.service: entry.without for entry in tile.package} if tile else {}
    wanted = [slot for s in services(visit) for slot in s.papers if slot not in without.get(s.id, ())]
    slots = dict.fromkeys([*wanted, *pack.always_papers])
    return tuple(p for slot in slots if (p := pack.papers.get(slot)) and holds(visit, p.when))


def _asked(visit: Visit) -> Iterator[Question]:
    """The questions of all services, each once, whose condition holds."""
    identity = set(identity_fields(visit))
    names = dict.fromkeys([*(name for s in services(visit) for name in s.questions), *visit.pack.always])
    for name in names:
        found = question(visit, name)
        if found is not None and name not in identity and holds(visit, found.when):
            yield found


def identity_fields(visit: Visit) -> tuple[str, ...]:
    """Who is asking: a NIK, or the family card's number and a name, or names and a date of birth."""
    draft, pack = visit.draft, visit.pack
    if draft.identity == "nik":
        first: tuple[str, ...] = (NIK,)
    elif draft.identity == "kk":
        first = tuple(n for n in (KK, NAME) if n in pack.questions)
    else:
        first = pack.without_nik
    other = draft.for_whom not in ("", "saya") and any(s.subject_nik for s in services(visit))
    return (*first, SUBJECT) if other else first


def questions(visit: Visit) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Those asked before the papers, and those asked after because the paper that would answer them is not there."""
    slots = {paper.slot for paper in papers(visit)}
    before: list[Question] = []
    after: list[Question] = []
    for each in _asked(visit):
        if not each.paper or each.paper not in slots:
            before.append(each)
        elif (done := visit.draft.papers.get(each.paper)) and done.substitute:
            after.append(each)
    return tuple(before), tuple(after)


def stops(visit: Visit) -> tuple[Stop, ...]:
    """Every step of this application, in order."""
    draft = visit.draft
    if draft.repair:
        slots = {p.slot for p in papers(visit)}
        return (*(Stop("paper" if n in slots else "field", n) for n in draft.repair), CHECK)
    start = [Stop("for_whom")] if draft.ask_whom else []
    if len(draft.offered) > 1:
        start.append(Stop("package"))
    before, after = questions(visit)
    return (
        *start,
        Stop("detail"),
        *(Stop("field", n) for n in identity_fields(visit)),
        *(Stop("field", q.name) for q in before),
        *(Stop("paper", p.slot) for p in papers(visit)),
        *(Stop("field", q.name) for q in after),
        Stop("field", PHONE),
        CHECK,
    )


def fields(visit: Visit) -> tuple[Question, ...]:
    """Every field of this application as the person checks it: the questions first, who is asking last."""
    if visit.draft.repair:
        names: Iterable[str] = (s.name for s in stops(visit) if s.kind == "field")
    else:
        before, after = questions(visit)
        own = [q.name for q in (*before, *after) if q.name != KK]
        names = [*own, *identity_fields(visit), *([KK] if KK in {q.name for q in (*before, *after)} else []), PHONE]
    return tuple(q for name in dict.fromkeys(names) if (q := question(visit, name)))


def number(visit: Visit, name: str) -> tuple[int, int]:
    """The question's place among the questions, and how many there are; 0 of n for who is asking."""
    before, after = questions(visit)
    names = [q.name for q in (*before, *after) if q.name != KK]
    return (names.index(name) + 1 if name in names else 0), len(names)


def place(visit: Visit, stop: Stop) -> places.Place:
    """Where to stand for a step."""
    match stop.kind:
        case "for_whom" | "package" | "detail":
            return places.Step(stop.kind)
        case "field":
            return field_place(visit, stop.name)
        case "paper":
            done = visit.draft.papers.get(stop.name)
            if done and done.capture:
                return places.Reviewing(stop.name, done.capture, done.readable)
            return places.Shooting(stop.name)
        case "check":
            return places.Checking()


def field_place(visit: Visit, name: str) -> places.Field:
    """A field's page; a date opens on its first empty part."""
    asked = question(visit, name)
    if asked is None or asked.kind != "date":
        return places.Field(name)
    typed = visit.draft.typed.get(name)
    part: Literal["day", "month", "year"] = "day"
    if typed and typed.day:
        part = "month" if not typed.month else "year"
    return places.Field(name, part=part)


def after(visit: Visit, stop: Stop) -> tuple[Visit, Stop]:
    """The next step; straight back to 07 where it was opened from there."""
    if visit.draft.returning:
        return replace(visit, draft=replace(visit.draft, returning=False)), CHECK
    every = stops(visit)
    index = every.index(stop) if stop in every else -1
    return visit, every[min(index + 1, len(every) - 1)]


def before(visit: Visit, stop: Stop) -> Stop | None:
    """The step before, or None at the first."""
    every = stops(visit)
    index = every.index(stop) if stop in every else 0
    return every[index - 1] if index > 0 else None


def missing(visit: Visit) -> tuple[str, ...]:
    """What is not filled in yet, by the short names the person reads."""
    draft = visit.draft
    return (
        *(q.short for q in fields(visit) if not q.optional and not draft.answers.get(q.name)),
        *(p.title for p in papers(visit) if p.slot not in draft.papers and not p.optional),
    )


def empty(draft: Draft) -> bool:
    """Whether nothing of a person is in it."""
    return not (draft.answers or draft.typed or draft.papers)
