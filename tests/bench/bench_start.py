"""Start to first usable frame, and resident memory of every process, beside a bare Kivy window in the same run.

    python -m tests.bench.bench_start [ROUNDS]

The bare window is what any Kivy program pays: one Label on the same 1280x800 off-screen window. "Usable" is the moment
a touch on the waiting page's button can be sent.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kiosk.rehearsal.finger import Finger
from kiosk.rehearsal.stage import Stage

BARE = """
import os, sys
os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONSOLELOG="1", SDL_VIDEODRIVER="offscreen")
from kivy.config import Config
Config.set("graphics", "width", "1280"); Config.set("graphics", "height", "800")
from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.label import Label
class Bare(App):
    def build(self):
        Window.bind(on_flip=self.flipped)
        return Label(text="Selamat datang")
    def flipped(self, *_):
        Window.unbind(on_flip=self.flipped)
        print("frame", flush=True)
Bare().run()
"""


def resident(pid: int) -> tuple[float, float]:
    """Resident and proportional set size in MiB, children included."""
    total = [0.0, 0.0]
    for process in [pid, *children(pid)]:
        try:
            text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        for line in text.splitlines():
            if line.startswith("Rss:"):
                total[0] += int(line.split()[1]) / 1024
            elif line.startswith("Pss:"):
                total[1] += int(line.split()[1]) / 1024
    return total[0], total[1]


def children(pid: int) -> list[int]:
    """All descendants."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    direct = [int(child) for child in text.split()]
    return direct + [grandchild for child in direct for grandchild in children(child)]


def bare() -> dict[str, float]:
    """One bare Kivy window."""
    with tempfile.TemporaryDirectory() as home:
        program = Path(home) / "bare.py"
        program.write_text(BARE, encoding="utf-8")  # Kivy looks for the file that an App's class stands in
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, str(program)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"KIVY_HOME": home, "LIBGL_ALWAYS_SOFTWARE": "1"},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"frame\n", "the bare window did not open"
        seconds = time.monotonic() - begun
        rss, pss = resident(process.pid)
        process.kill()
        process.wait()
        process.stdout.close()
    return {"first_frame_s": seconds, "rss_mib": rss, "pss_mib": pss}


def kiosk(stage: Stage) -> dict[str, float]:
    """Kill all three processes, start them, and wait until a finger could touch."""
    stage.power_cut()
    begun = time.monotonic()
    stage.power_on()
    finger = Finger(stage.pilot_socket)
    finger.wait(lambda seen: seen["page"] == "Waiting")
    assert finger.can("start")
    seconds = time.monotonic() - begun
    finger.close()
    found = {"first_usable_frame_s": seconds}
    for name, pid in stage.pids.items():
        found[f"{name}_rss_mib"], found[f"{name}_pss_mib"] = resident(pid)
    found["all_rss_mib"] = sum(found[f"{name}_rss_mib"] for name in stage.pids)
    found["all_pss_mib"] = sum(found[f"{name}_pss_mib"] for name in stage.pids)
    return found


def main() -> int:
    """Print one JSON object: medians over the rounds, the two in turn."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    bares: list[dict[str, float]] = []
    kiosks: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="prodesaku-bench-") as directory, Stage(Path(directory)) as stage:
        Finger(stage.pilot_socket).close()
        for _ in range(rounds):
            bares.append(bare())
            kiosks.append(kiosk(stage))
    medians = {
        "rounds": rounds,
        "bare_kivy_window": {k: round(statistics.median(b[k] for b in bares), 2) for k in bares[0]},
        "kiosk": {k: round(statistics.median(b[k] for b in kiosks), 2) for k in kiosks[0]},
    }
    print(json.dumps(medians, indent=1))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
