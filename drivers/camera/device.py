"""The document camera as the rest sees it."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from drivers.camera.driver import CameraDriver
from drivers.camera.wire import Opener, open_source
from drivers.roles import CameraFacts, Missing, Pixels, Ready, Status, Unknown

_PROBE = 1.5  # seconds


class DocumentCamera:
    """A :class:`~drivers.roles.Camera`. Nothing is opened before the first picture is asked for."""

    def __init__(
        self,
        preview: str,
        still: str = "",
        opener: Opener = open_source,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = preview
        self._clock = clock
        self._driver = CameraDriver(preview, still or preview, opener, clock)
        self._silent_since: float | None = None

    def status(self) -> Status:
        """Ready, Missing or Unknown, without taking a picture when none is wanted. Answers within 2 s."""
        if self._driver.running:
            self._silent_since = None
            return Ready()
        found = _probe(self._address)
        if found is None:
            if self._silent_since is None:
                self._silent_since = self._clock()
            return Unknown(self._silent_since)
        self._silent_since = None
        if not found:
            return Missing()
        # it can be opened but its pictures stopped coming: that has not been disproved
        silent = self._driver.silent_since
        return Ready() if silent is None else Unknown(silent)

    def frame(self, timeout: float = 2.0) -> Pixels | Missing | Unknown:
        """The newest preview picture; opens the camera when need be."""
        return self._driver.frame(timeout)

    def still(self, timeout: float = 10.0) -> Pixels | Missing | Unknown:
        """One full-size picture, exposed after this call."""
        return self._driver.still(timeout)

    def describe(self) -> CameraFacts:
        """Nothing is known before a picture came."""
        return CameraFacts()

    def rest(self) -> None:
        """Stop the preview, so that the camera's light goes out; the next `frame` starts it again."""
        self._driver.rest()

    def close(self) -> None:
        """Let the camera go. May be called twice."""
        self._driver.rest()


def open(url: str, still_url: str = "") -> DocumentCamera:
    """The camera at `url`: `/dev/v4l/by-id/…`, `http://…/preview.mjpg` or `file:///x.avi`; stills from `still_url`."""
    return DocumentCamera(url, still_url)


def _probe(address: str) -> bool | None:
    """Whether there is something at `address`; None when it took the question and did not answer."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        return Path(unquote(parts.path) if parts.scheme == "file" else address).exists()
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_PROBE)
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        return connection.getresponse().status == 200
    except TimeoutError:
        return None
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
