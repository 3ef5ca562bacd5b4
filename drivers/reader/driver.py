"""One code reader, one port, one lock. Opened when wanted, opened again after it was unplugged."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable

from drivers.reader.wire import Address, Frames, Port, open_port
from drivers.roles import Missing

FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds between attempts to open a port that is away
SLICE = 0.1  # seconds that one read may wait, so that status() never waits longer for the lock


class ReaderDriver:
    """Reads texts from the port at `address`."""

    def __init__(
        self,
        address: Address,
        opener: Callable[[Address], Port] = open_port,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._address, self._opener, self._clock, self._wait = address, opener, clock, wait
        self._lock = threading.Lock()
        self._port: Port | None = None
        self._frames = Frames()
        self._texts: deque[bytes] = deque(maxlen=16)
        self._pause = FIRST_WAIT
        self._not_before = 0.0

    def read(self, timeout: float) -> bytes | Missing | None:
        """The next text; None when there was none in time; Missing when the port is away."""
        deadline = self._clock() + timeout
        while True:
            with self._lock:
                if self._texts:
                    return self._texts.popleft()
                port = self._opened()
                left = deadline - self._clock()
                if port is not None:
                    self._take(port, max(0.0, min(SLICE, left)))
                    if self._texts:
                        return self._texts.popleft()
                gone = self._port is None
                if gone:
                    left = min(deadline, max(self._not_before, self._clock())) - self._clock()
            if gone:
                # a caller in a loop must not spin while the cable is out
                self._wait(max(0.0, left))
                return Missing()
            if self._clock() >= deadline:
                return None

    def there(self) -> bool:
        """Whether the port is open or can be opened now."""
        with self._lock:
            port = self._opened(at_once=True)
            if port is not None:
                self._take(port, 0.0)  # a pulled cable shows only when one asks
            return self._port is not None

    def close(self) -> None:
        """Let the port go; texts that nobody took are forgotten."""
        with self._lock:
            self._lose()
            self._texts.clear()

    def _opened(self, at_once: bool = False) -> Port | None:
        if self._port is None and (at_once or self._clock() >= self._not_before):
            try:
                self._port = self._opener(self._address)
            except OSError:
                self._not_before = self._clock() + self._pause
                self._pause = min(LONGEST_WAIT, self._pause * 2)
            else:
                self._pause, self._not_before = FIRST_WAIT, 0.0
                self._frames.drop()
        return self._port

    def _take(self, port: Port, timeout: float) -> None:
        try:
            port.timeout = timeout
            # in_waiting raises plain OSError on a port that went away, read serial's own kind of it
            data = port.read(max(1, port.in_waiting))
        except (OSError, TypeError):
            # TypeError: pyserial's select on a descriptor that another thread has just closed
            self._lose()
            return
        if data:
            self._texts.extend(self._frames.feed(data, self._clock()))

    def _lose(self) -> None:
        if self._port is not None:
            with contextlib.suppress(OSError):
                self._port.close()
        self._port = None
        self._frames.drop()
        self._not_before = self._clock() + self._pause
