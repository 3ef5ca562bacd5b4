"""Grabbing, unplugging, reopening, lost events, with a device that is played by a list; and which device is meant."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.inputs.address import Identity, InputAddress
from drivers.inputs.driver import NOT_ALLOWED, NOT_GRABBED, Access, InputDriver, Now
from drivers.inputs.events import EV_KEY, EV_SYN, SYN_DROPPED, SYN_REPORT, Event
from drivers.inputs.find import Found, choose, discover, locate
from drivers.roles import Missing, Ready
from tests.clocks import Clock
from tests.drivers.inputs.fakes import LATER, Device, Socket

PRESS, REPORT, DROPPED = Event(EV_KEY, 30, 1), Event(EV_SYN, SYN_REPORT, 0), Event(EV_SYN, SYN_DROPPED, 0)
GONE = OSError(errno.ENODEV, "gone")


def driver(clock: Clock, *devices: Device | OSError) -> tuple[InputDriver, Socket]:
    socket = Socket(*devices)
    return InputDriver(InputAddress("/dev/input/event7"), Access(socket, clock, clock.wait)), socket


def test_it_begins_with_how_the_device_is_and_says_that_what_came_before_the_grab_is_lost() -> None:
    clock = Clock()
    made, _ = driver(clock, Device(clock, [PRESS, REPORT], before=[PRESS], down=[42], switches=[2]))
    assert made.next(1) == Now(frozenset({42}), frozenset({2}), lost=True)
    assert made.next(1) == replace(PRESS, at=clock.now + LATER)
    assert made.next(1) is None
    now = driver(clock, Device(clock, [PRESS, REPORT]))[0].next(1)
    assert now == Now(frozenset(), None)
    assert isinstance(now, Now) and now.at == clock.now


def test_one_that_somebody_else_holds_gives_nothing_and_says_so() -> None:
    clock = Clock()
    held = Device(clock, [PRESS, REPORT], grabbed=True)
    made, _ = driver(clock, held)
    assert made.next(1) == Missing()
    assert held.closed
    made, _ = driver(clock, Device(clock, [PRESS, REPORT], grabbed=True))
    assert made.status() == NOT_GRABBED


def test_one_that_we_may_not_open_is_told_from_one_that_is_away() -> None:
    clock = Clock()
    assert driver(clock, PermissionError(errno.EACCES, "no"))[0].status() == NOT_ALLOWED
    assert driver(clock)[0].status() == Missing()
    assert driver(clock, Device(clock))[0].status() == Ready()


def test_unplugged_is_missing_and_it_is_opened_again() -> None:
    clock = Clock()
    first = Device(clock, [PRESS, REPORT], GONE)
    made, _ = driver(clock, first, Device(clock, [PRESS, REPORT]))
    heard = [made.next(1) for _ in range(3)]
    assert heard[1:] == [replace(PRESS, at=clock.now + LATER), Missing()]
    assert first.closed
    made.rest(clock.now + 5)
    assert isinstance(made.next(1), Now)


def test_lost_events_are_asked_after() -> None:
    clock = Clock()
    made, _ = driver(clock, Device(clock, [PRESS, DROPPED, REPORT], down=[30]))
    assert [made.next(1), made.next(1)] == [Now(frozenset({30}), None), Now(frozenset({30}), None, lost=True)]


def test_attempts_grow_rarer_and_nobody_spins() -> None:
    clock = Clock()
    made, socket = driver(clock)
    for _ in range(60):
        deadline = clock.now + 1
        assert made.next(1) == Missing()
        made.rest(deadline)
    assert 8 <= socket.attempts <= 25
    assert clock.now > 140


def test_a_closed_one_stays_closed() -> None:
    clock = Clock()
    made, socket = driver(clock, Device(clock))
    made.close()
    made.close()
    assert made.next(1) == Missing()
    assert socket.attempts == 0


# --- which device is meant

SCANNER = Identity(0x0C2E, 0x0B61, "", "usb-1.2/input0")
KEYBOARD = Identity(0x046D, 0xC31C, "", "usb-1.3/input0")


def there(tmp_path: Path, *identities: Identity) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for number, identity in enumerate(identities):
        path = tmp_path / f"event{number}"
        path.touch()
        found[str(path)] = Found(str(path), "CONTOH", identity, typing=True)
    return found


def test_the_path_is_believed_while_the_same_device_is_there(tmp_path: Path) -> None:
    devices = there(tmp_path, KEYBOARD, SCANNER)
    address = InputAddress(str(tmp_path / "event1"), identity=SCANNER)
    assert locate(address, tmp_path, devices.get) == str(tmp_path / "event1")


def test_in_another_socket_it_is_found_by_what_it_is(tmp_path: Path) -> None:
    devices = there(tmp_path, KEYBOARD, KEYBOARD, replace(SCANNER, phys="usb-1.4/input0"))
    address = InputAddress(str(tmp_path / "event1"), identity=SCANNER)
    assert locate(address, tmp_path, devices.get) == str(tmp_path / "event2")


def test_another_device_at_its_path_is_left_alone(tmp_path: Path) -> None:
    devices = there(tmp_path, KEYBOARD)
    assert locate(InputAddress(str(tmp_path / "event0"), identity=SCANNER), tmp_path, devices.get) is None


def test_an_equal_one_at_its_path_is_not_taken_for_it(tmp_path: Path) -> None:
    devices = there(tmp_path, replace(SCANNER, phys="usb-1.4/input0"), SCANNER)
    address = InputAddress(str(tmp_path / "event0"), identity=SCANNER)
    assert locate(address, tmp_path, devices.get) == str(tmp_path / "event1")


def test_without_an_identity_the_path_is_all_there_is(tmp_path: Path) -> None:
    assert locate(InputAddress("/dev/input/event9"), tmp_path, {}.get) == "/dev/input/event9"


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        (SCANNER, 0),
        (replace(SCANNER, phys="usb-1.9/input0"), 0),
        (replace(SCANNER, phys="usb-1.9/input1"), 1),
        (replace(SCANNER, uniq="other"), None),
    ],
)
def test_one_interface_of_several_is_chosen(wanted: Identity, place: int | None) -> None:
    both = [Found("a", "", SCANNER), Found("b", "", replace(SCANNER, phys="usb-1.2/input1"))]
    assert choose(wanted, both) == (None if place is None else both[place])


def test_of_two_equal_ones_only_that_in_the_same_socket_is_taken() -> None:
    two = [Found("a", "", SCANNER), Found("b", "", replace(SCANNER, phys="usb-1.4/input0"))]
    assert choose(replace(SCANNER, phys="usb-1.4/input0"), two) == two[1]
    assert choose(replace(SCANNER, phys="usb-1.7/input0"), two) is None


def test_devices_are_listed_by_their_stable_names(tmp_path: Path) -> None:
    devices = there(tmp_path, SCANNER)
    (tmp_path / "by-id").mkdir()
    link = tmp_path / "by-id" / "usb-CONTOH-event-kbd"
    link.symlink_to(tmp_path / "event0")
    seen: list[str] = []

    def look(path: str) -> Found | None:
        seen.append(path)
        return devices[str(Path(path).resolve())]

    (found,) = discover(tmp_path, look)
    assert seen == [str(link)]
    assert "vendor=0c2e" in found.address
