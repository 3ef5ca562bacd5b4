"""RFC 6962's Merkle tree (§2.1), over any source of leaf hashes. Pure functions.

Verification refuses an empty leaf hash and a consistency proof from an empty tree, which the RFC's text lets through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

#: Gives the hash of the perfect subtree number `index` of 2**level leaves.
NodeOf = Callable[[int, int], bytes]


def leaf_hash(body: bytes) -> bytes:
    """Hash of a leaf."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(size: int, node: NodeOf) -> bytes:
    """The head of the tree of the first `size` leaves."""
    return _range(0, size, node) if size else hashlib.sha256(b"").digest()


def completed(size: int) -> list[tuple[int, int]]:
    """The inner nodes (level, index) that become perfect when the leaf number `size` - 1 is appended, lowest first."""
    nodes: list[tuple[int, int]] = []
    level, index = 0, size - 1
    while index & 1:
        level, index = level + 1, index >> 1
        nodes.append((level, index))
    return nodes


def inclusion_proof(index: int, size: int, node: NodeOf) -> list[bytes]:
    """PATH(index, D[0:size])."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    return _path(index, 0, size, node)


def consistency_proof(first: int, second: int, node: NodeOf) -> list[bytes]:
    """PROOF(first, D[0:second])."""
    if not 0 < first <= second:
        raise ValueError("a proof goes from a non-empty tree to a tree at least as large")
    return _subproof(first, 0, second, True, node)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Whether `proof` shows `leaf` at `index` of the tree with this head (RFC 9162 §2.1.3.2)."""
    if not leaf or not 0 <= index < size:
        return False
    fn, sn, value = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            value = node_hash(sibling, value)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = node_hash(value, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and value == head


def verify_consistency(first: int, second: int, first_head: bytes, second_head: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the larger tree only appended to the smaller (RFC 9162 §2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_head == second_head
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_head)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node_hash(new, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and old == first_head and new == second_head


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _range(start: int, size: int, node: NodeOf) -> bytes:
    if size & (size - 1) == 0 and start % size == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    k = _split(size)
    return node_hash(_range(start, k, node), _range(start + k, size - k, node))


def _path(index: int, start: int, size: int, node: NodeOf) -> list[bytes]:
    if size == 1:
        return []
    k = _split(size)
    if index < k:
        return [*_path(index, start, k, node), _range(start + k, size - k, node)]
    return [*_path(index - k, start + k, size - k, node), _range(start, k, node)]


def _subproof(first: int, start: int, size: int, whole: bool, node: NodeOf) -> list[bytes]:
    if first == size:
        return [] if whole else [_range(start, size, node)]
    k = _split(size)
    if first <= k:
        return [*_subproof(first, start, k, whole, node), _range(start + k, size - k, node)]
    return [*_subproof(first - k, start + k, size - k, False, node), _range(start, k, node)]
