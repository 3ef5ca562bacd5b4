"""Which of the video nodes is which camera: found by vendor, product and serial number, wherever it is plugged in.

Read from sysfs: `index` and `name` of the node (Linux, drivers/media/v4l2-core/v4l2-dev.c), `idVendor`, `idProduct` and
`serial` of the USB device above it (Documentation/ABI/testing/sysfs-bus-usb). A UVC camera has two nodes or more, of
which the one with the lowest index gives pictures; the others give metadata. Nodes that do not hang on USB (decoders,
scalers, the Pi's own image processors) are no cameras.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drivers.camera.address import Identity

SYSTEM = Path("/sys/class/video4linux")
_UP = 8  # folders between a node and its USB device, at most
_LONGEST = 256  # bytes of one value


@dataclass(frozen=True)
class FoundCamera:
    """A camera that is plugged in. `node` is where it is just now; `port` the USB port it hangs on."""

    identity: Identity
    name: str
    node: str
    port: str

    @property
    def address(self) -> str:
        """The name under which it is found again."""
        ids = f"usb://{self.identity.vendor}:{self.identity.product}"
        return f"{ids}/{self.identity.serial}" if self.identity.serial else ids


def cameras(system: Path = SYSTEM) -> tuple[FoundCamera, ...]:
    """The USB cameras that are plugged in, in the order of their ports; none where sysfs cannot be read."""
    try:
        names = sorted(entry.name for entry in system.iterdir() if entry.name.startswith("video"))
    except OSError:
        return ()
    best: dict[str, tuple[int, FoundCamera]] = {}
    for name in names:
        device = _device(system / name)
        identity = None if device is None else _identity(device)
        if device is None or identity is None:
            continue
        said = _read(system / name / "index")
        index = int(said) if said.isdecimal() else 0
        if device.name not in best or index < best[device.name][0]:
            found = FoundCamera(identity, _read(system / name / "name"), f"/dev/{name}", device.name)
            best[device.name] = (index, found)
    return tuple(found for _, (_, found) in sorted(best.items()))


def identity_of(node: str, system: Path = SYSTEM) -> Identity | None:
    """Which camera a node such as `/dev/video2` belongs to; None when it is not on USB or not there."""
    device = _device(system / Path(node).name)
    return None if device is None else _identity(device)


def node_of(identity: Identity, system: Path = SYSTEM) -> str | None:
    """Where this camera's pictures are just now; None when it is not there, or two are that nothing tells apart.

    Without a serial number it is the only one of its make.
    """
    fits = [
        camera.node
        for camera in cameras(system)
        if (camera.identity.vendor, camera.identity.product) == (identity.vendor, identity.product)
        and identity.serial in ("", camera.identity.serial)
    ]
    return fits[0] if len(fits) == 1 else None


class Locator:
    """Finds one camera again and again. A path that went away is looked for by what was plugged in there."""

    def __init__(self, place: str, identity: Identity | None, system: Path = SYSTEM) -> None:
        self._place, self._identity, self._system = place, identity, system
        self._named = identity is not None

    def node(self) -> str | None:
        """The node to open; None when the camera is not plugged in."""
        if not self._named:
            path = Path(self._place)
            if path.exists():
                node = str(path.resolve())
                self._identity = identity_of(node, self._system) or self._identity
                return node
        return None if self._identity is None else node_of(self._identity, self._system)


def _device(entry: Path) -> Path | None:
    """The USB device's folder above a node."""
    try:
        folder = entry.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    for _ in range(_UP):
        folder = folder.parent
        if (folder / "idVendor").is_file():
            return folder
    return None


def _identity(device: Path) -> Identity | None:
    vendor, product = _read(device / "idVendor").lower(), _read(device / "idProduct").lower()
    if len(vendor) != 4 or len(product) != 4:
        return None
    return Identity(vendor, product, _read(device / "serial"))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace").strip()
    except OSError:
        return ""
