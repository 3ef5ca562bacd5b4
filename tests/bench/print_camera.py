"""What a camera sees of a print in a hand, on a tray or on a flatbed's glass: seeded, in light first, as files last.

A pinhole with its lens's softness, a disc of defocus, the way of the hand during the exposure, uneven light, a lamp
mirrored in the paper, shot and read noise, an exposure that is not quite right, the sRGB curve, and JPEG. The symbol is
drawn on a grid finer than the sensor's and averaged over its pixels; the sheet around it carries text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from tests.bench.printing_physics import QUIET, Light, Print, Random

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
FRAME_RATE = 15
SECOND = 15  # frames
SOFT = 1.15
"""Pixels. Tuned once on seeds of their own, so that zxing-cpp reads half of all symbols at 3 to 3.5 pixels a module."""
_PAGE_PX = 4.0  # pixels of the sheet's text to the millimetre


@dataclass(frozen=True)
class Camera:
    """A camera.

    `fov`: horizontal field of view, degrees; `focus`: mm to the plane in focus; `aperture`: the lens's opening, mm;
    `soft`: standard deviation of lens and colour filter together, pixels; `exposure`: seconds; `well`: electrons at
    white; `read`: electrons of read noise; `jpeg`: quality, 0 for none.
    """

    width: int = 1920
    height: int = 1080
    fov: float = 60.0
    focus: float = 200.0
    aperture: float = 0.8
    soft: float = SOFT
    exposure: float = 0.010
    well: float = 2500.0
    read: float = 6.0
    jpeg: int = 80

    @property
    def focal(self) -> float:
        """Focal length in pixels."""
        return self.width / 2 / float(np.tan(np.radians(self.fov / 2)))

    def per_mm(self, distance: float) -> float:
        """Pixels to the millimetre at a distance in mm."""
        return self.focal / distance

    def defocus(self, distance: float) -> float:
        """Diameter of the circle that a point becomes, pixels: aperture and the difference of the vergences."""
        return self.aperture * self.focal * abs(1 / distance - 1 / self.focus)


FULL_HD = Camera()
HD = Camera(1280, 720, soft=SOFT * 2 / 3)
"""The same lens read out smaller: the same softness is fewer pixels."""
TRAY_MM = 420.0
STILL = Camera(1600, 1200, fov=21.44, focus=TRAY_MM, aperture=2.0, exposure=0.02, jpeg=92)
"""The document camera's still, 10.06 pixels to the millimetre on the tray; the part of it around the symbol."""


@dataclass(frozen=True)
class Surroundings:
    """How it goes at the machine. Standard deviations unless told otherwise; `glare`: how often a lamp is mirrored.

    `tilt`: degrees; `speed`: mm/s across; `wobble`: degrees/s; `ev`: stops; `lean`: of the light across the frame;
    `blur`: pixels of further softness, the same for every scene.
    """

    tilt: float = 9.0
    turn: float = 180.0
    speed: float = 15.0
    wobble: float = 4.0
    ev: float = 0.4
    lean: float = 0.18
    glare: float = 0.2
    blur: float = 0.0


HAND = Surroundings()
LYING = Surroundings(tilt=1.0, turn=2.0, speed=0.0, wobble=0.0, ev=0.25, lean=0.1, glare=0.05)


class Film:
    """A print before a camera for one second; `frame(0)` … `frame(14)`, the same for the same seed."""

    def __init__(
        self, printed: Print, camera: Camera, distance: float, rng: Random, around: Surroundings = HAND
    ) -> None:
        """`distance`: mm from lens to paper."""
        self._print, self.camera, self._distance, self._around = printed, camera, distance, around
        self._noise = int(rng.integers(1 << 62))
        self._place(rng)
        self._lit(rng)
        self._fine = 3 if self.px_per_module < 3 else 2
        self._shrunk = self._prefiltered()

    def _place(self, rng: Random) -> None:
        camera, around = self.camera, self._around
        towards = rng.uniform(0, 2 * np.pi)
        lean = np.radians(min(abs(rng.normal(0, around.tilt)), 3 * around.tilt))
        self._tilt = np.array([np.cos(towards), np.sin(towards)]) * lean
        self._turn = np.radians(rng.uniform(-around.turn, around.turn))
        # anywhere that leaves all of it in the frame, or in the middle
        side = (self._print.modules + 2 * QUIET) * self._print.module_mm * camera.per_mm(self._distance) * 1.2
        room = np.maximum(np.array([camera.width, camera.height]) - side, 0) / 2
        self._offset = rng.uniform(-0.7, 0.7, 2) * room / camera.per_mm(self._distance)
        # the hand: velocities with a memory of a fifth of a second
        keep = float(np.exp(-1 / FRAME_RATE / 0.2))
        self._speeds, self._swings = np.zeros((SECOND, 2)), np.zeros((SECOND, 2))
        speed, swing = rng.normal(0, around.speed, 2), rng.normal(0, around.wobble, 2)
        for index in range(SECOND):
            self._speeds[index], self._swings[index] = speed, swing
            fresh = np.sqrt(1 - keep**2)
            speed = keep * speed + fresh * rng.normal(0, around.speed, 2)
            swing = keep * swing + fresh * rng.normal(0, around.wobble, 2)

    def _lit(self, rng: Random) -> None:
        around = self._around
        y, x = np.mgrid[-1:1:18j, -1:1:32j]
        lean = rng.normal(0, around.lean, 2)
        self._field = np.clip(1 + lean[0] * x + lean[1] * y - 0.12 * (x * x + y * y), 0.25, 2).astype(np.float32)
        self._field *= np.float32(0.62 * 2 ** rng.normal(0, around.ev))
        self._glare = rng.random() < around.glare
        self._lamp = (rng.normal(0, 0.6, 2), rng.uniform(0.15, 0.5, 2), rng.uniform(0.2, 1.6))

    @property
    def px_per_module(self) -> float:
        """Pixels to the module in the first frame, by the symbol's true corners."""
        corners = self.corners(0)
        sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
        return float(sides.mean()) / self._print.modules

    def corners(self, index: int) -> Floats:
        """Where the symbol's corners lie in a frame, pixels, shape (4, 2), clockwise from its own top left."""
        half = self._print.modules * self._print.module_mm / 2
        square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * half
        return _projected(self._plane(index), square)

    def _plane(self, index: int) -> Floats:
        """Homography from millimetres on the paper, from the symbol's middle, to pixels."""
        camera = self.camera
        tilt = self._tilt + np.radians(self._swings[:index].sum(axis=0) / FRAME_RATE)
        moved = self._offset + self._speeds[:index].sum(axis=0) / FRAME_RATE
        turn, _ = cv2.Rodrigues(np.array([0, 0, self._turn]))
        lean, _ = cv2.Rodrigues(np.array([tilt[0], tilt[1], 0.0]))
        pose = lean @ turn
        lens = np.array([(camera.focal, 0, camera.width / 2), (0, camera.focal, camera.height / 2), (0, 0, 1)])
        return np.asarray(lens @ np.column_stack([pose[:, 0], pose[:, 1], (*moved, self._distance)]), np.float64)

    def _prefiltered(self) -> tuple[Light, float]:
        """The print on a grid about as fine as it will be drawn, and millimetres to its pixel."""
        ratio = self.px_per_module / self._print.module_mm * self._fine * self._print.mm
        if ratio >= 1:
            return self._print.light, self._print.mm
        small = cv2.resize(self._print.light, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.float32), self._print.mm * self._print.light.shape[0] / small.shape[0]

    def frame(self, index: int) -> Pixels:
        """One exposure, grey."""
        camera, rng = self.camera, np.random.default_rng([self._noise, index])
        plane = self._plane(index)
        seen = self._background(plane)
        self._draw_symbol(seen, plane, self._speeds[index] * camera.exposure * camera.per_mm(self._distance))
        light = seen * cv2.resize(self._field, (camera.width, camera.height), interpolation=cv2.INTER_LINEAR)
        if self._glare:
            light += self._mirrored(index)
        spread = np.sqrt(np.maximum(light, 0) / camera.well + (camera.read / camera.well) ** 2)
        light += spread * _noise(light.shape, rng)
        grey = _curve()[np.clip(light * 4095, 0, 4095).astype(np.uint16)]
        if not camera.jpeg:
            return grey
        _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, camera.jpeg])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)

    def _background(self, plane: Floats) -> Light:
        """The sheet with its text on a desk."""
        page = _page()
        middle = np.array([page.shape[1], page.shape[0]]) / 2 - 0.5
        to_mm = np.array([(1, 0, -middle[0]), (0, 1, -middle[1]), (0, 0, _PAGE_PX)]) / _PAGE_PX
        size = (self.camera.width, self.camera.height)
        seen = cv2.warpPerspective(page, plane @ to_mm, size, flags=cv2.INTER_LINEAR, borderValue=(60,))
        soft = np.hypot(self.camera.soft + self._around.blur, self.camera.defocus(self._distance) / 4)
        return cv2.GaussianBlur(seen, (0, 0), float(soft)).astype(np.float32) / np.float32(255)

    def _draw_symbol(self, seen: Light, plane: Floats, way: Floats) -> None:
        """The symbol with its quiet zone into the frame, through the lens and over the sensor's pixels."""
        fine = self._fine
        light, mm = self._shrunk
        rows, columns = light.shape
        half = np.array([columns, rows]) * mm / 2
        outline = _projected(plane, np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half)
        reach = 6 + np.abs(way).max() + self.camera.defocus(self._distance)
        low = np.maximum(np.floor(outline.min(axis=0) - reach), 0).astype(int)
        high = np.minimum(np.ceil(outline.max(axis=0) + reach), (self.camera.width, self.camera.height)).astype(int)
        if (high <= low).any():
            return
        width, height = (high - low).tolist()
        # pixel middles on both sides: x of the frame is (x + 0.5) · fine - 0.5 on the fine grid
        to_fine = np.array([(fine, 0, (0.5 - low[0]) * fine - 0.5), (0, fine, (0.5 - low[1]) * fine - 0.5), (0, 0, 1)])
        to_mm = np.array([(mm, 0, 0.5 * mm - half[0]), (0, mm, 0.5 * mm - half[1]), (0, 0, 1)])
        patch = cv2.resize(seen[low[1] : high[1], low[0] : high[0]], None, fx=fine, fy=fine)
        cv2.warpPerspective(
            light,
            to_fine @ plane @ to_mm,
            (width * fine, height * fine),
            dst=patch,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_TRANSPARENT,
        )
        patch = cv2.GaussianBlur(patch, (0, 0), (self.camera.soft + self._around.blur) * fine)
        patch = _spread(patch, self.camera.defocus(self._distance) * fine, way * fine)
        seen[low[1] : high[1], low[0] : high[0]] = cv2.resize(patch, (width, height), interpolation=cv2.INTER_AREA)

    def _mirrored(self, index: int) -> Light:
        """A lamp's image: it moves by twice the angle of the paper."""
        at, wide, strength = self._lamp
        swing = 2 * np.radians(self._swings[:index].sum(axis=0) / FRAME_RATE) * self.camera.focal
        middle = self.corners(0).mean(axis=0)
        shift = (swing[::-1] + middle) / np.array([self.camera.width, self.camera.height]) * 2 - 1
        y, x = np.mgrid[-1:1:54j, -1:1:96j]
        spot = strength * np.exp(-(((x - shift[0]) / wide[0] - at[0]) ** 2) - ((y - shift[1]) / wide[1] - at[1]) ** 2)
        size = (self.camera.width, self.camera.height)
        return np.asarray(cv2.resize(spot.astype(np.float32), size, interpolation=cv2.INTER_LINEAR), np.float32)


def flatbed(printed: Print, rng: Random, dpi: int = 300) -> Pixels:
    """The print on a flatbed's glass: square on, a little turned, sharp to about a pixel, hardly any noise."""
    per_mm = dpi / 25.4
    side = int((printed.modules + 2 * QUIET) * printed.module_mm * per_mm * 1.25)
    camera = Camera(side, side, focus=1000.0, soft=0.6, well=20000.0, read=8.0, jpeg=90)
    camera = replace(camera, fov=float(np.degrees(2 * np.arctan(side / 2 / (1000.0 * per_mm)))))
    on_glass = Surroundings(tilt=0.0, turn=3.0, speed=0.0, wobble=0.0, ev=0.1, lean=0.0, glare=0.0)
    return Film(printed, camera, 1000.0, rng, on_glass).frame(0)


def _projected(plane: Floats, points: Floats) -> Floats:
    seen = np.column_stack([points, np.ones(len(points))]) @ plane.T
    return seen[:, :2] / seen[:, 2:]


def _spread(patch: Light, disc: float, way: Floats) -> Light:
    """Defocus and motion as one kernel."""
    length = float(np.hypot(*way))
    reach = int(np.ceil(disc / 2 + length / 2)) + 1
    if disc < 0.7 and length < 0.7:
        return patch
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float64)
    kernel = np.zeros_like(x)
    for part in np.linspace(-0.5, 0.5, max(1, int(np.ceil(length)) * 2 + 1)):
        kernel += np.clip(disc / 2 + 0.5 - np.hypot(x - part * way[0], y - part * way[1]), 0, 1)
    return cv2.filter2D(patch, -1, (kernel / kernel.sum()).astype(np.float32), borderType=cv2.BORDER_REPLICATE)


def _noise(shape: tuple[int, ...], rng: Random) -> Light:
    """Standard normal noise: a piece of a longer one from anywhere, for to draw it anew takes longer than all else."""
    pool = _pool()
    at = int(rng.integers(len(pool) - shape[0] * shape[1]))
    return pool[at : at + shape[0] * shape[1]].reshape(shape)


@lru_cache(maxsize=1)
def _pool() -> Light:
    return np.random.default_rng(0).standard_normal(3 * 1920 * 1080, np.float32)


@lru_cache(maxsize=1)
def _page() -> Pixels:
    """A sheet of 210 x 297 mm with lines of text, its middle left white for the symbol."""
    rows, columns = round(297 * _PAGE_PX), round(210 * _PAGE_PX)
    page = np.full((rows, columns), 214, np.uint8)
    for line in range(40, rows, 26):
        cv2.putText(page, "Kutipan contoh untuk warga desa " * 3, (60, line), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (20,), 1)
    half = round(45 * _PAGE_PX)
    page[rows // 2 - half : rows // 2 + half, columns // 2 - half : columns // 2 + half] = 214
    return page


@lru_cache(maxsize=1)
def _curve() -> Pixels:
    """IEC 61966-2-1 (sRGB), from 12 bits of light to bytes."""
    light = np.arange(4096) / 4095
    shown = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(shown * 255).astype(np.uint8)
