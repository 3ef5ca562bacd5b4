"""What goes over the socket, and to whom: nothing while nothing happens, codes to one, and no more than is read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from drivers.roles import Missing, Ready, Status
from kiosk.devices.board import Board
from kiosk.devices.client import Devices, DevicesAway
from kiosk.devices.door import listen
from kiosk.devices.feed import Feed
from kiosk.devices.line import Peer
from kiosk.devices.printing import Printing
from kiosk.devices.service import Service


class Nothing:
    """Camera, scanner and reader of a machine that has none."""

    def camera_status(self) -> Status:
        return Missing()

    scanner_status = status = camera_status

    def read(self, _timeout: float) -> Missing:
        return Missing()

    def close(self) -> None: ...


@asynccontextmanager
async def served(path: Path, **more: Any) -> AsyncIterator[Service]:
    nothing: Any = Nothing
    service = Service(Printing(None, None), nothing, nothing, nothing)
    service.start()
    server = await listen(service, path, **more)
    try:
        yield service
    finally:
        server.close()
        server.abort_clients()
        await service.close()


async def asked(path: Path, method: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    """One call as a technician's tool makes it: JSON and a zero byte."""
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(json.dumps({"method": method, "parameters": parameters or {}}).encode() + b"\0")
    async with asyncio.timeout(10):
        answer = await reader.readuntil(b"\0")
    writer.close()
    return json.loads(answer[:-1])


def test_a_technician_may_ask_by_hand(tmp_path: Path) -> None:
    async def play() -> None:
        async with served(tmp_path / "s"):
            info = await asked(tmp_path / "s", "org.varlink.service.GetInfo")
            assert "id.prodesaku.Devices" in info["parameters"]["interfaces"]
            said = await asked(
                tmp_path / "s", "org.varlink.service.GetInterfaceDescription", {"interface": "id.prodesaku.Devices"}
            )
            assert (
                "method PrintSlip(png: int, command: ?string) -> (outcome: string)" in said["parameters"]["description"]
            )
            status = await asked(tmp_path / "s", "id.prodesaku.Devices.Status")
            assert {one["role"] for one in status["parameters"]["devices"]} >= {"reader", "ticket", "printer"}
            wrong = await asked(tmp_path / "s", "id.prodesaku.Devices.Still", {"command": "?"})
            assert wrong["error"] == "id.prodesaku.Devices.BadCommand"

    asyncio.run(play())


def test_a_stranger_is_hung_up_on(tmp_path: Path) -> None:
    async def play() -> None:
        async with served(tmp_path / "s", allowed=lambda _peer: False):
            with pytest.raises(DevicesAway):
                await Devices(tmp_path / "s").status()
        seen: list[Peer] = []
        async with served(tmp_path / "t", allowed=lambda peer: not seen.append(peer)):
            await Devices(tmp_path / "t").status()
        assert seen and seen[0].pid > 0

    asyncio.run(play())


def test_who_hangs_up_is_noticed_at_once_though_nothing_is_said(tmp_path: Path) -> None:
    async def play() -> None:
        async with served(tmp_path / "s") as service:
            listeners = service._codes._listeners
            reader, writer = await asyncio.open_unix_connection(tmp_path / "s")
            writer.write(b'{"method":"id.prodesaku.Devices.Codes","more":true}\0')
            await reader.readuntil(b"\0")
            assert len(listeners) == 1
            writer.close()
            async with asyncio.timeout(10):
                while listeners:  # noqa: ASYNC110 - the other end of a socket
                    await asyncio.sleep(0.005)

    asyncio.run(play())


def test_a_code_goes_to_the_newest_listener_only_and_never_into_watch(tmp_path: Path) -> None:
    async def play() -> None:
        async with served(tmp_path / "s") as service:
            devices = Devices(tmp_path / "s")
            first, second, watch = devices.codes(), devices.codes(), devices.watch()
            assert [await anext(first), await anext(second)] == ["", ""]
            got = asyncio.create_task(anext(first))
            service._codes.tell("GEHEIM")
            assert await anext(second) == "GEHEIM"
            assert not got.done()
            await second.aclose()
            async with asyncio.timeout(10):
                while len(service._codes._listeners) > 1:  # noqa: ASYNC110 - the other end of a socket
                    await asyncio.sleep(0.005)
            service._codes.tell("LAIN")
            assert await got == "LAIN"
            assert "GEHEIM" not in repr([await anext(watch) for _ in range(5)])
            await first.aclose()
            await watch.aclose()

    asyncio.run(play())


def test_a_code_shown_to_nobody_is_dropped() -> None:
    async def play() -> None:
        feed = Feed()
        feed.tell("too early")
        words = feed.listen()
        assert await anext(words) == ""
        feed.tell("one")
        feed.tell("two")
        assert await anext(words) == "two"

    asyncio.run(play())


def test_a_quiet_hour_says_nothing_and_a_slow_reader_hears_the_newest() -> None:
    async def play() -> None:
        board = Board(["ticket"])
        changes = board.watch()
        assert (await anext(changes)).state == "unknown"
        board.note("ticket", Ready())
        assert (await anext(changes)).state == "ready"
        waiting = asyncio.create_task(anext(changes))
        for _ in range(3600):  # an hour of answers, one a second
            board.note("ticket", Ready())
            await asyncio.sleep(0)
        assert not waiting.done()
        board.note("ticket", Missing())
        assert (await waiting).state == "missing"
        for _ in range(100):  # while nobody reads
            board.note("ticket", Ready(7))
            board.note("ticket", Missing())
        board.note("ticket", Ready(3))
        assert (await anext(changes)).sheets_left == 3

    asyncio.run(play())
