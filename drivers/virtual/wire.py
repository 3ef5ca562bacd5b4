"""A network cable that can be pulled: a TCP proxy on loopback between the kiosk and the centre.

`python -m drivers.virtual.wire DIR --target HOST:PORT [--port N]` prints `{"endpoint": "http://127.0.0.1:N"}`. It looks
at `DIR/network/world.txt` twenty times a second: `link=down` refuses new connections and resets those that are open,
in the middle of a byte stream as a cable does. Two faults happen once each and are then switched off again:
`cut_after_bytes=N` resets a connection after its client has sent N bytes (the server sees half a request), and
`cut_before_answer=yes` lets the server have and answer a whole request and resets before the client hears of it.
"""

from __future__ import annotations

import argparse
import contextlib
import select
import signal
import socket
import struct
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from drivers.virtual.serving import announce
from drivers.virtual.world import World

LOOK = 0.05  # seconds between looks at the world
_PIECE = 65536
_CONNECT_WITHIN = 5.0


class Wire:
    """The proxy as a few threads of this process; a context manager. `port` stays the same while the link is down.

    `cut_after_bytes` and `cut_before_answer` may be set here as well as in the world; both disarm themselves.
    """

    def __init__(self, world: World, target: tuple[str, int], port: int = 0) -> None:
        self._world, self._target = world, target
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._ended = threading.Event()
        self._listener: socket.socket | None = None
        self.port = port
        self.cut_after_bytes: int | None = None
        self.cut_before_answer = False
        self._listen()
        self._threads = [
            threading.Thread(target=self._accept, name="wire-accept", daemon=True),
            threading.Thread(target=self._watch, name="wire-watch", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def url(self) -> str:
        """The target's address as seen through this wire."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Reset everything and end. May be called twice."""
        self._ended.set()
        self._hang_up()
        for thread in self._threads:
            thread.join(2)

    def _listen(self) -> None:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        listener.settimeout(LOOK)
        self.port = listener.getsockname()[1]
        self._listener = listener

    def _hang_up(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        with self._lock:
            for end in self._open:
                _reset(end)
            self._open.clear()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK):
            state = self._world.state("network")
            up = state.get("link", "up") != "down"
            if not up and self._listener is not None:
                self._hang_up()
            elif up and self._listener is None:
                with contextlib.suppress(OSError):  # the port is still being let go: at the next look
                    self._listen()
            if state.get("cut_after_bytes", "").isdigit():
                self.cut_after_bytes = int(state["cut_after_bytes"])
                self._world.set("network", cut_after_bytes="")
            if state.get("cut_before_answer") == "yes":
                self.cut_before_answer = True
                self._world.set("network", cut_before_answer="")

    def _accept(self) -> None:
        while not self._ended.is_set():
            listener = self._listener
            if listener is None:
                self._ended.wait(LOOK)
                continue
            try:
                client, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                self._ended.wait(LOOK)
                continue
            threading.Thread(target=self._carry, args=(client,), name="wire", daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(self._target, _CONNECT_WITHIN)
        except OSError:
            _reset(client)
            return
        with self._lock:
            self._open |= {client, server}
        sent = 0
        try:
            while True:
                ready, _, _ = select.select([client, server], [], [], 1.0)
                if client in ready:
                    data = client.recv(_PIECE)
                    limit = self.cut_after_bytes
                    if limit is not None and sent + len(data) >= limit:
                        self.cut_after_bytes = None
                        server.sendall(data[: limit - sent])
                        return
                    if not data:
                        server.shutdown(socket.SHUT_WR)
                        self._rest(server, client)
                        return
                    server.sendall(data)
                    sent += len(data)
                if server in ready:
                    data = server.recv(_PIECE)
                    if data and self.cut_before_answer:
                        self.cut_before_answer = False
                        return
                    if not data:
                        client.shutdown(socket.SHUT_WR)
                        client.close()
                        return
                    client.sendall(data)
        except (OSError, ValueError):  # ValueError: select on a socket that hang_up has closed
            return
        finally:
            with self._lock:
                self._open -= {client, server}
            _reset(client)
            _reset(server)

    def _rest(self, server: socket.socket, client: socket.socket) -> None:
        """The client has said all: what the server still says."""
        while data := server.recv(_PIECE):
            if self.cut_before_answer:
                self.cut_before_answer = False
                return
            client.sendall(data)
        client.shutdown(socket.SHUT_WR)
        client.close()


def proxy(world: World, target: tuple[str, int], listen_port: int = 0) -> Wire:
    """A wire to `target` on `listen_port` of loopback (any free one when 0)."""
    return Wire(world, target, listen_port)


def _reset(end: socket.socket) -> None:
    """Close at once and without a farewell: the other side learns of it by an error."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.close()


def main(argv: list[str]) -> int:
    """Carry bytes until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.virtual.wire", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--target", required=True, help="HOST:PORT")
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args(argv)
    host, _, port = str(arguments.target).rpartition(":")
    ended = threading.Event()

    def stop(*_: object) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with Wire(World(arguments.directory), (host, int(port)), arguments.port) as wire:
        announce({"endpoint": wire.url})
        ended.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
