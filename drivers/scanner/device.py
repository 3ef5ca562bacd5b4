"""The document scanner as the rest sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from drivers.roles import Status
from drivers.roles.scanner import (
    USUAL,
    NotOffered,
    ScanCancelled,
    ScanEnd,
    ScannedPage,
    ScannerOffers,
    ScanSettings,
)
from drivers.scanner.asking import Runner, Wait, wait_for
from drivers.scanner.batch import begin
from drivers.scanner.driver import ScannerDriver, Starter
from drivers.scanner.wire import run

_STATUS_WITHIN = 4.0


class SaneScanner:
    """A :class:`~drivers.roles.DocumentScanner`."""

    def __init__(
        self,
        name: str,
        config: str = "",
        runner: Runner = run,
        starter: Starter = begin,
        clock: Callable[[], float] = time.monotonic,
        wait: Wait = wait_for,
    ) -> None:
        self._driver = ScannerDriver(name, config, runner, starter, clock, wait)

    def status(self) -> Status:
        """Ready, Busy, Missing, Fault or Unknown, within 5 s; the paper's state is only known when a scan starts."""
        return self._driver.status(_STATUS_WITHIN)

    def describe(self, timeout: float = 20.0) -> ScannerOffers | Status:
        """What can be asked of it, source by source."""
        return self._driver.describe(timeout)

    def scan(
        self, settings: ScanSettings = USUAL, timeout: float = 60.0
    ) -> ScannedPage | ScanCancelled | NotOffered | Status:
        """One page, or what kept it from coming."""
        return self._driver.scan(settings, timeout)

    def pages(
        self, settings: ScanSettings = USUAL, limit: int = 50, timeout: float = 60.0
    ) -> Iterator[ScannedPage | ScanEnd]:
        """Page after page, each within `timeout` seconds; last comes how it ended, always."""
        return self._driver.pages(settings, limit, timeout)

    def cancel(self) -> bool:
        """End what another thread is scanning, within 10 s; False when nobody is scanning."""
        return self._driver.cancel()

    def close(self) -> None:
        """Pages under way are cancelled; nothing is held between calls. May be called twice."""
        self._driver.close()


def open(url: str) -> SaneScanner:
    """The scanner with SANE's device name `url`, for example `airscan:e0:Kiosk`.

    `?config=/folder` behind the name is the SANE_CONFIG_DIR in which it is known; the system's own otherwise.
    """
    name, _, config = url.partition("?config=")
    return SaneScanner(name, unquote(config))
