"""The print-and-read-back simulator obeys its physics, and what we print is read where it is meant to be."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import segno
import zxingcpp

from kiosk.vision import read_codes
from tests.bench import print_figures, print_symbols
from tests.bench import printing_physics as physics
from tests.bench.print_camera import FULL_HD, HAND, LYING, STILL, TRAY_MM, Camera, Film, flatbed
from tests.bench.print_symbols import Symbol
from tests.bench.printing_physics import FAINT, QUIET, Heat, Matrix, Print, Toner

#: Where each symbol is meant to be read, mm from the lens of a Full-HD camera of 60 degrees.
WORKING = dict.fromkeys(print_symbols.ours(0), 200) | {"ticket A4 large": 250, "enrolment slip": 250, "seal": 130}
DRY = replace(HAND, glare=0.0)
NEW = Toner(gain=0.0, ragged=0.0, streaks=0.0, specks=0.0)
#: A window of the Full-HD camera around the symbol: the same picture, quicker.
WINDOW = replace(FULL_HD, width=800, height=800, fov=float(np.degrees(2 * np.arctan(400 / FULL_HD.focal))))


def lot(*numbers: int) -> np.random.Generator:
    return np.random.default_rng([20261125, *numbers])


def matrix() -> Matrix:
    return print_symbols.ours(0)["ticket 384@203"].matrix


def black(printed: Print) -> float:
    """The part of the symbol that is darker than half of the paper."""
    quiet = round(QUIET * printed.module_mm / printed.mm)
    return float((printed.light[quiet:-quiet, quiet:-quiet] < 0.42).mean())


def seen(one: Symbol, camera: Camera, distance: float, seed: int, blur: float = 0.0) -> print_figures.Pixels:
    around = replace(DRY if camera is not STILL else LYING, blur=blur, glare=0.0)
    return Film(one.printed(lot(seed, 1)), camera, distance, lot(seed, 2), around).frame(0)


@pytest.mark.parametrize("name", WORKING)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_we_print_is_read_in_one_frame_at_its_distance(name: str, seed: int) -> None:
    one = print_symbols.ours(seed)[name]
    (code,) = read_codes(seen(one, FULL_HD, WORKING[name], seed), budget=0.5)
    assert code.raw == one.payload


@pytest.mark.parametrize("seed", [3, 4])
def test_the_seal_is_read_on_the_tray_and_on_the_scanner_s_glass(seed: int) -> None:
    one = print_symbols.ours(seed)["seal"]
    for picture in (seen(one, STILL, TRAY_MM, seed), flatbed(one.printed(lot(seed, 3)), lot(seed, 4))):
        assert [code.raw for code in read_codes(picture, budget=0.5)] == [one.payload]


@pytest.mark.parametrize("name", sorted(set(WORKING) - {"enrolment slip"}))
def test_modules_are_whole_printer_dots(name: str) -> None:
    """All but the slip that a browser prints."""
    one = print_symbols.ours(0)[name]
    assert one.dots == round(one.dots)
    edges = np.flatnonzero(np.diff(physics.raster(one.matrix, one.dots)[int((QUIET + 6.5) * one.dots)])) + 1
    assert (edges % one.dots == 0).all()


def test_a_fraction_of_a_dot_makes_unequal_modules() -> None:
    timing = physics.raster(matrix(), 2.5)[int((QUIET + 6.5) * 2.5)]
    edges = np.flatnonzero(np.diff(timing)) + 1
    assert set(np.diff(edges[1:-1])) == {2, 3}


def test_more_toner_covers_more_and_none_beyond_the_dots_covers_what_the_symbol_has() -> None:
    covered = [black(physics.laser(matrix(), 12, replace(NEW, gain=gain), lot(5))) for gain in (0.0, 0.03, 0.06)]
    assert covered[0] == pytest.approx(matrix().mean(), abs=0.01)
    assert covered[0] + 0.02 < covered[1] < covered[2] - 0.02


def test_heat_spreads_along_the_feed_and_a_faint_print_is_paler() -> None:
    lonely = np.zeros((9, 9), bool)
    lonely[4, 4] = True
    even = Heat(uneven=0.0, dead=0.0, smear=0.8)
    dot = physics.thermal(lonely, 4, even, lot(6)).light < 0.42
    wide, tall = int(dot.any(axis=0).sum()), int(dot.any(axis=1).sum())
    assert tall > wide >= 14
    fresh, faint = (physics.thermal(matrix(), 8, heat, lot(7)).light for heat in (Heat(), FAINT))
    assert np.percentile(fresh, 2) < 0.08
    assert np.percentile(faint, 2) > 0.2


def test_a_gap_takes_the_toner_of_its_own_height_over_the_whole_width() -> None:
    printed = physics.laser(np.ones((40, 40), bool), 10, replace(NEW, gap=1.0, gap_at=0.5), lot(8))
    quiet = round(QUIET * printed.module_mm / printed.mm)
    white = (printed.light[:, quiet:-quiet] > 0.42).all(axis=1)[quiet:-quiet]
    assert white.sum() * printed.mm == pytest.approx(1.0, abs=0.05)
    assert abs(int(np.flatnonzero(white).mean()) - len(white) // 2) <= 2


def test_pixels_a_module_follow_from_the_distance() -> None:
    one = print_symbols.ours(0)["seal"]
    straight = replace(DRY, tilt=0.0)
    sizes = [Film(one.printed(lot(9)), WINDOW, mm, lot(9), straight).px_per_module for mm in (100, 200, 400)]
    assert sizes == pytest.approx([WINDOW.focal * one.module_mm / mm for mm in (100, 200, 400)], rel=1e-3)


def test_the_symbol_stands_where_its_corners_are_said_to_be() -> None:
    one = print_symbols.ours(0)["seal"]
    film = Film(one.printed(lot(10)), WINDOW, 130, lot(10), DRY)
    (code,) = read_codes(film.frame(3), budget=0.5)
    assert np.abs(np.asarray(code.corners) - film.corners(3)).max() < 3
    assert np.abs(film.corners(3) - film.corners(0)).max() > 3
    assert code.px_per_module == pytest.approx(film.px_per_module, rel=0.05)


def test_more_blur_reads_less() -> None:
    """By the bare decoder: ours would spend its time on what cannot be read."""
    one = print_symbols.ours(0)["seal"]
    read = [
        sum(one.payload in print_figures.zxing(seen(one, WINDOW, 130, seed, blur)) for seed in range(4))
        for blur in (0.0, 0.7, 2.5)
    ]
    assert read[0] == 4
    assert read[0] >= read[1] > read[2] == 0


def test_a_scene_is_the_same_each_time_and_the_noise_of_two_frames_is_not() -> None:
    one = print_symbols.ours(0)["ticket 384@203"]
    films = [Film(one.printed(lot(11)), WINDOW, 200, lot(12), LYING) for _ in range(2)]
    first, again, next_ = films[0].frame(0), films[1].frame(0), films[0].frame(1)
    assert np.array_equal(first, again)
    assert np.array_equal(films[0].corners(0), films[0].corners(1))
    apart = cv2.absdiff(first, next_)
    assert 0.5 < apart.mean() < 8


def test_shares_have_intervals_and_none_is_closed() -> None:
    share, low, high = print_figures.interval([True] * 15 + [False] * 5)
    assert (share, low < 75 < high) == (75.0, True)
    assert 30 < high - low < 45
    assert print_figures.interval([True] * 20) == (100.0, 85.0, 100.0)
    assert print_figures.interval([False] * 30) == (0.0, 0.0, 10.0)


def test_a_micro_qr_is_no_code() -> None:
    """Its check words are so few that a decoder that looks for it finds numbers in the text around our symbols."""
    modules = np.array([[bool(cell) for cell in row] for row in segno.make("12345", micro=True).matrix])
    picture = np.where(physics.raster(modules, 8), 0, 255).astype(np.uint8)
    assert zxingcpp.read_barcode(picture) is not None
    assert read_codes(picture, budget=0.3) == ()
