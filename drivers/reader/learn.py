"""Prefix, suffix and end of a reader, learnt by letting it scan a code whose content is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drivers.reader.frames import Framing

#: Bytes that readers put at the very end: carriage return, line feed, tab, ETX, EOT, NUL.
_ENDS = b"\r\n\t\x03\x04\x00"


@dataclass(frozen=True)
class NotLearnt:
    """Nothing can be said: "no_read", "not_found" (another code, or a changed one), "no_end", "unsteady"."""

    why: str


def learn(known: bytes, reads: Sequence[bytes]) -> Framing | NotLearnt:
    """What stands around `known` in each of `reads`, the raw bytes of one scan each, all of the same code.

    Two scans or more are better than one: only then a counter or a time in the prefix shows. Raises ValueError for an
    empty `known`.
    """
    if not known:
        raise ValueError("an empty code teaches nothing")
    if not reads:
        return NotLearnt("no_read")
    around: set[tuple[bytes, bytes]] = set()
    for read in reads:
        before, found, after = read.partition(known)
        if not found or known in after:
            return NotLearnt("not_found")
        around.add((before, after))
    if len(around) > 1:
        return NotLearnt("unsteady")
    before, after = around.pop()
    suffix = after.rstrip(_ENDS)
    end = after[len(suffix) :]
    if not end:
        return NotLearnt("no_end")
    return Framing(before, suffix, end)
