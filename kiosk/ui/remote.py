"""The window for somebody outside the Kivy thread who wants to look and to touch: rehearsals and tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kivy.clock import Clock

from kiosk.ui.app import KioskApp

T = TypeVar("T")


class Remote:
    """Every call waits for the Kivy thread's next frame."""

    def __init__(self, app: KioskApp) -> None:
        self._app = app

    async def targets(self) -> list[dict[str, Any]]:
        """The visible targets that send a press; window coordinates, y upwards."""

        def collect() -> list[dict[str, Any]]:
            self._app.stage.settle()
            return [
                {
                    "act": target.act.value,
                    "value": target.value,
                    "x": target.x,
                    "y": target.y,
                    "width": target.width,
                    "height": target.height,
                    "enabled": target.enabled,
                    "label": target.label,
                    "focused": target.focused,
                }
                for target in self._app.targets()
                if target.act is not None
            ]

        return await asyncio.to_thread(self._there, collect)

    async def touch(self, x: float, y: float) -> None:
        """Press and release there, through the window's own dispatch."""
        await asyncio.to_thread(self._there, lambda: self._app.press_down(x, y)())

    async def shot(self, path: Path) -> None:
        """Write a PNG of the window."""
        await asyncio.to_thread(self._app.shot, path)

    async def settled(self) -> None:
        """Return once what was shown before has been drawn."""
        await asyncio.to_thread(self._there, self._app.stage.settle)

    def _there(self, work: Callable[[], T]) -> T:
        """Run on the Kivy thread, after what is already waiting there. Raises TimeoutError after ten seconds."""
        found: list[T] = []
        done = threading.Event()

        def later(_: float) -> None:
            found.append(work())
            done.set()

        # callbacks of one frame run in the order in which they were asked for: a view shown before is laid out by then
        Clock.schedule_once(later, 0)
        if not done.wait(10):
            raise TimeoutError("the window draws no frames")
        return found[0]
