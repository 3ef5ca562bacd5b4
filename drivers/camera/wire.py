"""Pictures out of OpenCV's VideoCapture, read by a thread so that a camera that hangs hangs nobody.

`read()` of a V4L2 camera whose USB hub stalls, or of a network stream that stays open and silent, blocks for as long as
it likes. Only the thread here ever waits for it; everybody else waits for the thread, with a bound.
"""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

# FFmpeg writes a line for every refused connection; status on change is logged above, once
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

import cv2
import numpy as np

from drivers.roles import Pixels

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

Size = tuple[int, int]

OPEN_TIMEOUT_MS = 8000  # a 13 MP stream shows itself only after several whole pictures
READ_TIMEOUT_MS = 2000
SNAPSHOT_INTERVAL = 1 / 15  # seconds between two requests for single pictures, at least
LONGEST_PICTURE = 64 << 20  # bytes of one JPEG


class Source(Protocol):
    """What is used of `cv2.VideoCapture`."""

    def isOpened(self) -> bool: ...  # noqa: N802 - OpenCV's name
    def read(self) -> tuple[bool, Any]: ...
    def release(self) -> None: ...


Opener = Callable[[str, Size], Source]


def open_source(address: str, size: Size) -> Source:
    """A device path, `file:///…` or `http://…/x.mjpg` as OpenCV reads it; `size` is asked of devices only.

    `http://…/x.jpg` is one picture a request, as network cameras offer it for stills: it is here after one exchange,
    where a stream must be probed for several pictures first. Never an index: a Raspberry Pi 5 has a dozen /dev/video
    nodes that are no cameras.
    """
    parts = urlsplit(address)
    kind = parts.scheme
    if kind in ("http", "https") and parts.path.lower().endswith((".jpg", ".jpeg")):
        return _Snapshot(address)
    if kind in ("http", "https", "rtsp"):
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS]
        return cv2.VideoCapture(address, cv2.CAP_FFMPEG, limits)
    if kind == "file":
        return _Loop(unquote(parts.path))
    source = cv2.VideoCapture(str(Path(address).resolve()), cv2.CAP_V4L2)
    # uncompressed 13 MP does not fit through USB 2: without MJPG the driver quietly gives 1 frame in several seconds
    source.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    source.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
    source.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    source.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return source


class _Snapshot:
    """A camera that answers every request with one JPEG."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._host, self._port = parts.hostname or "", parts.port
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")
        self._released = threading.Event()
        self._asked = -1e9

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return not self._released.is_set()

    def read(self) -> tuple[bool, Any]:
        self._released.wait(max(0.0, self._asked + SNAPSHOT_INTERVAL - time.monotonic()))
        self._asked = time.monotonic()
        connection = self._kind(self._host, self._port, timeout=OPEN_TIMEOUT_MS / 1000)
        try:
            connection.request("GET", self._path)
            answer = connection.getresponse()
            packed = answer.read(LONGEST_PICTURE) if answer.status == 200 else b""
        except (OSError, http.client.HTTPException):
            return False, None
        finally:
            connection.close()
        picture = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_COLOR) if packed else None
        return picture is not None, picture

    def release(self) -> None:
        self._released.set()


class _Loop:
    """A film that starts again at its end; pictures come at the film's own pace."""

    def __init__(self, path: str) -> None:
        self._source = cv2.VideoCapture(path)
        rate = self._source.get(cv2.CAP_PROP_FPS)
        self._pause = 1 / rate if 1 <= rate <= 120 else 1 / 15
        self._ended = threading.Event()

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._source.isOpened()

    def read(self) -> tuple[bool, Any]:
        self._ended.wait(self._pause)
        done, picture = self._source.read()
        if not done:
            self._source.set(cv2.CAP_PROP_POS_FRAMES, 0)
            done, picture = self._source.read()
        return done, picture

    def release(self) -> None:
        self._ended.set()
        self._source.release()


class Feed:
    """One opening of one source: a thread reads it and keeps the newest picture only.

    After `pictures` of them, where that is said, the source is let go.
    """

    def __init__(self, address: str, size: Size, opener: Opener = open_source, *, pictures: int | None = None) -> None:
        self._address, self._size, self._opener = address, size, opener
        self._pictures = pictures
        self._changed = threading.Condition()
        self._picture: Pixels | None = None
        self._count = 0
        self._lost = False
        self._closing = False
        threading.Thread(target=self._run, name="camera-feed", daemon=True).start()

    @property
    def count(self) -> int:
        """How many pictures have come."""
        return self._count

    @property
    def lost(self) -> bool:
        """The source could not be opened, or ended. It does not come back; make another Feed."""
        return self._lost

    def after(self, count: int, timeout: float) -> Pixels | None:
        """The newest picture once more than `count` have come; None when none came in time, or when it is lost."""
        with self._changed:
            self._changed.wait_for(lambda: self._count > count or self._lost, timeout)
            return self._picture if self._count > count else None

    def close(self) -> None:
        """Tell the thread to end. It is not waited for: it may hang inside the camera's driver."""
        with self._changed:
            self._closing = True
            self._picture = None
            self._changed.notify_all()

    def _run(self) -> None:
        source: Source | None = None
        try:
            source = self._opener(self._address, self._size)
            while not self._closing and self._count != self._pictures and source.isOpened():
                done, picture = source.read()
                if not done or picture is None:
                    break
                with self._changed:
                    if self._closing:
                        break
                    self._picture = np.asarray(picture, np.uint8)
                    self._count += 1
                    self._changed.notify_all()
        except (cv2.error, OSError):
            pass  # the same as a source that ended
        finally:
            if source is not None:
                source.release()
            with self._changed:
                self._lost = True
                self._changed.notify_all()
