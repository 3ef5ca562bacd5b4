"""The picture takes itself when the sheet lies still and well, and the best of several is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.vision import Corners, Hint, Quality
from kiosk.vision.capture import AutoCapture, Step, best, mendable

GOOD = Quality(0.35, 200.0, 0.0, 1.0, 10.0, True, True, True, Hint.OK)
BAD = replace(GOOD, sharp=False, hint=Hint.BLURRED, faults=(Hint.BLURRED,))
SHEET: Corners = ((100.0, 100.0), (500.0, 100.0), (500.0, 700.0), (100.0, 700.0))


def moved(by: float) -> Corners:
    a, b, c, d = ((x + by, y) for x, y in SHEET)
    return a, b, c, d


def test_it_takes_once_after_holding_still() -> None:
    auto = AutoCapture(hold=0.8)
    steps = [auto.see(SHEET, GOOD, index * 0.2) for index in range(7)]
    assert steps == [Step.HOLD] * 4 + [Step.TAKE, Step.WAIT, Step.WAIT]
    auto.again()
    assert auto.see(SHEET, GOOD, 2.0) is Step.HOLD


def test_progress_goes_from_nothing_to_all() -> None:
    auto = AutoCapture(hold=0.8)
    assert auto.progress(5.0) == 0.0
    auto.see(SHEET, GOOD, 5.0)
    assert auto.progress(5.4) == pytest.approx(0.5)
    assert auto.progress(9.0) == 1.0


def test_a_sheet_that_slides_is_not_still() -> None:
    auto = AutoCapture(hold=0.8)
    for index in range(30):
        assert auto.see(moved(index * 4.0), GOOD, index * 0.2) is Step.HOLD
    assert Step.TAKE in [auto.see(moved(116.0), GOOD, 6.0 + index * 0.2) for index in range(5)]


def test_a_slow_drift_is_seen_from_where_it_began() -> None:
    """Each step is as small as noise, all together are not."""
    auto = AutoCapture(hold=3.0)
    assert Step.TAKE not in [auto.see(moved(index * 1.0), GOOD, index * 0.1) for index in range(60)]


def test_one_bad_look_is_forgiven_and_a_longer_one_is_not() -> None:
    auto = AutoCapture(hold=0.8, grace=0.3)
    looks = [GOOD, GOOD, BAD, GOOD, GOOD]
    assert [auto.see(SHEET, look, index * 0.2) for index, look in enumerate(looks)][-1] is Step.TAKE
    auto.again()
    looks = [GOOD, GOOD, BAD, BAD, BAD, GOOD, GOOD]
    assert Step.TAKE not in [auto.see(SHEET, look, 5 + index * 0.2) for index, look in enumerate(looks)]


def test_a_bad_look_itself_is_never_taken() -> None:
    auto = AutoCapture(hold=0.4, grace=1.0)
    assert [auto.see(SHEET, look, at) for look, at in ((GOOD, 0.0), (BAD, 0.5))] == [Step.HOLD, Step.HOLD]


def test_the_button_is_offered_when_it_never_gets_good_and_forgotten_without_a_sheet() -> None:
    auto = AutoCapture(patience=12.0)
    assert auto.see(SHEET, BAD, 0.0) is Step.WAIT
    assert auto.see(SHEET, BAD, 11.9) is Step.WAIT
    assert auto.see(SHEET, BAD, 12.0) is Step.OFFER
    assert auto.see(None, BAD, 12.2) is Step.WAIT
    assert auto.see(SHEET, BAD, 13.0) is Step.WAIT


def test_the_best_of_several() -> None:
    sharper = replace(GOOD, sharpness=0.4)
    shining = replace(GOOD, sharpness=0.45, glare_fraction=0.004)
    grain = replace(GOOD, sharpness=0.42, glare_fraction=0.0002)
    assert best([GOOD, sharper, BAD]) == 1
    assert best([shining, GOOD]) == 1, "glare counts more than sharpness"
    assert best([sharper, grain]) == 1, "a trace of glare is no glare"
    assert best([BAD, replace(BAD, sharpness=0.39)]) == 1, "of bad ones the sharper"
    assert best([replace(BAD, faults=(Hint.GLARE, Hint.BLURRED)), BAD]) == 1, "fewer faults"
    assert best([GOOD, GOOD]) == 0
    with pytest.raises(ValueError, match="no picture"):
        best([])


def test_only_what_may_mend_by_itself_is_tried_again() -> None:
    assert mendable(BAD)
    assert mendable(replace(BAD, faults=(Hint.MOVING,)))
    assert not mendable(GOOD)
    assert not mendable(replace(BAD, faults=(Hint.GLARE, Hint.BLURRED)))
