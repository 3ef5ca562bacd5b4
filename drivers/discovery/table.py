"""The table of models as docs/devices.md shows it."""

from __future__ import annotations

from collections.abc import Iterable

from drivers.discovery.models import MODELS, Model, Wire

BEGIN, END = "<!-- models: begin -->", "<!-- models: end -->"
_TYPES = "`evdev://…`, with its identity"
_WIRES = {Wire.LP: "USB printer", Wire.TTY: "serial port", Wire.KEYS: "keyboard"}


def table(models: Iterable[Model] = MODELS) -> str:
    """The table in Markdown."""
    lines = ["| role | model | USB number | seen as | address | confirmed |", "|---|---|---|---|---|---|"]
    for each in models:
        address = _TYPES if each.address is None else f"`{each.address}`"
        sure = f"yes: {each.source}" if each.confirmed else f"no: {each.source}"
        ids = f"`{each.vendor}:{each.product}`"
        lines.append(f"| {each.role} | {each.name} | {ids} | {_WIRES[each.wire]} | {address} | {sure} |")
    return "\n".join(lines) + "\n"


def between(document: str) -> str:
    """What stands between the markers of a document. ValueError where they are not."""
    _, begin, rest = document.partition(BEGIN + "\n")
    found, end, _ = rest.partition(END)
    if not begin or not end:
        raise ValueError("no markers of a table of models")
    return found
