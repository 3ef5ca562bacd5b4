"""USB devices that the guest plugs into itself: dummy_hcd is a host and a device port on one wire.

The kernel's own gadget functions (configfs, see Documentation/usb/gadget_configfs.rst) play printer, serial line and
keyboard; the host side sees a real USB device with a vendor, a product and a serial number. Binding the gadget is
putting the cable in, unbinding is pulling it.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.drivers.until import until

CONFIGFS = Path("/sys/kernel/config/usb_gadget")
#: A boot keyboard's report: modifiers, one reserved byte, six keys (HID 1.11, appendix B).
BOOT_KEYBOARD = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508"
    "150025650507190029658100c0"
)
Settings = Mapping[str, str | bytes]


class Gadget:
    """A device with one function, such as "printer.0"; `settings` are that function's files."""

    def __init__(self, function: str, settings: Settings, *, vendor: int, product: int, serial: str) -> None:
        self._root = CONFIGFS / f"kiosk-{serial}"
        self._function, self._settings = function, settings
        self._ids = {"idVendor": f"0x{vendor:04x}", "idProduct": f"0x{product:04x}"}
        self._serial = serial
        self._udc = ""

    def __enter__(self) -> Self:
        subprocess.run(["modprobe", "-a", "libcomposite", "dummy_hcd"], check=True)
        function, config = self._root / "functions" / self._function, self._root / "configs" / "c.1"
        strings = self._root / "strings" / "0x409"
        for folder in (self._root, strings, function, config):
            folder.mkdir()
        for name, text in self._ids.items():
            (self._root / name).write_text(text)
        for name, text in {"serialnumber": self._serial, "manufacturer": "Desa", "product": "Gadget"}.items():
            (strings / name).write_text(text)
        for name, value in self._settings.items():
            (function / name).write_bytes(value if isinstance(value, bytes) else value.encode())
        (config / function.name).symlink_to(function)
        self._udc = min(path.name for path in Path("/sys/class/udc").glob("dummy_udc.*"))
        self.plug()
        return self

    def plug(self) -> None:
        """Put the cable in."""
        (self._root / "UDC").write_text(self._udc + "\n")

    def pull(self) -> None:
        """Pull it out."""
        with contextlib.suppress(OSError):  # it was out
            (self._root / "UDC").write_text("\n")

    def __exit__(self, *_: object) -> None:
        self.pull()
        function, config = self._root / "functions" / self._function, self._root / "configs" / "c.1"
        (config / function.name).unlink()
        for folder in (config, function, self._root / "strings" / "0x409"):
            until(lambda folder=folder: _removed(folder))
        self._root.rmdir()


def _removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:  # somebody has its device open still
        return False
    return True
