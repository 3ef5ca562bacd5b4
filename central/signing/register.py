"""What was issued: number, status and hashes of every specimen, without a name or NIK."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.formats import statuslist
from kiosk.formats.statuslist import Status

_SCHEMA = """
CREATE TABLE IF NOT EXISTS issued (
    id INTEGER PRIMARY KEY,
    application TEXT NOT NULL,
    service TEXT NOT NULL,
    series TEXT NOT NULL,
    day TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    status_list INTEGER NOT NULL,
    status_index INTEGER NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,
    changed TEXT,
    issued_at REAL NOT NULL,
    sha256 TEXT UNIQUE,
    seal_sha256 BLOB,
    host TEXT,
    UNIQUE (series, day, sequence),
    UNIQUE (status_list, status_index)
) STRICT;
"""


@dataclass(frozen=True)
class Place:
    """A reserved running number of the day and a random place in a status list."""

    id: int
    sequence: int
    status_list: int
    status_index: int


class Register:
    """The file ``register.sqlite`` beside the CA's keys. Every method is one transaction of its own."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "register.sqlite"

    def reserve(self, application: str, service: str, series: str, day: date, at: float) -> Place:
        """Take the next number and a free place. A reservation whose signing fails leaves a gap, never a double."""
        with self._transaction() as db:
            last = db.execute(
                "SELECT max(sequence) FROM issued WHERE series = ? AND day = ?", (series, day.isoformat())
            )
            sequence = int(last.fetchone()[0] or 0) + 1
            count = int(db.execute("SELECT count(*) FROM issued").fetchone()[0])
            # half full at most, so that a random free place is found at once
            status_list = 1 + count // (statuslist.CAPACITY // 2)
            rows = db.execute("SELECT status_index FROM issued WHERE status_list = ?", (status_list,))
            index = statuslist.new_index({int(row[0]) for row in rows})
            inserted = db.execute(
                "INSERT INTO issued (application, service, series, day, sequence, status_list, status_index, issued_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (application, service, series, day.isoformat(), sequence, status_list, index, at),
            )
            return Place(int(inserted.lastrowid or 0), sequence, status_list, index)

    def complete(self, place: Place, sha256: str, seal_sha256: bytes, host: str, day: date) -> None:
        """The document exists now; what was issued before for the same application and service is superseded."""
        with self._transaction() as db:
            row = db.execute("SELECT application, service FROM issued WHERE id = ?", (place.id,)).fetchone()
            db.execute(
                "UPDATE issued SET status = ?, changed = ? WHERE application = ? AND service = ? AND id <> ?"
                " AND status = 0 AND sha256 IS NOT NULL",
                (int(Status.SUPERSEDED), day.isoformat(), row[0], row[1], place.id),
            )
            db.execute(
                "UPDATE issued SET sha256 = ?, seal_sha256 = ?, host = ? WHERE id = ?",
                (sha256, seal_sha256, host, place.id),
            )

    def set_status(self, sha256: str, status: Status, day: date) -> bool:
        """False when no such document was issued."""
        changed = None if status is Status.CURRENT else day.isoformat()
        with self._transaction() as db:
            done = db.execute(
                "UPDATE issued SET status = ?, changed = ? WHERE sha256 = ?", (int(status), changed, sha256)
            )
            return done.rowcount == 1

    def status(self, sha256: str) -> Status | None:
        """None when no such document was issued."""
        with self._transaction() as db:
            row = db.execute("SELECT status FROM issued WHERE sha256 = ?", (sha256,)).fetchone()
            return None if row is None else Status(row[0])

    def lists(self) -> dict[int, tuple[dict[int, Status], dict[int, date]]]:
        """For every list its statuses that are not current, and since when."""
        with self._transaction() as db:
            rows = db.execute("SELECT status_list, status_index, status, changed FROM issued").fetchall()
        out: dict[int, tuple[dict[int, Status], dict[int, date]]] = {1: ({}, {})}
        for list_id, index, status, changed in rows:
            statuses, since = out.setdefault(int(list_id), ({}, {}))
            if status:
                statuses[int(index)] = Status(status)
                since[int(index)] = date.fromisoformat(changed)
        return out

    def hosts(self) -> list[str]:
        """The addresses that stand in the seals of all issued documents, in capitals."""
        with self._transaction() as db:
            rows = db.execute("SELECT DISTINCT host FROM issued WHERE host IS NOT NULL ORDER BY host").fetchall()
        return [str(row[0]) for row in rows]

    def seals(self) -> bytes:
        """sha256 of the seal texts of all issued documents that are current, sorted and joined."""
        with self._transaction() as db:
            rows = db.execute("SELECT seal_sha256 FROM issued WHERE seal_sha256 IS NOT NULL AND status = 0").fetchall()
        return b"".join(sorted(bytes(row[0]) for row in rows))

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=20, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN IMMEDIATE")
            db.execute(_SCHEMA)
            yield db
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        finally:
            db.close()
