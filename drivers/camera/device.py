"""The document camera as the rest sees it."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.camera.driver import CameraDriver
from drivers.camera.feed import REAL, Waits
from drivers.camera.places import Kinds
from drivers.roles import CameraFacts, Fault, Missing, Picture, Ready, Status, Unknown


class DocumentCamera:
    """A :class:`~drivers.roles.Camera`. Nothing is opened before the first picture is asked for.

    Raises ValueError for an address that is none.
    """

    def __init__(
        self,
        preview: str,
        still: str = "",
        kinds: Kinds | None = None,
        clock: Callable[[], float] = time.monotonic,
        waits: Waits = REAL,
    ) -> None:
        kinds = kinds or Kinds(clock=clock)
        self._clock = clock
        self._place = kinds.place(preview)
        self._still_place = kinds.place(still or preview)
        self._driver = CameraDriver(self._place, self._still_place, clock, waits)
        self._silent_since: float | None = None

    def status(self) -> Status:
        """Ready, Missing, Fault or Unknown, without taking a picture when none is wanted. Answers within 2 s."""
        trouble = self._driver.trouble
        if self._driver.running:
            self._silent_since = None
            return trouble if isinstance(trouble, Fault | Unknown) else Ready()
        there = self._place.there()
        if there is None:
            if self._silent_since is None:
                self._silent_since = self._clock()
            return Unknown(self._silent_since)
        self._silent_since = None
        if isinstance(there, Fault):
            return there
        if not there:
            return Missing()
        # it can be opened, but its pictures stopped coming or were none: that has not been disproved
        return Ready() if trouble is None or isinstance(trouble, Missing) else trouble

    def frame(self, timeout: float = 2.0) -> Picture | Missing | Unknown | Fault:
        """The newest preview picture; opens the camera when need be."""
        return self._driver.frame(timeout)

    def still(self, timeout: float = 10.0) -> Picture | Missing | Unknown | Fault:
        """One full-size picture, exposed after this call."""
        return self._driver.still(timeout)

    def describe(self) -> CameraFacts:
        """Sizes of the pictures that came; before that, what the camera offers by its own word."""
        preview, still = self._driver.preview_size, self._driver.still_size
        offered = self._still_place.offered()
        if offered is None:
            return CameraFacts(preview, still, came=still != (0, 0))
        came = still != (0, 0)
        return CameraFacts(
            preview if preview != (0, 0) else offered[0], still if came else offered[1], came, str(offered[2])
        )

    def rest(self) -> None:
        """Stop the preview, so that the camera's light goes out; the next `frame` starts it again."""
        self._driver.rest()

    def close(self) -> None:
        """Let the camera go. May be called twice."""
        self._driver.rest()


def open(url: str, still_url: str = "") -> DocumentCamera:
    """The camera at `url`, stills from `still_url`; the addresses are those of :mod:`drivers.camera.address`."""
    return DocumentCamera(url, still_url)
