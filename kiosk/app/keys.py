"""The pad's keys, brought to the screen, which knows what they are on. Journeys learn that somebody is there."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from kiosk.app.screen import Screen
from kiosk.app.shell import Post
from kiosk.app.watching import AGAIN
from kiosk.devices.client import Devices, DevicesAway
from kiosk.journeys.events import KeyPressed


class Keys:
    """Outlives the device service: what is pressed while that is away is lost, as a touch on a dark screen is."""

    def __init__(self, devices: Devices, post: Post) -> None:
        self._devices = devices
        self._post = post
        self.screen: Screen | None = None

    async def watch(self) -> None:
        """Every key to the screen, for ever."""
        while True:
            try:
                async with aclosing(self._devices.keys()) as words:
                    async for word in words:
                        if word and self.screen is not None:
                            self._post(KeyPressed())
                            self.screen.key(word)
            except DevicesAway:
                pass
            await asyncio.sleep(AGAIN)
