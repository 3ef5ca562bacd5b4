"""The wire at its two worst moments: half a request, and an answer that is lost after the server gave it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.virtual.wire import Wire
from drivers.virtual.world import World
from tests.drivers.until import until


class Lines:
    """A server that answers every line with its length and remembers what came."""

    def __init__(self) -> None:
        self.heard = bytearray()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        while True:
            try:
                end, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(end,), daemon=True).start()

    def serve(self, end: socket.socket) -> None:
        line = b""
        with end:
            try:
                while data := end.recv(65536):
                    self.heard += data
                    line += data
                    if line.endswith(b"\n"):
                        end.sendall(b"%d\n" % len(line))
                        line = b""
            except OSError:
                return


@pytest.fixture
def lines() -> Iterator[Lines]:
    server = Lines()
    yield server
    server.listener.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.prepare()
    return made


@pytest.fixture
def wire(world: World, lines: Lines) -> Iterator[Wire]:
    with Wire(world, ("127.0.0.1", lines.port)) as made:
        yield made


def call(wire: Wire) -> socket.socket:
    return socket.create_connection(("127.0.0.1", wire.port), 10)


def test_much_is_carried_both_ways(wire: Wire) -> None:
    with call(wire) as end, end.makefile("rb") as answers:
        for size in (5, 300_000):
            end.sendall(b"x" * (size - 1) + b"\n")
            assert answers.readline() == b"%d\n" % size


def test_half_a_request_reaches_the_server_once(wire: Wire, lines: Lines) -> None:
    wire.cut_after_bytes = 100
    with call(wire) as end, pytest.raises(ConnectionResetError):
        end.sendall(b"y" * 500 + b"\n")
        end.recv(10)
    until(lambda: len(lines.heard) == 100)
    assert wire.cut_after_bytes is None
    with call(wire) as end:
        end.sendall(b"y" * 500 + b"\n")
        assert end.recv(10) == b"501\n"


def test_the_answer_is_lost_after_the_server_has_given_it(wire: Wire, lines: Lines, world: World) -> None:
    world.set("network", cut_before_answer="yes")
    until(lambda: wire.cut_before_answer)
    with call(wire) as end, pytest.raises(ConnectionResetError):
        end.sendall(b"whole\n")
        end.recv(10)
    assert bytes(lines.heard) == b"whole\n"
    until(lambda: world.get("network", "cut_before_answer") == "")
    with call(wire) as end:
        end.sendall(b"again\n")
        assert end.recv(10) == b"6\n"


def test_a_server_that_is_away_is_a_reset(world: World) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # held but not listening: refused, and nobody else is given the port
        # in the call itself, when the reset is that quick, or in the first word
        with Wire(world, silent.getsockname()) as wire, pytest.raises(ConnectionResetError), call(wire) as end:
            end.recv(1)
