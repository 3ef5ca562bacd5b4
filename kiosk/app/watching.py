"""What the shell keeps an eye on: printer, headphones, code reader, and whether the centre was reached lately."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from kiosk.app.centre import Centre
from kiosk.app.shell import Post
from kiosk.devices.client import Devices, DevicesAway
from kiosk.journeys.events import CodeRead, DevicesBack, DevicesLost, HeadphonesChanged, NetworkChanged, PrinterChanged
from kiosk.syncclient import SyncAway

#: Pause before the next attempt to reach a process that is away, seconds. systemd has it back within two.
AGAIN = 0.5

#: How a device's state reads to journeys; what is not here keeps its name.
_PRINTER = {"near_end": "low_paper", "fault": "unknown", "busy": "ready"}


class Watching:
    """Three watchers, each of which outlives the process it watches."""

    def __init__(self, devices: Devices, centre: Centre, post: Post) -> None:
        self._devices = devices
        self._centre = centre
        self._post = post
        self.listening = asyncio.Event()  # the code reader's texts arrive from now on

    async def printer(self) -> None:
        """The page printer's state, the headphones, and whether the device service answers at all."""
        away, worn = False, False
        while True:
            try:
                async with aclosing(self._devices.watch()) as changes:
                    async for status in changes:
                        if away:
                            away = False
                            self._post(DevicesBack())
                        if status.role == "printer":
                            unasked = status.detail == "unasked"
                            state = "unasked" if unasked else _PRINTER.get(status.state, status.state)
                            self._post(PrinterChanged(state, status.sheets_left))
                        if status.headphones is not None and status.headphones != worn:
                            worn = status.headphones
                            self._post(HeadphonesChanged(worn))
            except DevicesAway:
                pass
            if not away:
                away = True
                self._post(DevicesLost())
                self._post(PrinterChanged("unknown"))
            await asyncio.sleep(AGAIN)

    async def codes(self) -> None:
        """What the code reader reads."""
        while True:
            try:
                async with aclosing(self._devices.codes()) as texts:
                    async for text in texts:
                        self.listening.set()
                        if text:
                            self._post(CodeRead(text))
            except DevicesAway:
                pass
            await asyncio.sleep(AGAIN)

    async def network(self) -> None:
        """Whether the centre was reached lately."""
        while True:
            try:
                async with aclosing(self._centre.watch()) as changes:
                    async for status in changes:
                        self._post(NetworkChanged(status.online, status.last_contact))
            except SyncAway:
                self._post(NetworkChanged(False, None))
            await asyncio.sleep(AGAIN)
