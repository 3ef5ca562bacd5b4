"""What every Camera does: a network stream, a film, USB and CSI against played hardware, or one on a bench.

`--real camera=ADDRESS` runs it on a real camera; what needs a cable pulled or a lens covered is left out then.
"""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Iterator
from typing import Protocol

import cv2
import numpy as np
import pytest

from drivers.camera import DocumentCamera, open
from drivers.camera.places import Kinds
from drivers.roles import Camera, Fault, Missing, Picture, Ready, Unknown
from drivers.virtual.papers import paper
from drivers.virtual.start import Twin, Virtual, start
from drivers.virtual.world import World
from tests.drivers.camera.stubs import PlayedPicamera, PlayedUsb
from tests.drivers.until import until

KINDS = ("stream", "film", "usb", "csi")


class Rig(Protocol):
    """A camera, and hands that can do something to it."""

    camera: DocumentCamera
    full: bool  # gives 8 MP stills
    hands: bool  # cables can be pulled, and it can be made to hang, freeze and see nothing

    def set(self, **values: str) -> None: ...


class _Streamed:
    full = hands = True

    def __init__(self, virtual: Virtual) -> None:
        self._world: World = virtual.world
        self.camera = open(virtual.endpoints["camera_preview"], virtual.endpoints["camera_still"])

    def set(self, **values: str) -> None:
        self._world.set("camera", **values)


class _Filmed:
    full = hands = False

    def __init__(self, film: str) -> None:
        self.camera = open(f"file://{film}")

    def set(self, **values: str) -> None:
        raise NotImplementedError


class _Played:
    full = hands = True

    def __init__(self, camera: DocumentCamera, hardware: PlayedUsb | PlayedPicamera) -> None:
        self.camera, self._hardware = camera, hardware

    def set(self, **values: str) -> None:
        self._hardware.set(**values)


class _Real:
    full, hands = False, False  # a weak camera is a camera

    def __init__(self, address: str) -> None:
        self.camera = open(address)

    def set(self, **values: str) -> None:
        raise NotImplementedError


@pytest.fixture(scope="module")
def virtual(tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]) -> Iterator[Virtual | None]:
    if "camera" in real:
        yield None
        return
    with start(tmp_path_factory.mktemp("camera"), [Twin("camera_preview", "drivers.camera.twin")]) as running:
        running.world.set("camera", paper=str(paper("surat_lahir")))
        yield running


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Twenty pictures of 1280x720, 20 a second."""
    path = tmp_path_factory.mktemp("film") / "desk.avi"
    out = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 20, (1280, 720))
    for step in range(20):
        picture = np.full((720, 1280, 3), 90, np.uint8)
        cv2.rectangle(picture, (100 + 20 * step, 100), (500 + 20 * step, 600), (230, 230, 230), -1)
        out.write(picture)
    out.release()
    return str(path)


@pytest.fixture(params=KINDS)
def rig(
    request: pytest.FixtureRequest, virtual: Virtual | None, film: str, real: dict[str, str], tmp_path: object
) -> Iterator[Rig]:
    kind = str(request.param)
    if virtual is None:
        if kind != KINDS[0]:
            pytest.skip("a real camera is looked at once")
        made: Rig = _Real(real["camera"])
    elif kind == "stream":
        made = _Streamed(virtual)
        made.set(cable="in", stall="no", freeze="no", black="no")
    elif kind == "film":
        made = _Filmed(film)
    elif kind == "usb":
        usb = PlayedUsb()
        made = _Played(usb.camera(), usb)
    else:
        csi = PlayedPicamera()
        made = _Played(DocumentCamera("csi://0", kinds=Kinds(picamera2=lambda: csi.maker)), csi)
    yield made
    made.camera.close()


def with_hands(rig: Rig) -> Rig:
    if not rig.hands:
        pytest.skip("nothing can be done to it")
    return rig


def see(rig: Rig, timeout: float = 10.0) -> Picture:
    seen = rig.camera.frame(timeout)
    assert isinstance(seen, Picture), seen
    return seen


def test_it_plays_the_role(rig: Rig) -> None:
    assert isinstance(rig.camera, Camera)


def test_status_is_ready_before_and_while_pictures_come(rig: Rig) -> None:
    assert rig.camera.status() == Ready()
    see(rig)
    assert rig.camera.status() == Ready()


def test_a_preview_picture_is_a_colour_array(rig: Rig) -> None:
    pixels = see(rig).pixels
    assert (pixels.shape, pixels.dtype) == ((720, 1280, 3), np.uint8)


def test_a_still_has_eight_megapixels_or_says_what_it_has(rig: Rig) -> None:
    still = rig.camera.still(20)
    assert isinstance(still, Picture), still
    rows, columns = still.pixels.shape[:2]
    facts = rig.camera.describe()
    assert (facts.still, facts.came) == ((columns, rows), True)
    assert facts.enough == (rows * columns >= 8_000_000 and facts.px_per_mm >= 10)
    if rig.full:
        assert facts.enough
    else:
        assert facts.dpi == int(min(max(facts.still) / 297, min(facts.still) / 210) * 25.4)


def test_a_still_is_exposed_after_the_call_and_preview_goes_on_in_its_own_size(rig: Rig) -> None:
    before = see(rig)
    called = time.monotonic()
    still = rig.camera.still(20)
    assert isinstance(still, Picture), still
    assert still.taken >= called
    after = see(rig)
    assert after.pixels.shape == before.pixels.shape
    assert after.taken > before.taken


def test_pictures_have_their_age_and_come_in_order(rig: Rig) -> None:
    pictures = [see(rig) for _ in range(5)]
    assert time.monotonic() - pictures[-1].taken < 1.0
    assert all(one.taken < two.taken for one, two in itertools.pairwise(pictures))


def test_two_pictures_differ(rig: Rig) -> None:
    assert (see(rig).pixels != see(rig).pixels).any()


def test_who_comes_late_gets_what_is_seen_now(rig: Rig) -> None:
    see(rig)
    time.sleep(0.6)  # a dozen pictures pass
    called = time.monotonic()
    assert called - see(rig).taken < 0.3


def test_it_may_be_closed_twice_and_opened_again(rig: Rig) -> None:
    see(rig)
    rig.camera.close()
    rig.camera.close()
    see(rig)


def test_a_pulled_cable_is_missing_and_a_plugged_one_works_again(rig: Rig) -> None:
    see(with_hands(rig))
    rig.set(cable="out")
    until(lambda: rig.camera.frame(1.0) == Missing(), 20)
    # on a machine that is short of breath the refusal may come later than the bound: Unknown first, Missing then
    until(lambda: rig.camera.status() == Missing(), 20)
    until(lambda: rig.camera.still(5.0) == Missing(), 20)
    rig.set(cable="in")
    until(lambda: isinstance(rig.camera.frame(2.0), Picture), 20)
    until(lambda: rig.camera.status() == Ready(), 20)


def test_a_camera_that_hangs_is_unknown_within_the_bound(rig: Rig) -> None:
    see(with_hands(rig))
    rig.set(stall="yes")
    until(lambda: isinstance(rig.camera.frame(0.3), Unknown), 20)
    begun = time.monotonic()
    assert isinstance(rig.camera.still(1.0), Unknown)
    assert time.monotonic() - begun < 2.5
    assert isinstance(rig.camera.status(), Unknown)
    rig.set(stall="no")
    until(lambda: isinstance(rig.camera.frame(2.0), Picture), 20)


@pytest.mark.parametrize(("what", "fault"), [("black", "black"), ("freeze", "frozen")])
def test_black_and_frozen_are_told_apart(rig: Rig, what: str, fault: str) -> None:
    see(with_hands(rig))
    rig.set(**{what: "yes"})
    until(lambda: rig.camera.frame(2.0) == Fault(fault), 20)
    assert rig.camera.status() == Fault(fault)
    rig.set(**{what: "no"})
    until(lambda: isinstance(rig.camera.frame(2.0), Picture), 20)
    assert rig.camera.status() == Ready()


def test_a_stream_that_was_not_read_for_a_while_is_not_read_up_from_its_beginning(virtual: Virtual | None) -> None:
    """The reader is this process: what it does not fetch, the kernel and the camera keep for it."""
    if virtual is None:
        pytest.skip("a real camera is looked at once")
    rig = _Streamed(virtual)
    rig.set(stall="no", cable="in", rate="40")
    see(rig)
    child = virtual.processes["camera_preview"]
    os.kill(child.pid, signal.SIGSTOP)
    until(lambda: isinstance(rig.camera.frame(0.2), Unknown))
    os.kill(child.pid, signal.SIGCONT)
    until(lambda: isinstance(rig.camera.frame(2.0), Picture))
    ages = [time.monotonic() - see(rig).taken for _ in range(5)]
    assert max(ages) < 0.3
    rig.set(rate="20")
    rig.camera.close()
