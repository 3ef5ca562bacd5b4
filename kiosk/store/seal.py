"""Freezing a draft into a packet, sealed in memory to centre and escrow: from then on this machine cannot read it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pyrage

from kiosk.formats.manifest import MAX_FILE, MAX_FILES, MAX_RECORD, Attachment, OuterManifest, Record, SealedFile
from kiosk.store.values import Draft, NewAttachment, SealedPacket, SealFailure


@dataclass(frozen=True)
class Recipients:
    """The centre's current sealing key and the escrow key, as age recipients (age1…)."""

    current: str
    escrow: str


@dataclass(frozen=True)
class _Sealed:
    listed: Attachment
    outer: SealedFile
    data: bytes | None = field(repr=False)


def build_packet(
    draft: Draft,
    recipients: Recipients,
    *,
    application: str,
    revision: int,
    number: str,
    ticket: str,
    now: int,
    previous: OuterManifest | None = None,
) -> SealedPacket | SealFailure:
    """Seal `draft` as revision `revision` of `application` (a UUIDv7, see :func:`kiosk.formats.ids.uuid7`).

    `number` is compact; `ticket` is the ticket's recipient, which only travels inside; `now` is epoch seconds. With
    `previous` (the manifest of revision n-1) every file that no new attachment `replaces` is kept by its hash and not
    sealed anew: its entry in the sealed list has an empty slot, for what it means stands in the earlier record.
    """
    keys = [_recipient(recipients.current), _recipient(recipients.escrow)]
    if None in keys or _recipient(ticket) is None:
        return SealFailure("no_recipient")
    to = [key for key in keys if key is not None]
    places = _places(draft.attachments, previous)
    if places is None:
        return SealFailure("no_such_part")
    if len(places) > MAX_FILES:
        return SealFailure("too_many")
    sealed = [_seal_file(index, source, to) for index, source in enumerate(places)]
    record = Record(
        application=application,
        revision=revision,
        site=draft.site,
        submitted_at=now,
        services=draft.services,
        for_whom=draft.for_whom,
        answers=draft.answers,
        collectors=draft.collectors,
        contact=draft.contact,
        ticket=ticket,
        number=number,
        attachments=tuple(item.listed for item in sealed),
    )
    ciphertext = pyrage.encrypt(record.encode(), to)
    if len(ciphertext) > MAX_RECORD or any(item.outer.bytes > MAX_FILE for item in sealed):
        return SealFailure("too_large")
    manifest = OuterManifest(
        application=application,
        revision=revision,
        number=number,
        record_sha256=hashlib.sha256(ciphertext).hexdigest(),
        record_bytes=len(ciphertext),
        files=tuple(item.outer for item in sealed),
        stored_at=now,
    )
    files = tuple((item.outer.index, item.data) for item in sealed if item.data is not None)
    return SealedPacket(
        application, revision, number, ticket, draft.services, now, manifest.encode(), ciphertext, files
    )


def _recipient(text: str) -> pyrage.x25519.Recipient | None:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except Exception:  # the library's errors vary; the text comes from a trust list
        return None


def _places(
    attachments: tuple[NewAttachment, ...], previous: OuterManifest | None
) -> list[NewAttachment | SealedFile] | None:
    """Who stands at which index. None when an attachment replaces what is not there, or what another replaces."""
    places: list[NewAttachment | SealedFile] = list(previous.files) if previous else []
    taken: set[int] = set()
    for attachment in attachments:
        index = attachment.replaces
        if index is None:
            places.append(attachment)
        elif previous is None or not 0 <= index < len(previous.files) or index in taken:
            return None
        else:
            places[index] = attachment
            taken.add(index)
    return places


def _seal_file(index: int, source: NewAttachment | SealedFile, to: list[pyrage.x25519.Recipient]) -> _Sealed:
    if isinstance(source, SealedFile):
        kept = SealedFile(index, source.sha256, source.bytes)
        return _Sealed(Attachment(index, "", "", "", source.sha256, 0), kept, None)
    data = pyrage.encrypt(source.data, to)
    cipher = hashlib.sha256(data).hexdigest()
    plain = hashlib.sha256(source.data).hexdigest()
    listed = Attachment(index, source.slot, source.type, plain, cipher, len(source.data))
    return _Sealed(listed, SealedFile(index, cipher, len(data)), data)
