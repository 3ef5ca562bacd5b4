"""Two clients at the real socket: what one of them asked for (a code, a picture, a slip) never reaches the other."""

from __future__ import annotations

import array
import asyncio
import io
import json
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from drivers.roles import Missing, Ready, SlipOutcome, Status
from kiosk.devices import rounds
from kiosk.devices.client import DeviceFailure, Devices
from kiosk.devices.door import listen
from kiosk.devices.printing import Printing
from kiosk.devices.service import Service
from kiosk.devices.values import Frame, PageCapture, SheetReading

CODE, ON_PAPER, KEY = "PDT1-7315-CONTOH-RAHASIA", "QR-DI-KERTAS-RAHASIA", "help"
PIXEL = b"\x07SELEMBAR-KERTAS"
WORDS = (CODE.encode(), ON_PAPER.encode(), KEY.encode() + b'"', PIXEL)
STREAMS = ("Watch", "Codes", "Keys")


class Hall:
    """Every device of a machine on which somebody shows a ticket, lays a paper and presses a key."""

    dots, dpi = 384, 203

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.pressed: list[str] = []
        self.state: Status = Ready()

    def camera_status(self) -> Status:
        return self.state

    scanner_status = status = camera_status

    def read(self, _timeout: float) -> str | Missing | None:
        return self.shown.pop() if self.shown else None

    def key(self, _timeout: float) -> str | Missing | None:
        return self.pressed.pop() if self.pressed else None

    def jack(self) -> bool | None:
        return None

    def frame(self, _purpose: str) -> Frame:
        return Frame(4, 4, PIXEL * 3, texts=(ON_PAPER,))

    def still(self) -> PageCapture | DeviceFailure:
        return PageCapture(PIXEL, PIXEL, True, "", 4, 4)

    scan = still

    def read_sheet(self) -> SheetReading | DeviceFailure:
        return SheetReading((ON_PAPER,), 4.0, PIXEL)

    def print_slip(self, _slip: Image.Image) -> SlipOutcome:
        return SlipOutcome.PRINTED

    def stop_preview(self) -> None: ...

    def close(self) -> None: ...


class Bystander:
    """Asks for everything that can be watched without a purpose, and keeps each byte and descriptor that comes."""

    def __init__(self, path: Path) -> None:
        self.got, self.handles = b"", 0
        self.lines = [socket.socket(socket.AF_UNIX) for _ in STREAMS]
        for line, stream in zip(self.lines, STREAMS, strict=True):
            line.connect(str(path))
            line.sendall(json.dumps({"method": f"id.prodesaku.Devices.{stream}", "more": True}).encode() + b"\0")
            line.setblocking(False)

    def take(self) -> bytes:
        for line in self.lines:
            try:
                data, others, _, _ = line.recvmsg(1 << 16, socket.CMSG_SPACE(64 * array.array("i").itemsize))
            except BlockingIOError:
                continue
            self.got += data
            self.handles += len(others)
        return self.got

    def close(self) -> None:
        for line in self.lines:
            line.close()


@asynccontextmanager
async def served(hall: Hall, path: Path) -> AsyncIterator[None]:
    def here() -> Any:
        return hall

    service = Service(Printing(here, None), here, here, here, here)
    service.start()
    server = await listen(service, path)
    try:
        yield
    finally:
        server.close()
        server.abort_clients()
        await service.close()


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - the other end of a socket
            await asyncio.sleep(0.005)


def slip() -> bytes:
    out = io.BytesIO()
    Image.new("1", (384, 8)).save(out, "PNG")
    return out.getvalue()


def test_what_one_asked_for_reaches_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rounds, "ASK_EVERY", 0.01)

    async def play() -> None:
        hall, path = Hall(), tmp_path / "s"
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(served(hall, path))
            other = Bystander(path)
            stack.callback(other.close)
            await until(lambda: other.take().count(b'"ready"') == 5)
            await until(lambda: other.take().count(b'{"text":""}') + other.take().count(b'{"key":""}') == 2)
            mine = Devices(path)
            codes = await stack.enter_async_context(aclosing(mine.codes()))
            keys = await stack.enter_async_context(aclosing(mine.keys()))
            frames = await stack.enter_async_context(aclosing(mine.preview()))
            assert [await anext(codes), await anext(keys)] == ["", ""]
            hall.shown.append(CODE)
            hall.pressed.append(KEY)
            frame = await anext(frames)
            assert [await anext(codes), await anext(keys)] == [CODE, KEY]
            assert isinstance(frame, Frame) and frame.texts == (ON_PAPER,) and PIXEL in frame.rgb
            page, sheet = await mine.still(), await mine.read_sheet()
            assert isinstance(page, PageCapture) and isinstance(sheet, SheetReading)
            assert await mine.print_slip(slip()) == "printed"
            hall.state = Missing()  # and now something that everybody may know
            await until(lambda: other.take().count(b'"missing"') == 6)  # with the printer, which never was there
            assert not [word for word in WORDS if word in other.got]
            assert other.handles == 0
            assert not [word for word in WORDS if word in repr(await mine.status()).encode()]

    with caplog.at_level(logging.DEBUG):
        asyncio.run(asyncio.wait_for(play(), 30))
    assert not [word for word in WORDS[:2] if word.decode() in caplog.text]
