"""Starts the twins and gathers their endpoints."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from drivers.virtual.world import World

#: Seconds a twin may take until it says that it is ready; a Raspberry Pi 4 needs a few for the print system.
READY_WITHIN = 60.0
#: Seconds a twin may take to end after SIGTERM before it is killed.
END_WITHIN = 10.0


@dataclass(frozen=True)
class Twin:
    """One process: `python -m module DIR arguments…`; its `endpoint` is filed under `role`."""

    role: str
    module: str
    arguments: tuple[str, ...] = ()


#: Everything that start() launches. The name of the role is the key in [devices] of the configuration.
TWINS: tuple[Twin, ...] = (
    Twin("ticket", "drivers.ticket.twin"),
    Twin("page", "drivers.page.twin"),
    Twin("reader", "drivers.reader.twin"),
    Twin("camera_preview", "drivers.camera.twin"),  # and camera_still
    Twin("scanner", "drivers.scanner.twin"),
    Twin("keypad", "drivers.keypad.twin"),
)


@dataclass
class Virtual:
    """The running twins. `endpoints` is what becomes [devices] in the configuration."""

    directory: Path
    world: World
    endpoints: dict[str, str] = field(default_factory=dict[str, str])
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict[str, "subprocess.Popen[bytes]"])

    def kill(self, role: str) -> None:
        """Pull a twin's mains plug: SIGKILL, nothing is tidied up."""
        process = self.processes[role]
        process.kill()
        process.wait(END_WITHIN)


class TwinError(RuntimeError):
    """A twin did not come up; a bug or a missing Debian package, so an exception. The text is the twin's own."""


def _await_line(process: subprocess.Popen[bytes], deadline: float) -> dict[str, str]:
    stream = process.stdout
    assert stream is not None
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TwinError("not ready in time")
        piece = os.read(stream.fileno(), 4096)
        if not piece:
            raise TwinError(f"ended with status {process.wait(END_WITHIN)}")
        line += piece
    answer = cast("dict[str, str]", json.loads(line.splitlines()[0]))
    return {str(key): str(value) for key, value in answer.items()}


@contextmanager
def start(directory: Path, twins: Sequence[Twin] = TWINS) -> Generator[Virtual, None, None]:
    """Start `twins` in `directory` (made when it is not there); all are ended on the way out.

    Twins start side by side. Their complaints go to `DIR/<role>.log`. Raises TwinError.
    """
    directory = directory.absolute()
    directory.mkdir(parents=True, exist_ok=True)
    world = World(directory)
    world.prepare()
    virtual = Virtual(directory, world)
    environment = os.environ | {"PYTHONPATH": _python_path(), "PYTHONUNBUFFERED": "1"}
    try:
        for twin in twins:
            with (directory / f"{twin.role}.log").open("ab") as log:
                virtual.processes[twin.role] = subprocess.Popen(
                    [sys.executable, "-m", twin.module, str(directory), *twin.arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=environment,
                    start_new_session=True,
                )
        deadline = time.monotonic() + READY_WITHIN
        for twin in twins:
            try:
                answer = _await_line(virtual.processes[twin.role], deadline)
            except TwinError as failed:
                log_text = (directory / f"{twin.role}.log").read_text(errors="replace")[-2000:]
                raise TwinError(f"{twin.role}: {failed}\n{log_text}") from failed
            virtual.endpoints[twin.role] = answer.pop("endpoint")
            virtual.endpoints.update(answer)
        yield virtual
    finally:
        _end(virtual)


def _python_path() -> str:
    # the twins run from wherever the caller stands, so they are told where this package lies
    here = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH", "")
    return f"{here}{os.pathsep}{before}" if before else here


def _end(virtual: Virtual) -> None:
    for process in virtual.processes.values():
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in virtual.processes.values():
        try:
            process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(END_WITHIN)
        if process.stdout is not None:
            process.stdout.close()
    _sweep(virtual.directory)


def _sweep(directory: Path) -> None:
    """Remove what a twin that was killed left elsewhere: it notes the place in `DIR/<role>/runtime.txt`."""
    for note in directory.glob("*/runtime.txt"):
        left = Path(note.read_text(encoding="utf-8"))
        if left.name.startswith("prodesaku-"):
            shutil.rmtree(left, ignore_errors=True)
