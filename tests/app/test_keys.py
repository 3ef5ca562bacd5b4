"""What pad and headphones do reaches screen and journeys, also after the device service was away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest

from kiosk.app import keys as keying
from kiosk.app import watching
from kiosk.app.keys import Keys
from kiosk.app.watching import Watching
from kiosk.devices.client import DevicesAway, DeviceStatus
from kiosk.journeys.events import DevicesBack, DevicesLost, HeadphonesChanged, KeyPressed, PrinterChanged


class Devices:
    """Says what is written, a list for each connection, and goes away in between."""

    def __init__(self, *said: list[Any]) -> None:
        self.said = list(said)

    async def keys(self) -> AsyncGenerator[str, None]:
        for word in self.said.pop(0) if self.said else []:
            yield word
        raise DevicesAway

    async def watch(self) -> AsyncGenerator[DeviceStatus, None]:
        for status in self.said.pop(0) if self.said else []:
            yield status
        raise DevicesAway


class Screen:
    def __init__(self) -> None:
        self.words: list[str] = []

    def key(self, word: str) -> None:
        self.words.append(word)


async def run(work: Any, holds: Callable[[], object]) -> None:
    task = asyncio.create_task(work)
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - the other task's turn
            await asyncio.sleep(0.001)
    task.cancel()


def test_keys_go_to_the_screen_and_their_being_pressed_to_the_journeys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keying, "AGAIN", 0.001)
    events, screen = list[Any](), Screen()
    keys: Any = Keys(Devices(["", "no", "yes"], [""], ["", "help"]), events.append)  # type: ignore[arg-type]
    keys.screen = screen
    asyncio.run(run(keys.watch(), lambda: len(screen.words) == 3))
    assert screen.words == ["no", "yes", "help"] and events == [KeyPressed()] * 3


def test_headphones_are_told_when_they_change_and_never_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "AGAIN", 0.001)
    pad = [DeviceStatus("keypad", "ready", headphones=worn) for worn in (False, True, True, False, None, True)]
    others = [DeviceStatus("reader", "ready"), DeviceStatus("printer", "ready")]
    events = list[Any]()
    devices: Any = Devices([*others, *pad], [*others, pad[1]], [pad[0]])
    told = Watching(devices, None, events.append)  # type: ignore[arg-type]

    def heard() -> list[bool]:
        return [event.plugged for event in events if isinstance(event, HeadphonesChanged)]

    asyncio.run(run(told.printer(), lambda: len(heard()) == 4))
    assert heard() == [True, False, True, False]
    assert PrinterChanged("ready", None) in events and DevicesLost() in events and DevicesBack() in events
