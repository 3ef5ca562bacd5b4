"""`prodesaku run --virtual`: with a display a window and a dock; without one the whole journey, headless."""

from __future__ import annotations

import os
import signal
import sys
import time
import webbrowser
from pathlib import Path

from drivers.virtual.dock import Dock
from kiosk.rehearsal.journey import apply_and_collect
from kiosk.rehearsal.stage import Size, Stage, StageError


def has_display() -> bool:
    """Whether there is something to open a window on."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("SDL_VIDEODRIVER") not in (None, "", "offscreen", "dummy"))


def run_virtual(directory: Path | None, *, size: str = "1280x800", service: str = "akta_lahir") -> int:
    """Returns 0 when the window was closed, or when every step of the headless journey ended as it must."""
    if not has_display():
        out = directory or Path("build") / "journey"
        _tell(f"No display, so a citizen is played: {service}. Pictures go to {out}")
        code = apply_and_collect(service, out, size=size)
        _tell(f"{'Done' if code == 0 else 'Failed'}; open {out / 'report.json'} and the numbered screens beside it.")
        return code
    width, _, height = size.partition("x")
    signal.signal(signal.SIGTERM, _interrupt)  # whoever stops us finds nothing left running
    try:
        state = directory or Path("build") / "virtual"
        stage = Stage(state, size=Size(int(width), int(height)), window=True, pilot=False)
        with stage, Dock(stage.world.directory) as dock:
            office = stage.clerk
            _tell(f"Dock (papers, cables, paper trays, network): {dock.url}")
            _tell(f"Clerks' pages: {office['url']}/dinas/  user {office['user']}, password {office['password']}")
            webbrowser.open(dock.url)
            while stage.processes["kiosk"].poll() is None:
                time.sleep(0.3)
            return 0
    except StageError as error:
        _tell(f"prodesaku: {error}")
        return 1
    except KeyboardInterrupt:
        return 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
