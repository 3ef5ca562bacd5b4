"""Codes and answers on one line: nothing lost, nothing invented."""

from __future__ import annotations

import itertools

import pytest

from drivers.reader.frames import LONGEST, PAUSE, QUIET, Frames, Framing, framing_of
from drivers.reader.learn import NotLearnt, learn
from drivers.reader.models import MODELS
from drivers.reader.models.base import Question, Verdict
from drivers.reader.repeats import KEPT, Repeats
from drivers.reader.wire import Address, parse, url_of
from tests.drivers.reader.seeds import ANSWERS, URLS

FAMILIES = ("gm65", "newland", "honeywell", "ssi")


def line(family: str, question: Question | None = None) -> Frames:
    frames = Frames(commands=MODELS[family])
    frames.ask(question or MODELS[family].identify())
    return frames


def good(family: str) -> bytes:
    """An answer to identify()."""
    return {"gm65": bytes.fromhex("02 00 00 01 57") + b"\x33\x31"}.get(family, ANSWERS[family][0])


# --- codes


def test_what_stands_around_a_code_is_taken_off() -> None:
    frames = Frames(Framing(b"]Q1", b"#", b"\t"))
    assert frames.feed(b"]Q1ONE#\t]Q1T\rW#O#\t", 1.0) == [b"ONE", b"T\rW#O"]


def test_a_code_whose_head_is_missing_is_none() -> None:
    assert Frames(Framing(b"]Q1", b"", b"\r")).feed(b"Q1ONE\r]Q1TWO\r", 1.0) == [b"TWO"]


def test_an_end_of_two_bytes_may_come_in_pieces_and_be_half_in_a_code() -> None:
    frames = Frames(Framing(end=b"\r\n"))
    assert frames.feed(b"A\rB\r", 1.0) == []
    assert frames.feed(b"\n", 1.1) == [b"A\rB"]


def test_spaces_belong_to_a_code() -> None:
    assert Frames().feed(b" A \r", 1.0) == [b" A "]


def test_an_endless_code_keeps_no_more_than_it_may_and_the_next_is_read() -> None:
    frames = Frames(Framing(end=b"\r\n"))
    for _ in range(20):
        assert frames.feed(b"x" * LONGEST, 1.0) == []
        assert len(frames._rest) <= LONGEST
    assert frames.feed(b"x\r\nNEXT\r\n", 1.0) == [b"NEXT"]


# --- answers


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("piece", [1, 3, 1000])
def test_answers_and_codes_are_told_apart_in_any_order_and_pieces(family: str, piece: int) -> None:
    frames = line(family)
    data = b"BEFORE\r" + good(family) + b"AFTER\r"
    codes: list[bytes] = []
    for at in range(0, len(data), piece):
        codes += frames.feed(data[at : at + piece], 1.0)
    assert codes == [b"BEFORE", b"AFTER"]
    answer = frames.answer()
    assert answer is not None
    assert answer.verdict is Verdict.YES
    assert frames.answer() is None


@pytest.mark.parametrize("family", FAMILIES)
def test_half_an_answer_and_a_code_after_it_is_that_code(family: str) -> None:
    for cut in range(1, len(good(family))):
        frames = line(family)
        assert frames.feed(good(family)[:cut], 1.0) == []
        assert frames.feed(b"CODE\r", 1.0 + PAUSE + 0.1) == [b"CODE"]
        assert frames.answer() is None


@pytest.mark.parametrize("family", FAMILIES)
def test_no_answer_cut_anywhere_and_glued_to_a_code_makes_another_code(family: str) -> None:
    for cut in range(1, len(good(family))):
        half = good(family)[:cut]
        # nothing tells where the code began, so it may be lost, or its line be taken as it is; a piece of it may not
        assert line(family).feed(half + b"CODE\r", 1.0) in ([], [half + b"CODE"])


@pytest.mark.parametrize("family", FAMILIES)
def test_an_answer_that_comes_late_is_no_code(family: str) -> None:
    frames = line(family)
    assert frames.feed(b"CODE\r", 1.0) == [b"CODE"]
    assert frames.feed(good(family), 9.0) == []
    assert frames.feed(b"NEXT\r", 9.1) == [b"NEXT"]


def test_noise_while_an_answer_is_owed_is_not_glued_to_the_next_code() -> None:
    frames = line("gm65")
    assert frames.feed(b"\x8f\x01noise", 1.0) == []
    assert frames.feed(b"CODE\r", 1.0 + QUIET + 0.01) == [b"CODE"]


def test_a_broken_answer_spoils_what_follows_at_once_and_no_more() -> None:
    frames = line("gm65")
    assert frames.feed(bytes.fromhex("02 00 00 01") + b"CODE\r", 1.0) == []
    answer = frames.answer()
    assert answer is not None
    assert answer.verdict is Verdict.BROKEN
    assert frames.feed(b"NEXT\r", 1.01) == [b"NEXT"]


def test_without_a_question_an_answer_is_not_looked_for() -> None:
    assert Frames(commands=MODELS["honeywell"]).feed(b"BEPBEP1\x06.\r", 1.0) == [b"BEPBEP1\x06."]


# --- learning


def test_prefix_suffix_and_end_are_learnt() -> None:
    read = b"]Q1KNOWN#\r\n"
    assert learn(b"KNOWN", [read, read]) == Framing(b"]Q1", b"#", b"\r\n")
    assert learn(b"KNOWN", [b"KNOWN\t"]) == Framing(b"", b"", b"\t")


@pytest.mark.parametrize(
    ("reads", "why"),
    [
        ([], "no_read"),
        ([b"OTHER\r"], "not_found"),
        ([b"KNOWNKNOWN\r"], "not_found"),
        ([b"KNOWN"], "no_end"),
        ([b"1KNOWN\r", b"2KNOWN\r"], "unsteady"),
    ],
)
def test_what_cannot_be_learnt(reads: list[bytes], why: str) -> None:
    assert learn(b"KNOWN", reads) == NotLearnt(why)


@pytest.mark.parametrize("url", URLS)
def test_addresses_come_back_as_they_were(url: str) -> None:
    assert parse(url_of(parse(url))) == parse(url)


def test_any_byte_may_be_learnt_and_kept() -> None:
    framing = Framing(bytes(range(256)), b"&=?#%", b"\r\n")
    address = Address("/dev/x", framing=framing)
    assert parse(url_of(address)) == address
    assert framing_of(framing.options()) == framing


# --- repeats


def test_a_code_that_stays_is_one_read_however_long_it_stays() -> None:
    repeats = Repeats(1.5)
    assert [repeats.fresh(b"A", now) for now in (0.0, 1.0, 2.0, 3.4)] == [True, False, False, False]
    assert repeats.fresh(b"A", 5.0)


def test_two_codes_that_lie_before_it_are_one_read_each() -> None:
    repeats = Repeats(1.5)
    seen = [
        repeats.fresh(code, now / 10) for now, code in enumerate(itertools.islice(itertools.cycle([b"A", b"B"]), 20))
    ]
    assert seen.count(True) == 2


def test_little_is_remembered() -> None:
    repeats = Repeats(1e9)
    for number in range(KEPT + 1):
        assert repeats.fresh(b"%d" % number, 0.0)
    assert repeats.fresh(b"0", 0.0)
    assert not repeats.fresh(b"%d" % KEPT, 0.0)
