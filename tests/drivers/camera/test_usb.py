"""USB cameras by identity, modes and held settings, against played hardware and a played sysfs."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.camera import modes, v4l2
from drivers.camera.address import Identity
from drivers.camera.find import Locator, cameras, identity_of, node_of
from drivers.camera.modes import Purpose
from drivers.camera.v4l2 import Mode
from drivers.roles import CameraFacts, Fault, Missing, Picture
from tests.drivers.camera.stubs import PlayedUsb, usb_device
from tests.drivers.until import until

CAMERA = Identity("046d", "0892", "SN1")


def pi(system: Path) -> None:
    """A dozen nodes that are no cameras, as a Raspberry Pi 5 has them."""
    for number in range(19, 31):
        node = system / "devices" / "platform" / "1000880000.pisp_be" / "video4linux" / f"video{number}"
        node.mkdir(parents=True)
        (node / "index").write_text("0\n")
        (node / "name").write_text("pispbe-input\n")
        (system / f"video{number}").symlink_to(node)


def test_a_camera_is_found_among_nodes_that_are_none(tmp_path: Path) -> None:
    pi(tmp_path)
    assert cameras(tmp_path) == ()
    usb_device(tmp_path, 4, "046d", "0892", "SN1")
    found = cameras(tmp_path)
    assert [(one.identity, one.node, one.address) for one in found] == [(CAMERA, "/dev/video4", "usb://046d:0892/SN1")]
    assert identity_of("/dev/video5", tmp_path) == CAMERA
    assert identity_of("/dev/video20", tmp_path) is None
    assert cameras(tmp_path / "nothing") == ()


def test_a_camera_is_found_again_elsewhere_and_never_another_one(tmp_path: Path) -> None:
    usb_device(tmp_path, 0, "046d", "0892", "OTHER")
    assert node_of(CAMERA, tmp_path) is None
    usb_device(tmp_path, 6, "046d", "0892", "SN1")
    assert node_of(CAMERA, tmp_path) == "/dev/video6"
    assert node_of(Identity("046d", "0892"), tmp_path) is None, "two of a make, and no serial number said"


def test_a_path_that_went_away_is_looked_for_by_what_was_plugged_in_there(tmp_path: Path) -> None:
    system, name = tmp_path / "sys", tmp_path / "by-path-video-index0"
    system.mkdir()
    usb_device(system, 2, "046d", "0892", "SN1")
    real = tmp_path / "video2"
    real.touch()
    name.symlink_to(real)
    locator = Locator(str(name), None, system)
    assert locator.node() == str(real)
    name.unlink()
    for entry in ("video2", "video3"):
        (system / entry).unlink()
    assert locator.node() is None
    usb_device(system, 8, "046d", "0892", "SN1")
    assert locator.node() == "/dev/video8"


@pytest.mark.parametrize(
    ("offered", "preview", "still"),
    [
        # MJPG before raw as long as that leaves 8 MP
        (["MJPG 1280 720", "MJPG 4208 3120", "YUYV 4608 3456"], "MJPG 1280 720", "MJPG 4208 3120"),
        (["MJPG 1920 1080", "YUYV 1280 720", "YUYV 3840 2160"], "YUYV 1280 720", "YUYV 3840 2160"),
        # a weak camera's best; a size that is made up; a format that nobody unpacks
        (["MJPG 640 480", "MJPG 1600 1200"], "MJPG 1600 1200", "MJPG 1600 1200"),
        (["MJPG 3264 2448", "MJPG 9000 7000"], "MJPG 3264 2448", "MJPG 3264 2448"),
        (["H264 3840 2160", "YUYV 640 480"], "YUYV 640 480", "YUYV 640 480"),
    ],
)
def test_modes_are_chosen_from_what_is_offered(offered: list[str], preview: str, still: str) -> None:
    def mode(text: str) -> Mode:
        four, width, height = text.split()
        return Mode(four, int(width), int(height))

    all_of_them = [mode(each) for each in offered]
    assert modes.choose(all_of_them, Purpose.PREVIEW) == mode(preview)
    assert modes.choose(all_of_them, Purpose.STILL) == mode(still)
    assert modes.choose([], Purpose.STILL) is None


def test_it_streams_in_the_modes_it_offers_and_tells_what_it_gives() -> None:
    usb = PlayedUsb()
    camera = usb.camera()
    said = camera.describe()
    assert said == CameraFacts((1280, 720), (3840, 2160), False, "focus=35&exposure=156&white_balance=4600")
    assert isinstance(camera.frame(5), Picture)
    assert isinstance(camera.still(10), Picture)
    assert usb.asked == [("MJPG", 1280, 720), ("MJPG", 3840, 2160)]
    assert camera.describe().came
    camera.close()


def test_a_still_is_exposed_with_everything_held_and_the_automatics_go_on_after_it() -> None:
    usb = PlayedUsb()
    camera = usb.camera()
    assert isinstance(camera.still(10), Picture)
    until(lambda: usb.open_now == 0)
    held = [(v4l2.FOCUS_AUTO, 0), (v4l2.FOCUS, 35), (v4l2.EXPOSURE_AUTO, 1), (v4l2.EXPOSURE, 156)]
    held += [(v4l2.WHITE_BALANCE_AUTO, 0), (v4l2.WHITE_BALANCE, 4600)]
    assert [each for each in usb.set_to if each in held] == held
    assert (usb.controls[v4l2.FOCUS_AUTO], usb.controls[v4l2.EXPOSURE_AUTO]) == (1, 3)
    camera.close()


def test_what_the_address_says_stays_fixed() -> None:
    usb = PlayedUsb()
    camera = usb.camera("usb://046d:0892/SN1?focus=70&exposure=99999")
    assert isinstance(camera.frame(5), Picture)
    assert (usb.controls[v4l2.FOCUS_AUTO], usb.controls[v4l2.FOCUS]) == (0, 70)
    assert (usb.controls[v4l2.EXPOSURE_AUTO], usb.controls[v4l2.EXPOSURE]) == (1, 10000), "as far as it goes"
    assert usb.controls[v4l2.WHITE_BALANCE_AUTO] == 1
    assert camera.describe().settings == "focus=70&exposure=10000&white_balance=4600"
    camera.close()
    until(lambda: usb.open_now == 0)
    assert usb.controls[v4l2.FOCUS] == 70


def test_a_camera_without_settings_is_a_camera() -> None:
    usb = PlayedUsb()
    usb.controls = {}
    camera = usb.camera()
    assert isinstance(camera.still(10), Picture)
    assert camera.describe().settings == ""
    camera.close()


def test_a_weak_camera_is_told_with_the_dpi_it_gives() -> None:
    usb = PlayedUsb()
    usb.MODES = {"MJPG": [(1280, 720), (1920, 1080)]}  # type: ignore[misc]
    camera = usb.camera()
    assert isinstance(camera.still(10), Picture)
    facts = camera.describe()
    assert (facts.still, facts.dpi, facts.enough) == ((1920, 1080), 130, False)
    camera.close()


def test_plugged_in_elsewhere_it_is_the_same_camera() -> None:
    usb = PlayedUsb()
    camera = usb.camera()
    assert isinstance(camera.frame(5), Picture)
    usb.set(cable="out")
    until(lambda: camera.frame(1.0) == Missing())
    usb.set(cable="in")
    assert usb.node == "/dev/video4"
    until(lambda: isinstance(camera.frame(2.0), Picture))
    camera.close()


def test_one_that_another_program_has_is_at_fault_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    usb = PlayedUsb()
    usb.open_now = 1
    monkeypatch.setattr("drivers.camera.uvc.os.path.exists", lambda _: True)
    camera = usb.camera()
    assert camera.frame(2.0) == Fault("not-opened")
    camera.close()
