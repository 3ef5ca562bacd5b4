"""Changing a document's state: by the shared transition table only, each change told to the village."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from central import clock
from central.registry.chain import append_event
from central.registry.models import Document
from kiosk.formats.states import DocumentState, may_follow

#: The office still has to do something, or waits for the citizen's correction.
OPEN = frozenset({DocumentState.IN_REVIEW, DocumentState.RETURNED, DocumentState.APPROVED})


@dataclass(frozen=True)
class NotPossible:
    """The state does not allow it, or somebody else was faster. `why`: state, changed."""

    why: str


def advance(
    document: Document,
    then: DocumentState,
    *,
    place: str = "",
    reason_code: str = "",
    part_index: int | None = None,
    note_sha256: str = "",
    note_archive_sha256: str = "",
) -> Document | NotPossible:
    """Move `document` on and append the `state` event. `document` is compared with the table by its version."""
    with transaction.atomic():
        fresh = Document.objects.select_related("application").get(pk=document.pk)
        if fresh.version != document.version:
            return NotPossible("changed")
        if not may_follow(DocumentState(fresh.state), then):
            return NotPossible("state")
        _set(fresh, then)
        fresh.place, fresh.reason_code, fresh.part_index = place, reason_code, part_index
        fresh.note_sha256, fresh.note_archive_sha256 = note_sha256, note_archive_sha256
        fresh.save()
        tell(fresh)
        return fresh


def tell(document: Document) -> None:
    """Append the `state` event of the document as it is now."""
    application = document.application
    append_event(
        "state",
        site=application.site,
        application=str(application.pk),
        document=document.pk,
        service=document.service,
        state=document.state,
        reason_code=document.reason_code,
        part_index=document.part_index,
        place=document.place,
        note=document.note_sha256,
        promised_at=None if application.promised_at is None else int(application.promised_at),
    )


def reported(document: Document, then: DocumentState) -> bool:
    """Follow what a kiosk reports of its own document. The village knows it already, so no event is appended.

    True when the state changed. A sheet that was printed was certainly delivered before; a report that comes late or
    twice changes nothing.
    """
    way = [then]
    if document.state == DocumentState.SIGNED and then is not DocumentState.DELIVERED:
        way = [step for step in (DocumentState.DELIVERED, DocumentState.PRINTED) if step is not then] + [then]
    changed = False
    for step in way:
        now = DocumentState(document.state)
        if step is not now and may_follow(now, step):
            _set(document, step)
            changed = True
    if changed:
        document.save()
    return changed


def settled(document: Document) -> bool:
    """Nothing more is expected of the office."""
    return DocumentState(document.state) not in OPEN


def _set(document: Document, then: DocumentState) -> None:
    now = clock.now()
    if then is DocumentState.DELIVERED:
        document.delivered_at = now
    document.state = then.value
    document.since = now
    document.version += 1
