"""The same command twice, in every state of every role: it is done once, and both callers are told how it ended."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.devices.lane import Lane
from kiosk.devices.repeats import Reused
from tests.matrix.cells import RIGS, in_a_hurry, play
from tests.matrix.commands import TIMED, A, Bench, Driven
from tests.matrix.rigs.base import DONE, NOT, STATES, UNKNOWN


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", RIGS)
def test_both_at_once(role: str, state: str) -> None:
    play(role, "the same command twice", state)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", RIGS)
def test_the_repeat_comes_in_that_very_moment(role: str, state: str) -> None:
    told = Bench(role, state).play(A, A)
    assert (told.first, told.second, told.came, told.acts) == (DONE, DONE, 1, 1)
    assert told.met or state not in TIMED


@pytest.mark.parametrize("role", RIGS)
def test_the_repeat_comes_after_the_answer(role: str) -> None:
    bench = Bench(role, "idle")

    async def both() -> list[str]:
        lane: Lane[Driven] = Lane("rig", lambda: bench.driven)
        told = [await bench.command(lane, A), await bench.command(lane, A)]
        with pytest.raises(Reused):
            await bench.command(lane, A, b"something else")
        await lane.close()
        return told

    with in_a_hurry():
        bench.rig.enter("idle")
        before = bench.rig.came_out
        assert asyncio.run(both()) == [DONE, DONE]
        assert (bench.driven.acts, bench.rig.came_out - before) == (1, 1)


@pytest.mark.parametrize("role", RIGS)
def test_what_failed_is_forgotten_and_done_when_it_is_asked_for_again(role: str) -> None:
    bench = Bench(role, "idle")

    async def both() -> list[str]:
        lane: Lane[Driven] = Lane("rig", lambda: bench.driven)
        failed = await bench.command(lane, A)
        bench.rig.mend()
        told = [failed, await bench.command(lane, A), await bench.command(lane, A)]
        await lane.close()
        return told

    with in_a_hurry():
        bench.rig.enter("idle")
        before = bench.rig.came_out
        bench.rig.strike("unplug")
        failed, again, repeat = asyncio.run(both())
        assert failed in (NOT, UNKNOWN) and (again, repeat) == (DONE, DONE)
        assert (bench.driven.acts, bench.rig.came_out - before) == (2, 1)
