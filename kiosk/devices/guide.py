"""What to tell the person while a paper is being laid down: computed beside the preview, a few times a second.

The preview must not wait for it: finding the sheet takes longer than a frame on a Raspberry Pi. So one thread works on
the newest picture, and every frame carries the newest answer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.values import Purpose
from kiosk.vision import Image, find_page, measure, read_codes

INTERVAL = 1 / 6  # seconds between two answers, at least
REST = 1.0  # times as long as an answer took nothing is begun: half a core at most, however slow the machine
STALE = 1.5  # seconds after which an answer says nothing about what is seen now
CODE_BUDGET = 0.06  # seconds of retries on a preview picture
MOVED = 0.012  # share of the small picture that changed
LOOK_AGAIN = 0.5  # seconds after which even a good sheet in a picture that did not change is looked for anew
STEADY = 0.003  # of the picture; corners that differ by less are the same corners, seen through noise
_SAME = 5  # grey levels of a small picture's pixel that noise does not reach
_SMALL = (160, 90)
_CHANGED = 16  # grey levels


@dataclass(frozen=True)
class Advice:
    """What was found in one preview picture; `corners` are fractions of it."""

    whole: bool = False
    sharp: bool = False
    no_glare: bool = False
    hint: str = "none"
    corners: tuple[tuple[float, float], ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Look:
    """A picture that was really looked at, and what was found."""

    small: NDArray[np.int16]
    at: float
    purpose: Purpose
    advice: Advice


class Guide:
    """Works on the newest picture in one thread of its own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._workers = ThreadPoolExecutor(1, thread_name_prefix="guide")
        self._lock = threading.Lock()
        self._running: Future[None] | None = None
        self._begun = self._rests_until = -1e9
        self._latest = Advice()
        self._made = -1e9
        self._before: NDArray[np.int16] | None = None
        self._look: _Look | None = None
        self._round = 0

    def see(self, picture: Image, purpose: Purpose) -> Advice:
        """Offer a picture; the newest answer, which may be about an earlier one. Never waits."""
        now = self._clock()
        with self._lock:
            idle = self._running is None or self._running.done()
            if idle and now - self._begun >= INTERVAL and now >= self._rests_until:
                self._begun = now
                self._running = self._workers.submit(self._work, picture, purpose, self._round)
            return self._latest if now - self._made <= STALE else Advice()

    def forget(self) -> None:
        """Nothing is seen any more."""
        with self._lock:
            self._latest, self._made, self._before, self._look = Advice(), -1e9, None, None
            self._round += 1

    def close(self) -> None:
        """End the thread."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def settle(self, timeout: float = 10.0) -> None:
        """Wait until the answer about the last picture taken up is there."""
        running = self._running
        if running is not None:
            running.result(timeout)

    def _work(self, picture: Image, purpose: Purpose, round_: int) -> None:
        begun = self._clock()
        small = _small(picture)
        with self._lock:
            before, self._before = self._before, small
            look, latest = self._look, self._latest
        now = self._clock()
        if look is None or not _still_good(look, small, purpose, now):
            advice = advise(picture, purpose, moving=before is not None and moved(before, small))
            look = _Look(small, now, purpose, steady(latest, advice))
        with self._lock:
            ended = self._clock()
            self._rests_until = ended + REST * (ended - begun)
            if self._round == round_:  # not forgotten meanwhile
                self._look, self._latest, self._made = look, look.advice, ended


def advise(picture: Image, purpose: Purpose, moving: bool) -> Advice:
    """The answer about one picture."""
    height, width = picture.shape[:2]
    found = find_page(picture)
    quality = measure(picture, found.corners)
    texts: tuple[str, ...] = ()
    if purpose == "sheet":
        texts = tuple(dict.fromkeys(code.text for code in read_codes(picture, budget=CODE_BUDGET)))
    if found.corners is None:
        return Advice(texts=texts)
    hint = "moving" if moving else quality.hint.value
    corners = tuple((x / (width - 1), y / (height - 1)) for x, y in found.corners)
    return Advice(quality.whole, quality.sharp, quality.no_glare, hint, corners, texts)


def _still_good(look: _Look, small: NDArray[np.int16], purpose: Purpose, now: float) -> bool:
    """Whether a good sheet still lies there as it did: finding it again would only warm the machine."""
    if look.advice.hint != "ok" or look.purpose != purpose or now - look.at >= LOOK_AGAIN:
        return False
    return int(np.abs(small - look.small).max()) <= _SAME


def steady(before: Advice, now: Advice) -> Advice:
    """`now` with the corners of `before` where they are the same but for noise, so that an outline does not tremble."""
    if not before.corners or len(before.corners) != len(now.corners):
        return now
    if float(np.abs(np.subtract(before.corners, now.corners)).max()) > STEADY:
        return now
    return replace(now, corners=before.corners)


def moved(before: NDArray[np.int16], now: NDArray[np.int16]) -> bool:
    """Whether something moved between two small pictures; noise and flicker change few pixels by that much."""
    changed = np.abs(now - before - np.int16(np.median(now - before))) > _CHANGED
    return float(changed.mean()) > MOVED


def _small(picture: Image) -> NDArray[np.int16]:
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, _SMALL, interpolation=cv2.INTER_AREA), np.int16)
