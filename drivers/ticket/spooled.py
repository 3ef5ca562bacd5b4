"""A ticket printer behind a print queue: hands a slip over, follows the job, learns what became of it.

What is believed:

- "Completed" says that the printer took the bytes into its buffer, and what the printer answers stays in the print
  server. So a slip that went well is UNKNOWN, never PRINTED: somebody looks whether it came out. A printer that can
  be reached without a queue is better addressed so (see wire.py).
- Reasons (no paper, cover open …) keep the queue's word until another job takes it back. While our job runs, those that
  came since it was handed over stop it at once; older ones count only when it makes no progress either. Between slips
  they are the status, less those that a slip has meanwhile gone past. None keeps a slip from being tried.
- A printer of which nothing is said is Unknown, as nobody can ask it, and still prints.

What is never left behind: a job, its file, or the rest of a slip in the printer. After a stop the job is cancelled, the
printer is told to forget what it holds, and the files are deleted; what could not be done then is done before anything
else. A queue whose error policy makes it try again, and cannot be changed by us, gets no slip at all.

A print server that is killed in the middle (measured): its back end goes on. One that writes its records every half
minute (DirtyCleanInterval, the default) has mostly forgotten the slip when it is back, but its file lies in the spool
until a job gets the same number; so one is made. One that writes them at once begins the slip again by itself before
anybody can ask it not to. It is told to stop, and the outcome is UNKNOWN. Neither can happen where the spool is emptied
at each start, as the kiosk's is (systemd/cups.service.d).
"""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from collections.abc import Callable, Iterable

from drivers.page.ipp import NoAnswer, NobodyBehind, NobodyThere, NotAllowed
from drivers.roles import CoverOpen, Fault, Missing, NoPaper, SlipOutcome, Status, Unknown
from drivers.ticket import spooler
from drivers.ticket.driver import CLEAR_BUFFERS
from drivers.ticket.reasons import AWAY, stops, told
from drivers.ticket.spooler import Job, Look, NotTaken, Spooler

#: Seconds: for a slip, for its back end to reach the printer, between looks.
DONE_WITHIN, REACH_WITHIN, LOOK_EVERY = 25.0, 8.0, 0.25
#: Seconds: for a cancelled job to end, for the printer to forget, for a print server that died to come back.
END_WITHIN, FORGET_WITHIN, BACK_WITHIN = 3.0, 3.0, 4.0
#: The queue itself prints nothing until somebody starts it.
STANDS = Fault("stopped")
#: Error policies that do not print a slip a second time.
_ONCE = frozenset({"abort-job", "stop-printer"})


class SpooledDriver:
    """One queue; `status` and `send` as those of drivers.ticket.driver.Driver."""

    def __init__(
        self,
        queue: Spooler,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._wait = wait
        self._lock = threading.Lock()
        self._unknown_since: float | None = None
        self._passed: frozenset[str] = frozenset()  # reasons that a slip has gone past
        self._left = True  # something of ours may lie in the spool, perhaps from before a restart

    def status(self) -> Status:
        """How the printer is, as far as its queue says. While a slip is under way the question waits."""
        with self._lock:
            try:
                if self._left:
                    self._left = not self._queue.clear()
                look = self._queue.look()
            except (NobodyThere, NobodyBehind):
                return self._known(Missing())
            except NoAnswer:
                return self._known(None, asked=True)
            if look is None:
                return self._known(Missing())
            if look.state == spooler.STOPPED:
                return self._known(STANDS)
            if not look.accepting:
                return self._known(Fault("not-accepting-jobs"))
            self._passed &= look.reasons
            return self._known(told(look.reasons - self._passed))

    def _known(self, status: Status | None, asked: bool = False) -> Status:
        if status is None:
            if self._unknown_since is None:
                self._unknown_since = self._clock()
            return Unknown(self._unknown_since, asked)
        self._unknown_since = None
        return status

    def send(self, pieces: Iterable[bytes]) -> SlipOutcome:
        """Hand a slip over, once, and find out what became of it."""
        data = b"".join(pieces)
        with self._lock:
            try:
                before = self._ready()
            except NotAllowed:
                return SlipOutcome.FAULT
            except NoAnswer:
                return SlipOutcome.MISSING  # nothing was sent
            if not isinstance(before, Look):
                return before
            self._left = True
            try:
                job = self._queue.submit(data, f"Tiket {uuid.uuid4().hex}")
            except (NobodyThere, NotAllowed, NotTaken):
                self._left = False
                return SlipOutcome.MISSING if self._gone() else SlipOutcome.FAULT
            except NoAnswer:
                self._recover()
                return SlipOutcome.UNKNOWN
            try:
                return self._follow(job, before)
            except NoAnswer:
                self._recover(job)
                return SlipOutcome.UNKNOWN

    def _gone(self) -> bool:
        try:
            return self._queue.look() is None
        except NoAnswer:
            return True

    def _ready(self) -> Look | SlipOutcome:
        """The queue as it is before the slip, made ready for it; or why it gets none."""
        look = self._queue.look()
        if look is None:
            return SlipOutcome.MISSING
        if not self._queue.clear() and self._left:
            return SlipOutcome.FAULT  # what an earlier person left may be next
        self._left = False
        if (look.state == spooler.STOPPED or not look.accepting) and not self._queue.resume():
            return SlipOutcome.FAULT
        if look.policy != "abort-job" and not self._queue.abort_on_errors() and look.policy not in _ONCE:
            return SlipOutcome.FAULT
        return look

    # --- following

    def _follow(self, number: int, before: Look) -> SlipOutcome:
        handed_over, reached, begun = self._clock(), False, False
        while True:
            passed = self._clock() - handed_over
            late = passed > (DONE_WITHIN if reached else REACH_WITHIN)
            try:
                job, look = self._queue.job(number), self._queue.look()
            except (NobodyThere, NobodyBehind):
                raise
            except NoAnswer:
                if passed > DONE_WITHIN:
                    raise
                continue  # a print server is slow at times
            if job is None or look is None:
                self._recover(number)
                return SlipOutcome.UNKNOWN
            begun, reached = begun or job.begun, reached or (job.begun and not AWAY & look.reasons)
            if job.state == spooler.COMPLETED:
                self._passed = look.reasons & before.reasons - {"media-low"}
                self._tidy(number)
                return SlipOutcome.UNKNOWN
            fresh = stops(look.reasons - before.reasons)
            # a job that waits again after it was begun would be begun once more
            again = begun and job.state in (spooler.PENDING, spooler.HELD, spooler.HALTED)
            halted = look.state == spooler.STOPPED
            if job.ended or fresh or late or again or halted:
                why = fresh or (stops(look.reasons) if late or job.ended else None)
                return self._stop(number, Job(job.state, begun), why or (STANDS if halted else None))
            self._wait(LOOK_EVERY)

    def _stop(self, number: int, job: Job, why: Status | None) -> SlipOutcome:
        """End the job, have the printer forget it, and say what became of it."""
        begun = job.begun
        if not job.ended:
            last = self._end(number, cancel=True)
            begun = begun or last is None or last.begun
        if begun and why != STANDS:
            self._forget()
        self._tidy(number)
        if isinstance(why, NoPaper):
            return SlipOutcome.NO_PAPER
        if isinstance(why, CoverOpen):
            return SlipOutcome.COVER_OPEN
        if isinstance(why, Fault):
            return SlipOutcome.FAULT
        return SlipOutcome.UNKNOWN if begun else SlipOutcome.MISSING

    def _end(self, number: int, cancel: bool, within: float = END_WITHIN) -> Job | None:
        """The job when it has ended, or after `within` seconds; None when it is gone."""
        if cancel:
            self._queue.cancel(number, purge=False)  # its file goes soon; first it must tell how far it came
        deadline = self._clock() + within
        while (job := self._queue.job(number)) is not None and not job.ended and self._clock() < deadline:
            self._wait(LOOK_EVERY / 5)
        return job

    def _forget(self) -> None:
        """Have the printer drop what it holds, or paper put in later prints the rest for somebody else."""
        with contextlib.suppress(NotTaken):
            number = self._queue.submit(CLEAR_BUFFERS, f"Kosongkan {uuid.uuid4().hex}")
            self._end(number, cancel=False, within=FORGET_WITHIN)
            self._end(number, cancel=True)
            self._queue.cancel(number)

    def _tidy(self, number: int) -> None:
        """Delete the job's file; where that cannot be seen to have happened it is tried again later."""
        self._queue.cancel(number)
        self._left = not self._queue.clear() or self._queue.job(number) is not None

    def _recover(self, number: int = 0) -> None:
        """The print server was lost in the middle. It may be back and begin the slip again, so all of ours is ended.

        One that has no record of the job has its file still, and the next job, of the same number, writes over it.
        """
        deadline = self._clock() + BACK_WITHIN
        while self._clock() < deadline:
            with contextlib.suppress(NoAnswer):
                unheard_of = number and self._queue.job(number) is None
                if self._queue.clear():
                    self._left = False
                    if unheard_of:
                        self._forget()
                    return
            self._wait(LOOK_EVERY)
