"""An outline shown on a live picture neither trembles, nor lags, nor vanishes at the first bad frame."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.vision import Finding, PageFinding, tracking
from kiosk.vision.tracking import Tracker
from kiosk.vision.types import Image
from tests.vision.scenes import lit, page_scene

RATE = 1 / 15


def finding(corners: np.ndarray | None, kind: Finding = Finding.PAGE) -> PageFinding:
    if corners is None:
        return PageFinding(None, Finding.NONE)
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return PageFinding((first, second, third, fourth), kind, "left" if kind is Finding.CUT_OFF else "")


class Script:
    """Findings one after the other, instead of looking."""

    def __init__(self, *found: PageFinding) -> None:
        self.found = list(found)

    def __call__(self, image: Image) -> PageFinding:
        return self.found.pop(0) if len(self.found) > 1 else self.found[0]


BLANK = np.full((480, 640, 3), 90, np.uint8)
SQUARE = np.array([(100, 80), (500, 80), (500, 400), (100, 400)], float)


def shown(tracker: Tracker, frames: int, picture: Image = BLANK) -> list[PageFinding]:
    return [tracker.see(picture, index * RATE) for index in range(frames)]


def test_a_sheet_is_shown_at_once() -> None:
    assert shown(Tracker(Script(finding(SQUARE))), 1)[0] == finding(SQUARE)


def test_two_bad_frames_do_not_take_the_outline_away_and_three_do() -> None:
    nothing = finding(None)
    seen = shown(Tracker(Script(finding(SQUARE), nothing, nothing, nothing, nothing)), 5)
    assert [one.finding for one in seen] == [Finding.PAGE] * 3 + [Finding.NONE] * 2


def test_one_other_finding_is_not_shown_and_two_are() -> None:
    cut, page = finding(SQUARE, Finding.CUT_OFF), finding(SQUARE)
    seen = shown(Tracker(Script(page, cut, page, cut, cut)), 5)
    assert [one.finding for one in seen] == [Finding.PAGE] * 4 + [Finding.CUT_OFF]
    elsewhere = finding(SQUARE / 3)
    seen = shown(Tracker(Script(page, elsewhere, page, elsewhere, elsewhere)), 5)
    assert [one == elsewhere for one in seen] == [False] * 4 + [True]


def test_an_outline_that_trembles_is_calmed_and_one_that_moves_is_followed() -> None:
    rng = np.random.default_rng(3)
    noisy = [finding(SQUARE + rng.normal(0, 0.5, (4, 2))) for _ in range(60)]
    calm = np.array([one.corners for one in shown(Tracker(Script(*noisy)), 60)])
    assert calm[20:].std(axis=0).max() < 0.25
    moving = [finding(SQUARE + 9.0 * index) for index in range(12)]
    last = np.array(shown(Tracker(Script(*moving)), 12)[-1].corners)
    assert np.abs(last - (SQUARE + 9.0 * 11)).max() < 1


def test_forgotten_is_forgotten() -> None:
    tracker = Tracker(Script(finding(SQUARE), finding(None)))
    tracker.see(BLANK, 0)
    tracker.forget()
    assert tracker.see(BLANK, 1) == finding(None)


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_sheet_that_lies_there_is_followed_without_looking_again(seed: int) -> None:
    """Fresh noise on every frame: one look in half a second, corners steady to a third of a pixel."""
    scene = page_scene(seed)
    assert scene.corners is not None
    tracker = Tracker(Script(finding(scene.corners)))
    rng = np.random.default_rng(seed)
    noise = [np.clip(scene.picture + rng.normal(0, 4, scene.picture.shape), 0, 255).astype(np.uint8) for _ in range(9)]
    corners = np.array([tracker.see(picture, index * RATE).corners for index, picture in enumerate(noise)])
    assert tracker.looks == 1
    assert np.linalg.norm(np.diff(corners[1:], axis=0), axis=2).max() < 0.34
    assert np.linalg.norm(corners - scene.corners, axis=2).max() < 4


def test_a_sheet_that_is_pushed_is_followed() -> None:
    scene = page_scene(2)
    assert scene.corners is not None
    tracker = Tracker(Script(finding(scene.corners)))
    for index in range(8):
        picture = np.roll(scene.picture, 6 * index, axis=1)
        seen = tracker.see(picture, index * RATE)
    assert tracker.looks == 1
    off = np.array(seen.corners) - (scene.corners + np.array([42, 0]))
    assert np.linalg.norm(off, axis=1).max() < 5


def test_a_sheet_that_is_taken_away_is_looked_for() -> None:
    scene = page_scene(2)
    assert scene.corners is not None
    tracker = Tracker(Script(finding(scene.corners), finding(None)))
    tracker.see(scene.picture, 0)
    bare = lit(np.full_like(scene.picture, 80), np.random.default_rng(0))
    assert tracking.follow(bare, scene.corners) is None
    seen = [tracker.see(bare, (index + 1) * RATE).finding for index in range(4)]
    assert seen[-1] is Finding.NONE
    assert tracker.looks >= 3
