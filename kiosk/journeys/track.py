"""09, 09b, 09c: how far each document is, and the one thing to do now."""

from __future__ import annotations

from dataclasses import replace

from kiosk.formats.states import DocumentState as S
from kiosk.journeys import flow, places, states
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import PrintReason
from kiosk.journeys.events import DocumentState, Event, Press
from kiosk.journeys.visit import Draft, Out, Visit, fresh, go, stay

NOT_BY_TICKET = "Untuk mencetak atau memperbaiki, pindai QR di tiketnya."


def tracking(visit: Visit, at: places.Tracking, event: Event) -> Out:
    """09"""
    if not isinstance(event, Press) or visit.ticket is None:
        return stay(visit)
    match event.act:
        case Act.PICK if visit.document(event.value):
            return go(visit, places.Following(event.value))
        case Act.PRINT | Act.REPAIR | Act.NEXT:
            document = visit.document(event.value) or due(visit)
            return _act(visit, document) if document else stay(visit)
        case Act.SCAN_OTHER:
            return go(replace(visit, ticket=None), places.Scanning("track"))
        case Act.BACK | Act.DONE:
            return leave(visit)
        case _:
            return stay(visit)


def leave(visit: Visit) -> Out:
    """Away from a ticket: after a hand-over to the survey's offer, otherwise home."""
    if visit.handed:
        return go(visit, places.Thanking("handover", visit.now + 45.0))
    return go(replace(visit, ticket=None), places.Home())


def following(visit: Visit, at: places.Following, event: Event) -> Out:
    """One document."""
    document = visit.document(at.document)
    if not isinstance(event, Press) or visit.ticket is None or document is None:
        return stay(visit)
    match event.act:
        case Act.BACK if at.way:
            return go(visit, places.Following(at.document))
        case Act.BACK if len(visit.ticket.documents) > 1:
            return go(visit, places.Tracking())
        case Act.BACK | Act.DONE:
            return leave(visit)
        case Act.PRINT | Act.REPAIR | Act.NEXT:
            return _act(visit, document)
        case Act.SCAN_OTHER:
            return go(replace(visit, ticket=None), places.Scanning("track"))
        case Act.APPLY_AGAIN if document.state == S.REJECTED:
            return _apply_again(visit, document)
        case Act.PICK if document.state == S.REJECTED:
            return _way(visit, at, document, event.value)
        case Act.PRINT_REASON if document.state in (S.REJECTED, S.RETURNED) and visit.ticket.by_ticket:
            return stay(visit, PrintReason(document.document))
        case _:
            return stay(visit)


def _way(visit: Visit, at: places.Following, document: DocumentState, value: str) -> Out:
    if value == "apply_again":
        return _apply_again(visit, document)
    return go(visit, replace(at, way=value)) if value in ("objection", "ask") else stay(visit)


def _act(visit: Visit, document: DocumentState) -> Out:
    """What the button of this document does."""
    if visit.ticket is None:
        return stay(visit)
    if document.state in states.PRINTABLE:
        if not visit.ticket.by_ticket:
            return go(visit, places.Scanning("collect", error=NOT_BY_TICKET))
        return go(visit, places.Proving(document.document))
    if document.state == S.RETURNED:
        if not visit.ticket.by_ticket:
            return go(visit, places.Scanning("track", error=NOT_BY_TICKET))
        return _repair(visit, document)
    return stay(visit)


def _repair(visit: Visit, document: DocumentState) -> Out:
    """Only the returned part is done again; where the office named none, every paper of the document."""
    service, ticket = visit.service(document.service), visit.ticket
    known = document.part in visit.pack.papers or flow.question(visit, document.part) is not None
    parts = (document.part,) if known else (service.papers if service else ())
    if not parts or ticket is None:
        return stay(visit)
    draft = Draft(services=(document.service,), revises=ticket.application, repair=parts)
    visit = replace(visit, draft=draft)
    return go(visit, flow.place(visit, flow.stops(visit)[0]))


def _apply_again(visit: Visit, document: DocumentState) -> Out:
    service = visit.service(document.service)
    if service is None or service.closed:
        return stay(visit)
    draft = Draft(offered=(service.id,), services=(service.id,), ask_whom=True)
    visit = replace(fresh(visit, places.Home(), keep_settings=True), draft=draft)
    return go(visit, flow.place(visit, flow.stops(visit)[0]))


def due(visit: Visit) -> DocumentState | None:
    """The document that can be acted on: to be mended before to be printed, to be printed before to be fetched."""
    documents = visit.ticket.documents if visit.ticket else ()
    for wanted in ({S.RETURNED.value}, {S.DELIVERED.value}):
        for document in documents:
            if document.state in wanted:
                return document
    return None
