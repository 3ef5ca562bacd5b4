"""A reader that types, with a device that is played by a list."""

from __future__ import annotations

import errno

from drivers.inputs.address import InputAddress
from drivers.inputs.driver import NOT_GRABBED
from drivers.inputs.events import EV_SYN, SYN_DROPPED, SYN_REPORT, Event
from drivers.inputs.keymap import typed
from drivers.reader.wedge import WedgeCodeReader
from drivers.roles import Missing, Ready
from tests.clocks import Clock
from tests.drivers.inputs.fakes import Device, access

GONE = OSError(errno.ENODEV, "gone")


def wedge(clock: Clock, *devices: Device | OSError, options: dict[str, str] | None = None) -> WedgeCodeReader:
    return WedgeCodeReader(InputAddress("/dev/input/event7", options=options or {}), access(clock, *devices))


def reads(made: WedgeCodeReader, count: int) -> list[bytes | Missing | None]:
    return [made.read(1) for _ in range(count)]


def test_a_code_ends_with_enter() -> None:
    clock = Clock()
    made = wedge(clock, Device(clock, typed(b"PDT1-Kb#\r"), typed(b"NEXT\r")))
    assert reads(made, 3) == [b"PDT1-Kb#", b"NEXT", None]


def test_another_end_may_be_learnt() -> None:
    clock = Clock()
    made = wedge(clock, Device(clock, typed(b"ONE\rTWO\t")), options={"end": "\t"})
    assert made.read(1) == b"ONE\rTWO"


def test_the_rest_of_a_code_of_which_strokes_were_lost_is_no_code() -> None:
    clock = Clock()
    lost = [Event(EV_SYN, SYN_DROPPED, 0), Event(EV_SYN, SYN_REPORT, 0)]
    made = wedge(clock, Device(clock, typed(b"PDT1") + lost, typed(b"REST\r"), typed(b"WHOLE\r")))
    assert made.read(1) == b"WHOLE"


def test_a_code_of_which_strokes_were_lost_is_none() -> None:
    clock = Clock()
    lost = [Event(EV_SYN, SYN_DROPPED, 0), Event(EV_SYN, SYN_REPORT, 0)]
    made = wedge(clock, Device(clock, typed(b"PDT1") + lost, typed(b"\r"), typed(b"WHOLE\r")))
    assert reads(made, 2) == [b"WHOLE", None]


def test_half_a_code_before_the_cable_came_out_is_forgotten() -> None:
    clock = Clock()
    made = wedge(clock, Device(clock, typed(b"HALF"), GONE), Device(clock, typed(b"WHOLE\r")))
    assert [each for each in reads(made, 4) if isinstance(each, bytes)] == [b"WHOLE"]


def test_an_unfinished_code_is_dropped_after_a_pause() -> None:
    clock = Clock()
    quiet: list[list[Event]] = [[] for _ in range(12)]
    made = wedge(clock, Device(clock, typed(b"HALF"), *quiet, typed(b"WHOLE\r")))
    assert [each for each in reads(made, 4) if each] == [b"WHOLE"]


def test_nothing_is_read_while_somebody_else_holds_it() -> None:
    clock = Clock()
    made = wedge(clock, Device(clock, typed(b"X\r"), grabbed=True), Device(clock, typed(b"Y\r"), grabbed=True))
    assert made.read(1) == Missing()
    assert made.status() == NOT_GRABBED
    assert wedge(clock, Device(clock)).status() == Ready()


def test_a_code_that_stays_is_one_read() -> None:
    clock = Clock()
    made = wedge(clock, Device(clock, typed(b"SAME\rSAME\r"), typed(b"SAME\rOTHER\r")))
    assert reads(made, 3) == [b"SAME", b"OTHER", None]


def test_the_window_is_part_of_the_address() -> None:
    clock = Clock()
    made = wedge(clock, Device(clock, typed(b"SAME\r"), *([[]] * 3), typed(b"SAME\r")), options={"repeat": "0.1"})
    assert [each for each in reads(made, 3) if each] == [b"SAME", b"SAME"]
