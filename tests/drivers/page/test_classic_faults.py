"""What goes wrong with an older printer, from the PDF to the sheet: true driver, true print server, virtual paper.

The printer keeps what it has swallowed, as real ones do: no more than one copy of an act comes out, whenever it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from drivers.page import brother
from drivers.page.classic import ClassicPrinter
from drivers.page.device import open
from drivers.page.laser import sheet
from drivers.roles import JobHandedOver, JobNotTaken, JobPhase, JobState, NoPaper, Unknown
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.sheets import pdf, sheets
from tests.drivers.until import until

WITHIN = 40.0
SENT, IN_DOUBT = JobState(JobPhase.SENT, certain=False), JobState(JobPhase.UNKNOWN, certain=False)
WELL = {"paper": "ok", "cover": "closed", "jam": "no", "toner": "ok", "cable": "in", "mains": "on", "server": "on"}
FAULTS = [
    ("paper", "out", JobPhase.NO_PAPER),
    ("jam", "yes", JobPhase.JAM),
    pytest.param("cover", "open", JobPhase.COVER_OPEN, marks=pytest.mark.long),
    pytest.param("toner", "out", JobPhase.NO_TONER, marks=pytest.mark.long),
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    with start(tmp_path_factory.mktemp("classic"), [Twin("page", "drivers.page.classictwin")]) as virtual:
        yield virtual


@pytest.fixture
def virtual(running: Virtual) -> Iterator[Virtual]:
    running.world.set("page", seconds="0.1", **WELL)
    until(lambda: can_work(open(running.endpoints["page"])), WITHIN)
    yield running
    # whatever the printer still holds goes with its mains
    until(open(running.endpoints["page"]).purge, WITHIN)
    running.world.set("page", pace="0", **(WELL | {"mains": "off"}))
    until(lambda: held(running) == 0, WITHIN)


@pytest.fixture
def printer(virtual: Virtual) -> ClassicPrinter:
    device = open(virtual.endpoints["page"])
    assert isinstance(device, ClassicPrinter)
    return device


def can_work(printer: object) -> bool:
    assert isinstance(printer, ClassicPrinter)
    status = printer.status()
    return isinstance(status, Unknown) and not status.asked


def jobs(virtual: Virtual) -> int:
    """Jobs of which a byte reached the printer."""
    return len(virtual.world.outputs("page", ".bin"))


def held(virtual: Virtual) -> int:
    """Jobs and pages that the printer has begun to swallow."""
    return int((virtual.directory / "page" / "held.txt").read_text() or -1)  # empty while it is being written


def handed(printer: ClassicPrinter, pages: int = 1) -> str:
    job = printer.submit(pdf(pages), "Dokumen")
    assert isinstance(job, JobHandedOver), job
    return job.id


def ended(printer: ClassicPrinter, job_id: str) -> JobState:
    until(lambda: printer.job(job_id).settled, WITHIN)
    return printer.job(job_id)


def one_more(virtual: Virtual, printer: ClassicPrinter) -> None:
    """What the printer still holds comes out, then the next person's document, once."""
    until(lambda: can_work(printer) and held(virtual) == 0, WITHIN)
    before = sheets(virtual)
    assert ended(printer, handed(printer)) == SENT
    until(lambda: sheets(virtual) > before and held(virtual) == 0, WITHIN)
    assert sheets(virtual) == before + 1


@pytest.mark.parametrize(("key", "value", "phase"), FAULTS)
def test_nobody_can_be_asked_before_a_job_and_the_job_finds_out(
    virtual: Virtual, printer: ClassicPrinter, key: str, value: str, phase: JobPhase
) -> None:
    before = sheets(virtual)
    virtual.world.set("page", **{key: value})
    assert can_work(printer)
    job = handed(printer)
    assert ended(printer, job) == JobState(phase, certain=False)
    virtual.world.set("page", **WELL)
    one_more(virtual, printer)
    assert 1 <= sheets(virtual) - before <= 1 + 1  # what was swallowed may have come out, once
    assert printer.job(job).phase is phase


@pytest.mark.parametrize(("key", "value", "phase"), FAULTS)
def test_in_the_middle_the_rest_is_taken_back(
    virtual: Virtual, printer: ClassicPrinter, key: str, value: str, phase: JobPhase
) -> None:
    before = sheets(virtual)
    virtual.world.set("page", seconds="0.4", pace="0.1")
    job = handed(printer, pages=4)
    until(lambda: sheets(virtual) > before, WITHIN)
    virtual.world.set("page", **{key: value})
    state = ended(printer, job)
    assert state in (JobState(phase, certain=False), SENT)
    virtual.world.set("page", seconds="0.1", pace="0", **WELL)
    one_more(virtual, printer)
    assert 1 + 1 <= sheets(virtual) - before <= 1 + 4


def test_while_paper_is_out_the_printer_says_so(virtual: Virtual, printer: ClassicPrinter) -> None:
    virtual.world.set("page", paper="out")
    job = handed(printer)
    until(lambda: printer.status() == NoPaper(), WITHIN)
    assert isinstance(refused := printer.submit(pdf(), "Dokumen"), JobNotTaken)
    assert refused.status == NoPaper()
    assert ended(printer, job).phase is JobPhase.NO_PAPER


@pytest.mark.parametrize("key", ["cable", "mains"])
def test_cable_or_mains_go_in_the_middle(virtual: Virtual, printer: ClassicPrinter, key: str) -> None:
    before, earlier = sheets(virtual), jobs(virtual)
    virtual.world.set("page", pace="0.1")
    job = handed(printer, pages=3)
    until(lambda: jobs(virtual) > earlier, WITHIN)
    virtual.world.set("page", **{key: "out" if key == "cable" else "off"})
    assert ended(printer, job) == IN_DOUBT
    out = sheets(virtual) - before
    virtual.world.set("page", pace="0", **WELL)
    one_more(virtual, printer)
    assert out <= sheets(virtual) - before - 1 <= 3


@pytest.mark.parametrize("how", ["off", "crashed"])
def test_the_print_server_dies_in_the_middle(virtual: Virtual, printer: ClassicPrinter, how: str) -> None:
    before = sheets(virtual)
    virtual.world.set("page", pace="0.1")
    job = handed(printer, pages=3)
    until(lambda: printer.job(job).phase is JobPhase.PRINTING, WITHIN)
    virtual.world.set("page", server=how)
    until(lambda: isinstance(status := printer.status(), Unknown) and status.asked, WITHIN)
    assert printer.job(job) == IN_DOUBT
    assert isinstance(printer.submit(pdf(), "Dokumen"), JobNotTaken)
    virtual.world.set("page", pace="0", **WELL)
    until(lambda: can_work(printer), WITHIN)
    assert printer.job(job) == IN_DOUBT
    one_more(virtual, printer)
    assert sheets(virtual) - before - 1 <= 3


def test_no_document_stays_in_the_spool(virtual: Virtual, printer: ClassicPrinter) -> None:
    assert ended(printer, handed(printer)) == SENT
    spool = Path(parse_qs(urlsplit(virtual.endpoints["page"]).query)["socket"][0]).parent / "spool"
    assert list(spool.glob("d*")) == []


def test_the_sheet_is_what_the_bytes_make(virtual: Virtual, printer: ClassicPrinter) -> None:
    before = sheets(virtual)
    handed(printer)
    until(lambda: sheets(virtual) > before, WITHIN)
    newest = virtual.world.last("page")
    assert newest is not None
    (page,) = brother.Stream().feed(newest.with_suffix(".bin").read_bytes())
    with Image.open(newest) as came:
        assert came.tobytes() == sheet(page).tobytes()
