"""One job id is handed over once, and only for a document that can be printed."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable

from drivers.page import paper
from drivers.page.recent import Recent
from drivers.roles import Fault, JobHandedOver, JobNotTaken

_JOB_ID = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[^A-Za-z0-9 ._-]")


class Once:
    """The jobs that were handed over. The caller holds the lock."""

    def __init__(self) -> None:
        self._handed: Recent[JobHandedOver] = Recent()

    def hand(
        self, pdf: bytes, name: str, job_id: str, act: Callable[[str, JobHandedOver], JobHandedOver | JobNotTaken]
    ) -> JobHandedOver | JobNotTaken:
        """`act` gets the job's title, in which its id stands, and what to answer; never for an id handed over before.

        The same id again is answered as the first time, or with Fault("other-document") when the bytes are others.
        ValueError for an id that is not 32 hex digits; an empty one is chosen here.
        """
        job_id = job_id or uuid.uuid4().hex
        if not _JOB_ID.fullmatch(job_id):
            raise ValueError("a job id is 32 hex digits")
        digest = hashlib.sha256(pdf).hexdigest()
        if (before := self._handed.get(job_id)) is not None:
            return before if before.sha256 == digest else JobNotTaken(Fault("other-document"))
        if (at_fault := paper.refused(pdf)) is not None:
            return JobNotTaken(at_fault)
        answer = act(f"{_NAME.sub('_', name)[:60]} {job_id}", JobHandedOver(job_id, digest))
        if isinstance(answer, JobHandedOver):
            self._handed[job_id] = answer
        return answer
