"""What a technician's test answers, with a service that is played, and that its papers can be read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from kiosk.cli import main, trying
from kiosk.cli.trying import Tried
from kiosk.config import Config, dump
from kiosk.devices.client import DeviceFailure, Devices, DeviceStatus, Head, Job, JobState, PageCapture, SheetReading
from kiosk.tickets.readiness import CHART, MODULE_MM, trial_page
from kiosk.vision import read_codes


class Played:
    """A machine whose scanner is missing, whose camera sees no chart, and on whose pad somebody presses."""

    def __init__(self) -> None:
        self.slips: list[bytes] = []
        self.head = (512, 180)
        self.pressed = ["yes", "no", "back"]
        self.text = "GEHEIM"
        self.seen: SheetReading | DeviceFailure = SheetReading((CHART,), 10.16, b"")

    async def status(self) -> tuple[DeviceStatus, ...]:
        roles = ("reader", "ticket", "printer", "camera", "keypad")
        return (*(DeviceStatus(role, "ready") for role in roles), DeviceStatus("scanner", "missing"))

    async def ticket_head(self) -> Head:
        return Head(*self.head)

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


def tried(role: str, within: float = 5.0, head: Head | None = None) -> tuple[int, list[Tried], list[str]]:
    found: list[Tried] = []
    asked: list[str] = []
    code = asyncio.run(trying.run(Path("s"), role, None, found.append, asked.append, within, head=head))
    return code, found, asked


def test_all_that_is_there_is_tried_and_a_slip_says_so(played: Played) -> None:
    code, found, asked = tried("all")
    assert code == 0
    assert [one.role for one in found] == ["ticket", "printer", "camera", "reader", "keypad"]
    assert all(one.ok for one in found)
    assert found[0].figures == {"dots": 512, "dpi": 180}
    assert found[2].figures == {"px_per_mm": 10.0}
    assert [Image.open(BytesIO(png)).width for png in played.slips] == [512, 512]
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


def test_another_head_may_be_tried_unless_it_is_wider(played: Played) -> None:
    assert tried("ticket", head=Head(384, 203))[1] == [Tried("ticket", "", {"dots": 384, "dpi": 203})]
    assert [Image.open(BytesIO(png)).width for png in played.slips] == [384]
    assert tried("ticket", head=Head(576, 203))[1] == [Tried("ticket", "wider_than_configured")]
    assert len(played.slips) == 1


def test_a_head_that_no_printer_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(dump(Config(tmp_path, tmp_path, "http://127.0.0.1:9", None, {})))
    monkeypatch.setenv("PRODESAKU_CONFIG", str(file))
    assert main(["devices", "test", "ticket", "--head", "500"]) == 2
    assert "576, 384, 512, 360" in capsys.readouterr().err


def test_the_test_page_can_be_read_and_measured() -> None:
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
