"""A thermal printer without hardware: ESC/POS over TCP, or over a serial line.

`python -m drivers.ticket.twin DIR [--serial | --usb] [--dots 576]` prints `{"endpoint": "tcp://127.0.0.1:…"}`, or
the name of a pseudo-terminal. Obeys `DIR/ticket/world.txt`: `cable=out` cuts the line in the middle of whatever is
under way. With `mute=yes` it prints and answers no question, as some cheap printers do. More keys:
:mod:`drivers.ticket.machine`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import select
import signal
import socket
import struct
import sys
import threading
import tty
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from drivers.ticket.buffer import Buffer
from drivers.ticket.head import Head
from drivers.ticket.heads import HEADS, USUAL, head_of
from drivers.ticket.machine import Machine
from drivers.ticket.replies import Replies
from drivers.virtual.world import World

_STEP = 0.02
_PIECE = 1024


class Twin:
    """The printer behind its socket."""

    def __init__(self, world: World, dots: int) -> None:
        self._world = world
        self._machine = Machine(world, head_of(dots).dpi)
        self._buffer = Buffer(self._machine.answer, self._machine.obey, Replies(self._machine.manner))
        self._told = b""  # the last frame said unasked
        Head(world, self._buffer, self._machine, dots).start()
        self.stopping = threading.Event()

    @property
    def _plugged(self) -> bool:
        state = self._world.state("ticket")
        if state.get("power") == "off":
            self._machine.reset()
            self._buffer.lose()
            return False
        return state["cable"] == "in"

    def _speak_unasked(self) -> None:
        frame = self._machine.frame() if self._machine.says_unasked() else b""
        if frame and frame != self._told:
            self._buffer.reply(frame)
        self._told = frame

    def serve_tcp(self, ready: Callable[[str], None]) -> None:
        """One connection at a time, as printers do; the port is refused while the cable is out."""
        port = 0
        while not self.stopping.is_set():
            if not self._plugged:
                self.stopping.wait(_STEP)
                continue
            with socket.create_server(("127.0.0.1", port)) as listener:
                if not port:
                    port = int(listener.getsockname()[1])
                    ready(f"tcp://127.0.0.1:{port}")
                self._listen(listener)

    def _listen(self, listener: socket.socket) -> None:
        while self._plugged and not self.stopping.is_set():
            ready, _, _ = select.select([listener], [], [], _STEP)
            if ready:
                line, _ = listener.accept()
                with line:
                    self._converse(line)

    def _converse(self, line: socket.socket) -> None:
        def speak(data: bytes) -> None:
            with contextlib.suppress(OSError):
                line.sendall(data)

        self._told = b""
        self._buffer.connected(speak)
        try:
            while not self.stopping.is_set():
                if not self._plugged:
                    # what was under way is lost, the other end sees a reset
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
                self._speak_unasked()
                ready, _, _ = select.select([line], [], [], _STEP)
                if not ready:
                    continue
                data = line.recv(_PIECE)
                if not data:
                    return
                self._buffer.put(data, self._stuck)
        except OSError:
            return
        finally:
            self._buffer.hung_up()

    def _stuck(self) -> bool:
        return self._machine.loses() or not self._plugged or self.stopping.is_set()

    def serve_pty(self, link: Path, scheme: str, ready: Callable[[str], None]) -> None:
        """A serial line at `link`; pulling the cable takes the device away, putting it in brings a new one."""
        told = False
        while not self.stopping.is_set():
            if not self._plugged:
                self.stopping.wait(_STEP)
                continue
            far, near = os.openpty()
            tty.setraw(near)
            link.unlink(missing_ok=True)
            link.symlink_to(os.ttyname(near))
            if not told:
                told = True
                ready(f"{scheme}://{link}")
            try:
                self._converse_pty(far)
            finally:
                link.unlink(missing_ok=True)
                os.close(near)
                os.close(far)

    def _converse_pty(self, far: int) -> None:
        def speak(data: bytes) -> None:
            with contextlib.suppress(OSError):
                os.write(far, data)

        self._told = b""
        self._buffer.connected(speak)
        try:
            while self._plugged and not self.stopping.is_set():
                self._speak_unasked()
                ready, _, _ = select.select([far], [], [], _STEP)
                if ready:
                    self._buffer.put(os.read(far, _PIECE), self._stuck)
        finally:
            self._buffer.hung_up()


def main(argv: list[str]) -> int:
    """Run until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.ticket.twin", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--serial", action="store_true")
    parser.add_argument("--usb", action="store_true", help="a pseudo-terminal stands in for the node /dev/usb/lp0")
    parser.add_argument("--dots", type=int, choices=tuple(HEADS), default=USUAL.dots)
    options = parser.parse_args(argv)
    world = World(options.directory)
    world.prepare()
    twin = Twin(world, options.dots)

    def stop(_number: int, _frame: FrameType | None) -> None:
        twin.stopping.set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, stop)

    def ready(endpoint: str) -> None:
        sys.stdout.write(json.dumps({"endpoint": f"{endpoint}?dots={options.dots}"}) + "\n")
        sys.stdout.flush()

    # a world left over from another run may have its cable out: nothing could ever be announced then
    world.set("ticket", cable="in", power="on")
    if options.serial or options.usb:
        link = (options.directory / "ticket" / "port").absolute()
        twin.serve_pty(link, "usb" if options.usb else "serial", ready)
    else:
        twin.serve_tcp(ready)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
