"""An input device that is played by a list, and time that passes only when somebody waits."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import replace

from drivers.inputs.address import InputAddress
from drivers.inputs.driver import Access
from drivers.inputs.events import Event, pack
from tests.clocks import Clock

#: Seconds from the opening to the first of the events that bear no time themselves.
LATER = 1.0


class Device:
    """Reads are lists of events, pauses (an empty list) and errors; the first steps come before the grab."""

    def __init__(
        self,
        clock: Clock,
        *steps: list[Event] | OSError,
        before: Iterable[Event] = (),
        down: Iterable[int] = (),
        switches: Iterable[int] | None = None,
        grabbed: bool = False,
    ) -> None:
        self.clock, self.steps, self.before = clock, list(steps), list(before)
        self.down, self.on, self.taken = frozenset(down), switches, grabbed
        self.grabs = 0
        self.closed = False

    def read(self, timeout: float) -> bytes:
        if self.before:
            events, self.before = self.before, []
            return pack(events)
        if timeout == 0.0 and self.grabs and not self.closed and self.grabs < 2:
            self.grabs = 2  # the look for what came before the grab
            return b""
        step = self.steps.pop(0) if self.steps else []
        if isinstance(step, OSError):
            raise step
        if not step:
            self.clock.now += timeout
        return pack(event if event.at else replace(event, at=self.clock.now + LATER) for event in step)

    def grab(self) -> None:
        if self.taken:
            raise OSError(errno.EBUSY, "taken")
        self.grabs += 1

    def keys_down(self) -> frozenset[int]:
        return self.down

    def switches(self) -> frozenset[int] | None:
        return None if self.on is None else frozenset(self.on)

    def close(self) -> None:
        self.closed = True


class Socket:
    """Devices that are there in turn; an error is an attempt that fails."""

    def __init__(self, *devices: Device | OSError) -> None:
        self.devices = list(devices)
        self.attempts = 0

    def __call__(self, address: InputAddress) -> Device:
        self.attempts += 1
        device = self.devices.pop(0) if self.devices else FileNotFoundError(errno.ENOENT, "away")
        if isinstance(device, OSError):
            raise device
        return device


def access(clock: Clock, *devices: Device | OSError) -> Access:
    """A socket into which these are plugged in turn."""
    return Access(Socket(*devices), clock, clock.wait)
