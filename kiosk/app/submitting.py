"""Carries the effects that make an application durable and put its key on paper."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from kiosk.app import slips
from kiosk.app.belongings import Belongings
from kiosk.app.desk import HeldTicket
from kiosk.devices.client import DeviceFailure, DevicesAway, Head
from kiosk.formats.manifest import Collector
from kiosk.formats.states import DocumentState
from kiosk.journeys.effects import (
    ForgetTicket,
    PrintReason,
    PrintRequirements,
    PrintTicket,
    RevealTicket,
    Submit,
)
from kiosk.journeys.events import SubmitFailed, Submitted, TicketPrinted, TicketShown
from kiosk.store.opening import Damaged, open_note
from kiosk.store.seal import Recipients, build_packet
from kiosk.store.values import Draft, NewAttachment, SealFailure, StoreFailure
from kiosk.tickets.a4 import ticket_a4
from kiosk.tickets.key import new_key
from kiosk.tickets.number import TicketNumber, new_number, parse
from kiosk.tickets.payload import make_payload
from kiosk.tickets.slip import render, render_reason, render_requirements, to_png

#: How a slip's or a sheet's fate reads to the ticket page.
_SHEET = {"printed": "printed", "no_paper": "no_paper", "cover_open": "cover_open", "missing": "missing"}


class Submitting:
    """From the answers in memory to the sealed packet on disk and the ticket in the hand."""

    def __init__(self, own: Belongings) -> None:
        self._own = own

    async def submit(self, effect: Submit) -> None:
        """Freeze, seal, store, and only when all is on disk print the ticket. A correction keeps the ticket it has."""
        outcome = await asyncio.to_thread(self._submit, effect)
        self._own.post(outcome)
        if isinstance(outcome, Submitted):
            if not effect.revises:
                await self.print_ticket(PrintTicket("slip"))
            await self._own.centre.nudge()

    def _submit(self, effect: Submit) -> Submitted | SubmitFailed:
        recipients = self._own.trusted.recipients()
        if recipients is None:
            return SubmitFailed("not_enrolled")
        attachments: list[NewAttachment] = []
        for attachment in effect.attachments:
            capture = self._own.desk.captures.get(attachment.capture)
            if capture is None:
                return SubmitFailed("device_error")
            attachments.append(NewAttachment(attachment.slot, "image/webp", capture.page))
        draft = Draft(
            site=self._own.site.code,
            services=effect.services,
            for_whom=effect.for_whom,
            answers=effect.answers,
            collectors=tuple(Collector(c.role, c.nik, c.name) for c in effect.collectors),
            contact=effect.contact,
            attachments=tuple(attachments),
        )
        if effect.revises:
            return self._revise(effect, draft, recipients)
        return self._first(draft, recipients)

    def _first(self, draft: Draft, recipients: Recipients) -> Submitted | SubmitFailed:
        key = new_key()
        number = self._fresh_number()
        now = int(self._own.wall())
        packet = build_packet(
            draft,
            recipients,
            application=self._own.store.new_application_id(),
            revision=1,
            number=number.compact,
            ticket=key.recipient,
            now=now,
        )
        if isinstance(packet, SealFailure):
            return SubmitFailed(packet.why)
        stored = self._own.store.submit(packet)
        if isinstance(stored, StoreFailure):
            return SubmitFailed(stored.why)
        online = self._own.centre.online
        self._own.desk.ticket = HeldTicket(
            application=stored.application,
            number=str(number),
            payload=make_payload(self._own.site.regency_code, number, key),
            services=draft.services,
            stored_at=now,
            online=online,
            photos=len(draft.attachments),
        )
        return Submitted(stored.application, str(number), online, now)

    def _revise(self, effect: Submit, draft: Draft, recipients: Recipients) -> Submitted | SubmitFailed:
        """A corrected revision: what was returned is replaced, everything else stays sealed as it was."""
        known = self._own.store.find(effect.revises)
        previous = self._own.store.previous_manifest(effect.revises)
        number = parse(known.number) if known else None
        if known is None or previous is None or not isinstance(number, TicketNumber):
            return SubmitFailed("device_error")
        # a correction carries the part that was returned of one document; it takes that part's place in the packet
        wanted = draft.services[0] if draft.services else ""
        returned = next((d for d in known.documents if d.service == wanted and d.state == DocumentState.RETURNED), None)
        # another document that was returned for the same paper is mended with it; the office sees it the same way
        corrects = tuple(
            d.document
            for d in known.documents
            if returned is not None
            and d.state == DocumentState.RETURNED
            and (d is returned or (d.part_index is not None and d.part_index == returned.part_index))
        )
        attachments = draft.attachments
        if len(attachments) == 1 and returned is not None and returned.part_index is not None:
            only = attachments[0]
            attachments = (NewAttachment(only.slot, only.type, only.data, replaces=returned.part_index),)
        packet = build_packet(
            Draft(
                draft.site,
                tuple(d.service for d in known.documents),
                draft.for_whom or "-",
                draft.answers,
                draft.collectors,
                draft.contact,
                attachments,
            ),
            recipients,
            application=known.application,
            revision=known.revision + 1,
            number=number.compact,
            ticket=known.ticket,
            now=int(self._own.wall()),
            previous=previous,
        )
        if isinstance(packet, SealFailure):
            return SubmitFailed(packet.why)
        stored = self._own.store.submit(packet, corrects)
        if isinstance(stored, StoreFailure):
            return SubmitFailed(stored.why)
        return Submitted(stored.application, str(number), self._own.centre.online, stored.stored_at)

    def _fresh_number(self) -> TicketNumber:
        while True:
            number = new_number(self._own.site.letters, secrets.SystemRandom())
            if self._own.store.find(number.compact) is None:
                return number

    # --- the ticket

    async def print_ticket(self, effect: PrintTicket) -> None:
        """Print the ticket that is still in memory, on the slip printer or on A4."""
        held = self._own.desk.ticket
        if held is None:
            return
        outcome = await (self._ticket_on_a4(held) if effect.on == "a4" else self._ticket_on_slip(held))
        self._own.post(TicketPrinted(outcome, effect.on))

    async def _ticket_on_slip(self, held: HeldTicket) -> str:
        try:
            head = await self._own.devices.ticket_head()
            png = await asyncio.to_thread(lambda: to_png(render(self._content(held), head)))
            return await self._own.devices.print_slip(png)
        except DevicesAway:
            return "missing"

    async def _ticket_on_a4(self, held: HeldTicket) -> str:
        try:
            pdf = await asyncio.to_thread(lambda: ticket_a4(self._content(held)))
            job = await self._own.devices.print_pdf(pdf, "Tiket")
            if isinstance(job, DeviceFailure):
                return _SHEET.get(job.why, "unknown")
            state = "unknown"
            async for change in self._own.devices.follow(job.id):
                state = change.state
            return _SHEET.get(state, "unknown")
        except DevicesAway:
            return "unknown"

    def _content(self, held: HeldTicket) -> slips.SlipContent:
        return slips.ticket(held, self._own.site, self._own.pack, self._own.store.checkpoint().code)

    async def reveal_ticket(self, effect: RevealTicket) -> None:
        """Give the key to the one page that draws it."""
        if self._own.desk.ticket:
            self._own.post(TicketShown(self._own.desk.ticket.payload))

    async def forget_ticket(self, effect: ForgetTicket) -> None:
        """The citizen holds the paper: the key leaves this machine."""
        held, self._own.desk.ticket = self._own.desk.ticket, None
        if held:
            await asyncio.to_thread(self._own.store.ticket_seen, held.application)

    # --- other slips

    async def print_requirements(self, effect: PrintRequirements) -> None:
        """What to bring, to take home."""
        await self._slip(
            lambda head: to_png(
                render_requirements(slips.requirements(effect.services, self._own.site, self._own.pack), head)
            )
        )

    async def print_reason(self, effect: PrintReason) -> None:
        """The reason of a return or refusal, for who scanned the ticket."""
        scanned = self._own.desk.scanned
        if scanned is None:
            return

        def draw(head: Head) -> bytes | None:
            known = self._own.store.find(scanned.application)
            document = next((d for d in known.documents if d.document == effect.document), None) if known else None
            file = self._own.store.note_file(effect.document)
            if document is None or file is None:
                return None
            note = open_note(file.read_bytes(), scanned.secret)
            if isinstance(note, Damaged):
                return None
            return to_png(
                render_reason(
                    slips.reason(
                        scanned.number, document.service, document.state, note.text, self._own.site, self._own.pack
                    ),
                    head,
                )
            )

        await self._slip(draw)

    async def _slip(self, draw: Callable[[Head], bytes | None]) -> None:
        try:
            png = await asyncio.to_thread(draw, await self._own.devices.ticket_head())
            outcome = await self._own.devices.print_slip(png) if png else "unknown"
        except DevicesAway:
            outcome = "missing"
        self._own.post(TicketPrinted(outcome, "slip"))
