"""The line between village and regency: it carries, it is cut, it comes back at the same port."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.virtual.wire import Wire
from drivers.virtual.world import World
from tests.drivers.until import until


@pytest.fixture
def echo() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=converse, args=(line,), daemon=True).start()

        def converse(line: socket.socket) -> None:
            with line:
                try:
                    while data := line.recv(64):
                        line.sendall(data)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield int(server.getsockname()[1])


def test_cut_and_mended(echo: int, tmp_path: Path) -> None:
    world = World(tmp_path)
    world.prepare()
    wire = Wire(world, ("127.0.0.1", echo))
    try:
        with socket.create_connection(("127.0.0.1", wire.port), timeout=5) as line:
            line.sendall(b"halo")
            assert line.recv(4) == b"halo"
            world.set("network", link="down")
            with pytest.raises(ConnectionError):
                while line.recv(4):
                    pass
                raise ConnectionResetError  # an orderly end is an end, too

        def refused() -> bool:
            try:
                socket.create_connection(("127.0.0.1", wire.port), timeout=1).close()
            except ConnectionRefusedError:
                return True
            return False

        until(refused)
        world.set("network", link="up")
        until(lambda: not refused())
    finally:
        wire.close()
        wire.close()
