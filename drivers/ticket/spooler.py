"""One queue of a print server, asked by IPP: a slip goes in as it is, is followed, and leaves no file behind.

Quirks that this file is about (measured, CUPS 2.4.2):

- cupsd keeps a job's file for a day after its end unless it is configured not to (cupsd.conf, PreserveJobFiles), and a
  slip holds personal data. Cancel-Job with `purge-job` deletes it, also when the job has ended. The record of a
  job (a title that says nothing, a time) is written later and goes with Purge-Jobs.
- What needs an administrator (error policy, starting a stopped queue, another's jobs) is refused where we are none: by
  HTTP 401 or 403, or by an IPP status. Over the Unix socket the kernel says who we are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

from drivers.page.ipp import Attribute, Group, NoAnswer, NotAllowed, Op, Tag, Value, Wire, number, user, words

#: The socket of Debian's cupsd.
SOCKET = "/run/cups/cups.sock"
RAW = "application/vnd.cups-raw"
USER = "prodesaku"
NOT_FOUND = 0x0406
PROCESSING, STOPPED = 4, 5  # printer-state
#: job-state (RFC 8011 §5.3.7)
PENDING, HELD, RUNNING, HALTED, CANCELED, ABORTED, COMPLETED = range(3, 10)
#: Seconds: for an answer, for taking a slip, until the print server itself cancels a job that nobody follows any more.
ASK_WITHIN, TAKE_WITHIN, GIVE_UP = 1.5, 10.0, 60
_QUEUE = re.compile(r"[^\x00-\x20/#]{1,127}")
_WORDS = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "printer-error-policy")


@dataclass(frozen=True)
class Look:
    """How the queue is. `reasons` without their suffix (-report, -warning, -error: printers use any as they like)."""

    state: int
    accepting: bool
    policy: str
    reasons: frozenset[str]


@dataclass(frozen=True)
class Job:
    """A job's state; `begun`: its back end was started, so that bytes may have reached the printer."""

    state: int
    begun: bool

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state >= CANCELED


class NotTaken(Exception):
    """The print server does not take the job; nothing will come out."""


class Spooler:
    """`cups://socket/QUEUE?socket=/run/cups/cups.sock` or `cups://host:631/QUEUE`.

    Every method raises NoAnswer when the print server says nothing (NobodyThere when nothing
    listens there), NotAllowed when it does not do this for us. ValueError when the address is none.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        name = unquote(parts.path.removeprefix("/"))
        if parts.scheme != "cups" or not parts.hostname or not _QUEUE.fullmatch(name):
            raise ValueError("a print queue's address looks like cups://socket/QUEUE or cups://host:631/QUEUE")
        file = parse_qs(parts.query).get("socket", [SOCKET])[0] if parts.netloc == "socket" else ""
        self._wire = Wire(f"ipp://{'localhost' if file else parts.netloc}/printers/{quote(name)}", file)
        # Purge-Jobs goes by this name alone, and jobs that came over the Unix socket are the process' own user's
        who = (file and user()) or USER
        self._ours = Attribute(Group.OPERATION, Tag.NAME, "requesting-user-name", who)

    def look(self) -> Look | None:
        """How the queue is; None when there is no such queue."""
        asked = Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", _WORDS)
        answer = self._wire.ask(Op.GET_PRINTER_ATTRIBUTES, [self._ours, asked], timeout=ASK_WITHIN)
        if answer.status == NOT_FOUND:
            return None
        given = answer.one(Group.PRINTER)
        if not answer.ok or "printer-state" not in given:
            raise NoAnswer("no state")
        reasons = (re.sub(r"-(report|warning|error)$", "", word) for word in words(given, "printer-state-reasons"))
        policy = "".join(words(given, "printer-error-policy"))
        accepting = given.get("printer-is-accepting-jobs") != [False]
        return Look(number(given, "printer-state"), accepting, policy, frozenset(reasons) - {"none"})

    def submit(self, data: bytes, title: str) -> int:
        """Hand over bytes for the printer, one copy, unfiltered and without a cover sheet; the job's number.

        Raises NotTaken, and NoAnswer when it may have been taken.
        """
        answer = self._wire.ask(
            Op.PRINT_JOB,
            (
                self._ours,
                Attribute(Group.OPERATION, Tag.NAME, "job-name", title),
                Attribute(Group.OPERATION, Tag.MIME, "document-format", RAW),
                Attribute(Group.JOB, Tag.INTEGER, "copies", 1),
                Attribute(Group.JOB, Tag.NAME, "job-sheets", "none"),
                Attribute(Group.JOB, Tag.INTEGER, "job-cancel-after", GIVE_UP),
            ),
            data,
            timeout=TAKE_WITHIN,
        )
        job = number(answer.one(Group.JOB), "job-id")
        if not answer.ok or not job:
            raise NotTaken
        return job

    def job(self, job: int) -> Job | None:
        """Where a job is; None when the print server does not know it (any more)."""
        answer = self._wire.ask(Op.GET_JOB_ATTRIBUTES, [_number(job), self._ours], timeout=ASK_WITHIN)
        if answer.status == NOT_FOUND:
            return None
        given = answer.one(Group.JOB)
        if not answer.ok or "job-state" not in given:
            raise NoAnswer("no state")
        state = number(given, "job-state")
        # a time that has not come is told as bytes without a value
        begun = isinstance(next(iter(given.get("time-at-processing", [])), None), int)
        return Job(state, begun or state in (RUNNING, HALTED, COMPLETED))

    def cancel(self, job: int, purge: bool = True) -> bool:
        """End a job. `purge`: have its file deleted, also that of one that has ended. False: refused."""
        return self._did(Op.CANCEL_JOB, _number(job), self._ours, *([_flag("purge-job")] if purge else []))

    def clear(self) -> bool:
        """End all our jobs in this queue and have their files and records deleted. False: not certain."""
        if self._did(Op.PURGE_JOBS, self._ours, _flag("my-jobs"), _flag("purge-jobs")):
            return True
        # an administrator's way; each by itself is everybody's
        answer = self._wire.ask(
            Op.GET_JOBS,
            (
                self._ours,
                Attribute(Group.OPERATION, Tag.KEYWORD, "which-jobs", "all"),
                _flag("my-jobs"),
                Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", ("job-id",)),
            ),
            timeout=ASK_WITHIN,
        )
        cancelled = [self.cancel(number(job, "job-id")) for job in answer.of(Group.JOB)]  # each, not until one fails
        return answer.ok and all(cancelled)

    def resume(self) -> bool:
        """Have a stopped queue print again and take jobs, after all that lies in it was cancelled. False: it does not.

        Nothing is started when what lies in it cannot be cancelled: whose it was has gone.
        """
        return (
            self._did(Op.PURGE_JOBS, self._ours, _flag("purge-jobs"))
            and self._did(Op.RESUME_PRINTER, self._ours)
            and self._did(Op.ACCEPT_JOBS, self._ours)
        )

    def abort_on_errors(self) -> bool:
        """Have the queue drop a job whose back end failed, for one that is tried again prints twice. False: refused."""
        return self._did(
            Op.ADD_MODIFY_PRINTER, self._ours, Attribute(Group.PRINTER, Tag.NAME, "printer-error-policy", "abort-job")
        )

    def _did(self, operation: Op, *attributes: Attribute) -> bool:
        try:
            return self._wire.ask(operation, attributes, timeout=ASK_WITHIN).ok
        except NotAllowed:
            return False


def _number(job: int) -> Attribute:
    return Attribute(Group.OPERATION, Tag.INTEGER, "job-id", job)


def _flag(name: str) -> Attribute:
    value: Value = True
    return Attribute(Group.OPERATION, Tag.BOOLEAN, name, value)
