"""What the store's parts share: the connection, its lock, the clock, the spool, and the journal's append."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kiosk.formats.cbor import encode
from kiosk.formats.ids import uuid7
from kiosk.formats.states import SETTLED, ApplicationState, DocumentState
from kiosk.store import merkle
from kiosk.store.connect import immediate
from kiosk.store.spool import AtStep, Spool

_KIND = re.compile("[a-z_]{1,40}")
_NAME = re.compile("[a-z][a-z0-9_]{0,39}")
_FACT = re.compile(r"[A-Za-z0-9_./:+-]{0,100}")
#: Sixteen digits in a row are a NIK or a family-card number until proven otherwise.
_NIK = re.compile(r"(?<![0-9a-f])[0-9]{16}(?![0-9a-f])")


@dataclass
class Shared:
    """One open store."""

    connection: sqlite3.Connection
    spool: Spool
    clock: Callable[[], float]
    random: Callable[[int], bytes]
    at_step: AtStep
    lock: threading.RLock
    closed: bool = False


class Part:
    """Base of the store's parts. Reads see what is committed; no read transaction outlives a call."""

    _shared: Shared

    def _now(self) -> float:
        return self._shared.clock()

    def _new_id(self) -> str:
        return uuid7(int(self._now() * 1000), self._shared.random(10))

    def _rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._shared.lock:
            return self._shared.connection.execute(sql, values).fetchall()

    def _row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        rows = self._rows(sql, *values)
        return rows[0] if rows else None

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        with self._shared.lock, immediate(self._shared.connection) as connection:
            yield connection
            self._shared.at_step("written")
        self._shared.at_step("committed")

    def _node(self, level: int, index: int) -> bytes:
        if level == 0:
            row = self._row("SELECT leaf FROM journal WHERE i = ?", index)
        else:
            row = self._row("SELECT hash FROM journal_nodes WHERE level = ? AND i = ?", level, index)
        if row is None:
            raise LookupError("the journal has no such node")
        return row[0]

    def _journal(self, kind: str, /, **facts: str | int) -> int:
        """Append inside the running transaction; gives the entry's index.

        Raises ValueError for a fact that could be personal: the journal can never be made to forget.
        """
        for name, value in facts.items():
            if not _NAME.fullmatch(name) or name in ("at", "k"):
                raise ValueError(f"{name} cannot name a fact")
            if isinstance(value, str) and (not _FACT.fullmatch(value) or _NIK.search(value)):
                raise ValueError(f"the fact {name} of {kind} does not belong into the journal")
        if not _KIND.fullmatch(kind):
            raise ValueError("not a kind of event")
        plain = {name: value if isinstance(value, int) else str(value) for name, value in facts.items()}
        body = encode({"at": int(self._now()), "k": kind, **plain})
        row = self._row("SELECT count(*) FROM journal")
        index = int(row[0]) if row else 0
        execute = self._shared.connection.execute
        execute("INSERT INTO journal(i, body, leaf) VALUES (?, ?, ?)", (index, body, merkle.leaf_hash(body)))
        for level, position in merkle.completed(index + 1):
            value = merkle.node_hash(self._node(level - 1, 2 * position), self._node(level - 1, 2 * position + 1))
            execute("INSERT INTO journal_nodes(level, i, hash) VALUES (?, ?, ?)", (level, position, value))
        return index

    def _queue_act(self, kind: str, application: str, act: str = "", /, **facts: Any) -> str:
        """Queue an event for the centre inside the running transaction; gives its uuid."""
        act = act or self._new_id()
        now = self._now()
        self._shared.connection.execute(
            "INSERT INTO outbox(lane, application, act, body, queued_at) VALUES ('act', ?, ?, ?, ?)",
            # made once, so that every delivery of it has the same bytes
            (application, act, json.dumps({"kind": kind, "at": int(now), **facts}, sort_keys=True).encode(), now),
        )
        return act

    def _set_state(self, document: str, state: DocumentState, at: float) -> None:
        """Write a document's new state inside the running transaction; the last one settled completes all."""
        execute = self._shared.connection.execute
        execute("UPDATE documents SET state = ? WHERE id = ?", (state, document))
        execute(
            "INSERT INTO document_times VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
            (document, state, at),
        )
        row = execute("SELECT application FROM documents WHERE id = ?", (document,)).fetchone()
        others = execute("SELECT state FROM documents WHERE application = ?", (row["application"],)).fetchall()
        if all(DocumentState(other["state"]) in SETTLED for other in others):
            execute("UPDATE applications SET state = ? WHERE id = ?", (ApplicationState.COMPLETE, row["application"]))
