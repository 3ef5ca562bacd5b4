"""The rounds that the service makes: how is each device, what was shown, what was pressed; a step at a time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from drivers import roles
from kiosk.devices.board import Board
from kiosk.devices.feed import Feed
from kiosk.devices.lane import Broken, Lane, Stuck
from kiosk.devices.printing import Printing

if TYPE_CHECKING:
    from kiosk.devices.codes import Codes

_log = logging.getLogger("prodesaku.devices")

#: Seconds: between questions to a device, for its answer, for one look at reader or keypad.
ASK_EVERY, ANSWER_WITHIN, LISTEN = 1.0, 15.0, 0.5
Step = Callable[[], Awaitable[None]]


async def forever(step: Step) -> None:
    """One device's round must not end for a mistake in it; said once, without the message, which may quote."""
    said = False
    while True:
        try:
            await step()
        except Exception as error:
            if not said:
                said = True
                _log.error("a round broke: %s", type(error).__name__)
            await asyncio.sleep(ASK_EVERY)


def ask(board: Board, role: str, lane: Lane[Any] | None, question: Callable[[Any], roles.Status]) -> Step:
    """How a device is, unless it is at work just now."""

    async def step() -> None:
        if lane is None:
            board.note(role, roles.Missing())
        elif lane.trouble:
            board.trouble(role, lane.trouble)
        elif not lane.occupied:
            try:
                board.note(role, await lane.do(question, ANSWER_WITHIN))
            except (Stuck, Broken):
                if lane.trouble:
                    board.trouble(role, lane.trouble)
        await asyncio.sleep(ASK_EVERY)

    return step


def read_codes(board: Board, lane: Lane[Codes], feed: Feed) -> Step:
    """Codes that nobody waits for are read, too, and dropped: a ticket shown too early must not open later."""
    asked = -ASK_EVERY

    async def step() -> None:
        nonlocal asked
        if lane.trouble:
            board.trouble("reader", lane.trouble)
            await asyncio.sleep(ASK_EVERY)
            return
        try:
            read = await lane.do(lambda codes: codes.read(LISTEN), ANSWER_WITHIN)
            if isinstance(read, str):
                feed.tell(read)
            now = asyncio.get_running_loop().time()
            if isinstance(read, roles.Missing) or now - asked > ASK_EVERY:
                asked = now
                board.note("reader", await lane.do(lambda codes: codes.status(), ANSWER_WITHIN))
            if isinstance(read, roles.Missing):
                await asyncio.sleep(ASK_EVERY)
        except (Stuck, Broken):
            if not lane.trouble:
                board.note("reader", roles.Unknown(time.monotonic()))
                await asyncio.sleep(ASK_EVERY)

    return step


def read_keys(board: Board, lane: Lane[roles.KeyPad], feed: Feed) -> Step:
    """Keys, as codes; and whether headphones are plugged in."""

    def look(pad: roles.KeyPad) -> tuple[str | roles.Missing | None, roles.Status, bool | None]:
        return pad.key(LISTEN), pad.status(), pad.jack()

    async def step() -> None:
        if lane.trouble:
            board.trouble("keypad", lane.trouble)
            await asyncio.sleep(ASK_EVERY)
            return
        try:
            key, status, jack = await lane.do(look, ANSWER_WITHIN)
        except (Stuck, Broken):
            return
        if isinstance(key, str):
            feed.tell(key)
        board.note("keypad", status, jack)
        if isinstance(key, roles.Missing):
            await asyncio.sleep(ASK_EVERY)

    return step


def settle(printing: Printing) -> Step:
    """A purge that was not certain is tried again until it is."""

    async def step() -> None:
        await printing.settle()
        await asyncio.sleep(ASK_EVERY)

    return step
