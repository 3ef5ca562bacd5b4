"""Carries the effects that concern the citizen's papers: preview, still, scan. Pictures stay on the desk, in memory."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from kiosk.app.desk import Desk
from kiosk.app.screen import Screen
from kiosk.app.shell import Post
from kiosk.devices.client import DeviceFailure, Devices, DevicesAway, Frame, PageCapture, Purpose
from kiosk.journeys.effects import DropCapture, ScanPage, StartPreview, StopPreview, TakeStill
from kiosk.journeys.events import Captured, CaptureFailed, CodeRead, Guide


class Papers:
    """Camera and document scanner, as journeys ask for them."""

    def __init__(self, devices: Devices, desk: Desk, post: Post) -> None:
        self._devices = devices
        self._desk = desk
        self._post = post
        self._preview: asyncio.Task[None] | None = None
        self.screen: Screen | None = None

    async def start_preview(self, effect: StartPreview) -> None:
        """Show the camera until told otherwise; asking again for what runs already changes nothing."""
        await self.stop_preview()
        self._preview = asyncio.get_running_loop().create_task(self._show(effect.purpose))

    async def stop_preview(self, effect: StopPreview | None = None) -> None:
        """Stop showing the camera."""
        if self._preview:
            self._preview.cancel()
            self._preview = None

    async def _show(self, purpose: Purpose) -> None:
        told = ""
        while True:
            try:
                async with aclosing(self._devices.preview(purpose)) as frames:
                    async for frame in frames:
                        if isinstance(frame, Frame):
                            told = ""
                            self._seen(frame, purpose)
                        elif frame.why != told:
                            told = frame.why
                            self._post(CaptureFailed("", frame.why))
            except DevicesAway:
                if told != "away":
                    told = "away"
                    self._post(CaptureFailed("", "camera_missing"))
            await asyncio.sleep(0.5)

    def _seen(self, frame: Frame, purpose: Purpose) -> None:
        if self.screen:
            self.screen.frame(frame.width, frame.height, frame.rgb)
        self._post(Guide(frame.whole, frame.sharp, frame.no_glare, frame.hint, frame.corners))
        if purpose == "sheet":
            for text in frame.texts:
                self._post(CodeRead(text))

    async def take_still(self, effect: TakeStill) -> None:
        """One picture of the paper under the camera."""
        await self._take(effect.slot, from_scanner=False)

    async def scan_page(self, effect: ScanPage) -> None:
        """One page from the document scanner."""
        await self._take(effect.slot, from_scanner=True)

    async def _take(self, slot: str, *, from_scanner: bool) -> None:
        try:
            taken: PageCapture | DeviceFailure = await (self._devices.scan() if from_scanner else self._devices.still())
        except DevicesAway:
            taken = DeviceFailure("scanner_missing" if from_scanner else "camera_missing")
        if isinstance(taken, DeviceFailure):
            self._post(CaptureFailed(slot, taken.why))
        else:
            self._post(Captured(slot, self._desk.keep(taken), taken.ok, taken.why))

    async def drop(self, effect: DropCapture) -> None:
        """Forget one picture."""
        self._desk.captures.pop(effect.capture, None)
