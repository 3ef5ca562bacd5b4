"""A record as rows to read and to copy: one value, one row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from central.data import words
from kiosk.formats.manifest import Record

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ROLES = {"reporter": "Pelapor", "family": "Anggota keluarga", "proxy": "Kuasa (F-1.07)"}
_CONTACT = {"nickname": "Panggilan", "hamlet": "Dusun/lingkungan", "phone": "Telepon", "through": "Lewat"}


@dataclass(frozen=True)
class Field:
    """`shown` is for the eye (grouped digits, day-month-year), `copied` is what SIAK wants to be given."""

    name: str
    label: str
    shown: str
    copied: str
    digits: bool = False


@dataclass(frozen=True)
class Group:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]


def groups(record: Record) -> tuple[Group, ...]:
    """The whole record in the order of the form; contact and collectors last."""
    found: dict[str, list[Field]] = {}
    for name, value in sorted(record.answers.items(), key=lambda item: words.place_of(item[0])):
        for part in _fields(name, value):
            found.setdefault(words.group_of(name), []).append(part)
    order = [title for title, _ in words.words().groups]
    titles = sorted(found, key=lambda title: order.index(title) if title in order else len(order))
    answers = [Group(title, tuple(found[title])) for title in titles]
    return (*answers, *_people(record))


def answer_names(record: Record) -> list[tuple[str, str]]:
    """Name and label of each answer, for choosing what has to be corrected."""
    return [(name, words.field_label(name)) for name in sorted(record.answers, key=words.place_of)]


def _people(record: Record) -> list[Group]:
    collectors = tuple(
        Field(f"pengambil_{i}", _ROLES.get(who.role, who.role), f"{who.name} {_grouped(who.nik)}".strip(), who.nik)
        for i, who in enumerate(record.collectors)
    )
    contact = tuple(
        Field(f"kontak_{name}", _CONTACT.get(name, words.field_label(name)), value, value)
        for name, value in record.contact.items()
        if value
    )
    return [
        Group(title, fields) for title, fields in (("Yang boleh mengambil", collectors), ("Kontak", contact)) if fields
    ]


def _fields(name: str, value: Any, label: str = "") -> list[Field]:
    label = label or words.field_label(name)
    if isinstance(value, dict):
        entries = cast(dict[str, Any], value)
        return [
            part
            for key, item in entries.items()
            for part in _fields(f"{name}_{key}", item, f"{label}: {words.field_label(str(key))}")
        ]
    items = list(cast(list[Any], value)) if isinstance(value, (list, tuple)) else []
    if any(isinstance(item, (dict, list)) for item in items):
        return [part for i, item in enumerate(items) for part in _fields(f"{name}_{i}", item, f"{label} {i + 1}")]
    if isinstance(value, (list, tuple)):
        value = ", ".join(words.option_label(name, str(item)) for item in items)
    if isinstance(value, bool):
        value = "Ya" if value else "Tidak"
    text = "" if value is None else words.option_label(name, str(value))
    day = _DAY.fullmatch(text)
    if day:
        text = f"{day[3]}-{day[2]}-{day[1]}"
    digits = text.isascii() and text.isdigit() and len(text) == 16
    return [Field(name, label, (_grouped(text) if digits else text) or "–", text, digits)]


def _grouped(digits: str) -> str:
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
