"""Reads a Varlink interface description as strictly as systemd's own tool does: no list of lists, no unknown type.

Grammar: https://varlink.org/Interface-Definition; what systemd leaves out of it: sd-varlink-idl of systemd 257.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r"\s*(->|\[\]|[A-Za-z][A-Za-z0-9_.]*|[?():,])")
_PLAIN: dict[str, tuple[type, ...]] = {
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "string": (str,),
    "object": (dict,),
}


@dataclass(frozen=True)
class Type:
    """`name` is a plain type or a named one."""

    name: str
    maybe: bool = False
    many: bool = False


Fields = dict[str, Type]


@dataclass
class Interface:
    """`methods`: what goes in, what comes out."""

    name: str
    types: dict[str, Fields] = field(default_factory=dict[str, Fields])
    errors: dict[str, Fields] = field(default_factory=dict[str, Fields])
    methods: dict[str, tuple[Fields, Fields]] = field(default_factory=dict[str, tuple[Fields, Fields]])

    def fits(self, value: Any, wanted: Type) -> bool:
        """Whether a value of an answer is of this type."""
        if value is None:
            return wanted.maybe
        if wanted.many:
            one = Type(wanted.name)
            return isinstance(value, list) and all(self.fits(each, one) for each in value)
        if wanted.name in _PLAIN:
            return type(value) in _PLAIN[wanted.name]
        return self.fit(value, self.types[wanted.name])

    def fit(self, values: Any, wanted: Fields) -> bool:
        """Whether an object has these fields and no others."""
        if not isinstance(values, dict) or values.keys() - wanted.keys():
            return False
        return all(self.fits(values.get(name), kind) for name, kind in wanted.items())


class _Reader:
    def __init__(self, text: str) -> None:
        text = re.sub(r"#[^\n]*", "", text)
        self.tokens: list[str] = []
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            assert found is not None, f"bad syntax: {text[at : at + 40]!r}"
            self.tokens.append(found[1])
            at = found.end()

    def take(self, *wanted: str) -> str:
        token = self.tokens.pop(0)
        assert not wanted or token in wanted, f"{token} where {' or '.join(wanted)} should be"
        return token

    def fields(self) -> Fields:
        found: Fields = {}
        self.take("(")
        while self.tokens[0] != ")":
            name = self.take()
            assert name not in found and re.fullmatch(r"[A-Za-z](_?[A-Za-z0-9])*", name), name
            self.take(":")
            found[name] = self.type()
            if self.tokens[0] != ")":
                self.take(",")
        self.take(")")
        return found

    def type(self) -> Type:
        maybe = many = False
        if self.tokens[0] == "?":
            maybe = bool(self.take())
        if self.tokens[0] == "[]":
            many = bool(self.take())
        name = self.take()
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name), f"no type: {name}"
        return Type(name, maybe, many)


def read(description: str) -> Interface:
    """The description, understood. AssertionError where it is not one."""
    reader = _Reader(description)
    reader.take("interface")
    interface = Interface(reader.take())
    while reader.tokens:
        kind, name = reader.take("type", "method", "error"), reader.take()
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", name), name
        assert name not in {**interface.types, **interface.methods, **interface.errors}, f"{name} is there twice"
        if kind == "method":
            going = reader.fields()
            reader.take("->")
            interface.methods[name] = going, reader.fields()
        else:
            (interface.types if kind == "type" else interface.errors)[name] = reader.fields()
    used = [*interface.types.values(), *interface.errors.values()]
    used += [each for both in interface.methods.values() for each in both]
    for fields in used:
        for kind in fields.values():
            assert kind.name in _PLAIN or kind.name in interface.types, f"{kind.name} is not described"
    return interface
