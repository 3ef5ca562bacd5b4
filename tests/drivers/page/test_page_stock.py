"""Paper and toner go down by the sheet, and the driver says how much is left, and asks for the tray that holds A4."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.page.device import open
from drivers.page.stock import CARTRIDGE
from drivers.roles import JobHandedOver, JobPhase, JobState, NearEnd, NoToner, PagePrinter, Ready
from drivers.virtual.script import meaning
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.sheets import handed_over
from tests.drivers.until import until

WITHIN = 60.0


@pytest.fixture(scope="module", params=["pdf", pytest.param("raster", marks=pytest.mark.long)])
def virtual(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    arguments = () if request.param == "pdf" else ("--formats", "image/pwg-raster,image/urf")
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin", arguments)]) as running:
        running.world.set("page", seconds="0.1")
        yield running


@pytest.fixture
def printer(virtual: Virtual) -> PagePrinter:
    return open(virtual.endpoints["page"])


def ended(printer: PagePrinter, job: JobHandedOver) -> JobState:
    until(lambda: printer.job(job.id).settled, WITHIN)
    return printer.job(job.id)


def toner(printer: PagePrinter) -> int | None:
    return next((each.percent for each in printer.supplies() if each.colour == "black"), None)


def test_the_paper_goes_down_by_the_sheet_and_ends_in_mid_job(virtual: Virtual, printer: PagePrinter) -> None:
    virtual.world.set("page", sheets="27")
    until(lambda: printer.status() == Ready(27), WITHIN)
    assert ended(printer, handed_over(printer, 3)) == JobState(JobPhase.PRINTED, 3, 3)
    until(lambda: printer.status() == NearEnd(24), WITHIN)
    virtual.world.set("page", sheets="2")
    until(lambda: printer.status() == NearEnd(2), WITHIN)
    # just as many sheets as there were
    assert ended(printer, handed_over(printer, 3)) == JobState(JobPhase.NO_PAPER, 2, 3)
    assert virtual.world.get("page", "paper") == "out"
    virtual.world.set("page", **meaning("page", "refill")["page"])
    until(lambda: printer.status() == Ready(100), WITHIN)


def test_the_toner_goes_down_and_ends(virtual: Virtual, printer: PagePrinter) -> None:
    virtual.world.set("page", toner_sheets=str(CARTRIDGE // 10))
    until(lambda: toner(printer) == 10, WITHIN)
    until(lambda: isinstance(printer.status(), Ready), WITHIN)
    assert ended(printer, handed_over(printer)).phase is JobPhase.PRINTED
    until(lambda: toner(printer) == 9, WITHIN)
    virtual.world.set("page", toner_sheets="1")
    until(lambda: toner(printer) == 0, WITHIN)  # a little is less than a percent
    assert ended(printer, handed_over(printer, 3)) == JobState(JobPhase.NO_TONER, 1, 3)
    until(lambda: printer.status() == NoToner(), WITHIN)
    virtual.world.set("page", **meaning("page", "new-toner")["page"])
    until(lambda: toner(printer) == 75, WITHIN)
    until(lambda: isinstance(printer.status(), Ready), WITHIN)


@pytest.mark.parametrize(
    ("a4_in", "asked"), [("main", "main"), ("by-pass-tray", "auto")], ids=["in a tray", "fed by hand"]
)
def test_the_printer_is_asked_for_the_tray_that_holds_a4(
    virtual: Virtual, printer: PagePrinter, a4_in: str, asked: str
) -> None:
    virtual.world.set("page", a4_in=a4_in, sheets="20")
    until(lambda: printer.status() == NearEnd(120 if a4_in == "by-pass-tray" else 20), WITHIN)
    assert ended(printer, handed_over(printer)).phase is JobPhase.PRINTED
    said = (virtual.world.directory / "page" / "asked.txt").read_text(encoding="utf-8")
    assert f"media-source={asked} " in said.replace("}", " ")
