"""kill -9 of the device service, until it answers again and knows how every device is, beside a bare Python.

    python -m tests.bench.bench_back [ROUNDS]

Both are started anew after systemd's pause (RestartSec=200ms of prodesaku-devices.service). The bare Python is what any
service in that language pays: it opens a socket and answers one byte. What is promised is three seconds.
"""

from __future__ import annotations

import asyncio
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.devices.client import Devices, DevicesAway
from kiosk.rehearsal.stage import Stage

PAUSE = 0.2
BARE = """
import socket, sys
door = socket.socket(socket.AF_UNIX); door.bind(sys.argv[1]); door.listen()
while True: door.accept()[0].sendall(b".")
"""


def until(holds: Callable[[], bool], begun: float, within: float = 60.0) -> float:
    """Seconds since `begun` until it holds."""
    while not holds():
        if time.monotonic() - begun > within:
            raise TimeoutError
        time.sleep(0.005)
    return time.monotonic() - begun


def asked(path: Path) -> set[str]:
    """The states of all devices; none while nobody answers."""
    with suppress(DevicesAway):
        return {one.state for one in asyncio.run(Devices(path).status())}
    return set()


def known(path: Path) -> bool:
    """Whether every device has said how it is."""
    return bool(states := asked(path)) and "unknown" not in states


def service(rounds: int) -> tuple[list[float], list[float]]:
    """Seconds to the first answer, and until every device has said how it is."""
    answered, ready = list[float](), list[float]()
    with tempfile.TemporaryDirectory() as place, Stage(Path(place), processes=("devices",), keep_alive=False) as stage:
        path = stage.config.devices_socket
        until(lambda: known(path), time.monotonic())
        for _ in range(rounds):
            stage.kill("devices")
            begun = time.monotonic()
            time.sleep(PAUSE)
            stage.start("devices")
            answered.append(until(lambda: bool(asked(path)), begun))
            ready.append(until(lambda: known(path), begun))
    return answered, ready


def bare(rounds: int) -> list[float]:
    """The same for the peer."""
    answered = list[float]()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "s"

        def answers() -> bool:
            with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                line.connect(str(path))
                return line.recv(1) == b"."
            return False

        for _ in range(rounds):
            begun = time.monotonic()
            time.sleep(PAUSE)
            process = subprocess.Popen([sys.executable, "-c", BARE, str(path)])
            answered.append(until(answers, begun))
            process.kill()
            process.wait()
            path.unlink()
    return answered


def main(argv: list[str]) -> int:
    """One JSON line with medians and the worst, in seconds; 1 when the worst answer took longer than is promised."""
    rounds = int(argv[0]) if argv else 10
    answered, ready = service(rounds)
    peer = bare(rounds)
    figures = {
        name: {"median": round(statistics.median(each), 2), "worst": round(max(each), 2)}
        for name, each in (("answers", answered), ("all_known", ready), ("bare_python", peer))
    }
    sys.stdout.write(json.dumps({"rounds": rounds, **figures}) + "\n")
    return int(max(answered) > 3.0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
