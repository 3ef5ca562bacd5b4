"""Carries the effects between a scanned ticket and a sheet in the hand.

Ticket → open in memory → the collector's NIK → verify → ledger → the very bytes that were verified go to the printer →
the camera reads the sheet → hand-over. The ledger is written before the printer hears of it, and only the ledger says
whether another sheet may come.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from functools import partial

from kiosk.app.belongings import Belongings
from kiosk.app.desk import OpenDocument, OpenTicket
from kiosk.devices.client import DeviceFailure, DevicesAway, JobState
from kiosk.documents.answers import Codes, NoCodes
from kiosk.documents.commands import check_qr_texts
from kiosk.documents.guard import check_pdf, codes_of
from kiosk.documents.sheet import compare_sheet
from kiosk.documents.verdict import check_code
from kiosk.formats.verdicts import Verdict
from kiosk.journeys import effects, events
from kiosk.store.opening import Damaged, open_document, open_note
from kiosk.store.values import Document, PrintOutcome, PrintRefused, StoreFailure
from kiosk.tickets.number import BadNumber, parse
from kiosk.tickets.payload import Damaged as DamagedTicket
from kiosk.tickets.payload import NotATicket, OtherRegency, Ticket, WrongCheck, parse_payload

log = logging.getLogger(__name__)

#: Job states in which no sheet can have come out when they are the first thing heard.
_NOTHING_CAME = frozenset({"no_paper", "cover_open", "jam", "no_toner", "failed"})


class Collecting:
    """Tracking and collecting, for one visit at a time."""

    def __init__(self, own: Belongings) -> None:
        self._own = own
        self._printing: set[str] = set()

    # --- following

    async def look_up(self, effect: effects.LookUpTicket) -> None:
        """A scanned ticket shows everything, a typed number states only."""
        self._own.post(await asyncio.to_thread(self._look_up, effect.text, effect.scanned))

    def _look_up(self, text: str, scanned: bool) -> events.TicketFound | events.TicketRefused:
        ticket: Ticket | None = None
        if scanned:
            match parse_payload(text, self._own.site.regency_code):
                case Ticket() as ticket:
                    number = ticket.number
                case NotATicket():
                    return events.TicketRefused("not_a_ticket")
                case WrongCheck():
                    return events.TicketRefused("wrong_check")
                case OtherRegency():
                    return events.TicketRefused("other_regency")
                case DamagedTicket():
                    return events.TicketRefused("damaged")
        else:
            number = parse(text)
            if isinstance(number, BadNumber):
                return events.TicketRefused(number.value)
        known = self._own.store.find(number.compact)
        if known is None:
            return events.TicketRefused("unknown")
        if ticket:
            if ticket.key.recipient != known.ticket:
                return events.TicketRefused("replaced")  # an older paper: this application's ticket was reissued
            if self._own.store.locked_until(known.application) is not None:
                return events.TicketRefused("locked")
            self._own.desk.documents.clear()
            self._own.desk.scanned = OpenTicket(known.application, str(number), ticket.key.secret)
        return events.TicketFound(
            application=known.application,
            number=str(number),
            documents=tuple(self._state(d, ticket) for d in known.documents),
            by_ticket=ticket is not None,
            submitted_at=known.submitted_at,
            promised_at=known.promised_at,
            fresh_at=self._own.store.get("last_contact"),
        )

    def _state(self, document: Document, ticket: Ticket | None) -> events.DocumentState:
        times = {state.value: at for state, at in document.times.items()}
        if ticket is None:
            return events.DocumentState(document.document, document.service, document.state.value, times)
        part = note_text = ""
        file = self._own.store.note_file(document.document) if document.has_note else None
        if file:
            note = open_note(file.read_bytes(), ticket.key.secret)
            if not isinstance(note, Damaged):
                part, note_text = note.part, note.text
        return events.DocumentState(
            document.document,
            document.service,
            document.state.value,
            times,
            document.reason_code,
            part,
            note_text,
            document.place,
        )

    # --- proving and verifying

    async def open_document(self, effect: effects.OpenDocument) -> None:
        """Open in memory, compare the collector, verify the signature; three answers at most."""
        scanned = self._own.desk.scanned
        if scanned is None:
            self._own.post(events.DocumentRefused(effect.document, "no_ticket"))
            return
        opened = await asyncio.to_thread(self._open, scanned, effect.document)
        if isinstance(opened, events.DocumentRefused):
            self._own.post(opened)
            return
        names = [c.nik for c in opened.envelope.collectors]
        if not any(hmac.compare_digest(nik.encode(), effect.nik.encode()) for nik in names):
            left = await asyncio.to_thread(self._own.store.collector_missed, scanned.application)
            self._own.post(events.CollectorRefused(left if isinstance(left, int) else 0))
            return
        await asyncio.to_thread(self._own.store.collector_matched, scanned.application)
        self._own.post(events.CollectorAccepted(effect.document))
        verdict, codes = await asyncio.gather(
            asyncio.to_thread(
                check_pdf, opened.envelope.pdf, self._own.trusted.documents(), self._own.trusted.clock().now
            ),
            asyncio.to_thread(codes_of, opened.envelope.pdf),
        )
        if not verdict.valid or verdict.sha256 != hashlib.sha256(opened.envelope.pdf).hexdigest():
            await asyncio.to_thread(self._own.store.record_tamper, f"document_{verdict.verdict}")
            await self._own.centre.nudge()
            self._own.post(events.DocumentRefused(effect.document, verdict.why))
            return
        if withdrawn := self._withdrawn(codes):
            await asyncio.to_thread(self._own.store.note, "print_refused", document=effect.document, why=withdrawn)
            self._own.post(events.DocumentRefused(effect.document, withdrawn))
            return
        opened.sha256, opened.codes = verdict.sha256, codes
        self._own.desk.documents[effect.document] = opened
        await asyncio.to_thread(self._own.store.document_opened, effect.document)
        self._own.post(
            events.DocumentVerified(
                effect.document,
                opened.envelope.title,
                verdict.signer,
                verdict.signed_at or self._own.wall(),
                verdict.pages,
            )
        )

    def _withdrawn(self, codes: Codes | NoCodes) -> str:
        """`revoked` or `superseded` when a seal in the document says so: only what is current may be printed."""
        for text in codes.texts if isinstance(codes, Codes) else ():
            found = check_code(text, self._own.trusted.documents(), None, self._own.trusted.clock())
            if found.verdict in (Verdict.DICABUT, Verdict.DIGANTIKAN):
                return found.why
        return ""

    def _open(self, scanned: OpenTicket, document: str) -> OpenDocument | events.DocumentRefused:
        file = self._own.store.document_file(document)
        if file is None:
            return events.DocumentRefused(document, "not_here")
        opened = open_document(file.read_bytes(), scanned.secret)
        if isinstance(opened, Damaged):
            return events.DocumentRefused(document, opened.why)
        if (opened.document, opened.application) != (document, scanned.application):
            return events.DocumentRefused(document, "another_document")
        return OpenDocument(opened)

    # --- printing: one act, at most one copy

    async def print_document(self, effect: effects.PrintDocument) -> None:
        """Write the act down, hand the verified bytes over once, follow the job to its end, write that down."""
        opened = self._own.desk.documents.get(effect.document)
        if opened is None or not opened.sha256 or effect.document in self._printing:
            return
        self._printing.add(effect.document)
        try:
            await self._print(effect, opened)
        finally:
            self._printing.discard(effect.document)
            await self._own.centre.nudge()

    async def _print(self, effect: effects.PrintDocument, opened: OpenDocument) -> None:
        document = effect.document
        act = await asyncio.to_thread(self._own.store.begin_print, document, opened.sha256, effect.reason)
        if isinstance(act, PrintRefused):
            state = "unknown" if act.why == "unsettled" else "failed"
            self._own.post(events.PrintProgress(document, state))
            return
        if isinstance(act, StoreFailure):
            self._own.post(events.PrintProgress(document, "failed"))
            return
        job_id = act.act.replace("-", "")
        handed = opened.sha256
        last = JobState("unknown")
        try:
            job = await self._own.devices.print_pdf(opened.envelope.pdf, opened.envelope.title, job_id)
            if isinstance(job, DeviceFailure):
                last = JobState(job.why if job.why in _NOTHING_CAME or job.why == "missing" else "failed")
            else:
                handed = job.sha256
                await asyncio.to_thread(partial(self._own.store.note, "print_handed", act=act.act, sha256=handed))
                last = await self._follow(document, job_id)
        except DevicesAway:
            last = await self._follow(document, job_id)
        outcome: PrintOutcome
        if last.state == "printed" and handed == opened.sha256:
            outcome = "printed"
        elif (last.state in _NOTHING_CAME or last.state == "missing") and last.sheet == 0 and last.certain:
            outcome = "not_printed"
        else:
            outcome = "unknown"
        await asyncio.to_thread(self._own.store.settle_print, act.act, outcome)
        # how far it came, or why it stopped, is known also where the sheet is in doubt
        told = outcome != "unknown" or (not last.certain and handed == opened.sha256)
        shown = last.state if told else "unknown"
        self._own.post(events.PrintProgress(document, shown, last.sheet, last.sheets or 1, last.certain))

    async def _follow(self, document: str, job_id: str) -> JobState:
        """The job's last state; the device service may die and come back on the way."""
        last = JobState("unknown")
        for _ in range(20):
            try:
                async for change in self._own.devices.follow(job_id):
                    last = change
                    if not change.settled:
                        self._own.post(events.PrintProgress(document, change.state, change.sheet, change.sheets or 1))
                return last
            except DevicesAway:
                await asyncio.sleep(0.5)
        return JobState("unknown")

    # --- reading back and handing over

    async def read_sheet(self, effect: effects.ReadSheet) -> None:
        """The camera reads the sheet; what it reads must be what the verified file shows."""
        opened = self._own.desk.documents.get(effect.document)
        if opened is None:
            return
        try:
            reading = await self._own.devices.read_sheet()
        except DevicesAway:
            reading = DeviceFailure("camera_missing")
        if isinstance(reading, DeviceFailure):
            result, verdict = ("no_camera" if reading.why == "camera_missing" else "unreadable"), ""
        elif not reading.texts:
            result, verdict = "unreadable", ""
        else:
            result = compare_sheet(reading.texts, opened.codes or NoCodes("not_rendered")).value
            verdict = check_qr_texts(reading.texts, self._own.trusted.documents(), self._own.trusted.clock())["verdict"]
        if result in ("match", "differs", "cannot_compare"):
            await asyncio.to_thread(self._own.store.record_readback, effect.document, result, verdict)
            await self._own.centre.nudge()
        self._own.post(events.SheetRead(effect.document, result, verdict))

    async def hand_over(self, effect: effects.RecordHandover) -> None:
        """The citizen says that the sheet is theirs."""
        await asyncio.to_thread(self._own.store.record_handover, effect.document)
        await self._own.centre.nudge()
        self._own.desk.documents.pop(effect.document, None)
        self._own.post(events.HandoverRecorded(effect.document))

    # --- checking any paper

    async def check_paper(self, effect: effects.CheckPaper) -> None:
        """What can honestly be said about a paper's code."""
        texts: tuple[str, ...] = (effect.text,) if effect.text else ()
        if not texts:
            try:
                reading = await self._own.devices.read_sheet()
                texts = () if isinstance(reading, DeviceFailure) else reading.texts
            except DevicesAway:
                texts = ()
        if not texts:
            self._own.post(events.Checked("", "unreadable"))
            return
        trust, clock = self._own.trusted.documents(), self._own.trusted.clock()
        found = check_code(texts[0], trust, None, clock)
        self._own.post(
            events.Checked(found.verdict.value, found.why, found.facts, found.since, found.list_age_days, found.look_up)
        )
