"""The words of the form: what a clerk reads beside each value. Names that the table does not know are spelled out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("words.json")


@dataclass(frozen=True)
class Words:
    """`fields` and `papers` by name; `options` by field and value; `groups` of fields in the order of the form."""

    fields: dict[str, str]
    papers: dict[str, str]
    options: dict[str, dict[str, str]]
    groups: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def words() -> Words:
    """The table, made from the service pack (see `central.data.take_words`)."""
    given: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    groups = tuple((title, tuple(prefixes)) for title, prefixes in given["groups"])
    return Words(given["fields"], given["papers"], given["options"], groups)


def field_label(name: str) -> str:
    """What the field is called."""
    return words().fields.get(name) or _spelled(name)


def paper_title(slot: str) -> str:
    """What the paper is called."""
    return words().papers.get(slot) or _spelled(slot)


def option_label(name: str, value: str) -> str:
    """The words of a coded answer, else the answer itself."""
    return words().options.get(name, {}).get(value, value)


def place_of(name: str) -> int:
    """Where the field stands in the form; unknown ones come last."""
    order = _order()
    return order.get(name, len(order))


@cache
def _order() -> dict[str, int]:
    return {name: i for i, name in enumerate(words().fields)}


def group_of(name: str) -> str:
    """Under which heading the field stands."""
    for title, prefixes in words().groups:
        if any(name == prefix or name.startswith(f"{prefix}_") for prefix in prefixes):
            return title
    return "Keterangan lain"


def _spelled(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()
