"""The shell: one thread that runs the journeys, carries their effects out and brings events back.

The screen's thread only sends touches and receives views. Everything that waits (devices, disk, guards) runs here on
an asyncio loop, disk and cryptography in worker threads, so that nothing ever blocks a touch.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

from kiosk.app.desk import Desk
from kiosk.app.screen import Screen
from kiosk.catalog.model import Pack
from kiosk.catalog.site import Site
from kiosk.journeys import start, step, view
from kiosk.journeys.effects import Effect
from kiosk.journeys.events import Event, Tick
from kiosk.journeys.pages import Status, View
from kiosk.journeys.visit import Visit

log = logging.getLogger(__name__)

#: How often the journeys are told that time has passed, seconds. The capture countdown needs no finer grain.
TICK = 0.2

Post = Callable[[Event], None]
Hand = Callable[[Any], Awaitable[None]]


class Shell:
    """Holds the visit. `hands` maps an effect's type to what carries it out."""

    def __init__(
        self,
        site: Site,
        pack: Pack,
        desk: Desk,
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.desk = desk
        self._wall = wall
        self._monotonic = monotonic
        self._visit: Visit = start(site, pack, now=monotonic(), wall=wall(), status=Status(now=wall()))
        self._view: View = view(self._visit)
        self._screen: Screen | None = None
        self._hands: dict[type[Any], Hand] = {}
        self._watchers: list[Callable[[], Awaitable[None]]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="shell", daemon=True)
        self._stopping = threading.Event()

    # --- set-up

    def hand(self, effect: type[Any], carry: Hand) -> None:
        """Say what carries this effect out."""
        self._hands[effect] = carry

    def watcher(self, watch: Callable[[], Awaitable[None]]) -> None:
        """Something that runs as long as the shell does and posts events."""
        self._watchers.append(watch)

    def begin(self, screen: Screen) -> None:
        """Show the first page and start the thread."""
        self._screen = screen
        screen.show(self._view)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what was begun on disk is finished first."""
        self._stopping.set()
        self._loop.call_soon_threadsafe(lambda: None)
        self._thread.join(timeout=10)

    # --- from anywhere

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The shell's loop, for what must run beside it."""
        return self._loop

    @property
    def view(self) -> View:
        """What is on the screen now."""
        return self._view

    def send(self, event: Event) -> None:
        """Feed an event, from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._feed, event)

    # --- on the shell's thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._live())
        finally:
            self._loop.close()

    async def _live(self) -> None:
        for watch in self._watchers:
            self._task(watch(), type(watch).__name__)
        while not self._stopping.is_set():
            self._feed(Tick(self._monotonic(), self._wall()))
            await asyncio.sleep(TICK)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _feed(self, event: Event) -> None:
        self._visit, effects = step(self._visit, event)
        for effect in effects:
            self._carry(effect)
        shown = view(self._visit)
        if shown != self._view:
            self._view = shown
            if self._screen:
                self._screen.show(shown)

    def _carry(self, effect: Effect) -> None:
        carry = self._hands.get(type(effect))
        if carry is None:
            log.error("nothing carries %s out", type(effect).__name__)
            return
        self._task(carry(effect), type(effect).__name__)

    def _task(self, work: Awaitable[None], name: str) -> None:
        async def guarded() -> None:
            try:
                await work
            except asyncio.CancelledError:
                raise
            except Exception as error:
                # the text of an exception may quote an answer, so only its kind and place are logged
                where = error.__traceback__
                while where and where.tb_next:
                    where = where.tb_next
                place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "?"
                log.error("%s failed: %s at %s", name, type(error).__name__, place)

        task = self._loop.create_task(guarded(), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
