"""Places that are played: pictures without a camera."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable

import numpy as np

from drivers.camera.address import Settings
from drivers.camera.modes import Purpose, Size
from drivers.camera.source import Shot
from drivers.roles import Fault, Pixels

_NOISE = itertools.count(1)


def picture(level: int = 90, size: Size = (6, 4)) -> Pixels:
    """An even picture of which one pixel differs from every other picture."""
    made = np.full((size[1], size[0], 3), level, np.uint8)
    made[1, 1, 0] = next(_NOISE) % 251
    return made


class Film:
    """A source that gives `count` pictures and then ends, or hangs until it is interrupted."""

    def __init__(self, count: int, hangs: bool = False, make: Callable[[], Shot] | None = None) -> None:
        self.count, self.hangs = count, hangs
        self.make = make or (lambda: Shot(time.monotonic(), picture()))
        self.held = 0
        self.read_before_hold = 0
        self.given = 0
        self.interrupted, self.released = threading.Event(), threading.Event()

    def read(self) -> Shot | None:
        if self.interrupted.is_set():
            return None
        if self.count > 0:
            self.count -= 1
            self.given += 1
            time.sleep(0.001)
            return self.make()
        if self.hangs:
            self.interrupted.wait(20)
        return None

    def hold(self) -> None:
        self.held += 1
        self.read_before_hold = self.given

    def interrupt(self) -> None:
        self.interrupted.set()

    def release(self) -> None:
        self.released.set()


class PlayedPlace:
    """Hands out films in turn and remembers what was asked for; without a film there is nothing."""

    noisy = True

    def __init__(self, *films: Film, key: str = "camera") -> None:
        self.films = list(films)
        self.key = key
        self.asked: list[Purpose] = []
        self.open_now: list[Film] = []
        self.most_open = 0
        self.answer: bool | Fault | None = True

    def open(self, purpose: Purpose) -> Film:
        self.asked.append(purpose)
        if not self.films:
            raise FileNotFoundError
        self.open_now = [film for film in self.open_now if not film.released.is_set()] + [self.films.pop(0)]
        self.most_open = max(self.most_open, len(self.open_now))
        return self.open_now[-1]

    def there(self) -> bool | Fault | None:
        return self.answer

    def offered(self) -> tuple[Size, Size, Settings] | None:
        return None
