"""Ties a gadget's end to a twin's TCP port, so that what the twin says and hears goes over USB."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self


class Relay:
    """Bytes both ways between the character device at `node` and `host:port` until it is left."""

    def __init__(self, node: Path, host: str, port: int) -> None:
        self._node, self._twin = node, (host, port)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join(5)

    def _run(self) -> None:
        near = os.open(self._node, os.O_RDWR | os.O_NONBLOCK)
        try:
            with socket.create_connection(self._twin, timeout=5) as twin:
                while not self._ended.is_set():
                    ready, _, _ = select.select([near, twin], [], [], 0.05)
                    for source in ready:
                        self._pass(source, near, twin)
        finally:
            os.close(near)

    def _pass(self, source: object, near: int, twin: socket.socket) -> None:
        with contextlib.suppress(OSError):  # the cable is out; what was under way is lost
            if source is twin:
                os.write(near, twin.recv(4096))
            else:
                twin.sendall(os.read(near, 4096))
