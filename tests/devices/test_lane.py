"""A driver that hangs or breaks is replaced alone, with pauses that grow, and given up when too many hang."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from kiosk.devices import lane as lanes
from kiosk.devices.lane import Broken, Lane, Stuck


class Driver:
    """Hangs at `gate`; its closing opens nothing."""

    made = 0
    closed = 0

    def __init__(self, gate: threading.Event) -> None:
        type(self).made += 1
        self.gate = gate

    def hang(self) -> None:
        self.gate.wait()

    def close(self) -> None:
        type(self).closed += 1


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    monkeypatch.setattr(lanes, "FIRST_PAUSE", 0.001)
    Driver.made = Driver.closed = 0
    return threading.Event()


async def until(holds: object) -> None:
    async with asyncio.timeout(10):
        while not holds():  # type: ignore[operator]  # noqa: ASYNC110 - threads come and go
            await asyncio.sleep(0.005)


def test_a_hung_driver_is_replaced_and_its_thread_counted_until_it_is_back(gate: threading.Event) -> None:
    async def play() -> None:
        lane = Lane("x", lambda: Driver(gate))
        with pytest.raises(Stuck):
            await lane.do(Driver.hang, 0.05)
        await until(lambda: lane.trouble == "hung" or Driver.made == 2)
        assert await lane.do(lambda driver: 7, 10) == 7
        assert (Driver.made, lane.hanging, lane.trouble) == (2, 1, "")
        await until(lambda: Driver.closed == 1)  # from beside, while it hangs
        gate.set()
        await until(lambda: lane.hanging == 0)
        assert Driver.closed == 1
        await lane.close()
        assert Driver.closed == 2

    asyncio.run(play())


def test_what_waited_behind_a_hung_driver_and_was_given_up_never_begins(gate: threading.Event) -> None:
    async def play() -> None:
        begun = threading.Event()
        lane = Lane("x", lambda: Driver(gate))
        hung = asyncio.create_task(lane.act(Driver.hang, 0.3))
        await asyncio.sleep(0)
        with pytest.raises(Stuck):
            await lane.do(lambda _: begun.set(), 0.05)
        with pytest.raises(Stuck):
            await hung
        assert await lane.do(lambda _: 7, 10) == 7
        assert not begun.is_set()
        gate.set()
        await lane.close()

    asyncio.run(play())


def test_a_driver_that_raises_is_replaced_and_said_once_without_its_words(
    gate: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Driver) -> None:
        raise OSError("BUDI CONTOH")

    async def play() -> None:
        lane = Lane("x", lambda: Driver(gate))
        for _ in range(3):
            with pytest.raises(Broken):
                await lane.do(fails, 10)
        assert await lane.do(lambda _: 7, 10) == 7
        assert Driver.made == 4
        await until(lambda: Driver.closed == 3)
        await lane.close()

    with caplog.at_level(logging.INFO):
        asyncio.run(play())
    assert len(caplog.records) == 1
    assert "BUDI" not in caplog.text and "OSError in fails" in caplog.text


def test_too_many_that_hang_are_given_up_until_one_comes_back(gate: threading.Event) -> None:
    async def play() -> None:
        lane = Lane("x", lambda: Driver(gate))
        for number in range(1, lanes.MOST_HANGING + 1):
            with pytest.raises(Stuck):
                await lane.do(Driver.hang, 0.1)
            await until(lambda number=number: lane.hanging == number)
        assert lane.trouble == "given_up"
        assert lane.hanging == lanes.MOST_HANGING
        with pytest.raises(Stuck):
            await lane.do(lambda _: 7, 10)
        gate.set()
        await until(lambda: lane.trouble != "given_up")
        assert await lane.do(lambda _: 7, 10) == 7
        await lane.close()

    asyncio.run(play())


def test_a_factory_that_raises_is_tried_again(gate: threading.Event) -> None:
    tries = 0

    def make() -> Driver:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise ValueError("no address")
        return Driver(gate)

    async def play() -> None:
        lane = Lane("x", make)
        assert await lane.do(lambda _: 7, 10) == 7
        assert tries == 3
        await lane.close()

    asyncio.run(play())
