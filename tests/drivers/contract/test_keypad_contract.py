"""What every KeyPad does. `--real keypad=ADDRESS` runs what needs no fingers on a real one."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from drivers.keypad import EvdevKeyPad, open
from drivers.keypad.twin import tap
from drivers.roles import Fault, KeyPad, Missing, Ready
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.until import until

Place = tuple[str, World | None]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]) -> Iterator[Place]:
    if "keypad" in real:
        yield real["keypad"], None
        return
    with start(tmp_path_factory.mktemp("keypad"), [Twin("keypad", "drivers.keypad.twin")]) as virtual:
        yield virtual.endpoints["keypad"], virtual.world


@pytest.fixture
def pad(place: Place) -> Iterator[EvdevKeyPad]:
    url, world = place
    if world is not None:
        world.set("keypad", key="", jack="out", cable="in", port="1", bounce="no")
    device = open(url)
    until(lambda: device.status() == Ready())
    yield device
    device.close()


@pytest.fixture
def world(place: Place) -> World:
    if place[1] is None:
        pytest.skip("a real pad's keys are pressed by hand")
    return place[1]


def keys(pad: EvdevKeyPad, count: int) -> list[str | Missing | None]:
    return [pad.key(2.0) for _ in range(count)]


def test_it_plays_the_role(pad: EvdevKeyPad) -> None:
    assert isinstance(pad, KeyPad)
    assert pad.status() == Ready()


def test_nothing_pressed_is_none_in_the_time_asked_for(pad: EvdevKeyPad) -> None:
    begun = time.monotonic()
    assert pad.key(0.3) is None
    assert 0.25 <= time.monotonic() - begun < 1.5


def test_keys_come_in_order(pad: EvdevKeyPad, world: World) -> None:
    tap(world, "yes", "no", "back", "yes")
    assert keys(pad, 4) == ["yes", "no", "back", "yes"]
    assert pad.key(0.1) is None


def test_a_key_that_is_held_is_one_press(pad: EvdevKeyPad, world: World) -> None:
    world.set("keypad", key="yes")
    assert pad.key(2.0) == "yes"
    assert pad.key(0.3) is None


def test_a_trembling_contact_is_one_press(pad: EvdevKeyPad, world: World) -> None:
    world.set("keypad", bounce="yes")
    tap(world, "no", "no")
    assert keys(pad, 2) == ["no", "no"]
    assert pad.key(0.2) is None


def test_headphones_are_told_as_they_were_and_as_they_change(pad: EvdevKeyPad, place: Place, world: World) -> None:
    assert pad.jack() is False
    world.set("keypad", jack="in")
    until(lambda: pad.jack() is True)
    pad.close()
    second = open(place[0])
    until(lambda: second.jack() is True)
    second.close()


def test_asking_for_headphones_takes_no_key_away(pad: EvdevKeyPad, world: World) -> None:
    tap(world, "yes", "back")
    for _ in range(20):
        pad.jack()
    assert keys(pad, 2) == ["yes", "back"]


def test_a_second_program_gets_nothing_and_is_told_why(pad: EvdevKeyPad, place: Place, world: World) -> None:
    second = open(place[0])
    try:
        assert second.status() == Fault("not-grabbed")
        tap(world, "yes")
        assert second.key(0.2) == Missing()
        assert pad.key(2.0) == "yes"
    finally:
        second.close()


def test_unplugged_is_missing_and_plugged_in_elsewhere_it_is_found_again(pad: EvdevKeyPad, world: World) -> None:
    world.set("keypad", cable="out")
    until(lambda: pad.key(0.1) == Missing())
    assert pad.status() == Missing()
    assert pad.jack() is None
    world.set("keypad", cable="in", port="2")
    until(lambda: pad.status() == Ready())
    tap(world, "back")
    until(lambda: pad.key(0.5) == "back")


def test_a_key_held_while_it_is_plugged_in_is_no_press(pad: EvdevKeyPad, world: World) -> None:
    world.set("keypad", cable="out")
    until(lambda: pad.key(0.1) == Missing())
    world.set("keypad", cable="in", key="yes")
    until(lambda: pad.status() == Ready())
    assert pad.key(0.3) is None
    world.set("keypad", key="")
    assert pad.key(0.2) is None
    tap(world, "yes")
    assert pad.key(2.0) == "yes"


def test_closed_twice_it_is_gone(pad: EvdevKeyPad) -> None:
    pad.close()
    pad.close()
    assert pad.key(0.1) == Missing()
    assert pad.status() == Missing()
    assert pad.jack() is None
