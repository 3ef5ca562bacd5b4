"""The ticket printer on USB: on one side the kernel's usblp, on the other its printer gadget and behind it our twin."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from drivers.roles import CoverOpen, Missing, NoPaper, Ready, SlipOutcome, Unknown
from drivers.ticket.device import ThermalPrinter, open
from drivers.ticket.raster import bands
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.slips import slip
from tests.drivers.until import until
from tests.guest.inside.gadget import Gadget
from tests.guest.inside.relay import NO_PAPER, WELL, Relay

NODE, FAR = Path("/dev/usb/lp0"), Path("/dev/g_printer0")
DEVICE_ID = "MFG:Desa;MDL:Thermal;CMD:ESC/POS;CLS:PRINTER;"  # IEEE 1284
# one request of 8 kB at a time: what the printer has not fetched stays with the kiosk
SETTINGS = {"pnp_string": DEVICE_ID, "q_len": "1"}

CUT = list(bands(slip(576, 8), 576))[-1]


class Place:
    """The printer, its cable, and the world that its twin lives in."""

    def __init__(self, world: World, host: str, port: int) -> None:
        self.world, self.relay = world, Relay(FAR, host, port)
        self.gadget = Gadget(
            "printer.0", SETTINGS, vendor=0x0416, product=0x5011, serial="TICKET1", let_go=self.relay.end
        )

    def plugged(self) -> None:
        """The cable is in: wait for both nodes, and let the printer hear."""
        until(NODE.exists, within=20)
        until(FAR.exists)
        self.relay.begin()

    def papers(self) -> int:
        """All that came out, cut or torn off."""
        return len(self.world.outputs("ticket"))

    def slips(self) -> int:
        """Slips that came to the cut; what somebody tears off before is none."""
        return sum(each.read_bytes().endswith(CUT) for each in self.world.outputs("ticket", ".bin"))


@pytest.fixture(scope="module")
def _place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    subprocess.run(["modprobe", "usblp"], check=True)
    with start(tmp_path_factory.mktemp("ticket"), [Twin("ticket", "drivers.ticket.twin")]) as virtual:
        at = urlsplit(virtual.endpoints["ticket"])
        place = Place(virtual.world, at.hostname or "", at.port or 0)
        with place.gadget:
            place.plugged()
            yield place


@pytest.fixture
def place(_place: Place) -> Iterator[Place]:
    _place.relay.heard.clear()
    yield _place
    _place.relay.most = None
    _place.world.set("ticket", paper="ok", cover="closed", mute="no")


@pytest.fixture
def printer(place: Place) -> Iterator[ThermalPrinter]:
    device = open(f"usb://{NODE}")
    until(lambda: device.status() == Ready(), within=20)
    yield device
    device.close()


def test_a_slip_comes_out_once_and_its_bytes_are_those_that_were_made(printer: ThermalPrinter, place: Place) -> None:
    before = place.slips()
    picture = slip(printer.dots)
    assert printer.print_slip(picture) is SlipOutcome.PRINTED
    assert place.slips() == before + 1
    burnt = Image.open(str(place.world.last("ticket")))
    assert burnt.crop((0, 0, *picture.size)).tobytes() == picture.tobytes()
    assert bytes(place.relay.heard).count(b"".join(bands(picture, printer.dots))) == 1


def test_paper_and_cover_are_told(printer: ThermalPrinter, place: Place) -> None:
    place.world.set("ticket", paper="out")
    assert printer.status() == NoPaper()
    assert printer.print_slip(slip(printer.dots, 80, 2)) is SlipOutcome.NO_PAPER
    place.world.set("ticket", paper="ok", cover="open")
    assert printer.status() == CoverOpen()
    place.world.set("ticket", cover="closed")
    assert printer.print_slip(slip(printer.dots, 80, 3)) is SlipOutcome.PRINTED


def test_of_one_that_answers_nothing_the_port_status_tells_the_end_of_paper(
    printer: ThermalPrinter, place: Place
) -> None:
    place.world.set("ticket", mute="yes")
    assert isinstance(printer.status(), Unknown)
    place.relay.tell_port(WELL | NO_PAPER)
    assert printer.status() == NoPaper()
    place.relay.tell_port(WELL)
    assert isinstance(printer.status(), Unknown)


def test_pulled_out_in_the_middle_of_a_slip_it_is_not_called_printed_and_nothing_comes_twice(
    printer: ThermalPrinter, place: Place
) -> None:
    before, papers = place.slips(), place.papers()
    place.relay.most = len(place.relay.heard) + 20_000
    picture = slip(printer.dots, seed=4)
    with ThreadPoolExecutor(1) as kiosk:
        printing = kiosk.submit(printer.print_slip, picture)
        until(lambda: len(place.relay.heard) == place.relay.most, within=30)
        place.gadget.pull()
        assert printing.result(30) is SlipOutcome.UNKNOWN
    until(lambda: not NODE.exists())
    assert printer.status() == Missing()
    assert printer.print_slip(slip(printer.dots, 80, 5)) is SlipOutcome.MISSING
    # the printer has noticed, and somebody tore the half slip off
    until(lambda: place.papers() == papers + 1)
    place.relay.most = None
    place.relay.heard.clear()
    place.gadget.plug(port=1)
    place.plugged()
    until(lambda: printer.status() == Ready(), within=20)
    assert place.slips() == before
    after = slip(printer.dots, 80, 6)
    assert printer.print_slip(after) is SlipOutcome.PRINTED
    assert place.slips() == before + 1
    # nothing of the half slip, which the kernel held, has come after all
    assert not any(band in place.relay.heard for band in list(bands(picture, printer.dots))[1:-2])
    assert bytes(place.relay.heard).count(b"".join(bands(after, printer.dots))) == 1


def test_one_that_stops_fetching_is_given_up_and_what_it_had_not_fetched_never_comes(
    printer: ThermalPrinter, place: Place
) -> None:
    before = place.slips()
    place.relay.most = 20_000
    sent = list(bands(slip(printer.dots, seed=7), printer.dots))
    began = time.monotonic()
    assert printer.print_slip(slip(printer.dots, seed=7)) is SlipOutcome.UNKNOWN
    assert time.monotonic() - began < 60  # three times the driver's ten seconds
    place.relay.most = None
    until(lambda: printer.status() == Ready(), within=20)
    after = slip(printer.dots, 80, 8)
    assert printer.print_slip(after) is SlipOutcome.PRINTED
    assert place.slips() == before + 1
    # at most the request that was on the bus when it stopped came later
    assert [place.relay.heard.count(band) for band in sent[7:-2]] == [0] * len(sent[7:-2])
    assert place.relay.heard.count(b"".join(bands(after, printer.dots))) == 1
