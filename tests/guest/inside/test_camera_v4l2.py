"""The document camera on V4L2 as the kernel does it: stable name, two sizes, a pulled cable, a camera that hangs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from drivers.camera import DocumentCamera, open
from drivers.roles import CameraFacts, Fault, Missing, Picture, Ready, Unknown
from tests.drivers.until import until
from tests.guest.inside import vivid

BARS = ["bgr", "gr", "bg", "g", "br", "r", "b", ""]  # white, yellow, cyan, green, magenta, red, blue, black
SLOW = 20.0  # seconds for a picture: the machine is emulated


@pytest.fixture(scope="module")
def _loaded() -> Iterator[None]:
    vivid.load()
    until(vivid.NAME.exists)
    yield
    vivid.unload()


@pytest.fixture
def camera(_loaded: None) -> Iterator[DocumentCamera]:
    until(vivid.NAME.exists)
    made = open(str(vivid.NAME))
    # the one before may be letting go of it still
    until(lambda: isinstance(made.frame(SLOW), Picture), within=30)
    yield made
    made.close()


def size(picture: object) -> tuple[int, int]:
    assert isinstance(picture, Picture), picture
    return picture.pixels.shape[1], picture.pixels.shape[0]


def bars(picture: object) -> list[str]:
    """Which of blue, green and red is bright in each of the test picture's eight bars."""
    assert isinstance(picture, Picture), picture
    height, width = picture.pixels.shape[:2]
    colours = [picture.pixels[height * 3 // 4, width * (2 * bar + 1) // 16] for bar in range(8)]
    return ["".join(name for name, value in zip("bgr", colour, strict=True) if value > 96) for colour in colours]


def test_preview_has_its_size_and_age_though_the_camera_speaks_no_mjpeg(camera: DocumentCamera) -> None:
    before = time.monotonic()
    picture = camera.frame(SLOW)
    assert size(picture) == (1280, 720)
    assert isinstance(picture, Picture) and before - 1.0 <= picture.taken <= time.monotonic()
    assert camera.status() == Ready()


def test_a_still_is_the_largest_picture_it_has_and_preview_goes_on(camera: DocumentCamera) -> None:
    said = camera.describe()
    assert (said.preview, said.still, said.came) == ((1280, 720), (3840, 2160), False)
    began = time.monotonic()
    still = camera.still(60.0)
    assert size(still) == (3840, 2160)
    assert isinstance(still, Picture) and still.taken >= began
    assert size(camera.frame(SLOW)) == (1280, 720)
    facts = camera.describe()
    assert facts == CameraFacts((1280, 720), (3840, 2160), True, facts.settings)
    assert facts.enough and facts.dpi == 261


def test_pulled_out_while_pictures_come_it_is_missing_and_comes_back(camera: DocumentCamera) -> None:
    vivid.unbind()
    until(lambda: camera.frame(2.0) == Missing(), within=20)
    until(lambda: camera.status() == Missing())
    assert camera.still(5.0) == Missing()
    vivid.bind()
    until(lambda: isinstance(camera.frame(SLOW), Picture), within=60)
    assert camera.status() == Ready()


def test_preview_and_still_take_turns_in_the_raw_formats_that_it_has(camera: DocumentCamera) -> None:
    for _ in range(3):
        still = camera.still(60.0)
        assert size(still) == (3840, 2160)
        assert bars(still) == BARS
        preview = camera.frame(SLOW)
        assert size(preview) == (1280, 720)
        assert bars(preview) == BARS
        assert vivid.mode() == ("YUYV", 1280, 720)
    assert camera.status() == Ready()


def test_pulled_out_during_a_still_it_is_missing_and_the_next_still_comes(camera: DocumentCamera) -> None:
    with ThreadPoolExecutor(1) as kiosk:
        still = kiosk.submit(camera.still, 60.0)
        until(lambda: vivid.mode() == ("YUYV", 3840, 2160), within=30)  # it has begun
        vivid.unbind()
        assert still.result(60) == Missing()
    until(lambda: camera.status() == Missing())
    vivid.bind()
    until(lambda: isinstance(camera.frame(SLOW), Picture), within=60)
    # seen once on a very busy machine: this still ended as missing; why is not known, the next one came
    until(lambda: isinstance(camera.still(60.0), Picture), within=60)
    assert camera.describe().still == (3840, 2160)


def test_a_camera_that_delivers_nothing_is_unknown_within_the_bound(camera: DocumentCamera) -> None:
    vivid.set_to("Percentage of Dropped Buffers", 100)
    try:
        until(lambda: isinstance(camera.frame(1.0), Unknown), within=20)
        began = time.monotonic()
        assert isinstance(camera.still(2.0), Unknown)
        assert time.monotonic() - began < 4.0
    finally:
        vivid.set_to("Percentage of Dropped Buffers", 0)
    until(lambda: isinstance(camera.frame(SLOW), Picture), within=60)


@pytest.mark.parametrize(("pattern", "fault"), [("100% Black", "black"), ("75% Colorbar", "frozen")])
def test_black_and_frozen_are_told_apart(camera: DocumentCamera, pattern: str, fault: str) -> None:
    before = {name: vivid.value(name) for name in ("Test Pattern", "OSD Text Mode")}
    vivid.set_to("OSD Text Mode", vivid.choices("OSD Text Mode").index("None"))
    vivid.set_to("Test Pattern", vivid.choices("Test Pattern").index(pattern))
    try:
        until(lambda: camera.frame(SLOW) == Fault(fault), within=30)
    finally:
        for name, value in before.items():
            vivid.set_to(name, value)
    until(lambda: isinstance(camera.frame(SLOW), Picture), within=30)
