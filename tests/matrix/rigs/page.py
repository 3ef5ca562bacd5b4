"""An IPP printer of memory: true IPP bytes in and out, and jobs that take simulated seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from drivers.page.ipp import Answer, Attribute, Group, NoAnswer, NobodyThere, Op, Tag, decode, encode
from drivers.page.printer import Printer
from drivers.roles import JobHandedOver, JobPhase, name_of
from tests.drivers.sheets import pdf
from tests.matrix.rigs.base import DONE, NOT, UNKNOWN, Rig

_PDF = pdf()
_SHEET = 4.0  # seconds
_REASONS = {"paper out": "media-empty", "jam": "media-jam", "cover open": "cover-open"}
_OK, _NOT_FOUND = 0x0000, 0x0406
_PROCESSING, _CANCELED, _COMPLETED = 5, 7, 9


@dataclass
class Job:
    number: int
    name: str
    left: float = _SHEET
    state: int = _PROCESSING


class PageRig(Rig):
    role = "page"
    faults = frozenset({"paper out", "jam", "cover open", "ipp-usb dead after unplug"})
    formats = "application/pdf"

    def __init__(self) -> None:
        self.sheets = self.number = 0
        self.jobs: list[Job] = []
        self.last = 0.0
        super().__init__()

    def make(self) -> None:
        self.printer = Printer("ipp://127.0.0.1:1/ipp/print", clock=self.clock)
        self.printer._wire = MemoryWire(self)  # type: ignore[assignment]

    def strike(self, fault: str) -> None:
        super().strike("unplug" if fault == "ipp-usb dead after unplug" else fault)

    def ask(self) -> str:
        return name_of(self.printer.status())

    def act(self) -> str:
        handed = self.printer.submit(_PDF, "Contoh")
        if not isinstance(handed, JobHandedOver):
            return NOT
        end = self.clock.now + 60
        while not (state := self.printer.job(handed.id)).settled and self.clock.now < end:
            self.clock.wait(0.5)
        if state.phase is JobPhase.PRINTED:
            return DONE
        if not state.settled or state.phase is JobPhase.UNKNOWN:
            return UNKNOWN
        return NOT

    def mend(self) -> None:
        """The person of an unknown job goes: what is held is purged before anybody puts paper in."""
        self.mute = self.half = self.noise = False
        self.delay, self.back_at = 0.0, min(self.back_at, self.clock.now)
        self.printer.purge()
        super().mend()

    @property
    def came_out(self) -> int:
        self.pass_time()
        return self.sheets

    def power_lost(self) -> None:
        self.jobs = []

    def pass_time(self) -> None:
        del self.jobs[:-20]  # printers remember the last ones only
        spent, self.last = self.clock.now - self.last, self.clock.now
        for job in [job for job in self.jobs if job.state == _PROCESSING]:
            if self.trouble or self._off or spent <= 0:
                return
            step = min(spent, job.left)
            half = job.left > _SHEET / 2 >= job.left - step
            job.left -= step
            spent -= step
            if half:
                self.reached("middle of the act")
                if self.trouble or job not in self.jobs:
                    return
            if job.left <= 0:
                job.state = _COMPLETED
                self.sheets += 1
                self.reached("act just ended")

    @property
    def _off(self) -> bool:
        return self.away and not self.jobs

    def answer(self, operation: Op, given: dict[str, Any], data: bytes) -> bytes:
        """The printer's answer, as bytes."""
        self.pass_time()
        if operation == Op.GET_PRINTER_ATTRIBUTES:
            self.reached("asked")
            busy = any(job.state == _PROCESSING for job in self.jobs)
            return _bytes(
                _OK,
                [
                    Attribute(Group.PRINTER, Tag.ENUM, "printer-state", 5 if self.trouble else 4 if busy else 3),
                    Attribute(Group.PRINTER, Tag.KEYWORD, "printer-state-reasons", _REASONS.get(self.trouble, "none")),
                    Attribute(Group.PRINTER, Tag.BOOLEAN, "printer-is-accepting-jobs", True),
                    Attribute(Group.PRINTER, Tag.MIME, "document-format-supported", self.formats),
                    Attribute(Group.PRINTER, Tag.KEYWORD, "media-supported", "iso_a4_210x297mm"),
                ],
            )
        if operation == Op.PRINT_JOB:
            self.number += 1
            self.jobs.append(Job(self.number, str(given["job-name"])))
            self.reached("act begins")
            return _bytes(_OK, [Attribute(Group.JOB, Tag.INTEGER, "job-id", self.number)])
        if operation == Op.CANCEL_JOB:
            for job in self.jobs:
                if job.number == given["job-id"] and job.state == _PROCESSING:
                    job.state = _CANCELED
            return _bytes(_OK)
        if operation == Op.GET_JOB_ATTRIBUTES:
            found = [job for job in self.jobs if job.number == given["job-id"]]
            return _bytes(_OK if found else _NOT_FOUND, *map(_told, found))
        wanted = given["which-jobs"] == "completed"
        return _bytes(_OK, *(_told(job) for job in self.jobs if (job.state != _PROCESSING) == wanted))


def _told(job: Job) -> list[Attribute]:
    return [
        Attribute(Group.JOB, Tag.INTEGER, "job-id", job.number),
        Attribute(Group.JOB, Tag.NAME, "job-name", job.name),
        Attribute(Group.JOB, Tag.ENUM, "job-state", job.state),
        Attribute(Group.JOB, Tag.INTEGER, "job-impressions", 1),
        Attribute(Group.JOB, Tag.INTEGER, "job-impressions-completed", int(job.state == _COMPLETED)),
    ]


def _bytes(status: int, *groups: Sequence[Attribute]) -> bytes:
    parts = [encode(status, 1, group) for group in groups]  # type: ignore[arg-type]
    return encode(status, 1, [])[:-1] + b"".join(part[8:-1] for part in parts) + b"\x03"  # type: ignore[arg-type]


class MemoryWire:
    """In the place of drivers.page.ipp.Wire."""

    def __init__(self, rig: PageRig) -> None:
        self.rig = rig

    def ask(
        self, operation: Op, attributes: Sequence[Attribute] = (), data: bytes = b"", timeout: float = 4.0
    ) -> Answer:
        rig = self.rig
        rig.clock.wait(0.05)
        if rig.away:
            raise NobodyThere("away")
        generation = rig.generation
        request = decode(encode(operation, 1, attributes))
        given = {name: values[0] for _, group in request.groups for name, values in group.items()}
        told = rig.answer(operation, given, data)
        if generation != rig.generation:
            raise NoAnswer("cut")
        if rig.mute or rig.delay > timeout:
            rig.clock.wait(timeout)
            raise NoAnswer("silent")
        rig.clock.wait(rig.delay)
        if rig.noise:
            rig.noise, told = False, b"\xff\x00\x93" * 5
        return decode(told[: len(told) // 2] if rig.half else told)
