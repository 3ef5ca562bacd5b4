"""A queue that somebody or CUPS itself has stopped prints again with the next job, and nothing older with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import cups
import pytest

from drivers.page import states
from drivers.page.device import open
from drivers.page.twin import QUEUE
from drivers.roles import JobHandedOver, JobPhase, Ready
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.sheets import pdf
from tests.drivers.until import until

WITHIN = 40.0


@pytest.fixture(scope="module")
def virtual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    twin = Twin("page", "drivers.page.twin", ("--formats", "image/pwg-raster,image/urf"))
    with start(tmp_path_factory.mktemp("page"), [twin]) as running:
        running.world.set("page", seconds="0.1")
        yield running


@pytest.mark.parametrize("how", ["disablePrinter", "rejectJobs"])
def test_a_stopped_queue_is_started_by_the_next_job(virtual: Virtual, how: str) -> None:
    address = virtual.endpoints["page"]
    server = cups.Connection(host=parse_qs(urlsplit(address).query)["cups"][0])
    printer = open(address)
    until(lambda: isinstance(printer.status(), Ready), WITHIN)
    getattr(server, how)(QUEUE)
    before = len(virtual.world.outputs("page"))
    job = printer.submit(pdf(), "Dokumen")
    assert isinstance(job, JobHandedOver)
    until(lambda: printer.job(job.id).phase is JobPhase.PRINTED, WITHIN)
    assert len(virtual.world.outputs("page")) == before + 1


def test_what_lay_in_a_stopped_queue_is_never_printed(virtual: Virtual, tmp_path: Path) -> None:
    address = virtual.endpoints["page"]
    server = cups.Connection(host=parse_qs(urlsplit(address).query)["cups"][0])
    printer = open(address)
    until(lambda: isinstance(printer.status(), Ready), WITHIN)
    server.disablePrinter(QUEUE)
    (tmp_path / "older.pdf").write_bytes(pdf(2))
    older = server.printFile(QUEUE, str(tmp_path / "older.pdf"), "Dokumen", {})
    before = len(virtual.world.outputs("page"))
    job = printer.submit(pdf(), "Dokumen")
    assert isinstance(job, JobHandedOver)
    until(lambda: printer.job(job.id).phase is JobPhase.PRINTED, WITHIN)
    assert server.getJobAttributes(older, requested_attributes=["job-state"])["job-state"] == states.JOB_CANCELED
    assert len(virtual.world.outputs("page")) == before + 1
