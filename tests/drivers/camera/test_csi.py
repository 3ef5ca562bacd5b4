"""Cameras on the ribbon cable, with picamera2 played, and without it."""

from __future__ import annotations

from drivers.camera.device import DocumentCamera
from drivers.camera.places import Kinds
from drivers.roles import Fault, Missing, Picture
from tests.drivers.camera.stubs import SENSOR, PlayedPicamera
from tests.drivers.until import until


def camera(hardware: PlayedPicamera, address: str = "csi://0") -> DocumentCamera:
    return DocumentCamera(address, kinds=Kinds(picamera2=lambda: hardware.maker))


def test_without_picamera2_it_says_so() -> None:
    def absent() -> object:
        raise ImportError

    made = DocumentCamera("csi://0", kinds=Kinds(picamera2=absent))
    assert made.status() == Fault("no-picamera2")
    assert made.frame(2.0) == Fault("no-picamera2")
    assert made.still(2.0) == Fault("no-picamera2")
    made.close()
    assert made.status() == Fault("no-picamera2")


def test_a_number_without_a_camera_is_missing() -> None:
    made = camera(PlayedPicamera(), "csi://3")
    assert made.status() == Missing()
    assert made.frame(2.0) == Missing()


def test_a_still_is_as_large_as_the_sensor_and_held() -> None:
    hardware = PlayedPicamera()
    made = camera(hardware)
    still = made.still(10)
    assert isinstance(still, Picture) and (still.pixels.shape[1], still.pixels.shape[0]) == SENSOR
    assert {"AfMode": 0, "LensPosition": 2.4}.items() <= hardware.set_to[-1].items()
    assert {"AeEnable": False, "ExposureTime": 9000}.items() <= hardware.set_to[-1].items()
    until(lambda: hardware.open_now == 0)


def test_what_the_address_says_is_set_in_the_sensors_units() -> None:
    hardware = PlayedPicamera()
    made = camera(hardware, "csi://0?focus=240&exposure=100&white_balance=4600")
    assert isinstance(made.frame(5), Picture)
    exposed = {"AeEnable": False, "ExposureTime": 10000, "AwbEnable": False}
    assert hardware.set_to == [{"AfMode": 0, "LensPosition": 2.4} | exposed]
    made.close()


def test_one_that_another_program_has_is_at_fault() -> None:
    hardware = PlayedPicamera()
    hardware.open_now = 1
    assert camera(hardware).frame(2.0) == Fault("not-opened")
