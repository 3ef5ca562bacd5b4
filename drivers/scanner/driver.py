"""One scanner, one lock: pages and status through `scanimage`, its exit codes as the role's states."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Protocol

import numpy as np

from drivers.roles import Busy, Fault, Missing, NoPaper, Ready, Status, Unknown
from drivers.roles.scanner import (
    NotOffered,
    ScanCancelled,
    ScanDone,
    ScanEnd,
    ScannedPage,
    ScannerOffers,
    ScanSettings,
    ScanSource,
)
from drivers.scanner import plan
from drivers.scanner.asking import BUSY_FOR, Asking, Job, Runner, Wait, wait_for
from drivers.scanner.batch import begin
from drivers.scanner.meaning import said
from drivers.scanner.pnm import TOO_LARGE, mode_of, whole_page
from drivers.scanner.wire import Hung, NotInstalled, NotStarted, Ran, run

_ENDS_WITHIN = 5.0  # seconds for the back-end to let the scanner go

GLASS_FIRST = (ScanSource.FLATBED, ScanSource.FEEDER)
FEEDER_FIRST = (ScanSource.FEEDER, ScanSource.FLATBED)


class Pages(Protocol):
    """A run that gives pages, see :class:`drivers.scanner.batch.Batch`."""

    def page(self, timeout: float, stopped: Callable[[], bool]) -> bytes | Hung | None: ...
    @property
    def words(self) -> str: ...
    def end(self, timeout: float) -> Ran | Hung: ...
    def close(self) -> bool: ...


Starter = Callable[[Sequence[str], str, int], "Pages | NotInstalled | NotStarted"]


class ScannerDriver:
    """Asks the SANE device `name`, known through the configuration folder `config`."""

    def __init__(
        self,
        name: str,
        config: str = "",
        runner: Runner = run,
        starter: Starter = begin,
        clock: Callable[[], float] = time.monotonic,
        wait: Wait = wait_for,
    ) -> None:
        self._name, self._config, self._starter = name, config, starter
        self._clock, self._wait = clock, wait
        self._asking = Asking(name, config, runner, clock, wait)
        self._lock = threading.Lock()
        self._under_way: threading.Event | None = None  # whoever sets it ends the scan that is under way
        self._switch = threading.Lock()
        self._closed = False

    def status(self, timeout: float) -> Status:
        """Whether it can be opened. SANE cannot tell whether paper is in before a scan starts."""
        if self._closed:
            return Missing()
        if not self._lock.acquire(timeout=min(timeout, 0.5)):
            return Busy()
        try:
            return self._asking.status(timeout)
        finally:
            self._lock.release()

    def describe(self, timeout: float) -> ScannerOffers | Status:
        """What each of its sources offers."""
        deadline = self._clock() + timeout
        with self._turn(timeout) as stop:
            return self._asking.describe(deadline, stop) if isinstance(stop, threading.Event) else stop

    def scan(self, settings: ScanSettings, timeout: float) -> ScannedPage | ScanCancelled | NotOffered | Status:
        """One page, or why none came."""
        page: ScannedPage | None = None
        end: ScanEnd = Missing()
        for told in self.pages(settings, 1, timeout, GLASS_FIRST):
            if isinstance(told, ScannedPage):
                page = told
            else:
                end = told
        if not isinstance(end, ScanDone):
            return end
        return Fault("empty") if page is None else page

    def pages(
        self,
        settings: ScanSettings,
        limit: int,
        timeout: float,
        preferred: Sequence[ScanSource] = FEEDER_FIRST,
    ) -> Generator[ScannedPage | ScanEnd, None, None]:
        """Page after page, and last how it ended."""
        deadline = self._clock() + timeout
        with self._turn(timeout) as stop:
            if isinstance(stop, threading.Event):
                yield from self._pages(settings, limit, timeout, preferred, deadline, stop)
            else:
                yield stop

    def cancel(self) -> bool:
        """End what another thread is scanning; False when nobody is."""
        with self._switch:
            if self._under_way is not None:
                self._under_way.set()
            return self._under_way is not None

    def close(self) -> None:
        """As cancel(), and nothing is begun any more."""
        with self._switch:
            self._closed = True
        self.cancel()

    @contextmanager
    def _turn(self, timeout: float) -> Generator[threading.Event | Busy | Missing, None, None]:
        """The scanner for oneself, until whoever sets the event; or why it cannot be had."""
        if not self._lock.acquire(timeout=timeout):
            yield Busy()
            return
        stop = threading.Event()
        try:
            with self._switch:
                closed = self._closed
                self._under_way = None if closed else stop
            yield Missing() if closed else stop
        finally:
            with self._switch:
                self._under_way = None
            self._lock.release()

    def _pages(
        self,
        settings: ScanSettings,
        limit: int,
        timeout: float,
        preferred: Sequence[ScanSource],
        deadline: float,
        stop: threading.Event,
    ) -> Generator[ScannedPage | ScanEnd, None, None]:
        job = self._asking.job(settings, preferred, deadline, stop)
        if not isinstance(job, Job):
            yield ScanCancelled() if stop.is_set() else job
            return
        limit = limit if job.fed else 1
        while not stop.is_set():
            batch = self._starter(["-d", self._name, *job.arguments], self._config, limit)
            if isinstance(batch, NotInstalled | NotStarted):
                yield self._asking.state(batch)
                return
            count, end = 0, None
            ran: Ran | Hung | None = None
            try:
                while end is None and count < limit:
                    within = timeout if count else max(0.1, deadline - self._clock())
                    data = batch.page(within, stop.is_set)
                    if data is None or stop.is_set():
                        break
                    page = self._judged(data, batch.words, count, job)
                    if isinstance(page, ScannedPage):
                        yield page
                        count += 1
                    else:
                        end = page
                if not (stop.is_set() or isinstance(end, Unknown) or end == TOO_LARGE):
                    ran = batch.end(_ENDS_WITHIN)
            finally:
                killed = batch.close()
            if stop.is_set():
                yield ScanCancelled(killed)
                return
            ended = self._ended(ran, batch.words, end, count, limit, job.fed)
            if ended != Busy() or count or deadline - self._clock() <= BUSY_FOR:
                yield ended
                return
            self._wait(stop, BUSY_FOR)  # no sheet has moved: somebody else has it, or its lamp warms up
        yield ScanCancelled()

    def _judged(self, data: bytes | Hung, words: str, index: int, job: Job) -> ScannedPage | NotOffered | Status:
        if isinstance(data, Hung):
            return self._asking.state(data)
        pixels = whole_page(data)
        if not isinstance(pixels, np.ndarray):
            return pixels
        mode = mode_of(data) or job.settings.mode
        if mode is not job.settings.mode:
            return Fault("mode") if job.told else NotOffered("mode", (mode.value,))
        return ScannedPage(pixels, index, plan.true_dpi(words, job.dpi), mode, job.source)

    def _ended(
        self,
        ran: Ran | Hung | None,
        words: str,
        end: NotOffered | Status | None,
        count: int,
        limit: int,
        fed: bool,
    ) -> ScanEnd:
        if ran is None:
            return end or Fault("ended")
        if isinstance(ran, Hung) and count == limit and end is None:
            return ScanDone(count, more=fed)  # all that was asked for came; it only does not go to rest
        state = self._asking.state(ran)
        if isinstance(ran, Hung):
            state = said(words) or state  # it told why, and hangs over it
        if count and (state == NoPaper() or (state == Ready() and end is None)):
            return ScanDone(count, more=count == limit and state == Ready() and fed)
        # of half a picture the back-end knows best why; what it does not know is still no page
        return (end or Fault("empty")) if state == Ready() else state
