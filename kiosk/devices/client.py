"""The device service as the others see it. Asyncio; every call stands alone and may be made from any task.

Each call has a connection of its own: the service answers one connection's calls one after the other, and a printer
that does not answer must not keep the camera waiting. Leaving an iterator early (`aclosing`, or its end of life) hangs
up and so stops what it watched.

    devices = await Devices.connect(config.sockets / "devices.sock")
    async for state in devices.follow(job.id): ...
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

from kiosk.devices.values import (
    DeviceFailure,
    DevicesAway,
    DeviceStatus,
    Frame,
    Job,
    JobState,
    PageCapture,
    Purpose,
    SheetReading,
)

__all__ = [
    "DeviceFailure",
    "DeviceStatus",
    "Devices",
    "DevicesAway",
    "Frame",
    "Job",
    "JobState",
    "PageCapture",
    "Purpose",
    "SheetReading",
]


class Devices:
    """The device service's client. Every method may raise DevicesAway; a later call connects again by itself."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    async def connect(cls, path: Path, *, within: float = 0.0) -> Devices:
        """The client, once the service answers; waits up to `within` seconds for it, then raises DevicesAway."""
        raise DevicesAway("not there")

    async def close(self) -> None:
        """Hang up everything that is still running. May be called twice."""

    async def status(self) -> tuple[DeviceStatus, ...]:
        """How every device is, as last seen (at most a few seconds ago)."""
        raise DevicesAway("not there")

    async def watch(self) -> AsyncGenerator[DeviceStatus, None]:
        """Every device's status at once, then each one that changes."""
        raise DevicesAway("not there")
        yield

    async def codes(self) -> AsyncGenerator[str, None]:
        """The texts that the code reader reads from now on."""
        raise DevicesAway("not there")
        yield

    async def preview(self, purpose: Purpose = "page") -> AsyncGenerator[Frame | DeviceFailure, None]:
        """Preview pictures, a few a second, the newest one each time. A DeviceFailure while the camera is away."""
        raise DevicesAway("not there")
        yield

    async def still(self) -> PageCapture | DeviceFailure:
        """Take the picture of the paper under the camera."""
        raise DevicesAway("not there")

    async def scan(self) -> PageCapture | DeviceFailure:
        """Take a page from the document scanner."""
        raise DevicesAway("not there")

    async def print_slip(self, png: bytes) -> str:
        """Print a slip once: printed, no_paper, cover_open, missing, unknown. `png`: 1 bit, paper_width() wide.

        When the service dies in the middle the answer is "unknown"; DevicesAway means that nothing was sent.
        """
        raise DevicesAway("not there")

    async def print_pdf(self, pdf: bytes, name: str, job_id: str = "") -> Job | DeviceFailure:
        """Hand a PDF to the page printer: one copy, one attempt. `name` shows on the printer, nothing personal.

        `job_id` (32 hex digits, made when empty) may be chosen by the caller and written down before, so that the
        job can be followed whatever happens. The same id again answers DeviceFailure("duplicate") and prints nothing.
        When the service dies in the middle the answer is the Job, and follow() learns what became of it.
        """
        raise DevicesAway("not there")

    async def follow(self, job_id: str) -> AsyncGenerator[JobState, None]:
        """The job's state now and whenever it changes; ends when it is settled. Works after a restart, too."""
        raise DevicesAway("not there")
        yield

    async def purge(self) -> bool:
        """Cancel everything that the page printer and its queue hold. False: it could not be made certain."""
        raise DevicesAway("not there")

    async def read_sheet(self) -> SheetReading | DeviceFailure:
        """Read the codes on the sheet under the camera."""
        raise DevicesAway("not there")

    async def paper_width(self) -> int:
        """The ticket printer's width in dots: 576 or 384."""
        raise DevicesAway("not there")
