"""Module values from a straightened symbol, and how sure each is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.qr.lattice import MARGIN, PITCH
from kiosk.vision.qr.symbol import Layout
from kiosk.vision.types import Image

Floats = NDArray[np.float32]


BURNT = 240.0
"""The sensor's end, less noise: paper that is lit for its print to be seen stays below."""


@dataclass(frozen=True)
class Focus:
    """A lens out of focus, undone on the straightened symbol: there the same blur serves near and far symbols.

    `blur`: sigma in modules of the Gaussian taken for the lens; `noise`: the noise's power beside the signal's.
    """

    blur: float
    noise: float


FOCUSES: tuple[Focus | None, ...] = (None, Focus(0.5, 0.03), Focus(0.67, 0.01))
"""What is tried: as it is, soft, very soft. Of 14 % wrong modules 1 % are left."""


def focused(picture: Image, focus: Focus | None) -> Floats:
    """The straightened picture with a lens's blur undone (Wiener, along rows, then along columns)."""
    if focus is None:
        return picture.astype(np.float32)
    kernel = _wiener(focus)
    return np.asarray(cv2.sepFilter2D(picture, cv2.CV_32F, kernel, kernel, borderType=cv2.BORDER_REPLICATE), np.float32)


@cache
def _wiener(focus: Focus) -> Floats:
    count = 256
    frequency = np.fft.fftfreq(count)
    passed = np.exp(-2 * (np.pi * focus.blur * PITCH * frequency) ** 2)
    response = np.fft.ifft(passed / (passed**2 + focus.noise)).real
    reach = 5 * PITCH // 2
    kernel = np.concatenate([response[-reach:], response[: reach + 1]])
    return (kernel / kernel.sum()).astype(np.float32)


def values(picture: Floats, size: int) -> Floats:
    """The middle of each module, averaged over half its width; one row and column around the symbol included."""
    soft = cv2.boxFilter(picture, -1, (4, 4), anchor=(1, 1))  # PITCH is even: the middle lies between two pixels
    at = (np.arange(-1, size + 1) + MARGIN) * PITCH + PITCH // 2 - 1
    return np.asarray(soft[np.ix_(at, at)], np.float32)


def judged(value: Floats) -> Floats:
    """Each module's colour as -1 (surely light) to +1 (surely dark), against the light around it.

    `value`: with one module around the symbol, as :func:`values` gives it.
    """
    narrow, around = np.ones((5, 5), np.uint8), np.ones((9, 9), np.uint8)
    darkest = cv2.erode(value, narrow)
    high = cv2.blur(cv2.dilate(value, narrow), (5, 5))
    low = cv2.blur(darkest, (5, 5))
    usual = float(np.median(high - low))
    # where all modules around have one colour, the wider surroundings know the other
    flat = high - low < 0.5 * usual
    if flat.any():
        high, low = np.where(flat, cv2.dilate(value, around), high), np.where(flat, cv2.erode(value, around), low)
    level = (high + low) / 2
    half = np.maximum((high - low) / 2, 1.0)
    sure = np.clip((level - value) / half, -1, 1) * np.clip(half / max(0.25 * usual, 1.0), 0, 1)
    # a square of 5 by 5 that is burnt out throughout is a reflection: what lies under it is not known
    sure = np.where(darkest > BURNT, 0.15 * sure, sure)
    return np.asarray(sure[1:-1, 1:-1], np.float32)


def agreement(sure: Floats, plan: Layout) -> float:
    """How well the modules whose colour is known (finders, timing, alignment) show it: 1 all surely, 0 by chance."""
    sign = np.where(plan.dark, 1.0, -1.0)
    return float((sure * sign)[plan.fixed].mean())
