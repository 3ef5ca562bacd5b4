"""Keys and headphones, a preview that nobody takes, and a process that is worn out."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from drivers.roles import Missing, Ready, Status
from kiosk.devices import lane, rounds, service
from kiosk.devices.client import Devices
from kiosk.devices.door import listen
from kiosk.devices.printing import Printing
from kiosk.devices.service import Service
from kiosk.devices.values import Frame
from tests.devices.test_line import Nothing


class Pad:
    """Headphones are plugged in, and one key is pressed when `press` is set."""

    def __init__(self) -> None:
        self.press = threading.Event()

    def status(self) -> Status:
        return Ready()

    def key(self, timeout: float) -> str | Missing | None:
        if self.press.wait(0.01):
            self.press.clear()
            return "yes"
        return None

    def jack(self) -> bool | None:
        return True

    def close(self) -> None: ...


class Lens(Nothing):
    """Gives a picture whenever it is asked."""

    frames = 0

    def frame(self, _purpose: str) -> Frame:
        type(self).frames += 1
        return Frame(64, 64, bytes(64 * 64 * 3))

    def stop_preview(self) -> None: ...


def test_keys_go_to_who_asked_and_headphones_are_told(tmp_path: Path) -> None:
    async def play() -> None:
        pad, nothing = Pad(), Nothing
        any_nothing: Any = nothing
        held = Service(Printing(None, None), any_nothing, any_nothing, any_nothing, keypad=lambda: pad)
        held.start()
        server = await listen(held, tmp_path / "s")
        devices = Devices(tmp_path / "s")
        keys, changes = devices.keys(), devices.watch()
        assert await anext(keys) == ""
        pad.press.set()
        async with asyncio.timeout(10):
            assert await anext(keys) == "yes"
            async for status in changes:
                if status.role == "keypad" and status.state == "ready":
                    assert status.headphones is True
                    break
        await keys.aclose()
        await changes.aclose()
        server.close()
        server.abort_clients()
        await held.close()

    asyncio.run(play())


def test_a_preview_that_nobody_takes_makes_no_pictures(tmp_path: Path) -> None:
    async def play() -> None:
        lens, nothing = Lens, Nothing
        any_lens: Any = lens
        any_nothing: Any = nothing
        held = Service(Printing(None, None), any_lens, any_nothing, any_nothing)
        server = await listen(held, tmp_path / "s")
        _, writer = await asyncio.open_unix_connection(tmp_path / "s")
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(b'{"method":"id.prodesaku.Devices.Preview","parameters":{"purpose":"page"},"more":true}\0')
        async with asyncio.timeout(10):
            while not Lens.frames:  # noqa: ASYNC110 - another thread
                await asyncio.sleep(0.005)
        await asyncio.sleep(0.3)  # ten frames and more, were they made
        assert Lens.frames == 1
        writer.close()
        server.close()
        server.abort_clients()
        await held.close()

    asyncio.run(play())


def test_a_device_that_was_given_up_ends_the_process_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "ANSWER_WITHIN", 0.02)
    monkeypatch.setattr(rounds, "ASK_EVERY", 0.01)
    monkeypatch.setattr(service, "ASK_EVERY", 0.01)
    monkeypatch.setattr(service, "LEAST_LIFE", 0.0)
    monkeypatch.setattr(lane, "FIRST_PAUSE", 0.001)
    gate = threading.Event()

    class Hung(Nothing):
        def camera_status(self) -> Status:
            gate.wait()
            return Ready()

    async def play() -> None:
        hung: Any = Hung
        nothing: Any = Nothing
        held = Service(Printing(None, None), hung, nothing, nothing)
        held.start()
        async with asyncio.timeout(10):
            await held.worn_out.wait()
        assert {one.role: (one.state, one.detail) for one in await held_states(held)}["camera"] == ("fault", "hung")
        gate.set()
        await held.close()

    async def held_states(held: Service) -> list[Any]:
        async with asyncio.timeout(10):
            while not any(one.detail == "hung" for one in held._board.states()):  # noqa: ASYNC110 - a round's step
                await asyncio.sleep(0.005)
        return held._board.states()

    asyncio.run(play())
