"""One application as its pages need it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404

from central.data import words
from central.intake.merged import merged_record
from central.registry.models import Application, Document, Revision
from kiosk.formats.manifest import Attachment, Record
from kiosk.formats.shape import Malformed


@dataclass(frozen=True)
class Scan:
    """An attachment to look at."""

    attachment: Attachment
    title: str
    number: int  # from 1, as the clerk counts


@dataclass(frozen=True)
class Loaded:
    """An application with all its revisions opened. `record` is None when no key opens one of them any more."""

    application: Application
    revision: Revision
    record: Record | None
    documents: tuple[Document, ...]
    scans: tuple[Scan, ...]


def load(application: uuid.UUID) -> Loaded:
    """The received application, or 404."""
    found = Application.objects.filter(pk=application, received_at__isnull=False).first()
    if found is None:
        raise Http404
    revision = found.revisions.get(n=found.revision)
    record = merged_record(found)
    opened = None if isinstance(record, Malformed) else record
    return Loaded(
        found,
        revision,
        opened,
        tuple(found.documents.select_related("application").order_by("pk")),
        scans(opened) if opened else (),
    )


def scans(record: Record) -> tuple[Scan, ...]:
    """The record's attachments with their titles; pages of one paper are counted."""
    totals = [item.slot for item in record.attachments]
    found: list[Scan] = []
    for i, item in enumerate(record.attachments):
        title = words.paper_title(item.slot)
        if totals.count(item.slot) > 1:
            title += f", lembar {totals[: i + 1].count(item.slot)}"
        found.append(Scan(item, title, i + 1))
    return tuple(found)


def document_of(key: str) -> Document:
    """The document, or 404."""
    found = Document.objects.select_related("application").filter(pk=key).first()
    if found is None:
        raise Http404
    return found
