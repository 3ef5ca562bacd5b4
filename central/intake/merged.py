"""An application as all its revisions together tell it.

A correction carries only what was corrected: kept files stand in its list without a name, good answers are not
repeated, and nobody is asked anew who may collect. What it leaves out stands in the revision before.
"""

from __future__ import annotations

from dataclasses import replace

from central import sealing
from central.registry.models import Application
from kiosk.formats.manifest import Attachment, Record
from kiosk.formats.shape import Malformed


def merged_record(application: Application) -> Record | Malformed:
    """The records of all complete revisions, later ones over earlier ones; or why one of them cannot be opened."""
    whole: Record | None = None
    for revision in application.revisions.filter(received_at__isnull=False).order_by("n"):
        record = sealing.open_record(revision.record_sha256)
        if isinstance(record, Malformed):
            return record
        whole = record if whole is None else over(whole, record)
    return Malformed("no revision is complete") if whole is None else whole


def over(earlier: Record, later: Record) -> Record:
    """`later` with everything that it leaves to `earlier`."""
    known = {item.cipher: item for item in earlier.attachments if item.slot}
    return replace(
        later,
        submitted_at=earlier.submitted_at,  # the legal report date is the first day
        services=earlier.services,
        for_whom=earlier.for_whom,
        answers={**earlier.answers, **later.answers},
        collectors=later.collectors or earlier.collectors,
        contact=later.contact or earlier.contact,
        attachments=tuple(_named(item, known) for item in later.attachments),
    )


def _named(item: Attachment, known: dict[str, Attachment]) -> Attachment:
    before = known.get(item.cipher)
    return item if item.slot or before is None else replace(before, index=item.index)
