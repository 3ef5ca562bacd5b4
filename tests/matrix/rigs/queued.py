"""A printer that takes no PDF, behind a print server of memory: what is queued is forwarded after a second."""

from __future__ import annotations

from drivers.page.printer import Printer
from tests.matrix.rigs.page import Job, MemoryWire, PageRig

_FORWARD = 1.0  # seconds


class QueuedPageRig(PageRig):
    role = "page through CUPS"
    faults = PageRig.faults | {"cupsd killed", "disk full in the spool"}
    formats = "image/pwg-raster"

    def make(self) -> None:
        if not hasattr(self, "queue"):
            self.queue = _Queue(self)
        self.printer = Printer("ipp://127.0.0.1:1/ipp/print", self.queue, clock=self.clock)
        self.printer._wire = MemoryWire(self)  # type: ignore[assignment]

    def strike(self, fault: str) -> None:
        if fault == "cupsd killed":
            self.queue.dead = True
        elif fault == "disk full in the spool":
            self.queue.full = True
        else:
            super().strike(fault)

    def mend(self) -> None:
        self.queue.dead = self.queue.full = False
        super().mend()

    def pass_time(self) -> None:
        queue = getattr(self, "queue", None)
        if queue is not None:
            queue.forward()
        super().pass_time()


class _Queue:
    """What the driver needs of a queue; its jobs outlive a killed print server, as those on a disk do."""

    def __init__(self, rig: QueuedPageRig) -> None:
        self.rig = rig
        self.dead = self.full = False
        self.waiting: list[tuple[float, str]] = []

    def submit(self, pdf: bytes, title: str, *_: object) -> bool:
        if self.dead or self.full:
            return False
        self.waiting.append((self.rig.clock.now + _FORWARD, title))
        self.rig.reached("act begins")
        return True

    def purge(self) -> bool:
        if not self.dead:
            self.waiting = []
        return not self.dead

    def holds(self, job_id: str) -> bool:
        self.rig.clock.wait(0.02)
        return not self.dead and any(job_id in title for _, title in self.waiting)

    def forward(self) -> None:
        if self.dead or self.rig.away:
            return
        for at, title in list(self.waiting):
            if at <= self.rig.clock.now:
                self.waiting.remove((at, title))
                self.rig.number += 1
                self.rig.jobs.append(Job(self.rig.number, title))
                self.rig.last = self.rig.clock.now
