"""Reading sysfs with a bound: strings in it are what a device says of itself, and a device can be hostile.

Sources: Linux Documentation/ABI/testing/sysfs-bus-usb and stable/sysfs-bus-usb (names of devices are their ports:
`1-1.4` is port 4 of the hub on port 1 of bus 1, `1-1.4:1.0` its first interface), testing/sysfs-class.
"""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path

LONGEST = 1024  # bytes of one attribute
MOST = 1024  # entries of one folder
_UP = 10  # folders between a node and its USB device, at most


def read(path: Path) -> str:
    """One attribute, at most 1 KiB of it; "" when it is not there, cannot be read or is no file."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return ""
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return ""
        return os.read(file, LONGEST).decode("utf-8", "replace").strip("\0 \t\r\n")
    except OSError:
        return ""
    finally:
        os.close(file)


def text(path: Path, most: int = 80) -> str:
    """An attribute for people: printable, at most `most` characters."""
    shown = "".join(sign for sign in read(path) if sign.isprintable() and sign != "\N{REPLACEMENT CHARACTER}")
    return " ".join(shown.split())[:most]


def entries(folder: Path) -> list[Path]:
    """What is in a folder, in the order of names, at most 1024; nothing where it cannot be read."""
    try:
        return sorted(islice(folder.iterdir(), MOST), key=lambda each: (len(each.name), each.name))
    except OSError:
        return []


def device_above(entry: Path) -> Path | None:
    """The USB device's folder above an entry of a class; None for what does not hang on USB."""
    try:
        folder = entry.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    for above in islice(folder.parents, _UP):
        if (above / "idVendor").is_file():
            return above
    return None
