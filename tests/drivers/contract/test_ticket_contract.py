"""What every TicketPrinter does: the virtual one, or on a bench the real one (`--real ticket=ADDRESS`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image

from drivers.roles import Missing, NearEnd, Ready, SlipOutcome, TicketPrinter
from drivers.ticket.device import ThermalPrinter, open
from drivers.ticket.heads import HEADS
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.slips import slip

Place = tuple[str, World | None]


@pytest.fixture(scope="module", params=["tcp", "serial", "usb", "384", "512", "360"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]
) -> Iterator[Place]:
    if "ticket" in real:
        if request.param != "tcp":
            pytest.skip("the real printer has one line and one head")
        yield real["ticket"], None
        return
    arguments = {"tcp": (), "serial": ("--serial",), "usb": ("--usb",)}.get(request.param, ("--dots", request.param))
    with start(tmp_path_factory.mktemp("ticket"), [Twin("ticket", "drivers.ticket.twin", arguments)]) as virtual:
        yield virtual.endpoints["ticket"], virtual.world


@pytest.fixture
def printer(place: Place) -> Iterator[ThermalPrinter]:
    device = open(place[0])
    yield device
    device.close()
    device.close()


def test_it_plays_the_role(printer: ThermalPrinter) -> None:
    assert isinstance(printer, TicketPrinter)
    assert printer.dots in HEADS


def test_it_says_that_it_is_ready(printer: ThermalPrinter) -> None:
    assert isinstance(printer.status(), Ready | NearEnd)


def test_a_slip_comes_out_whole_and_once(printer: ThermalPrinter, place: Place) -> None:
    world = place[1]
    before = len(world.outputs("ticket")) if world else 0
    picture = slip(printer.dots)
    assert printer.print_slip(picture) is SlipOutcome.PRINTED
    if world is not None:
        assert len(world.outputs("ticket")) == before + 1
        burnt = Image.open(str(world.last("ticket")))
        assert burnt.width == printer.dots
        assert burnt.crop((0, 0, *picture.size)).tobytes() == picture.tobytes()


def test_slips_follow_each_other(printer: ThermalPrinter) -> None:
    for seed in (2, 3):
        assert printer.print_slip(slip(printer.dots, 80, seed)) is SlipOutcome.PRINTED
    assert isinstance(printer.status(), Ready | NearEnd)


@pytest.mark.parametrize(
    ("mode", "wider", "height", "why"),
    [("1", 8, 10, "dots wide"), ("L", 0, 10, "1-bit"), ("1", 0, 0, "without"), ("1", 0, 30_000, "rows long")],
)
def test_what_is_no_slip_is_refused_before_anything_is_sent(
    printer: ThermalPrinter, place: Place, mode: str, wider: int, height: int, why: str
) -> None:
    before = len(place[1].outputs("ticket", ".bin")) if place[1] else 0
    with pytest.raises(ValueError, match=why):
        printer.print_slip(Image.new(mode, (printer.dots + wider, height)))
    if place[1] is not None:
        assert len(place[1].outputs("ticket", ".bin")) == before


def test_a_head_that_nobody_makes_is_no_address() -> None:
    with pytest.raises(ValueError, match="dots wide"):
        open("tcp://127.0.0.1:9?dots=500")


def test_nobody_there_is_missing() -> None:
    device = open("tcp://127.0.0.1:9")
    assert device.status() == Missing()
    assert device.print_slip(slip(576, 10)) is SlipOutcome.MISSING
