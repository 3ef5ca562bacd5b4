"""A page of print as few even tones: what packs smallest without loss, and whether it still shows the same page."""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image

COLOURS = 12
"""Tones for all coloured ink of a page together: a stamp's, a signature's, a red line's, each from thin to full."""

_COLOURED = 12  # difference of a pixel's channels from which it is ink of a colour, for paper and black print are grey
_MOST_COLOUR = 0.03  # of the page: more is no ink but tinted paper or a photograph
_BLOCK = 48  # pixels: print is compared in squares of this side, a few letters each
_FAINT = 18  # grey levels from which a stroke counts


def few_tones(page: Image, greys: int) -> Image | None:
    """A cleaned BGR page in `greys` tones from black to white and :data:`COLOURS` of coloured ink, nothing dithered.

    None when there is more colour than ink has: such a page is no page of print.
    """
    soft = cv2.GaussianBlur(page, (0, 0), 0.6)  # the sensor's grain on a stroke's rim would cost more than the stroke
    blue, green, red = cv2.split(soft)
    spread = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    coloured = cv2.threshold(cv2.blur(spread, (3, 3)), _COLOURED, 255, cv2.THRESH_BINARY)[1]
    count = cv2.countNonZero(coloured)
    if count > _MOST_COLOUR * coloured.size:
        return None
    grey = np.asarray(cv2.cvtColor(soft, cv2.COLOR_BGR2GRAY), np.uint8)
    toned = cv2.cvtColor(cv2.LUT(grey, _steps(grey, greys)), cv2.COLOR_GRAY2BGR)
    if count > 200:
        chosen = coloured > 0
        toned[chosen] = _nearest(np.asarray(soft[chosen], np.uint8))
    return np.asarray(toned, np.uint8)


def _steps(grey: Image, greys: int) -> NDArray[np.uint8]:
    """A table from 256 greys to so many that leaves as much ink on the page as there was: thin print stays as dark."""
    counts = np.bincount(grey.reshape(-1)[::3], minlength=256).astype(np.float64)
    counts[250:] = 0  # paper
    best, least = np.arange(256), np.inf
    for lean in np.linspace(0.5, 0.92, 22):
        steps = np.floor(np.arange(256) / 255 * (greys - 1) + 1 - lean) * 255 / (greys - 1)
        off = abs(float(counts @ (steps - np.arange(256))))
        if off < least:
            best, least = steps, off
    return best.round().astype(np.uint8)


def _nearest(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each of (n, 3) pixels as the nearest of a few colours that are found among them."""
    rng = np.random.default_rng(0)
    sample = pixels[rng.choice(len(pixels), min(len(pixels), 4000), replace=False)].astype(np.float32)
    cv2.setRNGSeed(1)  # the same page is always packed into the same bytes
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 10, 1.0)
    labels = np.zeros((len(sample), 1), np.int32)
    _, _, centres = cv2.kmeans(sample, min(COLOURS, len(sample)), labels, stop, 1, cv2.KMEANS_PP_CENTERS)
    tones = np.vstack([centres, np.full((1, 3), 255, np.float32)])
    # through a cube of 32 steps a channel: a lookup instead of a distance for each pixel
    cube = np.stack(np.meshgrid(*[np.arange(32)] * 3, indexing="ij"), axis=-1).reshape(-1, 3) * 8 + 4
    nearest = np.argmin(np.square(cube[:, None].astype(np.float32) - tones[None]).sum(axis=2), axis=1)
    at = (pixels >> 3).astype(np.intp)
    return tones[nearest[(at[:, 0] << 10) | (at[:, 1] << 5) | at[:, 2]]].round().astype(np.uint8)


def lost(page: Image, packed: Image) -> tuple[float, float]:
    """What a packed page shows otherwise than the page: of its strokes, and of its surfaces.

    First: the grey levels that are off in a square of a few letters as a part of what its strokes have, 0 for none,
    about 1 for print that vanished; the worst twentieth of the page's squares that have print. Second: how many grey
    levels a surface of some width is off, where it is off most.
    """
    before = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    after = np.asarray(cv2.cvtColor(packed, cv2.COLOR_BGR2GRAY), np.uint8)
    strokes = cv2.subtract(cv2.morphologyEx(before, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), before)
    strokes = cv2.threshold(strokes, _FAINT, 255, cv2.THRESH_TOZERO)[1]
    near = cv2.dilate(cv2.threshold(strokes, 0, 255, cv2.THRESH_BINARY)[1], np.ones((3, 3), np.uint8))
    size = (max(1, page.shape[1] // _BLOCK), max(1, page.shape[0] // _BLOCK))
    # a stroke with a harder rim is the same stroke: compared is what the eye sees from reading distance
    softened = cv2.absdiff(*(cv2.blur(one, (5, 5)) for one in (before, after)))
    off = _means(cv2.bitwise_and(softened, near), size)
    has = _means(strokes, size)
    printed = has > 1.0
    of_strokes = float(np.percentile(off[printed] / has[printed], 95)) if printed.any() else 0.0
    small = [cv2.resize(one, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) for one in (before, after)]
    wide = cv2.absdiff(*(cv2.blur(one, (7, 7)) for one in small))
    return of_strokes, float(np.percentile(wide, 99.9))


def _means(grey: cv2.typing.MatLike, size: tuple[int, int]) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(grey.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)
