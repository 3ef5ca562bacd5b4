"""A document camera of memory: exposures in simulated seconds, as JPEG; one mode at a time, like a real one."""

from __future__ import annotations

import threading
from collections.abc import Callable

import cv2
import numpy as np

from drivers.camera import jpeg
from drivers.camera.address import Settings
from drivers.camera.device import DocumentCamera
from drivers.camera.feed import Waits
from drivers.camera.modes import Purpose, Size
from drivers.camera.places import Kinds, Place
from drivers.camera.source import Shot
from drivers.roles import Fault, Picture, Unknown, name_of
from tests.clocks import Clock
from tests.matrix.rigs.base import DONE, NOT, UNKNOWN, Rig

_SIZES: dict[Purpose, Size] = {Purpose.PREVIEW: (64, 48), Purpose.STILL: (96, 72)}
_EXPOSURE = 0.2  # seconds
_SILENCE = 4.0  # seconds after which a source that is not answered gives up
_GONE = 0.05  # seconds until a cut connection is noticed
_KEPT = 20  # exposures that are remembered


class CameraRig(Rig):
    role = "camera"
    faults = frozenset({"lens covered", "picture frozen"})

    def __init__(self) -> None:
        self.stills = self.number = self.reads = 0
        self.exposed_at = 0.0
        self.exposures: dict[bytes, float] = {}  # pixels of stills, and when they were exposed
        self.open_now: set[_Source] = set()
        super().__init__()

    def make(self) -> None:
        self.open_now.clear()  # as the kernel does for a process that ended
        turns = Turns(self.clock, self.next_after)
        waits = Waits(turns.start, lambda: turns.condition, self.clock.wait)
        self.camera = DocumentCamera("played", kinds=_Kinds(self), clock=self.clock, waits=waits)

    def ask(self) -> str:
        return name_of(self.camera.status())

    def act(self) -> str:
        """Somebody sees the preview and asks for a still."""
        self.clock.wait(2)
        self.reached("act begins")
        self.camera.frame(2.0)
        asked = self.clock.now
        told = self.camera.still(10.0)
        if not isinstance(told, Picture):
            return UNKNOWN if isinstance(told, Unknown) else NOT
        # a whole still: every pixel is of one exposure, and that was after it had been asked for
        self.stills += self.exposures.get(told.pixels.tobytes(), -1.0) > asked
        return DONE

    @property
    def came_out(self) -> int:
        return self.stills

    def next_after(self, begun: float) -> float:
        """When an opening or a picture that is waited for since `begun` comes, or fails to."""
        if self.away:
            return begun + _GONE
        return begun + (_SILENCE if self.mute else _EXPOSURE + self.delay)

    def expose(self, purpose: Purpose) -> bytes:
        """The next picture's JPEG."""
        if self.trouble != "picture frozen" or not self.number:
            self.number, self.exposed_at = self.number + 1, self.clock.now
        packed = _render(self.number, purpose, dark=self.trouble == "lens covered")
        if purpose is Purpose.STILL:
            pixels = jpeg.unpack(packed)
            assert pixels is not None
            self.exposures[pixels.tobytes()] = self.exposed_at
            while len(self.exposures) > _KEPT:
                del self.exposures[next(iter(self.exposures))]
        return packed


def _render(number: int, purpose: Purpose, dark: bool) -> bytes:
    """A sensor's noise over an even tray; the same number gives the same bytes."""
    columns, rows = _SIZES[purpose]
    noise = np.random.default_rng(number).integers(0, 9, (rows, columns, 3), np.uint8)
    return cv2.imencode(".jpg", noise if dark else noise + np.uint8(110))[1].tobytes()


class _Kinds(Kinds):
    def __init__(self, rig: CameraRig) -> None:
        super().__init__(clock=rig.clock)
        self.rig = rig

    def place(self, text: str) -> Place:
        return _Place(self.rig)


class _Place:
    key, noisy = "played", True

    def __init__(self, rig: CameraRig) -> None:
        self.rig = rig

    def open(self, purpose: Purpose) -> _Source:
        rig = self.rig
        if rig.away:
            raise ConnectionRefusedError
        if any(source.generation == rig.generation for source in rig.open_now):
            raise OSError(16, "one mode at a time")
        rig.reads = 0
        source = _Source(rig, purpose)
        rig.open_now.add(source)
        return source

    def there(self) -> bool | Fault | None:
        there = None if self.rig.mute else not self.rig.away
        self.rig.reached("asked")
        return there

    def offered(self) -> tuple[Size, Size, Settings] | None:
        return None


class _Source:
    def __init__(self, rig: CameraRig, purpose: Purpose) -> None:
        self.rig, self.purpose, self.generation = rig, purpose, rig.generation

    def read(self) -> Shot | None:
        rig = self.rig
        if rig.generation != self.generation:
            return None
        if rig.mute:
            raise TimeoutError
        packed = rig.expose(self.purpose)
        if rig.noise:
            rig.noise, packed = False, b"\xff\x00nonsense"
        elif rig.half:
            packed = packed[: len(packed) // 2]
        shot = Shot(rig.clock.now, packed=packed)
        if self.purpose is Purpose.STILL:
            rig.reads += 1
            if rig.reads == 3:
                rig.reached("middle of the act")
            elif rig.reads == 5:  # four to settle, and the still
                rig.reached("act just ended")
        return shot

    def hold(self) -> None: ...

    def interrupt(self) -> None: ...

    def release(self) -> None:
        self.rig.open_now.discard(self)


class Turns:
    """Feeds take their steps in turn, each when its time has come, while somebody waits for one of them."""

    def __init__(self, clock: Clock, next_after: Callable[[float], float]) -> None:
        self.clock, self.next_after = clock, next_after
        self.steps: dict[Callable[[], bool], float] = {}  # and since when each is waited for
        self.condition = _Condition(self)

    def start(self, step: Callable[[], bool]) -> None:
        self.steps[step] = self.clock.now

    def go_on(self, until: float) -> bool:
        """The next step by `until`; False when there is none."""
        step, begun = min(self.steps.items(), key=lambda item: item[1], default=(None, 0.0))
        at = self.next_after(begun)
        if step is None or at > until:
            self.clock.now = max(self.clock.now, until)
            return False
        self.clock.now = max(self.clock.now, at)
        if step():
            self.steps[step] = self.clock.now
        else:
            del self.steps[step]
        return True


class _Condition(threading.Condition):
    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self.turns = turns

    def wait_for(self, predicate: Callable[[], bool], timeout: float | None = None) -> bool:  # type: ignore[override]
        until = self.turns.clock.now + (timeout or 0.0)
        while not predicate() and self.turns.go_on(until):
            pass
        return predicate()
