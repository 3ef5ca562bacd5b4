"""The document scanner as the rest sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from drivers.roles import Missing, Pixels, Status
from drivers.roles.scanner import ScanEnd, ScannedPage
from drivers.scanner.driver import Runner, ScannerDriver
from drivers.scanner.wire import run

_STATUS_WITHIN = 4.5


class SaneScanner:
    """A :class:`~drivers.roles.DocumentScanner`."""

    def __init__(
        self, name: str, config: str = "", runner: Runner = run, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._driver = ScannerDriver(name, config, runner, clock)
        self._closed = False

    def status(self) -> Status:
        """Ready, Busy, Missing, Fault or Unknown, within 5 s; the paper's state is only known when a scan starts."""
        return Missing() if self._closed else self._driver.status(_STATUS_WITHIN)

    def scan(self, dpi: int = 200, timeout: float = 60.0) -> Pixels | Status:
        """One page in colour, or the state that kept it from coming."""
        return Missing() if self._closed else self._driver.scan(dpi, timeout)

    def pages(self, dpi: int = 200, limit: int = 50, timeout: float = 60.0) -> Iterator[ScannedPage | ScanEnd]:
        """Page after page, each within `timeout` seconds; last comes how it ended, always."""
        return iter([Missing()]) if self._closed else self._driver.pages(dpi, limit, timeout)

    def cancel(self) -> bool:
        """End the pages that another thread is taking, within 10 s; False when nobody is taking any."""
        return self._driver.cancel()

    def close(self) -> None:
        """Pages under way are cancelled; nothing is held between calls. May be called twice."""
        self._closed = True
        self._driver.cancel()


def open(url: str) -> SaneScanner:
    """The scanner with SANE's device name `url`, for example `airscan:e0:Kiosk`.

    `?config=/folder` behind the name is the SANE_CONFIG_DIR in which it is known; the system's own otherwise.
    """
    name, _, config = url.partition("?config=")
    return SaneScanner(name, unquote(config))
