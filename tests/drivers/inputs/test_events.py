"""Events out of bytes, and bytes out of keystrokes."""

from __future__ import annotations

import pytest

from drivers.inputs.address import parse, url_of
from drivers.inputs.codes import CODES, code_of
from drivers.inputs.events import (
    EV_KEY,
    EV_SYN,
    LONGEST,
    SYN_DROPPED,
    SYN_REPORT,
    Event,
    Gap,
    Reports,
    bitmap,
    bits,
    pack,
    strokes,
)
from drivers.inputs.keymap import Typist, typed
from tests.drivers.inputs.seeds import SEEDS, URLS

REPORT, DROPPED = Event(EV_SYN, SYN_REPORT, 0), Event(EV_SYN, SYN_DROPPED, 0)
A, B = Event(EV_KEY, CODES["KEY_A"], 1), Event(EV_KEY, CODES["KEY_B"], 1)


@pytest.mark.parametrize("piece", [1, 7, 24, 1000])
def test_events_come_in_any_pieces(piece: int) -> None:
    reports, data = Reports(), pack([A, REPORT, B, REPORT])
    events = [event for at in range(0, len(data), piece) for event in reports.feed(data[at : at + piece])]
    assert events == [A, B]


def test_an_unfinished_report_waits() -> None:
    reports = Reports()
    assert reports.feed(pack([A])) == []
    assert reports.feed(pack([REPORT])) == [A]


def test_what_was_dropped_up_to_the_next_report_is_a_gap() -> None:
    assert Reports().feed(pack([A, DROPPED, B, REPORT, B, REPORT])) == [Gap(), B]


def test_a_report_without_an_end_is_a_gap_and_does_not_grow() -> None:
    assert Reports().feed(pack([A] * (LONGEST + 1) + [REPORT, B, REPORT])) == [Gap(), B]


def test_the_kernels_bits() -> None:
    assert bits(bytes([0b101, 0, 0x80])) == {0, 2, 23}
    assert bits(bitmap({0, 2, 23}, 3)) == {0, 2, 23}


def text_of(events: list[Event]) -> bytes:
    typist = Typist()
    return b"".join(typist.feed(event) for event in events)


def test_every_byte_can_be_typed() -> None:
    every = bytes(range(256))
    assert text_of(typed(every)) == every


@pytest.mark.parametrize(
    ("held", "key", "byte"),
    [
        ((), "KEY_A", b"a"),
        (("KEY_LEFTSHIFT",), "KEY_A", b"A"),
        (("KEY_RIGHTSHIFT",), "KEY_2", b"@"),
        (("KEY_LEFTCTRL",), "KEY_RIGHTBRACE", b"\x1d"),
        ((), "KEY_KPENTER", b"\r"),
        ((), "KEY_TAB", b"\t"),
        (("KEY_LEFTCTRL",), "KEY_1", b""),
        ((), "KEY_F5", b""),
    ],
)
def test_the_us_layout(held: tuple[str, ...], key: str, byte: bytes) -> None:
    assert text_of(strokes(CODES[key], held=[CODES[each] for each in held])) == byte


def test_caps_lock_turns_letters_only() -> None:
    assert text_of(strokes(CODES["KEY_CAPSLOCK"], CODES["KEY_A"], CODES["KEY_1"])) == b"A1"


def test_a_repeat_types_nothing() -> None:
    assert text_of([Event(EV_KEY, CODES["KEY_A"], 1), Event(EV_KEY, CODES["KEY_A"], 2)]) == b"a"


def test_a_number_that_is_no_byte_types_nothing() -> None:
    pad = [CODES[f"KEY_KP{digit}"] for digit in "9999"]
    assert text_of(strokes(*pad, held=[CODES["KEY_LEFTALT"]])) == b""


def test_a_shift_that_was_held_before_still_counts() -> None:
    typist = Typist()
    typist.reset([CODES["KEY_LEFTSHIFT"], CODES["KEY_B"]])
    assert typist.feed(A) == b"A"


@pytest.mark.parametrize("url", URLS)
def test_addresses_come_back_as_they_were(url: str) -> None:
    assert parse(url_of(parse(url))) == parse(url)


@pytest.mark.parametrize("url", ["serial:///dev/x", "evdev://host/dev", "evdev:relative", "evdev:///x?vendor=zz"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ValueError):
        parse(url)


@pytest.mark.parametrize("name", ["KEY_NOTHING", "", "-1", "0x300"])
def test_what_is_no_key(name: str) -> None:
    with pytest.raises(ValueError):
        code_of(name)


@pytest.mark.parametrize("seed", SEEDS)
def test_seeds_are_valid(seed: bytes) -> None:
    assert Reports().feed(seed)
