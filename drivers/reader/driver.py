"""One code reader, one port, one lock. Opened when wanted, opened again after it was unplugged."""

from __future__ import annotations

import contextlib
import errno
import threading
from collections import deque

from drivers.reader.frames import Frames
from drivers.reader.models.base import CommandSet, Question, Reply
from drivers.reader.repeats import Repeats
from drivers.reader.wire import Access, Address, Port
from drivers.roles import Fault, Missing, Ready

FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds between attempts to open a port that is away
SLICE = 0.1  # seconds that one read may wait, so that status() never waits longer for the lock
ANSWER_WITHIN = 0.8  # seconds; modules answer within some tens of milliseconds
LATE = 0.4  # seconds for an answer that is still owed, before the next question
#: Why a port that is there cannot be opened: another program holds it, or we may not.
_REASONS = {errno.EAGAIN: Fault("not-grabbed"), errno.EBUSY: Fault("not-grabbed"), errno.EACCES: Fault("not-allowed")}
KEPT = 16  # codes that may wait for somebody who asks


class ReaderDriver:
    """Reads codes from the port at `address`, and talks to the reader where its command set is known."""

    def __init__(self, address: Address, access: Access, commands: CommandSet | None = None) -> None:
        self._address, self._opener, self._clock, self._wait = address, access.opener, access.clock, access.wait
        self._lock = threading.Lock()
        self._port: Port | None = None
        self._why: Missing | Fault = Missing()
        self._frames = Frames(address.framing, commands)
        self._repeats = Repeats(address.repeat)
        self._codes: deque[bytes] = deque(maxlen=KEPT)
        self._raw: bytearray | None = None
        self._owed = False
        self._pause = FIRST_WAIT
        self._not_before = 0.0
        self._closed = False

    def read(self, timeout: float) -> bytes | Missing | None:
        """The next code; None when there was none in time; Missing when the port is away."""
        deadline = self._clock() + timeout
        while True:
            with self._lock:
                if not self._codes and (port := self._opened()) is not None:
                    self._take(port, max(0.0, min(SLICE, deadline - self._clock())))
                if self._codes:
                    return self._codes.popleft()
                gone = self._port is None
                left = min(deadline, max(self._not_before, self._clock())) - self._clock()
            if gone:
                # a caller in a loop must not spin while the cable is out
                self._wait(max(0.0, left))
                return Missing()
            if self._clock() >= deadline:
                return None

    def capture(self, timeout: float, quiet: float = 0.3) -> bytes | Missing | None:
        """All bytes of one scan as they came, up to a pause of `quiet` seconds; None when there was none in time."""
        deadline = self._clock() + timeout
        with self._lock:
            self._raw = bytearray()
        try:
            last = 0.0
            while True:
                with self._lock:
                    port = self._opened(at_once=True)
                    if port is None:
                        return Missing()
                    before = len(self._raw)
                    self._take(port, SLICE / 2)
                    now = self._clock()
                    if len(self._raw) > before:
                        last = now
                    elif self._raw and now - last >= quiet:
                        return bytes(self._raw)
                    elif not self._raw and now >= deadline:
                        return None
        finally:
            with self._lock:
                self._raw = None
                self._codes.clear()

    def ask(self, question: Question) -> Reply | Missing | None:
        """Send it; the answer, or None when there was none in time. Codes that come meanwhile are kept."""
        if self._owed:
            self._answered(LATE)
        with self._lock:
            port = self._opened(at_once=True)
            if port is None:
                return Missing()
            self._frames.ask(question)
            self._owed = not question.silent
            try:
                port.write(question.data)
            except (OSError, TypeError):
                self._lose()
                return Missing()
        if question.silent:
            return None
        answer = self._answered(ANSWER_WITHIN)
        self._owed = answer is None
        if isinstance(answer, Reply) and question.thanks:
            with self._lock, contextlib.suppress(OSError, TypeError):
                if self._port is not None:
                    self._port.write(question.thanks)
        return answer

    def status(self) -> Ready | Missing | Fault:
        """Ready when the port is open or can be opened now, else why not."""
        with self._lock:
            port = self._opened(at_once=True)
            if port is not None:
                self._take(port, 0.0)  # a pulled cable shows only when one asks
            return self._why if self._port is None else Ready()

    def close(self) -> None:
        """Let the port go for good; codes that nobody took are forgotten."""
        with self._lock:
            self._closed = True
            self._lose()
            self._codes.clear()

    def _answered(self, within: float) -> Reply | Missing | None:
        deadline = self._clock() + within
        while True:
            with self._lock:
                if (answer := self._frames.answer()) is not None:
                    return answer
                if self._port is None:
                    return Missing()
                left = deadline - self._clock()
                if left <= 0:
                    return None
                self._take(self._port, min(SLICE / 2, left))

    def _opened(self, at_once: bool = False) -> Port | None:
        if self._port is None and not self._closed and (at_once or self._clock() >= self._not_before):
            try:
                self._port = self._opener(self._address)
            except OSError as error:
                self._why = _REASONS.get(error.errno or 0, Missing())
                self._not_before = self._clock() + self._pause
                self._pause = min(LONGEST_WAIT, self._pause * 2)
            else:
                self._pause, self._not_before = FIRST_WAIT, 0.0
                self._frames.drop()
        return self._port

    def _take(self, port: Port, timeout: float) -> None:
        try:
            port.timeout = timeout
            # in_waiting raises plain OSError on a port that went away, read serial's own kind of it
            data = port.read(max(1, port.in_waiting))
        except (OSError, TypeError):
            # TypeError: pyserial's select on a descriptor that another thread has just closed
            self._lose()
            return
        if data:
            now = self._clock()
            if self._raw is not None:
                self._raw += data[: max(0, 4096 - len(self._raw))]
            self._codes.extend(code for code in self._frames.feed(data, now) if self._repeats.fresh(code, now))

    def _lose(self) -> None:
        if self._port is not None:
            with contextlib.suppress(OSError):
                self._port.close()
        self._port, self._why = None, Missing()
        self._owed = False
        self._frames.drop()
        self._not_before = self._clock() + self._pause
