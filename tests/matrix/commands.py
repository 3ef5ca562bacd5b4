"""A rig behind the service's lane and memory of commands; the second comes at a named moment of the first."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from unittest import mock

from kiosk.devices.lane import Lane
from kiosk.devices.repeats import Repeats
from tests.matrix.cells import RIGS, in_a_hurry
from tests.matrix.rigs.base import DONE, STATES, Rig

WITHIN = 60.0
A, B = "a" * 32, "b" * 32


class Driven:
    """Counts the acts, and how many were under way at once."""

    def __init__(self, rig: Rig) -> None:
        self.rig, self.acts, self.at_once, self.most = rig, 0, 0, 0
        self._lock = threading.Lock()

    def act(self, asks: bool) -> str:
        with self._lock:
            self.acts, self.at_once = self.acts + 1, self.at_once + 1
            self.most = max(self.most, self.at_once)
        try:
            if asks:
                self.rig.ask()
            return self.rig.act()
        finally:
            with self._lock:
                self.at_once -= 1

    def close(self) -> None: ...


@dataclass
class Told:
    """What both were told, and what truly happened."""

    first: str
    second: str
    came: int
    acts: int
    most: int
    met: bool  # the second came while the first was under way


@dataclass
class Bench:
    """One rig in one state, and what stands between it and a caller."""

    role: str
    state: str
    rig: Rig = field(init=False)
    driven: Driven = field(init=False)
    repeats: Repeats = field(init=False)

    def __post_init__(self) -> None:
        self.rig = RIGS[self.role]()
        self.driven, self.repeats = Driven(self.rig), Repeats()

    def play(self, first: str, second: str) -> Told:
        with in_a_hurry():
            self.rig.enter(self.state)
            return asyncio.run(self._play(first, second))

    async def command(self, lane: Lane[Driven], id: str, content: bytes = b"x", *, asks: bool = False) -> str:
        return await self.repeats.once(
            id, content, lambda: lane.act(lambda driven: driven.act(asks), WITHIN), lambda told: told != DONE
        )

    async def _play(self, first: str, second: str) -> Told:
        before = self.rig.came_out
        lane: Lane[Driven] = Lane("rig", lambda: self.driven)
        loop = asyncio.get_running_loop()
        come, met = asyncio.Event(), threading.Event()

        def strike(_: str) -> None:
            if self.driven.at_once:
                met.set()
            loop.call_soon_threadsafe(come.set)

        async def later() -> str:
            await come.wait()
            return await self.command(lane, second)

        with mock.patch.object(self.rig, "strike", strike):
            self.rig.apply("another command")
            one = asyncio.create_task(self.command(lane, first, asks=self.state == "asked"))
            two = asyncio.create_task(later())
            told = await one
            come.set()
            told = told, await two
        await lane.close()
        came, driven = self.rig.came_out - before, self.driven
        return Told(*told, came, driven.acts, driven.most, met.is_set())


TIMED = STATES[2:]  # states that are moments of an act
