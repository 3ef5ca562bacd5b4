"""What a rule says of a value that was typed or chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ok:
    """The value in its one stored form."""

    value: str


@dataclass(frozen=True)
class Warn:
    """The value may be kept; `sentence` tells what to look at once more. Unusual is not wrong.

    `ask` is true where the person should look before going on: the second Lanjut is taken as yes.
    """

    value: str
    sentence: str
    ask: bool = False


@dataclass(frozen=True)
class Problem:
    """The value cannot be kept; `sentence` tells what happened and how to mend it."""

    sentence: str


Result = Ok | Warn | Problem
