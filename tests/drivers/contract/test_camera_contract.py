"""What every Camera does. Run against the virtual one; on a bench set PRODESAKU_BENCH_CAMERA to a real one's path."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from drivers.camera import DocumentCamera, open
from drivers.roles import Camera, Missing, Ready, Unknown
from drivers.virtual.papers import paper
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World

REAL = os.environ.get("PRODESAKU_BENCH_CAMERA", "")


class Bench:
    """A camera and, for the virtual one, the world it looks at."""

    def __init__(self, camera: DocumentCamera, world: World | None) -> None:
        self.camera, self.world = camera, world


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, World | None]]:
    if REAL:
        yield REAL, "", None
        return
    directory: Path = tmp_path_factory.mktemp("camera")
    with start(directory, [Twin("camera_preview", "drivers.camera.twin")]) as virtual:
        virtual.world.set("camera", paper=str(paper("surat_lahir")))
        yield virtual.endpoints["camera_preview"], virtual.endpoints["camera_still"], virtual.world


@pytest.fixture
def bench(place: tuple[str, str, World | None]) -> Iterator[Bench]:
    preview, still, world = place
    if world is not None:
        world.set("camera", cable="in", frozen="no")
    camera = open(preview, still)
    yield Bench(camera, world)
    camera.close()


def virtual_world(bench: Bench) -> World:
    if bench.world is None:
        pytest.skip("the cable of a real camera is pulled by hand")
    return bench.world


def test_it_plays_the_role(bench: Bench) -> None:
    assert isinstance(bench.camera, Camera)


def test_status_is_ready_before_and_while_pictures_come(bench: Bench) -> None:
    assert bench.camera.status() == Ready()
    bench.camera.frame(10)
    assert bench.camera.status() == Ready()


def test_a_preview_picture_is_a_colour_array(bench: Bench) -> None:
    picture = bench.camera.frame(10)
    assert isinstance(picture, np.ndarray)
    assert picture.shape == (720, 1280, 3)
    assert picture.dtype == np.uint8


def test_a_still_has_eight_megapixels_or_more(bench: Bench) -> None:
    picture = bench.camera.still(20)
    assert isinstance(picture, np.ndarray)
    assert picture.shape[0] * picture.shape[1] >= 8_000_000


def test_preview_goes_on_after_a_still(bench: Bench) -> None:
    bench.camera.frame(10)
    bench.camera.still(20)
    assert isinstance(bench.camera.frame(10), np.ndarray)


def test_two_pictures_differ(bench: Bench) -> None:
    one, two = bench.camera.frame(10), bench.camera.frame(10)
    assert isinstance(one, np.ndarray)
    assert isinstance(two, np.ndarray)
    assert (one != two).any()


def test_a_pulled_cable_is_missing_and_a_plugged_one_works_again(bench: Bench) -> None:
    world = virtual_world(bench)
    bench.camera.frame(10)
    world.set("camera", cable="out")
    assert _until(lambda: bench.camera.frame(1.0) == Missing())
    # on a machine that is short of breath the refusal may come later than the bound: Unknown first, Missing then
    assert _until(lambda: bench.camera.status() == Missing())
    assert _until(lambda: bench.camera.still(5.0) == Missing())
    world.set("camera", cable="in")
    assert _until(lambda: isinstance(bench.camera.frame(2.0), np.ndarray))


def test_a_camera_that_hangs_is_unknown_within_the_bound(bench: Bench) -> None:
    world = virtual_world(bench)
    bench.camera.frame(10)
    world.set("camera", frozen="yes")
    assert _until(lambda: isinstance(bench.camera.frame(0.3), Unknown))
    begun = time.monotonic()
    assert isinstance(bench.camera.still(1.0), Unknown)
    assert time.monotonic() - begun < 2.5
    world.set("camera", frozen="no")
    assert _until(lambda: isinstance(bench.camera.frame(2.0), np.ndarray))


def _until(reached: object, within: float = 20.0) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if callable(reached) and reached():
            return True
    return False
