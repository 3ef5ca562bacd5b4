"""Who answers at the printer's port when the printer is gone: nobody, ipp-usb, another server, somebody very slow."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from drivers.page.ipp import Attribute, Collection, Group, NoAnswer, NobodyBehind, Op, Tag, Wire, decode
from drivers.page.printer import Printer
from drivers.roles import JobHandedOver, JobNotTaken, JobPhase, JobState, Missing, Ready, Unknown
from tests.drivers.page.seeds import answer
from tests.drivers.sheets import pdf

WAIT = 0.3
READY = answer(
    Attribute(Group.PRINTER, Tag.ENUM, "printer-state", 3),
    Attribute(Group.PRINTER, Tag.KEYWORD, "media-supported", ("iso_a4_210x297mm",)),
    Attribute(Group.PRINTER, Tag.MIME, "document-format-supported", ("application/pdf",)),
    Attribute(Group.JOB, Tag.INTEGER, "job-id", 1),
)
#: Where a request has its operation (RFC 8010 §3.1.1).
PRINT_JOB = b"\2\0\0\2"

Say = Callable[[socket.socket, bytes], None]


def http(status: int, body: bytes = b"gone\n") -> Say:
    def say(line: socket.socket, _: bytes) -> None:
        line.sendall(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body)

    return say


def silence(line: socket.socket, _: bytes) -> None:
    """Take what comes, say nothing until the caller gives up."""
    while line.recv(4096):
        pass


def request(line: socket.socket) -> bytes:
    """One whole HTTP request."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = line.recv(65536)
        if not piece:
            return b""
        head += piece
    start, body = head.split(b"\r\n\r\n", 1)
    length = int(start.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += line.recv(65536)
    return body


class Port:
    """A port at which one after the other answers; `say` is whoever does now."""

    def __init__(self, server: socket.socket, say: Say) -> None:
        self.say = say
        self.jobs = 0
        self._server = server
        self.uri = f"ipp://127.0.0.1:{server.getsockname()[1]}/ipp/print"

    def serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line:
                try:
                    asked = request(line)
                    self.jobs += asked.startswith(PRINT_JOB)
                    self.say(line, asked)
                except OSError:
                    continue


@contextmanager
def port(say: Say) -> Iterator[Port]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        there = Port(server, say)
        thread = threading.Thread(target=there.serve)
        thread.start()
        yield there
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.mark.parametrize(
    ("say", "status"), [(silence, Unknown), (http(404), Missing), (http(503), Missing)], ids=["silent", "404", "503"]
)
def test_without_the_device_no_job_is_taken_and_with_it_again_one_is(say: Say, status: type) -> None:
    with port(say) as there:
        printer = Printer(there.uri, timeout=WAIT)
        assert isinstance(printer.status(), status)
        refused = printer.submit(pdf(), "Dokumen")
        assert isinstance(refused, JobNotTaken)
        assert isinstance(refused.status, status)
        assert printer.job("0" * 32) == JobState(JobPhase.UNKNOWN)
        assert not printer.purge()
        assert there.jobs == 0
        there.say = http(200, READY)
        assert isinstance(printer.status(), Ready)
        assert isinstance(printer.submit(pdf(), "Dokumen"), JobHandedOver)
        assert there.jobs == 1


def test_a_plug_pulled_while_the_document_goes_out_leaves_the_job_unknown() -> None:
    # the sheets may be coming out by what had arrived, so it must not be handed over a second time
    def half(line: socket.socket, asked: bytes) -> None:
        (http(503) if asked.startswith(PRINT_JOB) else http(200, READY))(line, asked)

    with port(half) as there:
        printer = Printer(there.uri, timeout=WAIT)
        job = printer.submit(pdf(), "Dokumen")
        assert isinstance(job, JobHandedOver)
        there.say = http(503)
        assert printer.job(job.id) == JobState(JobPhase.UNKNOWN)
        assert there.jobs == 1


@pytest.mark.parametrize("where", ["head", "body"])
def test_an_answer_in_drops_ends_with_the_wait(where: str) -> None:
    gave_up, all_out = threading.Event(), threading.Event()

    def drip(line: socket.socket, _: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\n"
        line.sendall(head if where == "head" else head + b"Content-Length: 1000\r\n\r\n")
        for _drop in range(100):
            line.sendall(b"X")
            if gave_up.wait(WAIT / 3):
                return
        all_out.set()

    with port(drip) as there:
        with pytest.raises(NoAnswer):
            Wire(there.uri).ask(Op.GET_PRINTER_ATTRIBUTES, timeout=WAIT)
        gave_up.set()
        assert not all_out.is_set()


def test_who_stands_in_for_the_printer_is_told_from_silence() -> None:
    with port(http(503)) as there, pytest.raises(NobodyBehind):
        Wire(there.uri).ask(Op.GET_PRINTER_ATTRIBUTES, timeout=WAIT)


def nested(depth: int) -> bytes:
    inner = Collection({"x-dimension": [21000]})
    for _ in range(depth - 1):
        inner = Collection({"within": [inner]})
    return answer(Attribute(Group.PRINTER, Tag.COLLECTION, "media-col-ready", inner))


def test_collections_without_end_are_no_answer() -> None:
    assert decode(nested(16)).ok
    with pytest.raises(NoAnswer):
        decode(nested(17))
