"""The mains go in the middle of a job and come back: an honest end, and nothing printed twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.page.device import open
from drivers.page.printer import Printer
from drivers.roles import JobHandedOver, JobPhase, Missing, Ready
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.sheets import handed_over, sheets
from tests.drivers.until import until

WITHIN = 40.0


def running(tmp_path_factory: pytest.TempPathFactory, *arguments: str) -> Iterator[Virtual]:
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin", arguments)]) as virtual:
        virtual.world.set("page", seconds="0.4")
        yield virtual


@pytest.fixture(scope="module")
def pdf_printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    yield from running(tmp_path_factory)


@pytest.fixture(scope="module")
def raster_printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    yield from running(tmp_path_factory, "--formats", "image/pwg-raster,image/urf")


def opened(virtual: Virtual) -> Printer:
    printer = open(virtual.endpoints["page"])
    until(lambda: isinstance(printer.status(), Ready), WITHIN)
    return printer


def printed(printer: Printer, job: JobHandedOver) -> None:
    until(lambda: printer.job(job.id).phase is JobPhase.PRINTED, WITHIN)


@pytest.mark.parametrize("which", ["pdf_printer", "raster_printer"])
def test_the_mains_go_in_the_middle_of_a_job(which: str, request: pytest.FixtureRequest) -> None:
    virtual: Virtual = request.getfixturevalue(which)
    printer = opened(virtual)
    before = sheets(virtual)
    job = handed_over(printer, pages=3)
    until(lambda: printer.job(job.id).sheet >= 1, WITHIN)
    virtual.world.set("page", mains="off")
    until(lambda: printer.status() == Missing(), WITHIN)
    virtual.world.set("page", mains="on")
    until(lambda: isinstance(printer.status(), Ready), WITHIN)
    out = sheets(virtual) - before
    assert 1 <= out < 3
    lost = printer.job(job.id)
    assert lost.phase is JobPhase.UNKNOWN
    assert 1 <= lost.sheet <= out
    assert lost.sheets == 3
    # the printer counts anew, so the next job has the number of the lost one, or soon will
    later = [handed_over(printer), handed_over(printer)]
    for each in later:
        printed(printer, each)
    assert printer.job(job.id).phase is JobPhase.UNKNOWN
    assert sheets(virtual) - before == out + 2
    # nor does a driver that was started anew take another's sheets for them
    anew = opened(virtual)
    assert anew.job(job.id).phase is JobPhase.UNKNOWN
    assert all(anew.job(each.id).phase is JobPhase.PRINTED for each in later)
