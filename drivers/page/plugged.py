"""Whether the printer behind a print queue is plugged in, where the queue's address and the kernel can tell.

A queue says nothing of a printer that nobody prints on, and CUPS' own back end waits for a missing one for ever. Of
`usb://MAKE/MODEL?serial=…` (CUPS' usb back end) the bus at least can be asked.
"""

from __future__ import annotations

from pathlib import Path

from drivers.discovery.sysfs import entries, read

DEVICES = Path("/sys/bus/usb/devices")
#: The class of printers' interfaces (USB Device Class Definition for Printing Devices 1.1, 4.3).
_PRINTER = "07"


def absent(device_uri: str, devices: Path = DEVICES) -> bool:
    """True when it is certain that it is not there: it hangs on USB, and no printer of any kind does now.

    Nothing finer, for what a printer calls itself on the bus need not be what CUPS wrote into the address.
    """
    if not device_uri.startswith("usb:"):
        return False
    there = entries(devices)
    return bool(there) and not any(read(each / "bInterfaceClass") == _PRINTER for each in there)
