"""What printers say, sorted; no wire and no clock."""

from __future__ import annotations

import random

import pytest

from drivers.roles import CoverOpen, Fault, NearEnd, NoPaper, Ready, Status
from drivers.ticket.answers import Answer, Frame, InOrder, RealTime, Sorter, status
from tests.drivers.ticket.seeds import SEEDS


def sort(data: bytes) -> list[Answer]:
    return list(Sorter().feed(data))


@pytest.mark.parametrize(
    ("cause", "paper", "errors", "expected"),
    [
        (0x12, 0x12, None, Ready()),
        (0x12, 0x1E, None, NearEnd()),
        (0x32, 0x7E, None, NoPaper()),
        (0x16, 0x12, None, CoverOpen()),
        (0x52, 0x12, 0x1A, Fault("cutter")),
        (0x52, 0x12, 0x52, Fault("overheated")),
        (0x52, 0x12, 0x32, Fault("unrecoverable")),
        (0x52, 0x12, 0x7A, Fault("unrecoverable")),
        (0x52, 0x12, None, Fault("error")),
        # where somebody can help, that is said: an error may come of the open cover
        (0x56, 0x12, 0x52, CoverOpen()),
    ],
)
def test_status_from_answers(cause: int, paper: int, errors: int | None, expected: Status) -> None:
    assert status(cause, paper, errors) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("10 00 00 0f", Ready()),
        ("10 00 03 0f", NearEnd()),
        ("18 00 0c 0f", NoPaper()),
        ("38 00 00 0f", CoverOpen()),
        ("18 08 00 0f", Fault("cutter")),
        ("18 40 00 0f", Fault("overheated")),
        ("18 20 00 0f", Fault("unrecoverable")),
        ("18 04 00 0f", Fault("error")),
    ],
)
def test_status_from_a_frame(data: str, expected: Status) -> None:
    (frame,) = sort(bytes.fromhex(data))
    assert isinstance(frame, Frame)
    assert frame.status == expected


def test_a_frame_is_never_an_answer_to_another_question() -> None:
    frames = [bytes([0x10, a, b, c]) for a in (0, 0x08) for b in (0, 3, 0x0C) for c in (0, 0x0F)]
    assert sort(b"".join(frames)) == [Frame(frame) for frame in frames]
    assert sort(b"\x12\x10\x00\x00\x0f\x00") == [RealTime(0x12), Frame(b"\x10\x00\x00\x0f"), InOrder(0)]


def test_a_half_frame_finishes_no_slip() -> None:
    assert sort(b"\x10\x00\x00") == []
    assert sort(b"\x10\x00\x10\x00\x00\x0f") == [Frame(b"\x10\x00\x00\x0f")]
    assert sort(b"\x10\x00\x12\x00\x0f") == [RealTime(0x12), Frame(b"\x10\x00\x00\x0f")]


def test_after_silence_a_half_frame_is_forgotten() -> None:
    sorter = Sorter()
    assert list(sorter.feed(b"\x10\x00")) == []
    sorter.silence()
    assert list(sorter.feed(b"\x03")) == [InOrder(3)]


def test_pieces_of_any_size_say_the_same() -> None:
    rng = random.Random(5)
    for _ in range(300):
        data = b"".join(rng.choices(SEEDS, k=6)) + rng.randbytes(rng.randrange(4))
        sorter, at, answers = Sorter(), 0, list[Answer]()
        while at < len(data):
            step = rng.randrange(1, 5)
            answers += sorter.feed(data[at : at + step])
            at += step
        assert answers == sort(data)
        for answer in answers:
            if isinstance(answer, Frame):
                assert answer.status is not None


def test_noise_and_flow_control_are_nothing() -> None:
    assert sort(b"\x11\x13\xff\x80\x93") == []
