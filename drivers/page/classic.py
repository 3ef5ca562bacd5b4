"""A page printer behind a classic queue: it takes bytes and tells nobody what it makes of them.

**Who is believed.** Nobody says "printed". CUPS' "completed" means that the last byte went down the cable, so a job
that went well is SENT, and what came out is known when somebody, or the camera, looks at the sheet. No sheet is
counted: CUPS' own count is the pages that the driver drew.

**What the queue says of the printer.** Its back end may report (`STATE:`, `ATTR:`; cups-filter(7)) while it holds the
printer, that is while a job runs. What it said last stays in the queue until a back end takes it back, even through a
later job that goes well (measured, CUPS 2.4.2). So only what came since this job was handed over stops it; between jobs
the printer is Unknown, as one that cannot be asked, and a job may be tried.

**Never twice.** The queue's error policy is made abort-job; where that is refused no job is handed over. A job that
stops is taken back from the queue before it is reported. What the printer has already swallowed nobody can take back,
so a sheet of a stopped job may still come out: its state is not `certain`, and whoever decides on another copy looks.

**Nothing stays.** The file of a job is deleted from the print server when the job has ended.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Protocol

from drivers.page import plugged, states, supplies
from drivers.page.classicqueue import why_not
from drivers.page.ipp import Answer, Attribute, NoAnswer, NobodyThere, Op, number, words
from drivers.page.jobs import Attributes, Jobs
from drivers.page.once import Once
from drivers.page.recent import Recent
from drivers.roles import (
    Busy,
    Fault,
    JobHandedOver,
    JobNotTaken,
    JobPhase,
    JobState,
    Missing,
    Status,
    Supply,
    Unknown,
)

#: The back end has not reached the printer, or lost it.
_AWAY = frozenset({"connecting-to-device", "offline"})
#: Seconds that a back end may look for the printer before the job is taken back; for it to end; between looks.
REACH_WITHIN, END_WITHIN, STEP = 20.0, 6.0, 0.05


class Queue(Protocol):
    """What is needed of the print server's queue; all raise NoAnswer. See drivers.page.classicqueue."""

    @property
    def user(self) -> str:
        """Whose jobs they are."""
        ...

    def ask(self, operation: Op, *attributes: Attribute) -> Answer:
        """One question."""
        ...

    def attributes(self) -> Attributes | None:
        """How it is; None when there is no such queue."""
        ...

    def hand(self, pdf: bytes, title: str, queue: Attributes) -> int | None:
        """Hand over one copy; the job's number, None when it was not taken."""
        ...

    def cancel(self, job: int, purge: bool = True) -> bool:
        """End a job, and with `purge` have its file deleted."""
        ...

    def clear(self) -> bool:
        """End all our jobs and have their files deleted."""
        ...

    def resume(self) -> bool:
        """Start it, after all that lay in it was cancelled."""
        ...

    def abort_on_errors(self) -> bool:
        """Have it try a job once only."""
        ...


class ClassicPrinter:
    """See PagePrinter. `absent`: whether the printer at a device-uri is certainly not plugged in."""

    def __init__(
        self,
        queue: Queue,
        clock: Callable[[], float] = time.monotonic,
        absent: Callable[[str], bool] = plugged.absent,
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._absent = absent
        self._lock = threading.Lock()
        self._jobs = Jobs(queue.ask, clock, queue.user)
        self._once = Once()
        self._settled: Recent[JobState] = Recent()
        self._unknown_since: float | None = None
        self._away_since: float | None = None
        self._old: frozenset[str] | None = None  # reasons from before the job that runs

    # --- status

    def status(self) -> Status:
        """How the printer is, as far as anybody says so."""
        try:
            return self._status(self._queue.attributes())
        except NoAnswer:
            return self._unknown(asked=True)

    def _status(self, queue: Attributes | None) -> Status:
        if queue is None or any(self._absent(uri) for uri in words(queue, "device-uri")):
            self._unknown_since = None
            return Missing()
        if number(queue, "printer-state") != states.PROCESSING:
            return self._unknown(asked=False)
        fresh = self._fresh(queue)
        if _AWAY & fresh:
            return self._unknown(asked=True)
        self._unknown_since = None
        return states.blocked({"printer-state-reasons": [*fresh]}) or Busy()

    def _unknown(self, *, asked: bool) -> Unknown:
        if self._unknown_since is None:
            self._unknown_since = self._clock()
        return Unknown(self._unknown_since, asked)

    def _fresh(self, queue: Attributes) -> frozenset[str]:
        """The reasons that a back end gave since the job that runs was handed over."""
        now = states.reasons(queue)
        self._old = now if self._old is None else self._old & now
        return now - self._old

    def supplies(self) -> tuple[Supply, ...]:
        """Ink and toner as the last job's back end told of them; most tell of none."""
        try:
            return supplies.supplies_of(self._queue.attributes() or {})
        except NoAnswer:
            return ()

    # --- handing over

    def submit(self, pdf: bytes, name: str, job_id: str = "") -> JobHandedOver | JobNotTaken:
        """Hand over one copy, once; see drivers.page.once."""
        with self._lock:
            return self._once.hand(pdf, name, job_id, lambda title, handed: self._submit(pdf, title, handed))

    def _submit(self, pdf: bytes, title: str, handed: JobHandedOver) -> JobHandedOver | JobNotTaken:
        try:
            queue = self._queue.attributes()
            status = self._status(queue)
            if queue is None or not isinstance(status, Busy | Unknown) or status == self._unknown(asked=True):
                return JobNotTaken(status)
            if (fault := why_not(queue)) or (fault := self._readied(queue)):
                return JobNotTaken(Fault(fault))
        except NoAnswer:
            return JobNotTaken(self._unknown(asked=True))
        if not isinstance(status, Busy):
            self._old, self._away_since = states.reasons(queue), None
        try:
            taken = self._queue.hand(pdf, title, queue)
        except NobodyThere:
            return JobNotTaken(self._unknown(asked=True))
        except NoAnswer:
            return handed  # the print server may have it: it counts as handed over, job() finds out
        if taken is None:
            return JobNotTaken(Fault("queue"))
        self._jobs.note(handed.id, taken)
        return handed

    def _readied(self, queue: Attributes) -> str:
        """Make it try each job once, and start it when it is stopped; the fault that keeps it from that, or ""."""
        if words(queue, "printer-error-policy") != ("abort-job",) and not self._queue.abort_on_errors():
            return "error-policy"
        stopped = number(queue, "printer-state") == states.STOPPED or queue.get("printer-is-accepting-jobs") == [False]
        return "stopped" if stopped and not self._queue.resume() else ""

    # --- what became of it

    def job(self, job_id: str) -> JobState:
        """Where the job is. SENT is the best that can be said; a job that cannot go on is taken back first."""
        with self._lock:
            if (settled := self._settled.get(job_id)) is not None:
                return settled
            try:
                state = self._job(job_id)
            except NoAnswer:
                state = None
            if state is None:
                return JobState(JobPhase.UNKNOWN, certain=False)
            if state.settled:
                self._settled[job_id] = state
                self._forget(job_id)
            return state

    def _job(self, job_id: str) -> JobState | None:
        """None where nobody can say, now."""
        job = self._jobs.find(job_id)
        if job is None:
            return None
        if (ended := _ended(job)) is not None:
            return ended
        state = number(job, "job-state")
        if state in (states.JOB_PENDING, states.JOB_HELD):
            return JobState(JobPhase.QUEUED)
        # a job whose filter failed stays so, with its file, until somebody starts it again (measured, CUPS 2.4.2)
        status = Unknown(0) if state == states.JOB_STOPPED else self._stopped()
        return JobState(JobPhase.PRINTING) if status is None else self._take_back(job_id, status)

    def _stopped(self) -> Status | None:
        """What keeps the job that runs from going on, or None."""
        fresh = self._fresh(self._queue.attributes() or {})
        if not _AWAY & fresh:
            self._away_since = None
            return states.blocked({"printer-state-reasons": [*fresh]})
        if self._away_since is None:
            self._away_since = self._clock()
        return Missing() if self._clock() - self._away_since > REACH_WITHIN else None

    def _take_back(self, job_id: str, status: Status) -> JobState | None:
        if not self._jobs.cancel(job_id):
            return None
        ended = _ended(self._jobs.find(job_id) or {})
        if ended is not None and ended.phase is JobPhase.SENT:
            return ended
        return JobState(states.phase_of(status), certain=False)

    def _forget(self, job_id: str) -> None:
        # what is not deleted now, the purge at the end of the visit deletes
        with contextlib.suppress(NoAnswer):
            job = self._jobs.find(job_id)
            if job is not None:
                self._queue.cancel(number(job, "job-id"))

    # --- taking back

    def purge(self) -> bool:
        """End all that the queue holds and delete its files; True when it is idle. What the printer has, it has."""
        with self._lock:
            deadline = self._clock() + END_WITHIN
            try:
                cleared = self._queue.clear()
                while number(self._queue.attributes() or {}, "printer-state") == states.PROCESSING:
                    if self._clock() > deadline:
                        return False
                    time.sleep(STEP)
            except NoAnswer:
                return False
            return cleared

    def close(self) -> None:
        """Every request has its own connection, so there is nothing to let go."""


def _ended(job: Attributes) -> JobState | None:
    """What an ended job came to, None while it goes on."""
    state = number(job, "job-state")
    if state == states.JOB_COMPLETED:
        return JobState(JobPhase.SENT, certain=False)
    if state not in (states.JOB_CANCELED, states.JOB_ABORTED):
        return None
    # its back end was never started: not a byte has left
    if not number(job, "time-at-processing"):
        return JobState(JobPhase.FAILED)
    return JobState(JobPhase.UNKNOWN, certain=False)
