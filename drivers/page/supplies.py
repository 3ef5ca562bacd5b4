"""Toner, ink and drums as printers tell of them: marker-* (CUPS, most printers), or printer-supply (PWG 5100.13)."""

from __future__ import annotations

from drivers.page.ipp import Value, words
from drivers.roles import Supply

WORDS = ("marker-names", "marker-colors", "marker-levels", "printer-supply", "printer-supply-description")


def supplies_of(printer: dict[str, list[Value]]) -> tuple[Supply, ...]:
    """Each supply once, in the printer's order; empty where it tells of none."""
    names = words(printer, "marker-names")
    if names:
        return tuple(
            Supply(name, _at(printer, "marker-colors", index), _percent(_level(printer, index)))
            for index, name in enumerate(names)
        )
    found: list[Supply] = []
    for index, given in enumerate(printer.get("printer-supply", [])):
        if not isinstance(given, bytes):
            continue
        facts = dict(part.split("=", 1) for part in given.decode(errors="replace").split(";") if "=" in part)
        name = _at(printer, "printer-supply-description", index) or facts.get("type", "")
        colour = facts.get("colorantname", "")
        level, full = _whole(facts.get("level")), _whole(facts.get("maxcapacity"))
        counted = facts.get("unit") != "percent" and full > 0  # else a level of 100 is all of it
        percent = _percent(level * 100 // full if counted and level >= 0 else level)
        found.append(Supply(name, "" if colour in ("unknown", "none") else colour, percent))
    return tuple(found)


def _at(printer: dict[str, list[Value]], name: str, index: int) -> str:
    return dict(enumerate(words(printer, name))).get(index, "")


def _level(printer: dict[str, list[Value]], index: int) -> int:
    level = dict(enumerate(printer.get("marker-levels", []))).get(index)
    return level if isinstance(level, int) else -1


def _whole(text: str | None) -> int:
    try:
        return int(text or "-1")
    except ValueError:
        return -1


def _percent(level: int) -> int | None:
    """Negative says that the printer does not know, or only that there is some (RFC 3805, prtMarkerSuppliesLevel)."""
    return level if 0 <= level <= 100 else None
