"""A device that hangs keeps nobody else waiting, and is called unknown."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from drivers.page.printer import Printer
from drivers.roles import (
    JobHandedOver,
    JobNotTaken,
    JobPhase,
    JobState,
    Missing,
    NoPaper,
    Ready,
    SlipOutcome,
    Status,
)
from kiosk.devices import printing, rounds
from kiosk.devices.client import DeviceFailure, Devices, Job
from kiosk.devices.door import listen
from kiosk.devices.printing import USUAL, Bounds, Printing
from kiosk.devices.service import Service

HEX = "a" * 32


class Ticket:
    """A ticket printer that hangs while `gate` is shut."""

    dots, dpi = 384, 203

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.slips = 0

    def status(self) -> Status:
        self.gate.wait()
        return Ready()

    def print_slip(self, slip: Image.Image) -> SlipOutcome:
        self.gate.wait()
        self.slips += 1
        return SlipOutcome.PRINTED

    def close(self) -> None: ...


class Page(Printer):
    """A page printer that answers what it is told to."""

    def __init__(self) -> None:
        super().__init__("ipp://127.0.0.1:9/")
        self.answers: list[JobState] = []
        self.last = JobState(JobPhase.UNKNOWN)
        self.taken: list[str] = []
        self.certain = True
        self.purges = 0
        self.refuses: Status | None = None

    def status(self) -> Status:
        return Ready()

    def job(self, job_id: str) -> JobState:
        self.last = self.answers.pop(0) if self.answers else self.last
        return self.last

    def submit(self, pdf: bytes, name: str, job_id: str = "") -> JobHandedOver | JobNotTaken:
        if self.refuses is not None:
            return JobNotTaken(self.refuses)
        self.taken.append(job_id)
        return JobHandedOver(job_id, "sha")

    def purge(self) -> bool:
        self.purges += 1
        return self.certain


class Nothing:
    """Camera, scanner and reader of a machine that has none."""

    def camera_status(self) -> Status:
        return Missing()

    scanner_status = status = camera_status

    def frame(self, _purpose: str) -> DeviceFailure:
        return DeviceFailure("camera_missing")

    def still(self) -> DeviceFailure:
        return DeviceFailure("camera_missing")

    scan = read_sheet = still

    def read(self, _timeout: float) -> Missing:
        return Missing()

    def stop_preview(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def ticket() -> Iterator[Ticket]:
    one = Ticket()
    yield one
    one.gate.set()


def slip() -> bytes:
    out = io.BytesIO()
    Image.new("1", (384, 8)).save(out, "PNG")
    return out.getvalue()


def test_a_hung_ticket_printer_is_unknown_and_the_others_go_on(
    ticket: Ticket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "ASK_EVERY", 0.02)
    monkeypatch.setattr(rounds, "ANSWER_WITHIN", 0.1)
    monkeypatch.setattr(printing, "SLIP_WITHIN", 0.1)
    nothing: Any = Nothing()

    async def play() -> None:
        held = Service(Printing(lambda: ticket, Page), lambda: nothing, lambda: nothing, lambda: nothing)
        held.start()
        server = await listen(held, tmp_path / "s")
        devices = await Devices.connect(tmp_path / "s", within=5)
        ticket.gate.clear()
        async with asyncio.timeout(10):
            async for status in devices.watch():
                if status.role == "ticket" and status.state == "unknown":
                    break
            assert await devices.print_slip(slip()) == "unknown"
            states = {status.role: status.state for status in await devices.status()}
            assert states["printer"] == "ready"
            assert states["camera"] == "missing"
            assert isinstance(await devices.print_pdf(b"%PDF", "x"), Job)
            ticket.gate.set()
            async for status in devices.watch():
                if status.role == "ticket" and status.state == "ready":
                    break
            # the slip that was given up on while it waited must not come out now
            assert ticket.slips == 0
            assert await devices.print_slip(slip()) == "printed"
        server.close()
        server.abort_clients()
        await held.close()

    asyncio.run(play())


async def followed(work: Printing) -> list[str]:
    async with asyncio.timeout(10):
        return [state.state async for state in work.follow(HEX)]


def test_a_moment_of_silence_does_not_end_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "LOOK_EVERY", 0.001)
    page = Page()
    busy, done, silent = JobState(JobPhase.PRINTING), JobState(JobPhase.PRINTED, 1, 1), JobState(JobPhase.UNKNOWN)
    page.answers = [busy, silent, silent, busy, done]
    states = asyncio.run(followed(Printing(None, lambda: page)))
    assert states[-1] == "printed"
    assert "unknown" not in states


def test_long_silence_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "LOOK_EVERY", 0.001)
    states = asyncio.run(followed(Printing(None, Page, Bounds(silence=0.05))))
    assert states[-1] == "unknown"


def test_a_job_that_stands_still_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "LOOK_EVERY", 0.001)
    page = Page()
    page.last = JobState(JobPhase.PRINTING, 1, 2)
    states = asyncio.run(followed(Printing(None, lambda: page, Bounds(stalled=0.05))))
    assert states[-1] == "unknown"
    assert page.purges == 1


def test_the_same_id_is_handed_over_once() -> None:
    async def play() -> None:
        page = Page()
        work = Printing(None, lambda: page)
        assert await work.pdf(b"x", "n", HEX) == Job(HEX, "sha")
        assert await work.pdf(b"x", "n", HEX) == DeviceFailure("duplicate")
        assert page.taken == [HEX]

    asyncio.run(play())


def test_an_id_that_was_refused_may_be_tried_again() -> None:
    async def play() -> None:
        page = Page()
        page.refuses = NoPaper()
        work = Printing(None, lambda: page)
        assert await work.pdf(b"x", "n", HEX) == DeviceFailure("no_paper")
        page.refuses = None
        assert await work.pdf(b"x", "n", HEX) == Job(HEX, "sha")

    asyncio.run(play())


def test_nothing_is_put_behind_a_job_that_could_not_be_purged() -> None:
    async def play() -> None:
        page = Page()
        page.certain = False
        work = Printing(None, lambda: page)
        assert not await work.purge()
        assert await work.pdf(b"x", "n", HEX) == DeviceFailure("unknown")
        assert page.taken == []
        page.certain = True
        await work.settle()
        assert await work.pdf(b"x", "n", HEX) == Job(HEX, "sha")

    asyncio.run(play())


def test_a_machine_without_printers_says_so() -> None:
    async def play() -> None:
        work = Printing(None, None)
        assert await work.slip(slip(), HEX) == "missing"
        assert await work.pdf(b"x", "n", HEX) == DeviceFailure("missing")
        assert await work.purge()
        assert await work.head() == USUAL

    asyncio.run(play())
