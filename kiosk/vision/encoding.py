"""A page as a small file, and a file as an array."""

from __future__ import annotations

import cv2
import numpy as np

from kiosk.vision.types import Image

QUALITIES = (40, 32, 24)
"""WebP qualities, tried in turn until the page fits `limit`: q40 keeps small print legible at 200 dpi."""


def encode(page: Image, limit: int = 250_000) -> bytes:
    """Pack a cleaned page as colour WebP: quality 40, lower only where the file would exceed `limit` bytes.

    A page of text at 200 dpi comes to 33-184 KB. Raises ValueError for an empty array.
    """
    packed = b""
    for quality in QUALITIES:
        packed = _pack(page, ".webp", cv2.IMWRITE_WEBP_QUALITY, quality)
        if len(packed) <= limit:
            break
    return packed


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
