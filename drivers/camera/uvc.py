"""USB cameras through V4L2: sizes and settings by ioctl, pictures by OpenCV.

OpenCV is given the node that the camera has just now, and one buffer, so that a picture is not older than the one
before it was fetched. The kernel stamps every buffer on the monotonic clock; that stamp is the picture's age.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from typing import Any

# FFmpeg writes a line for every refused connection; status on change is logged above, once
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

import cv2
import numpy as np

from drivers.camera import modes
from drivers.camera.address import Settings
from drivers.camera.modes import Purpose
from drivers.camera.source import Broken, Shot
from drivers.camera.v4l2 import Mode, Wire

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

SILENCE = 4.0  # seconds
_LIKELY = 10.0  # seconds; an older stamp is of another clock

WireOpener = Callable[[str], Wire]
Capture = Callable[[str, int], Any]


class UvcSource:
    """A camera at a node, streaming in the mode that fits the purpose. Raises OSError when it cannot be opened."""

    def __init__(
        self,
        node: str,
        purpose: Purpose,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        wire: WireOpener = Wire,
        capture: Capture = cv2.VideoCapture,
    ) -> None:
        self._settings, self._clock = settings, clock
        self._wire: Wire | None = None
        with contextlib.suppress(OSError):  # OpenCV may do without
            self._wire = wire(node)
        try:
            self._capture = capture(node, cv2.CAP_V4L2)
            if not self._capture.isOpened():
                raise Broken("not-opened") if os.path.exists(node) else FileNotFoundError(node)  # noqa: PTH110
            mode = None if self._wire is None else modes.choose(self._wire.modes(), purpose)
            self._set(mode or Mode("MJPG", *purpose.size))
            if self._wire is not None:
                modes.apply(self._wire, settings)
        except BaseException:
            self.release()
            raise

    def read(self) -> Shot | None:
        begun = self._clock()
        done, picture = self._capture.read()
        now = self._clock()
        if not done or picture is None:
            if now - begun > SILENCE:  # OpenCV waits for ten seconds; a camera that was unplugged fails at once
                raise TimeoutError
            return None
        stamp = float(self._capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000
        taken = stamp if 0 <= now - stamp <= _LIKELY else now
        return Shot(taken, np.asarray(picture, np.uint8))

    def hold(self) -> None:
        if self._wire is not None:
            modes.hold(self._wire, self._settings)

    def interrupt(self) -> None:
        """OpenCV ends a read by itself, ten seconds after the camera went silent."""

    def release(self) -> None:
        if self._wire is not None:
            modes.apply(self._wire, self._settings)  # what was held for a still is the camera's own again
            self._wire.close()
            self._wire = None
        capture = getattr(self, "_capture", None)
        if capture is not None:
            capture.release()

    def _set(self, mode: Mode) -> None:
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*mode.fourcc))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, mode.width)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, mode.height)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)


def offered(node: str, wire: WireOpener = Wire) -> tuple[modes.Size, modes.Size, Settings] | None:
    """Preview size, still size and settings as the camera says; None when it says nothing."""
    try:
        asked = wire(node)
    except OSError:
        return None
    try:
        all_of_them = asked.modes()
        preview, still = (modes.choose(all_of_them, purpose) for purpose in (Purpose.PREVIEW, Purpose.STILL))
        if preview is None or still is None:
            return None
        return (preview.width, preview.height), (still.width, still.height), modes.standing(asked)
    finally:
        asked.close()
