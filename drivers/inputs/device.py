"""What a keypad and a reader that types have in common: one device, one lock, and what was made of its events."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import deque
from typing import Generic, TypeVar

from drivers.inputs.address import InputAddress
from drivers.inputs.driver import SLICE, Access, InputDriver, Now
from drivers.inputs.events import Event
from drivers.roles import Missing, Status

MOST = 16  # things that may wait for somebody who asks
T = TypeVar("T")


class InputDevice(ABC, Generic[T]):
    """Makes things of the events of the device at `address`, keys or codes, and keeps them for whoever asks."""

    def __init__(self, address: InputAddress, access: Access) -> None:
        self._driver = InputDriver(address, access)
        self._clock = access.clock
        self._lock = threading.Lock()
        self._made: deque[T] = deque(maxlen=MOST)
        self._closed = False

    def status(self) -> Status:
        """Ready, Missing, or Fault: "not-grabbed" when another program has it, "not-allowed" when we may not."""
        return Missing() if self._closed else self._driver.status()

    def close(self) -> None:
        """Let the device go. May be called twice."""
        self._closed = True
        self._driver.close()

    @abstractmethod
    def _feed(self, event: Event | Now) -> None:
        """Put into `_made` what this event makes. Now comes first after each opening: what was unfinished is over."""

    def _next(self, timeout: float) -> T | Missing | None:
        """The next thing made; None when there was none in `timeout` seconds; Missing when the device is away."""
        deadline = self._clock() + timeout
        while not self._closed:
            # under the lock: two events must not change places on the way from one thread to another
            with self._lock:
                away = not self._made and self._take(max(0.0, min(SLICE, deadline - self._clock())))
                if self._made:
                    return self._made.popleft()
            if away:
                self._driver.rest(deadline)
                return Missing()
            if self._clock() >= deadline:
                return None
        return Missing()

    def _take(self, timeout: float) -> bool:
        """Feed events until they have made something or the time is over; whether the device is away."""
        until = self._clock() + timeout
        while not self._made:
            event = self._driver.next(max(0.0, until - self._clock()))
            if isinstance(event, Missing):
                return True
            if event is None:
                return False
            self._feed(event)
        return False
