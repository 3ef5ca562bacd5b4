"""Slips that a visit prints are drawn for the head that the device service tells, whichever it is."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from drivers.ticket.heads import HEADS
from kiosk.app.belongings import Belongings
from kiosk.app.centre import Centre
from kiosk.app.desk import Desk, HeldTicket
from kiosk.app.reissue import Reissued, reissue
from kiosk.app.submitting import Submitting
from kiosk.app.trusted import Trusted
from kiosk.catalog import bundled, load
from kiosk.catalog.model import Pack
from kiosk.catalog.site import Site
from kiosk.devices.client import Devices, DevicesAway, Head
from kiosk.journeys.effects import PrintRequirements, PrintTicket
from kiosk.journeys.events import TicketPrinted
from kiosk.tickets.key import new_key
from kiosk.tickets.number import TicketNumber, parse
from kiosk.tickets.payload import make_payload
from kiosk.vision import read_codes
from tests.store.world import World

SITE = Site("desa", "Kaballangang", "Duampanua", "Pinrang", "73.15.06.2006", "KBL")
every_head = pytest.mark.parametrize("head", [Head(head.dots, head.dpi) for head in HEADS.values()], ids=str)


class Service:
    """Stands for the device service; keeps the slips."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.slips: list[np.ndarray[Any, Any]] = []
        self.away = False

    async def ticket_head(self) -> Head:
        if self.away:
            raise DevicesAway("gone")
        return self.head

    async def print_slip(self, png: bytes) -> str:
        picture = Image.open(BytesIO(png))
        assert picture.mode == "1"
        self.slips.append(np.asarray(picture.convert("L")))
        return "printed"


class Visit:
    """A shell over a real store with one application, whose ticket is in memory."""

    def __init__(self, folder: Path, head: Head) -> None:
        self.service, self.events = Service(head), list[Any]()
        world = World(folder)
        self.store = world.open()
        packet = world.packet()
        self.store.submit(packet)
        number = parse(packet.number)
        assert isinstance(number, TicketNumber)
        self.number = str(number)
        self.payload = make_payload("7315", number, new_key())
        pack = load(bundled())
        assert isinstance(pack, Pack)
        self.pack, self.centre = pack, Centre(folder / "nobody.sock")
        self.devices = cast(Devices, self.service)
        desk = Desk(ticket=HeldTicket(packet.application, self.number, self.payload, ("akta_lahir",), 0.0, True, 2))
        self.shell = Submitting(
            Belongings(
                SITE,
                pack,
                self.store,
                self.devices,
                self.centre,
                Trusted(folder / "identity"),
                desk,
                self.events.append,
                world.clock,
            )
        )


@every_head
def test_the_ticket_and_the_list_of_requirements(tmp_path: Path, head: Head) -> None:
    visit = Visit(tmp_path, head)
    asyncio.run(visit.shell.print_ticket(PrintTicket("slip")))
    asyncio.run(visit.shell.print_requirements(PrintRequirements(("akta_lahir", "kk_ubah"))))
    assert visit.events == [TicketPrinted("printed", "slip")] * 2
    assert [slip.shape[1] for slip in visit.service.slips] == [head.dots] * 2
    assert [code.text for code in read_codes(visit.service.slips[0])] == [visit.payload]


@every_head
def test_a_ticket_that_is_given_anew(tmp_path: Path, head: Head) -> None:
    visit = Visit(tmp_path, head)
    work = reissue(visit.number, SITE, visit.pack, visit.store, visit.devices, visit.centre, lambda: True)
    assert asyncio.run(work) == Reissued(visit.number)
    (slip,) = visit.service.slips
    assert slip.shape[1] == head.dots
    (code,) = read_codes(slip)
    assert code.text.startswith("PDT1-7315-") and code.text != visit.payload


def test_without_the_service_nothing_is_drawn(tmp_path: Path) -> None:
    visit = Visit(tmp_path, Head(512, 180))
    visit.service.away = True
    asyncio.run(visit.shell.print_ticket(PrintTicket("slip")))
    assert visit.events == [TicketPrinted("missing", "slip")]
    assert visit.service.slips == []
