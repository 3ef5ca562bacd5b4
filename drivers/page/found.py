"""Finds a printer that answers elsewhere than before, by what it calls itself: printer-uuid (PWG 5100.13).

ipp-usb gives every printer a port of its own on loopback, from 60000 on (ipp-usb(8), http-min-port), and a printer may
come back at another one: a second printer was plugged in first, or the file was lost in which ipp-usb keeps the port.
Names that are announced (DNS-SD) are not asked: two of the same kind rename one another.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from drivers.page.ipp import Attribute, Group, NoAnswer, Op, Tag, Value, Wire, words

#: More printers than a hall has. A port where nobody listens costs no time.
PORTS = tuple(range(60000, 60016))
#: Seconds for one port, and for all together.
ONE, ALL = 0.5, 2.0

UUID = "printer-uuid"


def plain(uuid: str) -> str:
    """The same however it was written: capitals and `urn:uuid:` make no difference (RFC 4122, 3)."""
    return uuid.lower().removeprefix("urn:uuid:")


def uuid_of(printer: dict[str, list[Value]]) -> str:
    """What it calls itself, or "" where it does not say."""
    return plain(next(iter(words(printer, UUID)), ""))


def seek(
    uuid: str, before: Wire, ports: Sequence[int] = PORTS, clock: Callable[[], float] = time.monotonic
) -> Wire | None:
    """The way to the printer that calls itself `uuid`, on the same host at one of these ports, or None."""
    deadline = clock() + ALL
    asked = Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", UUID)
    for port in ports:
        if clock() > deadline:
            break
        wire = Wire(f"ipp://{before.host}:{port}{before.path}")
        try:
            answer = wire.ask(Op.GET_PRINTER_ATTRIBUTES, [asked], timeout=ONE)
        except NoAnswer:
            continue
        if answer.ok and uuid_of(answer.one(Group.PRINTER)) == uuid:
            return wire
    return None
