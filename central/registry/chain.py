"""Append-only records that hang together: each row's hash covers the row and the hash before it.

A changed, removed or reordered row is found by :func:`broken_at`; triggers in the database refuse the change itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from central import clock
from central.registry import bell
from central.registry.models import Audit, Event


def append_event(kind: str, *, site: str = "", application: str = "", **fields: object) -> Event:
    """Tell the kiosks of `site` (or all of them). Fields that are None or empty are left out.

    Kiosks that wait in a long poll are woken once the transaction has been committed.
    """
    body = {name: value for name, value in fields.items() if value is not None and value != ""}
    if application:
        body["application"] = application
    with transaction.atomic():
        last = Event.objects.order_by("-seq").first()
        event = Event(
            at=clock.now(),
            site=site,
            type=kind,
            application=application,
            body=_canonical(body),
            previous=bytes(last.hash) if last else b"",
        )
        event.hash = _link(event.previous, _event_row(event))
        event.save(force_insert=True)
        transaction.on_commit(bell.ring)
    return event


def append_audit(
    who: str, what: str, *, why: str = "", application: str = "", document: str = "", **details: object
) -> Audit:
    """Note what a clerk did. `details` hold codes, indexes and hashes; never a name, a NIK or the sealed words."""
    with transaction.atomic():
        last = Audit.objects.order_by("-id").first()
        entry = Audit(
            at=clock.now(),
            who=who,
            what=what,
            why=why,
            application=application,
            document=document,
            details=_canonical(details),
            previous=bytes(last.hash) if last else b"",
        )
        entry.hash = _link(entry.previous, _audit_row(entry))
        entry.save(force_insert=True)
    return entry


def broken_at() -> str:
    """The first row that does not fit ("event 12", "audit 3"), or empty when both chains hold."""
    found = _broken(Event.objects.order_by("seq").iterator(), _event_row)
    if found:
        return f"event {found}"
    found = _broken(Audit.objects.order_by("id").iterator(), _audit_row)
    return f"audit {found}" if found else ""


def _broken(rows: Iterable[Any], row_of: Any) -> int:
    previous = b""
    for row in rows:
        if bytes(row.previous) != previous or bytes(row.hash) != _link(previous, row_of(row)):
            return int(row.pk)
        previous = bytes(row.hash)
    return 0


def _event_row(event: Event) -> list[object]:
    return [repr(event.at), event.site, event.type, event.application, event.body]


def _audit_row(entry: Audit) -> list[object]:
    return [repr(entry.at), entry.who, entry.what, entry.why, entry.application, entry.document, entry.details]


def _link(previous: bytes, row: list[object]) -> bytes:
    return hashlib.sha256(bytes(previous) + _canonical(row).encode()).digest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
