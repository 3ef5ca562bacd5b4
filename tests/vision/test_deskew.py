"""The print's own slope, or no answer; how exact on many pages and beside others: tests/bench/bench_deskew.py."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from kiosk.vision.deskew import deskewed, skew
from tests.vision.capturing import scanned
from tests.vision.documents import KINDS, document

Pixels = npt.NDArray[np.uint8]
TURNS = (-9.4, -3.3, -0.6, 0.0, 1.2, 7.8)


def test_the_slope_of_many_papers_is_found() -> None:
    off: list[float] = []
    for index, turned in enumerate(TURNS):
        kind = [kind for kind in KINDS if kind != "back"][index % 7]
        found = skew(scanned(document(kind, 70 + index), index, dpi=150, turned=turned).picture)
        assert found is not None, kind
        off.append(abs(found - turned))
    assert np.median(off) <= 0.05
    assert max(off) <= 0.2


def text_lines(count: int, letter: bool = True) -> Pixels:
    page = np.full((1200, 850, 3), 246, np.uint8)
    for line in range(count):
        if letter:
            place = (80, 150 + 60 * line)
            cv2.putText(page, "Surat keterangan contoh desa", place, cv2.FONT_HERSHEY_SIMPLEX, 1, (30, 30, 30), 2)
    return page


@pytest.mark.parametrize("turned", [-6.0, 2.5])
def test_two_lines_are_enough(turned: float) -> None:
    page = deskewed(text_lines(2), -turned)
    assert skew(page) == pytest.approx(turned, abs=0.2)
    assert skew(deskewed(page, turned)) == pytest.approx(0, abs=0.2)


def test_pages_without_lines_are_left_alone() -> None:
    rng = np.random.default_rng(4)
    blank = np.clip(rng.normal(235, 4, (1200, 850, 3)), 0, 255).astype(np.uint8)
    specks = blank.copy()
    for x, y in rng.integers(20, 820, (120, 2)):
        cv2.circle(specks, (int(x), int(y)), int(rng.integers(1, 5)), (40, 40, 40), -1)
    coarse = rng.integers(0, 255, (12, 9, 3)).astype(np.uint8)
    photograph = np.asarray(cv2.resize(coarse, (850, 1200), interpolation=cv2.INTER_CUBIC), np.uint8)
    scribble = blank.copy()
    path = np.array([425, 600]) + np.cumsum(rng.normal(0, 40, (60, 2)), axis=0)
    cv2.polylines(scribble, [path.astype(np.int32)], False, (120, 40, 30), 3, cv2.LINE_AA)
    for page in (blank, specks, photograph, scribble, blank[:40, :40]):
        assert skew(page) is None


def test_turning_keeps_size_and_goes_on_outwards() -> None:
    page = np.full((300, 200, 3), (200, 220, 240), np.uint8)
    turned = deskewed(page, 5.0)
    assert turned.shape == page.shape
    # an ARM processor's interpolation rounds otherwise
    assert np.abs(turned.astype(np.int16) - page).max() <= 1
