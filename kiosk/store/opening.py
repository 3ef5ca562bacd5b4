"""Opening what came down sealed to a ticket's key: in memory, for as long as the visit lasts."""

from __future__ import annotations

from dataclasses import dataclass

import pyrage

from kiosk.formats.envelope import DocumentEnvelope, NoteEnvelope, parse_document, parse_note
from kiosk.formats.shape import Malformed


@dataclass(frozen=True)
class Damaged:
    """`why`: key (not sealed to this ticket, or altered), or what is malformed inside. For the journal only."""

    why: str


def open_document(ciphertext: bytes, identity: str) -> DocumentEnvelope | Damaged:
    """The document that `ciphertext` seals. `identity` is the ticket's AGE-SECRET-KEY-1…"""
    plain = _open(ciphertext, identity)
    if isinstance(plain, Damaged):
        return plain
    envelope = parse_document(plain)
    return Damaged(envelope.why) if isinstance(envelope, Malformed) else envelope


def open_note(ciphertext: bytes, identity: str) -> NoteEnvelope | Damaged:
    """The clerk's words that `ciphertext` seals."""
    plain = _open(ciphertext, identity)
    if isinstance(plain, Damaged):
        return plain
    note = parse_note(plain)
    return Damaged(note.why) if isinstance(note, Malformed) else note


def _open(ciphertext: bytes, identity: str) -> bytes | Damaged:
    try:
        return pyrage.decrypt(ciphertext, [pyrage.x25519.Identity.from_str(identity)])
    except Exception:  # several classes; both inputs are foreign, and no text of theirs may reach a log
        return Damaged("key")
