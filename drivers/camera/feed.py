"""Reads a source in a thread, so that a camera that hangs hangs nobody, and keeps the newest picture only.

`read()` of a V4L2 camera whose USB hub stalls, or of a network stream that stays open and silent, blocks for as long as
it likes. Only the thread here ever waits for it; everybody else waits for the thread, with a bound.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2

from drivers.camera.source import Broken, Shot, Source
from drivers.roles import Fault, Missing, Unknown

#: Seconds after which a picture is no longer given as what is seen now.
FRESH = 1.0
#: Seconds that a still waits for a picture unlike the first one; a slow camera repeats one for a second perhaps.
STUCK = 2.0

SourceOpener = Callable[[], Source]


def _in_a_thread(step: Callable[[], bool]) -> None:
    def run() -> None:
        while step():
            pass

    threading.Thread(target=run, name="camera-feed", daemon=True).start()


def _pause(seconds: float) -> None:
    threading.Event().wait(seconds)


@dataclass(frozen=True)
class Waits:
    """How the reading goes on beside everybody else, and how they wait; simulated time has its own.

    `start` sees to it that a step is taken again and again until it says False.
    """

    start: Callable[[Callable[[], bool]], None] = _in_a_thread
    condition: Callable[[], threading.Condition] = threading.Condition
    pause: Callable[[float], None] = _pause


REAL = Waits()


class Feed:
    """One opening of one source. It does not come back when it has ended; make another one.

    Where `settle` is said it is for one still: after so many pictures focus, exposure and white balance are held, the
    next picture is the still, and the source is let go. With pictures to settle on, the still is one that came after
    the pictures changed; when they have not for STUCK seconds it is taken nevertheless, and `moved` stays false.
    """

    def __init__(
        self,
        opener: SourceOpener,
        clock: Callable[[], float] = time.monotonic,
        *,
        settle: int | None = None,
        waits: Waits = REAL,
    ) -> None:
        self._opener, self._clock, self._settle = opener, clock, settle
        self._changed = waits.condition()
        self._source: Source | None = None
        self._shot: Shot | None = None
        self._count = 0
        self._why: Missing | Unknown | Fault | None = None
        self._closing = False
        #: Whether two pictures differed, as those of a sensor do; looked at where there are some to settle on.
        self.moved = False
        self._first_taken = 0.0
        self.begun = clock()
        waits.start(self._step)

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
            return shot is not None and self._exposed
        return shot is not None and self._count > count and self._clock() - shot.taken <= FRESH

    @property
    def _exposed(self) -> bool:
        """Whether the newest picture is the still."""
        if self._settle is None or self._shot is None or self._count <= self._settle:
            return False
        return self._settle == 0 or self.moved or self._shot.taken - self._first_taken >= STUCK

    def _step(self) -> bool:
        """Open the source, or read one picture; False when that was the end, and the source is let go."""
        goes_on, why = False, Missing()
        try:
            goes_on = self._open() if self._source is None else self._read(self._source)
        except TimeoutError:
            why = Unknown(self._clock())
        except Broken as broken:
            why = Fault(broken.detail)
        except (cv2.error, OSError, http.client.HTTPException):
            pass  # the same as a source that ended
        finally:
            if not goes_on:
                self._end(why)
        return goes_on

    def _open(self) -> bool:
        source = self._opener()
        with self._changed:
            self._source = source
        return True

    def _read(self, source: Source) -> bool:
        if self._closing or self._exposed:
            return False
        if self._settle is not None and self._count == self._settle:
            source.hold()
        shot = source.read()
        if shot is None:
            return False
        with self._changed:
            if self._closing:
                return False
            if self._shot is None:
                self._first_taken = shot.taken
            elif self._settle and not self.moved:
                self.moved = not shot.same(self._shot)
            self._shot = shot
            self._count += 1
            self._changed.notify_all()
        return True

    def _end(self, why: Missing | Unknown | Fault) -> None:
        try:
            if self._source is not None:
                self._source.release()
        finally:
            with self._changed:
                self._source, self._why = None, why
                self._changed.notify_all()
