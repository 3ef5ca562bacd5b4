"""A page printer without hardware: CUPS' `ippeveprinter` with :mod:`drivers.page.engine` inside, and a print server.

`python -m drivers.page.twin DIR [--formats TYPES]` prints `{"endpoint": "ipp://127.0.0.1:…"}`. The printer stands
behind a cable of ours (a TCP relay), so that `cable=out` cuts it off while it prints on; `port=2` has it answer at the
other of the endpoint's `ports`, as ipp-usb may, and `port=1` at the first again. `mains=off` kills it between
two lines of raster, and `mains=on` gives a printer at the same port that remembers nothing and counts its jobs anew;
`server=off` kills the print server with all that it has started, as systemd does, `server=crashed` kills it alone, and
`server=on` starts it anew with an empty spool. Runs as whoever calls it; the sockets and the spool lie in a directory
of their own, in memory where the machine has one, and go with the twin.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from drivers.page import server
from drivers.page.engine import LOOK_AROUND, shown, shown_file, told
from drivers.page.ipp import Attribute, Group, NoAnswer, Op, Tag, Wire
from drivers.page.queue import CupsQueue
from drivers.virtual.bus import LonelyBus
from drivers.virtual.cable import Cable
from drivers.virtual.world import World

QUEUE = "prodesaku"
PDF = "application/pdf"
#: A child of ours must not outlive us, not even when we are killed.
_DIE_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
_STEP, _READY_WITHIN = 0.05, 40.0


def free_port() -> int:
    """A loopback port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def private_directory() -> Path:
    """A fresh directory, in memory where the machine has some; its name begins with prodesaku-."""
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp below makes the name
    base = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    root = Path(tempfile.mkdtemp(prefix="prodesaku-page-", dir=base))
    root.chmod(0o711)  # the print server's filters run as another user when we are root
    return root


class Twin:
    """The running processes."""

    def __init__(self, world: World, formats: str) -> None:
        self._world = world
        self._formats = formats
        self._root = private_directory()
        # so that whoever started us can remove it when we were killed
        (world.directory / "page" / "runtime.txt").write_text(str(self._root), encoding="utf-8")
        self._bus = LonelyBus(self._root / "bus.sock")
        self._printer: subprocess.Popen[bytes] | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._inner = free_port()
        self._wire = Wire(f"ipp://127.0.0.1:{self._inner}/ipp/print")

    def start_printer(self) -> None:
        """Start the printer itself."""
        self._bus.__enter__()
        (self._root / "printer").mkdir()
        self._switch_on()

    def mains(self, on: bool) -> None:
        """Switch the printer on, or off in the middle of whatever it does; nothing when it is so already."""
        if on and self._printer is None:
            self._switch_on()
        if not on and self._printer is not None:
            # with what runs inside, which would otherwise print on
            os.killpg(self._printer.pid, signal.SIGKILL)
            self._printer.wait(5)
            self._printer = None

    def print_server(self, state: str, path: Path) -> None:
        """Start the print server anew (`on`), kill it with all it has started (`off`), or it alone (`crashed`)."""
        if state == "on" and self._server is None:
            self._run_server(path)
        if state != "on" and self._server is not None:
            server.kill(self._server, alone=state == "crashed")
            self._server = None

    def _switch_on(self) -> None:
        shown_file(self._world).unlink(missing_ok=True)
        spool = self._root / "printer"
        command = self._root / "engine"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m drivers.page.engine "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        environment = os.environ | {
            "DBUS_SYSTEM_BUS_ADDRESS": self._bus.address,
            "PRODESAKU_WORLD": str(self._world.directory),
            "PRODESAKU_ENGINE": self._wire.uri,
        }
        self._printer = subprocess.Popen(
            [
                *_DIE_WITH_US,
                *("ippeveprinter", "-p", str(self._inner), "-n", "localhost", "-d", str(spool)),
                *("-f", self._formats, "-c", str(command), "-M", "Prodesaku", "-m", "Virtual", "Prodesaku"),
            ],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            stderr=sys.stderr,
            process_group=0,
        )
        self._await(lambda: self._wire.ask(Op.GET_PRINTER_ATTRIBUTES).ok)

    def start_server(self, port: int) -> Path:
        """Start the print server with a queue for the printer at `port`; returns its socket."""
        path = server.configure(self._root / "cups", free_port())
        self._run_server(path)
        queue = CupsQueue(QUEUE, f"ipp://127.0.0.1:{port}/ipp/print", str(path))
        self._await(queue.make)
        return path

    def _run_server(self, path: Path) -> None:
        environment = os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": self._bus.address}
        path.unlink(missing_ok=True)
        self._server = server.run(self._root / "cups", environment, _DIE_WITH_US)
        self._await(path.exists)

    def try_server(self, port: int) -> Path | None:
        """As start_server(); None where no print server of one's own may run (Debian's AppArmor profile forbids it).

        A printer that takes PDF does not need one.
        """
        try:
            return self.start_server(port)
        except SystemExit as failed:
            if PDF not in self._formats:
                raise
            sys.stderr.write(f"{failed}\nno print server; the printer takes PDF and does without\n")
            self.print_server("off", self._root / "cups.sock")
            return None

    def _await(self, ready: Callable[[], object]) -> None:
        deadline = time.monotonic() + _READY_WITHIN
        while time.monotonic() < deadline:
            with contextlib.suppress(NoAnswer):
                if ready():
                    return
            if self.broken:
                break
            time.sleep(_STEP)
        raise SystemExit("a part of the virtual printer did not start\n" + server.complaints(self._root / "cups"))

    def tell(self) -> None:
        """Let the printer look at the world, when it changed; while it prints it looks by itself."""
        if self._printer is None or told(self._world) == shown(self._world.state("page")):
            return
        # refused while a job runs, and not needed then: the engine looks by itself
        with contextlib.suppress(NoAnswer):
            self._wire.ask(
                Op.PRINT_JOB,
                [
                    Attribute(Group.OPERATION, Tag.NAME, "job-name", LOOK_AROUND),
                    Attribute(Group.OPERATION, Tag.MIME, "document-format", self._formats.split(",")[0]),
                ],
                b"%PDF-1.4\n",
            )

    @property
    def broken(self) -> bool:
        """Whether a part has died."""
        return any(child.poll() is not None for child in self._children())

    def _children(self) -> list[subprocess.Popen[bytes]]:
        return [child for child in (self._server, self._printer) if child is not None]

    @property
    def inner_port(self) -> int:
        """The printer's port behind the cable."""
        return self._inner

    def stop(self) -> None:
        """End every process and remove the directory."""
        if self._server is not None:
            # with its back ends, which outlive a server that is merely asked to end
            server.kill(self._server, alone=False)
            self._server = None
        for child in self._children():
            child.terminate()
        for child in self._children():
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait(5)
        self._bus.__exit__()
        shutil.rmtree(self._root, ignore_errors=True)


async def _serve(twin: Twin, world: World) -> int:
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    cable, elsewhere = Cable(twin.inner_port), Cable(twin.inner_port)
    for each in (elsewhere, cable):
        await each.plug()
    await elsewhere.unplug()
    await asyncio.to_thread(twin.start_printer)
    path = await asyncio.to_thread(twin.try_server, cable.port)
    queue = f"&queue={QUEUE}&cups={quote(str(path))}" if path else ""
    endpoint = f"ipp://127.0.0.1:{cable.port}/ipp/print?ports={cable.port},{elsewhere.port}{queue}"
    sys.stdout.write(json.dumps({"endpoint": endpoint}) + "\n")
    sys.stdout.flush()
    try:
        while not stop.is_set() and not twin.broken:
            on = world.get("page", "mains", "on") == "on"
            used = elsewhere if world.get("page", "port") == "2" else cable
            for each in (cable, elsewhere):
                if each is not used or not on or world.get("page", "cable") == "out":
                    await each.unplug()
            await asyncio.to_thread(twin.mains, on)
            if on and world.get("page", "cable") != "out":
                await used.plug()
            if path is not None:
                await asyncio.to_thread(twin.print_server, world.get("page", "server", "on"), path)
            await asyncio.to_thread(twin.tell)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _STEP)
    finally:
        await cable.unplug()
        await elsewhere.unplug()
    return 0 if stop.is_set() else 1


def main(argv: list[str]) -> int:
    """Run until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.page.twin", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--formats", default=f"{PDF},image/pwg-raster,image/jpeg")
    options = parser.parse_args(argv)
    world = World(options.directory)
    world.prepare()
    twin = Twin(world, options.formats)
    try:
        return asyncio.run(_serve(twin, world))
    finally:
        twin.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
