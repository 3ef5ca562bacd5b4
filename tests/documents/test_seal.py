"""The QR seal: what is written can be read, and nothing else can."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date, timedelta

import cbor2
import numpy as np
import pytest
import zxingcpp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from central.signing.certificates import new_key, spki
from kiosk.formats import base10, cose, seal
from kiosk.formats.seal import Claims, IssuerStatus, NotASeal, Seal, SealIssuer, SealProof

HOST = "dukcapil.pinrangkab.go.id"
KEY = new_key()
SPKI = spki(KEY)
ISSUER = SealIssuer(SPKI, 1_700_000_000, 1_900_000_000, hosts=(HOST.upper(),))
CLAIMS = Claims(
    issuer="7315",
    issued_at=1_795_000_000,
    kind="akta_lahir",
    number="7315-LU-24112026-0001",
    issue_day=date(2026, 11, 24),
    rev0_sha256=bytes(range(32)),
    holder="ANDI BASO MAPPANGARA PATIROI",
    nik_last4="0001",
    status_index=262_143,
    status_list=1,
)


def sign(data: bytes) -> bytes:
    assert isinstance(KEY, ec.EllipticCurvePrivateKey)
    return KEY.sign(data, ec.ECDSA(hashes.SHA256()))


def sealed(claims: Claims = CLAIMS, host: str = HOST) -> str:
    return seal.encode(claims, seal.key_id(SPKI), sign, host)


def proof(text: str, issuer: SealIssuer = ISSUER) -> SealProof | NotASeal:
    read = seal.decode(text)
    return read if isinstance(read, NotASeal) else seal.verify(read, [issuer])


texts = st.text(string.ascii_uppercase + " .'-ÉÜ", min_size=1, max_size=40)
claims = st.builds(
    Claims,
    issuer=st.text(string.digits, min_size=2, max_size=10),
    issued_at=st.integers(0, 4_000_000_000),
    kind=st.sampled_from(seal.KINDS),
    number=texts,
    issue_day=st.dates(date(1970, 1, 2), date(2200, 1, 1)),
    rev0_sha256=st.binary(min_size=32, max_size=32),
    holder=st.just("") | texts,
    nik_last4=st.just("") | st.text(string.digits, min_size=4, max_size=4),
    office=st.just("") | texts,
)


@given(claims, st.none() | st.tuples(st.integers(0, 2**20), st.integers(0, 1000)))
@settings(max_examples=80, deadline=None)
def test_round_trip(found: Claims, status: tuple[int, int] | None) -> None:
    if status is not None:
        found = replace(found, status_index=status[0], status_list=status[1])
    read = seal.decode(sealed(found))
    assert isinstance(read, Seal)
    assert read.claims == found
    assert read.host == HOST.upper()
    wide = replace(ISSUER, not_before=0, not_after=2**40)
    assert seal.verify(read, [wide]) is SealProof.GENUINE


@given(st.binary(max_size=300))
def test_digits_round_trip(data: bytes) -> None:
    digits = base10.to_digits(data)
    assert digits.isascii()
    assert digits.isdigit() or not data
    assert base10.from_digits(digits) == data


@pytest.mark.parametrize(
    ("data", "digits"),
    [(b"\xff", "255"), (b"\x01\x00", "00001"), (b"\x00" * 7, "0" * 17), (b"\xff" * 7, "72057594037927935"), (b"", "")],
)
def test_digits_are_those_of_fido(data: bytes, digits: str) -> None:
    assert base10.to_digits(data) == digits


@pytest.mark.parametrize(
    "digits",
    ["256", "1", "12", "1234", "65536", "72057594037927936", "0" * 16, "٠" * 17, "１２３", " 12", "+12", "1_2", "12\n"],
)
def test_digits_that_no_bytes_have(digits: str) -> None:
    assert base10.from_digits(digits) is None


def test_every_flipped_bit_fails() -> None:
    text = sealed()
    head, _, digits = text.partition("#")
    raw = base10.from_digits(digits)
    assert raw is not None
    for place in range(len(raw) * 8):
        spoiled = bytearray(raw)
        spoiled[place // 8] ^= 1 << place % 8
        assert proof(f"{head}#{base10.to_digits(bytes(spoiled))}") is not SealProof.GENUINE, place


def test_every_changed_character_fails() -> None:
    text = sealed()
    for place, sign_ in enumerate(text):
        for other in ("0", "7", "A", "\x00", chr(ord(sign_) ^ 1), chr(ord(sign_) ^ 32)):
            if other != sign_:
                assert proof(text[:place] + other + text[place + 1 :]) is not SealProof.GENUINE, (place, other)


@pytest.mark.parametrize("extra", [" ", "\n", "0", "/", "#1"])
def test_nothing_may_stand_around_it(extra: str) -> None:
    assert isinstance(seal.decode(extra + sealed()), NotASeal)
    assert isinstance(seal.decode(sealed() + extra), NotASeal)


def wrapped(payload: bytes, **other: object) -> str:
    """A COSE_Sign1 with a genuine signature over an odd payload, or with odd parts."""
    protected = other.get("protected", cbor2.dumps({1: -7, 4: seal.key_id(SPKI)}, canonical=True))
    assert isinstance(protected, bytes)
    signature = sign(cose.Sign1(b"", payload, protected, b"").to_be_signed())
    raw = cose.sign1(b"", bytes(4), lambda _: signature)
    raw_signature = cbor2.loads(raw).value[3]
    parts = [protected, other.get("unprotected", {}), payload, other.get("signature", raw_signature)]
    message = cbor2.dumps(cbor2.CBORTag(int(str(other.get("tag", 18))), parts), canonical=True)
    message = bytes(other.get("prefix", b"")) + message + bytes(other.get("suffix", b""))  # type: ignore[arg-type]
    return f"HTTPS://{HOST.upper()}/V#{base10.to_digits(message)}"


def payload_of(text: str) -> bytes:
    read = seal.decode(text)
    assert isinstance(read, Seal)
    return read.message.payload


def test_the_wrapping_of_these_tests_is_good() -> None:
    assert proof(wrapped(payload_of(sealed()))) is SealProof.GENUINE


@pytest.mark.parametrize(
    "other",
    [
        {"tag": 17},
        {"tag": 98},
        {"unprotected": {4: b"abcd"}},
        {"suffix": b"\x00"},
        {"prefix": b"\xd9\xd9\xf7"},
        {"signature": bytes(63)},
        {"signature": bytes(65)},
        {"signature": "a" * 64},
        {"protected": cbor2.dumps({1: -35, 4: seal.key_id(SPKI)}, canonical=True)},
        {"protected": cbor2.dumps({1: -8, 4: seal.key_id(SPKI)}, canonical=True)},
        {"protected": cbor2.dumps({4: seal.key_id(SPKI)}, canonical=True)},
        {"protected": cbor2.dumps({1: -7, 4: seal.key_id(SPKI), 2: [99]}, canonical=True)},
        {"protected": cbor2.dumps({1: -7, 4: seal.key_id(SPKI) + b"x"}, canonical=True)},
        {"protected": b"\xa2\x04\x44" + seal.key_id(SPKI) + b"\x01\x26"},  # keys in another order
        {"protected": b"\xa2\x01\x26\x04\x58\x04" + seal.key_id(SPKI)},  # a longer length than needed
        {"protected": b""},
    ],
)
def test_odd_envelopes(other: dict[str, object]) -> None:
    assert isinstance(seal.decode(wrapped(payload_of(sealed()), **other)), NotASeal)


GOOD = cbor2.loads(payload_of(sealed()))


def changed(**fields: object) -> dict[int, object]:
    document = {**GOOD[-65537], **{int(key[1:]): value for key, value in fields.items()}}
    return {**GOOD, -65537: {key: value for key, value in document.items() if value is not None}}


@pytest.mark.parametrize(
    "payload",
    [
        cbor2.dumps({**GOOD, 7: b"x"}, canonical=True),  # a further claim
        cbor2.dumps({key: value for key, value in GOOD.items() if key != 6}, canonical=True),
        cbor2.dumps({**GOOD, 6: "now"}, canonical=True),
        cbor2.dumps({**GOOD, 6: True}, canonical=True),
        cbor2.dumps({**GOOD, 6: -1}, canonical=True),
        cbor2.dumps({**GOOD, 6: 1.5}, canonical=True),
        cbor2.dumps(changed(k8="x"), canonical=True),
        cbor2.dumps(changed(k4=bytes(31)), canonical=True),
        cbor2.dumps(changed(k4="x" * 32), canonical=True),
        cbor2.dumps(changed(k1=len(seal.KINDS)), canonical=True),
        cbor2.dumps(changed(k2="a\nb"), canonical=True),
        cbor2.dumps(changed(k2="‮7315"), canonical=True),  # right to left
        cbor2.dumps(changed(k6="000a"), canonical=True),
        cbor2.dumps(changed(k6="١٢٣٤"), canonical=True),
        cbor2.dumps(changed(k13=None), canonical=True),
        cbor2.dumps([1], canonical=True),
        cbor2.dumps(GOOD, canonical=True) + b"\x00",
        cbor2.dumps(GOOD, canonical=True).replace(b"\xa3", b"\xbf", 1) + b"\xff",  # indefinite length
        b"\xa3" + b"\x01\x6473\x31\x35" + cbor2.dumps(GOOD, canonical=True)[1:],
    ],
)
def test_odd_claims(payload: bytes) -> None:
    assert isinstance(seal.decode(wrapped(payload)), NotASeal)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: f"HTTPS://A/V#{base10.to_digits(raw)}"))
def test_hostile_texts_are_values(text: str) -> None:
    assert isinstance(seal.decode(text), NotASeal)


def test_nested_cbor_does_not_exhaust_the_reader() -> None:
    deep = b"\xd2\x84\x40\xa0" + b"\x81" * 400
    assert isinstance(seal.decode(f"HTTPS://A/V#{base10.to_digits(deep)}"), NotASeal)


def test_issuers() -> None:
    text = sealed()
    other = SealIssuer(spki(new_key()), 0, 2**40)
    read = seal.decode(text)
    assert isinstance(read, Seal)
    assert seal.verify(read, []) is SealProof.UNKNOWN_ISSUER
    assert seal.verify(read, [other]) is SealProof.UNKNOWN_ISSUER
    assert proof(text, replace(ISSUER, status=IssuerStatus.RETIRED)) is SealProof.GENUINE
    assert proof(text, replace(ISSUER, status=IssuerStatus.COMPROMISED)) is SealProof.COMPROMISED
    assert proof(text, replace(ISSUER, not_after=CLAIMS.issued_at - 1)) is SealProof.OUTSIDE_VALIDITY
    assert proof(text, replace(ISSUER, not_before=CLAIMS.issued_at + 1)) is SealProof.OUTSIDE_VALIDITY
    assert proof(sealed(host="jahat.example")) is SealProof.OTHER_HOST


@pytest.mark.parametrize("kind", ["rsa2048", "secp384r1"])
def test_other_kinds_of_keys_prove_nothing(kind: str) -> None:
    key = new_key(kind) if kind.startswith("rsa") else ec.generate_private_key(ec.SECP384R1())
    read = seal.decode(sealed())
    assert isinstance(read, Seal)
    assert not cose.holds(read.message, spki(key))
    assert not cose.holds(read.message, b"no key")


def test_the_code_is_small_enough_for_its_corner() -> None:
    code = seal.qr(sealed())
    assert isinstance(code.version, int)
    assert code.version <= 13
    assert code.error == "Q"


def test_one_segment_would_be_far_larger() -> None:
    import segno

    assert int(segno.make(sealed(), error="q").version) > 18


def test_the_code_reads_back() -> None:
    text = sealed()
    matrix = np.array([list(row) for row in seal.qr(text).matrix_iter(scale=4, border=4)], np.uint8)
    found = zxingcpp.read_barcodes((1 - matrix) * 255)
    assert [code.text for code in found] == [text]


@pytest.mark.parametrize("host", ["dukcapil.pinrangkab.go.id", "disdukcapil.kabupatenpangkajenekepulauan.go.id"])
def test_long_names_are_shortened_until_they_fit(host: str) -> None:
    long = replace(
        CLAIMS, holder="ANDI " * 11 + "BASO", office="Dinas Kependudukan dan Pencatatan Sipil Kabupaten Pinrang"
    )
    fitted = seal.fit(long, host)
    assert seal.qr(sealed(fitted, host)).version <= 13  # type: ignore[operator]
    assert fitted.office == ""
    assert fitted.holder
    assert long.holder.startswith(fitted.holder)
    assert replace(fitted, holder=long.holder, office=long.office) == long


def test_what_fits_stays_whole() -> None:
    assert seal.fit(CLAIMS, HOST) == CLAIMS


def test_what_cannot_be_read_back_is_not_written() -> None:
    with pytest.raises(ValueError, match="cannot be sealed"):
        sealed(replace(CLAIMS, nik_last4="12"))
    with pytest.raises(ValueError, match="cannot be sealed"):
        sealed(replace(CLAIMS, issue_day=date(1970, 1, 1) - timedelta(days=3)))
    with pytest.raises(ValueError, match="cannot be sealed"):
        sealed(host="a b")
