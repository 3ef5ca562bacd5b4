"""One value, one encoding."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.formats.cbor import NotCbor, decode, encode

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.binary(max_size=20) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_what_is_encoded_comes_back(value: object):
    try:
        raw = encode(value)
    except TypeError:  # an integer key beyond 64 bits
        return
    assert decode(raw) == value
    assert encode(decode(raw)) == raw


@given(st.binary(max_size=60))
def test_hostile_bytes_are_one_encoding_or_nothing(raw: bytes):
    value = decode(raw)
    if not isinstance(value, NotCbor):
        assert encode(value) == raw


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "broken"),
        (b"\x18\x01", "not_canonical"),  # 1 in two bytes
        (b"\xa2\x61a\x01\x61a\x02", "broken"),  # the same key twice
        (b"\xa2\x62bb\x01\x61a\x02", "not_canonical"),  # keys out of order
        (b"\x01\x01", "not_canonical"),  # something follows
        (b"\x9f\xff", "broken"),  # indefinite length
        (b"\xf9\x3c\x00", "foreign_type"),  # a float
        (b"\xf7", "foreign_type"),  # undefined
        (b"\xd8\x25\x50" + bytes(16), "foreign_type"),  # a tag
        (b"\x81" * 60 + b"\x01", "broken"),  # nested without end
        (b"\x62\xff\xff", "broken"),  # not UTF-8
    ],
)
def test_refused(raw: bytes, why: str):
    assert decode(raw) == NotCbor(why)


def test_length_is_bounded():
    assert decode(cbor2.dumps(b"x" * 100), limit=100) == NotCbor("too_long")


@pytest.mark.parametrize("value", [1.5, {1.5: 1}, {"a": {1, 2}}, 2**64, object()])
def test_what_has_no_place_is_a_bug(value: object):
    with pytest.raises(TypeError):
        encode(value)
