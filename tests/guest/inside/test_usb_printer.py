"""The ticket printer on USB: on one side the kernel's usblp, on the other its printer gadget and behind it our twin."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from drivers.roles import CoverOpen, Missing, NoPaper, Ready, SlipOutcome
from drivers.ticket.device import ThermalPrinter, open
from drivers.ticket.wire import connect
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.slips import slip
from tests.drivers.until import until
from tests.guest.inside.gadget import Gadget
from tests.guest.inside.relay import Relay

NODE = Path("/dev/usb/lp0")
DEVICE_ID = "MFG:Desa;MDL:Thermal;CMD:ESC/POS;CLS:PRINTER;"  # IEEE 1284


def usb_is_spoken() -> bool:
    try:
        connect(f"usb://{NODE}").close()
    except OSError:
        return True
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Gadget, World]]:
    if not usb_is_spoken():
        pytest.skip("the ticket printer's driver has no usb:// address")
    with (
        start(tmp_path_factory.mktemp("ticket"), [Twin("ticket", "drivers.ticket.twin")]) as virtual,
        Gadget("printer.0", {"pnp_string": DEVICE_ID}, vendor=0x0416, product=0x5011, serial="TICKET1") as gadget,
    ):
        subprocess.run(["modprobe", "usblp"], check=True)
        until(Path("/dev/g_printer0").exists)
        until(NODE.exists, within=20)
        at = urlsplit(virtual.endpoints["ticket"])
        with Relay(Path("/dev/g_printer0"), at.hostname or "", at.port or 0):
            yield gadget, virtual.world
        gadget.pull()


@pytest.fixture
def printer(place: tuple[Gadget, World]) -> Iterator[ThermalPrinter]:
    device = open(f"usb://{NODE}")
    yield device
    device.close()


def test_a_slip_comes_out_whole_and_once(printer: ThermalPrinter, place: tuple[Gadget, World]) -> None:
    world = place[1]
    assert printer.status() == Ready()
    picture = slip(printer.dots)
    assert printer.print_slip(picture) is SlipOutcome.PRINTED
    assert len(world.outputs("ticket")) == 1
    burnt = Image.open(str(world.last("ticket")))
    assert burnt.crop((0, 0, *picture.size)).tobytes() == picture.tobytes()


def test_paper_and_cover_are_told(printer: ThermalPrinter, place: tuple[Gadget, World]) -> None:
    world = place[1]
    world.set("ticket", paper="out")
    assert printer.status() == NoPaper()
    assert printer.print_slip(slip(printer.dots, 80, 2)) is SlipOutcome.NO_PAPER
    world.set("ticket", paper="ok", cover="open")
    assert printer.status() == CoverOpen()
    world.set("ticket", cover="closed")
    assert printer.print_slip(slip(printer.dots, 80, 3)) is SlipOutcome.PRINTED


def test_pulled_out_it_is_missing_and_comes_back(printer: ThermalPrinter, place: tuple[Gadget, World]) -> None:
    gadget, _ = place
    gadget.pull()
    until(lambda: not NODE.exists())
    assert printer.status() == Missing()
    assert printer.print_slip(slip(printer.dots, 80, 4)) is SlipOutcome.MISSING
    gadget.plug()
    until(NODE.exists, within=20)
    until(lambda: printer.status() == Ready(), within=20)
    assert printer.print_slip(slip(printer.dots, 80, 5)) is SlipOutcome.PRINTED
