"""Paper becomes white; stamps, signatures, photographs and pale colours stay what they were."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from kiosk.vision import clean, rectify
from kiosk.vision.cleaning import light_of
from tests.vision.capturing import Captured, flattened, photographed, scanned
from tests.vision.colours import ciede2000, to_lab
from tests.vision.documents import Document, document

Pixels = npt.NDArray[np.uint8]
SEEDS = {"form": 52, "family_card": 53, "certificate": 54, "booklet": 55}


@pytest.fixture(scope="module", params=SEEDS)
def cleaned(request: pytest.FixtureRequest) -> tuple[Document, Captured, Pixels, Pixels]:
    """A paper, its picture, the rectified page and the cleaned one; at half the camera's usual resolution."""
    kind: str = request.param
    drawn = document(kind, SEEDS[kind])
    captured = photographed(drawn, SEEDS[kind], per_mm=6.0)
    page = rectify(captured.picture, captured.corners, dpi=150)
    return drawn, captured, page, clean(page)


def balanced(page: Pixels, captured: Captured) -> npt.NDArray[np.float32]:
    """The page as its camera saw it, divided by the light that really fell on it: white balance and nothing else."""
    light = rectify(np.clip(captured.light, 1, 255).astype(np.uint8), captured.corners, dpi=150)
    return np.clip(page.astype(np.float32) / light * 255, 0, 255).astype(np.float32)


def test_paper_is_white(cleaned: tuple[Document, Captured, Pixels, Pixels]) -> None:
    drawn, _, page, result = cleaned
    blank = cv2.erode((drawn.page.min(axis=2) > 252).astype(np.uint8), np.ones((25, 25), np.uint8))
    inside = cv2.resize(blank, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    inside[:6] = inside[-6:] = False
    inside[:, :6] = inside[:, -6:] = False
    assert (result[inside].min(axis=1) >= 254).mean() > 0.985


def test_what_is_coloured_keeps_its_colour(cleaned: tuple[Document, Captured, Pixels, Pixels]) -> None:
    """CIEDE2000 between the cleaned page and perfect white balance; under 2.3 is hardly seen side by side."""
    drawn, captured, page, result = cleaned
    before, after = (to_lab(cv2.GaussianBlur(one, (0, 0), 1)) for one in (balanced(page, captured), result))
    assert drawn.marks
    for name, mask in drawn.marks.items():
        inside = flattened(mask, (page.shape[1], page.shape[0])) > 0
        assert inside.any(), name
        off = ciede2000(before[inside], after[inside])
        assert np.median(off) < 2.3, name
        assert np.percentile(off, 95) < 6, name


def test_print_stays_dark(cleaned: tuple[Document, Captured, Pixels, Pixels]) -> None:
    _, _, page, result = cleaned
    grey, seen = (cv2.cvtColor(one, cv2.COLOR_BGR2GRAY) for one in (result, page))
    seen[cv2.dilate((page.max(axis=2) - page.min(axis=2) > 70).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0] = 255
    ink = seen < np.percentile(seen, 50) * 0.5
    assert np.median(grey[ink]) < 130
    assert np.abs(result[ink].astype(int).max(axis=1) - result[ink].min(axis=1)).mean() < 60


def test_a_scan_with_the_other_side_shining_through_is_white() -> None:
    drawn = document("back", 56)
    result = clean(scanned(drawn, 56, dpi=100, turned=0.0).picture)
    assert (result.min(axis=2) >= 254).mean() > 0.97


def test_a_hands_shadow_from_outside_is_lifted_and_a_grey_field_is_not() -> None:
    page = np.full((1170, 827, 3), 235, np.uint8)
    for line in range(60, 1150, 22):
        cv2.putText(page, "Keterangan contoh desa latihan", (60, line), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (30, 30, 30), 1)
    page[300:420, 200:600] = 200  # a printed field
    along = np.arange(827, dtype=np.float32)
    shade = 1 - 0.4 / (1 + np.exp((along - 180) / 8))
    result = clean((page * shade[None, :, None]).astype(np.uint8))
    assert np.percentile(result[:, :120], 60) >= 254
    assert 195 <= np.median(result[310:410, 240:580]) <= 226


def test_a_card_without_white_paper_keeps_its_tint() -> None:
    drawn = document("card", 57)
    captured = photographed(drawn, 57)
    page = rectify(captured.picture, captured.corners)
    result = clean(page)
    assert not light_of(page).paper.any()
    inside = flattened(drawn.marks["pale"], (page.shape[1], page.shape[0])) > 0
    before, after = to_lab(page)[inside], to_lab(result)[inside]
    assert np.abs(np.median(after[:, 1:], axis=0) - np.median(before[:, 1:], axis=0)).max() < 3
    assert after[:, 0].std() <= before[:, 0].std() + 0.5


@pytest.mark.parametrize("shape", [(30, 40, 3), (8, 9, 3), (1, 1, 3), (2000, 20, 3)])
def test_any_picture_can_be_cleaned(shape: tuple[int, int, int]) -> None:
    for page in (np.zeros(shape, np.uint8), np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)):
        assert clean(page).shape == shape
