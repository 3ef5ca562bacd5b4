"""Reading foreign maps: each helper gives a value of the demanded kind or raises :class:`WrongError` for the parser.

Messages name the field only, never its value: values may be personal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

HEX256 = re.compile(r"[0-9a-f]{64}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DOCUMENT = re.compile(r"[A-Za-z0-9._-]{1,80}")
SERVICE = re.compile(r"[a-z0-9_]{1,40}")
NUMBER = re.compile(r"[A-Z]{3,4}[0-9A-HJKMNP-TV-Z]{6}")
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class WrongError(ValueError):
    """A field is missing, superfluous or of the wrong kind."""


@dataclass(frozen=True)
class Malformed:
    """The bytes are not what the format says. `why` names the field or the encoding's fault, never a value."""

    why: str


def is_map(value: object) -> TypeGuard[dict[Any, Any]]:
    """Whether `value` is a map."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Whether `value` is a list."""
    return isinstance(value, (list, tuple))


def closed(value: object, required: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, Any]:
    """`value` as a map with all of `required`, some of `optional` and nothing else."""
    if not is_map(value):
        raise WrongError("not a map")
    must, may = set(required), set(optional)
    keys = set(value)
    if not must <= keys:
        raise WrongError(f"{min(must - keys)} is missing")
    if not keys <= must | may:
        raise WrongError("an unknown field")
    return value


def text(data: Mapping[str, Any], key: str, pattern: re.Pattern[str] | None = None, limit: int = 500) -> str:
    """A text of at most `limit` characters, wholly matching `pattern` where one is given."""
    value = data.get(key)
    if not isinstance(value, str) or len(value) > limit or (pattern is not None and not pattern.fullmatch(value)):
        raise WrongError(key)
    return value


def whole(data: Mapping[str, Any], key: str, low: int = 0, high: int = 2**53) -> int:
    """An integer from `low` to `high`."""
    value = data.get(key)
    if type(value) is not int or not low <= value <= high:
        raise WrongError(key)
    return value


def octets(data: Mapping[str, Any], key: str, limit: int) -> bytes:
    """A byte string of at most `limit` bytes."""
    value = data.get(key)
    if not isinstance(value, bytes) or len(value) > limit:
        raise WrongError(key)
    return value


def items(data: Mapping[str, Any], key: str, limit: int) -> list[Any]:
    """A list of at most `limit` items."""
    value = data.get(key)
    if not is_list(value) or len(value) > limit:
        raise WrongError(key)
    return list(value)


def mapping(data: Mapping[str, Any], key: str, limit: int = 500) -> dict[str, Any]:
    """A map with text keys and at most `limit` entries."""
    value = data.get(key)
    if not is_map(value) or len(value) > limit or not all(isinstance(name, str) for name in value):
        raise WrongError(key)
    return dict(value)
