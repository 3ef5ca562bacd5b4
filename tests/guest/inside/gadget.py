"""USB devices that the guest plugs into itself: dummy_hcd is a host and a device port on one wire.

The kernel's own gadget functions (configfs, see Documentation/usb/gadget_configfs.rst) play printer, serial line and
keyboard; the host side sees a real USB device with a vendor, a product and a serial number. Binding the gadget is
putting the cable in, unbinding is pulling it.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from tests.drivers.until import until

CONFIGFS = Path("/sys/kernel/config/usb_gadget")
PORTS = 2  # sockets, each a USB bus of its own
Settings = Mapping[str, str | bytes]


class Gadget:
    """A device with one function, such as "printer.0"; `settings` are that function's files.

    `let_go` is called when the cable is out: whoever has the function's own node open, such as /dev/g_printer0, closes
    it then. For f_printer makes its character device anew over the old one (printer_func_bind), and the kernel hangs
    at an inode that still belongs to that; so the function is made anew, too, each time that it is put in.
    """

    def __init__(
        self,
        function: str,
        settings: Settings,
        *,
        vendor: int,
        product: int,
        serial: str,
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        self._root = CONFIGFS / f"kiosk-{serial or 'plain'}"
        self._functions, self._config = self._root / "functions" / function, self._root / "configs" / "c.1"
        self._settings, self._let_go = settings, let_go
        self._ids = {"idVendor": f"0x{vendor:04x}", "idProduct": f"0x{product:04x}"}
        self._serial = serial

    def __enter__(self) -> Self:
        subprocess.run(["modprobe", "libcomposite"], check=True)
        subprocess.run(["modprobe", "dummy_hcd", f"num={PORTS}"], check=True)
        strings = self._root / "strings" / "0x409"
        for folder in (self._root, strings, self._functions, self._config):
            folder.mkdir()
        for name, text in self._ids.items():
            (self._root / name).write_text(text)
        names = {"serialnumber": self._serial, "manufacturer": "Desa", "product": "Gadget"}
        for name, text in names.items():
            if text:
                (strings / name).write_text(text)
        for name, value in self._settings.items():
            (self._functions / name).write_bytes(value if isinstance(value, bytes) else value.encode())
        self.plug()
        return self

    def plug(self, port: int = 0) -> None:
        """Put the cable in; `port` chooses one of PORTS sockets."""
        (self._config / self._functions.name).symlink_to(self._functions)
        (self._root / "UDC").write_text(f"dummy_udc.{port}\n")

    def pull(self) -> None:
        """Pull it out, if it is in."""
        link = self._config / self._functions.name
        if not link.is_symlink():
            return
        with contextlib.suppress(OSError):  # putting it in has failed
            (self._root / "UDC").write_text("\n")
        self._let_go()
        link.unlink()

    def __exit__(self, *_: object) -> None:
        self.pull()
        for folder in (self._config, self._functions, self._root / "strings" / "0x409"):
            until(lambda folder=folder: _removed(folder))
        self._root.rmdir()


def _removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:  # somebody has its device open still
        return False
    return True
