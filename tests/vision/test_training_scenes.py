"""The drawn photographs a network learns from: the same number gives the same one, and its answer is exact."""

from __future__ import annotations

import numpy as np

from kiosk.vision import sides
from kiosk.vision.training.samples import CELL, FLAGS, MAPS, margin_of, sample
from kiosk.vision.training.scenes import Scene, scene
from kiosk.vision.training.surfaces import SIDE, surfaces

SCENES = [scene(seed, []) for seed in range(60)]


def test_the_same_number_is_the_same_photograph() -> None:
    again = scene(7, [])
    assert np.array_equal(again.picture, SCENES[7].picture)
    assert not np.array_equal(SCENES[8].picture[:9, :9], again.picture[:9, :9])


def test_every_kind_occurs() -> None:
    assert any(one.corners is None for one in SCENES)
    assert any(one.cut_off for one in SCENES)
    assert any(one.others for one in SCENES)
    assert any(one.bend > 0.03 for one in SCENES)
    assert sum(one.corners is not None and not one.cut_off for one in SCENES) > 20


def test_corners_are_where_the_picture_shows_them() -> None:
    """Measured on the picture from the true place, corners stay where they are: to half a pixel, on no side of it."""
    away: list[np.ndarray] = []
    for one in SCENES:
        if one.corners is None or one.cut_off or one.bend:
            continue
        measured = sides.measure(one.picture, one.corners, reach=5, window=2)
        away.append(measured.corners - one.corners)
    assert len(away) >= 20
    assert np.median(np.linalg.norm(away, axis=2)) < 0.5
    assert np.abs(np.median(np.concatenate(away), axis=0)).max() < 0.12


def test_corners_run_clockwise_from_the_top_left() -> None:
    for one in SCENES:
        if one.corners is not None:
            after = np.roll(one.corners, -1, axis=0)
            assert (one.corners[:, 0] * after[:, 1] - after[:, 0] * one.corners[:, 1]).sum() > 0
            assert one.corners.sum(axis=1).argmin() == 0


def test_maps_and_flags_say_what_the_scene_says() -> None:
    size = 192
    for one in SCENES:
        made = sample(one, size)
        assert made.canvas.shape == (size, size, 3)
        assert made.maps.shape == (len(MAPS), size // CELL, size // CELL)
        assert made.flags.tolist() == [one.corners is not None, one.cut_off, bool(one.others), one.bend > 0.03]
        assert len(FLAGS) == 4
        if one.corners is None:
            assert made.maps[:3].max() == 0
            continue
        _peaks_lie_on_the_corners(one, made.maps[0], size)
        inside = one.corners.mean(axis=0)
        rows, columns = one.picture.shape[:2]
        cell = ((inside + 0.5) * (size - 2 * margin_of(size)) / (columns, rows) + margin_of(size)) / CELL - 0.5
        x, y = np.clip(cell.round(), 0, size // CELL - 1).astype(int)
        assert made.maps[1][y, x] > 0.5 or one.cut_off


def _peaks_lie_on_the_corners(one: Scene, corner: np.ndarray, size: int) -> None:
    assert one.corners is not None
    rows, columns = one.picture.shape[:2]
    margin = margin_of(size)
    cells = ((one.corners + 0.5) * (size - 2 * margin) / (columns, rows) + margin) / CELL - 0.5
    for x, y in cells:
        column, row = round(float(x)), round(float(y))
        if 0 <= column < size // CELL and 0 <= row < size // CELL:
            assert corner[row, column] > 0.8


def test_surfaces_are_drawn_from_numbers() -> None:
    tiles = surfaces(6, seed=3)
    again = surfaces(4, seed=3)
    assert all(np.array_equal(one, two) for one, two in zip(tiles, again, strict=False))
    assert {(tile.shape, str(tile.dtype)) for tile in tiles} == {((SIDE, SIDE, 3), "uint8")}
    assert len({tile.tobytes() for tile in tiles + surfaces(6, seed=4)}) == 12
    assert not np.array_equal(scene(5, tiles).picture, scene(5, []).picture)
