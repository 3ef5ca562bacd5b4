"""Paper, cover and cable of the ticket printer, before a slip and in the middle of one."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PIL import Image

from drivers.roles import CoverOpen, Missing, NearEnd, NoPaper, Ready, SlipOutcome, Unknown
from drivers.ticket.device import ThermalPrinter, open
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.slips import slip
from tests.drivers.until import until

LONG = 2400  # rows, two seconds of burning


@pytest.fixture(params=["tcp", "serial", "usb"])
def virtual(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    arguments = () if request.param == "tcp" else (f"--{request.param}",)
    with start(tmp_path_factory.mktemp("t"), [Twin("ticket", "drivers.ticket.twin", arguments)]) as running:
        yield running


@pytest.fixture
def printer(virtual: Virtual) -> ThermalPrinter:
    return open(virtual.endpoints["ticket"])


class Printing:
    """A slip being printed in a thread of its own."""

    def __init__(self, printer: ThermalPrinter, what: Image.Image | int = LONG) -> None:
        self.outcome: SlipOutcome | None = None
        picture = slip(576, what) if isinstance(what, int) else what
        self._thread = threading.Thread(target=self._run, args=(printer, picture))
        self._thread.start()

    def _run(self, printer: ThermalPrinter, picture: Image.Image) -> None:
        self.outcome = printer.print_slip(picture)

    def result(self) -> SlipOutcome | None:
        self._thread.join(30)
        return self.outcome


def in_the_middle(virtual: Virtual, printer: ThermalPrinter, key: str, value: str) -> tuple[SlipOutcome | None, int]:
    """Change the world when some rows are burnt; the outcome and the rows that came out."""
    printing = Printing(printer)
    rows = virtual.directory / "ticket" / "rows.txt"
    until(lambda: rows.exists() and int(rows.read_text() or 0) > 300)
    virtual.world.set("ticket", **{key: value})
    outcome = printing.result()
    until(lambda: virtual.world.last("ticket") is not None)
    return outcome, Image.open(str(virtual.world.last("ticket"))).height


@pytest.mark.parametrize(
    ("key", "value", "status", "outcome"),
    [
        ("paper", "out", NoPaper, SlipOutcome.NO_PAPER),
        ("cover", "open", CoverOpen, SlipOutcome.COVER_OPEN),
        ("cable", "out", Missing, SlipOutcome.MISSING),
    ],
)
def test_before_a_slip(
    virtual: Virtual, printer: ThermalPrinter, key: str, value: str, status: type, outcome: SlipOutcome
) -> None:
    virtual.world.set("ticket", **{key: value})
    until(lambda: isinstance(printer.status(), status))
    assert printer.print_slip(slip()) is outcome
    assert virtual.world.outputs("ticket") == ()
    virtual.world.set("ticket", paper="ok", cover="closed", cable="in")
    until(lambda: printer.status() == Ready())
    assert virtual.world.outputs("ticket") == ()


def test_paper_runs_low(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.world.set("ticket", paper="near_end")
    assert printer.status() == NearEnd()
    assert printer.print_slip(slip()) is SlipOutcome.PRINTED


@pytest.mark.parametrize(
    ("key", "value", "outcome"),
    [
        ("paper", "out", SlipOutcome.NO_PAPER),
        ("cover", "open", SlipOutcome.COVER_OPEN),
        ("cable", "out", SlipOutcome.UNKNOWN),
    ],
)
def test_in_the_middle(virtual: Virtual, printer: ThermalPrinter, key: str, value: str, outcome: SlipOutcome) -> None:
    told, rows = in_the_middle(virtual, printer, key, value)
    assert told is outcome
    assert 0 < rows < LONG


def test_paper_put_in_later_prints_nothing_of_the_stopped_slip(virtual: Virtual, printer: ThermalPrinter) -> None:
    told, rows = in_the_middle(virtual, printer, "paper", "out")
    assert told is SlipOutcome.NO_PAPER
    virtual.world.set("ticket", paper="ok")
    until(lambda: printer.status() == Ready())
    picture = slip(576, 300, seed=9)
    assert printer.print_slip(picture) is SlipOutcome.PRINTED
    stopped, whole = virtual.world.outputs("ticket")
    assert Image.open(stopped).height == rows
    assert Image.open(whole).crop((0, 0, 576, 300)).tobytes() == picture.tobytes()


def test_a_printer_that_never_answers_is_unknown_and_never_plenty(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.world.set("ticket", mute="yes")
    first = printer.status()
    assert isinstance(first, Unknown)
    assert printer.status() == first  # since the first silence, not since the last


def test_the_bytes_on_file_are_the_bytes_of_the_slip(virtual: Virtual, printer: ThermalPrinter) -> None:
    from drivers.ticket.raster import bands

    picture = slip(576, 200)
    assert printer.print_slip(picture) is SlipOutcome.PRINTED
    file = virtual.world.last("ticket", ".bin")
    assert file is not None
    assert file.read_bytes() == b"".join(bands(picture, 576))


def test_a_killed_printer_is_missing(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.kill("ticket")
    assert printer.status() == Missing()
