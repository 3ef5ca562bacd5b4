"""The one function that opens the store's file, and the one way to write to it.

Debian's SQLite (before 3.51.3) can lose commits of a WAL file that several connections use, and kiosk and sync both
have this file open. So: rollback journal (TRUNCATE), synchronous=FULL, and a file in WAL mode is refused instead of
quietly converted, for whoever made it so may still hold it open.
"""

from __future__ import annotations

import errno
import functools
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

from kiosk.store.values import Fault, StoreFailure

BUSY_MS = 10_000

P = ParamSpec("P")
R = TypeVar("R")

_PRAGMAS = (
    ("journal_mode = TRUNCATE", "truncate"),
    ("synchronous = FULL", None),
    ("foreign_keys = ON", None),
    ("trusted_schema = OFF", None),
    ("temp_store = MEMORY", None),
    ("cell_size_check = ON", None),
)
_EXPECTED = {"synchronous": 2, "foreign_keys": 1, "journal_mode": "truncate"}


def connect(path: Path) -> sqlite3.Connection | StoreFailure:
    """A connection as the house wants it, or why not. `isolation_level` is None: nothing begins by itself."""
    connection: sqlite3.Connection | None = None
    try:
        if _in_wal_mode(path):
            return StoreFailure(Fault.WAL)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        for pragma, _ in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        for name, expected in _EXPECTED.items():
            if connection.execute(f"PRAGMA {name}").fetchone()[0] != expected:
                raise RuntimeError(f"this SQLite does not take {name} = {expected}")
    except (sqlite3.Error, OSError) as error:
        if connection is not None:
            connection.close()
        fault = fault_of(error)
        if fault is None:
            raise
        return StoreFailure(fault)
    return connection


def _in_wal_mode(path: Path) -> bool:
    """The file format's bytes 18 and 19 are 2 in WAL mode (sqlite.org/fileformat2.html §1.3)."""
    try:
        with path.open("rb") as file:
            header = file.read(20)
    except FileNotFoundError:
        return False
    return header[18:20].count(b"\x02") > 0 or path.with_name(path.name + "-wal").exists()


@contextmanager
def immediate(connection: sqlite3.Connection) -> Generator[sqlite3.Connection]:
    """BEGIN IMMEDIATE … COMMIT, or ROLLBACK when anything is raised. sqlite-utils' atomic() nests in it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        # a full disk may have rolled back already
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_SQLITE = {
    sqlite3.SQLITE_FULL: Fault.DISK_FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_PERM: Fault.READ_ONLY,
    sqlite3.SQLITE_IOERR: Fault.DEVICE_ERROR,
    sqlite3.SQLITE_CANTOPEN: Fault.DEVICE_ERROR,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
}


def fault_of(error: Exception) -> Fault | None:
    """The fault of the medium that `error` tells of; None for anything else, which is a bug."""
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
    if isinstance(error, OSError):
        if error.errno in _DISK_FULL:
            return Fault.DISK_FULL
        return Fault.READ_ONLY if error.errno in _READ_ONLY else Fault.DEVICE_ERROR
    return None


def writes(method: Callable[P, R]) -> Callable[P, R | StoreFailure]:
    """Make a writing method answer with :class:`StoreFailure` when the medium fails; bugs are still raised."""

    @functools.wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | StoreFailure:
        try:
            return method(*args, **kwargs)
        except (sqlite3.Error, OSError) as error:
            fault = fault_of(error)
            if fault is None:
                raise
            return StoreFailure(fault)

    return guarded
