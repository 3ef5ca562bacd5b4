"""The text console of the guest: what arrives here is what a grabbed device must not let through."""

from __future__ import annotations

import os
import select
import termios
import time
import tty
from types import TracebackType
from typing import Self


class Console:
    """Reads what is typed on the console that has the keyboard."""

    def __enter__(self) -> Self:
        self._fd = os.open("/dev/tty1", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self._fd, termios.TCSANOW)
        termios.tcflush(self._fd, termios.TCIFLUSH)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        os.close(self._fd)

    def read(self, quiet: float = 0.5) -> bytes:
        """What was typed until `quiet` seconds passed without a key."""
        came = b""
        until = time.monotonic() + quiet
        while (left := until - time.monotonic()) > 0:
            if select.select([self._fd], [], [], left)[0]:
                came += os.read(self._fd, 4096)
                until = time.monotonic() + quiet
        return came
