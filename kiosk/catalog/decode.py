"""From what a TOML file holds to frozen dataclasses, strictly: an unknown or missing key, a wrong type is a flaw."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a pack, where: file, key within it, and words for the person who writes packs."""

    file: str
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.what}"


Report = Callable[[str, str], None]  # key, what


class _WrongError(ValueError):
    """The value was reported; nothing can be built from it."""


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def decode(cls: type[T], data: object, key: str, report: Report) -> T | None:
    """`data` as a `cls`, or None after every flaw in it was reported."""
    try:
        return typing.cast(T, _value(cls, data, key, report))
    except _WrongError:
        return None


def _value(kind: Any, data: object, key: str, report: Report) -> object:
    origin = typing.get_origin(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, data, key, report)
    if origin is tuple:
        return _tuple(typing.get_args(kind), data, key, report)
    if origin is dict:
        table = _expect(dict, data, key, report)
        inner = typing.get_args(kind)[1]
        return {str(name): _value(inner, value, f"{key}.{name}", report) for name, value in table.items()}
    if origin is Literal:
        if data not in typing.get_args(kind):
            raise _wrong(report, key, f"{data!r} is none of {', '.join(map(str, typing.get_args(kind)))}")
        return data
    if origin in (types.UnionType, typing.Union):  # X | None: TOML has no null, so a value is always an X
        return _value(next(a for a in typing.get_args(kind) if a is not type(None)), data, key, report)
    return _expect(kind, data, key, report)


def _record(cls: type, data: object, key: str, report: Report) -> object:
    table = _expect(dict, data, key, report)
    hints, values, whole = _hints(cls), dict[str, object](), True
    fields = {f.name: f for f in dataclasses.fields(cls)}
    for name in table.keys() - fields.keys():
        report(_join(key, str(name)), "unknown key")
        whole = False
    for name, field in fields.items():
        if name in table:
            try:
                values[name] = _value(hints[name], table[name], _join(key, name), report)
            except _WrongError:
                whole = False
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            report(_join(key, name), "missing")
            whole = False
    if not whole:
        raise _WrongError
    return cls(**values)


def _tuple(inner: tuple[Any, ...], data: object, key: str, report: Report) -> tuple[object, ...]:
    items = _expect(list, data, key, report)
    if len(inner) == 2 and inner[1] is Ellipsis:
        kinds: tuple[Any, ...] = (inner[0],) * len(items)
    else:
        kinds = inner
        if len(items) != len(kinds):
            raise _wrong(report, key, f"{len(kinds)} entries expected, {len(items)} found")
    return tuple(
        _value(kind, item, f"{key}[{n}]", report) for n, (kind, item) in enumerate(zip(kinds, items, strict=True))
    )


def _expect(kind: Any, data: object, key: str, report: Report) -> Any:
    fits = isinstance(data, kind) and not (kind is int and isinstance(data, bool))
    if kind is date and isinstance(data, datetime):
        fits = False
    if not fits:
        raise _wrong(report, key, f"{kind.__name__} expected, {type(data).__name__} found")
    return data


def _wrong(report: Report, key: str, what: str) -> _WrongError:
    report(key, what)
    return _WrongError()


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
