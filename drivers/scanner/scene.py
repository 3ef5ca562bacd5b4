"""The physics of a virtual scanner: what lies in it, its stack of sheets, its lamp, and what a page looks like."""

from __future__ import annotations

import io
import re
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from drivers.scanner.escl import AREAS, PER_INCH, SOURCES, Settings, status
from drivers.virtual.world import World

_LID = (214, 214, 212)
_BLANK = (250, 250, 249)  # a sheet's empty back
_WARM_UP = 2.0  # seconds, unless the world says otherwise


@dataclass
class _Job:
    settings: Settings
    sides: int = 0  # given so far


@dataclass(frozen=True)
class No:
    """No page, and the HTTP status that says why; what exactly is in the scanner's status."""

    code: int


class Scene:
    """What a scanner does in its world. Safe to call from several threads."""

    def __init__(self, world: World, clock: Callable[[], float] = time.monotonic) -> None:
        self._world, self._clock = world, clock
        self._lock = threading.Lock()
        self._jobs: dict[str, _Job] = {}
        self._warming_since = float("-inf")

    @property
    def state(self) -> dict[str, str]:
        """What the world says just now."""
        return self._world.state("scanner")

    @property
    def sources(self) -> tuple[str, ...]:
        """What the scanner has: a glass, a feeder, one that turns sheets."""
        said = self.state.get("sources", "")
        return tuple(source for source in SOURCES if source in said.split(",")) or SOURCES

    @property
    def pace(self) -> float:
        """Seconds that a sheet takes to go through the feeder."""
        return _seconds(self.state.get("pace", ""), 0.0)

    def status(self) -> str:
        """ScannerStatus."""
        state = self.state
        word = "Processing" if state.get("busy") == "yes" else "Testing" if self._warms_up(state) else "Idle"
        return status(word, self._feeder(state))

    def begin(self, settings: Settings) -> str | No:
        """A new job's name. 503: not now, 409: not like this."""
        state = self.state
        if state.get("busy") == "yes":
            return No(503)
        if settings.source not in self.sources:
            return No(409)
        if settings.source != "flatbed" and self._feeder(state) != "ScannerAdfLoaded":
            return No(409)
        if state.get("lamp") == "cold":
            self._world.set("scanner", lamp="warming")
            self._warming_since = self._clock()
            return No(503)
        if self._warms_up(state):
            return No(503)
        name = str(uuid.uuid4())
        with self._lock:
            self._jobs[name] = _Job(settings)
        return name

    def page(self, name: str) -> bytes | No:
        """The next page of a job as JPEG; No(404) when there is no more."""
        with self._lock:
            job = self._jobs.get(name)
            if job is None:
                return No(404)
            state = self.state
            path, back = state.get("page", ""), False
            if job.settings.source == "flatbed":
                if job.sides:
                    return No(404)
                path = path if state.get("place", "glass") == "glass" else ""
            else:
                back = job.settings.source == "duplex" and job.sides % 2 == 1
                if not back:
                    feeder = self._feeder(state)
                    if feeder != "ScannerAdfLoaded" or (job.sides and not state.get("sheets")):
                        return No(404 if feeder in ("ScannerAdfEmpty", "ScannerAdfLoaded") else 409)
                    self._pull(state)
            job.sides += 1
        try:
            return as_scanned(None if back or not path else Path(path), job.settings)
        except OSError:
            return No(500)

    def cancel(self, name: str) -> bool:
        """Forget a job."""
        with self._lock:
            return self._jobs.pop(name, None) is not None

    def _pull(self, state: dict[str, str]) -> None:
        left = state.get("sheets", "")
        if left.isdecimal():
            self._world.set("scanner", sheets=str(int(left) - 1))

    def _feeder(self, state: dict[str, str]) -> str:
        if state.get("cover") == "open":
            return "ScannerAdfDoorOpen"
        if state.get("jam") == "yes":
            return "ScannerAdfJam"
        loaded = state.get("page") and state.get("place", "glass") == "feeder" and state.get("sheets") != "0"
        return "ScannerAdfLoaded" if loaded else "ScannerAdfEmpty"

    def _warms_up(self, state: dict[str, str]) -> bool:
        """Whether the lamp does just now: from the first job on, for a while, and then it is warm for good."""
        if state.get("lamp") != "warming":
            return False
        if self._clock() - self._warming_since < _seconds(state.get("warm_up", ""), _WARM_UP):
            return True
        self._world.set("scanner", lamp="warm")
        return False


def _seconds(text: str, otherwise: float) -> float:
    return float(text) if re.fullmatch(r"\d{1,4}(\.\d{1,6})?", text) else otherwise


def as_scanned(path: Path | None, settings: Settings) -> bytes:
    """The paper as the scanner sees it, as JPEG; None is a bare lid, or a sheet's empty back.

    A picture has the size that its own resolution gives it, and lies in the corner; a larger one, and one that does not
    say, is fitted in. Raises OSError when there is no such picture.
    """
    changed = path.stat().st_mtime_ns if path else 0
    return _packed(path, changed, settings)


@lru_cache(maxsize=8)  # a stack is one sheet, many times
def _packed(path: Path | None, changed: int, settings: Settings) -> bytes:
    dpi = settings.dpi
    sheet = _lying(path, changed, settings.source, dpi)
    if settings.area is not None:
        left, top, across, down = (round(side * dpi / PER_INCH) for side in settings.area)
        right, bottom = min(sheet.width, left + max(1, across)), min(sheet.height, top + max(1, down))
        sheet = sheet.crop((min(left, right - 1), min(top, bottom - 1), right, bottom))
    packed = io.BytesIO()
    (sheet.convert("L") if settings.grey else sheet).save(packed, "JPEG", quality=92, dpi=(dpi, dpi))
    return packed.getvalue()


@lru_cache(maxsize=3)
def _lying(path: Path | None, changed: int, source: str, dpi: int) -> Image.Image:
    width, height = (round(side * dpi / PER_INCH) for side in AREAS[source])
    sheet = Image.new("RGB", (width, height), _LID)
    if path is not None:
        picture, said = _loaded(path, changed)
        scale = dpi / said if said >= 60 else min(width / picture.width, height / picture.height)
        if picture.width * scale > width * 1.02:  # landscape: a person turns it
            picture = picture.rotate(90, expand=True)
        scale = min(scale, width / picture.width, height / picture.height)
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        sheet.paste(picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0), (0, 0))
    elif source == "duplex":
        sheet.paste(_BLANK, (0, 0, width, height))
    return sheet


@lru_cache(maxsize=2)
def _loaded(path: Path, _: int) -> tuple[Image.Image, float]:
    with Image.open(path) as file:
        return file.convert("RGB"), float(file.info.get("dpi", (0.0, 0.0))[0])
