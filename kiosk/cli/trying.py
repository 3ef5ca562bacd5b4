"""`prodesaku devices test ROLE`: each device does a little of its work, and a slip says what is ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.devices.client import DeviceFailure, Devices, DevicesAway, Head
from kiosk.tickets.content import Place
from kiosk.tickets.readiness import CHART, MODULE_MM, readiness, trial_page, trial_slip
from kiosk.tickets.slip import to_png
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


Test = Callable[[Devices, Callable[[str], None], float], Awaitable[Tried]]


async def ticket(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
    """A test slip, for the head that the printer has."""
    return await _slip(devices, await devices.ticket_head())


def ticket_with(head: Head) -> Test:
    """A test slip for another head than is configured, to find out which one the printer has: if no wider."""

    async def test(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
        if head.dots > (await devices.ticket_head()).dots:
            return Tried("ticket", "wider_than_configured")
        return await _slip(devices, head)

    return test


async def _slip(devices: Devices, head: Head) -> Tried:
    outcome = await devices.print_slip(to_png(trial_slip(head)))
    return Tried("ticket", "" if outcome == "printed" else outcome, {"dots": head.dots, "dpi": head.dpi})


async def printer(devices: Devices, ask: Callable[[str], None], within: float) -> Tried:
    """A test page, followed to its end."""
    job = await devices.print_pdf(trial_page(), "Halaman uji")
    if isinstance(job, DeviceFailure):
        return Tried("printer", job.why)
    state, sheet = "unknown", 0
    async for change in devices.follow(job.id):
        state, sheet = change.state, change.sheet
    if state == "sent":  # it tells nobody what came out; the page under the camera does
        return Tried("printer", "", {"sheets": "?"})
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
    found = () if picture is None else read_codes(picture, budget=1.0)
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


TESTS: dict[str, Test] = {
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
    head: Head | None = None,
) -> int:
    """One test, or with "all" those of every device that is not missing, and the slip. 0, or 1 when one is not ready.

    `head`: the test slip is drawn for this one instead of the configured one. Raises DevicesAway when the service is
    not there.
    """
    tests = TESTS | ({"ticket": ticket_with(head)} if head else {})
    devices = await Devices.connect(socket, within=2.0)
    there = [status.role for status in await devices.status() if status.state != "missing"]
    wanted = [one for one in tests if one in there] if role == "all" else [role]
    found: list[Tried] = []
    for one in wanted:
        try:
            tried = await tests[one](devices, ask, within)
        except DevicesAway:
            tried = Tried(one, "devices_away")
        found.append(tried)
        tell(tried)
    good = bool(found) and all(tried.ok for tried in found)
    if role == "all":
        rows = tuple((tried.role, tried.ok, _words(tried)) for tried in found)
        paper = to_png(readiness(place, rows, now(), await devices.ticket_head()))
        good = await devices.print_slip(paper) == "printed" and good
    return 0 if good else 1


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
    "wider_than_configured": "lebih lebar daripada yang diatur",
}


def _words(tried: Tried) -> str:
    if not tried.ok:
        return _WHY.get(tried.why, "perlu diperiksa teknisi")
    return ", ".join(f"{value} {_UNITS.get(key, 'tombol')}".replace(".", ",") for key, value in tried.figures.items())
