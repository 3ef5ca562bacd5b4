"""What is plugged in, told apart by serial number, or by port where that says nothing.

Read from sysfs alone: nothing is opened, so looking disturbs no slip and no scan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from drivers.discovery import sysfs
from drivers.discovery.catalog import Catalog, catalog
from drivers.discovery.models import Model, Role, Wire
from drivers.discovery.typists import Typing, typing_at

ROOT = Path("/sys")
#: Where systemd/60-prodesaku.rules puts its links.
LINKS = "/dev/prodesaku"
_NUMBER = re.compile(r"[0-9a-f]{4}")
_SERIAL = re.compile(r"[A-Za-z0-9._-]{1,64}")  # what udev leaves as it is in the name of a link
_PORT = re.compile(r"\d{1,3}-\d{1,3}(\.\d{1,3}){0,6}")
#: Serial numbers that makers forgot to set: all signs alike, or counted up.
_DUMMY = re.compile(r"(.)\1*|0?12345?6?7?8?9?0?|0?123456789abcdef|serial.*|none|n/?a", re.IGNORECASE)
_PRINTS = "07"  # bInterfaceClass (USB Printing Class 1.1)
_IPP = "04"  # bInterfaceProtocol: IPP over USB (its specification 1.0, section 4.1)


@dataclass(frozen=True)
class Identity:
    """Which device it is. `vendor` and `product` four hex digits; `serial` wherever it is plugged in, or else `place`.

    `place` is the port, such as `1-1.4`, and "" where the serial number tells the device apart.
    """

    vendor: str
    product: str
    serial: str = ""
    place: str = ""


@dataclass(frozen=True)
class Found:
    """A device that is plugged in. `address` is "" where the kernel made no node for it; `port` is where it is now."""

    role: Role
    address: str
    name: str
    identity: Identity
    port: str
    model: Model | None = None


@dataclass(frozen=True)
class _Device:
    """A USB device as sysfs has it."""

    folder: Path
    port: str
    vendor: str
    product: str
    serial: str
    name: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.vendor, self.product, self.serial


def trustworthy(serial: str) -> bool:
    """Whether a serial number can tell two devices apart, and can stand in a link's name."""
    return bool(_SERIAL.fullmatch(serial)) and len(serial) >= 3 and not _DUMMY.fullmatch(serial)


def discover(root: Path = ROOT, known: Catalog | None = None) -> tuple[Found, ...]:
    """What is plugged into USB, in the order of ports; blocks for some milliseconds. Empty where there is no sysfs."""
    known = catalog() if known is None else known
    devices = list(_devices(root / "bus" / "usb" / "devices"))
    alike = Counter(each.key for each in devices)
    nodes = _nodes(root)
    eyes = _cameras(root)
    found = [_found(each, alike[each.key] > 1, known, nodes, eyes) for each in devices]
    return tuple(each for each in found if each is not None)


def _devices(folder: Path) -> Iterator[_Device]:
    for entry in sysfs.entries(folder):
        vendor, product = sysfs.read(entry / "idVendor").lower(), sysfs.read(entry / "idProduct").lower()
        if not _PORT.fullmatch(entry.name) or not _NUMBER.fullmatch(vendor) or not _NUMBER.fullmatch(product):
            continue  # an interface, a bus itself, or one that is just going away
        name = f"{sysfs.text(entry / 'manufacturer', 40)} {sysfs.text(entry / 'product', 40)}".strip()
        yield _Device(entry, entry.name, vendor, product, sysfs.read(entry / "serial"), name)


def _nodes(root: Path) -> dict[tuple[str, Wire], Typing | None]:
    """Which nodes each port's device has; for KEYS what the keyboard is."""
    nodes: dict[tuple[str, Wire], Typing | None] = {}
    for wire, folder, names in ((Wire.LP, "usbmisc", r"lp\d+"), (Wire.TTY, "tty", r"tty(ACM|USB)\d+")):
        for entry in sysfs.entries(root / "class" / folder):
            if re.fullmatch(names, entry.name) and (device := sysfs.device_above(entry)) is not None:
                nodes[device.name, wire] = None
    for entry in sysfs.entries(root / "class" / "input"):
        if not re.fullmatch(r"event\d+", entry.name):
            continue
        device, typing = sysfs.device_above(entry), typing_at(entry)
        if device is not None and typing is not None:
            nodes.setdefault((device.name, Wire.KEYS), typing)
    return nodes


def _cameras(root: Path) -> dict[str, str]:
    """The names of the cameras at the ports."""
    try:
        from drivers.camera.find import cameras  # costs OpenCV, so not before it is wanted
    except ImportError:
        return {}
    return {each.port: each.name for each in cameras(root / "class" / "video4linux")}


def _found(
    device: _Device,
    alike: bool,
    known: Catalog,
    nodes: dict[tuple[str, Wire], Typing | None],
    eyes: dict[str, str],
) -> Found | None:
    own = trustworthy(device.serial) and not alike
    identity = Identity(device.vendor, device.product, *((device.serial, "") if own else ("", device.port)))
    model = known.find(device.vendor, device.product)

    def made(role: Role, address: str, name: str = "") -> Found:
        title = name or device.name or (model.name if model else f"{device.vendor}:{device.product}")
        return Found(role, address, title, identity, device.port, model)

    def link(role: Role) -> str:
        return f"{LINKS}/{role}-sn-{device.serial}" if own else f"{LINKS}/{role}-at-{device.port}"

    if model is not None:
        if (device.port, model.wire) not in nodes:
            return made(model.role, "", model.name)
        typing = nodes[device.port, model.wire]
        node = link(model.role)
        return made(model.role, model.at(node) if typing is None else typing.address(node), model.name)
    if device.port in eyes:
        usb = f"usb://{device.vendor}:{device.product}/{quote(device.serial, safe='')}"
        return made(Role.CAMERA, usb if own else link(Role.CAMERA), eyes[device.port])
    if (protocols := _printing(device)) or (device.port, Wire.LP) in nodes:
        if _IPP in protocols:
            return made(Role.PAGE, "")  # ipp-usb gives it a port on loopback, which is not in sysfs
        has_node = (device.port, Wire.LP) in nodes
        return made(Role.PRINTER, f"usb://{link(Role.PRINTER)}" if has_node else "")
    if (device.port, Wire.TTY) in nodes:
        return made(Role.SERIAL, f"serial://{link(Role.SERIAL)}")
    if (typing := nodes.get((device.port, Wire.KEYS))) is not None:
        return made(Role.KEYBOARD, typing.address(typing.node), typing.name)
    return None


def _printing(device: _Device) -> set[str]:
    """The protocols of its interfaces of the printer class."""
    found: set[str] = set()
    for entry in sysfs.entries(device.folder.parent):
        if entry.name.startswith(f"{device.port}:") and sysfs.read(entry / "bInterfaceClass") == _PRINTS:
            found.add(sysfs.read(entry / "bInterfaceProtocol"))
    return found
