"""A packet arrives: first the manifest and the sealed record, then the ciphertexts it names, then the receipt."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import cast

from django.db import transaction

from central import blobs, clock, place, sealing
from central.data.services import promise
from central.intake import flow
from central.intake.merged import STAND_IN, merged_record
from central.messages import port
from central.registry.chain import append_event
from central.registry.models import Application, Device, Document, Revision, RevisionFile
from kiosk.formats import p256
from kiosk.formats.envelope import NoteEnvelope, parse_note
from kiosk.formats.ids import document_id
from kiosk.formats.manifest import OuterManifest, Record, fits, parse_outer
from kiosk.formats.receipts import Receipt
from kiosk.formats.shape import Malformed
from kiosk.formats.states import DocumentState


@dataclass(frozen=True)
class Stored:
    """The revision is known. `missing` are the ciphertexts still to be sent."""

    missing: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """This revision was stored before with other content."""


@dataclass(frozen=True)
class NotExpected:
    """A correction that nobody asked for, or out of turn."""


@dataclass(frozen=True)
class Refused:
    """The packet is not what it should be; sending it again will not help. `why` never holds a value of it."""

    why: str


PutResult = Stored | Conflict | NotExpected | Refused


def put_revision(
    device: Device, application: uuid.UUID, n: int, manifest: bytes, signature: bytes, sealed: bytes
) -> PutResult:
    """Keep a revision's manifest and record. The same again gives the same answer."""
    outer = parse_outer(manifest)
    if isinstance(outer, Malformed):
        return Refused(f"manifest: {outer.why}")
    if (outer.application, outer.revision) != (str(application), n):
        return Refused("manifest: names another revision")
    if (hashlib.sha256(sealed).hexdigest(), len(sealed)) != (outer.record_sha256, outer.record_bytes):
        return Refused("record: differs from the manifest")
    key = p256.load_spki(bytes(device.spki))
    if key is None or not p256.verify(key, signature, manifest):
        return Refused("manifest: signature")
    with transaction.atomic():
        known = Revision.objects.filter(application_id=application, n=n).select_related("application").first()
        if known is not None:
            same = known.manifest_sha256 == hashlib.sha256(manifest).hexdigest()
            if not same or known.application.site != device.site:
                return Conflict()
            return Stored(missing(known))
        return _first_time(device, outer, manifest, signature, sealed)


def _first_time(device: Device, outer: OuterManifest, manifest: bytes, signature: bytes, sealed: bytes) -> PutResult:
    plain = sealing.open_sealed(sealed)
    if plain is None:
        return Refused("record: sealed to another key")
    record = sealing.parse_record(plain)
    if isinstance(record, Malformed):
        return Refused(f"record: {record.why}")
    why = _unfit(device, outer, record)
    if why:
        return Refused(why)
    application = Application.objects.filter(pk=outer.application).first()
    if application is None:
        if outer.revision != 1:
            return NotExpected()
        application = Application.objects.create(
            id=uuid.UUID(outer.application),
            number=record.number,
            site=device.site,
            device=device,
            submitted_at=record.submitted_at,
            ticket=record.ticket,
        )
    elif application.site != device.site:
        return Conflict()
    elif not _correction_expected(application, outer, record):
        return NotExpected()
    blobs.write(sealed)
    revision = Revision.objects.create(
        application=application,
        n=outer.revision,
        manifest=manifest,
        signature=signature,
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        record_sha256=outer.record_sha256,
        put_at=clock.now(),
    )
    RevisionFile.objects.bulk_create(
        RevisionFile(revision=revision, index=file.index, sha256=file.sha256, bytes=file.bytes) for file in outer.files
    )
    return Stored(missing(revision))


def _unfit(device: Device, outer: OuterManifest, record: Record) -> str:
    if not fits(record, outer):
        return "record: differs from the manifest"
    if record.site != device.site:
        return "record: from another village"
    if not record.services:
        return "record: no service"
    return ""


def _correction_expected(application: Application, outer: OuterManifest, record: Record) -> bool:
    """Revision n+1 answers a return of n; the number stays and no service is added."""
    services = [document.service for document in application.documents.order_by("pk")]
    return (
        outer.revision == application.revision + 1
        and record.number == application.number
        and set(record.services) <= set(services)
        and application.documents.filter(state=DocumentState.RETURNED).exists()
    )


def missing(revision: Revision) -> tuple[str, ...]:
    """Ciphertexts that the manifest names and the centre does not hold, each once, in the manifest's order."""
    return tuple(dict.fromkeys(file.sha256 for file in revision.files.order_by("index") if not blobs.has(file.sha256)))


def complete(revision: Revision) -> Revision:
    """Receive the revision if everything is here: receipt, documents in review, events. Else it stays as it is."""
    if revision.received_at is not None or missing(revision):
        return revision
    with transaction.atomic():
        revision = Revision.objects.select_related("application").get(pk=revision.pk)
        if revision.received_at is not None:
            return revision
        record = sealing.open_record(revision.record_sha256)
        if isinstance(record, Malformed):  # it opened when it was put; a key must have been taken away since
            return revision
        _receive(revision, record)
    return revision


def _receive(revision: Revision, record: Record) -> None:
    now = int(clock.now())
    application = revision.application
    application.received_at = application.received_at or now
    returned = _corrected(revision, record)
    application.promised_at = promise(now, [item.service for item in returned] or list(record.services))
    application.revision = revision.n
    application.save()
    receipt = Receipt(
        application=str(application.pk),
        revision=revision.n,
        manifest_sha256=revision.manifest_sha256,
        received_at=now,
        promised_at=int(application.promised_at),
    ).encode()
    revision.received_at, revision.receipt = now, receipt
    revision.receipt_signature = p256.sign(place.current().server_key, receipt)
    revision.save()
    append_event(
        "received",
        site=application.site,
        application=str(application.pk),
        revision=revision.n,
        promised_at=int(application.promised_at),
    )
    if revision.n == 1:
        for index, service in enumerate(record.services):
            document = Document.objects.create(
                id=document_id(str(application.pk), index),
                application=application,
                service=service,
                state=DocumentState.IN_REVIEW,
                since=now,
            )
            flow.tell(document)
    else:
        for document in returned:
            flow.advance(document, DocumentState.IN_REVIEW)
    whole = merged_record(application)
    port.tell_citizen(port.Occasion.RECEIVED, application, record if isinstance(whole, Malformed) else whole)


def _corrected(revision: Revision, record: Record) -> list[Document]:
    """Which returned documents this correction answers: those whose part is new, was answered anew, or was said not to
    exist with something offered in its place. When none can be told, all of them."""
    returned = list(revision.application.documents.filter(state=DocumentState.RETURNED).order_by("pk"))
    before = Revision.objects.filter(application=revision.application, n=revision.n - 1).first()
    kept = {(file.index, file.sha256) for file in before.files.all()} if before else set[tuple[int, str]]()
    new = {file.index for file in revision.files.all() if (file.index, file.sha256) not in kept}
    stand_in = record.answers.get(STAND_IN)
    said = {*record.answers, *(cast("dict[str, str]", stand_in) if isinstance(stand_in, dict) else ())}
    answered = [item for item in returned if item.part_index in new or _part_of(item) in said]
    return answered or returned


def _part_of(document: Document) -> str:
    """The field or the paper's slot that was returned, from the office's copy of the note."""
    if not document.note_archive_sha256:
        return ""
    plain = sealing.open_sealed(blobs.read(document.note_archive_sha256))
    note = parse_note(plain) if plain else None
    return note.part if isinstance(note, NoteEnvelope) else ""
