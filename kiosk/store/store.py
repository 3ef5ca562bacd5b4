"""The store as `kiosk.app` and `kiosk.sync` use it: one SQLite file, one spool of sealed files beside it.

    store = Store.open(config.store)            # Store | StoreFailure
    match store.submit(packet):                 # packet from kiosk.store.seal.build_packet
        case Stored(documents=documents): …     # on disk for good
        case StoreFailure(why=why): …           # nothing was stored; the draft is still in memory

Every writing method gives its result or :class:`StoreFailure`; then nothing was changed. Methods may be called from any
thread, never from the screen's. Reading raises sqlite3.Error only when the file itself cannot be read. What each method
does stands in the part it belongs to.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.store.applications import Applications
from kiosk.store.base import Shared
from kiosk.store.connect import connect, writes
from kiosk.store.feed import Feed
from kiosk.store.journal import Journal
from kiosk.store.migrations import migrate
from kiosk.store.outbox import Outbox
from kiosk.store.prints import Prints
from kiosk.store.spool import AtStep, Spool, nothing_happens
from kiosk.store.values import StoreFailure


class Store(Applications, Prints, Outbox, Feed, Journal):
    """An open store; :meth:`open` makes one."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @classmethod
    @writes
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        random: Callable[[int], bytes] = os.urandom,
        at_step: AtStep = nothing_happens,
    ) -> Store | StoreFailure:
        """Open (and create, and migrate) the store; the spool is the folder `spool` beside the file.

        `clock` gives epoch seconds, `random(n)` n random bytes; `at_step` is told of each step of a write.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = connect(path)
        if isinstance(connection, StoreFailure):
            return connection
        try:
            migrate(connection)
            spool = Spool(path.parent / "spool", at_step)
        except BaseException:
            connection.close()
            raise
        return cls(Shared(connection, spool, clock, random, at_step, threading.RLock()))

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        with self._shared.lock:
            self._shared.connection.close()

    def check(self) -> bool:
        """SQLite's own quick check of the file; under a second at a kiosk's size."""
        row = self._row("PRAGMA quick_check(1)")
        return row is not None and row[0] == "ok"

    def get(self, key: str, default: Any = None) -> Any:
        """A setting (JSON)."""
        row = self._row("SELECT value FROM kv WHERE key = ?", key)
        return json.loads(row["value"]) if row else default

    @writes
    def put(self, key: str, value: Any) -> None:
        """Keep a setting (JSON); never anything personal."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO kv VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (key, json.dumps(value)),
            )
