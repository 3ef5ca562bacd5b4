"""`prodesaku devices test ROLE`: each device does a little of its work, and a slip says what is ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.devices.client import DeviceFailure, Devices, DevicesAway
from kiosk.tickets.content import Place
from kiosk.tickets.readiness import CHART, MODULE_MM, readiness, trial_page, trial_slip
from kiosk.tickets.slip import Width, to_png
from kiosk.vision import decode, read_codes

KEYS = ("yes", "no", "back")  # the three that every pad has


@dataclass(frozen=True)
class Tried:
    """What one test came to; `figures` are measured, `why` is empty when all is well."""

    role: str
    why: str = ""
    figures: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def ok(self) -> bool:
        """Whether the device did its work."""
        return not self.why

    def record(self) -> dict[str, Any]:
        """As the command answers it."""
        return {"role": self.role, "ok": self.ok} | ({"figures": self.figures} if self.ok else {"why": self.why})


async def ticket(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
    """A test slip."""
    width = await _width(devices)
    outcome = await devices.print_slip(to_png(trial_slip(width)))
    return Tried("ticket", "" if outcome == "printed" else outcome, {"dots": width})


async def printer(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
    """A test page, followed to its end."""
    job = await devices.print_pdf(trial_page(), "Halaman uji")
    if isinstance(job, DeviceFailure):
        return Tried("printer", job.why)
    state, sheet = "unknown", 0
    async for change in devices.follow(job.id):
        state, sheet = change.state, change.sheet
    return Tried("printer", "" if state == "printed" else state, {"sheets": sheet})


async def camera(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
    """The chart's code under the camera, and how large it is seen."""
    ask("letakkan halaman uji di bawah kamera")
    read = await devices.read_sheet()
    if isinstance(read, DeviceFailure):
        return Tried("camera", read.why)
    if CHART not in read.texts or not read.px_per_module:
        return Tried("camera", "no_chart")
    return Tried("camera", "", {"px_per_mm": round(read.px_per_module / MODULE_MM, 1)})


async def scanner(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
    """The chart's code on the scanner, and its resolution."""
    ask("letakkan halaman uji di pemindai")
    page = await devices.scan()
    if isinstance(page, DeviceFailure):
        return Tried("scanner", page.why)
    picture = decode(page.page)
    found = () if picture is None else read_codes(picture)
    sizes = [code.px_per_module for code in found if code.text == CHART and code.px_per_module]
    if not sizes:
        return Tried("scanner", "no_chart")
    return Tried("scanner", "", {"dpi": round(sizes[0] / MODULE_MM * 25.4)})


async def reader(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
    """Any code; how long it is, never what it says."""
    text = await _next(devices.codes(), lambda: ask("tunjukkan kode"), within)
    return Tried("reader", "" if text else "nothing_shown", {"characters": len(text)})


async def keypad(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
    """Each key once."""
    for key in KEYS:
        pressed = await _next(devices.keys(), lambda key=key: ask(f"tekan tombol {key}"), within)
        if pressed != key:
            return Tried("keypad", f"wrong_key_{pressed}" if pressed else "nothing_pressed")
    return Tried("keypad", "", {"keys": len(KEYS)})


async def _next(words: AsyncGenerator[str, None], ask: Callable[[], None], within: float) -> str:
    """The next word after the listening began; empty when none came."""
    try:
        async with asyncio.timeout(within), aclosing(words):
            async for word in words:
                if word:
                    return word
                ask()
    except TimeoutError:
        pass
    return ""


TESTS: dict[str, Callable[[Devices, Callable[[str], None], float], Awaitable[Tried]]] = {
    "ticket": ticket,
    "printer": printer,
    "camera": camera,
    "scanner": scanner,
    "reader": reader,
    "keypad": keypad,
}


async def run(
    socket: Path,
    role: str,
    place: Place | None,
    tell: Callable[[Tried], None],
    ask: Callable[[str], None],
    within: float,
    now: Callable[[], datetime] = datetime.now,
) -> int:
    """One test, or with "all" those of every device that is not missing, and the slip. 0, or 1 when one is not ready.

    Raises DevicesAway when the service is not there.
    """
    devices = await Devices.connect(socket, within=2.0)
    there = [status.role for status in await devices.status() if status.state != "missing"]
    wanted = [one for one in TESTS if one in there] if role == "all" else [role]
    found: list[Tried] = []
    for one in wanted:
        try:
            tried = await TESTS[one](devices, ask, within)
        except DevicesAway:
            tried = Tried(one, "devices_away")
        found.append(tried)
        tell(tried)
    good = bool(found) and all(tried.ok for tried in found)
    if role == "all":
        rows = tuple((tried.role, tried.ok, _words(tried)) for tried in found)
        width = await _width(devices)
        good = await devices.print_slip(to_png(readiness(place, rows, now(), width))) == "printed" and good
    return 0 if good else 1


async def _width(devices: Devices) -> Width:
    return 384 if await devices.paper_width() == 384 else 576


_UNITS = {"dots": "titik", "sheets": "lembar", "px_per_mm": "piksel per mm", "dpi": "dpi", "characters": "huruf"}
_WHY = {
    "no_paper": "kertas habis",
    "cover_open": "penutup terbuka",
    "jam": "kertas tersangkut",
    "no_toner": "tinta habis",
    "missing": "tidak tersambung",
    "unknown": "tidak menjawab",
    "timeout": "tidak menjawab",
    "no_page": "tidak ada kertas",
    "no_chart": "halaman uji tidak terbaca",
    "nothing_shown": "tidak ada kode yang terbaca",
    "nothing_pressed": "tombol tidak ditekan",
}


def _words(tried: Tried) -> str:
    if not tried.ok:
        return _WHY.get(tried.why, "perlu diperiksa teknisi")
    return ", ".join(f"{value} {_UNITS.get(key, 'tombol')}".replace(".", ",") for key, value in tried.figures.items())
