"""The camera's driver against sources that refuse, end, hang and come back; no camera and no real waiting needed."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from drivers.camera.device import DocumentCamera
from drivers.camera.wire import Size
from drivers.roles import Missing, Unknown

PICTURE = np.full((4, 6, 3), 90, np.uint8)


class Film:
    """A source that gives `count` pictures and then ends, or hangs until it is released."""

    def __init__(self, count: int, hangs: bool = False, opens: bool = True) -> None:
        self.count, self.hangs, self.opens = count, hangs, opens
        self.released = threading.Event()

    def isOpened(self) -> bool:
        return self.opens

    def read(self) -> tuple[bool, Any]:
        if self.count > 0:
            self.count -= 1
            return True, PICTURE.copy()
        if self.hangs:
            self.released.wait(20)
        return False, None

    def release(self) -> None:
        self.released.set()


class Cinema:
    """Hands out films in turn and remembers what was asked for."""

    def __init__(self, *films: Film) -> None:
        self.films = list(films)
        self.asked: list[tuple[str, Size]] = []

    def __call__(self, address: str, size: Size) -> Film:
        self.asked.append((address, size))
        return self.films.pop(0) if self.films else Film(0, opens=False)


@pytest.fixture
def hung():
    film = Film(1, hangs=True)
    yield film
    film.released.set()


def test_a_camera_that_is_not_there_is_missing() -> None:
    camera = DocumentCamera("/dev/nowhere", opener=Cinema())
    assert camera.frame(timeout=1.0) == Missing()
    assert camera.status() == Missing()


def test_a_hanging_camera_is_unknown_within_the_bound_and_never_missing(hung: Film) -> None:
    camera = DocumentCamera("/dev/null", opener=Cinema(hung))
    assert isinstance(camera.frame(timeout=2.0), np.ndarray)
    assert isinstance(camera.frame(timeout=0.05), Unknown)
    assert isinstance(camera.status(), Unknown)


def test_pictures_come_again_after_the_source_ended() -> None:
    camera = DocumentCamera("/dev/null", opener=Cinema(Film(1), Film(3)))
    assert isinstance(camera.frame(), np.ndarray)
    assert camera.frame(timeout=1.0) == Missing()
    assert isinstance(camera.frame(timeout=5.0), np.ndarray)


def test_a_still_of_one_device_switches_its_mode_and_lets_the_exposure_settle() -> None:
    preview, still = Film(1000000), Film(6)
    cinema = Cinema(preview, still)
    camera = DocumentCamera("/dev/video7", opener=cinema)
    camera.frame()
    assert isinstance(camera.still(), np.ndarray)
    assert [size for _, size in cinema.asked] == [(1280, 720), (4208, 3120)]
    assert preview.released.wait(5)


def test_a_still_fails_when_the_device_ends_before_the_exposure_stands() -> None:
    camera = DocumentCamera("/dev/video7", opener=Cinema(Film(2)))
    assert camera.still(timeout=2.0) == Missing()


def test_resting_lets_the_device_go() -> None:
    film = Film(1000000)
    camera = DocumentCamera("/dev/null", opener=Cinema(film))
    camera.frame()
    camera.rest()
    assert film.released.wait(5)
    camera.close()
    camera.close()
