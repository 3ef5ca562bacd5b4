"""Devices that type, as sysfs describes them: /sys/class/input/eventN/device has name, phys, uniq, id/ and keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from drivers.discovery import sysfs
from drivers.inputs.address import KERNEL, Identity, InputAddress, url_of
from drivers.inputs.codes import CODES

_DIGITS = frozenset(CODES[f"KEY_{digit}"] for digit in "1234567890")
_HEX = re.compile(r"[0-9a-f]{1,4}", re.IGNORECASE)


@dataclass(frozen=True)
class Typing:
    """An input device with the digits; `node` as it is called today."""

    node: str
    name: str
    identity: Identity

    def address(self, path: str) -> str:
        """Its address; the identity in it finds it again, whatever is at the path."""
        return url_of(InputAddress(path, KERNEL, self.identity))


def typing_at(entry: Path) -> Typing | None:
    """What is at /sys/class/input/eventN; None when it has not all the digits, or is no longer there."""
    device = entry / "device"
    if not keys(sysfs.read(device / "capabilities" / "key")) >= _DIGITS:
        return None
    vendor, product = (sysfs.read(device / "id" / each) for each in ("vendor", "product"))
    if not _HEX.fullmatch(vendor) or not _HEX.fullmatch(product):
        return None
    uniq, phys = (sysfs.text(device / each) for each in ("uniq", "phys"))
    if not (uniq + phys).isascii():
        return None
    identity = Identity(int(vendor, 16), int(product, 16), uniq, phys)
    return Typing(f"/dev/input/{entry.name}", sysfs.text(device / "name"), identity)


def keys(bitmap: str) -> frozenset[int]:
    """The key codes in a bitmap of sysfs: words in hexadecimal, the highest first (drivers/input/input.c).

    Words are as wide as the kernel's `long`. Codes below 32 lie in the last word of either width, and the digits are
    below 12; so the width matters to nobody who asks for digits.
    """
    words = bitmap.split()
    if not words or not re.fullmatch(r"[0-9a-f]{1,16}", words[-1], re.IGNORECASE):
        return frozenset()
    last = int(words[-1], 16)
    return frozenset(code for code in range(32) if last >> code & 1)
