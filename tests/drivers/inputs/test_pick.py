"""Choosing a device by what stirs, with devices that are played by lists."""

from __future__ import annotations

import errno

from drivers.inputs.address import Identity
from drivers.inputs.find import Found
from drivers.inputs.keymap import typed
from drivers.inputs.pick import who_stirs
from tests.clocks import Clock
from tests.drivers.inputs.fakes import Device

KEYBOARD, SCANNER, GONE = (Found(path, path, Identity(1, number)) for number, path in enumerate(("k", "s", "g")))


def pick(clock: Clock, **devices: Device) -> Found | None:
    def opener(address: object) -> Device:
        device = devices.get(getattr(address, "path", ""))
        if device is None:
            raise FileNotFoundError(errno.ENOENT, "away")
        return device

    return who_stirs([KEYBOARD, SCANNER, GONE], 5.0, opener, clock)


def test_the_one_that_scans_is_chosen_and_nothing_is_grabbed() -> None:
    clock = Clock()
    keyboard, scanner = Device(clock), Device(clock, [], [], typed(b"7315"))
    assert pick(clock, k=keyboard, s=scanner) == SCANNER
    assert keyboard.closed and scanner.closed
    assert scanner.grabs == 0


def test_when_nothing_stirs_nothing_is_chosen_in_time() -> None:
    clock = Clock()
    assert pick(clock, k=Device(clock)) is None
    assert 105.0 <= clock.now < 105.5


def test_one_that_is_pulled_out_meanwhile_is_passed_over() -> None:
    clock = Clock()
    gone = Device(clock, OSError(errno.ENODEV, "gone"))
    assert pick(clock, k=gone, s=Device(clock, [], typed(b"7"))) == SCANNER
