"""NIK and nomor KK read from pictures: read rightly, and wrongly never without a mark."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.cli import main
from kiosk.forms.marks import marks
from kiosk.vision.numbers import DOUBT, SURE, NumberRead, read_numbers, reader
from kiosk.vision.numbers.decoding import Digit, digit_runs, numbers
from kiosk.vision.numbers.files import read_number_file
from kiosk.vision.numbers.lines import Line, find_lines
from kiosk.vision.numbers.network import WEIGHTS, Frames
from kiosk.vision.numbers.telling import Found, told
from kiosk.vision.types import Image
from tests.bench import tesseract
from tests.vision.cards import DEFECTS, REGIONS, TODAY, Card, card, desk


def check(number: str) -> frozenset[str]:
    return frozenset(marks(number, today=TODAY, known=REGIONS))


def read(one: Card) -> tuple[NumberRead, ...]:
    return read_numbers(one.picture, check, budget=60)  # a busy machine is no reason to give up


@pytest.mark.parametrize("kind", ["ktp", "kk", "slip", "form"])
def test_a_clean_card_is_read(kind: str) -> None:
    one = card(77, kind, "none", dpi=150)
    found = read(one)
    assert found[0].text == one.main
    assert not found[0].marks - {DOUBT}
    assert len(found[0].confidences) == 16
    assert set(one.others) <= {number.text for number in found}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_spoilt_card_is_read_or_marked(defect: str) -> None:
    one = card(301, "ktp", defect, 1, 200)
    found = read(one)
    assert one.main in {number.text for number in found}
    assert all(number.text == one.main or number.marks for number in found)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_of_many_cards_no_wrong_number_goes_unmarked() -> None:
    missed = 0
    for seed in range(5000, 5150):
        one = card(seed)
        found = read(one)
        truth = {one.main, *one.others}
        assert all(number.text in truth or number.marks for number in found), seed
        missed += one.main not in {number.text for number in found}
    assert missed < 15


@pytest.mark.parametrize("turn", [cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE])
def test_a_card_may_lie_on_its_side_or_head(turn: int) -> None:
    one = card(78, "ktp", "none", dpi=150)
    upright = read(one)[0]
    turned = read_numbers(np.asarray(cv2.rotate(one.picture, turn), np.uint8), check, budget=60)[0]
    assert turned.text == one.main
    # the outline turns with the card
    mask = np.zeros(one.picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.round(np.array(upright.corners)).astype(np.int32), 255)
    mask = np.asarray(cv2.rotate(mask, turn), np.uint8)
    other = np.zeros_like(mask)
    cv2.fillConvexPoly(other, np.round(np.array(turned.corners)).astype(np.int32), 255)
    assert np.count_nonzero(mask & other) > 0.7 * np.count_nonzero(mask | other)


def test_a_large_still_is_read_and_its_corners_are_its_own() -> None:
    one = card(79, "form", "none", dpi=150)
    small = read(one)[0]
    large = read_numbers(np.asarray(cv2.resize(one.picture, None, fx=2.5, fy=2.5), np.uint8), check, budget=60)[0]
    assert small.text == large.text == one.main
    assert np.allclose(np.array(large.corners), np.array(small.corners) * 2.5, atol=12)
    assert large.height == pytest.approx(2.5 * small.height, rel=0.2)


def test_where_no_number_is_nothing_is_read() -> None:
    rng = np.random.default_rng(5)
    pictures = [np.full((300, 400), 255, np.uint8), np.zeros((1, 1), np.uint8), np.zeros((0, 5), np.uint8)]
    pictures += [rng.integers(0, 256, (200, 300, 3), np.uint8), desk(rng, 500, 700)]
    for picture in pictures:
        assert not [one for one in read_numbers(picture, check, budget=60) if not one.marks]


def test_a_digit_that_is_hidden_is_never_guessed_silently() -> None:
    for seed in (1, 2):
        one = card(seed, "form", "none", dpi=200)
        found = next(number for number in read(one) if number.text == one.main)
        left, right = np.array(found.corners[0]), np.array(found.corners[1])
        low, place = np.array(found.corners[3]), (3, 7, 12, 15)[seed]
        half = (right - left) / 32
        at = left + (right - left) * (place + 0.5) / 16
        spot = np.array([at - half, at + half, at + half + (low - left), at - half + (low - left)])
        hidden = one.picture.copy()
        cv2.fillConvexPoly(hidden, np.round(spot).astype(np.int32), (245, 245, 245))
        assert all(number.marks for number in read_numbers(hidden, check, budget=60))


def test_a_number_that_fails_a_check_is_told_with_its_mark() -> None:
    one = card(80, "ktp", "none", dpi=200)
    found = read_numbers(one.picture, lambda number: {"region"} if number.startswith("73") else set(), budget=60)
    assert found[0].text == one.main
    assert "region" in found[0].marks


def test_a_line_that_was_found_in_part_is_made_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    one = card(77, "form", "none", dpi=150)

    def parts(grey: Image) -> list[Line]:
        return [replace(line, x=line.x - 0.3 * line.half, half=0.7 * line.half) for line in find_lines(grey)]

    monkeypatch.setattr(reader, "find_lines", parts)
    assert one.main in {number.text for number in read(one)}


def found_digits(text: str, doubtful: int | None, second: float) -> Found:
    digits = [Digit(value, 0.999, "0", 0.0, 20.0 + 15 * index) for index, value in enumerate(text)]
    if doubtful is not None:
        digits[doubtful] = Digit(text[doubtful], SURE - 0.01, "8", second, 20.0 + 15 * doubtful)
    return Found(Line(200, 50, 130, 0.0, 20.0), tuple(digits))


def test_what_is_not_sure_is_told_with_doubt_and_with_its_second_reading() -> None:
    both = told([found_digits("7315990101900001", 15, 0.2)], check, lambda corners: corners, 1.0)
    assert [number.text for number in both] == ["7315990101900001", "7315990101900008"]
    assert all(number.marks == {DOUBT} and number.doubtful == (15,) for number in both)
    (alone,) = told([found_digits("7315990101900001", 15, 0.01)], check, lambda corners: corners, 1.0)
    assert alone.marks == {DOUBT}
    (sure,) = told([found_digits("7315990101900001", None, 0.0)], check, lambda corners: corners, 1.0)
    assert sure.marks == frozenset() and sure.doubtful == ()


def test_doubt_is_a_mark_and_tells_its_places() -> None:
    sure = (0.999,) * 16
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    number = NumberRead("7315990101900001", (*sure[:5], SURE - 0.01, *sure[6:]), corners, 12.0, frozenset({DOUBT}))
    assert number.doubtful == (5,)
    assert "7315990101900001" not in repr(number)  # a log may hold it


def test_after_its_time_no_further_look_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    monkeypatch.setattr(reader, "find_lines", lambda grey: looks.append(1) or [])
    now = iter(range(100))
    assert read_numbers(np.full((60, 90), 255, np.uint8), check, budget=1.5, clock=lambda: next(now)) == ()
    assert len(looks) == 2
    assert read_numbers(np.full((60, 90), 255, np.uint8), check, budget=1.5, clock=lambda: 0) == ()
    assert len(looks) == 6  # all four ways up


def said(text: str, wide: int = 4) -> Frames:
    """Frames that say a text: a digit, x (something else), a space (room) or ~ (8 and 3, half and half)."""
    frames: list[np.ndarray] = []
    for char in text:
        one = np.full((12, wide), 0.001, np.float32)
        one[0, -1] = one[0, 0] = 1.0
        known = {" ": [0], "x": [11], "~": [9, 4]}.get(char) or [int(char) + 1]
        one[known, 1 : wide - 1] = 1.0 / len(known)
        frames.append(one / one.sum(0))
    return np.concatenate(frames, axis=1)


def test_digits_between_other_characters_are_runs() -> None:
    runs = digit_runs(said("12x7315990101900001x"))
    assert ["".join(digit.value for digit in run) for run in runs] == ["12", "7315990101900001"]
    assert min(digit.confidence for digit in runs[1]) > 0.97


def test_a_digit_with_two_readings_is_not_sure_and_tells_the_second() -> None:
    (run,) = digit_runs(said("73~5990101900001"))
    assert {run[2].value, run[2].second} == {"8", "3"}
    assert run[2].confidence < 0.6 and run[2].second_confidence > 0.3


def test_groups_are_as_sure_as_a_whole_and_a_gap_is_not() -> None:
    (grouped,) = digit_runs(said("7315 9901 0190 0001"))
    assert min(digit.confidence for digit in numbers(grouped)) > 0.97
    (gap,) = digit_runs(said("731 5990101900001"))
    doubtful = [index for index, digit in enumerate(numbers(gap)) if digit.confidence < SURE]
    assert doubtful == [2, 3]


def test_a_digit_apart_is_no_part_of_the_number() -> None:
    (run,) = digit_runs(said("1  7315990101900001"))
    assert "".join(digit.value for digit in numbers(run)) == "7315990101900001"
    (run,) = digit_runs(np.concatenate([said("1"), said(" ", 2), said("7315990101900001")], axis=1))
    near = numbers(run)
    assert "".join(digit.value for digit in near) == "7315990101900001"
    assert near[0].confidence < SURE < near[1].confidence  # a rule, or the number's own first digit?
    (run,) = digit_runs(said("17315990101900001"))
    assert len(numbers(run)) == 17


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 300_000


def test_read_number_file(tmp_path: Path) -> None:
    one = card(77, "ktp", "none", dpi=150)
    path = tmp_path / "kartu.png"
    cv2.imwrite(str(path), one.picture)
    answer = json.loads(json.dumps(read_number_file(path, check)))
    assert set(answer) == {"path", "numbers", "ms"}
    number = answer["numbers"][0]
    assert set(number) == {"number", "confidences", "doubtful", "marks", "corners", "height"}
    assert number["number"] == one.main and len(number["corners"]) == 4
    assert read_number_file(tmp_path / "tidak-ada.png", check) == {
        "path": str(tmp_path / "tidak-ada.png"),
        "error": "No such file or directory",
    }


def test_the_command_knows_the_packs_districts_and_those_it_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = card(77, "ktp", "none", dpi=150)
    path = tmp_path / "kartu.png"
    cv2.imwrite(str(path), one.picture)
    assert main(["read-number", str(path), "--json"]) == 0
    assert "region" in json.loads(capsys.readouterr().out)["numbers"][0]["marks"]
    assert main(["read-number", str(path), "--region", one.main[:6]]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[0].replace(" ", "").replace("?", "").startswith(one.main)
    assert "region" not in shown


@pytest.mark.skipif(not tesseract.THERE, reason="the baseline needs Debian's tesseract-ocr")
def test_the_baseline_reads_a_clean_card() -> None:
    one = card(77, "ktp", "none", dpi=200)
    assert one.main in tesseract.lines(one.picture)
