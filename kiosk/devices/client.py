"""The device service as the others see it. Asyncio; every call stands alone and may be made from any task.

Each call has a connection of its own: the service answers one connection's calls one after the other, and a printer
that does not answer must not keep the camera waiting. Leaving an iterator early (`contextlib.aclosing`) hangs up and so
stops what it watched.

    devices = await Devices.connect(config.devices_socket)
    async with aclosing(devices.follow(job.id)) as states: ...
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, aclosing, asynccontextmanager
from pathlib import Path
from typing import Any, cast

from asyncvarlink import VarlinkClientProtocol, VarlinkInterfaceProxy, connect_unix_varlink

from kiosk.devices import memory
from kiosk.devices.interface import DevicesInterface, FrameMessage, JobMessage, PageMessage, SheetMessage
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

_AGAIN = 0.05


class Devices:
    """The device service's client. Every method may raise DevicesAway; a later call connects again by itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: set[VarlinkClientProtocol] = set()

    @classmethod
    async def connect(cls, path: Path, *, within: float = 0.0) -> Devices:
        """The client, once the service answers; waits up to `within` seconds for it, then raises DevicesAway."""
        devices = cls(path)
        deadline = asyncio.get_running_loop().time() + within
        while True:
            try:
                await devices.status()
            except DevicesAway:
                if asyncio.get_running_loop().time() >= deadline:
                    raise
                await asyncio.sleep(_AGAIN)
            else:
                return devices

    async def close(self) -> None:
        """Hang up everything that is still running. May be called twice."""
        for line in tuple(self._lines):
            line.close()
        self._lines.clear()

    # --- status and codes

    async def status(self) -> tuple[DeviceStatus, ...]:
        """How every device is, as last seen (at most a few seconds ago)."""
        async with self._line() as service:
            return tuple((await service.Status())["devices"])

    async def watch(self) -> AsyncGenerator[DeviceStatus, None]:
        """Every device's status at once, then each one that changes."""
        told: dict[str, DeviceStatus] = {}
        async with self._line() as service, aclosing(service.Watch()) as replies:
            async for reply in replies:
                status = cast("DeviceStatus", reply["device"])
                if told.get(status.role) != status:
                    told[status.role] = status
                    yield status

    async def codes(self) -> AsyncGenerator[str, None]:
        """The texts that the code reader reads from now on. An empty one comes first, when the service listens."""
        async with self._line() as service, aclosing(service.Codes()) as replies:
            async for reply in replies:
                yield cast("str", reply["text"])

    # --- camera and scanner

    async def preview(self, purpose: Purpose = "page") -> AsyncGenerator[Frame | DeviceFailure, None]:
        """Preview pictures, a few a second, the newest one each time. A DeviceFailure while the camera is away."""
        async with self._line() as service, aclosing(service.Preview(purpose=purpose)) as replies:
            async for lent in replies:
                with lent as reply:
                    frame = _frame(reply["frame"])
                yield frame

    async def still(self) -> PageCapture | DeviceFailure:
        """Take the picture of the paper under the camera."""
        async with self._line() as service:
            return _page(await service.Still())

    async def scan(self) -> PageCapture | DeviceFailure:
        """Take a page from the document scanner."""
        async with self._line() as service:
            return _page(await service.Scan())

    async def read_sheet(self) -> SheetReading | DeviceFailure:
        """Read the codes on the sheet under the camera."""
        async with self._line() as service:
            with cast("AbstractContextManager[Any]", await service.ReadSheet()) as reply:
                sheet = cast("SheetMessage", reply["sheet"])
                if sheet.failure or sheet.picture is None:
                    return DeviceFailure(sheet.failure or "device_error")
                return SheetReading(tuple(sheet.texts), sheet.px_per_module, memory.borrow(sheet.picture))

    # --- printers

    async def paper_width(self) -> int:
        """The ticket printer's width in dots: 576 or 384."""
        async with self._line() as service:
            return int((await service.PaperWidth())["dots"])

    async def print_slip(self, png: bytes) -> str:
        """Print a slip once: printed, no_paper, cover_open, missing, unknown. `png`: 1 bit, paper_width() wide.

        When the service dies in the middle the answer is "unknown"; DevicesAway means that nothing was sent.
        """
        async with self._line() as service:
            try:
                return str((await service.PrintSlip(png=memory.lend(png)))["outcome"])
            except (OSError, EOFError):
                return "unknown"

    async def print_pdf(self, pdf: bytes, name: str, job_id: str = "") -> Job | DeviceFailure:
        """Hand a PDF to the page printer: one copy, one attempt. `name` shows on the printer, nothing personal.

        `job_id` (32 hex digits, made when empty) may be chosen by the caller and written down before, so that the
        job can be followed whatever happens. The same id again answers DeviceFailure("duplicate") and prints nothing.
        When the service dies in the middle the answer is the Job, and follow() learns what became of it.
        """
        job_id = job_id or uuid.uuid4().hex
        async with self._line() as service:
            try:
                reply = await service.PrintPdf(pdf=memory.lend(pdf), name=name, job=job_id)
            except (OSError, EOFError):
                return Job(job_id, hashlib.sha256(pdf).hexdigest())
        job = cast("JobMessage", reply["job"])
        return DeviceFailure(job.failure) if job.failure else Job(job.id, job.sha256)

    async def follow(self, job_id: str) -> AsyncGenerator[JobState, None]:
        """The job's state now and whenever it changes; ends when it is settled. Works after a restart, too."""
        shown: JobState | None = None
        async with self._line() as service, aclosing(service.Follow(job=job_id)) as replies:
            async for reply in replies:
                state = cast("JobState", reply["state"])
                if state != shown:
                    shown = state
                    yield state

    async def purge(self) -> bool:
        """Cancel everything that the page printer and its queue hold. False: it could not be made certain."""
        async with self._line() as service:
            return bool((await service.Purge())["certain"])

    @asynccontextmanager
    async def _line(self) -> AsyncGenerator[Any, None]:
        """A connection for one call; whatever goes wrong with it is DevicesAway."""
        try:
            _, line = await connect_unix_varlink(VarlinkClientProtocol, self._path)
        except OSError as refused:
            raise DevicesAway("not there") from refused
        self._lines.add(line)
        try:
            yield VarlinkInterfaceProxy(line, DevicesInterface)
        except DevicesAway:
            raise
        except (OSError, EOFError) as lost:
            raise DevicesAway("went away") from lost
        finally:
            self._lines.discard(line)
            line.close()


def _frame(message: FrameMessage) -> Frame | DeviceFailure:
    if message.failure or message.pixels is None:
        return DeviceFailure(message.failure or "device_error")
    return Frame(
        message.width,
        message.height,
        memory.borrow(message.pixels),
        message.whole,
        message.sharp,
        message.no_glare,
        message.hint,
        tuple((x, y) for x, y in message.corners),
        tuple(message.texts),
    )


def _page(lent: AbstractContextManager[Any]) -> PageCapture | DeviceFailure:
    with lent as reply:
        message = cast("PageMessage", reply["capture"])
        if message.failure or message.page is None or message.preview is None:
            return DeviceFailure(message.failure or "device_error")
        return PageCapture(
            memory.borrow(message.page),
            memory.borrow(message.preview),
            message.ok,
            message.why,
            message.width,
            message.height,
        )
