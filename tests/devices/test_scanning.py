"""Pages through the service: real process, real socket, a virtual scanner with one sheet in its feeder."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from drivers.virtual.papers import paper
from drivers.virtual.start import Twin, start
from kiosk.devices.client import Devices
from kiosk.devices.values import DeviceFailure, PageCapture
from tests.devices.conftest import Running

WITHIN = 30.0


def test_the_same_command_twice_feeds_one_sheet_and_of_two_at_once_one_gets_it(tmp_path: Path) -> None:
    with (
        start(tmp_path, [Twin("scanner", "drivers.scanner.twin")]) as virtual,
        tempfile.TemporaryDirectory(prefix="dev-") as directory,
    ):
        world = virtual.world
        world.set("scanner", page=str(paper("surat_lahir")), place="feeder", sources="feeder", sheets="1")
        running = Running(Path(directory), virtual.endpoints)
        running.start()

        async def play() -> None:
            devices = await Devices.connect(running.socket, within=WITHIN)
            try:
                first, again = await asyncio.gather(devices.scan("the-same-command"), devices.scan("the-same-command"))
                assert isinstance(first, PageCapture)
                assert first == again == await devices.scan("the-same-command")
                assert world.get("scanner", "sheets") == "0"
                assert await devices.scan("another-command") == DeviceFailure("no_page")
                world.set("scanner", sheets="1")
                told = await asyncio.gather(devices.scan(), devices.scan())
                assert sorted(type(page).__name__ for page in told) == ["DeviceFailure", "PageCapture"]
                assert await devices.scan("another-command") == DeviceFailure(
                    "no_page"
                )  # what failed may be tried again
                world.set("scanner", sheets="1")
                assert isinstance(await devices.scan("another-command"), PageCapture)
            finally:
                await devices.close()

        try:
            asyncio.run(asyncio.wait_for(play(), 4 * WITHIN))
        finally:
            running.stop()
