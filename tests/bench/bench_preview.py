"""The camera's preview from the sensor to the screen's process: `python -m tests.bench.bench_preview [--seconds N]`.

The virtual camera sends 1280x720 at 30 pictures a second, each with the time of its exposure in a row of blocks.
Measured are pictures a second, their age, and the processor time of the process that reads the camera:

- `opencv`: a bare loop of cv2.VideoCapture in a process of its own, the least that anybody could do;
- `service`: our device service, with the guide looking for the sheet beside it, as its client sees it over the socket.

`added_ms` is the time from the picture's arrival in the driver to the client; `age_ms` from the exposure. The two take
turns on the same stream. One JSON line each, then whether the bounds hold: 15 a second, one core, 40 ms added.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import aclosing
from pathlib import Path

import numpy as np

from drivers.camera import scenery
from drivers.virtual.papers import paper
from drivers.virtual.start import Twin, start
from kiosk.config import Config, dump
from kiosk.devices.client import Devices, Frame

RATE, CORE, ADDED = 15.0, 1.0, 40.0
_WARM = 20  # pictures at the beginning that are not counted
_SPAN = 1 << scenery.STAMP_BITS

PEER = """
import sys, time
import cv2
from drivers.camera import scenery
capture = cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG)
count, until, span = 0, 0.0, 1 << scenery.STAMP_BITS
while True:
    done, picture = capture.read()
    if not done:
        break
    now = time.monotonic()
    count += 1
    if count == int(sys.argv[3]):
        begun, used, until = now, time.process_time(), now + float(sys.argv[2])
    if count > int(sys.argv[3]):
        print((int(now * 1000) - scenery.read_stamp(picture)) % span)
        if now > until:
            break
print("end", now - begun, time.process_time() - used)
"""


def used(pid: int) -> float:
    """Processor seconds of a process so far, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def figures(name: str, ages: list[float], added: list[float], seconds: float, cpu: float) -> dict[str, float | str]:
    """One line."""
    line: dict[str, float | str] = {
        "reader": name,
        "per_second": round(len(ages) / seconds, 1),
        "cores": round(cpu / seconds, 2),
        "age_ms_median": round(statistics.median(ages), 1),
        "age_ms_p95": round(float(np.percentile(ages, 95)), 1),
    }
    if added:
        line["added_ms_median"] = round(statistics.median(added), 1)
        line["added_ms_p95"] = round(float(np.percentile(added, 95)), 1)
    return line


def peer(url: str, seconds: float) -> dict[str, float | str]:
    """The bare loop."""
    done = subprocess.run(
        [sys.executable, "-c", PEER, url, str(seconds), str(_WARM)], capture_output=True, text=True, check=True
    )
    *ages, end = done.stdout.splitlines()
    _, took, cpu = end.split()
    return figures("opencv", [float(age) for age in ages], [], float(took), float(cpu))


async def ours(socket: Path, pid: int, seconds: float) -> dict[str, float | str]:
    """Our service, seen by its client."""
    devices = await Devices.connect(socket, within=30)
    ages: list[float] = []
    added: list[float] = []
    begun = cpu = 0.0
    count = 0
    now = time.monotonic()
    async with aclosing(devices.preview("page")) as frames:
        async for frame in frames:
            now = time.monotonic()
            if not isinstance(frame, Frame):
                continue
            count += 1
            if count == _WARM:
                begun, cpu = now, used(pid)
            if count <= _WARM:
                continue
            pixels = np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)
            ages.append((int(now * 1000) - scenery.read_stamp(pixels)) % _SPAN)
            added.append((now - frame.taken) * 1000)
            if now - begun > seconds:
                break
    return figures("service", ages, added, now - begun, used(pid) - cpu)


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    seconds: float = parser.parse_args(argv).seconds
    with tempfile.TemporaryDirectory(prefix="preview-") as name:
        directory = Path(name)
        with start(directory / "twin", [Twin("camera_preview", "drivers.camera.twin")]) as virtual:
            virtual.world.set("camera", paper=str(paper("surat_lahir")), rate="30", stamp="yes")
            socket, settings = directory / "devices.sock", directory / "kiosk.toml"
            settings.write_text(dump(Config(directory, directory, "http://127.0.0.1:9", None, virtual.endpoints)))
            running = subprocess.Popen(
                [sys.executable, "-m", "kiosk.devices"],
                env=os.environ | {"PRODESAKU_CONFIG": str(settings)},
                stderr=subprocess.DEVNULL,
            )
            try:
                lines = [peer(virtual.endpoints["camera_preview"], seconds)]
                lines.append(asyncio.run(ours(socket, running.pid, seconds)))
            finally:
                running.terminate()
                running.wait(20)
    for line in lines:
        sys.stdout.write(json.dumps(line) + "\n")
    own = lines[1]
    holds = float(own["per_second"]) >= RATE and float(own["cores"]) <= CORE and float(own["added_ms_p95"]) <= ADDED
    sys.stdout.write(json.dumps({"bounds": "hold" if holds else "broken"}) + "\n")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
