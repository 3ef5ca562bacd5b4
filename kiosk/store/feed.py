"""What the centre tells: states, sealed files, versions. The cursor moves with what it brought, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from kiosk.formats import shape
from kiosk.formats.shape import WrongError
from kiosk.formats.states import NEXT, REASONS, ApplicationState, DocumentState
from kiosk.store.base import Part
from kiosk.store.connect import writes
from kiosk.store.values import WantedBlob

#: Seconds to leave a sealed file alone after it could not be fetched, doubled with each try.
BLOB_DELAY = 30.0
BLOB_LONGEST = 3600.0


def _reachable() -> dict[DocumentState, frozenset[DocumentState]]:
    """Every state that can still come after a state, however many steps later."""
    found: dict[DocumentState, frozenset[DocumentState]] = {}
    for start in DocumentState:
        seen: set[DocumentState] = set()
        todo = list(NEXT[start])
        while todo:
            state = todo.pop()
            if state not in seen:
                seen.add(state)
                todo.extend(NEXT[state])
        found[start] = frozenset(seen)
    return found


REACHABLE = _reachable()


class Feed(Part):
    """For the sync agent."""

    def cursor(self) -> int:
        """The last event that is in the store."""
        row = self._row("SELECT value FROM kv WHERE key = 'feed.cursor'")
        return int(row["value"]) if row else 0

    @writes
    def apply_events(self, events: Iterable[Mapping[str, Any]], cursor: int) -> frozenset[str]:
        """Take in what the feed brought and move the cursor; gives the types that were seen.

        An event that makes no sense to this version is passed over and noted in the journal: it must never keep those
        after it away. An event that tells what is already known changes nothing.
        """
        with self._transaction() as connection:
            seen: set[str] = set()
            for event in events:
                kind = str(event.get("type", ""))
                seen.add(kind)
                try:
                    known = self._apply(connection, kind, event)
                except (WrongError, ValueError):
                    known = False
                if not known:
                    sequence = event.get("seq")
                    self._journal("feed_passed_over", seq=sequence if type(sequence) is int else -1)
            connection.execute(
                "INSERT INTO kv VALUES ('feed.cursor', ?)"
                " ON CONFLICT DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))",
                (str(cursor),),
            )
            return frozenset(seen)

    def _apply(self, connection: sqlite3.Connection, kind: str, event: Mapping[str, Any]) -> bool:
        if kind == "trust":
            return True
        if kind not in ("received", "state", "document"):
            return False
        application = shape.text(event, "application", shape.UUID)
        at = float(shape.whole(event, "at")) if "at" in event else self._now()
        if connection.execute("SELECT 1 FROM applications WHERE id = ?", (application,)).fetchone() is None:
            return False
        if kind == "received":
            promised = float(shape.whole(event, "promised_at")) if event.get("promised_at") is not None else None
            connection.execute(
                "UPDATE applications SET received_at = coalesce(received_at, ?), promised_at = coalesce(?, promised_at)"
                " WHERE id = ?",
                (at, promised, application),
            )
            return True
        document = shape.text(event, "document", shape.DOCUMENT)
        if kind == "state":
            return self._state_event(connection, application, document, at, event)
        return self._document_event(connection, application, document, event)

    def _state_event(
        self, connection: sqlite3.Connection, application: str, document: str, at: float, event: Mapping[str, Any]
    ) -> bool:
        state = DocumentState(shape.text(event, "state", limit=40))
        service = shape.text(event, "service", shape.SERVICE) if event.get("service") else ""
        row = self._find_document(connection, application, document, service, at)
        if row is None:
            return False
        now = DocumentState(row["state"])
        # what happens at the kiosk the kiosk knows best, and a file is delivered when it lies here
        local = {DocumentState.DELIVERED, DocumentState.PRINTED, DocumentState.READ_BACK}
        if state in local or (state is not now and state not in REACHABLE[now]):
            return True
        reason = event.get("reason_code") or ""
        part = event.get("part_index")
        note = event.get("note") or None
        if note is not None:
            note = shape.text({"note": note}, "note", shape.HEX256)
            self._want(connection, note, "note", 0)
        connection.execute(
            "UPDATE documents SET reason_code = ?, part_index = ?, place = ?, note = ? WHERE id = ?",
            (
                reason if reason in REASONS else "",
                part if type(part) is int and part >= 0 else None,
                str(event.get("place") or "")[:200],
                note,
                document,
            ),
        )
        if state is not now:
            self._set_state(document, state, at)
            self._journal("state", document=document, state=state)
        return True

    def _document_event(
        self, connection: sqlite3.Connection, application: str, document: str, event: Mapping[str, Any]
    ) -> bool:
        sha256 = shape.text(event, "sha256", shape.HEX256)
        size = shape.whole(event, "bytes", 0, 32 << 20) if "bytes" in event else 0
        service = shape.text(event, "service", shape.SERVICE) if event.get("service") else ""
        row = self._find_document(connection, application, document, service, self._now())
        if row is None:
            return False
        self._want(connection, sha256, "document", size)
        connection.execute("UPDATE documents SET file = ? WHERE id = ?", (sha256, document))
        here = connection.execute("SELECT stored_at FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
        if here["stored_at"] is not None and row["file"] != sha256:
            self._delivered(connection, sha256)
        return True

    def _find_document(
        self, connection: sqlite3.Connection, application: str, document: str, service: str, at: float
    ) -> sqlite3.Row | None:
        """The document's row. The centre's id for one of our services replaces ours; a further service is added."""
        row = connection.execute("SELECT * FROM documents WHERE id = ?", (document,)).fetchone()
        if row is not None:
            return row if row["application"] == application else None
        if not service:
            return None
        ours = connection.execute(
            "SELECT id FROM documents WHERE application = ? AND service = ?"
            " AND id NOT IN (SELECT document FROM prints) ORDER BY position LIMIT 1",
            (application, service),
        ).fetchone()
        if ours is not None:
            connection.execute("UPDATE documents SET id = ? WHERE id = ?", (document, ours["id"]))
        else:
            connection.execute(
                "INSERT INTO documents(id, application, position, service, state)"
                " SELECT ?, ?, count(*), ?, ? FROM documents WHERE application = ?",
                (document, application, service, DocumentState.IN_REVIEW, application),
            )
            self._set_state(document, DocumentState.IN_REVIEW, at)
            connection.execute(
                "UPDATE applications SET state = ? WHERE id = ? AND state = ?",
                (ApplicationState.RECEIVED, application, ApplicationState.COMPLETE),
            )
        return connection.execute("SELECT * FROM documents WHERE id = ?", (document,)).fetchone()

    # --- sealed files

    def _want(self, connection: sqlite3.Connection, sha256: str, kind: str, size: int) -> None:
        connection.execute("INSERT OR IGNORE INTO blobs(sha256, kind, bytes) VALUES (?, ?, ?)", (sha256, kind, size))

    def wanted_blob(self) -> WantedBlob | None:
        """The sealed file to fetch next, or None. One that fails is left alone for a while: others get their turn."""
        now = self._now()
        rows = self._rows(
            "SELECT * FROM blobs WHERE stored_at IS NULL"
            " AND (tried + min(? * (1 << min(attempts, 10)), ?) <= ? OR attempts = 0 OR tried > ?)"
            " ORDER BY attempts, bytes LIMIT 1",
            BLOB_DELAY / 2,
            BLOB_LONGEST,
            now,
            now + 1,
        )
        if not rows:
            return None
        kind: Literal["document", "note"] = "note" if rows[0]["kind"] == "note" else "document"
        return WantedBlob(rows[0]["sha256"], kind, rows[0]["bytes"])

    def part_file(self, sha256: str) -> Path:
        """Where the download of a wanted file grows."""
        return self._shared.spool.part(sha256)

    @writes
    def blob_failed(self, sha256: str) -> None:
        """It could not be fetched this time."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE blobs SET tried = ?, attempts = attempts + 1 WHERE sha256 = ?", (self._now(), sha256)
            )

    @writes
    def blob_arrived(self, sha256: str) -> bool:
        """The part file is complete. True: its hash is right, it is in the spool, its documents are delivered."""
        if not self._shared.spool.finish_part(sha256):
            return False
        with self._transaction() as connection:
            connection.execute(
                "UPDATE blobs SET stored_at = coalesce(stored_at, ?) WHERE sha256 = ?", (self._now(), sha256)
            )
            self._delivered(connection, sha256)
        return True

    def _delivered(self, connection: sqlite3.Connection, sha256: str) -> None:
        for row in connection.execute(
            "SELECT id, application, state FROM documents WHERE file = ?", (sha256,)
        ).fetchall():
            if DocumentState.DELIVERED in REACHABLE[DocumentState(row["state"])]:
                self._set_state(row["id"], DocumentState.DELIVERED, self._now())
            application = row["application"]
            self._queue_act("delivered", application, application=application, document=row["id"], sha256=sha256)
            self._journal("delivered", document=row["id"], sha256=sha256)
