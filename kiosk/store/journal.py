"""The journal as others see it: append, head, proofs, verification, and the centre's cosigned heads."""

from __future__ import annotations

from typing import Any

from kiosk.formats.cbor import NotCbor, decode
from kiosk.store import merkle
from kiosk.store.base import Part
from kiosk.store.connect import writes
from kiosk.store.values import Checkpoint, JournalFault

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def short_code(size: int, root: bytes) -> str:
    """Eight Crockford characters (40 bits) of the head, XXXX-XXXX, as printed on slips and day sheets."""
    value = int.from_bytes(merkle.leaf_hash(size.to_bytes(8, "big") + root)[:5], "big")
    text = "".join(_CROCKFORD[value >> shift & 31] for shift in range(35, -1, -5))
    return f"{text[:4]}-{text[4:]}"


class Journal(Part):
    """An RFC 6962 tree over canonical CBOR events that carry no personal data."""

    @writes
    def note(self, kind: str, /, **facts: str | int) -> int:
        """Append an event; `facts` carry ids and hashes, never anything personal. Gives its index."""
        with self._transaction():
            return self._journal(kind, **facts)

    def checkpoint(self) -> Checkpoint:
        """The journal's present head."""
        with self._shared.lock:
            return self.checkpoint_at(self._size())

    def checkpoint_at(self, size: int) -> Checkpoint:
        """The head when the journal had `size` entries."""
        head = merkle.root(size, self._node)
        return Checkpoint(size, head, short_code(size, head))

    def consistency(self, first: int, second: int) -> list[bytes]:
        """The proof that the journal of `second` entries only appended to that of `first` (RFC 6962 §2.1.2)."""
        return merkle.consistency_proof(first, second, self._node)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The proof that entry `index` is in the journal of `size` entries (RFC 6962 §2.1.1)."""
        return merkle.inclusion_proof(index, size, self._node)

    @writes
    def cosigned(self, checkpoint: Checkpoint, by: str, signature: bytes) -> None:
        """Keep a head that the centre has witnessed."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO checkpoints(size, root, at, cosigned_by, cosignature) VALUES (?, ?, ?, ?, ?)",
                (checkpoint.size, checkpoint.root, self._now(), by, signature),
            )

    def entries(self, start: int = 0, limit: int = 1000) -> list[Any]:
        """Decoded entries from `start`."""
        rows = self._rows("SELECT body FROM journal WHERE i >= ? ORDER BY i LIMIT ?", start, limit)
        return [decode(row["body"]) for row in rows]

    def verify_journal(self) -> Checkpoint | JournalFault:
        """Recompute the whole tree from the bodies and compare every stored hash and every witnessed head."""
        with self._shared.lock:
            size = self._size()
            leaves: list[bytes] = []
            for row in self._rows("SELECT i, body, leaf FROM journal ORDER BY i"):
                index = len(leaves)
                if row["i"] != index:
                    return JournalFault(index, "gap")
                if isinstance(decode(row["body"]), NotCbor):
                    return JournalFault(index, "body")
                if merkle.leaf_hash(row["body"]) != row["leaf"]:
                    return JournalFault(index, "leaf")
                leaves.append(row["leaf"])
            nodes = {(row["level"], row["i"]): row["hash"] for row in self._rows("SELECT * FROM journal_nodes")}
            expected: dict[tuple[int, int], bytes] = {(0, i): leaf for i, leaf in enumerate(leaves)}
            for index in range(size):
                for level, position in merkle.completed(index + 1):
                    value = merkle.node_hash(expected[level - 1, 2 * position], expected[level - 1, 2 * position + 1])
                    if nodes.pop((level, position), None) != value:
                        return JournalFault(index, "node")
                    expected[level, position] = value
            if nodes:
                return JournalFault(size, "node")
            for row in self._rows("SELECT size, root FROM checkpoints ORDER BY size"):
                if row["size"] > size or merkle.root(row["size"], lambda level, i: expected[level, i]) != row["root"]:
                    return JournalFault(row["size"], "checkpoint")
            return self.checkpoint_at(size)

    def _size(self) -> int:
        row = self._row("SELECT count(*) FROM journal")
        return int(row[0]) if row else 0
