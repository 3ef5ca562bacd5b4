"""Pictures out of files, for rehearsals and benches: a film, a folder of pictures, or one picture, again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from drivers.camera.source import Shot

_PICTURES = (".jpg", ".jpeg", ".png")
_RATE = 15.0  # pictures a second where a film does not say


class FilmSource:
    """Plays at the film's own pace. Raises OSError when there is nothing to play."""

    def __init__(self, path: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ended = threading.Event()
        place = Path(path)
        found = sorted(place.iterdir()) if place.is_dir() else [place]
        self._pictures = [each for each in found if each.suffix.lower() in _PICTURES and each.is_file()]
        self._film: cv2.VideoCapture | None = None
        self._turn = 0
        self._pause = 1 / _RATE
        if not self._pictures:
            film = cv2.VideoCapture(path)
            if not film.isOpened():
                raise FileNotFoundError(path)
            rate = film.get(cv2.CAP_PROP_FPS)
            self._pause = 1 / rate if 1 <= rate <= 120 else 1 / _RATE
            self._film = film

    def read(self) -> Shot | None:
        self._ended.wait(self._pause)
        if self._ended.is_set():
            return None
        if self._film is None:
            path = self._pictures[self._turn % len(self._pictures)]
            self._turn += 1
            picture = cv2.imread(str(path))
        else:
            done, picture = self._film.read()
            if not done:
                self._film.set(cv2.CAP_PROP_POS_FRAMES, 0)
                done, picture = self._film.read()
        return None if picture is None else Shot(self._clock(), np.asarray(picture, np.uint8))

    def hold(self) -> None:
        """A film is as it is."""

    def interrupt(self) -> None:
        self._ended.set()

    def release(self) -> None:
        if self._film is not None:
            self._film.release()


class RtspSource:
    """A stream that only FFmpeg can read."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 8000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 4000]
        self._capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, limits)
        if not self._capture.isOpened():
            raise FileNotFoundError(url)

    def read(self) -> Shot | None:
        done, picture = self._capture.read()
        return Shot(self._clock(), np.asarray(picture, np.uint8)) if done else None

    def hold(self) -> None:
        """A network camera minds its own exposure."""

    def interrupt(self) -> None:
        """FFmpeg ends a read by itself after a few seconds."""

    def release(self) -> None:
        self._capture.release()
