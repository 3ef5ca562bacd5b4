"""Knife, heat, mains and roll of the virtual printer in the middle of a slip, and what the driver makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from drivers.roles import Fault, Missing, NearEnd, NoPaper, Ready, SlipOutcome, Unknown
from drivers.ticket import driver
from drivers.ticket.device import ThermalPrinter, open
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.slips import slip
from tests.drivers.ticket.test_ticket_faults import LONG, Printing, in_the_middle
from tests.drivers.until import until

SHORT = 400


@pytest.fixture
def virtual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    with start(tmp_path_factory.mktemp("t"), [Twin("ticket", "drivers.ticket.twin")]) as running:
        yield running


@pytest.fixture
def printer(virtual: Virtual) -> ThermalPrinter:
    return open(virtual.endpoints["ticket"])


def a_slip_comes_out_alone(virtual: Virtual, printer: ThermalPrinter, torn: int = 0) -> None:
    """After `torn` empty pieces, on which half of the former could have been."""
    before = len(virtual.world.outputs("ticket"))
    picture = slip(576, 200, seed=9)
    assert printer.print_slip(picture) is SlipOutcome.PRINTED
    came = virtual.world.outputs("ticket")[before:]
    assert len(came) == torn + 1
    assert all(Image.open(piece).convert("L").getextrema() == (255, 255) for piece in came[:torn])
    burnt = Image.open(str(virtual.world.last("ticket")))
    assert burnt.crop((0, 0, 576, 200)).tobytes() == picture.tobytes()


def test_a_stuck_knife_is_known_when_it_is_used(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.world.set("ticket", cutter="stuck")
    assert printer.status() == Ready()
    assert printer.print_slip(slip(576, SHORT)) is SlipOutcome.FAULT
    assert printer.status() == Fault("cutter")
    assert printer.print_slip(slip(576, SHORT)) is SlipOutcome.FAULT
    assert len(virtual.world.outputs("ticket")) == 1
    virtual.world.set("ticket", cutter="ok")
    until(lambda: printer.status() == Ready())
    a_slip_comes_out_alone(virtual, printer)


def test_a_hot_head_gets_no_slip(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.world.set("ticket", heat="hot")
    assert printer.status() == Fault("overheated")
    assert printer.print_slip(slip(576, SHORT)) is SlipOutcome.FAULT
    assert virtual.world.outputs("ticket") == ()


def test_a_head_that_is_hot_in_the_middle_goes_on_when_it_is_cool(virtual: Virtual, printer: ThermalPrinter) -> None:
    printing = Printing(printer, SHORT * 2)
    rows = virtual.directory / "ticket" / "rows.txt"
    until(lambda: rows.exists() and int(rows.read_text() or 0) > 200)
    virtual.world.set("ticket", heat="hot")
    until(lambda: virtual.world.last("ticket") is not None)  # it stands still
    assert printing.outcome is None
    virtual.world.set("ticket", heat="ok")
    assert printing.result() is SlipOutcome.PRINTED
    (whole,) = virtual.world.outputs("ticket")
    assert Image.open(whole).crop((0, 0, 576, SHORT * 2)).tobytes() == slip(576, SHORT * 2).tobytes()


def test_mains_off_in_the_middle_loses_the_rest(virtual: Virtual, printer: ThermalPrinter) -> None:
    told, rows = in_the_middle(virtual, printer, "power", "off")
    assert told is SlipOutcome.UNKNOWN
    assert 0 < rows < LONG
    assert printer.status() == Missing()
    virtual.world.set("ticket", power="on")
    until(lambda: printer.status() == Ready())
    a_slip_comes_out_alone(virtual, printer, torn=1)


def test_a_roll_runs_low_and_out(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.world.set("ticket", roll="60")  # 480 rows
    assert printer.status() == NearEnd()
    assert printer.print_slip(slip(576, 1000)) is SlipOutcome.NO_PAPER
    assert printer.status() == NoPaper()
    until(lambda: len(virtual.world.outputs("ticket")) == 1)
    (stopped,) = virtual.world.outputs("ticket")
    assert 400 < Image.open(stopped).height < 560
    virtual.world.set("ticket", roll="50000")
    until(lambda: printer.status() == Ready())
    a_slip_comes_out_alone(virtual, printer)


def test_a_printer_that_talks_unasked(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.world.set("ticket", asb="on")
    a_slip_comes_out_alone(virtual, printer)
    assert in_the_middle(virtual, printer, "cover", "open")[0] is SlipOutcome.COVER_OPEN


def test_slips_are_kept_for_another_renderer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODESAKU_KEEP_BYTES", str(tmp_path / "kept"))
    with start(tmp_path / "w", [Twin("ticket", "drivers.ticket.twin")]) as running:
        for seed in (1, 2):
            assert open(running.endpoints["ticket"]).print_slip(slip(576, 50, seed)) is SlipOutcome.PRINTED
        kept = {path.read_bytes() for path in (tmp_path / "kept").iterdir()}
        assert kept == {path.read_bytes() for path in running.world.outputs("ticket", ".bin")}
        assert len(kept) == 2


def test_much_black_makes_the_head_hot_and_it_goes_on_when_it_has_cooled(
    virtual: Virtual, printer: ThermalPrinter
) -> None:
    virtual.world.set("ticket", hot_at="35")
    dark = Image.new("1", (576, SHORT), 0)  # 50 mm
    printing = Printing(printer, dark)
    until(lambda: printer_says_hot(virtual))
    assert printing.outcome is None
    assert printing.result() is SlipOutcome.PRINTED
    (whole,) = virtual.world.outputs("ticket")
    assert Image.open(whole).crop((0, 0, 576, SHORT)).tobytes() == dark.tobytes()


def printer_says_hot(virtual: Virtual) -> bool:
    # it stands still in the middle: what came out so far is on file
    path = virtual.world.last("ticket")
    return path is not None and Image.open(path).height < SHORT


def test_a_slow_head_makes_the_sender_wait_and_loses_nothing(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.world.set("ticket", speed="60")
    picture = slip(576, 2 * SHORT)  # 57 kB, of which the printer holds 4
    assert printer.print_slip(picture) is SlipOutcome.PRINTED
    (whole,) = virtual.world.outputs("ticket")
    assert Image.open(whole).crop((0, 0, 576, 2 * SHORT)).tobytes() == picture.tobytes()


def test_the_knife_is_behind_the_head(virtual: Virtual, printer: ThermalPrinter) -> None:
    assert printer.print_slip(slip(576, 200)) is SlipOutcome.PRINTED
    assert Image.open(str(virtual.world.last("ticket"))).height == 200 + 96  # 12 mm
    # one that does not feed cuts into the slip, and what is left above it begins the next person's
    virtual.world.set("ticket", knife="unfed")
    picture = slip(576, 200, seed=3)
    assert printer.print_slip(picture) is SlipOutcome.PRINTED
    assert Image.open(str(virtual.world.last("ticket"))).height == 200 - 96
    fed = open(virtual.endpoints["ticket"].partition("?")[0] + "?model=pos-80-unfed")
    assert fed.print_slip(picture) is SlipOutcome.PRINTED
    after = Image.open(str(virtual.world.last("ticket")))
    assert after.crop((0, 0, 576, 96)).tobytes() == picture.crop((0, 104, 576, 200)).tobytes()
    assert fed.print_slip(picture) is SlipOutcome.PRINTED
    alone = Image.open(str(virtual.world.last("ticket")))
    assert alone.crop((0, 0, 576, 200)).tobytes() == picture.tobytes()


@pytest.mark.parametrize("manner", ["half", "late", "garbage"])
def test_whatever_becomes_of_its_words_the_status_is_true_or_unknown(
    virtual: Virtual, printer: ThermalPrinter, manner: str
) -> None:
    virtual.world.set("ticket", reply=manner, paper="near_end")
    for _ in range(3):
        assert isinstance(printer.status(), NearEnd | Unknown)
    assert virtual.world.outputs("ticket") == ()
    virtual.world.set("ticket", reply="ok")
    until(lambda: printer.status() == NearEnd())
    a_slip_comes_out_alone(virtual, printer)


@pytest.mark.parametrize("manner", ["half", "late", "garbage"])
def test_a_slip_whose_end_is_not_heard_comes_out_once(
    virtual: Virtual, printer: ThermalPrinter, manner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BURNT_WITHIN", 3.0)
    virtual.world.set("ticket", reply=manner)
    picture = slip(576, SHORT)
    assert printer.print_slip(picture) in (SlipOutcome.UNKNOWN, SlipOutcome.PRINTED)
    (whole,) = virtual.world.outputs("ticket")
    assert Image.open(whole).crop((0, 0, 576, SHORT)).tobytes() == picture.tobytes()


def test_a_printer_that_only_speaks_unasked_is_known_by_what_it_says(virtual: Virtual, printer: ThermalPrinter) -> None:
    virtual.world.set("ticket", realtime="off", asb="on", power="off")
    until(lambda: printer.status() == Missing())
    virtual.world.set("ticket", power="on")
    until(lambda: printer.status() == Ready())
    told, rows = in_the_middle(virtual, printer, "paper", "out")
    assert told is SlipOutcome.NO_PAPER
    assert 0 < rows < LONG
    assert printer.status() == NoPaper()
    virtual.world.set("ticket", paper="near_end")
    # the slip's reset made it talk again, and its own wish to be quiet made it stop; it is asked to talk
    assert printer.status() == NearEnd()
