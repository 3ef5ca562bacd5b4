"""The queue to the centre. At-least-once delivery to a receiver that counts each thing once.

An item is `pending` until the centre's word ends it (`acked`, or `quarantined`). Work in progress is a lease with an
end, never a state, so that a crash cannot leave anything «sending» for ever. Items of one application keep their order;
items of different applications never wait for each other; a refused item waits for a person and blocks nobody.
"""

from __future__ import annotations

import hashlib

from kiosk.formats.receipts import Receipt
from kiosk.formats.states import ApplicationState, DocumentState
from kiosk.store.base import Part
from kiosk.store.connect import writes
from kiosk.store.values import Lane, Leased, Quarantined, QueueCounts, Revision, Upload

#: Seconds that a lease lasts unless renewed, and the longest back-off. A wall clock that is set back may make either
#: look longer; more than this is not believed.
LEASE = 120.0
LONGEST_DELAY = 900.0

_ELIGIBLE = """
SELECT id FROM outbox AS o
WHERE state = 'pending' AND lane = :lane
  AND (lease_until IS NULL OR lease_until <= :now OR lease_until > :now + :lease)
  AND (next_try <= :now OR next_try > :now + :longest)
  AND (application = '' OR NOT EXISTS (
        SELECT 1 FROM outbox AS e WHERE e.application = o.application AND e.state = 'pending' AND e.id < o.id))
ORDER BY tried, id LIMIT 1
"""


class Outbox(Part):
    """For the sync agent; the counts are for everybody."""

    @writes
    def lease(self, lane: Lane, seconds: float = LEASE) -> Leased | None:
        """The next item of this lane that may be worked on, or None. The longest untouched comes first."""
        with self._transaction() as connection:
            now = self._now()
            question = {"lane": lane.value, "now": now, "lease": LEASE, "longest": LONGEST_DELAY}
            found = connection.execute(_ELIGIBLE, question).fetchone()
            if found is None:
                return None
            token = self._shared.random(12).hex()
            row = connection.execute(
                "UPDATE outbox SET lease = ?, lease_until = ?, tried = ?, attempts = attempts + 1"
                " WHERE id = ? RETURNING *",
                (token, now + seconds, now, found["id"]),
            ).fetchone()
            return Leased(
                item=row["id"],
                lane=lane,
                application=row["application"],
                revision=row["revision"],
                act=row["act"] or "",
                body=row["body"],
                attempts=row["attempts"] - 1,
                token=token,
                until=now + seconds,
            )

    @writes
    def renew(self, leased: Leased, seconds: float = LEASE) -> bool:
        """More time, because there is progress. False: the lease has passed to somebody else."""
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE outbox SET lease_until = ? WHERE id = ? AND lease = ? AND state = 'pending'",
                (self._now() + seconds, leased.item, leased.token),
            )
            return changed.rowcount == 1

    @writes
    def retry(self, leased: Leased, delay: float, error: str, count: bool = True) -> None:
        """It did not work this time; not before `delay` seconds. `count` False: through no fault of the item."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE outbox SET lease = NULL, lease_until = NULL, next_try = ?, error = ?, attempts = attempts - ?"
                " WHERE id = ? AND lease = ? AND state = 'pending'",
                (self._now() + min(delay, LONGEST_DELAY), error[:200], 0 if count else 1, leased.item, leased.token),
            )

    @writes
    def quarantine(self, leased: Leased, error: str) -> None:
        """The centre refuses it for good. It stays and is shown; what comes after it goes on."""
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE outbox SET state = 'quarantined', lease = NULL, lease_until = NULL, error = ?, ended_at = ?"
                " WHERE id = ? AND state = 'pending'",
                (error[:200], self._now(), leased.item),
            )
            if changed.rowcount:
                self._journal("quarantined", item=leased.item, application=leased.application)

    @writes
    def act_acked(self, leased: Leased) -> None:
        """The centre has the act."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE outbox SET state = 'acked', lease = NULL, lease_until = NULL, ended_at = ?, error = ''"
                " WHERE id = ? AND state <> 'acked'",
                (self._now(), leased.item),
            )

    @writes
    def revision_acked(self, receipt: Receipt, raw: bytes, signature: bytes, kid: str) -> bool:
        """Keep the centre's verified receipt: the revision's delivery is over. False: it speaks of another packet."""
        with self._transaction() as connection:
            key = (receipt.application, receipt.revision)
            row = connection.execute("SELECT * FROM revisions WHERE application = ? AND revision = ?", key).fetchone()
            if row is None or hashlib.sha256(row["manifest"]).hexdigest() != receipt.manifest_sha256:
                return False
            if row["receipt"] is not None:
                return True
            now = self._now()
            connection.execute(
                "UPDATE revisions SET receipt = ?, receipt_signature = ?, receipt_kid = ?, acked_at = ?"
                " WHERE application = ? AND revision = ?",
                (raw, signature, kid, now, *key),
            )
            connection.execute(
                "UPDATE outbox SET state = 'acked', lease = NULL, lease_until = NULL, ended_at = ?, error = ''"
                " WHERE lane = 'revision' AND application = ? AND revision = ?",
                (now, *key),
            )
            connection.execute("DELETE FROM uploads WHERE application = ? AND revision = ?", key)
            connection.execute(
                "UPDATE applications SET state = ?, received_at = coalesce(received_at, ?), promised_at = ?"
                " WHERE id = ? AND state IN ('submitted', 'received')",
                (ApplicationState.RECEIVED, receipt.received_at, receipt.promised_at, receipt.application),
            )
            waiting = connection.execute(
                "SELECT id FROM documents WHERE application = ? AND state = ?",
                (receipt.application, DocumentState.SUBMITTED),
            ).fetchall()
            for document in waiting:
                self._set_state(document["id"], DocumentState.IN_REVIEW, receipt.received_at)
            self._journal(
                "received",
                application=receipt.application,
                revision=receipt.revision,
                manifest=receipt.manifest_sha256,
                received_at=receipt.received_at,
            )
            return True

    @writes
    def release_leases(self) -> None:
        """At the agent's start: whoever held a lease is dead."""
        with self._transaction() as connection:
            connection.execute("UPDATE outbox SET lease = NULL, lease_until = NULL WHERE lease IS NOT NULL")

    @writes
    def nudge_queue(self) -> None:
        """Forget the back-offs, of what goes up and of what comes down: something changed, or somebody is waiting."""
        with self._transaction() as connection:
            connection.execute("UPDATE blobs SET tried = 0, attempts = 0 WHERE stored_at IS NULL AND attempts > 0")
            connection.execute("UPDATE outbox SET next_try = 0, attempts = 0 WHERE state = 'pending' AND next_try > 0")

    @writes
    def try_again(self, item: int) -> None:
        """Put a quarantined item back into the queue."""
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE outbox SET state = 'pending', next_try = 0, attempts = 0, ended_at = NULL"
                " WHERE id = ? AND state = 'quarantined'",
                (item,),
            )
            if changed.rowcount:
                self._journal("released", item=item)

    def next_try(self, lane: Lane) -> float | None:
        """When the next item of this lane is due by the store's clock (it may be past), or None when none waits."""
        row = self._row(
            "SELECT min(max(next_try, coalesce(lease_until, 0))) FROM outbox WHERE state = 'pending' AND lane = ?",
            lane.value,
        )
        return row[0] if row else None

    def queue(self) -> QueueCounts:
        """What waits to be sent, and what the centre refuses."""
        row = self._row(
            "SELECT count(*) FILTER (WHERE state = 'pending') AS waiting,"
            " count(*) FILTER (WHERE state = 'quarantined') AS quarantined,"
            " min(queued_at) FILTER (WHERE state = 'pending') AS oldest FROM outbox"
        )
        return QueueCounts(row["waiting"], row["quarantined"], row["oldest"]) if row else QueueCounts(0, 0, None)

    def quarantined(self) -> tuple[Quarantined, ...]:
        """What the centre refuses, oldest first."""
        rows = self._rows("SELECT * FROM outbox WHERE state = 'quarantined' ORDER BY id")
        return tuple(
            Quarantined(r["id"], Lane(r["lane"]), r["application"], r["revision"], r["error"], r["ended_at"])
            for r in rows
        )

    # --- what the agent needs of a revision

    def revision(self, application: str, revision: int) -> Revision | None:
        """The manifest to sign and send."""
        row = self._row("SELECT * FROM revisions WHERE application = ? AND revision = ?", application, revision)
        if row is None:
            return None
        folder = self._shared.spool.folder(application, revision)
        return Revision(application, revision, row["manifest"], row["signature"], folder)

    @writes
    def set_signature(self, application: str, revision: int, signature: bytes) -> None:
        """The device's signature over the outer manifest; the first one stays."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE revisions SET signature = ? WHERE application = ? AND revision = ? AND signature IS NULL",
                (signature, application, revision),
            )

    def upload(self, application: str, revision: int, sha256: str) -> Upload | None:
        """Where the upload of this ciphertext stands, as far as we know; the centre's HEAD knows better."""
        row = self._row(
            "SELECT url, offset FROM uploads WHERE application = ? AND revision = ? AND sha256 = ?",
            application,
            revision,
            sha256,
        )
        return Upload(row["url"], row["offset"]) if row else None

    @writes
    def set_upload(self, application: str, revision: int, sha256: str, upload: Upload | None) -> None:
        """Keep, or forget, where an upload stands."""
        with self._transaction() as connection:
            key = (application, revision, sha256)
            if upload is None:
                connection.execute("DELETE FROM uploads WHERE application = ? AND revision = ? AND sha256 = ?", key)
            else:
                connection.execute(
                    "INSERT INTO uploads VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET url = excluded.url, offset = excluded.offset",
                    (*key, upload.url, upload.offset),
                )

    @writes
    def drop_acked(self, older_than: float) -> int:
        """Delete packets whose receipts are older than `older_than` seconds; gives how many."""
        rows = self._rows(
            "SELECT application, revision FROM revisions WHERE dropped = 0 AND acked_at < ?", self._now() - older_than
        )
        for row in rows:
            self._shared.spool.drop_packet(row["application"], row["revision"])
            with self._transaction() as connection:
                connection.execute(
                    "UPDATE revisions SET dropped = 1 WHERE application = ? AND revision = ?",
                    (row["application"], row["revision"]),
                )
        return len(rows)
