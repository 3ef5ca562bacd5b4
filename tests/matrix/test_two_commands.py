"""Two commands at once, in every state of every role: both are done, one after the other, and each is told its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import cast

import pytest

from drivers.inputs.codes import CODES
from drivers.inputs.events import pack, strokes
from tests.matrix.cells import RIGS, play
from tests.matrix.commands import TIMED, A, B, Bench
from tests.matrix.rigs.base import DONE, STATES
from tests.matrix.rigs.keypad import KeypadRig
from tests.matrix.rigs.reader import ReaderRig

ENTER = CODES["KEY_ENTER"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", RIGS)
def test_at_the_driver(role: str, state: str) -> None:
    play(role, "two commands at once", state)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", RIGS)
def test_at_the_service_in_that_very_moment(role: str, state: str) -> None:
    told = Bench(role, state).play(A, B)
    assert (told.first, told.second, told.came, told.acts) == (DONE, DONE, 2, 2)
    assert told.most == 1, "the device was given two things to do at once"
    assert told.met or state not in TIMED


def at_once(ask: Callable[[], object]) -> list[object]:
    """What two who ask at the very same time are told."""
    ready, told = threading.Barrier(2), list[object]()

    def caller() -> None:
        ready.wait(10)
        told.append(ask())

    both = [threading.Thread(target=caller, daemon=True) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    assert len(told) == 2, "somebody is still waiting"
    return told


@pytest.mark.parametrize("shown", [1, 2])
def test_two_who_wait_for_a_code_share_none_and_lose_none(shown: int) -> None:
    rig = cast("ReaderRig", RIGS["reader"]())
    rig.enter("idle")
    for number in range(shown):
        at = rig.clock.now + 1 + number
        rig.line += [(at, b"CONTO", rig.generation), (at + 0.04, b"H-%d\r" % number, rig.generation)]
    told = at_once(lambda: rig.reader.read(10.0))
    assert sorted(map(repr, told)) == sorted(map(repr, [b"CONTOH-0", b"CONTOH-1" if shown == 2 else None]))


@pytest.mark.parametrize("pressed", [1, 2])
def test_two_who_wait_for_a_key_share_none_and_lose_none(pressed: int) -> None:
    rig = cast("KeypadRig", RIGS["keypad"]())
    rig.enter("idle")
    for number in range(pressed):
        at = rig.clock.now + 1 + number
        rig.events.append((at, pack(strokes(ENTER, at=at)), rig.generation))
    told = at_once(lambda: rig.pad.key(10.0))
    assert sorted(map(repr, told)) == sorted(map(repr, ["yes", "yes" if pressed == 2 else None]))
