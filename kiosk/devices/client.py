"""The device service as the others see it. Asyncio; every call stands alone and may be made from any task.

Each call has a connection of its own: the service answers one connection's calls one after the other, and a printer
that does not answer must not keep the camera waiting. Leaving an iterator early (`contextlib.aclosing`) hangs up and so
stops what it watched.

A command (still, scan, read_sheet, print_slip, print_pdf) goes under an id. When the service dies in the middle the
client asks again under the same id for some seconds, while it is started anew: what was done is not done twice, and
what was not done is done then. Callers may choose the id, and ask again themselves.

    devices = await Devices.connect(config.devices_socket)
    async with aclosing(devices.follow(job.id)) as states: ...
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from asyncvarlink import VarlinkClientProtocol, VarlinkInterfaceProxy, connect_unix_varlink

from kiosk.devices import memory
from kiosk.devices.interface import DevicesInterface, FrameMessage, JobMessage, PageMessage, SheetMessage
from kiosk.devices.values import (
    DeviceFailure,
    DevicesAway,
    DeviceStatus,
    Frame,
    Head,
    Job,
    JobState,
    PageCapture,
    PluggedDevice,
    Purpose,
    SheetReading,
)

__all__ = [
    "DeviceFailure",
    "DeviceStatus",
    "Devices",
    "DevicesAway",
    "Frame",
    "Head",
    "Job",
    "JobState",
    "PageCapture",
    "PluggedDevice",
    "Purpose",
    "SheetReading",
]

_AGAIN = 0.05
#: Seconds that a command whose service died is asked for again; systemd has it back within three.
AGAIN_WITHIN = 6.0
A = TypeVar("A")


@dataclass
class Asked:
    """Whether a command was sent at all, and whether an earlier sending may have been carried out."""

    once: bool = False
    again: bool = False


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
        async with self._line() as service, aclosing(service.Watch()) as replies:
            async for reply in replies:
                yield cast("DeviceStatus", reply["device"])

    async def plugged(self) -> tuple[PluggedDevice, ...]:
        """What is plugged into this machine, configured or not. May take half a minute."""
        async with self._line() as service:
            return tuple((await service.Plugged())["found"])

    async def codes(self) -> AsyncGenerator[str, None]:
        """The texts that the code reader reads from now on. An empty one comes first, when the service listens.

        Who asked last gets them; when that one has gone, the one before.
        """
        async with self._line() as service, aclosing(service.Codes()) as replies:
            async for reply in replies:
                yield cast("str", reply["text"])

    async def keys(self) -> AsyncGenerator[str, None]:
        """The keys pressed on the pad from now on: yes no back up down help or a digit. Otherwise as codes()."""
        async with self._line() as service, aclosing(service.Keys()) as replies:
            async for reply in replies:
                yield cast("str", reply["key"])

    # --- camera and scanner

    async def preview(self, purpose: Purpose = "page") -> AsyncGenerator[Frame | DeviceFailure, None]:
        """Preview pictures, a few a second, the newest one each time. A DeviceFailure while the camera is away."""
        async with self._line() as service, aclosing(service.Preview(purpose=purpose)) as replies:
            async for lent in replies:
                with lent as reply:
                    frame = _frame(reply["frame"])
                yield frame

    async def still(self, command: str = "") -> PageCapture | DeviceFailure:
        """Take the picture of the paper under the camera."""
        return await self._repeated(lambda service, id: service.Still(command=id), command, _page)

    async def scan(self, command: str = "") -> PageCapture | DeviceFailure:
        """Take a page from the document scanner."""
        return await self._repeated(lambda service, id: service.Scan(command=id), command, _page)

    async def read_sheet(self, command: str = "") -> SheetReading | DeviceFailure:
        """Read the codes on the sheet under the camera."""
        return await self._repeated(lambda service, id: service.ReadSheet(command=id), command, _sheet)

    # --- printers

    async def ticket_head(self) -> Head:
        """The ticket printer's head; the configured one while the printer itself has said nothing."""
        async with self._line() as service:
            return cast("Head", (await service.TicketHead())["head"])

    async def print_slip(self, png: bytes, command: str = "") -> str:
        """Print a slip once: printed, no_paper, cover_open, missing, unknown. `png`: 1 bit, as wide as ticket_head().

        When the service dies in the middle and nothing can be learnt the answer is "unknown"; DevicesAway means that
        nothing was sent.
        """
        asked = Asked()
        try:
            return await self._repeated(
                lambda service, id: service.PrintSlip(png=memory.lend(png), command=id),
                command,
                lambda reply: str(reply["outcome"]),
                asked,
            )
        except DevicesAway:
            if asked.once:
                return "unknown"
            raise

    async def print_pdf(self, pdf: bytes, name: str, job_id: str = "", command: str = "") -> Job | DeviceFailure:
        """Hand a PDF to the page printer: one copy, one attempt. `name` shows on the printer, nothing personal.

        `job_id` (32 hex digits, made when empty) may be chosen by the caller and written down before, so that the
        job can be followed whatever happens. The same id again answers DeviceFailure("duplicate") and prints nothing.
        When the service dies in the middle the answer is the Job, and follow() learns what became of it.
        """
        job_id = job_id or uuid.uuid4().hex
        handed = Job(job_id, hashlib.sha256(pdf).hexdigest())
        asked = Asked()
        try:
            job = await self._repeated(
                lambda service, id: service.PrintPdf(pdf=memory.lend(pdf), name=name, job=job_id, command=id),
                command,
                lambda reply: cast("JobMessage", reply["job"]),
                asked,
            )
        except DevicesAway:
            if asked.once:
                return handed
            raise
        if job.failure == "duplicate" and asked.again:
            return handed  # the one before was begun, and nobody knows how it ended
        return DeviceFailure(job.failure) if job.failure else Job(job.id, job.sha256)

    async def follow(self, job_id: str) -> AsyncGenerator[JobState, None]:
        """The job's state now and whenever it changes; ends when it is settled. Works after a restart, too."""
        async with self._line() as service, aclosing(service.Follow(job=job_id)) as replies:
            async for reply in replies:
                yield cast("JobState", reply["state"])

    async def purge(self) -> bool:
        """Cancel everything that the page printer and its queue hold. False: it could not be made certain."""
        async with self._line() as service:
            return bool((await service.Purge())["certain"])

    async def _repeated(
        self,
        call: Callable[[Any, str], Awaitable[Any]],
        command: str,
        read: Callable[[Any], A],
        asked: Asked | None = None,
    ) -> A:
        """One command's answer. When the service goes away in the middle it is asked again, under the same id."""
        asked = asked or Asked()
        command = command or uuid.uuid4().hex
        deadline = 0.0
        while True:
            try:
                async with self._line() as service:
                    asked.once, asked.again = True, asked.once
                    return read(await call(service, command))
            except DevicesAway:
                now = asyncio.get_running_loop().time()
                deadline = deadline or now + AGAIN_WITHIN
                if not asked.once or now >= deadline:
                    raise
                await asyncio.sleep(_AGAIN)

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
        tuple((corner.x, corner.y) for corner in message.corners),
        tuple(message.texts),
        message.taken,
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


def _sheet(lent: AbstractContextManager[Any]) -> SheetReading | DeviceFailure:
    with lent as reply:
        sheet = cast("SheetMessage", reply["sheet"])
        if sheet.failure or sheet.picture is None:
            return DeviceFailure(sheet.failure or "device_error")
        return SheetReading(tuple(sheet.texts), sheet.px_per_module, memory.borrow(sheet.picture))
