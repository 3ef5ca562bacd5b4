"""What lies on the desk during a visit, in memory only: pictures, the ticket's key, opened documents.

Nothing here is ever written to disk in the clear, and :meth:`Desk.wipe` clears all of it for the next person.
"""

from __future__ import annotations

import gc
import secrets
from dataclasses import dataclass, field

from kiosk.devices.client import PageCapture
from kiosk.documents.answers import Codes, NoCodes
from kiosk.formats.envelope import DocumentEnvelope


@dataclass
class HeldTicket:
    """A ticket whose paper the citizen has not confirmed yet."""

    application: str
    number: str
    payload: str
    services: tuple[str, ...]
    stored_at: float
    online: bool
    photos: int


@dataclass
class OpenTicket:
    """A scanned ticket: the application it names and the secret that opens its documents."""

    application: str
    number: str
    secret: str


@dataclass
class OpenDocument:
    """A document opened with its ticket. `sha256` and `codes` are set once these very bytes were verified."""

    envelope: DocumentEnvelope
    sha256: str = ""
    codes: Codes | NoCodes | None = None  # what its own pages show, for comparing the sheet
    job: str = ""


@dataclass
class Desk:
    """One visit's belongings."""

    captures: dict[str, PageCapture] = field(default_factory=dict[str, PageCapture])
    ticket: HeldTicket | None = None
    scanned: OpenTicket | None = None
    documents: dict[str, OpenDocument] = field(default_factory=dict[str, OpenDocument])

    def keep(self, capture: PageCapture) -> str:
        """Lay a picture on the desk; returns its name."""
        name = secrets.token_hex(8)
        self.captures[name] = capture
        return name

    def picture(self, name: str) -> bytes | None:
        """The small picture of a capture for the screen (JPEG), or None when it is gone."""
        capture = self.captures.get(name)
        return capture.preview if capture else None

    def wipe(self) -> None:
        """Forget everything, at once."""
        self.captures.clear()
        self.documents.clear()
        self.ticket = None
        self.scanned = None
        gc.collect()
