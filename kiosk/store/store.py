"""The store as `kiosk.app` and `kiosk.sync` use it: one SQLite file, one spool of sealed files beside it.

    store = Store.open(config.store)            # Store | StoreFailure
    match store.submit(packet):                 # packet from kiosk.store.seal.build_packet
        case Stored(documents=documents): …     # on disk for good
        case StoreFailure(why=why): …           # nothing was stored; the draft is still in memory

Every writing method gives its result or :class:`StoreFailure`; then nothing was changed. Methods may be called from any
thread, never from the screen's. Reading raises sqlite3.Error only when the file itself cannot be read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from kiosk.formats.manifest import OuterManifest
from kiosk.store.values import (
    Application,
    Checkpoint,
    JournalFault,
    NotReissued,
    PendingTicket,
    PrintAct,
    PrintOutcome,
    PrintReason,
    PrintRefused,
    Quarantined,
    QueueCounts,
    SealedPacket,
    Stored,
    StoreFailure,
)


class Store:
    """See the module. `clock` gives epoch seconds, `random(n)` gives n random bytes."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        random: Callable[[int], bytes] = os.urandom,
    ) -> Store | StoreFailure:
        """Open (and create, and migrate) the store; the spool is the folder `spool` beside the file."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        raise NotImplementedError

    # --- applications

    def new_application_id(self) -> str:
        """A fresh UUIDv7."""
        raise NotImplementedError

    def submit(self, packet: SealedPacket) -> Stored | StoreFailure:
        """Files first (write, fsync, rename, fsync folder), then one transaction. The same packet again is the same."""
        raise NotImplementedError

    def previous_manifest(self, application: str) -> OuterManifest | None:
        """The newest revision's manifest, for :func:`kiosk.store.seal.build_packet` of the next one."""
        raise NotImplementedError

    def find(self, key: str) -> Application | None:
        """By ticket number (compact or with hyphens) or by application id."""
        raise NotImplementedError

    def applications(self) -> tuple[Application, ...]:
        """All, newest first."""
        raise NotImplementedError

    # --- tickets

    def ticket_seen(self, application: str) -> StoreFailure | None:
        """The citizen holds the ticket."""
        raise NotImplementedError

    def pending_tickets(self) -> tuple[PendingTicket, ...]:
        """Tickets nobody has confirmed, oldest first: after a crash the operator reissues them."""
        raise NotImplementedError

    def ticket_reissued(self, application: str, recipient: str, by: str = "") -> NotReissued | StoreFailure | None:
        """A new ticket key; travels as a signed event. `by` is the operator's badge id, never a name."""
        raise NotImplementedError

    def collector_missed(self, application: str) -> int | StoreFailure:
        """A NIK was not on the list: how many tries remain (three; 0 means locked for 15 minutes)."""
        raise NotImplementedError

    def collector_matched(self, application: str) -> StoreFailure | None:
        """Forget the misses."""
        raise NotImplementedError

    def locked_until(self, application: str) -> float | None:
        """Epoch seconds until which this ticket opens nothing; None when it is not locked."""
        raise NotImplementedError

    # --- documents

    def document_file(self, document: str) -> Path | None:
        """The sealed document (see :func:`kiosk.store.opening.open_document`), or None when it is not here."""
        raise NotImplementedError

    def note_file(self, document: str) -> Path | None:
        """The clerk's sealed words (:func:`kiosk.store.opening.open_note`), or None."""
        raise NotImplementedError

    def document_opened(self, document: str) -> StoreFailure | None:
        """A ticket opened it: from now on the ticket cannot be reissued here."""
        raise NotImplementedError

    # --- the print ledger

    def begin_print(
        self, document: str, sha256: str, reason: PrintReason = "first"
    ) -> PrintAct | PrintRefused | StoreFailure:
        """Write down that these bytes go to the printer now. Refused while another act's end is not known."""
        raise NotImplementedError

    def settle_print(self, act: str, outcome: PrintOutcome) -> PrintAct | StoreFailure:
        """How it ended, by the machine's own knowledge. `unknown` keeps the document blocked until :meth:`resolve`."""
        raise NotImplementedError

    def unsettled_prints(self) -> tuple[PrintAct, ...]:
        """Acts without an end, and those that ended `unknown`: after a power cut the first thing to ask about."""
        raise NotImplementedError

    def resolve(self, act: str, answer: Literal["printed", "not_printed"], by: str = "") -> PrintAct | StoreFailure:
        """What a person says became of the sheet."""
        raise NotImplementedError

    def prints(self, document: str) -> tuple[PrintAct, ...]:
        """All acts of a document, oldest first."""
        raise NotImplementedError

    def record_readback(self, document: str, result: str, verdict: str = "") -> StoreFailure | None:
        """The camera's reading of the sheet: match, differs, unreadable, cannot_compare, no_camera."""
        raise NotImplementedError

    def record_handover(self, document: str) -> StoreFailure | None:
        """The citizen says that the sheet is theirs."""
        raise NotImplementedError

    def save_survey(
        self, answers: Mapping[str, int], about: Mapping[str, str], application: str = ""
    ) -> str | StoreFailure:
        """Anonymous answers U1…U9; gives the survey's id."""
        raise NotImplementedError

    def record_tamper(self, what: str) -> StoreFailure | None:
        """Something was done to the machine; travels to the centre."""
        raise NotImplementedError

    # --- status, journal, settings

    def queue(self) -> QueueCounts:
        """What waits to be sent, and what the centre refuses."""
        raise NotImplementedError

    def quarantined(self) -> tuple[Quarantined, ...]:
        """What the centre refuses, oldest first."""
        raise NotImplementedError

    def try_again(self, item: int) -> StoreFailure | None:
        """Put a quarantined item back into the queue."""
        raise NotImplementedError

    def note(self, kind: str, **facts: str | int) -> int | StoreFailure:
        """Append an event to the journal; `facts` carry ids and hashes, never anything personal. Gives its index."""
        raise NotImplementedError

    def checkpoint(self) -> Checkpoint:
        """The journal's present head."""
        raise NotImplementedError

    def verify_journal(self) -> Checkpoint | JournalFault:
        """Recompute the whole tree."""
        raise NotImplementedError

    def get(self, key: str, default: Any = None) -> Any:
        """A setting (JSON)."""
        raise NotImplementedError

    def put(self, key: str, value: Any) -> StoreFailure | None:
        """Keep a setting (JSON); never anything personal."""
        raise NotImplementedError
