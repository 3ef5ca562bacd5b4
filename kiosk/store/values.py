"""What the store gives and takes. Nothing here is personal except :class:`Draft`, which never touches the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from kiosk.formats.manifest import Collector
from kiosk.formats.states import ApplicationState, DocumentState

# --- failures of the medium


class Fault(StrEnum):
    """Why the store could not do it. Nothing was changed."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    DEVICE_ERROR = "device_error"  # the card answers with an input/output error
    DAMAGED = "damaged"  # not our file, or it contradicts itself
    BUSY = "busy"  # another process held the file for longer than the time-out
    WAL = "wal"  # the file is in WAL mode, which this SQLite must not be trusted with


@dataclass(frozen=True)
class StoreFailure:
    """The expected failure of every writing method."""

    why: Fault


# --- a packet on its way in


@dataclass(frozen=True)
class NewAttachment:
    """An encoded file, in memory. `replaces` is the index (of the earlier revision) whose place it takes."""

    slot: str
    type: str  # image/webp
    data: bytes = field(repr=False)
    replaces: int | None = None


@dataclass(frozen=True)
class Draft:
    """All that the citizen answered. In memory only."""

    site: str  # 73.15.06.2001
    services: tuple[str, ...]
    for_whom: str
    answers: Mapping[str, Any] = field(repr=False)
    collectors: tuple[Collector, ...] = field(repr=False)
    contact: Mapping[str, str] = field(repr=False)
    attachments: tuple[NewAttachment, ...] = field(repr=False)


@dataclass(frozen=True)
class SealedPacket:
    """A frozen, sealed revision, in memory. Nobody on this machine can open it any more."""

    application: str
    revision: int
    number: str  # compact: KBL7F3K9X
    ticket: str  # the ticket's age recipient
    services: tuple[str, ...]
    stored_at: int  # epoch seconds
    manifest: bytes
    record: bytes = field(repr=False)
    files: tuple[tuple[int, bytes], ...] = field(repr=False)  # (index, ciphertext) of the new files


@dataclass(frozen=True)
class SealFailure:
    """`why`: no_recipient (the trust list names none that works), too_large, too_many, no_such_part."""

    why: str


@dataclass(frozen=True)
class Stored:
    """The revision is on disk for good. `documents` are their ids, in the order of the services."""

    application: str
    revision: int
    number: str
    stored_at: int
    documents: tuple[str, ...]


# --- applications and documents


class TicketState(StrEnum):
    """Whether the ticket's key is on paper."""

    PENDING = "pending"
    SEEN = "seen"
    REISSUED = "reissued"


@dataclass(frozen=True)
class Document:
    """One document as the kiosk knows it. Times are epoch seconds by reached state."""

    document: str
    application: str
    service: str
    state: DocumentState
    times: Mapping[DocumentState, float]
    reason_code: str = ""
    part_index: int | None = None
    place: str = ""
    has_note: bool = False  # the clerk's sealed words are here
    has_file: bool = False  # the sealed document is here, its sha256 checked


@dataclass(frozen=True)
class Application:
    """One visit's application with its documents, in the order of the services."""

    application: str
    number: str
    state: ApplicationState
    ticket_state: TicketState
    ticket: str  # the current age recipient
    revision: int
    submitted_at: float
    received_at: float | None
    promised_at: float | None
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class PendingTicket:
    """An application whose citizen has not yet said that the ticket came out."""

    application: str
    number: str
    submitted_at: float


class NotReissued(StrEnum):
    """Why a ticket was not reissued."""

    UNKNOWN = "unknown"
    OPENED = "opened"  # a document was opened with the present ticket: only the centre may seal anew
    BAD_RECIPIENT = "bad_recipient"


# --- printing

PrintOutcome = Literal["printed", "not_printed", "unknown"]
PrintReason = Literal["first", "paper_out", "looks_bad", "reprint"]


@dataclass(frozen=True)
class PrintAct:
    """One attempt to print one document once. `sha256` is that of the very bytes handed to the print system."""

    act: str
    document: str
    sha256: str
    reason: str
    copy: int  # how many-th act of this document
    begun_at: float
    outcome: PrintOutcome | None = None  # None: begun, and nobody has said how it ended


@dataclass(frozen=True)
class PrintRefused:
    """`why`: unsettled (see `act`: first say what became of it), not_here, not_printable."""

    why: str
    act: PrintAct | None = None


# --- the queue


class Lane(StrEnum):
    """Two independent queues, one order within each application."""

    REVISION = "revision"
    ACT = "act"


@dataclass(frozen=True)
class Leased:
    """An item that this worker may deliver until `until`. `token` tells its lease from a later one."""

    item: int
    lane: Lane
    application: str
    revision: int  # 0 for acts
    act: str  # uuid; empty for revisions
    body: bytes  # JSON of an act; empty for revisions
    attempts: int  # leases before this one
    token: str
    until: float


@dataclass(frozen=True)
class QueueCounts:
    """For status lines: `waiting` includes what is being sent just now."""

    waiting: int
    quarantined: int
    oldest: float | None  # when the oldest waiting item was queued


@dataclass(frozen=True)
class Quarantined:
    """An item that the centre refuses for good; it stays until somebody decides."""

    item: int
    lane: Lane
    application: str
    revision: int
    error: str
    since: float


@dataclass(frozen=True)
class Revision:
    """A revision of an application as the queue needs it."""

    application: str
    revision: int
    manifest: bytes
    signature: bytes | None
    folder: Path


@dataclass(frozen=True)
class Upload:
    """Where a tus upload of one ciphertext stands."""

    url: str
    offset: int


@dataclass(frozen=True)
class WantedBlob:
    """A sealed file that the feed announced and that is not here yet. `bytes` is 0 when not announced."""

    sha256: str
    kind: Literal["document", "note"]
    bytes: int


# --- the journal


@dataclass(frozen=True)
class Checkpoint:
    """The journal's tree head; `code` is what slips and day sheets carry: eight Crockford characters."""

    size: int
    root: bytes
    code: str


@dataclass(frozen=True)
class JournalFault:
    """The journal contradicts itself at entry `index`. `why`: body, leaf, node, gap, checkpoint."""

    index: int
    why: str
