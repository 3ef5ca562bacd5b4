"""What is wrong with a pack that can be read: references into nowhere, empty texts, words that must not stand there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import cast

from kiosk.catalog.decode import Flaw
from kiosk.catalog.model import DONT_KNOW, Condition, EventTile, Pack, Paper, Question, Service

_ICON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_BRACES = re.compile(r"\{([^{}]*)\}")
_PAIR = re.compile(r"[^{}|]+\|[^{}|]+")
_PLACE = re.compile(r"\b(desa|kelurahan|lurah)\b", re.IGNORECASE)
_PRICE = re.compile(r"\bRp\s?(?!0\b)", re.IGNORECASE)
_FILLED = frozenset({"dokumen", "dinas"})
#: Official labels and names of institutions keep their words, whatever the site is.
_PROPER = frozenset({"label", "name"})


def lint(pack: Pack) -> tuple[Flaw, ...]:
    """Every flaw, in the order of the files."""
    return tuple(_flaws(pack))


def _flaws(pack: Pack) -> Iterator[Flaw]:
    yield from _pack(pack)
    for tile in (*pack.events, *pack.documents, *pack.more.values()):
        yield from _tile(pack, tile)
    for service in pack.services.values():
        yield from _service(pack, service)
    for question in pack.questions.values():
        yield from _question(pack, question)
    for paper in pack.papers.values():
        yield from _paper(pack, paper)
    for file, key, owner in _owners(pack):
        yield from _texts(file, key, owner)


def _owners(pack: Pack) -> Iterator[tuple[str, str, object]]:
    for tile in (*pack.events, *pack.documents, *pack.more.values()):
        yield "events.toml", tile.id, tile
    for service in pack.services.values():
        yield f"services/{service.id}.toml", "", service
    for question in pack.questions.values():
        yield "questions.toml", question.name, question
    for paper in pack.papers.values():
        yield "papers.toml", paper.slot, paper
    for item in pack.survey:
        yield "survey.toml", item.key, item
    for option in pack.for_whom:
        yield "pack.toml", f"for_whom.{option.value}", option
    for channel in (*pack.channels, pack.ask):
        yield "pack.toml", f"channels.{channel.name}", channel
    for name, text in pack.words.items():
        yield "pack.toml", f"words.{name}", text
    for heading, text in pack.notice:
        yield "pack.toml", f"notice.{heading}", text
    yield "pack.toml", "pledge", pack.pledge


def _pack(pack: Pack) -> Iterator[Flaw]:
    for name in (*pack.always, *pack.without_nik):
        if name not in pack.questions:
            yield Flaw("pack.toml", "always/without_nik", f"no question {name!r}")
    for slot in pack.always_papers:
        if slot not in pack.papers:
            yield Flaw("pack.toml", "always_papers", f"no paper {slot!r}")
    if [item.key for item in pack.survey] != [f"U{n}" for n in range(1, 10)]:
        yield Flaw("survey.toml", "survey", "U1 to U9 expected, each once and in order")
    if not re.fullmatch(r"\d{4}", pack.code):
        yield Flaw("pack.toml", "code", "four digits expected")
    for file, key, ids in (
        ("events.toml", "events", [t.id for t in pack.events]),
        ("events.toml", "documents", [t.id for t in pack.documents]),
        ("pack.toml", "for_whom", [o.value for o in pack.for_whom]),
    ):
        yield from _twice(file, key, ids)
    levels = [region.level for region in pack.regions]
    if pack.regions and levels.count("kabupaten") != 1:
        yield Flaw("regions.csv", "tingkat", "exactly one kabupaten expected")
    for region in pack.regions:
        fourth = region.code.split(".")[-1]
        if region.level in ("desa", "kelurahan") and fourth[0] != {"kelurahan": "1", "desa": "2"}[region.level]:
            yield Flaw("regions.csv", region.code, f"the code does not say {region.level}")


def _tile(pack: Pack, tile: EventTile) -> Iterator[Flaw]:
    ways = [bool(tile.package), bool(tile.service), bool(tile.choices), bool(tile.sentences)]
    if sum(ways) != 1:
        yield Flaw("events.toml", tile.id, "exactly one of package, service, choices, sentences expected")
    if tile.sentences and not tile.heading:
        yield Flaw("events.toml", f"{tile.id}.heading", "empty text")
    for name in (*(entry.service for entry in tile.package), *([tile.service] if tile.service else [])):
        if name not in pack.services:
            yield Flaw("events.toml", tile.id, f"no service {name!r}")
    for entry in tile.package:
        for slot in entry.without:
            if slot not in pack.papers:
                yield Flaw("events.toml", f"{tile.id}.{entry.service}.without", f"no paper {slot!r}")
    for name in tile.choices:
        if name not in pack.more:
            yield Flaw("events.toml", f"{tile.id}.choices", f"no tile {name!r}")
    if tile.for_whom and tile.for_whom not in {option.value for option in pack.for_whom}:
        yield Flaw("events.toml", f"{tile.id}.for_whom", f"no such person {tile.for_whom!r}")


def _service(pack: Pack, service: Service) -> Iterator[Flaw]:
    file = f"services/{service.id}.toml"
    if not _ID.fullmatch(service.id):
        yield Flaw(file, "id", f"{service.id!r} is not an id")
    for slot in service.papers:
        if slot not in pack.papers:
            yield Flaw(file, "papers", f"no paper {slot!r}")
    for name in service.questions:
        if name not in pack.questions:
            yield Flaw(file, "questions", f"no question {name!r}")
    yield from _twice(file, "papers", service.papers)
    yield from _twice(file, "questions", service.questions)
    if not service.printable and not service.pickup:
        yield Flaw(file, "pickup", "not printable here, and no place to fetch it")
    if service.sla_hours <= 0:
        yield Flaw(file, "sla_hours", "a time above 0 expected")
    if not service.legal_basis:
        yield Flaw(file, "legal_basis", "at least one legal basis expected")
    if service.deadline is not None:
        asked = pack.questions.get(service.deadline.question)
        if asked is None or asked.kind != "date":
            yield Flaw(file, "deadline.question", f"no date question {service.deadline.question!r}")


def _question(pack: Pack, question: Question) -> Iterator[Flaw]:
    file, key = "questions.toml", question.name
    if not _ID.fullmatch(question.name):
        yield Flaw(file, key, "not a field name")
    if question.source != "ask" and (not question.paper or question.paper not in pack.papers):
        yield Flaw(file, f"{key}.source", f"{question.source!r} is neither 'ask' nor 'paper:' and a slot")
    if question.kind == "choice":
        if len(question.options) < 2:
            yield Flaw(file, f"{key}.options", "a choice needs two options at least")
        yield from _twice(file, f"{key}.options", [option.value for option in question.options])
    elif question.options:
        yield Flaw(file, f"{key}.options", f"a {question.kind} has no options")
    yield from _condition(pack, file, key, question.when)


def _paper(pack: Pack, paper: Paper) -> Iterator[Flaw]:
    if not paper.no_paper:
        yield Flaw("papers.toml", f"{paper.slot}.no_paper", "say what happens without this paper")
    if not paper.substitutes:
        yield Flaw("papers.toml", f"{paper.slot}.substitutes", "a missing paper needs a way on")
    yield from _twice("papers.toml", f"{paper.slot}.substitutes", [s.id for s in paper.substitutes])
    yield from _condition(pack, "papers.toml", paper.slot, paper.when)


def _condition(pack: Pack, file: str, key: str, when: Condition | None) -> Iterator[Flaw]:
    if when is None:
        return
    if when.question == "for_whom":
        allowed = {option.value for option in pack.for_whom}
    elif when.question in pack.questions:
        asked = pack.questions[when.question]
        allowed = {option.value for option in asked.options} | ({DONT_KNOW} if asked.dont_know else set[str]())
        if when.years and asked.kind != "date":
            yield Flaw(file, f"{key}.when", f"{when.question!r} is no date")
    else:
        yield Flaw(file, f"{key}.when", f"no question {when.question!r}")
        return
    if not when.years and not when.values:
        yield Flaw(file, f"{key}.when", "no values")
    for value in when.values:
        if value not in allowed:
            yield Flaw(file, f"{key}.when", f"{when.question!r} has no answer {value!r}")


def _texts(file: str, key: str, owner: object) -> Iterator[Flaw]:
    """Empty texts where one is required, icons that are none, and words that must not be read."""
    if isinstance(owner, str):
        yield from _words(file, key, owner)
        return
    if not dataclasses.is_dataclass(owner) or isinstance(owner, type):
        return
    for field in dataclasses.fields(owner):
        value, where = getattr(owner, field.name), f"{key}.{field.name}" if key else field.name
        if field.name == "icon":
            if not _ICON.fullmatch(value):
                yield Flaw(file, where, f"{value!r} is not the name of an icon")
        elif isinstance(value, str):
            if not value.strip() and field.default is dataclasses.MISSING:
                yield Flaw(file, where, "empty text")
            if field.name not in _PROPER:
                yield from _words(file, where, value)
        elif isinstance(value, tuple):
            for n, item in enumerate(cast(tuple[object, ...], value)):
                for part in cast(tuple[object, ...], item) if isinstance(item, tuple) else (item,):
                    yield from _texts(file, f"{where}[{n}]", part)
        elif dataclasses.is_dataclass(value):
            yield from _texts(file, where, value)


def _words(file: str, key: str, text: str) -> Iterator[Flaw]:
    for inside in _BRACES.findall(text):
        if inside not in _FILLED and not _PAIR.fullmatch(inside):
            yield Flaw(file, key, f"unknown words in braces: {{{inside}}}")
    plain = _BRACES.sub("", text)
    if found := _PLACE.search(plain):
        yield Flaw(file, key, f"{found[0]!r} stands as it is; write {{desa|kelurahan}}")
    if "!" in plain:
        yield Flaw(file, key, "no exclamation marks")
    if _PRICE.search(plain):
        yield Flaw(file, key, "a price other than Rp0")


def _twice(file: str, key: str, names: Iterable[str]) -> Iterator[Flaw]:
    seen = set[str]()
    for name in names:
        if name in seen:
            yield Flaw(file, key, f"{name!r} stands twice")
        seen.add(name)
