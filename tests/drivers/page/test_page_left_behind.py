"""A job that came to the printer without its document, when the print server has let it go, stands in nobody's way."""

from __future__ import annotations

import socket

from drivers.page.ipp import Attribute, Group, Tag
from drivers.page.printer import Printer
from drivers.roles import JobHandedOver, JobPhase, JobState
from tests.drivers.page.seeds import answer
from tests.drivers.page.test_page_port import http, port
from tests.drivers.sheets import pdf

PENDING, HELD, CANCELED, COMPLETED = 3, 4, 7, 9
CANCEL, GET_JOBS = 8, 10


class Server:
    """A print server that takes a job, and holds it for as long as `has`."""

    def __init__(self) -> None:
        self.title = ""
        self.has = True

    def submit(self, pdf: bytes, title: str, tray: str) -> bool:
        self.title = title
        return True

    def purge(self) -> bool:
        self.has = False
        return True

    def holds(self, job_id: str) -> bool:
        return self.has and job_id in self.title

    def moved(self, uri: str) -> None:
        raise AssertionError(uri)


class Holder:
    """A printer that takes raster only and holds the one job, until it is cancelled."""

    def __init__(self, server: Server, state: int) -> None:
        self.server = server
        self.state = state
        self.after_look = state
        self.cancelled = 0

    def __call__(self, line: socket.socket, asked: bytes) -> None:
        operation = asked[3]
        if operation == CANCEL:
            self.cancelled += 1
            self.state = self.after_look = CANCELED
        # Get-Jobs for what has not ended knows nothing of a job that has
        unended = operation == GET_JOBS and b"not-completed" in asked
        told = () if not self.server.title or (unended and self.state >= CANCELED) else self.job()
        http(200, answer(*PRINTER, *told))(line, asked)
        if told:
            self.state = self.after_look

    def job(self) -> tuple[Attribute, ...]:
        return (
            Attribute(Group.JOB, Tag.INTEGER, "job-id", 1),
            Attribute(Group.JOB, Tag.NAME, "job-name", self.server.title),
            Attribute(Group.JOB, Tag.ENUM, "job-state", self.state),
        )


PRINTER = (
    Attribute(Group.PRINTER, Tag.ENUM, "printer-state", 3),
    Attribute(Group.PRINTER, Tag.KEYWORD, "media-supported", ("iso_a4_210x297mm",)),
    Attribute(Group.PRINTER, Tag.MIME, "document-format-supported", ("image/pwg-raster",)),
)


def handed(printer: Printer) -> str:
    job = printer.submit(pdf(), "Dokumen")
    assert isinstance(job, JobHandedOver)
    return job.id


def test_it_is_taken_back_and_told_as_failed() -> None:
    server = Server()
    holder = Holder(server, HELD)
    with port(holder) as there:
        printer = Printer(there.uri, queue=server, timeout=2.0)
        job = handed(printer)
        assert printer.job(job).phase is JobPhase.QUEUED
        assert holder.cancelled == 0, "while the print server has it, its document is on the way"
        server.has = False
        assert printer.job(job) == JobState(JobPhase.FAILED)
        assert holder.cancelled == 1
        assert printer.job(job) == JobState(JobPhase.FAILED)


def test_one_whose_document_came_in_that_moment_is_left_to_print() -> None:
    server = Server()
    holder = Holder(server, HELD)
    with port(holder) as there:
        printer = Printer(there.uri, queue=server, timeout=2.0)
        job = handed(printer)
        server.has = False
        holder.after_look = PENDING
        assert printer.job(job).phase is JobPhase.QUEUED
        holder.after_look = holder.state = COMPLETED
        assert printer.job(job).phase is JobPhase.PRINTED
        assert holder.cancelled == 0
