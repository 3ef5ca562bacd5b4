"""Printers that speak IPP over USB: `ipp-usb` serves them on loopback, and they tell by themselves who they are.

Unlike the rest of discovery this asks: one short question to each port that `ipp-usb` gives (drivers.page.found.PORTS).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from drivers.discovery.catalog import Catalog
from drivers.discovery.find import Found, discover
from drivers.discovery.models import Role
from drivers.page.found import ONE, PORTS, UUID, uuid_of
from drivers.page.ipp import Attribute, Group, NoAnswer, Op, Tag, Wire, words

PATH = "/ipp/print"
#: The queue that provisioning makes for a printer which takes no PDF (drivers.page.queue).
QUEUE = "prodesaku"
_ASKED = (UUID, "printer-make-and-model", "document-format-supported")
_WORD = re.compile(r"[a-z]*\d[a-z0-9]*")


@dataclass(frozen=True)
class Served:
    """A printer that answers on loopback: what it calls its model, and the address to write into a configuration."""

    name: str
    address: str


def look(known: Catalog | None = None) -> tuple[Found, ...]:
    """What is plugged in, as discover() says, with the addresses of printers that speak IPP over USB.

    Asks nobody unless such a printer is plugged in; takes up to ONE seconds for each port that says nothing.
    """
    found = discover(known=known)
    return addressed(found, served()) if any(_wanting(each) for each in found) else found


def served(ports: Sequence[int] = PORTS) -> list[Served]:
    """The printers that answer at these ports of loopback."""
    return [there for port in ports if (there := _at(port)) is not None]


def addressed(found: Sequence[Found], there: Sequence[Served]) -> tuple[Found, ...]:
    """The devices with their addresses, as far as it is plain which is which: by the model's number, or the only one.

    Two of the same model stay without: only their own panels could tell them apart.
    """
    waiting = [each for each in found if _wanting(each)]
    pairs: dict[str, Served] = {}
    for device in waiting:
        fitting = [one for one in there if _model(device.name) & _model(one.name)]
        rivals = [other for other in waiting if _model(device.name) & _model(other.name)]
        if len(fitting) == len(rivals) == 1:
            pairs[device.port] = fitting[0]
    rest = [one for one in there if one not in pairs.values()]
    unpaired = [device for device in waiting if device.port not in pairs]
    if len(rest) == len(unpaired) == 1:
        pairs[unpaired[0].port] = rest[0]
    return tuple(
        replace(each, address=pairs[each.port].address, name=pairs[each.port].name or each.name)
        if _wanting(each) and each.port in pairs
        else each
        for each in found
    )


def _wanting(device: Found) -> bool:
    return device.role is Role.PAGE and not device.address


def _model(name: str) -> set[str]:
    """The words with figures in them, such as l3250: makers spell the rest of a name in many ways."""
    return set(_WORD.findall(name.lower()))


def _at(port: int) -> Served | None:
    wire = Wire(f"ipp://127.0.0.1:{port}{PATH}")
    try:
        answer = wire.ask(
            Op.GET_PRINTER_ATTRIBUTES,
            [Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", _ASKED)],
            timeout=ONE,
        )
    except NoAnswer:
        return None
    told = answer.one(Group.PRINTER)
    if not answer.ok or not told:
        return None
    # with its uuid it is found again at another port, and no other is taken for it
    query = [f"uuid={quote(uuid)}"] if (uuid := uuid_of(told)) else []
    if "application/pdf" not in words(told, "document-format-supported"):
        query.append(f"queue={QUEUE}")
    name = "".join(letter for letter in next(iter(words(told, "printer-make-and-model")), "") if letter.isprintable())
    return Served(name[:40], wire.uri + (f"?{'&'.join(query)}" if query else ""))
