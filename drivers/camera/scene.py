"""What the virtual camera sees, as JPEGs: drawn when it changes and packed beforehand, so that pictures cost little.

A sensor delivers 13 megapixels at once; drawing and packing them takes a second or two here. So a paper is drawn as
soon as it lies there, and of every scene a few exposures are kept, each with a noise of its own. Only what moves is
packed anew for every picture.
"""

from __future__ import annotations

import itertools
import threading
import time
from pathlib import Path

import cv2
import numpy as np

from drivers.camera import jpeg, scenery
from drivers.virtual import lens
from drivers.virtual.world import World

LOOK_INTERVAL = 0.1  # seconds between two looks at the tray
EXPOSURES: dict[lens.Mode, int] = {"preview": 8, "still": 3}  # kept of one scene; as many as a reading tries in a row
QUALITY: dict[lens.Mode, int] = {"preview": 82, "still": 92}
MOST_FILM = 300  # pictures of a film, at most
RATE = 20.0  # pictures a second

_PICTURES = (".jpg", ".jpeg", ".png")


class _Side:
    """One of the sensor's two modes: what it shows now, and the exposures made of that."""

    def __init__(self, mode: lens.Mode, seed: int) -> None:
        self.mode: lens.Mode = mode
        self.lock = threading.Lock()
        self.sensor = lens.Sensor(seed)
        self.key: object = None
        self.picture: lens.Pixels | None = None
        self.packed: list[bytes] = []
        self.turn = 0
        self.wanted = EXPOSURES[mode]
        self.last = b""

    def show(self, key: object, picture: lens.Pixels) -> None:
        """Something else to be seen."""
        self.key, self.picture, self.packed, self.turn = key, picture, [], 0
        self.wanted = EXPOSURES[self.mode]

    def play(self, key: object, packed: list[bytes]) -> None:
        """A film, packed already."""
        self.key, self.picture, self.packed, self.turn = key, None, packed, 0
        self.wanted = len(packed)

    def next(self) -> bytes:
        """Another exposure of the picture, in turn."""
        if self.picture is not None and len(self.packed) < self.wanted:
            self.packed.append(self.pack(self.picture))
            if len(self.packed) == self.wanted and self.mode == "still":
                self.picture = None  # 39 MB that nothing needs any more
            return self.packed[-1]
        self.turn = (self.turn + 1) % len(self.packed)
        return self.packed[self.turn]

    def pack(self, picture: lens.Pixels) -> bytes:
        """One exposure."""
        _, made = cv2.imencode(".jpg", self.sensor.expose(picture), [cv2.IMWRITE_JPEG_QUALITY, QUALITY[self.mode]])
        return made.tobytes()


class Scene:
    """Renders what lies before the camera; what was rendered is kept until something changes."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._seed = seed
        self._sides = {mode: _Side(mode, seed) for mode in EXPOSURES}
        self._begun = time.monotonic()
        self._lit: tuple[str, float] = ("on", -1e9)
        self._spoilt = itertools.cycle(_nonsense(seed))

    @property
    def cable(self) -> bool:
        """Whether it is plugged in."""
        return self._world.get("camera", "cable", "in") != "out"

    @property
    def stalled(self) -> bool:
        """Whether it hangs: keeps the line and sends nothing."""
        return self._world.get("camera", "stall", "no") == "yes"

    @property
    def interval(self) -> float:
        """Seconds between two preview pictures."""
        return 1 / min(60.0, max(0.5, _number(self._world.get("camera", "rate", ""), RATE)))

    def jpeg(self, mode: lens.Mode) -> bytes:
        """One exposure as the camera sends it; nonsense when it is to send that."""
        state = self._world.state("camera")
        if state.get("garbage") == "yes":
            return next(self._spoilt)
        side = self._sides[mode]
        with side.lock:
            if state.get("freeze") != "yes" or not side.last:
                side.last = self._exposed(side, state)
            return side.last

    def ahead(self, ended: threading.Event) -> None:
        """Draw every paper as soon as it lies there, the preview first. Returns when `ended` is set."""
        while not ended.wait(LOOK_INTERVAL):
            state = self._world.state("camera")
            for mode, side in self._sides.items():
                with side.lock:
                    if self._look(side, state) and (mode == "preview" or state.get("paper", "")):
                        side.next()

    def _exposed(self, side: _Side, state: dict[str, str]) -> bytes:
        self._look(side, state)
        now = time.monotonic()
        lamp = state.get("lamp", "on")
        if lamp != self._lit[0]:
            self._lit = (lamp, now)
        warm = scenery.warmth(now - self._lit[1]) if lamp == "cold" else 1.0
        moving, hand, stamped = (state.get(key) == "yes" for key in ("motion", "hand", "stamp"))
        if side.mode == "still":
            moving = stamped = False  # a still is asked for when the hand has let go
        if not (moving or hand or stamped or warm < 1):
            return side.next()
        packed = side.next() if side.picture is None else b""  # the still's, which is not kept, or a film's
        picture = side.picture if side.picture is not None else jpeg.unpack(packed)
        if picture is None:
            return packed
        since = now - self._begun
        if moving:
            picture = scenery.moved(picture, since)
        if hand:
            picture = scenery.reached_into(picture, since)
        if warm < 1:
            picture = np.asarray(cv2.convertScaleAbs(picture, alpha=warm), np.uint8)
        if stamped:
            picture = scenery.stamp(picture, int(now * 1000) % (1 << scenery.STAMP_BITS))
        return side.pack(picture)

    def _look(self, side: _Side, state: dict[str, str]) -> bool:
        """Draw again what has changed; whether nothing is exposed of it yet."""
        film = state.get("film", "")
        if film:
            if side.key != ("film", film):
                packed = _film(film, side)
                if packed:
                    side.play(("film", film), packed)
            if side.key == ("film", film):
                return False
        paper, kind = state.get("paper", ""), state.get("lens", "good")
        kind = "dark" if state.get("lamp") == "off" else kind
        distance = min(5000.0, max(100.0, _number(state.get("distance", ""), lens.TRAY)))
        black = state.get("black") == "yes"
        path = Path(paper) if paper else None
        stamp = path.stat().st_mtime_ns if path is not None and path.exists() else None
        # laying another paper down, or the same one again (`laid=2`), moves the hand and so the seed
        laid_times = state.get("laid", "0")
        seed = self._seed + (int(laid_times) if laid_times.isdigit() else 0)
        key = (paper, stamp, kind, seed, distance, black)
        if side.key == key:
            return not side.packed
        laid = None
        if path is not None and stamp is not None:
            try:
                laid = lens.lay(path)
            except OSError:
                laid = None  # not written to its end yet: an empty tray until it is
        if black:
            width, height = lens.PREVIEW if side.mode == "preview" else lens.STILL
            seen = np.zeros((height, width, 3), np.uint8)
        else:
            seen = lens.see(laid, kind, seed, side.mode, distance)
        # a paper that is not there to its end is looked for again
        side.show(key if laid is not None or path is None else None, seen)
        return True


def _film(place: str, side: _Side) -> list[bytes]:
    """A film's pictures, or those of a folder, each with the sensor's noise; often enough that no two are the same."""
    pictures: list[lens.Pixels] = []
    path = Path(place)
    if path.is_dir():
        found = sorted(each for each in path.iterdir() if each.suffix.lower() in _PICTURES)[:MOST_FILM]
        read = [cv2.imread(str(each)) for each in found]
        pictures = [np.asarray(each, np.uint8) for each in read if each is not None]
    else:
        film = cv2.VideoCapture(place)
        done, picture = film.read()
        while done and len(pictures) < MOST_FILM:
            pictures.append(np.asarray(picture, np.uint8))
            done, picture = film.read()
        film.release()
    if not pictures:
        return []
    times = -(-4 // len(pictures))
    return [side.pack(_fitted(picture, side.mode)) for _ in range(times) for picture in pictures]


def _fitted(picture: lens.Pixels, mode: lens.Mode) -> lens.Pixels:
    """As large as the preview is at most; a still is as large as the film."""
    scale = lens.PREVIEW[0] / picture.shape[1]
    if mode == "still" or scale >= 1:
        return picture
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _nonsense(seed: int) -> list[bytes]:
    """What a camera with a bad cable or a hostile one sends for pictures."""
    rng = np.random.default_rng([seed, 6])
    _, made = cv2.imencode(".jpg", np.full((72, 128, 3), 90, np.uint8))
    whole = made.tobytes()
    size = whole.index(b"\xff\xc0") + 5
    huge = whole[:size] + b"\xff\xdc\xff\xdc" + whole[size + 4 :]  # claims 65500 x 65500 pixels
    return [rng.bytes(5000), whole[: len(whole) // 2], huge, b"\xff\xd8" + rng.bytes(200) + b"\xff\xd9"]


def _number(text: str, otherwise: float) -> float:
    try:
        value = float(text)
    except ValueError:
        return otherwise
    return value if value == value else otherwise
