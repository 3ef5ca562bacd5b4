"""Starts everything that a village hall and a regency office have, on this machine, for one rehearsal.

Virtual devices (with their own bus, print server and printer), the centre with a training authority, the wire between
the two that can be cut, the enrolment, and the appliance's three processes as real processes. All as the calling user,
on loopback and in one directory; only what was started here is stopped again.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from drivers import virtual
from drivers.virtual.wire import Wire
from kiosk import config
from kiosk.config import Config

MODULES = {"devices": "kiosk.devices", "sync": "kiosk.sync", "kiosk": "kiosk.app"}


class StageError(RuntimeError):
    """Something did not start; the message says what."""


@dataclass(frozen=True)
class Size:
    """The window, in pixels."""

    width: int = 1280
    height: int = 800


class Stage:
    """A context manager around one rehearsal. `directory` keeps state between runs when it is given again."""

    def __init__(
        self,
        directory: Path,
        *,
        site: str = "73.15.06.2006",
        size: Size | None = None,
        window: bool = False,
        pilot: bool = True,
        keep_alive: bool = True,
        processes: tuple[str, ...] = tuple(MODULES),
        twins: bool = True,
    ) -> None:
        """`window` shows a real window; otherwise the kiosk draws off screen. `keep_alive` restarts a process that
        died, as systemd does on the appliance. `processes` and `twins` leave out what a rehearsal does not need."""
        self.directory = directory
        self.site = site
        self.size = size or Size()
        self.window = window
        self.pilot = pilot
        self.keep_alive = keep_alive
        self.cast = processes
        self.with_twins = twins
        # Unix socket paths are limited to 107 bytes, so they get a short directory of their own
        self.sockets = Path(tempfile.mkdtemp(prefix="prodesaku-"))
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.clerk: dict[str, str] = {}
        self._central: subprocess.Popen[bytes] | None = None
        self._virtual: virtual.Virtual | None = None
        self._wire: Wire | None = None
        self._logs: list[IO[bytes]] = []
        self._stack = ExitStack()
        self._closing = threading.Event()
        self._powered = True
        self._guard: threading.Thread | None = None
        self._lock = threading.RLock()

    # --- opening and closing

    def __enter__(self) -> Self:
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Start everything, in the order of dependence."""
        self.directory.mkdir(parents=True, exist_ok=True)
        (self.directory / "log").mkdir(exist_ok=True)
        enrolled = (self.directory / "kiosk" / "identity" / "site.json").exists()
        self._launch_central(() if enrolled else ("--enrol", self.site))  # gets ready beside the twins
        twins = self._stack.enter_context(
            virtual.start(self.directory / "twins", virtual.TWINS if self.with_twins else ())
        )
        self._virtual = twins
        wire = self._wire = Wire(twins.world, ("127.0.0.1", self.central_port))
        self.config = Config(
            state=self.directory / "kiosk",
            sockets=self.sockets,
            central=wire.url,
            devices=twins.endpoints,
        )
        self.config.state.mkdir(parents=True, exist_ok=True)
        self.config_file = self.directory / "kiosk.toml"
        self.config_file.write_text(config.dump(self.config), encoding="utf-8")
        if "devices" in self.cast:
            self.start("devices")  # needs no enrolment
        code = self._await_central()
        if not enrolled:
            self._enrol(code)
        for name in self.cast:
            if name != "devices":
                self.start(name)
        if self.keep_alive:
            self._guard = threading.Thread(target=self._watch, name="stage-guard", daemon=True)
            self._guard.start()

    def close(self) -> None:
        """Stop what was started, newest first. Safe to call twice."""
        self._closing.set()
        if self._guard:
            self._guard.join(timeout=5)
        with self._lock:
            _stop(*reversed(self.processes.values()), *([self._central] if self._central else []))
            self.processes.clear()
        if self._wire:
            self._wire.close()
        self._stack.close()
        for log in self._logs:
            log.close()
        self._wire = self._central = self._virtual = None
        shutil.rmtree(self.sockets, ignore_errors=True)

    # --- the parts

    @property
    def world(self) -> virtual.World:
        """The village hall: papers, cables, covers."""
        if self._virtual is None:
            raise StageError("the stage is not open")
        return self._virtual.world

    @property
    def wire(self) -> Wire:
        """The line between the village and the regency."""
        if self._wire is None:
            raise StageError("the stage is not open")
        return self._wire

    @property
    def pilot_socket(self) -> Path:
        """Where a finger reaches the kiosk's window."""
        return self.sockets / "pilot.sock"

    def start_central(self) -> None:
        """Start the centre with its embedded database and its training authority, on a free port kept for this run."""
        self._launch_central()
        self._await_central()

    def _launch_central(self, more: Sequence[str] = ()) -> None:
        directory = self.directory / "central"
        port = getattr(self, "central_port", 0) or _free_port()
        password = self.clerk.get("password") or secrets.token_urlsafe(9)
        command = [
            sys.executable,
            "-m",
            "central.cli",
            "serve",
            "--dir",
            str(directory),
            "--port",
            str(port),
            "--training",
        ]
        self._central = subprocess.Popen(
            [*command, "--clerk-password", password, *more],
            stdout=subprocess.PIPE,
            stderr=self._log("central"),
            stdin=subprocess.DEVNULL,
        )
        self.clerk = {"password": password}
        self.central_port = port

    def _await_central(self) -> str:
        """Until it serves; the one-time code, where one was asked for: what a technician's slip carries."""
        if self._central is None:
            raise StageError("the central service was not started")
        said = _first_line(self._central, "the central service", seconds=60)
        self.clerk |= {"url": str(said["url"]), "user": str(said.get("clerk", "dinas"))}
        return str(said.get("enrol_code", ""))

    def stop_central(self) -> None:
        """The regency's machine goes away (kill -9)."""
        if self._central:
            self._central.kill()
            self._central.wait(timeout=10)
            self._central = None

    def _enrol(self, code: str) -> None:
        """Give this kiosk its identity, as a technician does."""
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.cli", "enrol", code],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=60,
        )
        if done.returncode:
            raise StageError(f"not enrolled: {done.stderr.strip()[-300:]}")

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of the appliance's processes."""
        env = dict(os.environ)
        env[config.ENVIRONMENT] = str(self.config_file)
        env["PRODESAKU_SIZE"] = f"{self.size.width}x{self.size.height}"
        if self.pilot:
            env["PRODESAKU_PILOT"] = str(self.pilot_socket)
        if self.window:
            env["PRODESAKU_WINDOW"] = "1"
        else:
            env["SDL_VIDEODRIVER"] = "offscreen"
            env.setdefault("LIBGL_ALWAYS_SOFTWARE", "1")
        env.update(more or {})
        return env

    def environment_of(self, name: str) -> dict[str, str]:
        """The environment of one of the three; all have the same, unless somebody wants to stand between them."""
        return self.environment()

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start one of the three processes."""
        with self._lock:
            process = subprocess.Popen(
                [sys.executable, "-m", MODULES[name]],
                env=self.environment_of(name),
                stdin=subprocess.DEVNULL,
                stdout=self._log(name),
                stderr=subprocess.STDOUT,
            )
            self.processes[name] = process
        return process

    def kill(self, name: str) -> None:
        """kill -9, as a crash or the kernel would; what it had started goes with it, as systemd sees to."""
        with self._lock:
            process = self.processes[name]
            children = _children(process.pid)
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=10)
            for child in children:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)

    def power_cut(self) -> None:
        """Everything on the appliance stops at the same instant."""
        with self._lock:
            self._powered = False
            for process in self.processes.values():
                process.send_signal(signal.SIGKILL)
            for process in self.processes.values():
                process.wait(timeout=10)

    def power_on(self) -> None:
        """The appliance starts again."""
        self.pilot_socket.unlink(missing_ok=True)
        self._powered = True
        for name in self.cast:
            self.start(name)

    @property
    def pids(self) -> dict[str, int]:
        """The three processes."""
        with self._lock:
            return {name: process.pid for name, process in self.processes.items()}

    def _watch(self) -> None:
        while not self._closing.wait(0.2):
            with self._lock:
                for name, process in list(self.processes.items()):
                    code = process.poll()
                    closed = name == "kiosk" and self.window and code == 0  # somebody closed the window
                    if self._powered and code is not None and not closed and not self._closing.is_set():
                        self.start(name)

    def _log(self, name: str) -> IO[bytes]:
        log = (self.directory / "log" / f"{name}.log").open("ab")
        self._logs.append(log)
        return log


def _first_line(process: subprocess.Popen[bytes], what: str, seconds: float) -> dict[str, Any]:
    """The first line of JSON that a process says about itself; bounded in time."""
    found: list[bytes] = []
    stdout = process.stdout
    assert stdout is not None

    def read() -> None:
        found.append(stdout.readline())
        for _ in stdout:  # keep the pipe empty: a full one would stop the process
            pass

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    deadline = time.monotonic() + seconds
    while not found and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    if not found or not found[0].strip():
        raise StageError(f"{what} did not start")
    return json.loads(found[0])


def _stop(*processes: subprocess.Popen[bytes]) -> None:
    """Ask all at once, so that none waits for another's end."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=5)


def _children(pid: int) -> list[int]:
    """What a process has started and not waited for, through all its threads (proc(5))."""
    found = list[int]()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
