"""One input device, grabbed, one lock. Opened when wanted, opened again after it was unplugged."""

from __future__ import annotations

import contextlib
import errno
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.inputs.address import InputAddress
from drivers.inputs.events import Event, Gap, Reports
from drivers.inputs.source import Source, open_source
from drivers.roles import Fault, Missing, Ready

FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds between attempts to open a device that is away
SLICE = 0.1  # seconds that one read may wait, so that nobody else waits longer for the lock

NOT_GRABBED, NOT_ALLOWED = Fault("not-grabbed"), Fault("not-allowed")


@dataclass(frozen=True)
class Now:
    """How the device is: sent when it was opened, and when events were lost. What was unfinished is to be forgotten.

    `at`: when that was, by the clock that stamps the events.
    """

    down: frozenset[int]
    switches: frozenset[int] | None
    lost: bool = False  # events are missing just before it
    at: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Access:
    """How a device is opened and how time passes, in seconds; `clock` is that which stamps the events."""

    opener: Callable[[InputAddress], Source] = open_source
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], object] = time.sleep


REAL = Access()


class InputDriver:
    """Reads the events of the device at `address`; with `grab` nobody else gets them, or nothing is read."""

    def __init__(self, address: InputAddress, access: Access = REAL, grab: bool = True) -> None:
        self._address, self._grab = address, grab
        self._opener, self._clock, self._wait = access.opener, access.clock, access.wait
        self._lock = threading.Lock()
        self._source: Source | None = None
        self._why: Missing | Fault = Missing()
        self._reports = Reports()
        self._events: deque[Event | Now] = deque()  # never more than one look gives
        self._pause = FIRST_WAIT
        self._not_before = 0.0
        self._closed = False

    def next(self, timeout: float) -> Event | Now | Missing | None:
        """The next event; None when there was none in time; Missing at once when the device is away or not ours."""
        deadline = self._clock() + timeout
        while True:
            with self._lock:
                if not self._events and (source := self._opened()) is not None:
                    self._take(source, max(0.0, min(SLICE, deadline - self._clock())))
                if self._events:
                    return self._events.popleft()
                if self._source is None:
                    return Missing()
            if self._clock() >= deadline:
                return None

    def rest(self, deadline: float) -> None:
        """Wait until it may be opened again, at the longest until `deadline`: nobody may spin while a cable is out."""
        self._wait(max(0.0, min(deadline, self._not_before) - self._clock()))

    def status(self) -> Ready | Missing | Fault:
        """Ready when it is open and ours, or can be opened now."""
        with self._lock:
            source = self._opened(at_once=True)
            if source is not None:
                self._take(source, 0.0)  # a pulled cable shows only when one asks
            return self._why if self._source is None else Ready()

    def close(self) -> None:
        """Let the device go for good; events that nobody took are forgotten."""
        with self._lock:
            self._closed = True
            self._lose()
            self._events.clear()

    def _opened(self, at_once: bool = False) -> Source | None:
        if self._source is None and not self._closed and (at_once or self._clock() >= self._not_before):
            try:
                self._source = self._open()
            except OSError:
                self._not_before = self._clock() + self._pause
                self._pause = min(LONGEST_WAIT, self._pause * 2)
            else:
                self._pause, self._not_before = FIRST_WAIT, 0.0
        return self._source

    def _open(self) -> Source:
        self._why = Missing()
        try:
            source = self._opener(self._address)
        except PermissionError:
            self._why = NOT_ALLOWED
            raise
        try:
            if self._grab:
                self._take_alone(source)
            lost = False
            while source.read(0.0):
                lost = True  # what came before it was ours is half of something
            self._reports = Reports()
            # asking for the keys throws away what was pressed since the look above (evdev_handle_get_val)
            down, switches = source.keys_down(), source.switches()
            self._events.append(Now(down, switches, lost, self._clock()))
        except OSError:
            with contextlib.suppress(OSError):
                source.close()
            raise
        return source

    def _take_alone(self, source: Source) -> None:
        try:
            source.grab()
        except OSError as error:
            if error.errno != errno.ENODEV:
                self._why = NOT_GRABBED
            raise

    def _take(self, source: Source, timeout: float) -> None:
        try:
            for event in self._reports.feed(source.read(timeout)):
                if isinstance(event, Gap):
                    self._events.append(Now(source.keys_down(), source.switches(), True, event.at))
                else:
                    self._events.append(event)
        except OSError:
            self._why = Missing()
            self._lose()

    def _lose(self) -> None:
        if self._source is not None:
            with contextlib.suppress(OSError):
                self._source.close()
        self._source = None
        self._not_before = self._clock() + self._pause
