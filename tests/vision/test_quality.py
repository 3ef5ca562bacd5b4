"""The hint names what the person can mend."""

from __future__ import annotations

import numpy as np
import pytest

from drivers.virtual import lens, papers
from kiosk.vision import Hint, find_page, measure

STATES = {
    "good": Hint.OK,
    "bad": Hint.BLURRED,
    "dark": Hint.DARK,
    "glare": Hint.GLARE,
    "cut_off": Hint.CUT_OFF_BOTTOM,
}


@pytest.mark.parametrize("mode", ["preview", "still"])
@pytest.mark.parametrize("state", STATES)
def test_what_the_lens_does_is_what_the_hint_says(state: str, mode: lens.Mode) -> None:
    laid = lens.lay(papers.paper("surat_lahir"))
    picture = lens.Sensor(2).expose(lens.see(laid, state, 2, mode))
    quality = measure(picture, find_page(picture).corners)
    assert quality.hint is STATES[state]
    assert quality.ok == (state == "good")
    assert quality.whole == (state != "cut_off")
    assert quality.sharp == (state != "bad")
    assert quality.no_glare == (state != "glare")


def test_a_still_has_ten_pixels_a_millimetre() -> None:
    laid = lens.lay(papers.paper("kosong"))
    for seed in range(5):
        corners = lens.corners_of(laid, "good", seed)
        first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
        assert measure(np.full((3120, 4208), 90, np.uint8), (first, second, third, fourth)).px_per_mm >= 10


def test_no_sheet_is_no_quality() -> None:
    quality = measure(np.zeros((50, 50), np.uint8), None)
    assert (quality.hint, quality.whole, quality.px_per_mm) == (Hint.NONE, False, 0.0)


def test_far_and_tilted() -> None:
    picture = np.full((900, 1200), 200, np.uint8)
    assert measure(picture, ((500, 400), (560, 400), (560, 480), (500, 480))).hint is Hint.FAR
    tilted = measure(picture, ((300, 100), (700, 100), (1000, 800), (100, 800)))
    assert tilted.hint is Hint.TILTED
    assert tilted.tilt > 15


@pytest.mark.parametrize(
    ("move", "hint"),
    [
        ((-300, 0), Hint.CUT_OFF_LEFT),
        ((600, 0), Hint.CUT_OFF_RIGHT),
        ((0, -200), Hint.CUT_OFF_TOP),
        ((0, 400), Hint.CUT_OFF_BOTTOM),
    ],
)
def test_the_side_that_is_lost_is_named(move: tuple[int, int], hint: Hint) -> None:
    square = [(300, 200), (800, 200), (800, 700), (300, 700)]
    first, second, third, fourth = ((float(x + move[0]), float(y + move[1])) for x, y in square)
    picture = np.full((900, 1200), 200, np.uint8)
    assert measure(picture, (first, second, third, fourth)).hint is hint
