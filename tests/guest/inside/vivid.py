"""The kernel's own test camera (Documentation/admin-guide/media/vivid.rst): a webcam's V4L2, and its faults."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

DRIVER = Path("/sys/bus/platform/drivers/vivid")
#: Its stable name, as udev makes one for every camera.
NAME = Path("/dev/v4l/by-path/platform-vivid.0-video-index0")
NEXT = 0x80000000  # V4L2_CTRL_FLAG_NEXT_CTRL
QUERYCTRL = (3 << 30) | (68 << 16) | (ord("V") << 8) | 36
QUERYMENU = (3 << 30) | (44 << 16) | (ord("V") << 8) | 37
G_FMT = (3 << 30) | (208 << 16) | (ord("V") << 8) | 4
G_CTRL = (3 << 30) | (8 << 16) | (ord("V") << 8) | 27
S_CTRL = (3 << 30) | (8 << 16) | (ord("V") << 8) | 28


def load() -> None:
    """One webcam: sizes from 320x180 to 3840x2160, uncompressed formats only."""
    options = ["n_devs=1", "node_types=0x1", "num_inputs=1", "input_types=0x0", "no_error_inj=0"]
    subprocess.run(["modprobe", "vivid", *options], check=True)


def unload() -> None:
    """Take the driver away. The module goes once nobody has the camera open."""
    with contextlib.suppress(OSError):
        unbind()
    subprocess.run(["modprobe", "-r", "vivid"], check=False)


def unbind() -> None:
    """The cable is out: its nodes go, whoever reads gets an error."""
    (DRIVER / "unbind").write_text("vivid.0")


def bind() -> None:
    """The cable is in again."""
    (DRIVER / "bind").write_text("vivid.0")


def mode() -> tuple[str, int, int]:
    """The format that is set just now: its four characters, width, height."""
    with _opened() as camera:
        asked = bytearray(struct.pack("I204x", 1))  # V4L2_BUF_TYPE_VIDEO_CAPTURE
        fcntl.ioctl(camera, G_FMT, asked)
        width, height, four = struct.unpack_from("II4s", asked, 8)
        return four.decode(), width, height


def controls() -> dict[str, int]:
    """The ids of all it can be told, by name."""
    found: dict[str, int] = {}
    with _opened() as camera:
        id = 0
        while True:
            query = bytearray(struct.pack("I64x", id | NEXT))
            try:
                fcntl.ioctl(camera, QUERYCTRL, query)
            except OSError:
                return found
            id = struct.unpack_from("I", query)[0]
            found[query[8:40].split(b"\0")[0].decode()] = id


def choices(name: str) -> list[str]:
    """The words of a menu, in the order of their numbers."""
    id, found = controls()[name], list[str]()
    with _opened() as camera:
        while True:
            query = bytearray(struct.pack("II36x", id, len(found)))
            try:
                fcntl.ioctl(camera, QUERYMENU, query)
            except OSError:
                return found
            found.append(query[8:40].split(b"\0")[0].decode())


def value(name: str) -> int:
    """How a control stands."""
    with _opened() as camera:
        asked = bytearray(struct.pack("Ii", controls()[name], 0))
        fcntl.ioctl(camera, G_CTRL, asked)
        return int(struct.unpack("Ii", asked)[1])


def set_to(name: str, wanted: int) -> None:
    """Set a control."""
    with _opened() as camera:
        fcntl.ioctl(camera, S_CTRL, struct.pack("Ii", controls()[name], wanted))


@contextlib.contextmanager
def _opened() -> Iterator[int]:
    descriptor = os.open(NAME, os.O_RDWR | os.O_NONBLOCK)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
