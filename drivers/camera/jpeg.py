"""What can be known of a JPEG without unpacking it: whether it is whole, and how large the picture would be.

Markers are those of ITU-T T.81, annex B. A few bytes can claim 65535 x 65535 pixels, which is 12 GB when unpacked: so
the size is looked at first.
"""

from __future__ import annotations

import cv2
import numpy as np

from drivers.roles import Pixels

LONGEST = 32 << 20  # bytes of one picture
MOST_PIXELS = 64_000_000

_START, _END = b"\xff\xd8", b"\xff\xd9"
_BARE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a whole JPEG, pixels; None when it is none, is cut off, or claims to be too large.

    Zeros behind its end are let pass, some cameras fill their buffers with them.
    """
    if not data.startswith(_START) or len(data) > LONGEST or not data.rstrip(b"\0").endswith(_END):
        return None
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker in _BARE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or marker in (0xD9, 0xDA):
            return None
        if marker in _FRAMES:
            if length < 8 or at + 9 > len(data):
                return None
            height = int.from_bytes(data[at + 5 : at + 7], "big")
            width = int.from_bytes(data[at + 7 : at + 9], "big")
            return (width, height) if 0 < width * height <= MOST_PIXELS else None
        at += 2 + length
    return None


def unpack(data: bytes) -> Pixels | None:
    """The picture; None when it is none."""
    if size_of(data) is None:
        return None
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if picture is None else np.asarray(picture, np.uint8)
