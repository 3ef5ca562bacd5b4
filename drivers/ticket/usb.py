"""Bytes to and from a thermal printer on USB, through the node that the kernel's usblp driver makes (/dev/usb/lp0).

Quirks that this file is about (Linux drivers/usb/class/usblp.c; USB Printing Class 1.1, section 4.2.2):

- Closing the node takes back what the printer has not fetched yet. The node is writable again when it has fetched all;
  so sending waits for that, and letting go drops the rest.
- Some printers answer a read with nothing at all, again and again; that is silence and no hang-up.
- The port status is one byte: bit 5 no paper, bit 4 selected, bit 3 no error. A printer that cannot tell answers 0x18,
  "all is well", so a good answer proves nothing; neither does 0.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import time
from collections.abc import Callable

from drivers.roles import Fault, NoPaper, Status

#: ioctl that fetches the port status (linux/lp.h); it fills in a C int.
LPGETSTATUS = 0x060B
NO_PAPER, SELECTED, NO_ERROR = 0x20, 0x10, 0x08
#: Seconds.
SEND_WITHIN = 10.0


def port(byte: int) -> Status | None:
    """What the port status proves about the printer; None where it proves nothing."""
    if byte & NO_PAPER:
        return NoPaper()
    if byte & SELECTED and not byte & NO_ERROR:
        return Fault("error")
    return None


class UsbWire:
    """`usb:///dev/usb/lp0`. Nobody else may have the node open; the kernel sees to that."""

    def __init__(self, path: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._node = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)

    def send(self, data: bytes) -> None:
        """See Wire. Returns when the printer has fetched all of it."""
        deadline = self._clock() + SEND_WITHIN
        while data:
            self._wait(deadline)
            try:
                data = data[os.write(self._node, data) :]
            except BlockingIOError:
                continue
        self._wait(deadline)

    def _wait(self, deadline: float) -> None:
        _, writable, _ = select.select([], [self._node], [], max(0.0, deadline - self._clock()))
        if not writable:
            raise TimeoutError(errno.ETIMEDOUT, "the printer takes no more")

    def receive(self, timeout: float) -> bytes:
        """See Wire."""
        deadline = self._clock() + timeout
        while True:
            readable, _, _ = select.select([self._node], [], [], max(0.0, deadline - self._clock()))
            if not readable:
                return b""
            try:
                if data := os.read(self._node, 64):
                    return data
            except BlockingIOError:
                pass
            if self._clock() >= deadline:
                return b""

    def port_status(self) -> int | None:
        """The port status byte; None where the node has none."""
        answer = bytearray(4)
        try:
            fcntl.ioctl(self._node, LPGETSTATUS, answer)
        except OSError:
            return None
        return int.from_bytes(answer, "little") & 0xFF

    def close(self) -> None:
        """See Wire."""
        if self._node >= 0:
            os.close(self._node)
        self._node = -1

    def abort(self) -> None:
        """See Wire."""
        self.close()
