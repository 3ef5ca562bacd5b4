"""What a technician's test answers, with a service that is played, and that its papers can be read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from kiosk.cli import trying
from kiosk.cli.trying import Tried
from kiosk.devices.client import DeviceFailure, Devices, DeviceStatus, Job, JobState, PageCapture, SheetReading
from kiosk.tickets.readiness import CHART, MODULE_MM, trial_page, trial_slip
from kiosk.vision import read_codes


class Played:
    """A machine whose scanner is missing, whose camera sees no chart, and on whose pad somebody presses."""

    def __init__(self) -> None:
        self.slips: list[bytes] = []
        self.pressed = ["yes", "no", "back"]
        self.text = "GEHEIM"
        self.seen: SheetReading | DeviceFailure = SheetReading((CHART,), 10.16, b"")

    async def status(self) -> tuple[DeviceStatus, ...]:
        roles = ("reader", "ticket", "printer", "camera", "keypad")
        return (*(DeviceStatus(role, "ready") for role in roles), DeviceStatus("scanner", "missing"))

    async def paper_width(self) -> int:
        return 576

    async def print_slip(self, png: bytes) -> str:
        self.slips.append(png)
        return "printed"

    async def print_pdf(self, pdf: bytes, name: str) -> Job:
        return Job("a" * 32, "sha")

    async def follow(self, job: str) -> AsyncGenerator[JobState, None]:
        yield JobState("printed", 1, 1)

    async def read_sheet(self) -> SheetReading | DeviceFailure:
        return self.seen

    async def scan(self) -> PageCapture | DeviceFailure:
        return DeviceFailure("no_page")

    async def codes(self) -> AsyncGenerator[str, None]:
        yield ""
        if self.text:
            yield self.text
        await asyncio.sleep(60)

    async def keys(self) -> AsyncGenerator[str, None]:
        yield ""
        yield self.pressed.pop(0)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Played:
    one = Played()

    async def connect(path: Path, *, within: float = 0.0) -> Any:
        return one

    monkeypatch.setattr(Devices, "connect", connect)
    return one


def tried(role: str, within: float = 5.0) -> tuple[int, list[Tried], list[str]]:
    found: list[Tried] = []
    asked: list[str] = []
    code = asyncio.run(trying.run(Path("s"), role, None, found.append, asked.append, within))
    return code, found, asked


def test_all_that_is_there_is_tried_and_a_slip_says_so(played: Played) -> None:
    code, found, asked = tried("all")
    assert code == 0
    assert [one.role for one in found] == ["ticket", "printer", "camera", "reader", "keypad"]
    assert all(one.ok for one in found)
    assert found[2].figures == {"px_per_mm": 10.0}
    assert len(played.slips) == 2
    assert "tunjukkan kode" in asked
    assert "GEHEIM" not in repr([one.record() for one in found])


def test_what_is_not_ready_says_why(played: Played) -> None:
    played.seen, played.text, played.pressed = SheetReading((), None, b""), "", ["no"]
    assert [tried(role, 0.05)[1][0].record() for role in ("camera", "reader", "keypad", "scanner")] == [
        {"role": "camera", "ok": False, "why": "no_chart"},
        {"role": "reader", "ok": False, "why": "nothing_shown"},
        {"role": "keypad", "ok": False, "why": "wrong_key_no"},
        {"role": "scanner", "ok": False, "why": "no_page"},
    ]
    assert tried("scanner")[0] == 1


def test_the_papers_can_be_read_and_measured() -> None:
    slip = np.asarray(trial_slip(384).convert("L"))
    assert [code.text for code in read_codes(slip)] == [CHART]
    with pypdfium2.PdfDocument(trial_page()) as document:
        assert len(document) == 1
        width, height = document[0].get_size()
        page = document[0].render(scale=300 / 72).to_pil()  # pyright: ignore[reportArgumentType]
    assert abs(width / 72 * 25.4 - 210) < 0.2
    assert abs(height / 72 * 25.4 - 297) < 0.2
    small = page.convert("L").resize((1654, 2339), Image.Resampling.LANCZOS)  # 200 dpi
    (code,) = read_codes(np.asarray(small))
    assert code.px_per_module is not None
    assert abs(code.px_per_module / MODULE_MM * 25.4 - 200) < 4
