"""The device service: one process that owns all hardware, in which a hung device keeps nobody else waiting."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from typing import cast

from asyncvarlink import FileDescriptor, LastResult, VarlinkInterfaceRegistry, varlinkmethod

from drivers import roles
from drivers.page import device as page_device
from drivers.ticket import device as ticket_device
from kiosk.devices import memory
from kiosk.devices.capture import Capture
from kiosk.devices.codes import Codes
from kiosk.devices.interface import DevicesInterface, FrameMessage, JobMessage, PageMessage, SheetMessage
from kiosk.devices.lane import Lane, Stuck
from kiosk.devices.printing import Printing
from kiosk.devices.values import DeviceFailure, DeviceStatus, Frame, JobState, PageCapture, Purpose

#: Seconds: between questions to a device, for its answer, between repetitions in a stream.
ASK_EVERY, ANSWER_WITHIN, REPEAT = 1.0, 15.0, 3.0
#: Seconds: for a frame, a still, a scan; the shortest time between two frames.
FRAME_WITHIN, STILL_WITHIN, SCAN_WITHIN, FRAME_EVERY = 5.0, 30.0, 90.0, 0.1
_SILENCES = 2  # a device that does not answer once may have been busy; twice is believed


class Service(DevicesInterface):
    """The interface's server side. start() begins to watch the devices; close() lets them go."""

    def __init__(self, printing: Printing, capture: Capture, codes: Codes) -> None:
        self._printing = printing
        self._capture = capture
        self._codes = codes
        self._camera, self._scanner, self._reader = Lane("camera"), Lane("scanner"), Lane("reader")
        self._states: dict[str, DeviceStatus] = {}
        self._silent: dict[str, int] = {}
        self._changed = asyncio.Condition()
        self._listeners: set[asyncio.Queue[str]] = set()
        self._watching = 0
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to watch."""
        watched: list[tuple[str, Lane, Callable[[], roles.Status]]] = [
            ("ticket", self._printing.ticket_lane, self._printing.ticket_status),
            ("printer", self._printing.page_lane, self._printing.page_status),
            ("camera", self._camera, self._capture.camera_status),
            ("scanner", self._scanner, self._capture.scanner_status),
        ]
        self._states = {role: DeviceStatus(role, "unknown") for role in ["reader", *(role for role, _, _ in watched)]}
        self._tasks = [asyncio.create_task(self._watch(*each)) for each in watched]
        self._tasks.append(asyncio.create_task(self._read_codes()))

    async def close(self) -> None:
        """Stop watching and let the devices go; one that hangs is left behind."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for lane in (self._camera, self._scanner, self._reader, self._printing.ticket_lane, self._printing.page_lane):
            lane.close()

    # --- watching

    async def _watch(self, role: str, lane: Lane, ask: Callable[[], roles.Status]) -> None:
        while True:
            if not lane.occupied:
                try:
                    status = await lane.do(ask, ANSWER_WITHIN)
                except Stuck:
                    status = roles.Unknown(time.monotonic())
                await self._note(role, status)
            if role == "printer":
                await self._printing.settle()
            await asyncio.sleep(ASK_EVERY)

    async def _note(self, role: str, status: roles.Status) -> None:
        before = self._states[role]
        if isinstance(status, roles.Unknown):
            self._silent[role] = self._silent.get(role, 0) + 1
            if self._silent[role] < _SILENCES:
                return
        else:
            self._silent[role] = 0
        left = status.sheets_left if isinstance(status, roles.Ready | roles.NearEnd) else None
        detail = status.detail if isinstance(status, roles.Fault) else ""
        now = DeviceStatus(role, roles.name_of(status), detail, left)
        if now != before:
            async with self._changed:
                self._states[role] = now
                self._changed.notify_all()

    async def _read_codes(self) -> None:
        # codes that nobody waits for are read, too, and dropped: a ticket shown too early must not open later
        last_asked = 0.0
        while True:
            try:
                read = await self._reader.do(lambda: self._codes.read(0.5), ANSWER_WITHIN)
                if isinstance(read, str):
                    for listener in self._listeners:
                        listener.put_nowait(read)
                now = asyncio.get_running_loop().time()
                if isinstance(read, roles.Missing) or now - last_asked > ASK_EVERY:
                    last_asked = now
                    await self._note("reader", await self._reader.do(self._codes.status, ANSWER_WITHIN))
            except Stuck:
                await self._note("reader", roles.Unknown(time.monotonic()))
                read = roles.Missing()
            if isinstance(read, roles.Missing):
                await asyncio.sleep(ASK_EVERY)

    # --- status and codes

    @varlinkmethod(return_parameter="devices")
    async def Status(self) -> list[DeviceStatus]:  # noqa: N802
        """See the interface."""
        return list(self._states.values())

    @varlinkmethod(return_parameter="device", delay_generator=False)
    async def Watch(self) -> AsyncIterator[DeviceStatus]:  # noqa: N802
        """See the interface."""
        told: dict[str, DeviceStatus] = {}
        while True:
            async with self._changed:
                fresh = [state for role, state in self._states.items() if told.get(role) != state]
                if not fresh:
                    try:
                        async with asyncio.timeout(REPEAT):
                            await self._changed.wait()
                    except TimeoutError:
                        fresh = list(self._states.values())[:1]
            for state in fresh:
                told[state.role] = state
                yield state

    @varlinkmethod(return_parameter="text", delay_generator=False)
    async def Codes(self) -> AsyncIterator[str]:  # noqa: N802
        """See the interface."""
        listener: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            yield ""
            while True:
                try:
                    async with asyncio.timeout(REPEAT):
                        text = await listener.get()
                except TimeoutError:
                    text = ""
                yield text
        finally:
            self._listeners.discard(listener)

    # --- camera and scanner

    @varlinkmethod(return_parameter="frame", delay_generator=False)
    async def Preview(self, purpose: str) -> AsyncIterator[FrameMessage]:  # noqa: N802
        """See the interface."""
        wanted: Purpose = "sheet" if purpose == "sheet" else "page"
        self._watching += 1
        loop = asyncio.get_running_loop()
        try:
            while True:
                begun = loop.time()
                try:
                    frame = await self._camera.act(lambda: self._capture.frame(wanted), FRAME_WITHIN)
                except Stuck:
                    frame = DeviceFailure("timeout")
                yield _frame_message(frame)
                pause = FRAME_EVERY if isinstance(frame, Frame) else ASK_EVERY
                await asyncio.sleep(max(0.0, begun + pause - loop.time()))
        finally:
            self._watching -= 1
            if not self._watching:
                # not waited for: a camera that hangs must not keep the one who left
                self._tasks.append(asyncio.create_task(self._rest()))

    async def _rest(self) -> None:
        try:
            await self._camera.do(self._capture.stop_preview, FRAME_WITHIN)
        except Stuck:
            return

    @varlinkmethod(return_parameter="capture")
    async def Still(self) -> PageMessage:  # noqa: N802
        """See the interface."""
        try:
            return _page_message(await self._camera.act(self._capture.still, STILL_WITHIN))
        except Stuck:
            return PageMessage(failure="timeout")

    @varlinkmethod(return_parameter="capture")
    async def Scan(self) -> PageMessage:  # noqa: N802
        """See the interface."""
        try:
            return _page_message(await self._scanner.act(self._capture.scan, SCAN_WITHIN))
        except Stuck:
            return PageMessage(failure="timeout")

    @varlinkmethod(return_parameter="sheet")
    async def ReadSheet(self) -> SheetMessage:  # noqa: N802
        """See the interface."""
        try:
            read = await self._camera.act(self._capture.read_sheet, STILL_WITHIN)
        except Stuck:
            return SheetMessage(failure="timeout")
        if isinstance(read, DeviceFailure):
            return SheetMessage(failure=read.why)
        return SheetMessage(texts=list(read.texts), px_per_module=read.px_per_module, picture=memory.lend(read.picture))

    # --- printers

    @varlinkmethod(return_parameter="outcome")
    async def PrintSlip(self, png: FileDescriptor) -> str:  # noqa: N802
        """See the interface."""
        return str(await self._printing.slip(memory.borrow(png)))

    @varlinkmethod(return_parameter="job")
    async def PrintPdf(self, pdf: FileDescriptor, name: str, job: str) -> JobMessage:  # noqa: N802
        """See the interface."""
        answer = await self._printing.pdf(memory.borrow(pdf), name, job)
        if isinstance(answer, DeviceFailure):
            return JobMessage(failure=answer.why)
        return JobMessage(id=answer.id, sha256=answer.sha256)

    @varlinkmethod(return_parameter="state", delay_generator=False)
    async def Follow(self, job: str) -> AsyncIterator[JobState]:  # noqa: N802
        """See the interface."""
        async for state in self._printing.follow(job):
            if state.settled:
                raise LastResult(state)
            yield state

    @varlinkmethod(return_parameter="certain")
    async def Purge(self) -> bool:  # noqa: N802
        """See the interface."""
        return await self._printing.purge()

    @varlinkmethod(return_parameter="dots")
    async def PaperWidth(self) -> int:  # noqa: N802
        """See the interface."""
        return self._printing.dots


def _frame_message(frame: Frame | DeviceFailure) -> FrameMessage:
    if isinstance(frame, DeviceFailure):
        return FrameMessage(failure=frame.why)
    return FrameMessage(
        width=frame.width,
        height=frame.height,
        pixels=memory.lend(frame.rgb),
        whole=frame.whole,
        sharp=frame.sharp,
        no_glare=frame.no_glare,
        hint=frame.hint,
        corners=[list(corner) for corner in frame.corners],
        texts=list(frame.texts),
    )


def _page_message(capture: PageCapture | DeviceFailure) -> PageMessage:
    if isinstance(capture, DeviceFailure):
        return PageMessage(failure=capture.why)
    return PageMessage(
        page=memory.lend(capture.page),
        preview=memory.lend(capture.preview),
        ok=capture.ok,
        why=capture.why,
        width=capture.width,
        height=capture.height,
    )


def build(devices: Mapping[str, str]) -> Service:
    """The service for the addresses of [devices]: reader, camera_preview, camera_still, scanner, ticket, page.

    A role without an address is Missing. Raises ValueError for an address that is none.
    """
    ticket, page = devices.get("ticket", ""), devices.get("page", "") or devices.get("printer", "")
    preview = devices.get("camera_preview", "")
    return Service(
        Printing(
            cast("roles.TicketPrinter", ticket_device.open(ticket)) if ticket else None,
            page_device.open(page) if page else None,
        ),
        Capture(preview, devices.get("camera_still", "") or preview, devices.get("scanner", "")),
        Codes(devices.get("reader", "")),
    )


def registry_of(service: Service) -> VarlinkInterfaceRegistry:
    """What the socket serves."""
    from asyncvarlink.serviceinterface import VarlinkServiceInterface

    registry = VarlinkInterfaceRegistry()
    registry.register_interface(VarlinkServiceInterface("Pro Desaku", "Kiosk", "1", "https://prodesaku.id/", registry))
    registry.register_interface(service)
    return registry
