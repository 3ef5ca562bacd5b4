"""The sheet is found on any ground; no sheet and half a sheet are said to be that."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.virtual import lens, papers
from kiosk.vision import Finding, find_page
from kiosk.vision.commands import find_page_file
from tests.vision.scenes import GROUNDS, empty_scene, ground, lit, overlap, page_scene, sheet


@pytest.mark.parametrize("kind", GROUNDS)
def test_a_sheet_is_found_to_the_pixel(kind: str) -> None:
    """On a light ground, where paper hardly shows, a corner may be missed beside a dark picture: half must be exact."""
    exact = 0
    for seed in range(4):
        scene = page_scene(seed * 7 + 1, kind)
        found = find_page(scene.picture)
        assert found.finding is Finding.PAGE
        assert found.side == ""
        assert scene.corners is not None
        same = overlap(np.array(found.corners), scene.corners)
        assert same > 0.8
        exact += same > 0.985
    assert exact >= (2 if kind == "light" else 4)


@pytest.mark.parametrize("kind", GROUNDS)
def test_no_sheet_is_none(kind: str) -> None:
    for seed in range(4):
        found = find_page(empty_scene(seed, kind).picture)
        assert (found.finding, found.corners, found.side) == (Finding.NONE, None, "")


@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
def test_half_a_sheet_is_cut_off_and_the_side_is_named(side: str) -> None:
    right = 0
    for seed in range(6):
        scene = page_scene(seed + 40, "tray" if seed % 2 else "wood", cut=side)
        found = find_page(scene.picture)
        right += found.finding is Finding.CUT_OFF and found.side == side
        height, width = scene.picture.shape[:2]
        if found.corners is not None:
            assert all(0 <= x <= width - 1 and 0 <= y <= height - 1 for x, y in found.corners)
    assert right >= 5


@pytest.mark.parametrize("name", papers.NAMES)
def test_every_sample_paper_is_found_on_the_tray(name: str) -> None:
    laid = lens.lay(papers.paper(name))
    picture = lens.Sensor(5).expose(lens.see(laid, "good", 5, "preview"))
    found = find_page(picture)
    assert found.finding is Finding.PAGE
    assert overlap(np.array(found.corners), lens.corners_of(laid, "good", 5, "preview")) > 0.95


def test_the_bare_tray_has_no_page() -> None:
    for seed in range(3):
        assert find_page(lens.Sensor(seed).expose(lens.see(None, "good", seed, "preview"))).finding is Finding.NONE


def test_corners_run_clockwise_from_the_top_left() -> None:
    for seed in range(6):
        corners = find_page(page_scene(seed).picture).corners
        assert corners is not None
        points = np.array(corners)
        following = np.roll(points, -1, axis=0)
        assert (points[:, 0] * following[:, 1] - following[:, 0] * points[:, 1]).sum() > 0
        assert points.sum(axis=1).argmin() == 0


def test_a_grey_picture_serves_as_well() -> None:
    scene = page_scene(0, "tray")
    assert scene.corners is not None
    found = find_page(np.ascontiguousarray(scene.picture[:, :, 1]))
    assert overlap(np.array(found.corners), scene.corners) > 0.98


@pytest.mark.parametrize("shape", [(5, 5, 3), (40, 2000, 3), (2000, 40), (30, 30)])
def test_odd_pictures_have_no_page(shape: tuple[int, ...]) -> None:
    assert find_page(np.full(shape, 120, np.uint8)).finding is Finding.NONE


def two_sheets(seed: int, second: bool) -> np.ndarray:
    """A sheet on the left of a table and, perhaps, a smaller one on the right of it."""
    rng = np.random.default_rng([seed, 61])
    picture = ground("wood" if seed % 2 else "tray", rng)
    for left, wide, high in ((130, 560, 792), (840, 330, 467)) if second else ((130, 560, 792),):
        page = cv2.resize(sheet(rng), (wide, high), interpolation=cv2.INTER_AREA)
        top = int(rng.integers(60, 130))
        picture[top : top + high, left : left + wide] = page
    return lit(picture, rng)


def test_a_second_paper_is_told() -> None:
    told = [find_page(two_sheets(seed, second=True)).several for seed in range(4)]
    assert sum(told) >= 3
    assert not any(find_page(two_sheets(seed, second=False)).several for seed in range(4))


def bent(seed: int, deep: float) -> np.ndarray:
    """A sheet whose upper and lower sides are bowed by `deep` of their length."""
    rng = np.random.default_rng([seed, 62])
    picture = ground("wood" if seed % 2 else "tray", rng)
    picture[150:830, 300:780] = cv2.resize(sheet(rng), (480, 680), interpolation=cv2.INTER_AREA)
    y, x = np.mgrid[0:960, 0:1280].astype(np.float32)
    bow = deep * 480 * np.sin(np.pi * np.clip((x - 300) / 480, 0, 1))
    return lit(np.asarray(cv2.remap(picture, x, y + bow, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)), rng)


def test_a_bent_paper_is_told() -> None:
    for seed in range(3):
        assert not find_page(bent(seed, 0.042)).flat
        assert find_page(bent(seed, 0.0)).flat


def test_the_command_tells_of_a_second_and_of_a_bent_paper(tmp_path: Path) -> None:
    path = tmp_path / "meja.png"
    cv2.imwrite(str(path), bent(1, 0.042))
    answer = find_page_file(path)
    assert (answer["finding"], answer["several"], answer["flat"]) == ("page", False, False)
