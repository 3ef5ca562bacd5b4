"""Manifests, records, envelopes, receipts: strict both ways."""

from dataclasses import replace
from typing import Any

import pytest

from kiosk.formats import p256
from kiosk.formats.cbor import decode, encode
from kiosk.formats.envelope import DocumentEnvelope, NoteEnvelope, parse_document, parse_note
from kiosk.formats.ids import document_id, uuid7
from kiosk.formats.manifest import (
    Attachment,
    Collector,
    OuterManifest,
    Record,
    SealedFile,
    fits,
    parse_outer,
    parse_record,
)
from kiosk.formats.receipts import Receipt, parse_receipt, verify_receipt
from kiosk.formats.shape import Malformed

ID = uuid7(1_790_000_000_000, bytes(range(10)))
HASH = "ab" * 32
AGE = "age1" + "q" * 58
OUTER = OuterManifest(
    ID, 1, "KBL7F3K9X", HASH, 900, (SealedFile(0, HASH, 5), SealedFile(1, "cd" * 32, 6)), 1_790_000_000
)
RECORD = Record(
    application=ID,
    revision=1,
    site="73.15.06.2006",
    submitted_at=1_790_000_000,
    services=("akta_lahir",),
    for_whom="anak",
    answers={"nama": "CONTOH", "saksi": ["A", "B"]},
    collectors=(Collector("reporter", "7315994512900001", "CONTOH"),),
    contact={"telepon": "0"},
    ticket=AGE,
    number="KBL7F3K9X",
    attachments=(
        Attachment(0, "surat_lahir", "image/webp", HASH, HASH, 4),
        Attachment(1, "", "", "", "cd" * 32, 0),
    ),
)
RECEIPT = Receipt(ID, 1, HASH, 1_790_000_100, 1_790_100_000)
DOCUMENT = DocumentEnvelope(f"{ID}.1", ID, "akta_lahir", "Akta", b"%PDF", RECORD.collectors, 1_800_000_000)
NOTE = NoteEnvelope(f"{ID}.1", "surat_lahir", "Mohon foto ulang")


@pytest.mark.parametrize(
    ("value", "parse"),
    [
        (OUTER, parse_outer),
        (RECORD, parse_record),
        (RECEIPT, parse_receipt),
        (DOCUMENT, parse_document),
        (replace(DOCUMENT, expires=None), parse_document),
        (NOTE, parse_note),
    ],
)
def test_round_trip_and_strictness(value: Any, parse: Any):
    raw = value.encode()
    assert parse(raw) == value
    data = decode(raw)
    for name in data:
        if name != "expires":
            assert isinstance(parse(encode({k: v for k, v in data.items() if k != name})), Malformed), name
        assert (
            isinstance(parse(encode({**data, name: {"x": 1} if name == "pdf" else b"\xff"})), Malformed)
            or name == "pdf"
        )
    assert isinstance(parse(encode({**data, "more": 1})), Malformed)
    assert isinstance(parse(raw + b"\0"), Malformed)
    assert isinstance(parse(b""), Malformed)


@pytest.mark.parametrize(
    "change",
    [
        {"revision": 0},
        {"number": "KBL-7F3K9-X"},
        {"application": ID.upper()},
        {"stored_at": -1},
        {"files": [{"index": 1, "sha256": HASH, "bytes": 1}]},
        {"files": [{"index": 0, "sha256": HASH.upper(), "bytes": 1}]},
        {"files": [{"index": 0, "sha256": HASH, "bytes": 0}]},
        {"record": {"sha256": HASH, "bytes": 1, "slot": "ktp"}},
        {"v": 2},
        {"revision": True},
    ],
)
def test_an_outer_manifest_that_is_not_one(change: dict[str, Any]):
    assert isinstance(parse_outer(encode({**decode(OUTER.encode()), **change})), Malformed)


def test_the_outer_manifest_names_no_slot_and_no_service():
    raw = OUTER.encode()
    for word in (b"surat", b"akta", b"slot", b"type", b"webp"):
        assert word not in raw


def test_a_kept_file_has_no_slot_and_nothing_else_either():
    data = decode(RECORD.encode())
    for change in ({"type": "image/webp"}, {"bytes": 1}, {"sha256": HASH}):
        broken = {**data, "attachments": [{**data["attachments"][1], **change, "index": 0}]}
        assert isinstance(parse_record(encode(broken)), Malformed)


def test_malformed_never_quotes_a_value():
    data = {**decode(RECORD.encode()), "for_whom": "7315994512900001" * 40}
    result = parse_record(encode(data))
    assert isinstance(result, Malformed) and "7315" not in result.why
    assert "CONTOH" not in repr(RECORD) and "7315994512900001" not in repr(RECORD)


def test_record_and_manifest_must_speak_of_the_same_packet():
    assert fits(RECORD, OUTER)
    assert not fits(RECORD, replace(OUTER, revision=2))
    assert not fits(RECORD, replace(OUTER, files=OUTER.files[:1]))
    assert not fits(replace(RECORD, number="KBL7F3K9Y"), OUTER)


def test_a_receipt_needs_the_right_signature():
    key = p256.new_key()
    raw = RECEIPT.encode()
    assert verify_receipt(raw, p256.sign(key, raw), key.public_key()) == RECEIPT
    assert verify_receipt(raw, p256.sign(p256.new_key(), raw), key.public_key()) == Malformed("signature")


def test_uuid7_carries_time_version_and_variant():
    assert uuid7(0x017F22E279B0, bytes.fromhex("0cc3" + "18c4dc0c0c07398f")) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    assert uuid7(1, bytes(10)) < uuid7(2, bytes(10))
    assert document_id(ID, 0) == f"{ID}.1"
    with pytest.raises(ValueError):
        uuid7(1, b"")


def test_a_key_is_loaded_from_its_canonical_encoding_only():
    der = p256.spki(p256.new_key().public_key())
    key = p256.load_spki(der)
    assert key is not None and p256.spki(key) == der
    assert p256.load_spki(der + b"\0") is None
    assert p256.load_spki(b"") is None
    assert len(p256.kid(der)) == 16
