"""One camera, one lock: a preview feed that is opened when wanted, and stills on demand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from drivers.camera.wire import Feed, Opener, Size, open_source
from drivers.roles import Missing, Pixels, Unknown

PREVIEW: Size = (1280, 720)
STILL: Size = (4208, 3120)
SETTLE = 4  # pictures after a switch of mode until exposure and white balance stand
FIRST_WAIT, LONGEST_WAIT = 0.25, 8.0  # seconds between attempts to open a camera that is away


class CameraDriver:
    """Reads from `preview`; takes stills from `still`, or from the same device in its large mode if they are equal."""

    def __init__(
        self,
        preview: str,
        still: str,
        opener: Opener = open_source,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._preview, self._still = preview, still
        self._opener, self._clock = opener, clock
        self._lock = threading.Lock()
        self._feed: Feed | None = None
        self._given = 0
        self._wait = FIRST_WAIT
        self._not_before = 0.0
        self._silent_since: float | None = None

    @property
    def running(self) -> bool:
        """Whether preview pictures are coming just now."""
        feed = self._feed
        return feed is not None and not feed.lost and feed.count > 0 and self._silent_since is None

    @property
    def silent_since(self) -> float | None:
        """When it first failed to answer, while it still does not."""
        return self._silent_since

    def frame(self, timeout: float) -> Pixels | Missing | Unknown:
        """A preview picture that was not given before."""
        with self._lock:
            deadline = self._clock() + timeout
            feed = self._feed
            if feed is None:
                feed = self._open(deadline)
                if feed is None:
                    return self._away()
            picture = feed.after(self._given, max(0.0, deadline - self._clock()))
            if picture is not None:
                self._given = feed.count
                self._answered()
                return picture
            self._drop()
            return self._unanswered(lost=feed.lost)

    def still(self, timeout: float) -> Pixels | Missing | Unknown:
        """A full-size picture that was exposed after this call."""
        with self._lock:
            deadline = self._clock() + timeout
            wanted = 0
            if self._still == self._preview:
                self._drop()  # a V4L2 device has one mode at a time
                wanted = SETTLE
            feed = Feed(self._still, STILL, self._opener, pictures=wanted + 1)
            try:
                picture = feed.after(wanted, max(0.0, deadline - self._clock()))
                if picture is not None:
                    self._answered()
                    return picture
                return self._unanswered(lost=feed.lost)
            finally:
                feed.close()

    def rest(self) -> None:
        """Stop the preview; the next `frame` starts it again."""
        with self._lock:
            self._drop()

    def _open(self, deadline: float) -> Feed | None:
        pause = self._not_before - self._clock()
        if pause > 0:
            if self._clock() + pause > deadline:
                threading.Event().wait(max(0.0, deadline - self._clock()))
                return None
            threading.Event().wait(pause)
        self._feed, self._given = Feed(self._preview, PREVIEW, self._opener), 0
        return self._feed

    def _drop(self) -> None:
        if self._feed is not None:
            self._feed.close()
        self._feed = None

    def _answered(self) -> None:
        self._wait, self._not_before, self._silent_since = FIRST_WAIT, 0.0, None

    def _unanswered(self, lost: bool) -> Missing | Unknown:
        self._not_before = self._clock() + self._wait
        self._wait = min(LONGEST_WAIT, self._wait * 2)
        if lost:
            self._silent_since = None
            return Missing()
        if self._silent_since is None:
            self._silent_since = self._clock()
        return Unknown(self._silent_since)

    def _away(self) -> Missing | Unknown:
        return Missing() if self._silent_since is None else Unknown(self._silent_since)
