"""A sheet seen at an angle lies straight afterwards, to a fraction of a millimetre, in its own proportions."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from kiosk.vision import Corners, level, rectify, straighten
from kiosk.vision.deskew import skew
from tests.vision.capturing import photographed, scanned
from tests.vision.documents import document

Pixels = npt.NDArray[np.uint8]


def whole(page: Pixels) -> Corners:
    rows, columns = page.shape[:2]
    return (0.0, 0.0), (columns - 1.0, 0.0), (columns - 1.0, rows - 1.0), (0.0, rows - 1.0)


def shift(one: Pixels, two: Pixels) -> float:
    """Pixels between two pictures of the same print, where it is off most, out of four quarters."""
    worst = 0.0
    rows, columns = one.shape[0] // 2, one.shape[1] // 2
    greys = [np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.float32) for page in (one, two)]
    for top in (0, rows):
        for left in (0, columns):
            parts = [grey[top + 20 : top + rows - 20, left + 20 : left + columns - 20] for grey in greys]
            moved, sure = cv2.phaseCorrelate(
                parts[0], parts[1], cv2.createHanningWindow(parts[0].shape[::-1], cv2.CV_32F)
            )
            if sure > 0.2:
                worst = max(worst, float(np.hypot(*moved)))
    return worst


@pytest.mark.parametrize("kind", ["family_card", "certificate"])
def test_the_page_is_the_drawing(kind: str) -> None:
    drawn = document(kind, 61)
    captured = photographed(drawn, 61, per_mm=6.0)
    page = rectify(captured.picture, captured.corners, dpi=150)
    assert page.shape[:2] == ((1240, 1754) if kind == "family_card" else (1754, 1240))
    straight = cv2.resize(drawn.page, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_AREA)
    assert shift(straight, page) < 0.8  # of 6 to a millimetre


def test_a_booklet_of_a4s_proportions_is_not_blown_up() -> None:
    drawn = document("booklet", 62)
    captured = photographed(drawn, 62)
    rows, columns = rectify(captured.picture, captured.corners).shape[:2]
    assert rows / columns == pytest.approx(2**0.5, rel=0.01)
    assert rows == pytest.approx(125 * 10, rel=0.03)


def test_a_distant_sheet_is_not_enlarged_by_more_than_half() -> None:
    drawn = document("back", 63)
    for per_mm, rows in ((6.0, 2339), (4.0, 297 * 4)):
        captured = photographed(drawn, 63, per_mm=per_mm)
        assert rectify(captured.picture, captured.corners).shape[0] == pytest.approx(rows, rel=0.03)


def test_print_askew_on_the_sheet_comes_out_level_in_the_same_resampling() -> None:
    askew = scanned(document("letter", 64), 64, dpi=150, turned=1.7).picture
    found = skew(askew)
    assert found == pytest.approx(1.7, abs=0.1)
    for page in (rectify(askew, whole(askew), 150, turn=1.7), straighten(askew, whole(askew), 150), level(askew)):
        assert page.shape == askew.shape
        assert skew(page) == pytest.approx(0, abs=0.1)


def test_a_sheet_whose_print_leans_on_purpose_stays_as_it_is() -> None:
    leaning = scanned(document("receipt", 65), 65, dpi=150, turned=7.0).picture
    assert skew(straighten(leaning, whole(leaning), 150)) == pytest.approx(7, abs=0.2)
    assert skew(level(leaning)) == pytest.approx(0, abs=0.1)
    lying = np.ascontiguousarray(np.rot90(level(leaning)))
    assert abs(skew(lying) or 0.0) < 0.3
