"""The virtual thermal printer's receive buffer: bounded, with real-time commands picked out as they arrive."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

from drivers.ticket.driver import CLEAR_BUFFERS, DLE_EOT
from drivers.ticket.replies import Replies

CAPACITY = 4096
#: DLE EOT n; DLE ENQ n, which throws away what is held (as DLE DC4 8 does); DLE DC4 1 m t and 2 a b, drawer and power.
_REAL_TIME = re.compile(
    rb"\x10\x04[\x01-\x04]|\x10\x05[\x01\x02]|\x10\x14(?:\x01[\0\x01][\x01-\x08]|\x02\x01\x08)|"
    + re.escape(CLEAR_BUFFERS),
    re.DOTALL,
)


class Dropped(Exception):
    """The buffer was cleared, or the line went dead, in the middle of a command."""


class Buffer:
    """Bytes on their way to the head. `answer` gives the byte that answers DLE EOT n, `obey` does the rest."""

    def __init__(self, answer: Callable[[int], bytes], obey: Callable[[bytes], None], replies: Replies) -> None:
        self._answer = answer
        self._obey = obey
        self._replies = replies
        self._data = bytearray()
        self._tail = b""
        self._changed = threading.Condition()
        self._dropped = False
        self._line: Callable[[bytes], None] | None = None

    def connected(self, line: Callable[[bytes], None]) -> None:
        """Somebody is on the line; `line` speaks to them."""
        with self._changed:
            self._line, self._tail = line, b""

    def hung_up(self) -> None:
        """Nobody is on the line any more. What has arrived is still done; half a command at its end is dropped."""
        with self._changed:
            self._line = None
            self._changed.notify_all()

    def lose(self) -> None:
        """Forget everything; the head lets go of what it is doing."""
        with self._changed:
            self._data.clear()
            self._dropped = True
            self._changed.notify_all()

    def reply(self, data: bytes) -> None:
        """Say something to whoever is on the line."""
        with self._changed:
            line = self._line
        if line is not None and data:
            self._replies.say(data, line)

    def put(self, data: bytes, offline: Callable[[], bool]) -> None:
        """Take bytes. A full buffer makes the sender wait; while the printer is offline what does not fit is lost."""
        self._real_time(data)
        with self._changed:
            while data:
                room = CAPACITY - len(self._data)
                self._data += data[:room]
                data = data[room:]
                self._changed.notify_all()
                if data and offline():
                    return
                if data:
                    self._changed.wait(0.02)

    def take(self, count: int, first: bool = False) -> bytes:
        """The next `count` bytes; waits for them. `first`: of a new command. Raises Dropped when they never come."""
        with self._changed:
            while True:
                if self._dropped:
                    self._dropped = False
                    raise Dropped
                if len(self._data) >= count:
                    break
                if self._line is None and not first:
                    self._data.clear()
                    raise Dropped
                self._changed.wait(0.05)
            piece = bytes(self._data[:count])
            del self._data[:count]
            self._changed.notify_all()
            return piece

    def check(self) -> None:
        """Raise Dropped when the head should let go of what it is doing."""
        with self._changed:
            if self._dropped:
                self._dropped = False
                raise Dropped

    def _real_time(self, data: bytes) -> None:
        old = len(self._tail)
        window = self._tail + data
        for found in _REAL_TIME.finditer(window):
            if found.end() <= old:  # obeyed with the bytes before
                continue
            command = found.group()
            if command.startswith(DLE_EOT):
                self.reply(self._answer(command[2]))
            elif command == CLEAR_BUFFERS or command.startswith(b"\x10\x05"):
                self.lose()
                window = window[found.end() :]
                break
            else:
                self._obey(command)
        self._tail = window[-(len(CLEAR_BUFFERS) - 1) :]
