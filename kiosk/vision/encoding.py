"""A page as a small file, and a file as an array.

Always WebP, which every browser since 2020 shows: without loss and in few tones where a page is print and ink alone,
for then the same legibility takes a third less; lossy otherwise.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

import io
from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image as PillowImage

from kiosk.vision.inking import few_tones, lost
from kiosk.vision.types import Image

MOST_OF_SURFACES = 14.0
"""Grey levels that a surface may be off: a photograph in four tones is off by more, print by less."""


@dataclass(frozen=True)
class Level:
    """How hard a page is packed.

    `greys`: numbers of tones tried for a page of print, the smallest first. `qualities`: WebP's, tried in turn until
    the file has at most `limit` bytes. `strokes`: what few tones may take from print, see
    :func:`kiosk.vision.inking.lost`. `shrink`: a page that is still larger is made this much smaller; 1 is never.
    """

    greys: tuple[int, ...]
    qualities: tuple[int, ...]
    limit: int
    strokes: float = 0.25
    shrink: float = 1.0


NORMAL = Level((4,), (28, 20, 12), 110_000)
"""A4 at 200 dpi in 2-90 KB, an identity card in 10: small print as legible as on the picture itself."""

SAVER = Level((2, 3, 4), (12, 6, 3), 44_000, 0.5, 0.75)
"""Half of that, for a village whose line is counted by the megabyte: coarse to look at, but read as well."""


def encode(page: Image, level: Level = NORMAL) -> bytes:
    """Pack a cleaned page as WebP. Raises ValueError for an empty array."""
    if page.size == 0:
        raise ValueError("an empty picture cannot be packed")
    if page.ndim == 2:
        page = np.asarray(cv2.cvtColor(page, cv2.COLOR_GRAY2BGR), np.uint8)
    packed = _in_few_tones(page, level)
    if packed is not None and len(packed) <= level.limit:
        return packed
    smooth = np.asarray(cv2.bilateralFilter(page, 5, 14, 3), np.uint8) if packed is None else page
    for quality in level.qualities:
        lossy = _webp(smooth, quality=quality, method=4)
        packed = lossy if packed is None or len(lossy) < len(packed) else packed
        if len(packed) <= level.limit:
            return packed
    if level.shrink < 1 and min(page.shape[:2]) > 64:
        small = cv2.resize(page, None, fx=level.shrink, fy=level.shrink, interpolation=cv2.INTER_AREA)
        again = encode(np.asarray(small, np.uint8), replace(level, shrink=1.0))
        return min(again, packed or again, key=len)
    return packed or b""


def _in_few_tones(page: Image, level: Level) -> bytes | None:
    """The page without loss in as few tones as keep its print, None when it is no page of print."""
    for greys in level.greys:
        toned = few_tones(page, greys)
        if toned is None:
            return None
        strokes, surfaces = lost(page, toned)
        if strokes <= level.strokes and surfaces <= MOST_OF_SURFACES:
            return _webp(toned, lossless=True, quality=40, method=4)
    return None


def _webp(page: Image, **options: int) -> bytes:
    file = io.BytesIO()
    PillowImage.fromarray(np.ascontiguousarray(page[:, :, ::-1])).save(file, "WEBP", **options)
    return file.getvalue()


def encode_jpeg(image: Image, longest: int = 900, quality: int = 80) -> bytes:
    """Pack a picture for the screen: JPEG, scaled down until its longest side has at most `longest` pixels."""
    scale = longest / max(image.shape[:2])
    if scale < 1:
        image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return _pack(image, ".jpg", cv2.IMWRITE_JPEG_QUALITY, quality)


def encode_png(image: Image) -> bytes:
    """Pack a picture without loss; compression level 1, for a still of 13 megapixels must not take seconds on a Pi."""
    return _pack(image, ".png", cv2.IMWRITE_PNG_COMPRESSION, 1)


def decode(data: bytes) -> Image | None:
    """Unpack a picture file held in memory as BGR; None when it is not one."""
    if not data:
        return None
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if image is None else np.asarray(image, np.uint8)


def _pack(image: Image, suffix: str, option: int, value: int) -> bytes:
    if image.size == 0:
        raise ValueError("an empty picture cannot be packed")
    done, packed = cv2.imencode(suffix, image, [option, value])
    if not done:
        raise ValueError(f"cannot pack a picture as {suffix}")
    return packed.tobytes()
