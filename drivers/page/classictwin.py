"""A village's older printer without hardware: a print server of our own, the driver brlaser, and a laser printer.

`python -m drivers.page.classictwin DIR` prints `{"endpoint": "cups://socket/…"}`. Everything between the PDF and the
printer's port is what a kiosk has: cupsd, its filters, the driver's. At the port is :mod:`drivers.page.laser`.
`cable=out` cuts it off, `mains=off` has it lose what it holds, `server=off` kills the print server with all that it has
started, `server=crashed` kills it alone, and `server=on` starts it anew with an empty spool. Runs as whoever calls it.
Needs Debian's printer-driver-brlaser.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from drivers.page import cableend, server
from drivers.page.laser import Laser
from drivers.page.twin import free_port, private_directory
from drivers.virtual.bus import LonelyBus
from drivers.virtual.world import World

QUEUE = "lama"
#: A model that the driver has had in every release; a Brother HL-L2320D.
MODEL = "drv:///brlaser.drv/brl2320d.ppd"
_DIE_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
_STEP, _READY_WITHIN = 0.05, 40.0


class PrintServer:
    """cupsd with the classic queue."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._bus = LonelyBus(root / "bus.sock")
        self._process: subprocess.Popen[bytes] | None = None
        self.socket = server.configure(root / "cups", free_port())
        _with_our_back_end(root)

    def start(self, port: int) -> None:
        """With a queue for the printer at `port`; SystemExit where it does not start."""
        self._bus.__enter__()
        self._run()
        command = ["lpadmin", "-p", QUEUE, "-v", f"prodesaku://127.0.0.1:{port}", "-m", MODEL, "-E"]
        command += ["-o", "printer-error-policy=abort-job"]
        environment = os.environ | {"CUPS_SERVER": str(self.socket)}
        made = subprocess.run(command, env=environment, capture_output=True, timeout=30, check=False)
        if made.returncode:
            raise SystemExit(made.stderr.decode(errors="replace") + server.complaints(self._root / "cups"))

    def obey(self, state: str) -> None:
        """`on`, `off`, `crashed`."""
        if state == "on" and self._process is None:
            self._run()
        if state != "on" and self._process is not None:
            server.kill(self._process, alone=state == "crashed")
            self._process = None

    def _run(self) -> None:
        self.socket.unlink(missing_ok=True)
        environment = os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": self._bus.address}
        self._process = server.run(self._root / "cups", environment, _DIE_WITH_US)
        deadline = time.monotonic() + _READY_WITHIN
        while not self.socket.exists():
            if time.monotonic() > deadline or self.broken:
                raise SystemExit("no print server\n" + server.complaints(self._root / "cups"))
            time.sleep(_STEP)

    @property
    def broken(self) -> bool:
        """Whether it has died by itself."""
        return self._process is not None and self._process.poll() is not None

    def stop(self) -> None:
        """End it with all that it has started."""
        if self._process is not None:
            server.kill(self._process, alone=False)
        self._bus.__exit__()


def _with_our_back_end(root: Path) -> None:
    """Give the print server its usual programs and one back end more."""
    theirs, ours = Path("/usr/lib/cups"), root / "bin"
    (ours / "backend").mkdir(parents=True)
    for each in theirs.iterdir():
        if each.name != "backend":
            (ours / each.name).symlink_to(each)
    place = ours / "backend" / "prodesaku"
    shutil.copyfile(cableend.__file__, place)
    place.chmod(0o755)
    files = root / "cups/etc/cups-files.conf"
    files.write_text(files.read_text().replace(f"ServerBin {theirs}\n", f"ServerBin {ours}\n"), encoding="utf-8")


async def _serve(printer: Laser, spooler: PrintServer, world: World) -> int:
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await printer.plug()
    await asyncio.to_thread(spooler.start, printer.port)
    sys.stdout.write(json.dumps({"endpoint": f"cups://socket/{QUEUE}?socket={quote(str(spooler.socket))}"}) + "\n")
    sys.stdout.flush()
    try:
        while not stop.is_set() and not spooler.broken:
            on = world.get("page", "mains", "on") == "on"
            printer.mains(on=on)
            await (printer.plug() if on and world.get("page", "cable") != "out" else printer.unplug())
            await asyncio.to_thread(spooler.obey, world.get("page", "server", "on"))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _STEP)
    finally:
        await printer.unplug()
        printer.mains(on=False)
    return 0 if stop.is_set() else 1


def main(argv: list[str]) -> int:
    """Run until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.page.classictwin", description=__doc__)
    parser.add_argument("directory", type=Path)
    world = World(parser.parse_args(argv).directory)
    world.prepare()
    root = private_directory()
    # so that whoever started us can remove it when we were killed
    (world.directory / "page" / "runtime.txt").write_text(str(root), encoding="utf-8")
    spooler = PrintServer(root)
    try:
        return asyncio.run(_serve(Laser(world), spooler, world))
    finally:
        spooler.stop()
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
