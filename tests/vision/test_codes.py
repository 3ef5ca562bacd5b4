"""Codes are read exactly, whatever their bytes, and retries end in time."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
import pytest
import segno

from kiosk.vision import codes as codes_module
from kiosk.vision import read_codes, zbar
from tests.vision.codes_set import CLASSES, sample, symbol

TICKET = "PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1" + "Q" * 58


def drawn(text: str | bytes, scale: int = 5, **how: object) -> np.ndarray:
    packed = BytesIO()
    segno.make(text, micro=False, **how).save(packed, kind="png", scale=scale, border=4)
    return cv2.imdecode(np.frombuffer(packed.getvalue(), np.uint8), cv2.IMREAD_COLOR)


@pytest.mark.parametrize(
    "payload", [bytes(range(256)), b"\x00\x01\xff" * 40, "ünï".encode(), "caf\xe9".encode("latin-1")]
)
def test_bytes_come_through_exactly(payload: bytes) -> None:
    assert [code.raw for code in read_codes(symbol(payload, "m"))] == [payload]


@pytest.mark.parametrize("payload", [bytes(range(256)), b"\x00\x01\xff" * 40, b"plain"])
def test_the_second_decoder_gives_the_same_bytes(payload: bytes) -> None:
    assert [found.raw for found in zbar.scan(symbol(payload, "m"))] == [payload]


def test_control_characters_are_not_written_out() -> None:
    assert read_codes(symbol(b"a\x00b\x1dc", "m"))[0].text == "a\x00b\x1dc"


def test_a_ticket_tells_its_version_level_and_module_size() -> None:
    (code,) = read_codes(drawn(TICKET, scale=6, error="m", boost_error=False))
    assert code.text == TICKET
    assert (code.version, code.ecc, code.symbology) == (5, "M", "qr")
    assert code.px_per_module == pytest.approx(6, abs=0.2)
    assert code.corners[0] == pytest.approx((24, 24), abs=2)
    assert code.corners[2] == pytest.approx((24 + 37 * 6, 24 + 37 * 6), abs=2)


def test_corners_follow_the_symbol_when_it_lies_on_its_side() -> None:
    picture = np.ascontiguousarray(
        np.rot90(drawn(TICKET, error="m"), -1)
    )  # clockwise: its top left is at the top right
    first = read_codes(picture)[0].corners[0]
    assert first[0] > picture.shape[1] / 2
    assert first[1] < picture.shape[0] / 2


def test_several_codes_on_one_picture() -> None:
    one, two = drawn("SATU"), drawn("DUA")
    height = max(one.shape[0], two.shape[0])
    both = np.full((height, one.shape[1] + two.shape[1], 3), 255, np.uint8)
    both[: one.shape[0], : one.shape[1]] = one
    both[: two.shape[0], one.shape[1] :] = two
    assert {code.text for code in read_codes(both)} == {"SATU", "DUA"}


def test_a_spoilt_code_beside_a_clean_one_is_not_given_up() -> None:
    clean, spoilt = drawn("BERSIH" * 6, error="l"), sample("shade", 2).picture
    both = np.full((720, 960 + 400, 3), 255, np.uint8)
    both[:, :960] = spoilt[:, :, None]
    both[40 : 40 + clean.shape[0], 980 : 980 + clean.shape[1]] = clean
    assert {code.raw for code in read_codes(both)} >= {b"BERSIH" * 6}


def test_nothing_is_read_where_there_is_nothing() -> None:
    assert read_codes(np.full((480, 640, 3), 200, np.uint8)) == ()
    assert read_codes(np.zeros((0, 0), np.uint8)) == ()
    noise = np.random.default_rng(3).integers(0, 255, (300, 400), np.uint8).astype(np.uint8)
    assert read_codes(noise) == ()


def test_no_retry_is_started_after_the_budget() -> None:
    now = [0.0]

    def clock() -> float:
        now[0] += 0.3  # every look at the clock costs 0.3 s
        return now[0]

    started: list[float] = []
    original = codes_module._run

    def counted(attempt: object) -> object:
        started.append(now[0])
        return original(attempt)  # type: ignore[arg-type]

    codes_module._run = counted  # type: ignore[assignment]
    try:
        read_codes(np.full((200, 200), 180, np.uint8), budget=9.0, clock=clock)
    finally:
        codes_module._run = original
    assert 1 <= len(started) <= 20
    assert now[0] < 12


def test_without_libzbar_codes_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zbar, "_wrapper", lambda: None)
    assert not zbar.available()
    assert zbar.scan(np.zeros((9, 9), np.uint8)) == ()
    assert read_codes(drawn(TICKET))[0].text == TICKET
    assert read_codes(np.full((100, 100), 255, np.uint8), budget=0.3) == ()


def test_retries_read_more_than_the_first_attempt() -> None:
    pictures = [sample(kind, seed) for kind in ("blurred", "damaged", "gap") for seed in range(6)]
    plain = sum(any(c.raw == one.payload for c in read_codes(one.picture, budget=0)) for one in pictures)
    ours = sum(any(c.raw == one.payload for c in read_codes(one.picture, budget=5)) for one in pictures)
    assert ours >= plain + 2


@pytest.mark.parametrize("kind", CLASSES)
def test_nobody_is_ever_told_a_wrong_text(kind: str) -> None:
    for seed in range(3):
        one = sample(kind, seed)
        assert {code.raw for code in read_codes(one.picture)} <= {one.payload}


def test_retried_corners_are_those_of_the_original_picture() -> None:
    one = sample("clean", 1).picture
    expected = np.array(read_codes(one)[0].corners)
    for softness in np.arange(2.6, 5.0, 0.2):
        spoilt = np.asarray(cv2.GaussianBlur(one, (0, 0), float(softness)), np.uint8)
        if not read_codes(spoilt, budget=0):
            break
    retried = read_codes(spoilt, budget=20)
    assert [code.raw for code in retried] == [sample("clean", 1).payload]
    assert np.abs(np.array(retried[0].corners) - expected).max() < 8
