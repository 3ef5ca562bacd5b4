"""The network that reads strips: trained by kiosk/vision/training/digits.py, run by OpenCV."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.numbers.strips import HEIGHT, STRIDE, normalised
from kiosk.vision.types import Image

Frames = NDArray[np.float32]
"""What is said of each STRIDE columns of a strip, (12, columns / STRIDE): shares of gap, 0 to 9, other; sum 1."""

WEIGHTS = Path(__file__).with_name("digits.onnx")
_TOGETHER = 16  # strips in one batch: 16 of 640 columns take 20 MB
_BUCKET = 128  # widths are rounded up to this, for each new shape costs the network a plan
_LOCK = Lock()  # cv2.dnn.Net is not to be used by two threads at once


@cache
def _net() -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(str(WEIGHTS))


def frames_of(strips: Sequence[Image]) -> list[Frames]:
    """What the network says of each strip, (HEIGHT, any columns) uint8, in the order given."""
    widths = [-(-strip.shape[1] // _BUCKET) * _BUCKET for strip in strips]
    answers: list[Frames | None] = [None] * len(strips)
    for width in sorted(set(widths)):
        same = [index for index, one in enumerate(widths) if one == width]
        for first in range(0, len(same), _TOGETHER):
            some = same[first : first + _TOGETHER]
            for index, frames in zip(some, _run([strips[i] for i in some], width), strict=True):
                answers[index] = frames[:, : -(-strips[index].shape[1] // STRIDE)]
    return [answer for answer in answers if answer is not None]


def _run(strips: list[Image], width: int) -> Frames:
    batch = np.empty((len(strips), 1, HEIGHT, width), np.float32)
    for index, strip in enumerate(strips):
        known = normalised(strip)
        batch[index, 0, :, : strip.shape[1]] = known
        batch[index, 0, :, strip.shape[1] :] = known[:, -1:]
    with _LOCK:
        net = _net()
        net.setInput(batch)
        logits = np.array(net.forward(), np.float32).reshape(len(strips), 12, -1)
    shares = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(shares / shares.sum(1, keepdims=True), np.float32)
