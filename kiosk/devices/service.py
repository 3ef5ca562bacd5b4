"""The device service: one process that owns all hardware, in which a hung device keeps nobody else waiting.

A driver that hangs or breaks is replaced by its lane, alone (:mod:`kiosk.devices.lane`). Only when so many of one
device's threads hang that the lane gives up does the whole process start anew: it ends by itself, in order and with an
exit code, rather than let systemd's watchdog abort it, because it can choose the moment: when no command runs and no
job is followed, and not within ten minutes of its own start, so that a printer that stays dead disturbs nobody.
"""

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from asyncvarlink import FileDescriptor, LastResult, varlinkmethod

from drivers import roles
from kiosk.devices import memory, rounds
from kiosk.devices.board import Board
from kiosk.devices.feed import Feed
from kiosk.devices.interface import (
    BadCommand,
    CommandReused,
    Corner,
    DevicesInterface,
    FrameMessage,
    JobMessage,
    PageMessage,
    SheetMessage,
)
from kiosk.devices.lane import Broken, Lane, Stuck
from kiosk.devices.printing import LASTING, Printing
from kiosk.devices.repeats import Repeats, Reused
from kiosk.devices.rounds import ASK_EVERY
from kiosk.devices.values import (
    DeviceFailure,
    DeviceStatus,
    Frame,
    Head,
    JobState,
    PageCapture,
    PluggedDevice,
    Purpose,
)

if TYPE_CHECKING:
    from kiosk.devices.capture import Capture
    from kiosk.devices.codes import Codes

#: Seconds: for a frame, a still, a scan, a look around; the shortest time between two frames.
FRAME_WITHIN, STILL_WITHIN, SCAN_WITHIN, LOOK_WITHIN, FRAME_EVERY = 5.0, 30.0, 90.0, 30.0, 0.01
#: Seconds that the process lives at least before it ends for a device that was given up.
LEAST_LIFE = 600.0
A = TypeVar("A")


class Service(DevicesInterface):
    """The interface's server side. start() begins to watch the devices; close() lets them go.

    `camera` and `scanner` make a Capture that has only the one or the other, so that each can be replaced alone.
    """

    def __init__(
        self,
        printing: Printing,
        camera: "Callable[[], Capture]",
        scanner: "Callable[[], Capture]",
        codes: "Callable[[], Codes]",
        keypad: Callable[[], roles.KeyPad] | None = None,
        plugged: Callable[[], list[PluggedDevice]] = list,
    ) -> None:
        self._printing = printing
        self._camera, self._scanner = Lane("camera", camera), Lane("scanner", scanner)
        self._reader = Lane("reader", codes)
        self._keypad = Lane("keypad", keypad) if keypad is not None else None
        self._plugged = plugged
        self._board = Board(["reader", "ticket", "printer", "camera", "scanner", *(["keypad"] if keypad else [])])
        self._codes, self._keys = Feed(), Feed()
        self._repeats = Repeats()
        self._watching = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._resting: set[asyncio.Task[None]] = set()
        self.worn_out = asyncio.Event()  # the process should end and be started anew

    def start(self) -> None:
        """Begin to watch."""
        printing, board = self._printing, self._board
        steps: list[rounds.Step] = [
            rounds.ask(board, "ticket", printing.ticket_lane, printing.ticket_status),
            rounds.ask(board, "printer", printing.page_lane, lambda page: page.status()),
            rounds.ask(board, "camera", self._camera, lambda capture: capture.camera_status()),
            rounds.ask(board, "scanner", self._scanner, lambda capture: capture.scanner_status()),
            rounds.read_codes(board, self._reader, self._codes),
            rounds.settle(printing),
            self._wear_out(),
        ]
        if self._keypad is not None:
            steps.append(rounds.read_keys(board, self._keypad, self._keys))
        self._tasks = [asyncio.create_task(rounds.forever(step)) for step in steps]

    async def close(self) -> None:
        """Stop watching and let the devices go; one that hangs is left behind."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(lane.close() for lane in self._lanes()))

    def _lanes(self) -> list[Lane[Any]]:
        lanes: list[Lane[Any] | None] = [self._camera, self._scanner, self._reader, self._keypad]
        lanes += [self._printing.ticket_lane, self._printing.page_lane]
        return [lane for lane in lanes if lane is not None]

    def _wear_out(self) -> rounds.Step:
        begun = asyncio.get_running_loop().time()

        async def step() -> None:
            await asyncio.sleep(ASK_EVERY)
            given_up = any(lane.trouble == "given_up" for lane in self._lanes())
            old = asyncio.get_running_loop().time() - begun >= LEAST_LIFE
            if given_up and old and not self._repeats.running and not self._printing.following:
                self.worn_out.set()

        return step

    # --- commands

    async def _once(
        self,
        command: str | None,
        about: tuple[str | bytes, ...],
        act: Callable[[str], Awaitable[A]],
        failed: Callable[[A], bool],
        *,
        big: bool = False,
    ) -> A:
        """The command's answer, carried out or remembered; `about` is everything that makes it this command."""
        command = command or uuid.uuid4().hex
        content = hashlib.sha256()
        for part in about:
            data = part.encode() if isinstance(part, str) else part
            content.update(len(data).to_bytes(8, "big") + data)
        try:
            return await self._repeats.once(command, content.digest(), lambda: act(command), failed, big=big)
        except Reused:
            raise CommandReused(command=command) from None  # pyright: ignore[reportCallIssue]
        except ValueError as wrong:  # no slip, no id: the caller's mistake, in words that quote nothing
            raise BadCommand(why=str(wrong)[:80]) from None  # pyright: ignore[reportCallIssue]
        except OSError:  # Pillow's word for a picture that is none
            raise BadCommand(why="not a picture") from None  # pyright: ignore[reportCallIssue]

    @classmethod
    def render_interface_description(cls, *, comments: bool = True) -> str:
        """What a technician's tool shows: the interface's own words, not those for readers of this file."""
        return DevicesInterface.render_interface_description(comments=comments)

    # --- status, codes and keys

    @varlinkmethod(return_parameter="devices")
    async def Status(self) -> list[DeviceStatus]:  # noqa: N802
        """See the interface."""
        return self._board.states()

    @varlinkmethod(return_parameter="device", delay_generator=False)
    async def Watch(self) -> AsyncIterator[DeviceStatus]:  # noqa: N802
        """See the interface."""
        async with aclosing(self._board.watch()) as changes:
            async for status in changes:
                yield status

    @varlinkmethod(return_parameter="found")
    async def Plugged(self) -> list[PluggedDevice]:  # noqa: N802
        """See the interface."""
        looking = Lane("plugged", lambda: _Looking(self._plugged))
        try:
            return await looking.do(lambda look: look.now(), LOOK_WITHIN)
        except (Stuck, Broken):
            return []
        finally:
            await looking.close(0)

    @varlinkmethod(return_parameter="text", delay_generator=False)
    async def Codes(self) -> AsyncIterator[str]:  # noqa: N802
        """See the interface."""
        async with aclosing(self._codes.listen()) as texts:
            async for text in texts:
                yield text

    @varlinkmethod(return_parameter="key", delay_generator=False)
    async def Keys(self) -> AsyncIterator[str]:  # noqa: N802
        """See the interface."""
        async with aclosing(self._keys.listen()) as keys:
            async for key in keys:
                yield key

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
                    frame = await self._camera.act(lambda capture: capture.frame(wanted), FRAME_WITHIN)
                except (Stuck, Broken):
                    frame = DeviceFailure("timeout")
                yield _frame_message(frame)
                pause = FRAME_EVERY if isinstance(frame, Frame) else ASK_EVERY
                await asyncio.sleep(max(0.0, begun + pause - loop.time()))
        finally:
            self._watching -= 1
            if not self._watching:
                # not waited for: a camera that hangs must not keep the one who left
                resting = asyncio.create_task(self._rest())
                self._resting.add(resting)
                resting.add_done_callback(self._resting.discard)

    async def _rest(self) -> None:
        try:
            await self._camera.do(lambda capture: capture.stop_preview(), FRAME_WITHIN)
        except (Stuck, Broken):
            return

    @varlinkmethod(return_parameter="capture")
    async def Still(self, command: str | None = None) -> PageMessage:  # noqa: N802
        """See the interface."""
        taken = await self._seen(command, "still", self._camera, lambda capture: capture.still(), STILL_WITHIN)
        return _page_message(taken)

    @varlinkmethod(return_parameter="capture")
    async def Scan(self, command: str | None = None) -> PageMessage:  # noqa: N802
        """See the interface."""
        return _page_message(
            await self._seen(command, "scan", self._scanner, lambda capture: capture.scan(), SCAN_WITHIN)
        )

    @varlinkmethod(return_parameter="sheet")
    async def ReadSheet(self, command: str | None = None) -> SheetMessage:  # noqa: N802
        """See the interface."""
        read = await self._seen(command, "sheet", self._camera, lambda capture: capture.read_sheet(), STILL_WITHIN)
        if isinstance(read, DeviceFailure):
            return SheetMessage(failure=read.why)
        return SheetMessage(texts=list(read.texts), px_per_module=read.px_per_module, picture=memory.lend(read.picture))

    async def _seen(
        self,
        command: str | None,
        what: str,
        lane: "Lane[Capture]",
        take: "Callable[[Capture], A | DeviceFailure]",
        within: float,
    ) -> A | DeviceFailure:
        async def act(_: str) -> A | DeviceFailure:
            try:
                return await lane.act(take, within)
            except Stuck:
                return DeviceFailure("timeout")
            except Broken:
                return DeviceFailure("device_error")

        return await self._once(command, (what,), act, lambda taken: isinstance(taken, DeviceFailure), big=True)

    # --- printers

    @varlinkmethod(return_parameter="outcome")
    async def PrintSlip(self, png: FileDescriptor, command: str | None = None) -> str:  # noqa: N802
        """See the interface."""
        slip = memory.borrow(png)
        return await self._once(
            command,
            ("slip", slip),
            lambda act: self._printing.slip(slip, act),
            lambda outcome: outcome not in LASTING,
        )

    @varlinkmethod(return_parameter="job")
    async def PrintPdf(  # noqa: N802
        self, pdf: FileDescriptor, name: str, job: str, command: str | None = None
    ) -> JobMessage:
        """See the interface."""
        sheet = memory.borrow(pdf)
        answer = await self._once(
            command,
            ("pdf", sheet, name, job),
            lambda _: self._printing.pdf(sheet, name, job),
            lambda answer: isinstance(answer, DeviceFailure),
        )
        if isinstance(answer, DeviceFailure):
            return JobMessage(failure=answer.why)
        return JobMessage(id=answer.id, sha256=answer.sha256)

    @varlinkmethod(return_parameter="state", delay_generator=False)
    async def Follow(self, job: str) -> AsyncIterator[JobState]:  # noqa: N802
        """See the interface."""
        async with aclosing(self._printing.follow(job)) as states:
            async for state in states:
                if state.settled:
                    raise LastResult(state)
                yield state

    @varlinkmethod(return_parameter="certain")
    async def Purge(self) -> bool:  # noqa: N802
        """See the interface."""
        self._repeats.forget_pictures()  # whoever asks for this says that the person has gone
        return await self._printing.purge()

    @varlinkmethod(return_parameter="head")
    async def TicketHead(self) -> Head:  # noqa: N802
        """See the interface."""
        return await self._printing.head()


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
        corners=[Corner(x, y) for x, y in frame.corners],
        texts=list(frame.texts),
        taken=frame.taken,
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


class _Looking:
    """Looks around in a lane of its own, because that may hang as any driver may."""

    def __init__(self, look: Callable[[], list[PluggedDevice]]) -> None:
        self.now = look

    def close(self) -> None:
        """Nothing is held."""
