"""One camera, one lock: a preview feed that is opened when wanted, and stills on demand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from drivers.camera.eye import Eye, black
from drivers.camera.feed import FRESH, REAL, Feed, Waits
from drivers.camera.modes import Purpose, Size
from drivers.camera.places import Place
from drivers.camera.source import Shot
from drivers.roles import Fault, Missing, Picture, Pixels, Unknown

SETTLE = 4  # pictures after a switch of mode until exposure and white balance stand
FIRST_WAIT, LONGEST_WAIT = 0.25, 8.0  # seconds between attempts to open a camera that is away
OPENING = 8.0  # seconds that a camera may take until its first picture before it is opened anew
SAME_STILLS = 3  # stills that are equal bit for bit, one after the other, are one picture that somebody repeats

Trouble = Missing | Unknown | Fault


class CameraDriver:
    """Reads from `preview`; takes stills from `still`, or from the same device in its large mode if they are one."""

    def __init__(
        self, preview: Place, still: Place, clock: Callable[[], float] = time.monotonic, waits: Waits = REAL
    ) -> None:
        self._preview, self._still, self._clock, self._waits = preview, still, clock, waits
        self._one_device = preview.key == still.key
        self._lock = threading.Lock()
        self._feed: Feed | None = None
        self._leaving: Feed | None = None  # has been told to let the device go, and may not have done so yet
        self._given = 0
        self._eye = Eye(preview.noisy)
        self._last_still: Shot | None = None
        self._same_stills = 1
        self._wait = FIRST_WAIT
        self._not_before = 0.0
        self._trouble: Trouble | None = None
        self.preview_size: Size = (0, 0)
        self.still_size: Size = (0, 0)

    @property
    def running(self) -> bool:
        """Whether preview pictures are coming just now."""
        feed = self._feed
        newest = None if feed is None or feed.ended is not None else feed.newest
        return newest is not None and self._clock() - newest.taken <= 2 * FRESH

    @property
    def trouble(self) -> Trouble | None:
        """Why the last picture that was asked for did not come; None when it came."""
        return self._trouble

    def frame(self, timeout: float) -> Picture | Trouble:
        """A fresh preview picture that was not given before."""
        with self._lock:
            deadline = self._clock() + timeout
            while True:
                feed = self._feed or self._open(deadline)
                if feed is None:
                    return self._trouble or Missing()
                found = feed.after(self._given, max(0.0, deadline - self._clock()))
                if found is None:
                    return self._silent(feed)
                shot, self._given = found
                pixels = shot.open()
                if pixels is not None:
                    return self._seen(shot, pixels)
                # nonsense instead of a picture: the next one may be better

    def still(self, timeout: float) -> Picture | Trouble:
        """A full-size picture that was exposed after this call."""
        with self._lock:
            deadline = self._clock() + timeout
            if self._one_device:
                self._drop()
                if not self._let_go(deadline):
                    return self._note(Unknown(self._clock()))
            settle = SETTLE if self._one_device and self._still.noisy else 0
            feed = Feed(lambda: self._still.open(Purpose.STILL), self._clock, settle=settle, waits=self._waits)
            try:
                found = feed.after(0, max(0.0, deadline - self._clock()))
                pixels = None if found is None else found[0].open()
                if found is None or pixels is None:
                    ended = feed.ended if found is None else None  # nonsense was an answer, and none that says why
                    return self._note(ended or Unknown(self._clock()))
                return self._judge(found[0], pixels, stuck=settle > 0 and not feed.moved)
            finally:
                feed.close()
                if self._one_device:
                    self._leaving = feed

    def rest(self) -> None:
        """Stop the preview; the next `frame` starts it again."""
        with self._lock:
            self._drop()
            if isinstance(self._trouble, Fault):
                self._trouble = None  # nobody looks any more, so nothing is known of it

    def _open(self, deadline: float) -> Feed | None:
        pause = self._not_before - self._clock()
        if pause > 0:
            until_then = min(pause, deadline - self._clock())
            if until_then > 0:
                self._waits.pause(until_then)
            if until_then < pause:
                return None
        if not self._let_go(deadline):
            self._note(Unknown(self._clock()))
            return None
        self._feed = Feed(lambda: self._preview.open(Purpose.PREVIEW), self._clock, waits=self._waits)
        self._given = 0
        return self._feed

    def _let_go(self, deadline: float) -> bool:
        """Wait for what had the device before: it has one mode at a time, and one hung thread is enough."""
        if self._leaving is not None and not self._leaving.gone(max(0.0, deadline - self._clock())):
            return False
        self._leaving = None
        return True

    def _drop(self) -> None:
        if self._feed is not None:
            self._feed.close()
            self._leaving = self._feed
        self._feed = None
        self._eye.forget()

    def _seen(self, shot: Shot, pixels: Pixels) -> Picture | Fault:
        self._wait, self._not_before = FIRST_WAIT, 0.0
        self.preview_size = (pixels.shape[1], pixels.shape[0])
        fault = self._eye.see(shot, pixels)
        self._trouble = fault
        return Picture(pixels, shot.taken) if fault is None else fault

    def _judge(self, shot: Shot, pixels: Pixels, stuck: bool) -> Picture | Fault:
        """`stuck`: all pictures of this still were one, bit for bit, so it was perhaps exposed long ago."""
        self.still_size = (pixels.shape[1], pixels.shape[0])
        # not 39 MB for one comparison: packed pictures are small, of the others a tenth is enough
        kept = shot if shot.packed else Shot(shot.taken, pixels[::10].copy())
        repeated = self._still.noisy and self._last_still is not None and kept.same(self._last_still)
        self._same_stills = self._same_stills + 1 if repeated else 1
        self._last_still = kept
        fault = Fault("black") if black(pixels) else None
        if fault is None and (stuck or self._same_stills >= SAME_STILLS):
            fault = Fault("frozen")
        self._trouble = fault
        return Picture(pixels, shot.taken) if fault is None else fault

    def _silent(self, feed: Feed) -> Trouble:
        """No picture in time: drop the feed, but for one that is still being opened."""
        ended = feed.ended
        if ended is None and feed.count == 0 and self._clock() - feed.begun < OPENING:
            return self._note(Unknown(self._clock()))
        self._drop()
        self._not_before = self._clock() + self._wait
        self._wait = min(LONGEST_WAIT, self._wait * 2)
        return self._note(ended or Unknown(self._clock()))

    def _note(self, trouble: Trouble) -> Trouble:
        """Remember it; of a silence its beginning."""
        if not (isinstance(trouble, Unknown) and isinstance(self._trouble, Unknown)):
            self._trouble = trouble
        return self._trouble or trouble
