"""The print ledger: one act, one attempt, one known end. Nothing is printed twice because nobody knew.

An act begun is written before a byte goes to the printer. While its end is not known (power cut, silent printer), the
document is blocked: only a person who looked can say what became of the sheet.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Literal

from kiosk.formats.shape import HEX256
from kiosk.formats.states import DocumentState
from kiosk.store.base import Part
from kiosk.store.connect import writes
from kiosk.store.values import PrintAct, PrintOutcome, PrintReason, PrintRefused

_PRINTABLE = {
    DocumentState.DELIVERED,
    DocumentState.PRINTED,
    DocumentState.READ_BACK,
    DocumentState.HANDED_OVER,
}


class Prints(Part):
    """For the app."""

    @writes
    def begin_print(self, document: str, sha256: str, reason: PrintReason = "first") -> PrintAct | PrintRefused:
        """Write down that these bytes go to the printer now. Refused while another act's end is not known."""
        if not HEX256.fullmatch(sha256):
            raise ValueError("sha256 is 64 hex digits")
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT d.state, b.stored_at FROM documents AS d"
                " LEFT JOIN blobs AS b ON b.sha256 = d.file WHERE d.id = ?",
                (document,),
            ).fetchone()
            if row is None or row["stored_at"] is None:
                return PrintRefused("not_here")
            if DocumentState(row["state"]) not in _PRINTABLE:
                return PrintRefused("not_printable")
            before = self.prints(document)
            unsettled = [act for act in before if act.outcome in (None, "unknown")]
            if unsettled:
                return PrintRefused("unsettled", unsettled[-1])
            act = PrintAct(self._new_id(), document, sha256, reason, len(before) + 1, self._now())
            connection.execute(
                "INSERT INTO prints(id, document, sha256, reason, copy, begun_at) VALUES (?, ?, ?, ?, ?, ?)",
                (act.act, document, sha256, reason, act.copy, act.begun_at),
            )
            self._journal("print_begun", act=act.act, document=document, sha256=sha256, reason=reason, copy=act.copy)
            return act

    @writes
    def settle_print(self, act: str, outcome: PrintOutcome) -> PrintAct:
        """How it ended, by the machine's own knowledge. `unknown` keeps the document blocked until :meth:`resolve`.

        Raises LookupError for an act that was never begun. An act that has its end keeps it.
        """
        return self._end(act, outcome, None)

    @writes
    def resolve(self, act: str, answer: Literal["printed", "not_printed"], by: str = "") -> PrintAct:
        """What a person says became of the sheet. `by` is the operator's badge id, empty for the citizen."""
        return self._end(act, answer, by)

    def _end(self, act: str, outcome: PrintOutcome, by: str | None) -> PrintAct:
        with self._transaction() as connection:
            row = connection.execute("SELECT * FROM prints WHERE id = ?", (act,)).fetchone()
            if row is None:
                raise LookupError("no such print act")
            open_ends = (None,) if by is None else (None, "unknown")
            if row["outcome"] in open_ends:
                self._close(connection, row, outcome, by, "machine" if by is None else f"person:{by}")
            return _act(connection.execute("SELECT * FROM prints WHERE id = ?", (act,)).fetchone())

    def _close(
        self, connection: sqlite3.Connection, row: sqlite3.Row, outcome: PrintOutcome, by: str | None, said: str
    ) -> None:
        now = self._now()
        connection.execute(
            "UPDATE prints SET outcome = ?, settled_at = ?, resolved_by = ? WHERE id = ?", (outcome, now, by, row["id"])
        )
        self._journal("print_ended", act=row["id"], outcome=outcome, by=said)
        if outcome == "printed":
            self._printed(connection, row, now)

    def _came_out(self, connection: sqlite3.Connection, document: str, by: str | None, said: str) -> None:
        """The act of which nobody knew has made its sheet: somebody holds it."""
        row = connection.execute(
            "SELECT * FROM prints WHERE document = ? AND (outcome IS NULL OR outcome = 'unknown')", (document,)
        ).fetchone()
        if row is not None:
            self._close(connection, row, "printed", by, said)

    def _printed(self, connection: sqlite3.Connection, row: sqlite3.Row, now: float) -> None:
        document = connection.execute("SELECT * FROM documents WHERE id = ?", (row["document"],)).fetchone()
        self._set_state(document["id"], DocumentState.PRINTED, now)
        self._queue_act(
            "printed",
            document["application"],
            application=document["application"],
            document=document["id"],
            print=row["id"],
            sha256=row["sha256"],
            reason=row["reason"],
            copy=row["copy"],
        )

    def unsettled_prints(self) -> tuple[PrintAct, ...]:
        """Acts without an end, and those that ended `unknown`: after a power cut the first thing to ask about."""
        rows = self._rows("SELECT * FROM prints WHERE outcome IS NULL OR outcome = 'unknown' ORDER BY begun_at, id")
        return tuple(_act(row) for row in rows)

    def prints(self, document: str) -> tuple[PrintAct, ...]:
        """All acts of a document, oldest first."""
        return tuple(_act(row) for row in self._rows("SELECT * FROM prints WHERE document = ? ORDER BY copy", document))

    # --- afterwards

    @writes
    def record_readback(self, document: str, result: str, verdict: str = "") -> None:
        """The camera's reading of the sheet: match, differs, unreadable, cannot_compare, no_camera.

        A match settles an act of which nobody knew whether a sheet came out.
        """
        with self._transaction() as connection:
            self._known(connection, document)
            if result == "match":
                self._came_out(connection, document, None, "sheet")
            row = self._known(connection, document)
            identifier, now = self._new_id(), self._now()
            connection.execute(
                "INSERT INTO readbacks VALUES (?, ?, ?, ?, ?)", (identifier, document, result, verdict, now)
            )
            if result == "match" and row["state"] == DocumentState.PRINTED:
                self._set_state(document, DocumentState.READ_BACK, now)
            application = row["application"]
            facts = {"application": application, "document": document, "result": result, "verdict": verdict}
            self._queue_act("read_back", application, identifier, **facts)
            self._journal("read_back", document=document, result=result, verdict=verdict)

    @writes
    def record_handover(self, document: str) -> None:
        """The citizen says that the sheet is theirs; so one came out."""
        with self._transaction() as connection:
            self._known(connection, document)
            self._came_out(connection, document, "", "person:")
            row = self._known(connection, document)
            identifier, now = self._new_id(), self._now()
            connection.execute("INSERT INTO handovers VALUES (?, ?, ?)", (identifier, document, now))
            if row["state"] in (DocumentState.PRINTED, DocumentState.READ_BACK):
                self._set_state(document, DocumentState.HANDED_OVER, now)
            application = row["application"]
            self._queue_act("handed_over", application, identifier, application=application, document=document)
            self._journal("handed_over", document=document)

    @writes
    def save_survey(self, answers: Mapping[str, int], about: Mapping[str, str], services: tuple[str, ...] = ()) -> str:
        """Anonymous answers U1…U9 (1 to 4), with nothing that leads to the application; gives the survey's id."""
        with self._transaction() as connection:
            # its id carries no time of the visit: a random one, not a UUIDv7
            identifier = _random_uuid(self._shared.random(16))
            day = self._now() // 86400 * 86400
            connection.execute(
                "INSERT INTO surveys VALUES (?, ?, ?, ?)",
                (identifier, json.dumps(dict(answers)), json.dumps(dict(about)), day),
            )
            facts = {"answers": dict(answers), "about": dict(about), "services": list(services)}
            self._queue_act("survey", "", identifier, **facts)
            return identifier

    @writes
    def record_tamper(self, what: str) -> None:
        """Something was done to the machine; travels to the centre."""
        with self._transaction():
            self._journal("tamper", what=what)
            self._queue_act("tamper", "", what=what)

    def _known(self, connection: sqlite3.Connection, document: str) -> sqlite3.Row:
        row = connection.execute("SELECT application, state FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            raise LookupError("no such document")
        return row


def _random_uuid(random: bytes) -> str:
    from uuid import UUID

    return str(UUID(bytes=random, version=4))


def _act(row: sqlite3.Row) -> PrintAct:
    return PrintAct(
        row["id"], row["document"], row["sha256"], row["reason"], row["copy"], row["begun_at"], row["outcome"]
    )
