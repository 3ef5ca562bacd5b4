"""Presses out of events, maps, and the headphone switch, with devices that are played by lists."""

from __future__ import annotations

import errno

import pytest

from drivers.inputs.address import InputAddress, parse
from drivers.inputs.codes import CODES
from drivers.inputs.driver import NOT_GRABBED, Access
from drivers.inputs.events import EV_KEY, EV_SW, EV_SYN, SW_HEADPHONE_INSERT, SYN_REPORT, Event, strokes
from drivers.keypad import EvdevKeyPad, open
from drivers.keypad.device import BOUNCE
from drivers.keypad.meanings import DEFAULT
from drivers.keypad.meanings import parse as parse_map
from drivers.roles import Missing
from tests.clocks import Clock
from tests.drivers.inputs.fakes import Device, access

YES, NO, PLUG, UNPLUG = 183, 184, 185, 186
MAP = f"{YES}:yes,{NO}:no,{PLUG}:jack_in,{UNPLUG}:jack_out"
REPORT = Event(EV_SYN, SYN_REPORT, 0)


def pad(clock: Clock, *devices: Device | OSError, options: dict[str, str] | None = None) -> EvdevKeyPad:
    address = InputAddress("/dev/input/event7", options=options or {"map": MAP})
    return EvdevKeyPad(address, access(clock, *devices))


def keys(made: EvdevKeyPad, count: int) -> list[str | Missing | None]:
    return [made.key(1) for _ in range(count)]


def change(code: int, value: int, at: float = 0.0) -> list[Event]:
    return [Event(EV_KEY, code, value, at), REPORT]


def test_presses_come_in_order_and_keys_without_a_meaning_are_none() -> None:
    clock = Clock()
    made = pad(clock, Device(clock, strokes(YES, 30, NO, at=1)))
    assert keys(made, 3) == ["yes", "no", None]


def test_a_key_is_given_at_once_and_the_next_one_waits_unless_the_pad_is_closed() -> None:
    clock = Clock()
    made = pad(clock, Device(clock, strokes(YES, NO, at=1)))
    begun = clock.now
    assert made.key(1) == "yes"
    assert clock.now == begun
    made.jack()  # takes what lies there
    made.close()
    assert made.key(1) == made.status() == Missing()


def test_a_key_held_since_before_is_told_only_when_pressed_anew() -> None:
    clock = Clock()
    repeat, release, press = change(YES, 2, 1), change(YES, 0, 2), change(YES, 1, 3)
    made = pad(clock, Device(clock, repeat, change(YES, 1, 1.5), release, press, down=[YES]))
    assert keys(made, 2) == ["yes", None]


def test_a_key_held_while_events_were_lost_is_not_told() -> None:
    clock = Clock()
    lost = [Event(EV_SYN, 3, 0), REPORT]
    made = pad(clock, Device(clock, lost, change(YES, 0, 2), change(YES, 1, 3), down=[YES]))
    assert keys(made, 2) == ["yes", None]


@pytest.mark.parametrize(("gap", "count"), [(BOUNCE / 2, 1), (BOUNCE * 2, 2)])
def test_a_contact_that_trembles_is_one_press(gap: float, count: int) -> None:
    clock = Clock()
    events = change(YES, 1, 1.0) + change(YES, 0, 1.0) + change(YES, 1, 1.0 + gap) + change(YES, 0, 2.0)
    assert keys(pad(clock, Device(clock, events)), 3).count("yes") == count


def test_headphones_by_a_switch() -> None:
    clock = Clock()
    pulled = [Event(EV_SW, SW_HEADPHONE_INSERT, 0), REPORT]
    made = pad(clock, Device(clock, [], [], pulled, switches=[SW_HEADPHONE_INSERT]))
    assert made.jack() is True
    assert made.key(0.1) is None
    assert made.jack() is False


def test_headphones_by_keys_are_no_keys() -> None:
    clock = Clock()
    made = pad(clock, Device(clock, strokes(PLUG), [], strokes(UNPLUG)))
    assert made.jack() is True
    assert made.key(0.05) is None
    assert made.key(0.05) is None
    assert made.jack() is False


def test_headphones_on_a_device_of_their_own_are_not_grabbed() -> None:
    clock = Clock()
    sound = Device(clock, switches=[SW_HEADPHONE_INSERT], grabbed=True)
    made = EvdevKeyPad(
        parse("evdev:///dev/input/event7?jack=/dev/input/event9"),
        Access(lambda address: sound if address.path.endswith("9") else Device(clock), clock, clock.wait),
    )
    assert made.jack() is True


def test_a_pad_without_a_switch_and_one_that_is_away_know_nothing_of_headphones() -> None:
    clock = Clock()
    assert pad(clock, Device(clock)).jack() is None
    made = pad(clock, Device(clock, OSError(errno.ENODEV, "gone"), switches=[SW_HEADPHONE_INSERT]))
    assert keys(made, 1) == [Missing()]
    assert made.jack() is None


def test_one_that_somebody_else_holds() -> None:
    clock = Clock()
    assert pad(clock, Device(clock, grabbed=True)).status() == NOT_GRABBED
    assert pad(clock, Device(clock, grabbed=True)).key(1) == Missing()


def test_nobody_spins_while_it_is_away() -> None:
    clock = Clock()
    made = pad(clock)
    for _ in range(20):
        assert made.key(0.5) == Missing()
    assert clock.now >= 105


def test_maps() -> None:
    assert parse_map("KEY_1:yes,0x160:back") == {2: "yes", 0x160: "back"}
    assert parse_map("") == DEFAULT
    assert DEFAULT[CODES["KEY_KP7"]] == "7"
    for wrong in ("KEY_1", "KEY_1:maybe", "KEY_NONE:yes", ":yes"):
        with pytest.raises(ValueError):
            open(f"evdev:///dev/input/event7?map={wrong}")
