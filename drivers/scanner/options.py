"""What a scanner offers, as `scanimage --all-options` prints it. Pure.

An option is one line, such as

    --source Flatbed|ADF|ADF Duplex [Flatbed]
    --resolution 50..1200dpi (in steps of 1) [300]
    -x 0..215.9mm [215.9]

the name, what it can be, the present value, and perhaps marks such as `[read-only]`; `[inactive]` stands in the value's
place. Lines that say something else are passed over, so that whatever comes is an answer: of nonsense, that there is
nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LONGEST = 1 << 18  # characters that are looked at
_LONGEST_LINE, _MOST_OPTIONS, _MOST_CHOICES = 4000, 400, 200
_LINE = re.compile(r" {1,8}(?:--([a-z][a-zA-Z0-9-]{0,60})|-([a-z]))(?: (.*))?")
_MARK = re.compile(r" \[(?:read-only|advanced|hardware|software|emulated)\]$")
_DECIMAL = r"(-?\d{1,9}(?:\.\d{1,12})?)"
_SPAN = re.compile(rf"{_DECIMAL}\.\.{_DECIMAL}([a-z%]{{0,3}})(?: \(in steps of {_DECIMAL}\))?")
_NUMBER = re.compile(rf"{_DECIMAL}(dpi|mm|pel|bit|us|%)?")


@dataclass(frozen=True)
class Span:
    """From `low` to `high` in steps (0: any), in the back-end's own `unit` (mm, dpi, pel …)."""

    low: float
    high: float
    step: float
    unit: str


@dataclass(frozen=True)
class Option:
    """One option: its choices or its span, and the value it has now ("" of one that is not active)."""

    name: str
    choices: tuple[str, ...] = ()
    span: Span | None = None
    present: str = ""
    active: bool = True

    @property
    def numbers(self) -> tuple[int, ...]:
        """The whole positive numbers among the choices, units left away."""
        found = [_NUMBER.fullmatch(choice) for choice in self.choices]
        return tuple(round(float(number[1])) for number in found if number is not None and float(number[1]) >= 1)


@dataclass(frozen=True)
class Options:
    """All options of a scanner by name; those of one letter (`x`, `y`, `l`, `t`) too."""

    by_name: dict[str, Option] = field(default_factory=dict[str, Option])

    def get(self, name: str) -> Option | None:
        """The option, when there is one and it may be set just now."""
        option = self.by_name.get(name)
        return option if option is not None and option.active else None


def parse(text: str) -> Options:
    """What `scanimage --all-options` printed. The first of several options with one name counts."""
    found: dict[str, Option] = {}
    for line in text[:LONGEST].splitlines():
        if len(found) >= _MOST_OPTIONS:
            break
        said = _LINE.fullmatch(line.rstrip()) if len(line) <= _LONGEST_LINE else None
        if said is None:
            continue
        name = said[1] or said[2]
        option = _option(name, said[3] or "")
        if option is not None:
            found.setdefault(name, option)
    return Options(found)


def _option(name: str, rest: str) -> Option | None:
    rest = " " + rest
    while mark := _MARK.search(rest):
        rest = rest[: mark.start()]
    if not rest.endswith("]"):
        return None
    split = rest.rfind(" [")
    if split < 0:
        return None
    # a value may have brackets of its own, as Brother's "Gray [Error Diffusion]": then it is one of the choices
    at = split
    while at >= 0:
        choices = tuple(rest[:at].strip().split("|"))
        if rest[at + 2 : -1] in choices:
            split = at
            break
        at = rest.rfind(" [", 0, at)
    can_be, present = rest[:split].strip(), rest[split + 2 : -1]
    active = present != "inactive"
    present = present if active else ""
    span = _SPAN.fullmatch(can_be.removeprefix("auto|"))
    if span is not None:
        low, high = float(span[1]), float(span[2])
        return Option(name, (), Span(low, high, float(span[4] or 0), span[3]) if high >= low else None, present, active)
    choices = tuple(choice for choice in can_be.split("|")[:_MOST_CHOICES] if choice)
    return Option(name, choices, None, present, active)
