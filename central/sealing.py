"""Opening what kiosks sealed to the office, and sealing what goes to a ticket. Plaintext lives in memory only."""

from __future__ import annotations

import hashlib

import pyrage

from central import blobs, place
from kiosk.formats.manifest import Attachment, Record, parse_record
from kiosk.formats.shape import Malformed


def open_sealed(ciphertext: bytes) -> bytes | None:
    """The plaintext, or None when no key of the office opens it."""
    try:
        return pyrage.decrypt(ciphertext, list(place.current().sealing_identities))
    except pyrage.DecryptError:
        return None


def open_record(sha256: str) -> Record | Malformed:
    """The record of a stored packet."""
    plain = open_sealed(blobs.read(sha256))
    return Malformed("sealed to another key") if plain is None else parse_record(plain)


def open_attachment(attachment: Attachment) -> bytes | Malformed:
    """The plaintext of an attachment whose ciphertext is here; it must be what the record promised."""
    plain = open_sealed(blobs.read(attachment.cipher))
    if plain is None:
        return Malformed("sealed to another key")
    if hashlib.sha256(plain).hexdigest() != attachment.sha256:
        return Malformed("attachment differs from the record")
    return plain


def seal_to_ticket(plain: bytes, recipient: str) -> bytes:
    """An age file that only the holder of the ticket opens."""
    return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)])


def seal_to_office(plain: bytes) -> bytes:
    """An age file for the office's own archive: current key and escrow key."""
    here = place.current()
    recipients = [here.sealing_recipient, here.escrow_recipient]
    return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(text) for text in recipients])
