"""The journal: append only, and every change of it shows."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.formats.cbor import encode
from kiosk.store import merkle
from kiosk.store.journal import short_code
from kiosk.store.values import Checkpoint, JournalFault
from tests.store.world import World

#: Leaves and roots of the tree that Certificate Transparency's implementations test against.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree(bodies: list[bytes]) -> merkle.NodeOf:
    leaves = [merkle.leaf_hash(body) for body in bodies]

    def node(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return merkle.node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node


def test_the_published_tree():
    node = tree([bytes.fromhex(leaf) for leaf in LEAVES])
    assert merkle.root(0, node).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [merkle.root(size, node).hex() for size in range(1, 9)] == ROOTS


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.data())
def test_proofs_prove_and_nothing_else(bodies: list[bytes], data: st.DataObject):
    node, size = tree(bodies), len(bodies)
    head = merkle.root(size, node)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, node)
    leaf = merkle.leaf_hash(bodies[index])
    assert merkle.verify_inclusion(leaf, index, size, proof, head)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"another"), index, size, proof, head)
    assert not merkle.verify_inclusion(leaf, index, size, [*proof, leaf], head)
    assert not merkle.verify_inclusion(b"", index, size, proof, head)
    first = data.draw(st.integers(1, size))
    old = merkle.root(first, node)
    path = merkle.consistency_proof(first, size, node)
    assert merkle.verify_consistency(first, size, old, head, path)
    assert not merkle.verify_consistency(first, size, merkle.leaf_hash(b"x"), head, path)
    assert not merkle.verify_consistency(0, size, b"", head, path)
    if first < size:
        assert not merkle.verify_consistency(first, size, old, old, path)


def test_entries_are_numbered_and_carry_their_time(world: World):
    store = world.open()
    assert [store.note("login", badge="b7"), store.note("logout")] == [0, 1]
    assert store.entries()[0] == {"at": int(world.clock.now), "k": "login", "badge": "b7"}
    assert store.checkpoint() == store.verify_journal()


def test_stored_heads_are_those_of_the_bodies(world: World):
    store = world.open()
    bodies: list[bytes] = []
    for number in range(21):
        store.note("count", number=number)
        bodies.append(encode({"at": int(world.clock.now), "k": "count", "number": number}))
        assert store.checkpoint().root == merkle.root(number + 1, tree(bodies))
    proof = store.consistency(7, 21)
    first, last = store.checkpoint_at(7), store.checkpoint()
    assert merkle.verify_consistency(7, 21, first.root, last.root, proof)
    assert merkle.verify_inclusion(merkle.leaf_hash(bodies[4]), 4, 21, store.inclusion(4, 21), last.root)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = x'a0' WHERE i = 1",
        "DELETE FROM journal WHERE i = 2",
        "DELETE FROM journal",
        "INSERT INTO journal VALUES (9, x'a0', x'00')",
        "INSERT OR REPLACE INTO journal VALUES (1, x'a0', x'00')",
        "UPDATE journal_nodes SET hash = x'00'",
        "DELETE FROM journal_nodes",
        "INSERT OR REPLACE INTO journal_nodes VALUES (1, 0, x'00')",
    ],
)
def test_append_only(world: World, statement: str):
    store = world.open()
    for number in range(3):
        store.note("count", number=number)
    with pytest.raises(sqlite3.IntegrityError):
        store._shared.connection.execute(statement)
    assert store.verify_journal() == store.checkpoint()


@pytest.mark.parametrize(
    ("tampering", "why"),
    [
        ("UPDATE journal SET body = x'a0' WHERE i = 1", JournalFault(1, "leaf")),
        ("UPDATE journal SET body = x'ff' WHERE i = 1", JournalFault(1, "body")),
        ("DELETE FROM journal WHERE i = 1", JournalFault(1, "gap")),
        ("UPDATE journal_nodes SET hash = x'00' WHERE level = 1 AND i = 1", JournalFault(3, "node")),
        ("DELETE FROM journal WHERE i = 4", JournalFault(4, "checkpoint")),
        ("INSERT INTO journal_nodes VALUES (5, 0, x'00')", JournalFault(5, "node")),
    ],
)
def test_whoever_removes_the_guards_is_found_out(world: World, tampering: str, why: JournalFault):
    store = world.open()
    for number in range(5):
        store.note("count", number=number)
    head = store.checkpoint()
    store.cosigned(head, "server-1", b"signature")
    for trigger in ("journal_in_order", "journal_kept", "journal_fixed", "nodes_once", "nodes_kept", "nodes_fixed"):
        store._shared.connection.execute(f"DROP TRIGGER {trigger}")
    store._shared.connection.execute(tampering)
    if why == JournalFault(4, "checkpoint"):
        why = JournalFault(5, "checkpoint")
    assert store.verify_journal() == why


def test_a_journal_rewritten_whole_differs_from_the_head_that_was_witnessed(world: World):
    store = world.open()
    store.note("truth")
    head = store.checkpoint()
    store.cosigned(Checkpoint(1, b"\1" * 32, "x"), "server-1", b"signature")
    assert store.verify_journal() == JournalFault(1, "checkpoint")
    assert head.size == 1


@pytest.mark.parametrize("value", ["7315994512900001", "NIK 7315994512900001", "a b", "ü", "x" * 101])
def test_what_could_be_personal_does_not_get_in(world: World, value: str):
    store = world.open()
    with pytest.raises(ValueError):
        store.note("login", badge=value)
    assert store.checkpoint().size == 0


def test_hashes_and_uuids_do_get_in(world: World):
    store = world.open()
    store.note("x", sha256="1234567890123456" * 4, id="01a20b84-3446-73ba-860e-b0efca5efd32")
    assert store.checkpoint().size == 1


def test_the_short_code_is_readable_and_tells_heads_apart(world: World):
    store = world.open()
    codes = {short_code(0, store.checkpoint().root)}
    for number in range(50):
        store.note("count", number=number)
        codes.add(store.checkpoint().code)
    assert len(codes) == 51
    assert all(len(code) == 9 and code[4] == "-" and not set(code) & set("ILOU") for code in codes)
