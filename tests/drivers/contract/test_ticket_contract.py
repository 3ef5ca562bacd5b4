"""What every TicketPrinter does: the virtual ones, or on a bench the real one (`--real ticket=ADDRESS`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PIL import Image

from drivers.roles import Missing, NearEnd, Ready, SlipOutcome, Status, TicketPrinter, Unknown
from drivers.ticket import driver
from drivers.ticket.device import ThermalPrinter, open
from drivers.ticket.heads import HEADS
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.slips import slip
from tests.drivers.ticket.printserver import print_server
from tests.drivers.until import until


@dataclass(frozen=True)
class Place:
    """A printer, and what can be known of it: of one that says less, less."""

    address: str
    world: World | None = None
    well: tuple[type[Status], ...] = (Ready, NearEnd)
    printed: tuple[SlipOutcome, ...] = (SlipOutcome.PRINTED,)


#: The twin's arguments; what its world is.
_TWINS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "tcp": ((), {}),
    "serial": (("--serial",), {}),
    "usb": (("--usb",), {}),
    **{dots: (("--dots", dots), dict[str, str]()) for dots in ("384", "512", "360")},
    "cups": ((), {}),
    "mute": ((), {"mute": "yes"}),  # answers nothing
    "asb": ((), {"realtime": "off", "asb": "on"}),  # speaks unasked, and answers nothing
}


@pytest.fixture(scope="module", params=_TWINS)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]
) -> Iterator[Place]:
    if "ticket" in real:
        if request.param != "tcp":
            pytest.skip("the real printer has one line and one head")
        if real["ticket"].startswith("cups:"):  # of what hangs on it nothing is known here
            yield Place(real["ticket"], None, (*Place.well, Unknown), (SlipOutcome.UNKNOWN,))
        else:
            yield Place(real["ticket"])
        return
    arguments, state = _TWINS[request.param]
    directory = tmp_path_factory.mktemp("ticket")
    World(directory).set("ticket", **state)  # as it is when it is switched on
    with start(directory, [Twin("ticket", "drivers.ticket.twin", arguments)]) as virtual:
        address, world = virtual.endpoints["ticket"], virtual.world
        if request.param == "cups":
            with print_server() as server:
                queue = server.queue(address.replace("tcp:", "socket:").partition("?")[0])
                yield Place(queue, world, (Unknown,), (SlipOutcome.UNKNOWN,))
        elif request.param == "mute":
            yield Place(f"{address}&model=pos-80-mute", world, (Unknown,), (SlipOutcome.UNKNOWN,))
        elif request.param == "asb":
            yield Place(address, world, Place.well, (SlipOutcome.UNKNOWN,))
        else:
            yield Place(address, world)


@pytest.fixture
def printer(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThermalPrinter]:
    if place.world is not None:
        monkeypatch.setattr(driver, "MUTE_WITHIN", 3.0)  # the virtual head needs less than one second
    device = open(place.address)
    yield device
    device.close()
    device.close()


def test_it_plays_the_role(printer: ThermalPrinter) -> None:
    assert isinstance(printer, TicketPrinter)
    assert printer.dots in HEADS


def test_it_says_that_it_is_ready(printer: ThermalPrinter, place: Place) -> None:
    assert isinstance(printer.status(), place.well)


def test_a_slip_comes_out_whole_and_once(printer: ThermalPrinter, place: Place) -> None:
    world = place.world
    before = len(world.outputs("ticket")) if world else 0
    picture = slip(printer.dots)
    assert printer.print_slip(picture) in place.printed
    if world is not None:
        until(lambda: len(world.outputs("ticket")) > before)  # "unknown" may come before the slip
        assert len(world.outputs("ticket")) == before + 1
        burnt = Image.open(str(world.last("ticket")))
        assert burnt.width == printer.dots
        assert burnt.crop((0, 0, *picture.size)).tobytes() == picture.tobytes()


def test_slips_follow_each_other(printer: ThermalPrinter, place: Place) -> None:
    before = len(place.world.outputs("ticket")) if place.world else 0
    for seed in (2, 3):
        assert printer.print_slip(slip(printer.dots, 80, seed)) in place.printed
    assert isinstance(printer.status(), place.well)
    if (world := place.world) is not None:
        until(lambda: len(world.outputs("ticket")) > before + 1)
        for seed, path in zip((2, 3), world.outputs("ticket")[before:], strict=True):
            burnt = Image.open(path).crop((0, 0, printer.dots, 80))
            assert burnt.tobytes() == slip(printer.dots, 80, seed).tobytes()


@pytest.mark.parametrize(
    ("mode", "wider", "height", "why"),
    [("1", 8, 10, "dots wide"), ("L", 0, 10, "1-bit"), ("1", 0, 0, "without"), ("1", 0, 30_000, "rows long")],
)
def test_what_is_no_slip_is_refused_before_anything_is_sent(
    printer: ThermalPrinter, place: Place, mode: str, wider: int, height: int, why: str
) -> None:
    before = len(place.world.outputs("ticket", ".bin")) if place.world else 0
    with pytest.raises(ValueError, match=why):
        printer.print_slip(Image.new(mode, (printer.dots + wider, height)))
    if place.world is not None:
        assert len(place.world.outputs("ticket", ".bin")) == before


def test_a_head_that_nobody_makes_is_no_address() -> None:
    with pytest.raises(ValueError, match="dots wide"):
        open("tcp://127.0.0.1:9?dots=500")


def test_nobody_there_is_missing() -> None:
    device = open("tcp://127.0.0.1:9")
    assert device.status() == Missing()
    assert device.print_slip(slip(576, 10)) is SlipOutcome.MISSING
