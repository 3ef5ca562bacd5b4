"""One scanner, one lock: pages and status through `scanimage`, its exit codes as the role's states."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from drivers.roles import (
    Busy,
    CoverOpen,
    Fault,
    Jammed,
    Missing,
    NoPaper,
    Pixels,
    Ready,
    Status,
    Unknown,
)
from drivers.roles.scanner import ScanCancelled, ScanDone, ScanEnd, ScannedPage
from drivers.scanner.batch import begin
from drivers.scanner.options import feeder
from drivers.scanner.pnm import TOO_LARGE, whole_page
from drivers.scanner.wire import Hung, NotInstalled, Ran, run

Runner = Callable[[Sequence[str], str, float], "Ran | Hung | NotInstalled"]

# SANE standard 1.06, table of status codes; scanimage exits with them
_BUSY, _INVALID, _END, _JAMMED, _NO_DOCS, _COVER, _IO, _NO_MEMORY, _DENIED = 3, 4, 5, 6, 7, 8, 9, 10, 11

_ENDS_WITHIN = 5.0  # seconds for the back-end to let the scanner go


class ScannerDriver:
    """Asks the SANE device `name`, known through the configuration folder `config`."""

    def __init__(
        self, name: str, config: str = "", runner: Runner = run, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._name, self._config, self._runner, self._clock = name, config, runner, clock
        self._lock = threading.Lock()
        self._silent_since: float | None = None
        self._stop = threading.Event()
        self._under_way = False

    def status(self, timeout: float) -> Status:
        """Whether it can be opened. SANE cannot tell whether paper is in before a scan starts."""
        if not self._lock.acquire(timeout=min(timeout, 0.5)):
            return Busy()
        try:
            return self._state(self._runner(["-d", self._name, "--format=pnm", "-n"], self._config, timeout))
        finally:
            self._lock.release()

    def scan(self, dpi: int, timeout: float) -> Pixels | Status:
        """One page in colour."""
        deadline = self._clock() + timeout
        if not self._lock.acquire(timeout=timeout):
            return Busy()
        try:
            arguments = ["-d", self._name, "--mode", "Color", "--resolution", str(dpi), "--format=pnm"]
            ran = self._runner(arguments, self._config, max(0.1, deadline - self._clock()))
            if isinstance(ran, Ran) and ran.code == 0:
                self._silent_since = None
                return whole_page(ran.output)
            return self._state(ran)
        finally:
            self._lock.release()

    def pages(self, dpi: int, limit: int, timeout: float) -> Iterator[ScannedPage | ScanEnd]:
        """Page after page, and last how it ended."""
        if not self._lock.acquire(timeout=timeout):
            yield Busy()
            return
        try:
            self._stop.clear()
            self._under_way = True
            arguments = ["-d", self._name, "--mode", "Color", "--resolution", str(dpi)]
            told = self._runner(["-d", self._name, "-A"], self._config, timeout)
            if not isinstance(told, Ran) or told.code != 0:
                yield self._state(told)
                return
            source = feeder(told.output.decode("utf-8", "replace"))
            if source is None:
                limit = 1  # a glass would give the same page again and again
            batch = begin([*arguments, *(["--source", source] if source else [])], self._config, limit)
            if isinstance(batch, NotInstalled):
                yield self._state(batch)
                return
            try:
                count = 0
                end: Status | None = None
                while end is None and count < limit:
                    data = batch.page(timeout, self._stop.is_set)
                    if data is None or self._stop.is_set():
                        break
                    page = self._state(data) if isinstance(data, Hung) else whole_page(data)
                    if isinstance(page, np.ndarray):
                        yield ScannedPage(page, count)
                        count += 1
                    else:
                        end = page
                stopped = self._stop.is_set()
                ran = None if stopped or isinstance(end, Unknown) or end == TOO_LARGE else batch.end(_ENDS_WITHIN)
            finally:
                killed = batch.close()
            if stopped:
                yield ScanCancelled(killed)
            else:
                yield self._end(ran, end, count, limit, source is not None)
        finally:
            self._under_way = False
            self._lock.release()

    def cancel(self) -> bool:
        """End the pages that another thread is taking; False when nobody is."""
        self._stop.set()
        return self._under_way

    def _end(self, ran: Ran | Hung | None, end: Status | None, count: int, limit: int, fed: bool) -> ScanEnd:
        if ran is None:
            return end or Fault("ended")
        state = self._state(ran)
        if count and (state == NoPaper() or (state == Ready() and end is None)):
            return ScanDone(count, more=count == limit and state == Ready() and fed)
        # of half a picture the back-end knows best why; what it does not know is still no page
        return (end or Fault("empty")) if state == Ready() else state

    def _state(self, ran: Ran | Hung | NotInstalled) -> Status:
        if isinstance(ran, Hung):
            if self._silent_since is None:
                self._silent_since = self._clock()
            return Unknown(self._silent_since)
        self._silent_since = None
        return Fault("scanimage is not installed") if isinstance(ran, NotInstalled) else _meaning(ran)


def _meaning(ran: Ran) -> Status:
    if "open of device" in ran.words:
        # scanimage exits with 1 whatever kept the device from being opened: only its words tell a busy one
        return Busy() if "busy" in ran.words.lower() else Missing()
    states: dict[int, Status] = {
        0: Ready(),
        _BUSY: Busy(),
        _INVALID: Fault("settings"),
        _END: NoPaper(),
        _JAMMED: Jammed(),
        _NO_DOCS: NoPaper(),
        _COVER: CoverOpen(),
        _IO: Fault("io"),
        _NO_MEMORY: Fault("memory"),
        _DENIED: Fault("access"),
    }
    if ran.code < 0:
        return Fault("crashed")
    return states.get(ran.code, Fault(f"sane {ran.code}"))
