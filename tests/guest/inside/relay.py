"""Ties a printer gadget's end to the ticket twin's TCP port, so that what the twin says and hears goes over USB."""

from __future__ import annotations

import fcntl
import os
import select
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

SET_STATUS = 3 << 30 | 1 << 16 | ord("g") << 8 | 0x22  # GADGET_SET_PRINTER_STATUS (linux/usb/g_printer.h)
#: Bits of the port status: no paper, selected, no error.
NO_PAPER, WELL = 0x20, 0x18


class Relay:
    """Bytes both ways between the character device at `node` and `host:port`.

    `heard` is all that came over USB. Of that, `most` bytes are fetched; None sets no bound.
    """

    def __init__(self, node: Path, host: str, port: int) -> None:
        self._node, self._twin = node, (host, port)
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._near = -1
        self.heard = bytearray()
        self.most: int | None = None

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.end()

    def begin(self) -> None:
        """Take the node, which is there."""
        self._ended.clear()
        self._near = os.open(self._node, os.O_RDWR | os.O_NONBLOCK)
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Let it go, and hang up; may be called twice."""
        if self._thread is not None:
            self._ended.set()
            self._thread.join(10)
            os.close(self._near)
            self._thread = None

    def tell_port(self, status: int) -> None:
        """Set the port status, whatever the printer says of itself."""
        fcntl.ioctl(self._near, SET_STATUS, status)

    def _run(self) -> None:
        with socket.create_connection(self._twin, timeout=5) as twin:
            while not self._ended.is_set():
                room = 4096 if self.most is None else self.most - len(self.heard)
                # a look at the gadget's end makes it fetch, too
                ends = [self._near, twin] if room > 0 else [twin]
                try:
                    self._pass(select.select(ends, [], [], 0.05)[0], twin, min(4096, room))
                except BlockingIOError:
                    continue
                except OSError:  # the cable is out; what was under way is lost
                    return

    def _pass(self, ready: list[object], twin: socket.socket, most: int) -> None:
        if twin in ready:
            os.write(self._near, twin.recv(4096))
        if self._near in ready:
            data = os.read(self._near, most)
            self.heard += data
            twin.sendall(data)
