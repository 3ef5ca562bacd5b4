"""Cameras on the ribbon cable through picamera2, which OpenCV cannot open. Optional: Debian's python3-picamera2.

Calls are those of "The Picamera2 Library" (Raspberry Pi Ltd), chapters 4 (configurations), 5 and appendix C (controls),
and 6 (requests). Its format "RGB888" is blue first in memory, which is what OpenCV means by colour.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from drivers.camera.address import Settings
from drivers.camera.modes import PREVIEW, Purpose
from drivers.camera.source import Broken, Shot

Importer = Callable[[], Any]

SILENCE = 4.0  # seconds
_LIKELY = 10.0
_MANUAL, _CONTINUOUS = 0, 2  # libcamera's AfModeEnum
_FRAME_US = (33_333, 33_333)  # 30 pictures a second


def picamera2() -> Any:
    """The library's class; raises ImportError where it is not installed."""
    return importlib.import_module("picamera2").Picamera2


def plugged_in(number: int, importer: Importer = picamera2) -> bool | None:
    """Whether there is a camera of this number; None when picamera2 is not installed."""
    try:
        return number < len(importer().global_camera_info())
    except ImportError:
        return None
    except Exception:  # libcamera raises what it likes
        return False


class CsiSource:
    """Raises OSError: Broken("no-picamera2") where that is not installed, FileNotFoundError without a camera."""

    def __init__(
        self,
        number: int,
        purpose: Purpose,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        boot_clock: Callable[[], float] = lambda: time.clock_gettime(time.CLOCK_BOOTTIME),
        importer: Importer = picamera2,
    ) -> None:
        self._settings, self._clock, self._boot_clock = settings, clock, boot_clock
        try:
            maker = importer()
        except ImportError as absent:
            raise Broken("no-picamera2") from absent
        try:
            if number >= len(maker.global_camera_info()):
                raise FileNotFoundError(f"csi {number}")
            self._camera = maker(number)
        except OSError:
            raise
        except Exception as failed:  # libcamera raises what it likes; most often another program has the camera
            raise Broken("not-opened") from failed
        try:
            self._start(purpose)
        except Exception as failed:
            self._camera.close()
            raise Broken("not-started") from failed

    def read(self) -> Shot | None:
        try:
            request = self._camera.capture_request(wait=SILENCE)
            try:
                stamp = float(request.get_metadata().get("SensorTimestamp", 0)) / 1e9
                pixels = np.array(request.make_array("main"), np.uint8)
            finally:
                request.release()
        except TimeoutError:
            raise
        except Exception as failed:
            raise OSError("csi") from failed
        age = self._boot_clock() - stamp  # libcamera counts from the start of the machine, sleep included
        return Shot(self._clock() - (age if 0 <= age <= _LIKELY else 0.0), np.ascontiguousarray(pixels[:, :, :3]))

    def hold(self) -> None:
        found = dict(self._camera.capture_metadata())
        held: dict[str, Any] = {}
        if self._settings.exposure is None:
            held |= {"AeEnable": False} | {k: found[k] for k in ("ExposureTime", "AnalogueGain") if k in found}
        if self._settings.white_balance is None:
            held |= {"AwbEnable": False} | {k: found[k] for k in ("ColourGains",) if k in found}
        if self._settings.focus is None and "LensPosition" in found:
            held |= {"AfMode": _MANUAL, "LensPosition": found["LensPosition"]}
        self._set(held)

    def interrupt(self) -> None:
        """A request ends by itself."""

    def release(self) -> None:
        try:
            self._camera.stop()
        finally:
            self._camera.close()

    def _start(self, purpose: Purpose) -> None:
        if purpose is Purpose.STILL:
            size = tuple(self._camera.sensor_resolution)
            plan = self._camera.create_still_configuration(main={"size": size, "format": "RGB888"}, buffer_count=2)
        else:
            plan = self._camera.create_video_configuration(
                main={"size": PREVIEW, "format": "RGB888"}, controls={"FrameDurationLimits": _FRAME_US}
            )
        self._camera.configure(plan)
        self._camera.start()
        wanted: dict[str, Any] = {"AfMode": _CONTINUOUS}
        if self._settings.focus is not None:
            wanted = {"AfMode": _MANUAL, "LensPosition": self._settings.focus / 100}
        if self._settings.exposure is not None:
            wanted |= {"AeEnable": False, "ExposureTime": self._settings.exposure * 100}
        if self._settings.white_balance is not None:
            wanted |= {"AwbEnable": False, "ColourTemperature": self._settings.white_balance}
        self._set(wanted)

    def _set(self, wanted: dict[str, Any]) -> None:
        """What the sensor offers of it: fixed lenses know no focus, and picamera2 raises for what is not there."""
        offered = self._camera.camera_controls
        known = {name: value for name, value in wanted.items() if name in offered}
        if known:
            self._camera.set_controls(known)
