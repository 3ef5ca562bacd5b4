"""A strip: one line of print cut out upright, as the network sees it."""

from __future__ import annotations

import numpy as np

from kiosk.vision.types import Image

HEIGHT = 32
"""Rows of a strip; the digits are about 20 of them tall, in the middle."""

STRIDE = 4
"""Columns of a strip for each frame of the network's answer."""

_DARK, _BRIGHT = 2.0, 90.0


def normalised(strip: Image) -> Image:
    """The strip with its ink near 0 and its paper near 255, whatever the light was."""
    low, high = np.percentile(strip, (_DARK, _BRIGHT))
    scale = 230.0 / max(12.0, float(high - low))
    return np.asarray(np.clip((strip.astype(np.float32) - float(low)) * scale + 10.0, 0, 255), np.uint8)
