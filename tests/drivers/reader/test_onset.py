"""A typing reader that is opened while somebody scans: the rest of a code is none, the next is whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, cycle, islice
from pathlib import Path

import pytest

from drivers.inputs.address import InputAddress
from drivers.inputs.events import EV_KEY, PRESSED, Event, stamped
from drivers.inputs.keymap import typed
from drivers.reader.wedge import WedgeCodeReader, open
from drivers.roles import Ready
from drivers.virtual.start import Twin, start
from tests.clocks import Clock
from tests.drivers.inputs.fakes import Device, access
from tests.drivers.until import until

CODE = b"https://Contoh.id/V#73"
OPENED = 100.0  # where the fakes' clock begins
# seconds from key to key, in turn
PACES = ([0.002], [0.004], [0.008, 0.016], [0.016, 0.008, 0.008], [0.04], [0.07], [0.09, 0.04], [0.04, 0.09])
Moment = list[Event]


def scan(data: bytes, at: float, pace: list[float]) -> list[Moment]:
    """Two moments for each character: keys down, and soon up again."""
    times = accumulate(islice(cycle(pace), len(data) - 1), initial=at)
    moments: list[Moment] = []
    for byte, time, long in zip(data, times, cycle(pace), strict=False):
        events = typed(bytes([byte]))
        middle = 2 * len(events) // 4
        moments += [stamped(events[:middle], time), stamped(events[middle:], time + long / 8)]
    return moments


def opened_amid(moments: list[Moment], end: str = "", before: Moment | None = None) -> list[bytes]:
    """The codes that come when the reader is opened at OPENED: what was typed before that is never seen."""
    clock = Clock()
    down: set[int] = set()
    for event in (event for moment in moments for event in moment if event.at <= OPENED and event.type == EV_KEY):
        (down.add if event.value == PRESSED else down.discard)(event.code)
    seen = [moment for moment in moments if moment[0].at > OPENED]
    device = Device(clock, *seen, down=down, before=before or ())
    address = InputAddress("/dev/input/event7", options={"end": end} if end else {})
    made = WedgeCodeReader(address, access(clock, device))
    return [code for code in (made.read(1) for _ in range(4)) if isinstance(code, bytes)]


def openings() -> Iterator[tuple[float, list[float]]]:
    """When the code began before the opening, seconds, four times in each key."""
    for pace in PACES:
        mean = sum(pace) / len(pace)
        for quarter in range(4 * len(CODE)):
            yield (quarter + 0.6) * mean / 4, pace


def test_of_a_code_under_way_at_the_opening_nothing_is_given_and_the_next_is_whole() -> None:
    given = [
        (opened_amid([*scan(CODE + b"\r", OPENED - before, pace), *scan(b"NEXT\r", OPENED + 5, pace)]), before, pace)
        for before, pace in openings()
    ]
    assert len(given) > 400
    assert [each for each in given if each[0] != [b"NEXT"]] == []


@pytest.mark.parametrize("pace", PACES)
def test_a_code_begun_a_few_strokes_after_the_opening_is_whole(pace: list[float]) -> None:
    wait = max(0.05, 3 * max(pace)) + 0.002
    assert opened_amid(scan(CODE + b"\r", OPENED + wait, pace)) == [CODE]
    # sooner it cannot be told from a rest; shown again it comes
    again = scan(CODE + b"\r", OPENED + 5, pace)
    assert opened_amid([*scan(CODE + b"\r", OPENED + 0.04, pace), *again]) == [CODE]


@pytest.mark.parametrize("pace", [[0.004], [0.04], [0.1]])
def test_the_end_alone_of_a_code_takes_nothing_with_it(pace: list[float]) -> None:
    rest = scan(b"\r", OPENED + pace[0] * 0.9, pace)
    assert opened_amid([*rest, *scan(CODE + b"\r", OPENED + 0.5, pace)]) == [CODE]


def test_a_rest_whose_end_never_comes_takes_nothing_with_it() -> None:
    rest = scan(b"315", OPENED + 0.003, [0.004])
    assert opened_amid([*rest, *scan(CODE + b"\r", OPENED + 1, [0.004])]) == [CODE]
    rest = scan(b"3", OPENED + 0.1, [0.004])  # not suspected, but broken off
    assert opened_amid([*rest, *scan(CODE + b"\r", OPENED + 1, [0.004])]) == [CODE]


def test_a_key_that_is_down_at_the_opening_is_of_a_code_under_way_however_slow() -> None:
    halves = scan(b"7315\r", OPENED - 0.01, [0.4])
    assert opened_amid([*halves, *scan(b"NEXT\r", OPENED + 5, [0.4])]) == [b"NEXT"]


def test_a_key_between_opening_and_grab_is_of_a_code_under_way_however_slow() -> None:
    rest = scan(b"315\r", OPENED + 0.3, [0.02])
    given = opened_amid([*rest, *scan(b"NEXT\r", OPENED + 5, [0.02])], before=stamped(typed(b"7"), OPENED))
    assert given == [b"NEXT"]


def test_a_learnt_end_ends_the_suspicion_and_an_enter_within_a_code_does_not() -> None:
    rest = scan(b"ONE\rTWO\t", OPENED + 0.003, [0.004])
    assert opened_amid([*rest, *scan(b"NE\rXT\t", OPENED + 0.2, [0.004])], end="\t") == [b"NE\rXT"]


def test_what_cannot_be_told_a_pause_at_the_very_opening_longer_than_all_that_follow() -> None:
    assert opened_amid(scan(b"REST\r", OPENED + 0.06, [0.004])) == [b"REST"]


def test_the_twin_types_a_code_in_the_middle_of_which_it_is_taken(tmp_path: Path) -> None:
    with start(tmp_path, [Twin("reader", "drivers.reader.wedge_twin")]) as virtual:
        virtual.world.set("reader", pace="5")
        virtual.world.show_code("0123456789" * 40)  # two seconds
        until(lambda: not any((tmp_path / "reader" / "inbox").iterdir()))
        made = open(virtual.endpoints["reader"])
        until(lambda: made.status() == Ready())
        assert made.read(0.1) is None
        virtual.world.show_code("NEXT")
        given: list[object] = []
        until(lambda: isinstance((given.append(made.read(1)), given[-1])[1], bytes))
        assert [each for each in given if each is not None] == [b"NEXT"]
        made.close()
