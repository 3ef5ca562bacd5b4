"""Valid inputs of the camera's pure parsers, for a fuzzer to mutate; each with the function that reads them."""

from __future__ import annotations

import struct
from collections.abc import Callable

import cv2
import numpy as np

from drivers.camera import jpeg, multipart, v4l2
from drivers.camera.address import parse


def small_jpeg(width: int = 64, height: int = 48) -> bytes:
    """A whole JPEG."""
    _, packed = cv2.imencode(".jpg", np.full((height, width, 3), 90, np.uint8))
    return packed.tobytes()


_JPEG = small_jpeg()
_PART = b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(_JPEG) + _JPEG
_STREAM = b"".join(b"--frame\r\n" + _PART + b"\r\n" for _ in range(3))
_BARE = (
    b"--frame\nContent-Type: image/jpeg\n\n" + _JPEG + b"\n--frame\nContent-Type: image/jpeg\n\n" + _JPEG + b"\n--frame"
)


def parse_stream(data: bytes) -> object:
    """All parts of a stream with the boundary `--frame`, fed in pieces; None when there are none."""
    parts = multipart.Parts(b"--frame")
    found = [body for at in range(0, len(data), 97) for body in parts.feed(data[at : at + 97])]
    assert parts.held <= len(data)
    return found or None


def parse_address(data: bytes) -> object:
    """An address; None for what is none, which the parser tells by ValueError."""
    try:
        return parse(data.decode("utf-8", "replace"))
    except ValueError:
        return None


def parse_boundary(data: bytes) -> object:
    """The boundary in a Content-Type."""
    return multipart.boundary_of(data.decode("latin-1"))


#: Name -> parser (bytes in; None when its first stage refuses) and valid inputs.
SEEDS: dict[str, tuple[Callable[[bytes], object], tuple[bytes, ...]]] = {
    "v4l2_capability": (
        v4l2.parse_capability,
        (struct.pack("<16s32s32sII I12x", b"uvcvideo", b"Camera", b"usb-1", 1, 0x84A00001, 0x04200001),),
    ),
    "v4l2_format": (v4l2.parse_format, (struct.pack("<III32s4s I12x", 0, 1, 1, b"Motion-JPEG", b"MJPG", 0),)),
    "v4l2_size": (
        v4l2.parse_size,
        (
            struct.pack("<I4sI6I8x", 0, b"MJPG", 1, 1280, 720, 0, 0, 0, 0),
            struct.pack("<I4sI6I8x", 0, b"YUYV", 3, 16, 1920, 8, 16, 1080, 8),
        ),
    ),
    "v4l2_control": (
        v4l2.parse_control,
        (struct.pack("<II32siiiiI8x", v4l2.FOCUS, 1, b"Focus, Absolute", 0, 250, 5, 30, 0),),
    ),
    "jpeg_size": (jpeg.size_of, (_JPEG, small_jpeg(300, 20), _JPEG + b"\0" * 40)),
    "multipart": (parse_stream, (_STREAM, _BARE)),
    "boundary": (parse_boundary, (b"multipart/x-mixed-replace; boundary=frame", b'multipart/mixed;boundary="--x y"')),
    "address": (
        parse_address,
        (
            b"/dev/v4l/by-id/usb-046d_HD_SN1-video-index0?focus=30&exposure=156&white_balance=4600",
            b"usb://046d:0892/SN1?focus=30",
            b"csi://0?focus=240",
            b"http://192.0.2.7:8080/still.jpg?channel=1",
            b"file:///films/desk.avi",
        ),
    ),
}
