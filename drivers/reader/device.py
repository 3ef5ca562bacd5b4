"""The code reader as the rest sees it."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.reader.driver import ReaderDriver
from drivers.reader.wire import Address, Port, open_port, parse
from drivers.roles import Missing, Ready, Status


class SerialCodeReader:
    """A :class:`~drivers.roles.CodeReader` on a serial port; one that types like a keyboard is another thing."""

    def __init__(
        self,
        address: Address,
        opener: Callable[[Address], Port] = open_port,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._driver = ReaderDriver(address, opener, clock, wait)
        self._closed = False

    def status(self) -> Status:
        """Ready when its port can be opened, else Missing: such a reader answers no question that could be asked."""
        return Ready() if not self._closed and self._driver.there() else Missing()

    def read(self, timeout: float) -> bytes | Missing | None:
        """The next code's bytes; None when nobody showed one within `timeout` seconds; Missing when it is unplugged."""
        return Missing() if self._closed else self._driver.read(timeout)

    def close(self) -> None:
        """Let the port go. May be called twice."""
        self._closed = True
        self._driver.close()


def open(url: str) -> SerialCodeReader:
    """The reader at `url`, such as `serial:///dev/prodesaku/reader?baud=9600`. Raises ValueError for a bad address."""
    return SerialCodeReader(parse(url))
