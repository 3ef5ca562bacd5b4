"""Sealing what goes back to the citizen: signed documents and the clerk's words, to the ticket's key.

The same envelope is kept sealed to the office, so that a lost ticket can be given a fresh seal.
"""

from __future__ import annotations

import hashlib

from django.db import transaction

from central import blobs, sealing
from central.intake import flow
from central.registry.chain import append_event
from central.registry.models import Application, Document
from kiosk.formats.envelope import DocumentEnvelope, NoteEnvelope
from kiosk.formats.manifest import Record
from kiosk.formats.states import DocumentState


def deliver(
    document: Document, record: Record, title: str, pdf: bytes, *, specimen: bool
) -> Document | flow.NotPossible:
    """Seal the signed PDF, unchanged byte for byte, and tell the village: APPROVED becomes SIGNED."""
    envelope = DocumentEnvelope(
        document=document.pk,
        application=str(document.application.pk),
        service=document.service,
        title=title,
        pdf=pdf,
        collectors=record.collectors,
    ).encode()
    with transaction.atomic():
        signed = flow.advance(document, DocumentState.SIGNED)
        if isinstance(signed, flow.NotPossible):
            return signed
        signed.archive_sha256 = blobs.write(sealing.seal_to_office(envelope))
        signed.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
        signed.specimen = specimen
        _seal(signed, envelope)
        return signed


def write_note(document: Document, part: str, text: str) -> tuple[str, str]:
    """Seal a note to the ticket and to the office; the two blobs' hashes."""
    plain = NoteEnvelope(document.pk, part, text).encode()
    return (
        blobs.write(sealing.seal_to_ticket(plain, document.application.ticket)),
        blobs.write(sealing.seal_to_office(plain)),
    )


def change_ticket(application: Application, recipient: str) -> None:
    """From now on `recipient` is the ticket: notes and documents are sealed anew and told again."""
    with transaction.atomic():
        application.ticket = recipient
        application.save(update_fields=["ticket"])
        for document in application.documents.select_related("application"):
            if document.note_archive_sha256:
                note = sealing.open_sealed(blobs.read(document.note_archive_sha256))
                if note is not None:
                    document.note_sha256 = blobs.write(sealing.seal_to_ticket(note, recipient))
                    document.save()
                    flow.tell(document)
            if document.archive_sha256:
                envelope = sealing.open_sealed(blobs.read(document.archive_sha256))
                if envelope is not None:
                    _seal(document, envelope)


def _seal(document: Document, envelope: bytes) -> None:
    sealed = sealing.seal_to_ticket(envelope, document.application.ticket)
    document.sealed_sha256, document.sealed_bytes = blobs.write(sealed), len(sealed)
    document.save()
    append_event(
        "document",
        site=document.application.site,
        application=str(document.application.pk),
        document=document.pk,
        sha256=document.sealed_sha256,
        bytes=document.sealed_bytes,
    )
