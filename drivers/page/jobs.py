"""The jobs that an IPP printer, or a print server's queue, remembers: found by the id in their name, and cancelled."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from drivers.page.ipp import Answer, Attribute, Group, NoAnswer, Op, Tag, Value, number, words
from drivers.page.recent import Recent

USER = "prodesaku"
Attributes = dict[str, list[Value]]
_JOB_WORDS = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions",
    "job-impressions-completed",
    "job-media-sheets",
    "job-media-sheets-completed",
    "time-at-processing",
)

#: Seconds for a printer to confirm a cancelling, and between looks.
CANCEL_WITHIN, STEP = 6.0, 0.05


class Ask(Protocol):
    """One question to the printer. Raises NoAnswer."""

    def __call__(self, operation: Op, *attributes: Attribute) -> Answer:
        """Its answer."""
        ...


class Jobs:
    """Every method raises NoAnswer when nobody answers. `user` owns the jobs."""

    def __init__(self, ask: Ask, clock: Callable[[], float], user: str = USER) -> None:
        self._ask = ask
        self._clock = clock
        self._user = Attribute(Group.OPERATION, Tag.NAME, "requesting-user-name", user)
        self._numbers: Recent[int] = Recent()

    def note(self, job_id: str, job_number: int) -> None:
        """The number that the printer gave this job."""
        self._numbers[job_id] = job_number

    def find(self, job_id: str) -> Attributes | None:
        """The job with this id in its name, or None where nobody knows it."""
        known = self._numbers.get(job_id)
        if known is not None:
            numbered = Attribute(Group.OPERATION, Tag.INTEGER, "job-id", known)
            asked = Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", _JOB_WORDS)
            answer = self._ask(Op.GET_JOB_ATTRIBUTES, numbered, self._user, asked)
            found = answer.one(Group.JOB)
            # a printer that was switched off begins to count anew, so the number alone is not enough
            return found if answer.ok and _named(found, job_id) else None
        for which in ("not-completed", "completed"):
            for job in self.all(which):
                if _named(job, job_id):
                    self._numbers[job_id] = number(job, "job-id")
                    return job
        return None

    def all(self, which: str) -> list[Attributes]:
        """`which`: not-completed, completed."""
        answer = self._ask(
            Op.GET_JOBS,
            self._user,
            Attribute(Group.OPERATION, Tag.KEYWORD, "which-jobs", which),
            Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", _JOB_WORDS),
        )
        if not answer.ok:
            raise NoAnswer("no list of jobs")
        return answer.of(Group.JOB)

    def cancel(self, job_id: str = "") -> bool:
        """Cancel the job with this id, or all; True when the printer confirms that none of them is left."""
        deadline = self._clock() + CANCEL_WITHIN
        asked: set[int] = set()
        while waiting := {number(job, "job-id") for job in self.all("not-completed") if _named(job, job_id)}:
            for job_number in sorted(waiting - asked):
                self._ask(Op.CANCEL_JOB, Attribute(Group.OPERATION, Tag.INTEGER, "job-id", job_number), self._user)
            asked |= waiting
            if self._clock() > deadline:
                return False
            time.sleep(STEP)
        return True


def _named(job: Attributes, job_id: str) -> bool:
    return not job_id or any(job_id in name for name in words(job, "job-name"))
