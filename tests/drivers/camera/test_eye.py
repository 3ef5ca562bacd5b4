"""Black and frozen have their thresholds; films are spared, and noise is no sight."""

from __future__ import annotations

import numpy as np

from drivers.camera import eye
from drivers.camera.eye import Eye
from drivers.camera.source import Shot
from drivers.roles import Fault, Pixels
from drivers.virtual import lens

SENSOR = lens.Sensor(1)


def look(watcher: Eye, pictures: list[Pixels], every: float = 0.05, begun: float = 0.0) -> list[Fault | None]:
    return [watcher.see(Shot(begun + turn * every, each), each) for turn, each in enumerate(pictures)]


def dark(level: int) -> Pixels:
    return SENSOR.expose(np.full((64, 96, 3), level, np.uint8))


def test_a_lens_cap_is_black_after_some_pictures_and_some_time() -> None:
    told = look(Eye(), [dark(3) for _ in range(30)])
    assert told[-1] == Fault("black")
    first = told.index(Fault("black"))
    assert first * 0.05 >= eye.BLACK_SECONDS and first + 1 >= eye.BLACK_PICTURES
    assert look(Eye(), [dark(3) for _ in range(eye.BLACK_PICTURES)], every=0.01) == [None] * eye.BLACK_PICTURES


def test_a_tray_without_a_lamp_is_dark_and_not_black() -> None:
    tray = lens.see(None, "dark", 3, "preview")
    assert look(Eye(), [SENSOR.expose(tray) for _ in range(20)]) == [None] * 20


def test_hot_pixels_do_not_light_a_black_picture() -> None:
    picture = np.full((480, 640, 3), 3, np.uint8)
    picture[::8, ::8][0, :1] = 255
    assert eye.black(picture)
    picture[::8, ::8][0, :20] = 255
    assert not eye.black(picture)


def test_the_same_bits_over_some_time_are_frozen_and_noise_is_not() -> None:
    same = dark(90)
    told = look(Eye(), [same] * 60)
    first = told.index(Fault("frozen"))
    assert first * 0.05 >= eye.FROZEN_SECONDS and first + 1 >= eye.FROZEN_PICTURES
    assert look(Eye(), [same] * eye.FROZEN_PICTURES, every=0.01) == [None] * eye.FROZEN_PICTURES
    grey = np.full((64, 96, 3), 90, np.uint8)
    assert look(Eye(), [SENSOR.expose(grey) for _ in range(60)])[-1] is None


def test_a_film_may_repeat_itself() -> None:
    assert look(Eye(noisy=False), [dark(90)] * 60) == [None] * 60


def test_one_picture_that_differs_takes_it_back() -> None:
    watcher = Eye()
    assert look(watcher, [dark(90)] * 60)[-1] == Fault("frozen")
    assert look(watcher, [dark(91)], begun=9.0) == [None]
    assert watcher.verdict is None
