"""Slips and sheets: the printing half of the device service."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from PIL import Image

from drivers import roles
from drivers.page.printer import Printer
from kiosk.devices.lane import Lane, Stuck
from kiosk.devices.values import DeviceFailure, Job, JobState

_JOB_ID = re.compile(r"[0-9a-f]{32}")
#: Seconds: for a slip, for handing over, for one question, for a purge.
SLIP_WITHIN, SUBMIT_WITHIN, ASK_WITHIN, PURGE_WITHIN = 60.0, 45.0, 20.0, 20.0
#: A job is looked at this often; silence is believed after SILENCE, a standstill after STALLED.
LOOK_EVERY, SILENCE, STALLED = 0.15, 8.0, 120.0


@dataclass(frozen=True)
class Bounds:
    """How long silence and standstill last until they are believed, in seconds."""

    silence: float = SILENCE
    stalled: float = STALLED


class Printing:
    """The two printers, each in its lane; None where the machine has none."""

    def __init__(self, ticket: roles.TicketPrinter | None, page: Printer | None, bounds: Bounds | None = None) -> None:
        self._ticket = ticket
        self._page = page
        self._bounds = bounds or Bounds()
        self.ticket_lane = Lane("ticket")
        self.page_lane = Lane("page")
        self._seen: set[str] = set()
        self._purge_again = False

    # --- slips

    @property
    def dots(self) -> int:
        """The ticket printer's width; the usual one where there is no printer."""
        return self._ticket.dots if self._ticket is not None else 576

    async def slip(self, png: bytes) -> str:
        """Print one slip; "unknown" when the printer hangs. ValueError when `png` is no slip."""
        ticket = self._ticket
        if ticket is None:
            return roles.SlipOutcome.MISSING
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            picture = opened.convert("1", dither=Image.Dither.NONE)
        try:
            return await self.ticket_lane.act(lambda: ticket.print_slip(picture), SLIP_WITHIN)
        except Stuck:
            return roles.SlipOutcome.UNKNOWN

    # --- sheets

    async def pdf(self, pdf: bytes, name: str, job_id: str) -> Job | DeviceFailure:
        """Hand a PDF over, once for each `job_id`. ValueError when that is not 32 hex digits."""
        if not _JOB_ID.fullmatch(job_id):
            raise ValueError("a job id is 32 hex digits")
        page = self._page
        if page is None:
            return DeviceFailure("missing")
        if job_id in self._seen:
            return DeviceFailure("duplicate")
        self._seen.add(job_id)
        if self._purge_again and not await self.purge():
            # somebody's job may still lie in there; nothing is put behind it
            self._seen.discard(job_id)
            return DeviceFailure("unknown")
        try:
            if (await self.page_lane.act(lambda: page.job(job_id), ASK_WITHIN)).phase is not roles.JobPhase.UNKNOWN:
                return DeviceFailure("duplicate")  # handed over before this service was restarted
        except Stuck:
            self._seen.discard(job_id)
            return DeviceFailure("unknown")
        try:
            answer = await self.page_lane.act(lambda: page.submit(pdf, name, job_id), SUBMIT_WITHIN)
        except Stuck:
            # it may have been handed over in the meantime, so it counts as such and follow() finds out
            return Job(job_id, hashlib.sha256(pdf).hexdigest())
        if isinstance(answer, roles.JobNotTaken):
            self._seen.discard(job_id)
            return DeviceFailure(roles.name_of(answer.status))
        return Job(answer.id, answer.sha256)

    async def follow(self, job_id: str) -> AsyncGenerator[JobState, None]:
        """The job's state at every look, the same one again and again while nothing happens; ends when it is settled.

        Silence of the printer is borne for a while. A job that stands still is taken back, so that it cannot come out
        when nobody expects it any more.
        """
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
        page = self._page
        if page is None:
            return JobState(roles.JobPhase.UNKNOWN)
        try:
            state = await self.page_lane.act(lambda: page.job(job_id), ASK_WITHIN)
        except Stuck:
            return JobState(roles.JobPhase.UNKNOWN)
        return JobState(str(state.phase), state.sheet, state.sheets)

    async def purge(self) -> bool:
        """Cancel everything; what could not be made certain is tried again by settle() and before the next job."""
        page = self._page
        if page is None:
            return True
        try:
            certain = await self.page_lane.act(page.purge, PURGE_WITHIN)
        except Stuck:
            certain = False
        self._purge_again = not certain
        return certain

    async def settle(self) -> None:
        """Try a purge again that was not certain; called every few seconds."""
        if self._purge_again:
            await self.purge()

    # --- how they are

    def ticket_status(self) -> roles.Status:
        """The ticket printer's status; called in its lane."""
        return self._ticket.status() if self._ticket is not None else roles.Missing()

    def page_status(self) -> roles.Status:
        """The page printer's status; called in its lane."""
        return self._page.status() if self._page is not None else roles.Missing()
