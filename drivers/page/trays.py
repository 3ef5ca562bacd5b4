"""Which tray the paper comes from, and what is left in the cartridges: a printer's own lists, read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drivers.page.ipp import Attribute, Group, Members, Tag, Value, number, words

#: A4 in hundredths of a millimetre (PWG 5100.7 media-size), and how far a tray's own figure may lie from it.
A4_SIZE, NEARLY = (21000, 29700), 100
AUTO = "auto"


def tray_of(printer: dict[str, list[Value]]) -> str:
    """The media-source that A4 lies in, as the printer says (media-col-ready); "auto" where it says nothing of it."""
    for ready in printer.get("media-col-ready", []):
        if not isinstance(ready, Members):
            continue
        source = words(ready, "media-source")
        sizes = [size for size in ready.get("media-size", []) if isinstance(size, Members)]
        if source and any(_is_a4(size) for size in sizes):
            return source[0]
    return AUTO


def _is_a4(size: Members) -> bool:
    sides = (number(size, "x-dimension"), number(size, "y-dimension"))
    return all(abs(side - wanted) <= NEARLY for side, wanted in zip(sides, A4_SIZE, strict=True))


def media_of(printer: dict[str, list[Value]], name: str) -> Attribute:
    """The job's paper: media-col with size and tray where the printer knows that, else the size's `name` alone.

    A job must not have both (PWG 5100.3 §3.13).
    """
    if not {"media-size", "media-source"} <= set(words(printer, "media-col-supported")):
        return Attribute(Group.JOB, Tag.KEYWORD, "media", name)
    width, height = A4_SIZE
    size = (
        Attribute(Group.JOB, Tag.INTEGER, "x-dimension", width),
        Attribute(Group.JOB, Tag.INTEGER, "y-dimension", height),
    )
    members = (
        Attribute(Group.JOB, Tag.COLLECTION, "media-size", size),
        Attribute(Group.JOB, Tag.KEYWORD, "media-source", tray_of(printer)),
    )
    return Attribute(Group.JOB, Tag.COLLECTION, "media-col", members)


@dataclass(frozen=True)
class Supply:
    """One cartridge. `percent` 0 to 100, None where the printer does not know; `colour` "#RRGGBB" or its own word."""

    name: str
    colour: str
    percent: int | None
    low: bool


def supplies_of(printer: dict[str, list[Value]]) -> tuple[Supply, ...]:
    """The cartridges (CUPS' and PWG's marker-names, -colors, -levels, -low-levels), in the printer's order.

    A negative level means "unknown" or "some, nobody knows how much". A list shorter than the names is no list.
    """
    names = words(printer, "marker-names")
    colours = words(printer, "marker-colors")
    levels, lows = _numbers(printer, "marker-levels", len(names)), _numbers(printer, "marker-low-levels", len(names))
    return tuple(
        Supply(
            re.sub(r"\s+", " ", name)[:80],
            colours[index][:40] if len(colours) == len(names) else "",
            levels[index],
            (level := levels[index]) is not None and level <= (lows[index] or 0),
        )
        for index, name in enumerate(names)
    )


def _numbers(printer: dict[str, list[Value]], name: str, count: int) -> list[int | None]:
    found = printer.get(name, [])
    if len(found) != count:
        return [None] * count
    return [value if isinstance(value, int) and 0 <= value <= 100 else None for value in found]
