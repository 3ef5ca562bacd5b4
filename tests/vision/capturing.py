"""What a document camera or a flatbed makes of a drawn paper: light, yellow paper, blur, noise, JPEG; all of a seed."""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.vision import Corners
from tests.vision.documents import DPI, Document

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Captured:
    """A picture of a paper.

    `corners`: the paper's, pixels of `picture`. `light`: BGR that white paper would show at each pixel, 0-255; divided
    by it, the picture is what was printed. `turned`: degrees the print is turned by against the paper or the glass.
    """

    picture: Pixels
    corners: Corners
    light: Floats
    turned: float = 0.0


def photographed(drawn: Document, seed: int, per_mm: float = 10.0) -> Captured:
    """Under a document camera with `per_mm` pixels for a millimetre (13 MP over A4: 10), a desk around it."""
    rng = np.random.default_rng([7, seed])
    margin = 14.0 * per_mm
    size = (round(drawn.width * per_mm + 2 * margin), round(drawn.height * per_mm + 2 * margin))
    corners = _seen_corners(rng, drawn, per_mm) + np.array(size) / 2
    rows, columns = drawn.page.shape[:2]
    source = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32) - 0.5
    there = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    page = cv2.GaussianBlur(drawn.page, (0, 0), 0.35 * max(1.0, DPI / 25.4 / per_mm))
    desk = tuple(float(value) for value in rng.uniform(40, 110, 3))
    seen = cv2.warpPerspective(page, there, size, flags=cv2.INTER_LINEAR, borderValue=desk).astype(np.float32)
    seen = cv2.GaussianBlur(seen, (0, 0), float(rng.uniform(0.6, 1.1)) * per_mm / 10)
    light = _lamp(rng, size) * _tint(rng) * float(rng.uniform(170, 235))
    lit = _sensor(rng, seen * light / 255, float(rng.uniform(1.5, 3.5)), int(rng.integers(88, 97)))
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return Captured(lit, (first, second, third, fourth), light)


def scanned(drawn: Document, seed: int, dpi: int = 200, turned: float | None = None) -> Captured:
    """On a flatbed that shows nothing but the paper, laid down a little askew (or `turned` by so many degrees)."""
    rng = np.random.default_rng([9, seed])
    angle = float(rng.uniform(-2, 2)) if turned is None else turned
    scale = dpi / DPI
    size = (round(drawn.page.shape[1] * scale), round(drawn.page.shape[0] * scale))
    soft = cv2.GaussianBlur(drawn.page, (0, 0), 0.45 / scale)
    turn = cv2.getRotationMatrix2D(((drawn.page.shape[1] - 1) / 2, (drawn.page.shape[0] - 1) / 2), -angle, scale)
    turn[:, 2] += (np.array(size) - np.array(drawn.page.shape[1::-1])) / 2
    seen = cv2.warpAffine(soft, turn, size, flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)).astype(np.float32)
    seen = cv2.GaussianBlur(seen, (0, 0), float(rng.uniform(0.4, 0.7)))
    back = cv2.flip(cv2.GaussianBlur(seen, (0, 0), 3), 1)  # the other side shines through
    seen *= 1 - (1 - back / 255) * float(rng.uniform(0, 0.05))
    light = np.broadcast_to(_tint(rng) * float(rng.uniform(225, 250)), seen.shape).astype(np.float32)
    across = np.linspace(float(rng.uniform(0.94, 1)), float(rng.uniform(0.94, 1)), size[0], dtype=np.float32)
    light = light * across[None, :, None]
    lit = _sensor(rng, seen * light / 255, float(rng.uniform(1, 2.5)), 95)
    right, bottom = size[0] - 1.0, size[1] - 1.0
    return Captured(lit, ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)), light, angle)


def flattened(mask: npt.NDArray[np.bool_], size: tuple[int, int]) -> Pixels:
    """A mask of the drawing as it lies on the rectified page of `size` (width, height): 255 inside."""
    shrunk = cv2.resize(mask.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
    return np.where(shrunk > 250, 255, 0).astype(np.uint8)


def _seen_corners(rng: np.random.Generator, drawn: Document, per_mm: float) -> npt.NDArray[np.float64]:
    """A pinhole 420 mm above the tray; the paper turned by up to 2 degrees, tilted by up to 4, shifted by 4 mm."""
    half = np.array([(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]) * (drawn.width / 2, drawn.height / 2, 0)
    turn = cv2.Rodrigues(np.radians(rng.uniform(-1, 1, 3) * (4, 4, 2)))[0]
    placed = half @ np.asarray(turn).T + np.append(rng.uniform(-4, 4, 2), 0)
    return placed[:, :2] * per_mm * (420 / (420 + placed[:, 2:]))


def _tint(rng: np.random.Generator) -> Floats:
    """Paper and lamp together, BGR: from white to the yellow of old paper."""
    yellow = float(rng.uniform(0, 0.16))
    return np.array([1 - yellow, 1 - 0.25 * yellow, 1.0], np.float32)


def _lamp(rng: np.random.Generator, size: tuple[int, int]) -> Floats:
    y, x = np.mgrid[-1:1:40j, -1:1:40j]
    lean = rng.uniform(-0.16, 0.16, 2)
    field = 1 + lean[0] * x + lean[1] * y - rng.uniform(0, 0.14) * (x * x + y * y)
    if rng.random() < 0.6:  # somebody stands in the light
        at = rng.uniform(-1.2, 1.2, 2)
        way = np.array([np.cos(turn := rng.uniform(0, 2 * np.pi)), np.sin(turn)])
        depth = (x - at[0]) * way[0] + (y - at[1]) * way[1]
        field *= 1 - rng.uniform(0.1, 0.35) / (1 + np.exp(-depth / rng.uniform(0.06, 0.2)))
    field /= field.max()
    return cv2.resize(field.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)[:, :, None]


def _sensor(rng: np.random.Generator, picture: Floats, noise: float, quality: int) -> Pixels:
    picture = picture + rng.standard_normal(picture.shape, np.float32) * np.float32(noise)
    done, packed = cv2.imencode(".jpg", np.clip(picture, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
