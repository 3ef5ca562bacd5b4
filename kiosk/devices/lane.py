"""A thread of its own for each device, so that one that hangs keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import concurrent.futures
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Stuck(TimeoutError):
    """The device did not come back in time. What was under way may still come to an end; what waited never begins."""


class Lane:
    """Does one thing after the other in a daemon thread, which a hung driver may keep for ever."""

    def __init__(self, name: str) -> None:
        self._work: queue.SimpleQueue[tuple[Callable[[], Any], concurrent.futures.Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._until = 0.0
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def _run(self) -> None:
        while (item := self._work.get()) is not None:
            work, future = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
            del item, work, future

    async def do(self, work: Callable[[], T], within: float) -> T:
        """Have it done; Stuck when it is not done `within` seconds, waiting for others included."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        self._until = max(self._until, time.monotonic() + within)
        self._work.put((work, future))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), within)
        except TimeoutError as late:
            future.cancel()
            raise Stuck from late

    async def act(self, work: Callable[[], T], within: float) -> T:
        """As do(), and `occupied` meanwhile."""
        self._acts += 1
        try:
            return await self.do(work, within)
        finally:
            self._acts -= 1

    _acts = 0

    @property
    def occupied(self) -> bool:
        """Whether somebody's act is under way; its device need not be asked how it is just now."""
        return self._acts > 0

    def close(self) -> None:
        """No more work; what is under way is left to end or hang by itself."""
        self._work.put(None)
