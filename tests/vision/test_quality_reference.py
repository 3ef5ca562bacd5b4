"""Photographs with a defect of known strength are told from those without: a slice here, all of it in the long run."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.vision import Hint, measure
from tests.vision.defect_pages import page
from tests.vision.defects import Spoilt, photograph, varied
from tests.vision.defects_set import IN_PREVIEWS, IN_STILLS, TEST, case

TOLD = [hint for hint in IN_PREVIEWS if hint is not Hint.UPSIDE_DOWN]  # too small on a preview: said to be unknown


def found(hint: Hint, bad: bool, seed: int, still: bool = False) -> bool | None:
    one = case(hint, bad, seed, still=still)
    if one is None:
        return None
    quality = measure(one.picture, one.corners, final=still)
    return hint in (*quality.faults, *quality.notes)


@pytest.mark.parametrize("hint", TOLD)
def test_a_defect_is_told_and_its_absence_too(hint: Hint) -> None:
    assert found(hint, True, TEST) is True
    assert found(hint, False, TEST) is not True


@pytest.mark.parametrize("hint", [Hint.MOVING, Hint.BLURRED])
def test_a_path_is_told_from_a_lens(hint: Hint) -> None:
    one = case(hint, True, TEST, still=True)
    assert one is not None
    quality = measure(one.picture, one.corners, final=True)
    assert [fault for fault in quality.faults if fault in (Hint.MOVING, Hint.BLURRED)] == [hint]


def test_blur_is_told_in_millimetres_whatever_is_on_the_sheet() -> None:
    """A letter full of dark print and a pale form with few words, the same lens: the same figure."""
    told: list[float] = []
    for kind in ("letter", "form", "handwritten"):
        rng = np.random.default_rng(8)
        shot = photograph(page(kind, rng, paper="white"), varied(rng, Spoilt(blur=0.5)), rng, (2104, 1560))
        told.append(measure(shot.picture, shot.corners).blur)
    assert max(told) / min(told) < 1.25
    assert 0.3 < min(told) < 0.6


def test_what_is_judged_first_is_said_and_the_rest_is_kept() -> None:
    rng = np.random.default_rng(3)
    shot = photograph(page("letter", rng), Spoilt(blur=1.4, glare=0.05), rng)
    quality = measure(shot.picture, shot.corners)
    assert quality.hint is Hint.GLARE
    assert {Hint.GLARE, Hint.BLURRED} <= set(quality.faults)
    assert (quality.sharp, quality.no_glare, quality.whole) == (False, False, True)


def test_resolution_counts_only_for_the_picture_that_is_kept() -> None:
    rng = np.random.default_rng(4)
    shot = photograph(page("letter", rng), Spoilt(), rng)
    assert measure(shot.picture, shot.corners).ok
    kept = measure(shot.picture, shot.corners, final=True)
    assert kept.hint is Hint.COARSE
    assert kept.dpi == pytest.approx(shot.scale * 25.4, rel=0.03)


@pytest.mark.long
@pytest.mark.parametrize("still", [False, True])
def test_how_often_a_judgement_is_right(still: bool) -> None:
    each = 12 if still else 24
    for hint in IN_STILLS if still else TOLD:
        hits = [found(hint, True, TEST + seed, still) for seed in range(each)]
        alarms = [found(hint, False, TEST + seed, still) for seed in range(each)]
        told, wrong = hits.count(True), alarms.count(True)
        assert told >= (0.7 if hint is Hint.UPSIDE_DOWN else 0.9) * (told + hits.count(False)), hint
        assert told >= 0.95 * (told + wrong), hint
