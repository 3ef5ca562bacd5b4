"""What a printer's words mean. IPP's keywords in, the closed cases of :mod:`drivers.roles` out."""

from __future__ import annotations

import re

from drivers.page.ipp import Value, number, words
from drivers.roles import (
    Busy,
    CoverOpen,
    Fault,
    Jammed,
    JobPhase,
    JobState,
    Missing,
    NearEnd,
    NoPaper,
    NoToner,
    Ready,
    Status,
    Unknown,
)

#: printer-state and job-state (RFC 8011 §5.4.11, §5.3.7)
IDLE, PROCESSING, STOPPED = 3, 4, 5
JOB_PENDING, JOB_HELD, JOB_PROCESSING, JOB_STOPPED, JOB_CANCELED, JOB_ABORTED, JOB_COMPLETED = range(3, 10)

#: printer-state-reasons without suffix -> what keeps it from printing; the worst first.
_BLOCKED: tuple[tuple[frozenset[str], Status], ...] = (
    (frozenset({"media-jam"}), Jammed()),
    (frozenset({"cover-open", "door-open", "interlock-open"}), CoverOpen()),
    (frozenset({"media-empty", "media-needed", "input-tray-missing"}), NoPaper()),
    # paper lies in a tray and is not the A4 that was asked for, or waits to be fed by hand (PWG 5100.9, 8.1)
    (frozenset({"input-cannot-feed-size-selected", "input-manual-input-request"}), NoPaper()),
    (frozenset({"toner-empty", "marker-supply-empty", "developer-empty", "opc-life-over"}), NoToner()),
)
#: What a stopped printer waits for a person with. A fuser warms up and cools down by itself.
_BY_HAND = frozenset({"marker-waste-full", "output-area-full", "paused", "shutdown", "spool-area-full"})
_BROKEN = _BY_HAND | {"fuser-over-temp", "fuser-under-temp"}
_CAPACITY = re.compile(rb"(?:^|;)maxcapacity=(-?\d+)")
_SHEETS = re.compile(r" (\d{1,4}) lembar$")
_LEVEL = re.compile(rb"(?:^|;)level=(-?\d+)")

_PHASES: dict[type[Status], JobPhase] = {
    NoPaper: JobPhase.NO_PAPER,
    Jammed: JobPhase.JAM,
    CoverOpen: JobPhase.COVER_OPEN,
    NoToner: JobPhase.NO_TONER,
}


def reasons(attributes: dict[str, list[Value]]) -> frozenset[str]:
    """The printer-state-reasons without -report, -warning, -error: printers put on any of them as they like."""
    found = words(attributes, "printer-state-reasons")
    return frozenset(re.sub(r"-(report|warning|error)$", "", word) for word in found)


def blocked(attributes: dict[str, list[Value]]) -> Status | None:
    """What keeps the printer from printing, or None."""
    given = reasons(attributes)
    known = next((status for keywords, status in _BLOCKED if keywords & given), None)
    if known is None and number(attributes, "printer-state") == STOPPED and (broken := sorted(_BY_HAND & given)):
        return Fault(broken[0])
    return known


def status_of(attributes: dict[str, list[Value]]) -> Status:
    """The printer's status from its own attributes."""
    if (stopped := blocked(attributes)) is not None:
        return stopped
    given = reasons(attributes)
    if broken := sorted(_BROKEN & given):
        return Fault(broken[0])
    state = number(attributes, "printer-state")
    if state == STOPPED:
        return Fault("stopped")
    if attributes.get("printer-is-accepting-jobs") == [False]:
        return Fault("not-accepting-jobs")
    if state == PROCESSING:
        return Busy()
    if "media-low" in given:
        return NearEnd(sheets_left(attributes, running_low=True))
    return Ready(sheets_left(attributes))


def sheets_left(attributes: dict[str, list[Value]], running_low: bool = False) -> int | None:
    """Sheets in all trays whose level the printer knows (PWG 5100.13 printer-input-tray; negative is "not known").

    With `running_low` a tray that calls itself full is one that cannot count.
    """
    known: list[int] = []
    for tray in attributes.get("printer-input-tray", []):
        level = _LEVEL.search(tray) if isinstance(tray, bytes) else None
        capacity = _CAPACITY.search(tray) if isinstance(tray, bytes) else None
        if level is None or int(level[1]) < 0:
            continue
        if not (running_low and capacity is not None and capacity[1] == level[1]):
            known.append(int(level[1]))
    return sum(known) if known else None


def phase_of(status: Status) -> JobPhase:
    """The phase of a job that this status of the printer ended."""
    if isinstance(status, Missing | Unknown):
        return JobPhase.UNKNOWN
    return _PHASES.get(type(status), JobPhase.FAILED)


def titled(title: str, sheets: int) -> str:
    """A job's title that also says how many sheets there must be: whoever reads it back may have been started anew."""
    return f"{title} {sheets} lembar"


def held(job: dict[str, list[Value]]) -> bool:
    """Whether the printer waits with this job for a document, or for somebody's word."""
    return number(job, "job-state") == JOB_HELD


def job_of(job: dict[str, list[Value]], printer: dict[str, list[Value]]) -> JobState:
    """A job's state from its own attributes and the printer's.

    A print server whose filter dies sends the pages that it has, and the printer calls that a whole document
    (measured, CUPS 2.4.2): with fewer sheets than its title asks for, it is not known to be one.
    """
    sheets = max(number(job, "job-media-sheets"), number(job, "job-impressions"), 0)
    sheet = max(number(job, "job-media-sheets-completed"), number(job, "job-impressions-completed"), 0)
    state = number(job, "job-state")
    why = words(job, "job-state-reasons")
    if state in (JOB_PENDING, JOB_HELD):
        phase = JobPhase.QUEUED
    elif state in (JOB_PROCESSING, JOB_STOPPED):
        phase = JobPhase.PRINTING
    elif state == JOB_COMPLETED:
        phase = JobPhase.FAILED if "job-completed-with-errors" in why else JobPhase.PRINTED
    elif state in (JOB_CANCELED, JOB_ABORTED):
        stopped = blocked(printer)
        phase = JobPhase.FAILED if stopped is None else phase_of(stopped)
    else:
        phase = JobPhase.UNKNOWN
    if phase is JobPhase.PRINTED:
        # no one-sided job has fewer sheets than its count at the end; printers that do not count say 0
        sheet = sheets = max(sheet, sheets)
        asked_for = max(
            (int(found[1]) for name in words(job, "job-name") if (found := _SHEETS.search(name))), default=0
        )
        if 0 < sheet < asked_for:
            phase, sheets = JobPhase.UNKNOWN, asked_for
    return JobState(phase, sheet, sheets)
