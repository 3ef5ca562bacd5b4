"""An application as all its revisions together tell it.

A correction carries only what was corrected: kept files stand in its list without a name, good answers are not
repeated, and nobody is asked anew who may collect. What it leaves out stands in the revision before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from central import sealing
from central.registry.models import Application
from kiosk.formats.manifest import Attachment, Collector, Record
from kiosk.formats.shape import Malformed

#: The answer that names, by slot, what the citizen offers instead of a paper that does not exist.
STAND_IN = "surat_pengganti"
#: The answers that a collector's NIK and name come from.
_REPORTER = ("nik_pemohon", "nama_pemohon")
_OTHER = ("pengambil_nik", "pengambil_nama")


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
    answers = {**earlier.answers, **later.answers}
    if stand_in := _stand_in(earlier, later):
        answers[STAND_IN] = stand_in
    else:
        answers.pop(STAND_IN, None)
    return replace(
        later,
        submitted_at=earlier.submitted_at,  # the legal report date is the first day
        services=earlier.services,
        for_whom=earlier.for_whom,
        answers=answers,
        collectors=later.collectors or _collectors(earlier.collectors, answers, frozenset(later.answers)),
        contact=later.contact or earlier.contact,
        attachments=tuple(_named(item, known) for item in later.attachments),
    )


def _stand_in(earlier: Record, later: Record) -> dict[str, Any]:
    """What the citizen offers for papers that do not exist; a paper that was photographed since needs nothing."""
    found: dict[str, Any] = {}
    for record in (earlier, later):
        said = record.answers.get(STAND_IN)
        found |= said if isinstance(said, dict) else {}
    photographed = {item.slot for item in later.attachments if item.slot}
    return {slot: what for slot, what in found.items() if slot not in photographed}


def _collectors(
    before: tuple[Collector, ...], answers: dict[str, Any], corrected: frozenset[str]
) -> tuple[Collector, ...]:
    """Who may collect follows a corrected NIK or name; else a document would be kept for a number that nobody has."""
    return tuple(
        replace(
            who,
            nik=str(answers.get(nik) or who.nik) if nik in corrected else who.nik,
            name=str(answers.get(name) or who.name) if name in corrected else who.name,
        )
        for who in before
        for nik, name in (_REPORTER if who.role == "reporter" else _OTHER,)
    )


def _named(item: Attachment, known: dict[str, Attachment]) -> Attachment:
    before = known.get(item.cipher)
    return item if item.slot or before is None else replace(before, index=item.index)
