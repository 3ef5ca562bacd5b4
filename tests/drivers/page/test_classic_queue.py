"""A classic queue whose back end says and does what a test wants, under a real cupsd with the driver brlaser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.page.classic import REACH_WITHIN, ClassicPrinter
from drivers.page.classicqueue import ClassicQueue
from drivers.page.device import open
from drivers.roles import (
    Busy,
    Fault,
    JobHandedOver,
    JobNotTaken,
    JobPhase,
    JobState,
    Missing,
    NotPrintable,
    Supply,
    Unknown,
)
from tests.drivers.page.classics import DRIVERS, classic, documents, keep
from tests.drivers.sheets import pdf
from tests.drivers.ticket.printserver import PrintServer, print_server
from tests.drivers.until import until

WITHIN = 40.0
_, BRLASER, _ = DRIVERS
SENT, IN_DOUBT = JobState(JobPhase.SENT, certain=False), JobState(JobPhase.UNKNOWN, certain=False)
#: A back end that goes on until it is ended.
FOR_EVER = "cat > /dev/null; sleep 60"


@pytest.fixture(scope="module")
def running() -> Iterator[PrintServer]:
    with print_server() as server:
        yield server


@pytest.fixture
def server(running: PrintServer) -> Iterator[PrintServer]:
    """With a queue that has nothing to say from before."""
    (running.root / "said.bin").unlink(missing_ok=True)
    keep(running)
    yield running
    running.remove(BRLASER.name)


@pytest.fixture
def address(server: PrintServer) -> str:
    return classic(server, BRLASER)


def handed(printer: ClassicPrinter, job_id: str = "") -> str:
    job = printer.submit(pdf(), "Dokumen", job_id)
    assert isinstance(job, JobHandedOver), job
    return job.id


def ended(printer: ClassicPrinter, job_id: str) -> JobState:
    until(lambda: printer.job(job_id).settled, WITHIN)
    return printer.job(job_id)


def copies(server: PrintServer) -> int:
    """Whole jobs that the printer was given."""
    return server.given.count(b"@PJL EOJ NAME")


def classic_printer(address: str) -> ClassicPrinter:
    printer = open(address)
    assert isinstance(printer, ClassicPrinter)
    return printer


@pytest.mark.parametrize(
    ("reason", "phase"),
    [
        ("media-empty-warning", JobPhase.NO_PAPER),
        ("media-jam-error", JobPhase.JAM),
        ("door-open-report", JobPhase.COVER_OPEN),
        ("marker-supply-empty-error", JobPhase.NO_TONER),
    ],
)
def test_what_came_up_ends_the_job_and_what_stands_from_before_does_not(
    server: PrintServer, address: str, reason: str, phase: JobPhase
) -> None:
    printer = classic_printer(address)
    server.do(f"say +{reason}; {FOR_EVER}")
    job = handed(printer)
    assert ended(printer, job) == JobState(phase, certain=False)
    assert documents(server) == []
    keep(server)
    standing = server.client().getPrinterAttributes(BRLASER.name)["printer-state-reasons"]
    assert reason in standing  # type: ignore[operator]
    status = printer.status()
    assert isinstance(status, Unknown)
    assert not status.asked
    assert ended(printer, handed(printer)) == SENT
    assert printer.job(job).phase is phase
    assert copies(server) == 1


def test_while_a_job_runs_the_printer_is_as_its_back_end_says(server: PrintServer, address: str) -> None:
    printer = classic_printer(address)
    server.do(f'echo "ATTR: marker-names=Tinta marker-colors=#000000 marker-levels=40" >&2; {FOR_EVER}')
    handed(printer)
    until(lambda: printer.status() == Busy())
    until(lambda: printer.supplies() == (Supply("Tinta", "#000000", 40),))
    assert printer.purge()
    assert isinstance(printer.status(), Unknown)


def test_a_printer_that_is_not_found_is_waited_for_and_then_given_up(server: PrintServer, address: str) -> None:
    now = [0.0]
    printer = ClassicPrinter(ClassicQueue(address), clock=lambda: now[0])
    server.do("say +connecting-to-device; sleep 60")
    job = handed(printer)
    until(lambda: isinstance(printer.status(), Unknown))
    assert printer.job(job) == JobState(JobPhase.PRINTING)
    now[0] = REACH_WITHIN
    assert printer.job(job) == JobState(JobPhase.PRINTING)
    now[0] += 1
    assert printer.job(job) == IN_DOUBT
    assert documents(server) == []


def test_a_back_end_that_fails_is_tried_once(server: PrintServer) -> None:
    printer = classic_printer(classic(server, BRLASER, **{"printer-error-policy": "retry-current-job"}))
    tries = server.root / "tries"
    server.do(f"echo once >> {tries}; cat > /dev/null; exit 1")
    assert ended(printer, handed(printer)) == IN_DOUBT
    assert server.client().getPrinterAttributes(BRLASER.name)["printer-error-policy"] == "abort-job"
    keep(server)
    assert ended(printer, handed(printer)) == SENT
    assert tries.read_text() == "once\n"
    assert copies(server) == 1


def test_what_lay_in_a_stopped_queue_is_never_printed(server: PrintServer, address: str) -> None:
    printer, client = classic_printer(address), server.client()
    client.disablePrinter(BRLASER.name)
    older = server.root / "older.pdf"
    older.write_bytes(pdf(2))
    client.printFile(BRLASER.name, str(older), "Dokumen", {})
    older.unlink()
    assert ended(printer, handed(printer)) == SENT
    assert copies(server) == 1
    assert documents(server) == []


def test_a_queue_that_rejects_is_opened(server: PrintServer, address: str) -> None:
    printer = classic_printer(address)
    server.client().rejectJobs(BRLASER.name)
    assert ended(printer, handed(printer)) == SENT


def test_purged_is_purged(server: PrintServer, address: str) -> None:
    printer = classic_printer(address)
    server.do(FOR_EVER)
    first, second = handed(printer), handed(printer)
    until(lambda: printer.job(first).phase is JobPhase.PRINTING)
    assert printer.job(second) == JobState(JobPhase.QUEUED)
    assert printer.purge()
    assert documents(server) == []
    keep(server)
    assert ended(printer, handed(printer)) == SENT
    assert (printer.job(first), printer.job(second)) == (IN_DOUBT, IN_DOUBT)
    assert copies(server) == 1


def test_a_job_that_is_cancelled_before_its_turn_has_printed_nothing(server: PrintServer, address: str) -> None:
    printer, client = classic_printer(address), server.client()
    server.do(FOR_EVER)
    first, second = handed(printer), handed(printer)
    until(lambda: printer.job(first).phase is JobPhase.PRINTING)
    client.cancelJob(max(client.getJobs()))
    assert printer.job(second) == JobState(JobPhase.FAILED)
    client.cancelJob(max(client.getJobs()))
    assert ended(printer, first) == IN_DOUBT


def test_a_print_server_that_falls_silent_or_dies(server: PrintServer, address: str) -> None:
    printer = classic_printer(address)
    server.do(FOR_EVER)
    job = handed(printer)
    until(lambda: printer.job(job).phase is JobPhase.PRINTING)
    server.signal(19)
    try:
        assert printer.job(job) == IN_DOUBT
        silent = printer.status()
        assert isinstance(silent, Unknown)
        assert silent.asked
        assert printer.submit(pdf(), "Dokumen") == JobNotTaken(silent)
    finally:
        server.signal(18)
    assert printer.job(job).phase is JobPhase.PRINTING
    server.signal(19)
    try:
        assert not printer.purge()
    finally:
        server.signal(18)
    until(printer.purge)


def test_who_may_not_change_the_error_policy_hands_nothing_over() -> None:
    with print_server(strict=True) as server:
        keep(server)
        classic(server, BRLASER, **{"printer-error-policy": "retry-job"})
        printer = open(f"cups://127.0.0.1:{server.port}/{BRLASER.name}")
        assert printer.submit(pdf(), "Dokumen") == JobNotTaken(Fault("error-policy"))
        assert documents(server) == []


def test_no_queue_is_missing(server: PrintServer, address: str) -> None:
    printer = open(address.replace(BRLASER.name, "tidak-ada"))
    assert printer.status() == Missing()
    assert printer.submit(pdf(), "Dokumen") == JobNotTaken(Missing())


def test_a_printer_that_is_not_plugged_in_gets_nothing(server: PrintServer, address: str) -> None:
    printer = ClassicPrinter(ClassicQueue(address), absent=lambda uri: uri.startswith("said:"))
    assert printer.status() == Missing()
    assert printer.submit(pdf(), "Dokumen") == JobNotTaken(Missing())
    assert documents(server) == []


def test_what_is_no_document_is_refused_before_anything_is_asked() -> None:
    assert open("cups://127.0.0.1:9/lama").submit(b"PNG", "Dokumen") == JobNotTaken(NotPrintable("not-a-pdf"))


@pytest.mark.parametrize("address", ["cups://socket/", "cups:///lama", "cups://socket/a/b"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(ValueError, match="looks like"):
        open(address)
