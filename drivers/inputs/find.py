"""Which input devices there are, and which of them is meant.

A technician's choice is an address with an identity. The path of that day is only believed when the device there is the
same; otherwise the one device with the same vendor, product, serial number and interface is taken. Two equal devices
without serial numbers are told apart by their socket; when that does not settle it, neither is taken: to grab the wrong
one would silence a keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from drivers.inputs.address import KERNEL, Identity, InputAddress, url_of
from drivers.inputs.codes import CODES
from drivers.inputs.events import SW_HEADPHONE_INSERT
from drivers.inputs.source import KernelSource

ROOT = Path("/dev/input")
_TYPING = frozenset(CODES[f"KEY_{letter}"] for letter in "QWERTYASDFZXCV1234567890")


@dataclass(frozen=True)
class Found:
    """An input device that is there. `typing`: it has a keyboard's letters and digits; `jack`: a headphone switch."""

    path: str
    name: str
    identity: Identity
    typing: bool = False
    jack: bool = False

    @property
    def address(self) -> str:
        """What a technician's choice of this device is remembered as."""
        return url_of(InputAddress(self.path, KERNEL, self.identity))


def look_at(path: str) -> Found | None:
    """The device at `path`; None when it is not there or may not be opened."""
    try:
        source = KernelSource(path)
    except OSError:
        return None
    try:
        switches = source.switch_kinds()
        return Found(path, source.name(), source.identity(), source.keys() >= _TYPING, SW_HEADPHONE_INSERT in switches)
    except OSError:
        return None
    finally:
        source.close()


def discover(root: Path = ROOT, look: Callable[[str], Found | None] = look_at) -> list[Found]:
    """Every input device, by the stable name that udev gave it where there is one."""
    stable: dict[Path, Path] = {}
    for folder in ("by-path", "by-id"):  # by-id last: it wins
        for link in sorted((root / folder).glob("*event*")):
            stable[link.resolve()] = link
    events = sorted(root.glob("event*"), key=lambda each: (len(each.name), each.name))
    found = (look(str(stable.get(each.resolve(), each))) for each in events)
    return [each for each in found if each is not None]


def choose(wanted: Identity, there: Iterable[Found]) -> Found | None:
    """The one device that is meant, or None when there is none or more than one."""
    same: Sequence[Found] = [
        each
        for each in there
        if (each.identity.vendor, each.identity.product) == (wanted.vendor, wanted.product)
        and (not wanted.uniq or each.identity.uniq == wanted.uniq)
        and (not wanted.phys or each.identity.interface == wanted.interface)
    ]
    if len(same) > 1:
        same = [each for each in same if each.identity.phys == wanted.phys]
    return same[0] if len(same) == 1 else None


def locate(address: InputAddress, root: Path = ROOT, look: Callable[[str], Found | None] = look_at) -> str | None:
    """The path of the device that is meant just now, or None."""
    if not address.identity:
        return address.path
    here = look(address.path)
    if here is not None and here.identity == address.identity:
        return here.path
    found = choose(address.identity, discover(root, look))
    return None if found is None else found.path
