"""The agent: three loops in three threads, none of which waits for another, and what there is to say about them."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.formats import p256
from kiosk.identity.identity import Identity
from kiosk.identity.trust import NAME as TRUST
from kiosk.identity.trust import TrustList
from kiosk.store.store import Store
from kiosk.store.values import Lane
from kiosk.sync.acts import Acts
from kiosk.sync.api import Api, Credentials
from kiosk.sync.backoff import Backoff, Uniform
from kiosk.sync.down import Down
from kiosk.sync.turns import Result, Turn, failed
from kiosk.sync.up import Up
from kiosk.syncclient import StatusReply

_log = logging.getLogger("prodesaku.sync")

#: Seconds an idle queue rests before it looks into the store again by itself.
LOOK = 15.0
#: After a nudge somebody is waiting at the kiosk: for so long the feed is asked without a pause.
ATTENTION = 300.0
#: Without a verified answer for so long we do not call ourselves online (the feed may rest for half an hour).
ONLINE = 2100.0
#: Sealed packets that the centre has stay here for a fortnight, should it ask again.
KEEP_ACKED = 14 * 86400.0


class Once(Protocol):
    """One turn of a loop."""

    def once(self) -> Result:
        """Do one piece of work."""
        ...


class ServerKeys:
    """The trust list's server keys, read again only when the file has changed."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._path = identity.directory / TRUST
        self._seen: tuple[int, int] | None = None
        self._keys: Mapping[str, p256.PublicKey] = {}

    def __call__(self) -> Mapping[str, p256.PublicKey]:
        try:
            stat = self._path.stat()
        except OSError:
            return self._keys
        seen = (stat.st_mtime_ns, stat.st_size)
        if seen != self._seen:
            trust = self._identity.trust()
            if isinstance(trust, TrustList):
                self._keys, self._seen = trust.server_keys, seen
        return self._keys


@dataclass
class _Loop:
    name: str
    work: Once
    backoff: Backoff
    wake: threading.Event
    rest: Callable[[Result], float]


class Agent:
    """`start()` the loops, `nudge()` them, `stop()` them. `changed` is called, from any thread, when status changes."""

    def __init__(
        self,
        store: Store,
        identity: Identity,
        key: p256.PrivateKey,
        *,
        base: str,
        ca: Path | None = None,
        wall: Callable[[], float] = time.time,
        uniform: Uniform | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._identity = identity
        self._wall = wall
        self._changed = changed
        self._stopping = threading.Event()
        self._attention_until = time.monotonic() + ATTENTION
        self._last_contact: float | None = None
        self._reached = False
        self._last_said: StatusReply | None = None
        self._floor = identity.clock.floor()
        self._lock = threading.Lock()
        uniform = uniform or random.SystemRandom()
        keys = ServerKeys(identity)
        credentials = Credentials(identity.device, key, keys)
        self._apis = [
            Api(base, credentials, ca=ca, wall=wall, heard=self._heard, clock_wrong=self.clock_is_wrong)
            for _ in range(3)
        ]
        up, acts, down = self._apis
        self._loops = [
            self._loop("up", Up(up, store, key, keys, uniform), uniform, self._rest_of(Lane.REVISION)),
            self._loop("acts", Acts(acts, store, uniform), uniform, self._rest_of(Lane.ACT)),
            self._loop("down", Down(down, store, identity.directory, self.attentive), uniform, _named_rest),
        ]
        self._threads: list[threading.Thread] = []

    def _loop(self, name: str, work: Once, uniform: Uniform, rest: Callable[[Result], float]) -> _Loop:
        return _Loop(name, work, Backoff(uniform), threading.Event(), rest)

    def start(self) -> None:
        """Forget the leases of whoever ran before, then begin."""
        self._store.release_leases()
        self._store.drop_acked(KEEP_ACKED)
        for loop in self._loops:
            thread = threading.Thread(target=self._run, args=(loop,), name=f"sync-{loop.name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, seconds: float = 1.0) -> None:
        """End the loops; whatever one was waiting for is given up. What was under way is taken up at the next start."""
        self._stopping.set()
        for loop in self._loops:
            loop.wake.set()
        for api in self._apis:
            api.close()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def nudge(self) -> None:
        """Something was queued, or the network is back, or somebody is waiting: try now."""
        self._attention_until = time.monotonic() + ATTENTION
        self._store.nudge_queue()
        self._wake()

    def attentive(self) -> bool:
        """Whether somebody is waiting for news just now."""
        return not self._stopping.is_set() and time.monotonic() < self._attention_until

    def clock_is_wrong(self) -> bool:
        """Whether the wall clock is behind a time that was signed."""
        return self._wall() < self._floor - 120

    def status(self) -> StatusReply:
        """How things stand."""
        queue = self._store.queue()
        contact = self._last_contact
        online = self._reached and contact is not None and self._wall() - contact < ONLINE
        return {
            "online": online,
            "last_contact": int(contact or 0),
            "waiting": queue.waiting,
            "quarantined": queue.quarantined,
            "clock": "floor" if self.clock_is_wrong() else "sure",
            "enrolled": True,
        }

    # --- inside

    def _run(self, loop: _Loop) -> None:
        while not self._stopping.is_set():
            loop.wake.clear()
            pause = self._turn(loop)
            if pause > 0:
                loop.wake.wait(pause)

    def _turn(self, loop: _Loop) -> float:
        """One turn; gives the seconds to wait before the next."""
        try:
            result = loop.work.once()
        except Exception as error:
            if self._stopping.is_set():  # the store was closed under a loop that still waited for a line
                return 0.0
            # a bug must not end a loop for good; its text may hold what a citizen wrote, its type and place do not
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
            _log.error("%s loop: %s at %s", loop.name, type(error).__name__, where)
            result = failed("fault")
        if result.turn is Turn.FAILED:
            if not self._stopping.is_set():
                self._lost(loop, result.why)
            return loop.backoff.failed()
        loop.backoff.reset()
        if result.turn is Turn.WORKED:
            self._said()
            return 0.0
        self._said()
        return loop.rest(result)

    def _heard(self, signed_at: int) -> None:
        """Any verified answer: the centre is there."""
        with self._lock:
            self._last_contact = self._wall()
            back, self._reached = not self._reached, True
            self._floor = max(self._floor, signed_at)
        try:
            self._identity.clock.saw(signed_at)
        except OSError:
            _log.warning("the clock's floor could not be written")
        if back:
            _log.info("the centre is reached")
            for loop in self._loops:
                loop.backoff.reset()
                loop.wake.set()
            self._said()

    def _lost(self, loop: _Loop, why: str) -> None:
        with self._lock:
            was, self._reached = self._reached, False
        if was or loop.backoff.failures == 0:
            _log.info("%s loop: %s", loop.name, why)
        self._said()

    def _said(self) -> None:
        """Tell whoever watches, when there is something new."""
        now = self.status()
        said, self._last_said = self._last_said, now
        if said is None or {**said, "last_contact": 0} != {**now, "last_contact": 0}:
            self._changed()

    def _wake(self) -> None:
        for loop in self._loops:
            loop.backoff.reset()
            loop.wake.set()

    def _rest_of(self, lane: Lane) -> Callable[[Result], float]:
        def rest(_result: Result) -> float:
            due = self._store.next_try(lane)
            return LOOK if due is None else min(LOOK, max(1.0, due - self._wall()))

        return rest


def _named_rest(result: Result) -> float:
    return LOOK if result.rest is None else result.rest
