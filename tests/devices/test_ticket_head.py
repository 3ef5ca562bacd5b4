"""Which head slips are drawn for: the driver's, else the configured one, and what a wider slip comes to."""

from __future__ import annotations

import asyncio
import io
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from drivers.roles import Ready, SlipOutcome, Status
from drivers.virtual.start import Twin, Virtual, start
from kiosk.cli import trying
from kiosk.cli.trying import Tried
from kiosk.devices import printing
from kiosk.devices.build import configured_head
from kiosk.devices.client import Devices
from kiosk.devices.printing import USUAL, Printing
from kiosk.devices.values import Head
from kiosk.tickets.readiness import CHART
from kiosk.vision import read_codes
from tests.devices.conftest import Running

NARROW = Head(360, 180)


class Ticket:
    """A ticket printer of 58 mm."""

    dots, dpi = 384, 203

    def status(self) -> Status:
        return Ready()

    def print_slip(self, slip: Image.Image) -> SlipOutcome:
        return SlipOutcome.PRINTED

    def close(self) -> None: ...


def png(width: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, 8)).save(out, "PNG")
    return out.getvalue()


def test_while_the_driver_says_nothing_the_configured_head_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "HEAD_WITHIN", 0.05)
    gate = threading.Event()

    def slow() -> Ticket:
        gate.wait()
        return Ticket()

    async def play() -> None:
        work = Printing(slow, None, head=NARROW)
        assert await work.head() == NARROW
        monkeypatch.setattr(printing, "HEAD_WITHIN", 10.0)
        gate.set()
        assert await work.head() == Head(384, 203)
        assert await work.slip(png(384), "a" * 32) == "printed"

    try:
        asyncio.run(play())
    finally:
        gate.set()


def test_no_slip_wider_than_the_head_is_begun() -> None:
    async def play() -> None:
        work = Printing(Ticket, None, head=USUAL)
        with pytest.raises(ValueError, match="wider"):
            await work.slip(png(385), "a" * 32)
        assert await work.slip(png(384), "a" * 32) == "printed"

    asyncio.run(play())


@pytest.mark.parametrize(
    ("address", "head"),
    [
        ("usb:///dev/usb/lp0?dots=384", Head(384, 203)),
        ("tcp://10.0.0.9:9100?dots=512", Head(512, 180)),
        ("serial:///dev/ttyUSB0?baud=9600&dots=360", NARROW),
        ("tcp://10.0.0.9:9100", USUAL),
        ("tcp://10.0.0.9:9100?dots=500", USUAL),
        ("tcp://10.0.0.9:9100?dots=wide", USUAL),
        ("", USUAL),
    ],
)
def test_the_configured_head_is_what_the_address_names(address: str, head: Head) -> None:
    assert configured_head(address) == head


@pytest.fixture(scope="module", params=["512", "360"])
def printer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    twin = Twin("ticket", "drivers.ticket.twin", ("--dots", request.param))
    with start(tmp_path_factory.mktemp("ticket"), [twin]) as virtual:
        yield virtual


def test_the_test_slip_is_as_wide_as_the_head_behind_the_service(printer: Virtual) -> None:
    found: list[Tried] = []
    with tempfile.TemporaryDirectory(prefix="dev-") as directory:
        running = Running(Path(directory), printer.endpoints)
        running.start()
        try:
            head = asyncio.run(asked(running.socket))
            assert asyncio.run(trying.run(running.socket, "ticket", None, found.append, print, 5.0)) == 0
        finally:
            running.stop()
    assert found == [Tried("ticket", "", {"dots": head.dots, "dpi": 180})]
    with Image.open(str(printer.world.last("ticket"))) as burnt:
        assert burnt.width == head.dots
        assert round(burnt.info["dpi"][0]) == head.dpi
        black = np.asarray(burnt.convert("L"))
    assert [code.text for code in read_codes(black)] == [CHART]
    assert any(not row.any() for row in black), "the line over all dots is whole"


async def asked(socket: Path) -> Head:
    devices = await Devices.connect(socket, within=20.0)
    try:
        return await devices.ticket_head()
    finally:
        await devices.close()
