"""Read a pack from its folder, or say everything that is wrong with it.

pack.toml       the regency: names, pledge, channels, notice, wording
events.toml     [[events]], [[documents]] and the tiles behind them, [[more]]
questions.toml  [[questions]]; `codes = "agama"` takes the options from codes.toml
codes.toml      the code lists of the official forms
papers.toml     [[papers]]
survey.toml     [[survey]], [[about]]
services/*.toml one service each
regions.csv     kode,nama,tingkat
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, cast

from kiosk.catalog.decode import Flaw, decode
from kiosk.catalog.lint import lint
from kiosk.catalog.model import EventTile, Pack, PackHead, Paper, Question, Region, Service, SurveyGroup, SurveyItem

T = TypeVar("T")
_ELSEWHERE = frozenset({"events", "documents", "more", "services", "questions", "papers", "survey", "about", "regions"})


@dataclass(frozen=True)
class Refused:
    """A pack that cannot be used, with every reason found."""

    flaws: tuple[Flaw, ...]


def bundled(name: str = "pinrang") -> Path:
    """The folder of a pack that comes with the product."""
    return Path(__file__).parent / "packs" / name


def load(directory: Path) -> Pack | Refused:
    """The pack in `directory`. Never raises for what a file holds."""
    return _Loader(directory).load()


class _Loader:
    """One reading of one folder; collects flaws on the way."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.flaws: list[Flaw] = []

    def load(self) -> Pack | Refused:
        events, questions = self.read("events.toml"), self.with_codes()
        papers, survey, pack = self.read("papers.toml"), self.read("survey.toml"), self.read("pack.toml")
        for file, table, allowed in (
            ("events.toml", events, {"events", "documents", "more"}),
            ("papers.toml", papers, {"papers"}),
            ("survey.toml", survey, {"survey", "about"}),
        ):
            self.flaws += [Flaw(file, name, "unknown key") for name in sorted(table.keys() - allowed)]
        parts: dict[str, object] = {
            "events": self.many(EventTile, events, "events.toml", "events"),
            "documents": self.many(EventTile, events, "events.toml", "documents"),
            "more": self.by_id(self.many(EventTile, events, "events.toml", "more"), "events.toml", "id"),
            "questions": self.by_id(
                self.many(Question, questions, "questions.toml", "questions"), "questions.toml", "name"
            ),
            "papers": self.by_id(self.many(Paper, papers, "papers.toml", "papers"), "papers.toml", "slot"),
            "survey": self.many(SurveyItem, survey, "survey.toml", "survey"),
            "about": self.many(SurveyGroup, survey, "survey.toml", "about"),
            "services": self.services(),
            "regions": self.regions(),
        }
        self.flaws += [Flaw("pack.toml", name, "unknown key") for name in sorted(pack.keys() & _ELSEWHERE)]
        head = decode(PackHead, pack, "", lambda key, what: self.flaws.append(Flaw("pack.toml", key, what)))
        if self.flaws or head is None:
            return Refused(tuple(self.flaws))
        result = Pack(**{f.name: getattr(head, f.name) for f in fields(PackHead)}, **cast(Any, parts))
        found = lint(result)
        return Refused(found) if found else result

    def read(self, name: str) -> dict[str, Any]:
        try:
            return tomllib.loads((self.directory / name).read_text("utf-8"))
        except FileNotFoundError:
            self.flaws.append(Flaw(name, "", "file missing"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            self.flaws.append(Flaw(name, "", f"cannot be read: {error}"))
        return {}

    def with_codes(self) -> dict[str, Any]:
        """questions.toml with `codes` replaced by the list's options."""
        questions, codes = self.read("questions.toml"), self.read("codes.toml")
        entries = questions.get("questions", [])
        listed = cast(list[object], entries) if isinstance(entries, list) else []
        for n, entry in enumerate(listed):
            if isinstance(entry, dict) and "codes" in entry:
                table = cast(dict[str, Any], entry)
                name = table.pop("codes")
                if not isinstance(name, str) or name not in codes:
                    self.flaws.append(
                        Flaw("questions.toml", f"questions[{n}].codes", f"no list {name!r} in codes.toml")
                    )
                elif "options" in table:
                    self.flaws.append(Flaw("questions.toml", f"questions[{n}]", "either codes or options"))
                else:
                    table["options"] = codes[name]
        self.flaws += [Flaw("questions.toml", k, "unknown key") for k in sorted(questions.keys() - {"questions"})]
        return questions

    def many(self, cls: type[T], table: dict[str, Any], file: str, key: str) -> tuple[T, ...]:
        entries = table.get(key, [])
        if not isinstance(entries, list):
            self.flaws.append(Flaw(file, key, "a list of tables expected"))
            return ()
        made = (
            decode(cls, entry, f"{key}[{n}]", lambda where, what: self.flaws.append(Flaw(file, where, what)))
            for n, entry in enumerate(cast(list[object], entries))
        )
        return tuple(one for one in made if one is not None)

    def by_id(self, entries: tuple[T, ...], file: str, attribute: str) -> dict[str, T]:
        result: dict[str, T] = {}
        for entry in entries:
            name = str(getattr(entry, attribute))
            if name in result:
                self.flaws.append(Flaw(file, name, "stands twice"))
            result[name] = entry
        return result

    def services(self) -> dict[str, Service]:
        found: list[Service] = []
        for path in sorted((self.directory / "services").glob("*.toml")):
            file = f"services/{path.name}"
            table = self.read(file)
            service = decode(Service, table, "", lambda key, what, file=file: self.flaws.append(Flaw(file, key, what)))
            if service is not None and service.id != path.stem:
                self.flaws.append(Flaw(file, "id", f"{service.id!r} in a file of another name"))
            if service is not None:
                found.append(service)
        if not found:
            self.flaws.append(Flaw("services", "", "no service"))
        return {service.id: service for service in found}

    def regions(self) -> tuple[Region, ...]:
        try:
            with (self.directory / "regions.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            self.flaws.append(Flaw("regions.csv", "", f"cannot be read: {error}"))
            return ()
        made = (
            decode(
                Region,
                {"code": row.get("kode"), "name": row.get("nama"), "level": row.get("tingkat")},
                f"line {n}",
                lambda key, what: self.flaws.append(Flaw("regions.csv", key, what)),
            )
            for n, row in enumerate(rows, start=2)
        )
        return tuple(one for one in made if one is not None)
