"""The store's tables. A migration and its record are one transaction; a shipped one is followed, never changed."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from kiosk.store.connect import immediate

migrations = Migrations("prodesaku-kiosk")

_FIRST = """
CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    ticket TEXT NOT NULL,           -- the current ticket's age recipient
    ticket_state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    submitted_at REAL NOT NULL,     -- the legal report date is its day
    received_at REAL,
    promised_at REAL,
    opened_at REAL,                 -- first time a ticket opened one of its documents
    misses INTEGER NOT NULL DEFAULT 0,
    locked_until REAL
) STRICT;
CREATE TABLE revisions (
    application TEXT NOT NULL REFERENCES applications(id),
    revision INTEGER NOT NULL,
    manifest BLOB NOT NULL,
    signature BLOB,                 -- the device's, made at the first lease
    stored_at REAL NOT NULL,
    receipt BLOB,
    receipt_signature BLOB,
    receipt_kid TEXT,
    acked_at REAL,
    dropped INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (application, revision)
) STRICT;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    application TEXT NOT NULL REFERENCES applications(id),
    position INTEGER NOT NULL,
    service TEXT NOT NULL,
    state TEXT NOT NULL,
    reason_code TEXT NOT NULL DEFAULT '',
    part_index INTEGER,
    place TEXT NOT NULL DEFAULT '',
    note TEXT REFERENCES blobs(sha256),
    file TEXT REFERENCES blobs(sha256)
) STRICT;
CREATE INDEX documents_of ON documents(application, position);
CREATE TABLE document_times (
    document TEXT NOT NULL REFERENCES documents(id) ON UPDATE CASCADE,
    state TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (document, state)
) STRICT;
CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    stored_at REAL,                 -- NULL: announced, not here yet
    tried REAL NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL,
    application TEXT NOT NULL,      -- '' where the item belongs to none
    revision INTEGER NOT NULL DEFAULT 0,
    act TEXT UNIQUE,
    body BLOB NOT NULL DEFAULT x'',
    state TEXT NOT NULL DEFAULT 'pending',
    queued_at REAL NOT NULL,
    lease TEXT,                     -- a lease, not a state: whoever crashes holding it loses it by time
    lease_until REAL,
    attempts INTEGER NOT NULL DEFAULT 0,
    tried REAL NOT NULL DEFAULT 0,
    next_try REAL NOT NULL DEFAULT 0,
    ended_at REAL,
    error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_pending ON outbox(state, lane, application, id);
CREATE UNIQUE INDEX outbox_revision ON outbox(application, revision) WHERE lane = 'revision';
CREATE TABLE uploads (
    application TEXT NOT NULL,
    revision INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    url TEXT NOT NULL,
    offset INTEGER NOT NULL,
    PRIMARY KEY (application, revision, sha256)
) STRICT;
CREATE TABLE prints (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents(id) ON UPDATE CASCADE,
    sha256 TEXT NOT NULL,
    reason TEXT NOT NULL,
    copy INTEGER NOT NULL,
    begun_at REAL NOT NULL,
    outcome TEXT,
    settled_at REAL,
    resolved_by TEXT
) STRICT;
CREATE INDEX prints_of ON prints(document, copy);
-- two acts of one document can never be open at once, whatever the program believes
CREATE UNIQUE INDEX prints_open ON prints(document) WHERE outcome IS NULL OR outcome = 'unknown';
CREATE TABLE readbacks (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents(id) ON UPDATE CASCADE,
    result TEXT NOT NULL,
    verdict TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
CREATE TABLE handovers (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents(id) ON UPDATE CASCADE,
    at REAL NOT NULL
) STRICT;
CREATE TABLE surveys (id TEXT PRIMARY KEY, answers TEXT NOT NULL, about TEXT NOT NULL, at REAL NOT NULL) STRICT;
CREATE TABLE kv (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE journal (i INTEGER PRIMARY KEY, body BLOB NOT NULL, leaf BLOB NOT NULL) STRICT;
CREATE TABLE journal_nodes (
    level INTEGER NOT NULL,
    i INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, i)
) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoints (
    size INTEGER PRIMARY KEY,
    root BLOB NOT NULL,
    at REAL NOT NULL,
    cosigned_by TEXT,
    cosignature BLOB
) STRICT;
CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
    WHEN NEW.i <> (SELECT coalesce(max(i), -1) + 1 FROM journal)
    BEGIN SELECT raise(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal
    BEGIN SELECT raise(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal
    BEGIN SELECT raise(ABORT, 'journal: append only'); END;
CREATE TRIGGER nodes_once BEFORE INSERT ON journal_nodes
    WHEN EXISTS (SELECT 1 FROM journal_nodes WHERE level = NEW.level AND i = NEW.i)
    BEGIN SELECT raise(ABORT, 'journal: append only'); END;
CREATE TRIGGER nodes_kept BEFORE DELETE ON journal_nodes
    BEGIN SELECT raise(ABORT, 'journal: append only'); END;
CREATE TRIGGER nodes_fixed BEFORE UPDATE ON journal_nodes
    BEGIN SELECT raise(ABORT, 'journal: append only'); END;
"""


@migrations()
def m001_first(db: Database) -> None:
    """Everything of the first version."""
    for statement in _statements(_FIRST):
        db.conn.execute(statement)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version. Two processes may try at once: the second finds nothing left to do."""
    with immediate(connection):
        migrations.apply(Database(connection))


def _statements(script: str) -> list[str]:
    """The statements of a script. `executescript` would commit the transaction we are in."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
