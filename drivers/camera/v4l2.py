"""What a V4L2 device says of itself and takes as settings, by ioctl; pictures themselves come through OpenCV.

Layouts and numbers are those of the kernel's user API (Linux, Documentation/userspace-api/media/v4l, include/uapi/
linux/videodev2.h and v4l2-controls.h). Every question may be refused: then the answer is None or empty, never an error.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass

Ioctl = Callable[[int, int, bytearray], object]

_CAPABILITY = struct.Struct("<16s32s32sII I12x")
_FORMAT = struct.Struct("<III32sI I12x")
_SIZE = struct.Struct("<III6I8x")
_QUERY = struct.Struct("<II32siiiiI8x")
_VALUE = struct.Struct("<Ii")


def _request(direction: int, number: int, size: int) -> int:
    """_IOC() of include/uapi/asm-generic/ioctl.h; direction 1 writes to the driver, 2 reads from it."""
    return direction << 30 | size << 16 | ord("V") << 8 | number


QUERYCAP = _request(2, 0, _CAPABILITY.size)
ENUM_FMT = _request(3, 2, _FORMAT.size)
ENUM_FRAMESIZES = _request(3, 74, _SIZE.size)
G_CTRL = _request(3, 27, _VALUE.size)
S_CTRL = _request(3, 28, _VALUE.size)
QUERYCTRL = _request(3, 36, _QUERY.size)

WHITE_BALANCE_AUTO, WHITE_BALANCE = 0x0098090C, 0x0098091A
POWER_LINE = 0x00980918
EXPOSURE_AUTO, EXPOSURE = 0x009A0901, 0x009A0902
FOCUS, FOCUS_AUTO = 0x009A090A, 0x009A090C

_VIDEO_CAPTURE = 1  # V4L2_BUF_TYPE_VIDEO_CAPTURE and V4L2_CAP_VIDEO_CAPTURE
_DEVICE_CAPS = 0x80000000
_DISABLED, _READ_ONLY = 1, 4
_MOST_FORMATS, _MOST_SIZES = 32, 128  # a driver that counts for ever is not listened to for ever
_DISCRETE = 1


@dataclass(frozen=True)
class Capability:
    """Who a device is. `captures`: this node gives pictures, where a metadata node of the same camera does not."""

    driver: str
    card: str
    captures: bool


@dataclass(frozen=True)
class Mode:
    """A size that a device offers in one of its formats, pixels; `fourcc` such as MJPG or YUYV."""

    fourcc: str
    width: int
    height: int


@dataclass(frozen=True)
class Control:
    """One thing that can be set, and within which bounds."""

    id: int
    minimum: int
    maximum: int


def parse_capability(answer: bytes) -> Capability | None:
    """struct v4l2_capability."""
    if len(answer) != _CAPABILITY.size:
        return None
    driver, card, _, _, all_of_them, of_this_node = _CAPABILITY.unpack(answer)
    caps = of_this_node if all_of_them & _DEVICE_CAPS else all_of_them
    return Capability(_text(driver), _text(card), bool(caps & _VIDEO_CAPTURE))


def parse_format(answer: bytes) -> str | None:
    """The four characters of struct v4l2_fmtdesc's pixel format; None when they are no characters."""
    if len(answer) != _FORMAT.size:
        return None
    code: int = _FORMAT.unpack(answer)[4]
    four = struct.pack("<I", code & 0x7FFFFFFF)  # the highest bit says big-endian
    return four.decode("ascii") if four.isascii() and four.decode("ascii").isprintable() else None


def parse_size(answer: bytes) -> tuple[int, int, bool] | None:
    """struct v4l2_frmsizeenum: width, height, and whether more follow. Of a range it is the largest size."""
    if len(answer) != _SIZE.size:
        return None
    _, _, kind, first, second, _, _, fourth, _ = _SIZE.unpack(answer)
    width, height = (first, second) if kind == _DISCRETE else (second, fourth)
    if not (0 < width <= 65535 and 0 < height <= 65535):
        return None
    return width, height, kind == _DISCRETE


def parse_control(answer: bytes) -> Control | None:
    """struct v4l2_queryctrl; None for a control that cannot be set."""
    if len(answer) != _QUERY.size:
        return None
    id, _, _, minimum, maximum, _, _, flags = _QUERY.unpack(answer)
    if flags & (_DISABLED | _READ_ONLY) or minimum > maximum:
        return None
    return Control(id, minimum, maximum)


class Wire:
    """An open device to ask; several may have it open, one may have pictures. Raises OSError if it is not there."""

    def __init__(self, path: str, ioctl: Ioctl = fcntl.ioctl) -> None:
        self._ioctl = ioctl
        self._handle = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)

    def close(self) -> None:
        """Let it go. May be called twice."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def capability(self) -> Capability | None:
        """Who it is; None when it says nothing."""
        answer = self._ask(QUERYCAP, bytes(_CAPABILITY.size))
        return None if answer is None else parse_capability(answer)

    def modes(self) -> tuple[Mode, ...]:
        """All it offers, its own order; empty when it does not say. Of a range of sizes there is the largest only."""
        return tuple(self._modes())

    def control(self, id: int) -> Control | None:
        """A control that is there and may be set."""
        answer = self._ask(QUERYCTRL, _QUERY.pack(id, 0, b"", 0, 0, 0, 0, 0))
        return None if answer is None else parse_control(answer)

    def get(self, id: int) -> int | None:
        """How a control stands."""
        answer = self._ask(G_CTRL, _VALUE.pack(id, 0))
        return None if answer is None else int(_VALUE.unpack(answer)[1])

    def set(self, id: int, value: int) -> bool:
        """Set a control, as far as its bounds go; False when it is not there or refuses."""
        control = self.control(id)
        if control is None:
            return False
        within = min(max(value, control.minimum), control.maximum)
        return self._ask(S_CTRL, _VALUE.pack(id, within)) is not None

    def _modes(self) -> Generator[Mode, None, None]:
        for index in range(_MOST_FORMATS):
            answer = self._ask(ENUM_FMT, _FORMAT.pack(index, _VIDEO_CAPTURE, 0, b"", 0, 0))
            if answer is None:
                return
            fourcc = parse_format(answer)
            if fourcc is None:
                continue
            code = _FORMAT.unpack(answer)[4]
            for nth in range(_MOST_SIZES):
                answer = self._ask(ENUM_FRAMESIZES, _SIZE.pack(nth, code, 0, *[0] * 6))
                size = None if answer is None else parse_size(answer)
                if size is None:
                    break
                yield Mode(fourcc, size[0], size[1])
                if not size[2]:
                    break

    def _ask(self, request: int, question: bytes) -> bytes | None:
        answer = bytearray(question)
        with suppress(OSError):
            self._ioctl(self._handle, request, answer)
            return bytes(answer)
        return None


def _text(field: bytes) -> str:
    return field.split(b"\0")[0].decode("utf-8", "replace")
