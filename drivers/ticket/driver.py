"""Talks ESC/POS with one thermal printer: asks how it is, sends a slip, learns what became of it.

Quirks that this file is about:

- Silence is not an answer. python-escpos' `paper_status()` calls it "plenty of paper" (escpos.py, 3.1), so the status
  questions (DLE EOT n) are asked here, and no answer is Unknown.
- The printer's buffer swallows a slip long before the head has burnt it, so "all bytes sent" proves nothing. GS r is
  answered in the order of the data: its answer behind the cut means that the cut was made.
- What a stopped printer still holds comes out when somebody puts paper in, perhaps for the next person. So after a
  stop its buffer is cleared (DLE DC4 8) and the connection is torn down with what it had not delivered.
- Printers forget connections over night; so each slip and each question opens its own.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from drivers.roles import CoverOpen, Fault, Missing, NearEnd, NoPaper, Ready, SlipOutcome, Status, Unknown
from drivers.ticket.wire import Wire

DLE_EOT = b"\x10\x04"
#: DLE DC4 8 with its fixed key: forget what is in the receive and the print buffer (Epson ESC/POS reference).
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
#: GS r 1: transmit paper sensor status, in the order of the data.
ASK_IN_ORDER = b"\x1dr\x01"

#: Seconds: for an answer to a status question, for quiet before it, for the head after the last byte.
ANSWER_WITHIN, QUIET, BURNT_WITHIN, LOOK_EVERY = 0.6, 0.02, 20.0, 0.25


@dataclass(frozen=True)
class _Sensors:
    """What DLE EOT 2 (why offline) and DLE EOT 4 (paper) said."""

    offline_cause: int
    paper: int

    @property
    def status(self) -> Status:
        if self.offline_cause & 0x04:
            return CoverOpen()
        if self.paper & 0x60 or self.offline_cause & 0x20:
            return NoPaper()
        if self.offline_cause & 0x40:
            return Fault("error")
        return NearEnd() if self.paper & 0x0C else Ready()


def is_status(byte: int) -> bool:
    """Whether a byte can be an answer to DLE EOT: bits 0 and 7 are 0, bits 1 and 4 are 1."""
    return byte & 0x93 == 0x12


def is_ordered_answer(byte: int) -> bool:
    """Whether a byte can be an answer to GS r: bits 4 and 7 are 0."""
    return byte & 0x90 == 0x00


class _Talk:
    """What a printer says on one wire, sorted: answers about its state, and whether the answer in order came.

    The two arrive on one line in any mixture: while a status question is under way the head may finish the slip, and
    that answer is given once only.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.slip_done = False

    def hear(self, timeout: float) -> bytes:
        """The bytes that came within `timeout` seconds; nothing after silence."""
        heard = self._wire.receive(timeout)
        self.slip_done = self.slip_done or any(is_ordered_answer(byte) for byte in heard)
        return heard

    def ask(self, number: int, clock: Callable[[], float]) -> int | None:
        """The answer to DLE EOT `number`; None after silence or nonsense."""
        self._wire.send(DLE_EOT + bytes([number]))
        deadline = clock() + ANSWER_WITHIN
        while (left := deadline - clock()) > 0:
            heard = self.hear(left)
            answers = [byte for byte in heard if is_status(byte)]
            if answers:
                return answers[-1]
            if not heard:
                break
        return None


class Driver:
    """One printer behind `connect`, which opens a new wire or raises OSError."""

    def __init__(self, connect: Callable[[], Wire], clock: Callable[[], float] = time.monotonic) -> None:
        self._connect = connect
        self._clock = clock
        self._lock = threading.Lock()
        self._silent_since: float | None = None

    def status(self) -> Status:
        """How the printer is. While a slip is under way the question waits."""
        with self._lock:
            try:
                wire = self._connect()
            except OSError:
                self._silent_since = None
                return Missing()
            try:
                return self._ask(_Talk(wire))
            finally:
                wire.close()

    def send(self, pieces: Iterable[bytes]) -> SlipOutcome:
        """Send a slip, once, and find out what became of it."""
        with self._lock:
            try:
                wire = self._connect()
            except OSError:
                return SlipOutcome.MISSING
            before = self._ask(_Talk(wire))
            if (stopped := _stopped(before)) is not None:
                wire.close()
                return stopped
            outcome = self._print(wire, pieces)
            if outcome is SlipOutcome.PRINTED:
                wire.close()
                return outcome
            with contextlib.suppress(OSError):
                wire.send(CLEAR_BUFFERS)
                # let the few bytes go out before the rest is torn away
                wire.receive(QUIET)
            wire.abort()
            return outcome

    def _print(self, wire: Wire, pieces: Iterable[bytes]) -> SlipOutcome:
        talk = _Talk(wire)
        try:
            for piece in pieces:
                wire.send(piece)
            wire.send(ASK_IN_ORDER)
        except OSError:
            # full buffer or broken line; the printer may still say why it takes no more
            return _stopped(self._ask(talk)) or SlipOutcome.UNKNOWN
        deadline = self._clock() + BURNT_WITHIN
        while self._clock() < deadline:
            try:
                heard = talk.hear(LOOK_EVERY)
            except OSError:
                return SlipOutcome.UNKNOWN
            if talk.slip_done:
                # the cut is made; an end of paper seen only now did not touch this slip
                return SlipOutcome.PRINTED
            if heard:
                continue
            stopped = _stopped(self._ask(talk, drain=False))
            if talk.slip_done:
                return SlipOutcome.PRINTED
            if stopped is not None:
                return stopped
        return SlipOutcome.UNKNOWN

    def _ask(self, talk: _Talk, drain: bool = True) -> Status:
        try:
            # a question inside a picture's bytes is answered, too (Epson: "processed as a real-time command"):
            # strays must not be taken for the answer to this one
            while drain and talk.hear(QUIET):
                pass
            cause = talk.ask(2, self._clock)
            paper = talk.ask(4, self._clock) if cause is not None else None
        except OSError:
            cause = paper = None
        if cause is None or paper is None:
            if self._silent_since is None:
                self._silent_since = self._clock()
            return Unknown(self._silent_since)
        self._silent_since = None
        return _Sensors(cause, paper).status


def _stopped(status: Status) -> SlipOutcome | None:
    if isinstance(status, NoPaper):
        return SlipOutcome.NO_PAPER
    return SlipOutcome.COVER_OPEN if isinstance(status, CoverOpen) else None
