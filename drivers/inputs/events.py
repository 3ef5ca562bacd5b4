"""Bytes from an input device, and how they become events.

Layout and meaning as in the kernel's `include/uapi/linux/input.h` and `Documentation/input/event-codes.rst`: a device
gives `struct input_event` {seconds, microseconds, type, code, value}; events that belong together end with SYN_REPORT;
SYN_DROPPED says that the reader was too slow and that everything up to the next SYN_REPORT must be thrown away.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

EV_SYN, EV_KEY, EV_SW = 0x00, 0x01, 0x05
SYN_REPORT, SYN_DROPPED = 0, 3
SW_HEADPHONE_INSERT = 0x02
RELEASED, PRESSED, REPEATED = 0, 1, 2

_LAYOUT = struct.Struct("@llHHi")
SIZE = _LAYOUT.size  # 24 bytes on 64-bit systems, 16 on 32-bit ones
LONGEST = 256  # events in one report; more than any real device gives


@dataclass(frozen=True)
class Event:
    """One change. `at`: when the kernel heard of it, seconds of the monotonic clock."""

    type: int
    code: int
    value: int
    at: float = 0.0


@dataclass(frozen=True)
class Gap:
    """Events were lost here, up to `at` (see Event); the device must be asked how it is now."""

    at: float = field(default=0.0, compare=False)


class Reports:
    """Gathers bytes into the events of whole reports."""

    def __init__(self) -> None:
        self._rest = b""
        self._report: list[Event] = []
        self._lost = False

    def feed(self, data: bytes) -> list[Event | Gap]:
        """The events of the reports that `data` completes; what is unfinished waits for the next call."""
        self._rest += data
        whole = len(self._rest) - len(self._rest) % SIZE
        done: list[Event | Gap] = []
        for seconds, micros, kind, code, value in _LAYOUT.iter_unpack(self._rest[:whole]):
            self._take(Event(kind, code, value, seconds + micros / 1e6), done)
        self._rest = self._rest[whole:]
        return done

    def _take(self, event: Event, done: list[Event | Gap]) -> None:
        if event.type != EV_SYN:
            self._lost = self._lost or len(self._report) >= LONGEST
            if not self._lost:
                self._report.append(event)
        elif event.code == SYN_DROPPED:
            self._lost = True
        elif event.code == SYN_REPORT:
            done.extend([Gap(event.at)] if self._lost else self._report)
            self._report, self._lost = [], False


def pack(events: Iterable[Event]) -> bytes:
    """The bytes in which a device gives these events (used by twins and tests)."""
    return b"".join(
        _LAYOUT.pack(int(event.at), int(event.at % 1 * 1e6), event.type, event.code, event.value) for event in events
    )


def strokes(*taps: int, held: Sequence[int] = (), at: float = 0.0) -> list[Event]:
    """Tap the keys one after the other while those in `held` are down, each change in a report of its own."""
    changes = [(code, PRESSED) for code in held]
    for code in taps:
        changes += [(code, PRESSED), (code, RELEASED)]
    changes += [(code, RELEASED) for code in reversed(held)]
    events: list[Event] = []
    for code, value in changes:
        events += [Event(EV_KEY, code, value, at), Event(EV_SYN, SYN_REPORT, 0, at)]
    return events


def stamped(events: Iterable[Event], at: float) -> list[Event]:
    """The same events, at `at`."""
    return [replace(event, at=at) for event in events]


def bits(data: bytes) -> frozenset[int]:
    """The numbers of the bits that are set, lowest byte first, as the kernel's EVIOCG… calls give them."""
    return frozenset(8 * place + bit for place, byte in enumerate(data) if byte for bit in range(8) if byte & 1 << bit)


def bitmap(numbers: Iterable[int], size: int) -> bytes:
    """The opposite of :func:`bits`, `size` bytes long."""
    data = bytearray(size)
    for number in numbers:
        data[number // 8] |= 1 << number % 8
    return bytes(data)
