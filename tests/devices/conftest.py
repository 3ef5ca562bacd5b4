"""The device service as a real process, in front of virtual printers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.virtual.start import Twin, Virtual, start
from kiosk.config import Config, dump

PRINTERS = [Twin("ticket", "drivers.ticket.twin"), Twin("page", "drivers.page.twin")]
ROOT = Path(__file__).resolve().parents[2]


class Running:
    """The service's process; `socket` is where it listens."""

    def __init__(self, directory: Path, devices: dict[str, str]) -> None:
        self.socket = directory / "devices.sock"
        self._config = directory / "kiosk.toml"
        self._log = directory / "service.log"
        self._config.write_text(dump(Config(directory, directory, "http://127.0.0.1:9", None, devices)))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kiosk.devices"],
                env=os.environ | {"PRODESAKU_CONFIG": str(self._config), "PYTHONPATH": str(ROOT)},
                stderr=log,
            )

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(10)

    @property
    def log(self) -> str:
        return self._log.read_text()


@pytest.fixture(scope="module")
def printers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    with start(tmp_path_factory.mktemp("virtual"), PRINTERS) as virtual:
        yield virtual


@pytest.fixture
def virtual(printers: Virtual) -> Virtual:
    world = printers.world
    world.set("ticket", paper="ok", cover="closed", cable="in", mute="no")
    world.set("page", paper="ok", cover="closed", jam="no", toner="ok", cable="in", seconds="0.6")
    return printers


@pytest.fixture
def service(virtual: Virtual) -> Iterator[Running]:
    # short, because a Unix socket's path has 107 characters at most
    with tempfile.TemporaryDirectory(prefix="dev-") as directory:
        running = Running(Path(directory), virtual.endpoints)
        running.start()
        yield running
        if running.process is not None and running.process.poll() is None:
            running.stop()
