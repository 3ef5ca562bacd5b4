"""Commands by their id: a repeat is answered from memory and does nothing again.

A caller whose connection broke does not know whether its command was carried out. It asks again under the same id and
is told what the first one came to; while the first is still under way it waits for that. What failed is forgotten, so
that the same command may be tried again. An id stands for one content: another one under it is refused.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

A = TypeVar("A")

#: Seconds an answer is kept: a small one, and one with a picture of somebody's paper in it.
KEEP, KEEP_BIG = 600.0, 10.0
#: Answers kept at most, the oldest forgotten first: in all, and with pictures.
MOST, MOST_BIG = 256, 2
_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


class Reused(ValueError):
    """The id was used for something else."""


@dataclass
class _Known:
    content: bytes
    running: asyncio.Task[Any]
    big: bool
    until: float = float("inf")


class Repeats:
    """What was asked, and answered, lately. The clock is the event loop's."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    async def once(
        self,
        command: str,
        content: bytes,
        act: Callable[[], Awaitable[A]],
        failed: Callable[[A], bool],
        *,
        big: bool = False,
    ) -> A:
        """The answer to `command`, carried out once; it goes on when whoever asked has gone.

        `content` tells commands apart (a hash of everything about them). `failed` says which answers are forgotten; an
        exception is, too. Raises Reused, and ValueError for an id that is not 8 to 64 letters, digits and hyphens.
        """
        if not _ID.fullmatch(command):
            raise ValueError("a command's id is 8 to 64 letters, digits and hyphens")
        self._forget_old()
        known = self._known.get(command)
        if known is None:
            known = _Known(content, asyncio.ensure_future(_run(act)), big)
            self._known[command] = known
            known.running.add_done_callback(lambda done: self._settle(command, done, failed))
        elif known.content != content:
            raise Reused("this id was used for something else")
        return await asyncio.shield(known.running)

    @property
    def running(self) -> int:
        """Commands that are under way."""
        return sum(not known.running.done() for known in self._known.values())

    def __len__(self) -> int:
        return len(self._known)

    def forget_pictures(self) -> None:
        """The person has gone, and with them what was seen of their papers."""
        for command, known in list(self._known.items()):
            if known.big and known.running.done():
                del self._known[command]

    def _settle(self, command: str, done: asyncio.Task[Any], failed: Callable[[Any], bool]) -> None:
        known = self._known.get(command)
        if known is None or known.running is not done:
            return
        if done.cancelled() or done.exception() is not None or failed(done.result()):
            del self._known[command]
            return
        loop, keep = done.get_loop(), KEEP_BIG if known.big else KEEP
        known.until = loop.time() + keep
        if known.big:
            loop.call_later(keep + 0.1, self._forget_old)  # not only when somebody asks for the next thing
        for kind, most in ((True, MOST_BIG), (False, MOST)):
            settled = [key for key, one in self._known.items() if one.big is kind and one.running.done()]
            for key in settled[: max(0, len(settled) - most)]:
                del self._known[key]

    def _forget_old(self) -> None:
        now = asyncio.get_running_loop().time()
        for command, known in list(self._known.items()):
            if known.until <= now:
                del self._known[command]


async def _run(act: Callable[[], Awaitable[A]]) -> A:
    return await act()
