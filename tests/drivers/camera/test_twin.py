"""The virtual camera obeys its world: optics, lamp, hands, films; and never repeats a picture unless it is frozen."""

from __future__ import annotations

import itertools
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.camera import jpeg, scenery
from drivers.camera.scene import Scene
from drivers.roles import Pixels
from drivers.virtual import lens
from drivers.virtual.papers import paper
from drivers.virtual.world import World
from kiosk.vision import read_codes
from tests.vision.sheets import printed_sheet


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.prepare()
    made.set("camera", paper=str(paper("surat_lahir")))
    return made


def seen(scene: Scene) -> Pixels:
    picture = jpeg.unpack(scene.jpeg("preview"))
    assert picture is not None
    return picture


def test_no_two_pictures_are_the_same_until_it_freezes(world: World) -> None:
    scene = Scene(world, 1)
    pictures = [scene.jpeg("preview") for _ in range(20)]
    assert all(one != two for one, two in itertools.pairwise(pictures))
    world.set("camera", freeze="yes")
    assert scene.jpeg("preview") == scene.jpeg("preview") == pictures[-1]


def test_a_code_blurs_with_distance(tmp_path: Path) -> None:
    path, text = printed_sheet(tmp_path, 2)
    laid = lens.lay(path)

    def read(distance: float) -> list[str]:
        seen = lens.Sensor(2).expose(lens.see(laid, "good", 2, distance=distance))
        return [code.text for code in read_codes(seen, budget=1.0)]

    assert read(lens.TRAY * 1.02) == [text]
    assert read(lens.TRAY * 1.8) == []


def test_what_is_farther_away_is_smaller(world: World) -> None:
    laid = lens.lay(paper("surat_lahir"))
    near, far = (lens.corners_of(laid, "good", 1, "still", distance) for distance in (lens.TRAY, 2 * lens.TRAY))
    assert np.linalg.norm(far[1] - far[0]) == pytest.approx(np.linalg.norm(near[1] - near[0]) / 2, rel=1e-6)


def test_a_lamp_warms_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [50.0]
    monkeypatch.setattr("drivers.camera.scene.time.monotonic", lambda: now[0])
    scene = Scene(world, 1)
    warm = seen(scene).mean()
    world.set("camera", lamp="cold")
    brightness = []
    for _ in range(5):
        brightness.append(seen(scene).mean())
        now[0] += scenery.WARM_UP / 4
    assert brightness == sorted(brightness)
    assert brightness[0] == pytest.approx(scenery.COLD * warm, rel=0.1)
    assert brightness[-1] == pytest.approx(warm, rel=0.02)
    world.set("camera", lamp="off")
    assert seen(scene).mean() < 0.4 * warm


def test_a_hand_reaches_in_and_a_paper_is_moved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [50.0]
    monkeypatch.setattr("drivers.camera.scene.time.monotonic", lambda: now[0])
    scene = Scene(world, 1)
    still = seen(scene).astype(np.int16)
    for key in ("hand", "motion"):
        world.set("camera", **{key: "yes"})
        now[0] = 50.0 + (scenery.REACH / 2 if key == "hand" else 0.36)
        assert (np.abs(seen(scene).astype(np.int16) - still) > 40).mean() > 0.01
        world.set("camera", **{key: "no"})
    assert (np.abs(seen(scene).astype(np.int16) - still) > 40).mean() < 0.001


def test_black_and_nonsense(world: World) -> None:
    scene = Scene(world, 1)
    world.set("camera", black="yes")
    assert seen(scene).max() < 16
    world.set("camera", garbage="yes")
    assert [jpeg.unpack(scene.jpeg("preview")) for _ in range(8)] == [None] * 8


def test_a_folder_and_a_film_are_played(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "film"
    folder.mkdir()
    for turn in range(3):
        cv2.imwrite(str(folder / f"{turn}.png"), np.full((90, 160, 3), 60 * (turn + 1), np.uint8))
    scene = Scene(world, 1)
    world.set("camera", film=str(folder))
    assert sorted({round(float(seen(scene).mean()) / 60) for _ in range(6)}) == [1, 2, 3]
    out = cv2.VideoWriter(str(tmp_path / "a.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (1920, 1080))
    out.write(np.full((1080, 1920, 3), 200, np.uint8))
    out.release()
    world.set("camera", film=str(tmp_path / "a.avi"))
    assert seen(scene).shape == (720, 1280, 3)
    assert scene.jpeg("preview") != scene.jpeg("preview")
    world.set("camera", film="")
    assert seen(scene).shape == (720, 1280, 3)


def test_a_stamp_is_read_back() -> None:
    picture = np.full((720, 1280, 3), 90, np.uint8)
    for value in (0, 1, 123456789, (1 << 32) - 1):
        _, packed = cv2.imencode(".jpg", scenery.stamp(picture, value), [cv2.IMWRITE_JPEG_QUALITY, 60])
        unpacked = jpeg.unpack(packed.tobytes())
        assert unpacked is not None and scenery.read_stamp(unpacked) == value
