"""The text in the ticket's QR, and everything that is almost it."""

import random

import pyrage
import segno
from hypothesis import given
from hypothesis import strategies as st

from kiosk.tickets.key import key_of, new_key
from kiosk.tickets.number import new_number
from kiosk.tickets.payload import Damaged, NotATicket, OtherRegency, Ticket, WrongCheck, make_payload, parse_payload

NUMBER = new_number("KBL", random.Random(3))
KEY = new_key()
TEXT = make_payload("7315", NUMBER, KEY)


def test_round_trip_and_the_key_opens_what_was_sealed_to_it():
    ticket = parse_payload(f"{TEXT}\r\n", "7315")
    assert isinstance(ticket, Ticket)
    assert (ticket.regency, ticket.number, ticket.key) == ("7315", NUMBER, KEY)
    sealed = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(KEY.recipient)])
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(ticket.key.secret)]) == b"x"


def test_it_fits_a_qr_of_version_5_m_in_alphanumeric_mode():
    code = segno.make(TEXT, error="m", boost_error=False)
    assert code.mode == "alphanumeric"
    assert int(code.version) <= 5


def test_the_key_is_in_no_repr():
    assert KEY.secret not in repr(parse_payload(TEXT, "7315"))
    assert KEY.secret not in repr(KEY)


def test_what_is_not_ours():
    assert parse_payload("https://example.go.id/", "7315") == NotATicket()
    assert parse_payload("", "7315") == NotATicket()
    assert parse_payload(TEXT.lower(), "7315") == NotATicket()
    assert parse_payload(TEXT, "7371") == OtherRegency("7315")


def test_what_is_ours_but_broken():
    check = "2" if NUMBER.check != "2" else "3"
    assert parse_payload(TEXT.replace(NUMBER.compact, NUMBER.compact[:-1] + check), "7315") == WrongCheck()
    for broken in (TEXT[:-1], TEXT + "Q", TEXT[:40], "PDT1-", TEXT.replace("-7315-", "-731５-"), f"{TEXT} x"):
        assert parse_payload(broken, "7315") == Damaged()


@given(st.integers(0, 57), st.sampled_from("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"))
def test_one_wrong_character_of_the_key_is_noticed(where: int, what: str):
    at = len(TEXT) - 58 + where
    wrong = TEXT[:at] + what + TEXT[at + 1 :]
    assert parse_payload(wrong, "7315") == Damaged() or wrong == TEXT


def test_a_key_has_one_spelling():
    assert key_of(KEY.secret) == KEY
    assert key_of(KEY.secret.lower()) is None
    assert key_of("AGE-SECRET-KEY-1") is None
    assert new_key() != new_key()
