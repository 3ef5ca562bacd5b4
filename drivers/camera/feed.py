"""Reads a source in a thread, so that a camera that hangs hangs nobody, and keeps the newest picture only.

`read()` of a V4L2 camera whose USB hub stalls, or of a network stream that stays open and silent, blocks for as long as
it likes. Only the thread here ever waits for it; everybody else waits for the thread, with a bound.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable

import cv2

from drivers.camera.source import Broken, Shot, Source
from drivers.roles import Fault, Missing, Unknown

#: Seconds after which a picture is no longer given as what is seen now.
FRESH = 1.0

SourceOpener = Callable[[], Source]


class Feed:
    """One opening of one source. It does not come back when it has ended; make another one.

    Where `settle` is said it is for one still: after so many pictures focus, exposure and white balance are held, the
    next picture is the still, and the source is let go.
    """

    def __init__(
        self, opener: SourceOpener, clock: Callable[[], float] = time.monotonic, *, settle: int | None = None
    ) -> None:
        self._opener, self._clock, self._settle = opener, clock, settle
        self._changed = threading.Condition()
        self._source: Source | None = None
        self._shot: Shot | None = None
        self._count = 0
        self._why: Missing | Unknown | Fault | None = None
        self._closing = False
        self.begun = clock()
        threading.Thread(target=self._run, name="camera-feed", daemon=True).start()

    @property
    def count(self) -> int:
        """How many pictures have come."""
        return self._count

    @property
    def newest(self) -> Shot | None:
        """The last picture that came, however old."""
        return self._shot

    @property
    def ended(self) -> Missing | Unknown | Fault | None:
        """Why no more pictures come; None while they may. Of Unknown only the case counts."""
        return self._why

    def after(self, count: int, timeout: float) -> tuple[Shot, int] | None:
        """The newest fresh picture once more than `count` have come, and how many have; None without one in time.

        It ends early when the source has ended.
        """

        def there() -> bool:
            return self._why is not None or self._fresh(count)

        with self._changed:
            self._changed.wait_for(there, timeout)
            return (self._shot, self._count) if self._shot is not None and self._fresh(count) else None

    def close(self) -> None:
        """Tell the thread to end. It is not waited for: it may hang inside the camera's driver."""
        with self._changed:
            self._closing = True
            self._shot = None
            source = self._source
            self._changed.notify_all()
        if source is not None:
            source.interrupt()

    def gone(self, timeout: float) -> bool:
        """Wait until the source is let go, so that it may be opened in another mode; False when it still is not."""
        with self._changed:
            return self._changed.wait_for(lambda: self._why is not None, timeout)

    def _fresh(self, count: int) -> bool:
        shot = self._shot
        if self._settle is not None:  # a still may take its time to be unpacked
            return shot is not None and self._count > self._settle
        return shot is not None and self._count > count and self._clock() - shot.taken <= FRESH

    def _run(self) -> None:
        source: Source | None = None
        why: Missing | Unknown | Fault = Missing()
        try:
            source = self._opener()
            with self._changed:
                self._source = source
            self._read(source)
        except TimeoutError:
            why = Unknown(self._clock())
        except Broken as broken:
            why = Fault(broken.detail)
        except (cv2.error, OSError, http.client.HTTPException):
            pass  # the same as a source that ended
        finally:
            try:
                if source is not None:
                    source.release()
            finally:
                with self._changed:
                    self._source, self._why = None, why
                    self._changed.notify_all()

    def _read(self, source: Source) -> None:
        while not self._closing and (self._settle is None or self._count <= self._settle):
            if self._settle is not None and self._count == self._settle:
                source.hold()
            shot = source.read()
            if shot is None:
                return
            with self._changed:
                if self._closing:
                    return
                self._shot = shot
                self._count += 1
                self._changed.notify_all()
