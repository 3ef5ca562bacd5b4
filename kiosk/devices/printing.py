"""Slips and sheets: the printing half of the device service."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from drivers import roles
from kiosk.devices.acts import BEGUN, Acts
from kiosk.devices.lane import Broken, Lane, Stuck
from kiosk.devices.values import DeviceFailure, Head, Job, JobState

_JOB_ID = re.compile(r"[0-9a-f]{32}")
#: Seconds: for a slip, for handing over, for one question, for a purge.
SLIP_WITHIN, SUBMIT_WITHIN, ASK_WITHIN, PURGE_WITHIN = 60.0, 45.0, 20.0, 20.0
HEAD_WITHIN = 2.0
LONGEST_SLIP = 20_000  # rows; 2.5 m of paper
USUAL = Head(576, 203)
#: What became of a slip, where asking again must not print again. After a fault it may be out: a knife that sticks is
#: noticed when all is burnt.
LASTING = frozenset({roles.SlipOutcome.PRINTED, roles.SlipOutcome.UNKNOWN, roles.SlipOutcome.FAULT})
#: A job is looked at this often; silence is believed after SILENCE, a standstill after STALLED.
LOOK_EVERY, SILENCE, STALLED = 0.15, 8.0, 120.0


@dataclass(frozen=True)
class Bounds:
    """How long silence and standstill last until they are believed, in seconds."""

    silence: float = SILENCE
    stalled: float = STALLED


class SheetPrinter(Protocol):
    """The page printer as the service uses it: jobs are found again by an id that the caller chose."""

    def status(self) -> roles.Status:
        """How it is."""
        ...

    def submit(self, pdf: bytes, name: str, job_id: str = "") -> roles.JobHandedOver | roles.JobNotTaken:
        """Hand over one copy, once."""
        ...

    def job(self, job_id: str) -> roles.JobState:
        """Where the job is."""
        ...

    def purge(self) -> bool:
        """Cancel everything; False when that is not certain."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...


class Printing:
    """The two printers, each in its lane, made there by these factories; None where the machine has none.

    `head` is the ticket printer's as configured: slips are drawn for it while its driver has not said its own.
    """

    def __init__(
        self,
        ticket: Callable[[], roles.TicketPrinter] | None,
        page: Callable[[], SheetPrinter] | None,
        bounds: Bounds | None = None,
        acts: Acts | None = None,
        head: Head = USUAL,
    ) -> None:
        self._bounds = bounds or Bounds()
        self._acts = acts or Acts()
        self.ticket_lane = Lane("ticket", ticket) if ticket is not None else None
        self.page_lane = Lane("page", page) if page is not None else None
        self.following = 0  # jobs that somebody watches and that are not settled
        self._head = head
        self._head_said = False
        self._seen: set[str] = set()
        self._purge_again = False

    # --- slips

    async def head(self) -> Head:
        """The ticket printer's head, as last known; the configured one while its driver does not answer."""
        if not self._head_said and self.ticket_lane is not None:
            with suppress(Stuck, Broken):
                await self.ticket_lane.do(self._learn, HEAD_WITHIN)
        return self._head

    def _learn(self, ticket: roles.TicketPrinter) -> None:
        """Called in the ticket printer's lane."""
        self._head, self._head_said = Head(ticket.dots, ticket.dpi), True

    async def slip(self, png: bytes, act: str) -> str:
        """Print one slip, once for each `act`; "unknown" when the printer hangs or breaks, or when a service before
        this one began it. ValueError when `png` is no slip."""
        lane = self.ticket_lane
        if lane is None:
            return roles.SlipOutcome.MISSING
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if opened.height > LONGEST_SLIP:
                raise ValueError("longer than a slip can be")
            picture = opened.convert("1", dither=Image.Dither.NONE)
        if before := self._acts.last(act):
            return roles.SlipOutcome.UNKNOWN if before == BEGUN else before
        started = threading.Event()

        def burn(ticket: roles.TicketPrinter) -> roles.SlipOutcome | None:
            self._learn(ticket)
            if picture.width > ticket.dots:
                return None
            started.set()
            return ticket.print_slip(picture)

        self._acts.begin(act)
        try:
            outcome = await lane.act(burn, SLIP_WITHIN)
        except (Stuck, Broken):
            outcome = roles.SlipOutcome.UNKNOWN
            if not started.is_set():
                self._acts.end(act, "")  # nothing was sent and nothing will be
                return outcome
        if outcome is None:
            self._acts.end(act, "")
            raise ValueError("wider than a slip can be")
        self._acts.end(act, outcome if outcome in LASTING else "")
        return outcome

    # --- sheets

    async def pdf(self, pdf: bytes, name: str, job_id: str) -> Job | DeviceFailure:
        """Hand a PDF over, once for each `job_id`. ValueError when that is not 32 hex digits."""
        if not _JOB_ID.fullmatch(job_id):
            raise ValueError("a job id is 32 hex digits")
        if self.page_lane is None:
            return DeviceFailure("missing")
        if job_id in self._seen or self._acts.last(job_id):
            return DeviceFailure("duplicate")
        self._seen.add(job_id)
        try:
            return await self._hand_over(self.page_lane, pdf, name, job_id)
        finally:
            self._seen.discard(job_id)  # from here on the acts know

    async def _hand_over(self, lane: Lane[SheetPrinter], pdf: bytes, name: str, job_id: str) -> Job | DeviceFailure:
        if self._purge_again and not await self.purge():
            return DeviceFailure("unknown")  # somebody's job may still lie in there; nothing is put behind it
        try:
            if (await lane.act(lambda page: page.job(job_id), ASK_WITHIN)).phase is not roles.JobPhase.UNKNOWN:
                return DeviceFailure("duplicate")  # handed over long ago, says the printer
        except (Stuck, Broken):
            return DeviceFailure("unknown")
        started = threading.Event()

        def submit(page: SheetPrinter) -> roles.JobHandedOver | roles.JobNotTaken:
            started.set()
            return page.submit(pdf, name, job_id)

        self._acts.begin(job_id)
        try:
            answer = await lane.act(submit, SUBMIT_WITHIN)
        except (Stuck, Broken):
            if not started.is_set():
                self._acts.end(job_id, "")
                return DeviceFailure("unknown")
            # it may have been handed over in the meantime, so it counts as such and follow() finds out
            return Job(job_id, hashlib.sha256(pdf).hexdigest())
        if isinstance(answer, roles.JobNotTaken):
            self._acts.end(job_id, "")
            return DeviceFailure(roles.name_of(answer.status))
        self._acts.end(job_id, "handed")
        return Job(answer.id, answer.sha256)

    async def follow(self, job_id: str) -> AsyncGenerator[JobState, None]:
        """The job's state now and whenever it changes; ends when it is settled.

        Silence of the printer is borne for a while. A job that stands still is taken back, so that it cannot come out
        when nobody expects it any more.
        """
        self.following += 1
        try:
            told: JobState | None = None
            async with aclosing(self._looks(job_id)) as looks:
                async for state in looks:
                    if state != told:
                        told = state
                        yield state
        finally:
            self.following -= 1

    async def _looks(self, job_id: str) -> AsyncGenerator[JobState, None]:
        loop = asyncio.get_running_loop()
        shown = JobState(roles.JobPhase.QUEUED)
        heard = moved = loop.time()
        while True:
            state = await self._look(job_id)
            now = loop.time()
            if state.state != roles.JobPhase.UNKNOWN:
                heard = now
                if state != shown:
                    moved = now
                shown = state
            elif now - heard > self._bounds.silence:
                shown = JobState(roles.JobPhase.UNKNOWN, shown.sheet, shown.sheets)
            if not shown.settled and now - moved > self._bounds.stalled:
                await self.purge()
                shown = JobState(roles.JobPhase.UNKNOWN, shown.sheet, shown.sheets)
            yield shown
            if shown.settled:
                return
            await asyncio.sleep(LOOK_EVERY)

    async def _look(self, job_id: str) -> JobState:
        if self.page_lane is None:
            return JobState(roles.JobPhase.UNKNOWN)
        try:
            state = await self.page_lane.act(lambda page: page.job(job_id), ASK_WITHIN)
        except (Stuck, Broken):
            return JobState(roles.JobPhase.UNKNOWN)
        return JobState(str(state.phase), state.sheet, state.sheets, state.certain)

    async def purge(self) -> bool:
        """Cancel everything; what could not be made certain is tried again by settle() and before the next job."""
        if self.page_lane is None:
            return True
        try:
            certain = await self.page_lane.act(lambda page: page.purge(), PURGE_WITHIN)
        except (Stuck, Broken):
            certain = False
        self._purge_again = not certain
        return certain

    async def settle(self) -> None:
        """Try a purge again that was not certain; called every few seconds."""
        if self._purge_again:
            await self.purge()

    # --- how they are

    def ticket_status(self, ticket: roles.TicketPrinter) -> roles.Status:
        """Called in the ticket printer's lane; its head may be known only once it has answered."""
        status = ticket.status()
        self._learn(ticket)
        return status
