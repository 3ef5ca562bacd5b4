"""The keypad's twin as a true input device (uinput): three keys and a headphone socket, taken for us alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import evdev
import pytest

from drivers.keypad.device import EvdevKeyPad, open
from drivers.roles import Missing, Ready
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.until import until


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World]]:
    twin = Twin("keypad", "drivers.keypad.twin", ("--uinput",))
    with start(tmp_path_factory.mktemp("keypad"), [twin]) as virtual:
        yield virtual.endpoints["keypad"], virtual.world


@pytest.fixture
def pad(place: tuple[str, World]) -> Iterator[EvdevKeyPad]:
    place[1].set("keypad", cable="in", jack="out", key="")
    made = open(place[0])
    until(lambda: made.status() == Ready())
    yield made
    made.close()


def tap(world: World, *keys: str) -> None:
    inbox = world.directory / "keypad" / "inbox"
    (inbox / ".keys").write_text("\n".join(keys), encoding="utf-8")
    (inbox / ".keys").rename(inbox / "keys")


def test_each_press_is_one_key(place: tuple[str, World], pad: EvdevKeyPad) -> None:
    tap(place[1], "yes", "no", "back")
    assert [pad.key(10.0) for _ in range(3)] == ["yes", "no", "back"]
    assert pad.key(0.3) is None  # sooner, it would be taken for a trembling contact
    place[1].set("keypad", key="yes")
    assert pad.key(10.0) == "yes"
    assert pad.key(1.0) is None  # held, it repeats, and that is no press
    place[1].set("keypad", key="")


def test_headphones_are_told(place: tuple[str, World], pad: EvdevKeyPad) -> None:
    assert pad.jack() is False
    place[1].set("keypad", jack="in")
    until(lambda: pad.jack() is True)
    place[1].set("keypad", jack="out")
    until(lambda: pad.jack() is False)


def test_a_headphone_socket_of_the_sound_card_is_listened_to_and_left_to_others(place: tuple[str, World]) -> None:
    codes = evdev.ecodes
    with evdev.UInput({codes.EV_SW: [codes.SW_HEADPHONE_INSERT]}, name="sound card") as card:

        def put(inserted: int) -> None:
            card.write(codes.EV_SW, codes.SW_HEADPHONE_INSERT, inserted)
            card.syn()

        put(1)
        made = open(f"{place[0]}&jack={card.device.path}")
        until(lambda: made.status() == Ready())
        assert made.jack() is True  # it was in before anybody looked
        put(0)
        until(lambda: made.jack() is False)
        other = evdev.InputDevice(card.device.path)
        other.grab()
        other.close()
        tap(place[1], "yes")
        assert made.key(10.0) == "yes"
        put(1)
        until(lambda: made.jack() is True)
    until(lambda: made.jack() is None)
    assert made.status() == Ready()  # the pad itself is there
    made.close()


def test_nobody_else_gets_its_keys(place: tuple[str, World], pad: EvdevKeyPad) -> None:
    found = re.match(r"evdev://([^?]*)", place[0])
    assert found is not None
    other = evdev.InputDevice(found[1])
    with pytest.raises(OSError, match="busy"):
        other.grab()
    tap(place[1], "no")
    assert pad.key(10.0) == "no"
    assert other.read_one() is None
    other.close()


def test_pulled_out_it_is_missing_and_its_jack_unknown_and_put_in_it_is_found(
    place: tuple[str, World], pad: EvdevKeyPad
) -> None:
    place[1].set("keypad", jack="in")
    until(lambda: pad.jack() is True)
    place[1].set("keypad", cable="out")
    until(lambda: pad.key(0.5) == Missing())
    assert pad.jack() is None
    until(lambda: pad.status() == Missing())
    # its number is taken by something else meanwhile
    other = evdev.UInput({evdev.ecodes.EV_KEY: [evdev.ecodes.KEY_A]}, name="other")
    assert Path(other.device.path).exists()
    place[1].set("keypad", cable="in")
    until(lambda: pad.status() == Ready(), within=20)
    until(lambda: pad.jack() is True)
    tap(place[1], "back")
    assert pad.key(10.0) == "back"
    other.close()
