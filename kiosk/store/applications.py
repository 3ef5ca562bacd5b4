"""Applications, their documents and their tickets."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.formats.ids import document_id
from kiosk.formats.manifest import OuterManifest, parse_outer
from kiosk.formats.shape import RECIPIENT
from kiosk.formats.states import ApplicationState, DocumentState
from kiosk.store.base import Part
from kiosk.store.connect import writes
from kiosk.store.values import (
    Application,
    Document,
    Fault,
    NotReissued,
    PendingTicket,
    SealedPacket,
    Stored,
    StoreFailure,
    TicketState,
)

#: A collector's NIK that is not on the list: so many tries, then so many seconds of rest.
TRIES = 3
LOCK_SECONDS = 900.0

MANIFEST = "manifest.cbor"
RECORD = "record.age"


def file_name(index: int) -> str:
    """A ciphertext's name in the packet's folder."""
    return f"{index:02d}.age"


class Applications(Part):
    """For the app."""

    def new_application_id(self) -> str:
        """A fresh UUIDv7."""
        return self._new_id()

    @writes
    def submit(self, packet: SealedPacket, corrects: tuple[str, ...] = ()) -> Stored | StoreFailure:
        """Files first (write, fsync, rename, fsync folder), then one transaction: application, queue, journal.

        `corrects` are the documents that a correction answers, empty for all that were returned; the others keep what
        the office asked of them. The same packet again gives the same answer. A number that another application bears
        is a bug of the caller.
        """
        outer = parse_outer(packet.manifest)
        if not isinstance(outer, OuterManifest):
            raise ValueError(f"not a manifest: {outer.why}")
        known = self._row(
            "SELECT manifest FROM revisions WHERE application = ? AND revision = ?",
            packet.application,
            packet.revision,
        )
        if known is not None:
            return self._stored(packet) if known["manifest"] == packet.manifest else StoreFailure(Fault.DAMAGED)
        files = [(MANIFEST, packet.manifest), (RECORD, packet.record)]
        files += [(file_name(index), data) for index, data in packet.files]
        self._shared.spool.write_packet(packet.application, packet.revision, files)
        try:
            with self._transaction() as connection:
                self._insert(connection, packet, outer, corrects)
        except sqlite3.Error:
            # an orphan without its row would be swept at the next start; no need to keep it until then
            if not self._is_stored(packet):
                self._shared.spool.drop_packet(packet.application, packet.revision)
            raise
        return self._stored(packet)

    def _insert(
        self, connection: sqlite3.Connection, packet: SealedPacket, outer: OuterManifest, corrects: tuple[str, ...]
    ) -> None:
        now = float(packet.stored_at)
        key = (packet.application, packet.revision)
        if packet.revision == 1:
            connection.execute(
                "INSERT INTO applications(id, number, state, ticket, ticket_state, revision, submitted_at)"
                " VALUES (?, ?, ?, ?, ?, 1, ?)",
                (
                    packet.application,
                    packet.number,
                    ApplicationState.SUBMITTED,
                    packet.ticket,
                    TicketState.PENDING,
                    now,
                ),
            )
            for index, service in enumerate(packet.services):
                document = document_id(packet.application, index)
                connection.execute(
                    "INSERT INTO documents(id, application, position, service, state) VALUES (?, ?, ?, ?, ?)",
                    (document, packet.application, index, service, DocumentState.SUBMITTED),
                )
                self._set_state(document, DocumentState.SUBMITTED, now)
        else:
            changed = connection.execute(
                "UPDATE applications SET revision = ? WHERE id = ? AND revision = ?",
                (packet.revision, packet.application, packet.revision - 1),
            )
            if changed.rowcount != 1:
                raise ValueError("a revision follows the one before it")
            returned = connection.execute(
                "SELECT id FROM documents WHERE application = ? AND state = ?",
                (packet.application, DocumentState.RETURNED),
            ).fetchall()
            for row in returned:
                if corrects and row["id"] not in corrects:
                    continue
                self._set_state(row["id"], DocumentState.IN_REVIEW, now)
                connection.execute(
                    "UPDATE documents SET reason_code = '', part_index = NULL, note = NULL WHERE id = ?", (row["id"],)
                )
        connection.execute(
            "INSERT INTO revisions(application, revision, manifest, stored_at) VALUES (?, ?, ?, ?)",
            (*key, packet.manifest, now),
        )
        connection.execute(
            "INSERT INTO outbox(lane, application, revision, queued_at) VALUES ('revision', ?, ?, ?)", (*key, now)
        )
        self._journal(
            "submitted",
            application=packet.application,
            revision=packet.revision,
            record=outer.record_sha256,
            files=len(outer.files),
        )

    def _is_stored(self, packet: SealedPacket) -> bool:
        try:
            question = "SELECT 1 FROM revisions WHERE application = ? AND revision = ?"
            return self._row(question, packet.application, packet.revision) is not None
        except sqlite3.Error:
            return True  # cannot tell: keep the files

    def _stored(self, packet: SealedPacket) -> Stored:
        rows = self._rows("SELECT id FROM documents WHERE application = ? ORDER BY position", packet.application)
        documents = tuple(row["id"] for row in rows)
        return Stored(packet.application, packet.revision, packet.number, packet.stored_at, documents)

    def previous_manifest(self, application: str) -> OuterManifest | None:
        """The newest revision's manifest, for :func:`kiosk.store.seal.build_packet` of the next one."""
        row = self._row(
            "SELECT manifest FROM revisions WHERE application = ? ORDER BY revision DESC LIMIT 1", application
        )
        outer = parse_outer(row["manifest"]) if row else None
        return outer if isinstance(outer, OuterManifest) else None

    @writes
    def sweep(self) -> int:
        """For the app, once, when it starts: remove files that a power cut left without their transaction."""
        known = {
            f"{r['application']}-{r['revision']}" for r in self._rows("SELECT application, revision FROM revisions")
        }
        wanted = {r["sha256"] for r in self._rows("SELECT sha256 FROM blobs WHERE stored_at IS NULL")}
        return self._shared.spool.sweep(known, wanted)

    # --- finding

    def find(self, key: str) -> Application | None:
        """By ticket number (compact or with hyphens) or by application id."""
        number = key.replace("-", "").replace(" ", "").upper()
        row = self._row("SELECT * FROM applications WHERE id = ? OR number = ?", key, number)
        return self._application(row) if row else None

    def applications(self) -> tuple[Application, ...]:
        """All, newest first."""
        rows = self._rows("SELECT * FROM applications ORDER BY submitted_at DESC, id DESC")
        return tuple(self._application(row) for row in rows)

    def document(self, document: str) -> Document | None:
        """One document by its id."""
        rows = self._documents("d.id = ?", document)
        return rows[0] if rows else None

    def _application(self, row: sqlite3.Row) -> Application:
        return Application(
            application=row["id"],
            number=row["number"],
            state=ApplicationState(row["state"]),
            ticket_state=TicketState(row["ticket_state"]),
            ticket=row["ticket"],
            revision=row["revision"],
            submitted_at=row["submitted_at"],
            received_at=row["received_at"],
            promised_at=row["promised_at"],
            documents=self._documents("d.application = ?", row["id"]),
        )

    def _documents(self, where: str, value: str) -> tuple[Document, ...]:
        rows = self._rows(
            "SELECT d.*, n.stored_at AS note_at, f.stored_at AS file_at FROM documents AS d"  # noqa: S608 (our words)
            " LEFT JOIN blobs AS n ON n.sha256 = d.note LEFT JOIN blobs AS f ON f.sha256 = d.file"
            f" WHERE {where} ORDER BY d.position, d.id",
            value,
        )
        return tuple(
            Document(
                document=row["id"],
                application=row["application"],
                service=row["service"],
                state=DocumentState(row["state"]),
                times={
                    DocumentState(time["state"]): time["at"]
                    for time in self._rows("SELECT state, at FROM document_times WHERE document = ?", row["id"])
                },
                reason_code=row["reason_code"],
                part_index=row["part_index"],
                place=row["place"],
                has_note=row["note_at"] is not None,
                has_file=row["file_at"] is not None,
            )
            for row in rows
        )

    def document_file(self, document: str) -> Path | None:
        """The sealed document (see :func:`kiosk.store.opening.open_document`), or None when it is not here."""
        return self._blob("file", document)

    def note_file(self, document: str) -> Path | None:
        """The clerk's sealed words (:func:`kiosk.store.opening.open_note`), or None."""
        return self._blob("note", document)

    def _blob(self, column: str, document: str) -> Path | None:
        row = self._row(
            f"SELECT b.sha256 FROM documents AS d JOIN blobs AS b ON b.sha256 = d.{column}"  # noqa: S608 (our words)
            " WHERE d.id = ? AND b.stored_at IS NOT NULL",
            document,
        )
        return self._shared.spool.blob(row["sha256"]) if row else None

    # --- tickets

    @writes
    def ticket_seen(self, application: str) -> None:
        """The citizen holds the ticket."""
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE applications SET ticket_state = ? WHERE id = ? AND ticket_state = ?",
                (TicketState.SEEN, application, TicketState.PENDING),
            )
            if changed.rowcount:
                self._journal("ticket_seen", application=application)

    def pending_tickets(self) -> tuple[PendingTicket, ...]:
        """Tickets nobody has confirmed, oldest first: after a crash the operator reissues them."""
        rows = self._rows(
            "SELECT id, number, submitted_at FROM applications WHERE ticket_state = ? ORDER BY submitted_at",
            TicketState.PENDING,
        )
        return tuple(PendingTicket(row["id"], row["number"], row["submitted_at"]) for row in rows)

    @writes
    def ticket_reissued(self, application: str, recipient: str, by: str = "") -> NotReissued | None:
        """A new ticket key; travels as a signed event. `by` is the operator's badge id, never a name."""
        if not RECIPIENT.fullmatch(recipient):
            return NotReissued.BAD_RECIPIENT
        with self._transaction() as connection:
            row = connection.execute("SELECT opened_at FROM applications WHERE id = ?", (application,)).fetchone()
            if row is None:
                return NotReissued.UNKNOWN
            if row["opened_at"] is not None:
                return NotReissued.OPENED
            connection.execute(
                "UPDATE applications SET ticket = ?, ticket_state = ? WHERE id = ?",
                (recipient, TicketState.REISSUED, application),
            )
            act = self._queue_act("ticket_reissued", application, application=application, ticket=recipient)
            self._journal("ticket_reissued", application=application, act=act, by=by)
        return None

    @writes
    def document_opened(self, document: str) -> None:
        """A ticket opened it: from now on the ticket cannot be reissued here."""
        with self._transaction() as connection:
            row = connection.execute("SELECT application FROM documents WHERE id = ?", (document,)).fetchone()
            if row is None:
                return
            connection.execute(
                "UPDATE applications SET opened_at = coalesce(opened_at, ?), misses = 0 WHERE id = ?",
                (self._now(), row["application"]),
            )
            self._journal("opened", document=document)

    @writes
    def collector_missed(self, application: str) -> int:
        """A NIK was not on the list: how many tries remain (three; 0 means locked for 15 minutes)."""
        with self._transaction() as connection:
            row = connection.execute(
                "UPDATE applications SET misses = misses + 1 WHERE id = ? RETURNING misses", (application,)
            ).fetchone()
            left = max(0, TRIES - row["misses"]) if row else 0
            if left == 0:
                connection.execute(
                    "UPDATE applications SET misses = 0, locked_until = ? WHERE id = ?",
                    (self._now() + LOCK_SECONDS, application),
                )
                self._journal("ticket_locked", application=application)
            return left

    @writes
    def collector_matched(self, application: str) -> None:
        """Forget the misses."""
        with self._transaction() as connection:
            connection.execute("UPDATE applications SET misses = 0, locked_until = NULL WHERE id = ?", (application,))

    def locked_until(self, application: str) -> float | None:
        """Epoch seconds until which this ticket opens nothing; None when it is not locked."""
        row = self._row("SELECT locked_until FROM applications WHERE id = ?", application)
        until = row["locked_until"] if row else None
        # a clock that was set back must not lock for ever
        return until if until is not None and 0 < until - self._now() <= LOCK_SECONDS else None
