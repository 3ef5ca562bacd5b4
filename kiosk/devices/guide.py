"""What to tell the person while a paper is being laid down: computed beside the preview, a few times a second.

The preview must not wait for it: finding the sheet takes longer than a frame on a Raspberry Pi. So one thread works on
the newest picture, and every frame carries the newest answer. Between two answers the sheet's sides are followed, which
is quick, so that the outline keeps to the sheet at the camera's own rate.
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
from kiosk.vision import CLOSER, FoundCodes, Image, PageFinding, find_codes, find_page, measure
from kiosk.vision.qr.memory import Memory
from kiosk.vision.tracking import Tracker

INTERVAL = 1 / 6  # seconds between two answers, at least
REST = 1.0  # times as long as an answer took no other is begun: half a core at most, however slow the machine
FOLLOW_REST = 1.0  # the same between two times of following
STALE = 1.5  # seconds after which an answer says nothing about what is seen now
CODE_BUDGET = 0.06  # seconds of retries on a preview picture
MOVED = 0.012  # share of the small picture that changed
LOOK_AGAIN = 0.5  # seconds after which even a good sheet in a picture that did not change is looked for anew
STEADY = 0.003  # of the picture; corners that differ by less are the same corners, seen through noise
TOLD_FOR = 6.0  # seconds after which a second paper or a bent one no longer keeps the picture from being taken
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
        self._begun = self._looks_after = self._follows_after = -1e9
        self._latest = Advice()
        self._made = -1e9
        self._before: NDArray[np.int16] | None = None
        self._look: _Look | None = None
        self._round = 0
        self._told_since: float | None = None
        # the worker's own, and the round they belong to
        self._tracker, self._memory, self._tracked = Tracker(), Memory(clock), 0

    def see(self, picture: Image, purpose: Purpose) -> Advice:
        """Offer a picture; the newest answer, which may be about an earlier one. Never waits."""
        now = self._clock()
        with self._lock:
            idle = self._running is None or self._running.done()
            if idle and now - self._begun >= INTERVAL and now >= self._looks_after:
                self._begun = now
                self._running = self._workers.submit(self._work, picture, purpose, self._round)
            elif idle and self._latest.corners and now >= self._follows_after:
                self._running = self._workers.submit(self._follow, picture, self._round)
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
        again = look is None or not _still_good(look, small, purpose, now)
        if look is None or again:
            moving = before is not None and moved(before, small)
            tracker = self._track(round_)
            advice = advise(
                picture, purpose, moving=moving, find=lambda image: tracker.see(image, now), memory=self._memory
            )
            look = _Look(small, now, purpose, self._patient(steady(latest, advice), now))
        with self._lock:
            ended = self._clock()
            self._looks_after = ended + REST * (ended - begun)
            if self._round == round_:  # not forgotten meanwhile
                advice = look.advice if again else replace(look.advice, corners=latest.corners)  # as it was followed
                self._look, self._latest, self._made = look, advice, ended

    def _patient(self, advice: Advice, now: float) -> Advice:
        """A second paper or a bent one is told, and after a while let be: it may be that it cannot be otherwise."""
        if advice.hint not in ("several", "not_flat"):
            if not advice.corners:
                self._told_since = None
            return advice
        if self._told_since is None:
            self._told_since = now
        return replace(advice, hint="ok") if now - self._told_since >= TOLD_FOR else advice

    def _follow(self, picture: Image, round_: int) -> None:
        """Move the outline with the sheet; what else was found stays as it is."""
        begun = self._clock()
        look = self._look
        if look is not None and not _changed(look.small, _small(picture)):
            return
        followed = self._track(round_).follow(picture)
        with self._lock:
            ended = self._clock()
            self._follows_after = ended + FOLLOW_REST * (ended - begun)
            if self._round == round_ and followed is not None and self._latest.corners:
                moved_to = replace(self._latest, corners=_fractions(followed, picture))
                self._latest, self._made = steady(self._latest, moved_to), ended

    def _track(self, round_: int) -> Tracker:
        """The tracker, empty (as the memory of codes) when a new round has begun. Only for the worker's thread."""
        if self._tracked != round_:
            self._tracker, self._tracked, self._told_since = Tracker(), round_, None
            self._memory.forget()
        return self._tracker


def advise(
    picture: Image,
    purpose: Purpose,
    moving: bool,
    find: Callable[[Image], PageFinding] = find_page,
    memory: Memory | None = None,
) -> Advice:
    """The answer about one picture. Faults of the picture are told before those of the paper.

    `memory`: what earlier pictures showed of a code that none shows whole.
    """
    found = find(picture)
    quality = measure(picture, found.corners)
    codes = find_codes(picture, CODE_BUDGET, memory=memory) if purpose == "sheet" else FoundCodes()
    texts = tuple(dict.fromkeys(code.text for code in codes.codes))
    far = not texts and any(one.px_per_module and one.px_per_module < CLOSER for one in codes.unread)
    if found.corners is None:
        return Advice(hint="code_far" if far else "none", texts=texts)
    hint = "moving" if moving else quality.hint.value
    if hint == "ok" and not found.flat:
        hint = "not_flat"
    elif hint == "ok" and found.several:
        hint = "several"
    if far and hint in ("ok", "far", "not_flat", "several"):
        hint = "code_far"
    return Advice(quality.whole, quality.sharp, quality.no_glare, hint, _fractions(found, picture), texts)


def _fractions(found: PageFinding, picture: Image) -> tuple[tuple[float, float], ...]:
    height, width = picture.shape[:2]
    return tuple((x / (width - 1), y / (height - 1)) for x, y in found.corners or ())


def _still_good(look: _Look, small: NDArray[np.int16], purpose: Purpose, now: float) -> bool:
    """Whether a good sheet still lies there as it did: finding it again would only warm the machine."""
    if look.advice.hint != "ok" or look.purpose != purpose or now - look.at >= LOOK_AGAIN:
        return False
    return not _changed(look.small, small)


def _changed(before: NDArray[np.int16], now: NDArray[np.int16]) -> bool:
    """Whether two small pictures differ anywhere by more than noise."""
    return int(np.abs(now - before).max()) > _SAME


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
