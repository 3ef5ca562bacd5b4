"""Status lists: two bits a document, signed, small, never larger than promised."""

from __future__ import annotations

import random
import zlib
from datetime import date

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from central.signing.certificates import new_key, spki
from kiosk.formats import cose, statuslist
from kiosk.formats.seal import IssuerStatus, SealIssuer, key_id
from kiosk.formats.statuslist import Status, StatusList

KEY = new_key()
SPKI = spki(KEY)
KID = key_id(SPKI)
ISSUERS = [SealIssuer(SPKI, 0, 2**40)]


def sign(data: bytes) -> bytes:
    assert isinstance(KEY, ec.EllipticCurvePrivateKey)
    return KEY.sign(data, ec.ECDSA(hashes.SHA256()))


@given(st.dictionaries(st.integers(0, 999), st.sampled_from(list(Status)), max_size=50))
@settings(max_examples=40, deadline=None)
def test_round_trip(statuses: dict[int, Status]) -> None:
    changed = {index: date(2026, 11, 1 + index % 28) for index in statuses}
    token = statuslist.issue(7, statuses, changed, 1_795_000_000, KID, sign, size=1000)
    read = statuslist.read(token, ISSUERS)
    assert isinstance(read, StatusList)
    assert (read.id, read.issued_at) == (7, 1_795_000_000)
    assert [read.of(index) for index in range(1000)] == [statuses.get(i, Status.CURRENT) for i in range(1000)]
    assert read.of(1000) is None
    assert read.of(-1) is None
    assert {index: read.since(index) for index in changed} == changed


def test_the_first_document_is_in_the_lowest_bits() -> None:
    # the example of draft-ietf-oauth-status-list §4.1 for two bits: 1 2 0 3 0 1 0 1 | 1 2 3 3
    values = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    packed = statuslist.pack({index: Status(value) for index, value in enumerate(values)}, len(values))
    assert packed == bytes.fromhex("c944f9")


def test_a_full_list_with_one_percent_is_small() -> None:
    rng = random.Random(1)
    statuses = {rng.randrange(statuslist.CAPACITY): Status.REVOKED for _ in range(2600)}
    token = statuslist.issue(1, statuses, {}, 0, KID, sign)
    assert len(token) < 6000


def test_only_a_trusted_key_is_believed() -> None:
    token = statuslist.issue(1, {}, {}, 0, KID, sign)
    assert statuslist.read(token, []) is None
    assert statuslist.read(token, [SealIssuer(spki(new_key()), 0, 2**40)]) is None
    assert statuslist.read(token, [SealIssuer(SPKI, 0, 2**40, IssuerStatus.COMPROMISED)]) is None
    assert statuslist.read(token, [SealIssuer(SPKI, 0, 2**40, IssuerStatus.RETIRED)]) is not None


def test_every_flipped_bit_fails() -> None:
    token = statuslist.issue(1, {3: Status.REVOKED}, {3: date(2026, 1, 1)}, 1_795_000_000, KID, sign, size=64)
    for place in range(len(token) * 8):
        spoiled = bytearray(token)
        spoiled[place // 8] ^= 1 << place % 8
        assert statuslist.read(bytes(spoiled), ISSUERS) is None, place


@pytest.mark.parametrize(
    "body",
    [
        {"bits": 2, "lst": zlib.compress(bytes(50_000_000), 9)},  # a few kilobytes that become many megabytes
        {"bits": 2, "lst": zlib.compress(b"ab") + b"x"},
        {"bits": 2, "lst": zlib.compress(b"ab" * 100)[:-3]},
        {"bits": 2, "lst": b"not zlib"},
        {"bits": 2, "lst": "text"},
        {"bits": 1, "lst": zlib.compress(b"ab")},
        {"bits": 2},
        {"bits": 2, "lst": zlib.compress(b"ab"), "more": 1},
    ],
)
def test_odd_lists_under_a_good_signature(body: dict[str, object]) -> None:
    claims = {2: "1", 6: 0, 65533: body, -65538: {}}
    assert statuslist.read(cose.sign1(cbor2.dumps(claims, canonical=True), KID, sign), ISSUERS) is None


def test_new_places_are_free_and_random() -> None:
    taken = set(range(0, 90))
    found = {statuslist.new_index(taken, 100) for _ in range(200)}
    assert found <= set(range(90, 100))
    assert len(found) > 5
