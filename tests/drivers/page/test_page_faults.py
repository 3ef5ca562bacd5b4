"""What goes wrong with a page printer, before a job and in the middle of one; straight, and through CUPS."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from drivers.page.device import open
from drivers.page.printer import Printer
from drivers.roles import (
    CoverOpen,
    Jammed,
    JobHandedOver,
    JobNotTaken,
    JobPhase,
    JobState,
    Missing,
    NearEnd,
    NoPaper,
    NoToner,
    Ready,
    Unknown,
)
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.sheets import handed_over, pdf, sheets
from tests.drivers.until import until

WITHIN = 60.0
FAULTS = [
    ("paper", "out", NoPaper, JobPhase.NO_PAPER),
    ("cover", "open", CoverOpen, JobPhase.COVER_OPEN),
    ("jam", "yes", Jammed, JobPhase.JAM),
    ("toner", "out", NoToner, JobPhase.NO_TONER),
]
WELL = {"paper": "ok", "cover": "closed", "jam": "no", "toner": "ok", "cable": "in"}


@pytest.fixture(scope="module", params=["pdf", "raster"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    arguments = () if request.param == "pdf" else ("--formats", "image/pwg-raster,image/urf")
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin", arguments)]) as virtual:
        yield virtual


@pytest.fixture
def virtual(running: Virtual) -> Iterator[Virtual]:
    running.world.set("page", seconds="0.4", **WELL)
    yield running
    running.world.set("page", seconds="0.1", **WELL)
    printer = open(running.endpoints["page"])
    until(printer.purge, WITHIN)
    until(lambda: isinstance(printer.status(), Ready), WITHIN)


@pytest.fixture
def printer(virtual: Virtual) -> Printer:
    device = open(virtual.endpoints["page"])
    until(lambda: isinstance(device.status(), Ready), WITHIN)
    return device


def settled(printer: Printer, job: JobHandedOver) -> JobState:
    last = JobState(JobPhase.UNKNOWN)

    def holds() -> bool:
        nonlocal last
        last = printer.job(job.id)
        return last.settled and last.phase is not JobPhase.UNKNOWN

    until(holds, WITHIN)
    return last


def mended(virtual: Virtual, printer: Printer) -> None:
    virtual.world.set("page", **WELL)
    until(lambda: isinstance(printer.status(), Ready), WITHIN)


@pytest.mark.parametrize(("key", "value", "status", "phase"), FAULTS)
def test_before_a_job_nothing_is_taken(
    virtual: Virtual, printer: Printer, key: str, value: str, status: type, phase: JobPhase
) -> None:
    before = sheets(virtual)
    virtual.world.set("page", **{key: value})
    until(lambda: isinstance(printer.status(), status), WITHIN)
    assert printer.submit(pdf(), "Dokumen") == JobNotTaken(status())
    mended(virtual, printer)
    assert sheets(virtual) == before


@pytest.mark.parametrize(("key", "value", "status", "phase"), FAULTS)
def test_in_the_middle_the_job_is_taken_back(
    virtual: Virtual, printer: Printer, key: str, value: str, status: type, phase: JobPhase
) -> None:
    job = handed_over(printer, pages=3)
    before = sheets(virtual)
    until(lambda: sheets(virtual) == before + 1, WITHIN)
    virtual.world.set("page", **{key: value})
    state = settled(printer, job)
    assert state.phase is phase
    out = sheets(virtual) - before
    assert 1 <= out < 3
    mended(virtual, printer)
    assert sheets(virtual) - before == out
    assert printer.job(job.id) == state  # and is not called anything else when the paper is back
    # the next person's job is a clean one
    assert settled(printer, handed_over(printer)).phase is JobPhase.PRINTED
    assert sheets(virtual) - before == out + 1


def test_purge_while_it_waits_for_paper(virtual: Virtual, printer: Printer) -> None:
    job = handed_over(printer, pages=3)
    before = sheets(virtual)
    until(lambda: sheets(virtual) == before + 1, WITHIN)
    virtual.world.set("page", paper="out")
    until(lambda: isinstance(printer.status(), NoPaper), WITHIN)
    assert printer.purge()
    out = sheets(virtual) - before  # a sheet that was under way has come out by now
    assert out < 3
    mended(virtual, printer)
    assert sheets(virtual) - before == out
    assert printer.job(job.id).settled


def test_the_cable_comes_out_in_the_middle(virtual: Virtual, printer: Printer) -> None:
    job = handed_over(printer, pages=2)
    until(lambda: printer.job(job.id).phase is JobPhase.PRINTING, WITHIN)
    virtual.world.set("page", cable="out")
    until(lambda: printer.status() == Missing(), WITHIN)
    assert printer.job(job.id).phase is JobPhase.UNKNOWN
    assert not printer.purge()
    virtual.world.set("page", cable="in")
    until(lambda: printer.status() != Missing(), WITHIN)
    # what became of it is the printer's to say, not ours to guess
    assert settled(printer, job).phase in (JobPhase.PRINTED, JobPhase.FAILED)


def test_the_sheets_that_came_out_before_the_cable_are_known(virtual: Virtual, printer: Printer) -> None:
    job = handed_over(printer, pages=3)
    until(lambda: printer.job(job.id).sheet >= 1, WITHIN)
    heard = printer.job(job.id)
    virtual.world.set("page", cable="out")
    until(lambda: printer.job(job.id).phase is JobPhase.UNKNOWN, WITHIN)
    lost = printer.job(job.id)
    assert heard.sheet <= lost.sheet < 3
    assert lost.sheets == heard.sheets
    virtual.world.set("page", cable="in")


def test_paper_runs_low(virtual: Virtual, printer: Printer) -> None:
    virtual.world.set("page", paper="low")
    until(lambda: isinstance(printer.status(), NearEnd), WITHIN)
    assert settled(printer, handed_over(printer)).phase is JobPhase.PRINTED


def test_a_printer_that_takes_the_call_and_says_nothing_is_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        device = Printer(f"ipp://127.0.0.1:{silent.getsockname()[1]}/ipp/print", timeout=0.3)
        first = device.status()
        assert isinstance(first, Unknown)
        assert device.status() == first
        assert device.submit(pdf(), "Dokumen") == JobNotTaken(first)
        assert device.job("0" * 32) == JobState(JobPhase.UNKNOWN)


def test_a_printer_that_talks_nonsense_is_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def babble() -> None:
            line, _ = server.accept()
            with line:
                line.recv(4096)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\x02\x00\x00\x00\x00")

        thread = threading.Thread(target=babble)
        thread.start()
        assert isinstance(Printer(f"ipp://127.0.0.1:{server.getsockname()[1]}/", timeout=1).status(), Unknown)
        thread.join()
