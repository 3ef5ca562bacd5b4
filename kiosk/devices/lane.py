"""A supervised thread for each device, so that a driver that hangs or breaks costs nobody else anything.

A driver is made, used and closed in one daemon thread. When a piece of work does not come back within its bound the
thread is abandoned, its driver closed from beside it, and a new driver made in a new thread after a pause that doubles
from one failure to the next. A driver that raises is replaced likewise: expected failures are values, so an exception
is a bug of which nothing is known. Only so many threads may hang at once; then the device is given up until one of them
comes back, and the service sees to its own restart (:mod:`kiosk.devices.service`).

The clock is the event loop's.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, Literal, Protocol, TypeVar

_log = logging.getLogger("prodesaku.devices")

#: Seconds: for making a driver, the first and the longest pause before the next one, how long one must have worked
#: until earlier failures are forgotten.
MAKE_WITHIN, FIRST_PAUSE, LONGEST_PAUSE, HEALTHY_AFTER = 15.0, 0.5, 60.0, 60.0
MOST_HANGING = 3  # threads; each may hold a port, a socket and a page in memory

Trouble = Literal["", "hung", "crashed", "given_up"]


class Closable(Protocol):
    """What a lane asks of a driver."""

    def close(self) -> None:
        """Let the device go."""
        ...


D = TypeVar("D", bound=Closable)
R = TypeVar("R")


class Stuck(TimeoutError):
    """The device did not come back in time. What was under way may still come to an end; what waited never begins."""


class Broken(RuntimeError):
    """The driver raised in the middle of it: part of the work may have been done."""


class _Item:
    """A piece of work, and who waits for it."""

    def __init__(self, work: Callable[[Any], Any], within: float, act: bool, future: asyncio.Future[Any]) -> None:
        self.work, self.within, self.act, self.future = work, within, act, future


class Lane(Generic[D]):
    """Does one thing after the other with the driver that `make` gives; both run in the lane's thread only."""

    def __init__(self, name: str, make: Callable[[], D]) -> None:
        self.name = name
        self._make = make
        self._waiting: deque[_Item] = deque()
        self._running: _Item | None = None
        self._hand: _Hand[D] | None = None
        self._begun = self._closed = False
        self._failures = self._hanging = 0
        self._since = 0.0
        self._trouble: Trouble = ""
        self._logged: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    async def do(self, work: Callable[[D], R], within: float, *, act: bool = False) -> R:
        """Have it done; Stuck when it is not done `within` seconds, waiting for others and for a new driver included.

        Broken when the driver raised. Whoever is cancelled while waiting takes the work back, unless it has begun.
        """
        if self._trouble == "given_up" or self._closed:
            raise Stuck
        loop = asyncio.get_running_loop()
        item = _Item(work, within, act, loop.create_future())
        self._waiting.append(item)
        if not self._begun:
            self._begun = True
            self._start()
        self._next()
        try:
            async with asyncio.timeout(within):
                return await item.future
        except TimeoutError as late:
            raise Stuck from late
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(item)

    async def act(self, work: Callable[[D], R], within: float) -> R:
        """As do(), and `occupied` until it has ended."""
        return await self.do(work, within, act=True)

    @property
    def occupied(self) -> bool:
        """Whether somebody's act is under way or waits; its device need not be asked how it is just now."""
        running = self._running
        return (running is not None and running.act) or any(item.act for item in self._waiting)

    @property
    def trouble(self) -> Trouble:
        """Empty while a driver is at work; else why there is none just now."""
        return self._trouble

    @property
    def hanging(self) -> int:
        """Threads that were abandoned and have not come back."""
        return self._hanging

    async def close(self, within: float = 1.0) -> None:
        """No more work; the driver is closed, unless it hangs: then it is left to itself."""
        self._closed = True
        hand, self._hand = self._hand, None
        if self._timer:
            self._timer.cancel()
        for item in self._waiting:
            item.future.cancel()
        self._waiting.clear()
        if hand is not None:
            hand.dismiss()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await hand.ended

    # --- the loop's side: everything below runs in the event loop

    def _start(self) -> None:
        self._timer = None
        if self._closed:
            return
        loop = asyncio.get_running_loop()
        hand = self._hand = _Hand(self.name, loop, self._done)
        self._since = loop.time()
        made: asyncio.Future[Any] = loop.create_future()
        made.add_done_callback(_ignore)
        self._give(hand, _Item(lambda _: hand.equip(self._make), MAKE_WITHIN, False, made))

    def _next(self) -> None:
        hand = self._hand
        while hand is not None and self._running is None and self._waiting:
            item = self._waiting.popleft()
            if not item.future.done():
                self._give(hand, item)

    def _give(self, hand: _Hand[D], item: _Item) -> None:
        self._running = item
        hand.bound = asyncio.get_running_loop().call_later(item.within, self._hung, hand)
        hand.give(item)

    def _done(self, hand: _Hand[D], item: _Item, result: Any, error: BaseException | None) -> None:
        if hand is not self._hand:
            # it came back after all, to nobody's use
            hand.dismiss()
            return
        self._running = None
        if hand.bound:
            hand.bound.cancel()
        if error is not None:
            place = _place_of(error)
            if place not in self._logged:
                self._logged.add(place)
                _log.error("%s: the driver broke: %s", self.name, place)
            if not item.future.done():
                item.future.set_exception(Broken(place))
                item.future.exception()  # the one who asked may have gone
            self._replace(hand, "crashed")
            return
        self._trouble = ""
        if asyncio.get_running_loop().time() - self._since >= HEALTHY_AFTER:
            self._failures = 0
            self._logged.clear()
        if not item.future.done():
            item.future.set_result(result)
        self._next()

    def _hung(self, hand: _Hand[D]) -> None:
        if hand is not self._hand or self._running is None:
            return
        _log.warning("%s: the driver hangs and is replaced", self.name)
        late, self._running = self._running, None
        if not late.future.done():
            late.future.set_exception(Stuck())
            late.future.exception()
        hand.close_from_beside()
        self._replace(hand, "hung")

    def _replace(self, hand: _Hand[D], why: Trouble) -> None:
        self._hand = None
        self._hanging += 1
        hand.ended.add_done_callback(self._returned)
        hand.dismiss()
        self._trouble = why
        if self._hanging >= MOST_HANGING and why == "hung":
            self._trouble = "given_up"
            for item in self._waiting:
                if not item.future.done():
                    item.future.set_exception(Stuck())
            self._waiting.clear()
            return
        self._start_later()

    def _start_later(self) -> None:
        pause = min(FIRST_PAUSE * 2**self._failures, LONGEST_PAUSE)
        self._failures += 1
        self._timer = asyncio.get_running_loop().call_later(pause, self._start)

    def _returned(self, _: object) -> None:
        self._hanging -= 1
        if self._trouble == "given_up" and not self._closed:
            self._trouble = "hung"
            self._start_later()


class _Hand(Generic[D]):
    """One thread with one driver. `ended` is done when the thread is."""

    def __init__(
        self,
        name: str,
        loop: asyncio.AbstractEventLoop,
        done: Callable[[_Hand[D], _Item, Any, BaseException | None], None],
    ) -> None:
        self._loop, self._tell = loop, done
        self._work: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._driver: D | None = None
        self._closing = threading.Lock()
        self.bound: asyncio.TimerHandle | None = None
        self.ended: asyncio.Future[None] = loop.create_future()
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def give(self, item: _Item) -> None:
        """The next piece of work."""
        self._work.put(item)

    def dismiss(self) -> None:
        """The thread closes its driver and ends, once it comes back from what it does."""
        if self.bound:
            self.bound.cancel()
        self._work.put(None)

    def close_from_beside(self) -> None:
        """Close the driver while its thread hangs: many a call then comes back with an error."""
        threading.Thread(target=self._close, name="closing", daemon=True).start()

    def equip(self, make: Callable[[], D]) -> None:
        """Called in the thread: make the driver."""
        self._driver = make()

    def _run(self) -> None:
        while (item := self._work.get()) is not None:
            result: Any = None
            error: BaseException | None = None
            try:
                result = item.work(self._driver)
            except BaseException as raised:
                error = raised
            if not self._post(self._tell, self, item, result, error):
                break
            del item, result, error  # a page must not live on in an idle thread
        self._close()
        self._post(self._end)

    def _end(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    def _close(self) -> None:
        with self._closing:
            driver, self._driver = self._driver, None
        if driver is not None:
            with contextlib.suppress(Exception):
                driver.close()

    def _post(self, call: Callable[..., None], *arguments: Any) -> bool:
        try:
            self._loop.call_soon_threadsafe(call, *arguments)
        except RuntimeError:  # the loop has ended; nobody is there to be told
            return False
        return True


def _ignore(future: asyncio.Future[Any]) -> None:
    if not future.cancelled():
        future.exception()


def _place_of(error: BaseException) -> str:
    """What broke and where; never the message, which may quote what was being read or printed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    code = trace.tb_frame.f_code
    return f"{type(error).__name__} in {code.co_name}, {code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
