"""The camera's driver against sources that refuse, end, hang and come back; no camera and no real waiting needed."""

from __future__ import annotations

import time

import pytest

from drivers.camera.driver import SETTLE, CameraDriver
from drivers.camera.feed import FRESH
from drivers.camera.modes import Purpose
from drivers.camera.source import Broken, Shot
from drivers.roles import Fault, Missing, Picture, Unknown
from tests.clocks import Clock
from tests.drivers.camera.places import Film, PlayedPlace, picture
from tests.drivers.until import until


def one(place: PlayedPlace) -> CameraDriver:
    return CameraDriver(place, place)


def test_a_camera_that_is_not_there_is_missing() -> None:
    assert one(PlayedPlace()).frame(1.0) == Missing()


def test_a_hanging_camera_is_unknown_within_the_bound_and_never_missing() -> None:
    driver = one(PlayedPlace(Film(1, hangs=True)))
    assert isinstance(driver.frame(2.0), Picture)
    first = driver.frame(0.05)
    assert isinstance(first, Unknown)
    assert driver.frame(0.05) in (first, Missing())  # since when does not change; and it was let go meanwhile


def test_a_camera_that_went_silent_by_its_own_word_is_unknown() -> None:
    def silent() -> Shot:
        raise TimeoutError

    assert isinstance(one(PlayedPlace(Film(1, make=silent))).frame(2.0), Unknown)


def test_a_camera_that_cannot_be_used_says_why() -> None:
    def broken() -> Shot:
        raise Broken("no-picamera2")

    assert one(PlayedPlace(Film(1, make=broken))).frame(2.0) == Fault("no-picamera2")


def test_pictures_come_again_after_the_source_ended() -> None:
    driver = one(PlayedPlace(Film(1), Film(3, hangs=True)))
    assert isinstance(driver.frame(2.0), Picture)
    assert driver.frame(1.0) == Missing()
    assert isinstance(driver.frame(5.0), Picture)


def test_a_slow_start_is_not_begun_anew_each_time() -> None:
    place = PlayedPlace(Film(0, hangs=True), Film(9, hangs=True))
    driver = one(place)
    for _ in range(4):
        assert isinstance(driver.frame(0.02), Unknown)
    assert len(place.asked) == 1
    driver.rest()


def test_a_still_of_one_device_switches_its_mode_settles_and_holds() -> None:
    preview, still = Film(1000000), Film(SETTLE + 9)
    place = PlayedPlace(preview, still, Film(1000000))
    driver = one(place)
    driver.frame(2.0)
    called = time.monotonic()
    taken = driver.still(5.0)
    assert isinstance(taken, Picture) and taken.taken >= called
    assert preview.released.is_set()
    assert (still.held, still.read_before_hold, still.given) == (1, SETTLE, SETTLE + 1)
    assert isinstance(driver.frame(5.0), Picture)
    assert place.asked == [Purpose.PREVIEW, Purpose.STILL, Purpose.PREVIEW]
    assert place.most_open == 1
    driver.rest()


def test_a_still_from_elsewhere_leaves_the_preview_alone() -> None:
    preview, still = Film(1000000), Film(9)
    here, there = PlayedPlace(preview, key="a"), PlayedPlace(still, key="b")
    driver = CameraDriver(here, there)
    driver.frame(2.0)
    assert isinstance(driver.still(5.0), Picture)
    assert isinstance(driver.frame(2.0), Picture)
    assert here.asked == [Purpose.PREVIEW]
    driver.rest()


def test_a_still_fails_when_the_device_ends_before_the_exposure_stands() -> None:
    assert one(PlayedPlace(Film(2))).still(2.0) == Missing()


def test_no_still_is_begun_while_the_hung_preview_keeps_the_device() -> None:
    preview = Film(1, hangs=True)
    preview.interrupt = lambda: None  # type: ignore[method-assign] - as OpenCV, which waits to its end
    place = PlayedPlace(preview)
    driver = one(place)
    driver.frame(2.0)
    assert isinstance(driver.still(0.05), Unknown)
    assert len(place.asked) == 1
    preview.interrupted.set()


def test_resting_lets_the_device_go() -> None:
    film = Film(1000000)
    driver = one(PlayedPlace(film))
    driver.frame(2.0)
    driver.rest()
    assert film.released.wait(5)
    driver.rest()


def test_a_picture_is_given_once_and_the_newest_one_is_given() -> None:
    film = Film(50, hangs=True)
    driver = one(PlayedPlace(film))
    seen = [driver.frame(2.0)]
    feed = driver._feed
    assert feed is not None
    until(lambda: feed.count == 50)
    seen.append(driver.frame(2.0))
    assert all(isinstance(each, Picture) for each in seen)
    assert isinstance(driver.frame(0.02), Unknown), "fifty came, none is left: nothing was queued"


def test_an_old_picture_is_not_given_as_what_is_seen_now() -> None:
    clock = Clock()
    film = Film(1, hangs=True, make=lambda: Shot(clock.now, picture()))
    driver = CameraDriver(place := PlayedPlace(film), place, clock)
    driver._open(clock.now + 1)
    until(lambda: driver.running)
    clock.now += FRESH + 0.1
    assert isinstance(driver.frame(0.02), Unknown)


@pytest.mark.parametrize(("level", "same", "fault"), [(4, False, "black"), (90, True, "frozen")])
def test_black_and_frozen_are_told_and_taken_back(level: int, same: bool, fault: str) -> None:
    clock, bad = Clock(), [True]
    stuck = picture(level)

    def shot() -> Shot:
        clock.now += 0.05
        if not bad[0]:
            return Shot(clock.now, picture(120))
        return Shot(clock.now, stuck if same else picture(level))

    film = Film(1000000, make=shot)
    driver = CameraDriver(place := PlayedPlace(film), place, clock)
    assert isinstance(driver.frame(5.0), Picture), "one alone says nothing"
    until(lambda: driver.frame(60.0) == Fault(fault))
    assert driver.trouble == Fault(fault)
    bad[0] = False
    until(lambda: isinstance(driver.frame(60.0), Picture))
    assert driver.trouble is None
    driver.rest()


def test_a_black_still_and_one_that_is_repeated_are_faults() -> None:
    black = PlayedPlace(Film(1, make=lambda: Shot(time.monotonic(), picture(3, (64, 64)))), key="b")
    black.noisy = False
    driver = CameraDriver(PlayedPlace(), black)
    assert driver.still(2.0) == Fault("black")
    same = picture()
    films = [Film(1, make=lambda: Shot(time.monotonic(), same)) for _ in range(3)]
    driver = CameraDriver(PlayedPlace(), PlayedPlace(*films, key="b"))
    assert [isinstance(driver.still(2.0), Picture) for _ in range(2)] == [True, True]
    assert driver.still(2.0) == Fault("frozen")


def _slow(changes_after: float) -> CameraDriver:
    """A camera of one mode at a time that shows another picture after so many seconds only."""
    clock, begun, first, second = Clock(), 100.0, picture(), picture()

    def shot() -> Shot:
        clock.now += 0.05
        return Shot(clock.now, first if clock.now - begun < changes_after else second)

    film = Film(1000000, make=shot)
    return CameraDriver(place := PlayedPlace(film), place, clock)


def test_a_still_of_a_frozen_camera_is_a_fault_at_once() -> None:
    assert _slow(1e9).still(60.0) == Fault("frozen")


def test_a_still_of_a_camera_that_repeats_a_picture_for_a_second_is_one_that_came_new() -> None:
    told = _slow(1.0).still(60.0)
    assert isinstance(told, Picture)
    assert told.taken - 100.0 == pytest.approx(1.0, abs=0.06)


def test_nonsense_instead_of_pictures_is_unknown() -> None:
    driver = one(PlayedPlace(Film(1000000, make=lambda: Shot(time.monotonic(), packed=b"\xff\xd8 no \xff\xd9"))))
    assert isinstance(driver.frame(0.1), Unknown)
    assert isinstance(driver.still(0.5), Unknown | Missing)
