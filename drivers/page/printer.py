"""The page printer: hands PDFs over, and believes nobody but the printer about what became of them.

**Which way a PDF goes.** A printer that takes PDF itself gets the verified bytes in one Print-Job, straight. What the
other ways do was measured on CUPS 2.4.2, with ippeveprinter behind it:

| way | bytes at the printer | format | media | print-scaling |
|---|---|---|---|---|
| straight | the same | application/pdf | as asked | none |
| `everywhere` queue | rewritten (13,513 for 13,045) | application/pdf | as asked | not sent |
| `everywhere` queue, `-o raw` or vnd.cups-raw | the same | octet-stream, guessed | as asked | not sent |
| queue with an empty filter | the same | application/pdf | as asked | not sent |
| raw queue | the same | application/pdf | as asked | none |

Only a raw queue does as well, and it is deprecated, writes every family's page to the spool directory, may keep it for
a later day, and hides the printer's job number. Straight there is no copy on any disk and no queue that could print
later. A printer that does not take PDF gets it through a CUPS queue (:mod:`drivers.page.queue`), rasterised.

**Who is believed.** CUPS says "completed" of a job that the printer aborted (measured), so a job's state always comes
from the printer, where the job is found again by the random id in its name.

**One attempt.** A job that stops for want of paper is taken back at once, and only then reported: paper put in later
must print nothing by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from drivers.page import found, states, supplies, trays
from drivers.page.ipp import (
    BUSY,
    Answer,
    Attribute,
    Group,
    NoAnswer,
    NobodyBehind,
    NobodyThere,
    Op,
    Tag,
    Value,
    Wire,
    number,
    words,
)
from drivers.page.jobs import USER, Jobs
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
    NearEnd,
    Ready,
    Status,
    Supply,
    Unknown,
)

A4 = "iso_a4_210x297mm"
PDF = "application/pdf"
_PRINTER_WORDS = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-input-tray",
    "document-format-supported",
    "media-supported",
    "media-col-supported",
    "media-source-supported",
    found.UUID,
)

#: Asked when a document is handed over, and not with every look: two of CUPS' ippeveprinter's answers at one time, each
#: with the same collection in it, end in the middle (its threads share where they are in it; measured, 2.4.2).
_TRAY_WORDS = ("media-col-ready",)

#: Seconds that a printer may stay busy before the job is not taken, and between asking again at first and at last.
BUSY_WITHIN, STEP, LONGEST = 3.0, 0.05, 0.5


class Queue(Protocol):
    """What the printer needs of a print queue (CUPS)."""

    def submit(self, pdf: bytes, title: str, tray: str) -> bool:
        """Queue the PDF for paper from this tray; False when the print server did not take it."""
        ...

    def purge(self) -> bool:
        """Cancel all that the queue holds; False when that is not certain."""
        ...

    def holds(self, job_id: str) -> bool:
        """Whether a job with this id in its title is waiting or under way in the queue."""
        ...

    def moved(self, uri: str) -> None:
        """The printer answers at `uri` now."""
        ...


class Printer:
    """An IPP printer at `uri`. `queue` is the way in for what it cannot print itself; see PagePrinter.

    With a `uuid` (its printer-uuid) no other printer is taken for it, whoever answers there. When it is gone from where
    it was, it is looked for at `ports` of the same host: by its uuid, or else by the one that it was heard to have.
    """

    def __init__(
        self,
        uri: str,
        queue: Queue | None = None,
        clock: Callable[[], float] = time.monotonic,
        timeout: float = 4.0,
        uuid: str = "",
        ports: Sequence[int] = found.PORTS,
    ) -> None:
        self._wire = Wire(uri)
        self._queue = queue
        self._clock = clock
        self._timeout = timeout
        self._uuid = found.plain(uuid)
        self._is_named = bool(uuid)
        self._ports = ports
        self._lock = threading.Lock()
        self._silent_since: float | None = None
        self._jobs = Jobs(self._ask, clock)
        self._once = Once()
        self._settled: Recent[JobState] = Recent()
        self._heard: Recent[JobState] = Recent()

    # --- status

    def status(self) -> Status:
        """How the printer is, by its own word."""
        return self._look()[0]

    def _look(self, moved: bool = False) -> tuple[Status, dict[str, list[Value]]]:
        try:
            answer = self._ask(
                Op.GET_PRINTER_ATTRIBUTES,
                Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", _PRINTER_WORDS),
            )
        except (NobodyThere, NobodyBehind):
            self._silent_since = None
            return Missing(), {}
        except NoAnswer:
            since = self._silent_since
            if since is None:
                since = self._silent_since = self._clock()
            return Unknown(since), {}
        self._silent_since = None
        attributes = answer.one(Group.PRINTER)
        theirs = found.uuid_of(attributes)
        if self._is_named and theirs not in ("", self._uuid):
            return (Missing(), {}) if moved or not self._follow() else self._look(moved=True)
        self._uuid = theirs or self._uuid
        return (states.status_of(attributes) if answer.ok else Fault(f"ipp-{answer.status:04x}")), attributes

    def _follow(self) -> bool:
        """Whether it was found elsewhere; from now on it is spoken to there."""
        wire = found.seek(self._uuid, self._wire, self._ports) if self._uuid else None
        if wire is None:
            return False
        self._wire = wire
        if self._queue is not None:
            self._queue.moved(wire.uri)
        return True

    def supplies(self) -> tuple[Supply, ...]:
        """Toner and what else wears out; see PagePrinter."""
        try:
            answer = self._ask(
                Op.GET_PRINTER_ATTRIBUTES,
                Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", supplies.WORDS),
            )
        except NoAnswer:
            return ()
        return supplies.supplies_of(answer.one(Group.PRINTER))

    # --- handing over

    def submit(self, pdf: bytes, name: str, job_id: str = "") -> JobHandedOver | JobNotTaken:
        """Hand over one copy, once. `job_id`: 32 hex digits, which the caller may choose and write down beforehand.

        The same id again hands nothing over: the answer is that of the first time, or Fault("other-document") when the
        bytes are others.
        """
        with self._lock:
            return self._once.hand(pdf, name, job_id, lambda title, handed: self._submit(pdf, title, handed))

    def _submit(self, pdf: bytes, title: str, handed: JobHandedOver) -> JobHandedOver | JobNotTaken:
        deadline, pause = self._clock() + BUSY_WITHIN, STEP
        refused = False
        tray: tuple[str | None] | None = None
        while True:
            status, attributes = self._look()
            if refused and isinstance(status, Unknown):
                # it was at work for somebody else a moment ago and has taken nothing of ours: it is asked once more
                status, attributes = self._look()
            if not isinstance(status, Ready | NearEnd | Busy):
                return JobNotTaken(status)
            if A4 not in words(attributes, "media-supported"):
                return JobNotTaken(Fault("no-a4"))
            tray = tray or (self._tray(attributes),)
            if PDF in words(attributes, "document-format-supported"):
                taken = self._print_job(pdf, title, handed.id, tray[0])
            elif self._queue is not None:
                slot = tray[0] or trays.AUTO
                taken = None if self._queue.submit(pdf, title, slot) else JobNotTaken(Fault("queue"))
            else:
                return JobNotTaken(Fault("no-pdf"))
            if taken is None:
                return handed
            # who says "busy" has taken nothing, so asking again makes no second copy; ever more slowly, since the whole
            # document goes out each time
            if not isinstance(taken.status, Busy) or self._clock() > deadline:
                return taken
            refused = True
            time.sleep(pause)
            pause = min(2 * pause, LONGEST)

    def _tray(self, attributes: dict[str, list[Value]]) -> str | None:
        """The tray to ask for; one that does not say where A4 lies chooses for itself."""
        if trays.tray(attributes) is None:
            return None
        try:
            answer = self._ask(
                Op.GET_PRINTER_ATTRIBUTES,
                Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", _TRAY_WORDS),
            )
        except NoAnswer:
            return trays.tray(attributes)
        return trays.tray(attributes | answer.one(Group.PRINTER))

    def _print_job(self, pdf: bytes, title: str, job_id: str, tray: str | None) -> JobNotTaken | None:
        # a job names its paper by media or by media-col, never by both (PWG 5100.7)
        sheet = Attribute(Group.JOB, Tag.KEYWORD, "media", A4)
        if tray is not None:
            sheet = Attribute(Group.JOB, Tag.COLLECTION, "media-col", trays.media_col(tray))
        try:
            answer = self._wire.ask(
                Op.PRINT_JOB,
                (
                    Attribute(Group.OPERATION, Tag.NAME, "requesting-user-name", USER),
                    Attribute(Group.OPERATION, Tag.NAME, "job-name", title),
                    Attribute(Group.OPERATION, Tag.MIME, "document-format", PDF),
                    Attribute(Group.JOB, Tag.INTEGER, "copies", 1),
                    sheet,
                    Attribute(Group.JOB, Tag.KEYWORD, "print-scaling", "none"),
                    Attribute(Group.JOB, Tag.KEYWORD, "sides", "one-sided"),
                ),
                pdf,
                timeout=30.0,
            )
        except NobodyThere:
            return JobNotTaken(Missing())
        except NoAnswer:
            # some of it may have arrived and may be printing: it counts as handed over, job() finds out
            return None
        if answer.ok:
            self._jobs.note(job_id, number(answer.one(Group.JOB), "job-id"))
            return None
        return JobNotTaken(Busy() if answer.status == BUSY else Fault(f"ipp-{answer.status:04x}"))

    # --- what became of it

    def job(self, job_id: str) -> JobState:
        """Where the job is. A job that the printer has stopped for want of something is taken back first."""
        with self._lock:
            # what settled a job is gone when the paper is back, so it is kept as it was first seen
            if (settled := self._settled.get(job_id)) is not None:
                return settled
            try:
                state = self._job(job_id)
            except NoAnswer:
                state = JobState(JobPhase.UNKNOWN)
            if state.phase is JobPhase.UNKNOWN:
                # whoever looks for the sheets must know how many had come out when the printer was last heard
                heard = self._heard.get(job_id, state)
                return JobState(JobPhase.UNKNOWN, max(state.sheet, heard.sheet), max(state.sheets, heard.sheets))
            self._heard[job_id] = state
            if state.settled:
                self._settled[job_id] = state
            return state

    def _job(self, job_id: str) -> JobState:
        state, printer = self._state(job_id)
        if state is None or state.phase not in (JobPhase.QUEUED, JobPhase.PRINTING):
            return state or JobState(JobPhase.UNKNOWN)
        stopped = states.blocked(printer)
        if stopped is None:
            return state
        if self._queue is not None:
            self._queue.purge()
        if not self._jobs.cancel(job_id):
            return JobState(JobPhase.UNKNOWN, state.sheet, state.sheets)
        last = self._state(job_id)[0] or state
        if last.phase is JobPhase.PRINTED:
            return last
        return JobState(states.phase_of(stopped), last.sheet, last.sheets)

    def _state(self, job_id: str) -> tuple[JobState | None, dict[str, list[Value]]]:
        job = self._jobs.find(job_id)
        printer = self._ask(
            Op.GET_PRINTER_ATTRIBUTES, Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", _PRINTER_WORDS)
        ).one(Group.PRINTER)
        if job is not None and self._is_left_behind(job_id, job):
            return self._take_back(job_id, printer), printer
        if job is None:
            if self._queue is not None and self._queue.holds(job_id):
                before = self._heard.get(job_id)
                if before is None or before.phase is JobPhase.QUEUED:
                    return JobState(JobPhase.QUEUED), printer
                # the printer had it and knows it no more: whatever the queue still does with it is a second copy
                self._queue.purge()
            return None, printer
        return states.job_of(job, printer), printer

    def _is_left_behind(self, job_id: str, job: dict[str, list[Value]]) -> bool:
        """Whether the printer holds a job whose document never came: the print server has let it go meanwhile.

        It would wait for ever, and the next document behind it (seen under load with CUPS 2.4.2, which calls such a
        job completed).
        """
        if self._queue is None or not states.held(job) or self._queue.holds(job_id):
            return False
        again = self._jobs.find(job_id)
        return again is not None and states.held(again)

    def _take_back(self, job_id: str, printer: dict[str, list[Value]]) -> JobState:
        if not self._jobs.cancel(job_id):
            return JobState(JobPhase.UNKNOWN)
        job = self._jobs.find(job_id)
        # without a document there can be no sheet
        return JobState(JobPhase.FAILED) if job is None else states.job_of(job, printer)

    # --- taking back

    def purge(self) -> bool:
        """Cancel everything in the queue and in the printer; True when the printer confirms that nothing is left."""
        with self._lock:
            emptied = self._queue is None or self._queue.purge()
            try:
                return self._jobs.cancel() and emptied
            except NoAnswer:
                return False

    def _ask(self, operation: Op, *attributes: Attribute) -> Answer:
        try:
            return self._wire.ask(operation, attributes, timeout=self._timeout)
        except (NobodyThere, NobodyBehind):
            if not self._follow():
                raise
            return self._wire.ask(operation, attributes, timeout=self._timeout)

    def close(self) -> None:
        """Every request has its own connection, so there is nothing to let go."""
