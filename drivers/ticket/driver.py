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

from drivers.roles import CoverOpen, Fault, Missing, NoPaper, SlipOutcome, Status, Unknown
from drivers.ticket import answers
from drivers.ticket.answers import Frame, RealTime, Sorter
from drivers.ticket.usb import port
from drivers.ticket.wire import Wire

DLE_EOT = b"\x10\x04"
#: DLE DC4 8 with its fixed key: forget what is in the receive and the print buffer (Epson ESC/POS reference).
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
#: GS r 1: transmit paper sensor status, in the order of the data.
ASK_IN_ORDER = b"\x1dr\x01"
#: The bit of the answer to DLE EOT 2 that sends one on to DLE EOT 3.
ERROR = 0x40
HOT = Fault("overheated")

#: Seconds: for an answer to a status question, for quiet before it, for the head after the last byte.
ANSWER_WITHIN, QUIET, BURNT_WITHIN, LOOK_EVERY = 0.6, 0.02, 20.0, 0.25
#: Seconds for the head of a printer that says nothing: what it holds then is forgotten. 200 mm at 25 mm a second.
MUTE_WITHIN = 8.0
#: Seconds of silence after which the rest of a half frame will not come any more.
BROKEN_OFF = 0.2


class _Talk:
    """What a printer says on one wire, sorted: answers about its state, and whether the answer in order came.

    The two arrive on one line in any mixture: while a status question is under way the head may finish the slip, and
    that answer is given once only.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._sorter = Sorter()
        self._answer: int | None = None
        self._owed = 0
        self.slip_done = False
        self.unasked: Frame | None = None

    def port(self) -> Status | None:
        """What the port itself proves, where the printer answers nothing."""
        byte = self._wire.port_status()
        return None if byte is None else port(byte)

    def hear(self, timeout: float) -> bool:
        """Listen for what comes within `timeout` seconds; False when nothing did."""
        heard = self._wire.receive(timeout)
        if not heard and timeout >= BROKEN_OFF:
            self._sorter.silence()
        for answer in self._sorter.feed(heard):
            if isinstance(answer, RealTime):
                if self._owed:
                    self._owed -= 1
                else:
                    self._answer = answer.byte
            elif isinstance(answer, Frame):
                self.unasked = answer
            else:
                self.slip_done = True
        return bool(heard)

    def ask(self, number: int, clock: Callable[[], float]) -> int | None:
        """The answer to DLE EOT `number`; None after silence or nonsense.

        An answer does not say to which question it is. So one that is late is still owed, and what comes next is that:
        taken for an answer to the next question it could be "no paper".
        """
        self._answer = None
        self._wire.send(DLE_EOT + bytes([number]))
        deadline, anything = clock() + ANSWER_WITHIN, False
        while (left := deadline - clock()) > 0 and self._answer is None:
            if not self.hear(left):
                break
            anything = True
        if self._answer is None:
            self._owed = self._owed + 1 if anything else 1  # after so long a silence the older ones are lost
        return self._answer

    def prompt(self, clock: Callable[[], float]) -> None:
        """Ask for a frame, one that has spoken unasked before; any other might print what it does not understand."""
        self._wire.send(answers.SPEAK)
        deadline = clock() + ANSWER_WITHIN
        while (left := deadline - clock()) > 0 and self.unasked is None and self.hear(left):
            pass


class Driver:
    """One printer behind `connect`, which opens a new wire or raises OSError.

    `answers`: False for one that never answers a question. It is asked none, and what its port proves still counts.
    `tear`: what feeds and cuts, for paper on which half a slip may lie.
    """

    def __init__(
        self,
        connect: Callable[[], Wire],
        clock: Callable[[], float] = time.monotonic,
        answers: bool = True,
        tear: bytes = b"",
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._answers = answers
        self._tear = tear
        self._half_inside = False  # of a slip that nothing could be said after
        self._lock = threading.Lock()
        self._silent_since: float | None = None
        self._by_frames = False  # it answers no question, and speaks unasked

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
            if self._half_inside:
                # nobody gets half of a stranger's slip on their own
                pieces = (CLEAR_BUFFERS + self._tear + piece if not at else piece for at, piece in enumerate(pieces))
            outcome = self._print(wire, pieces)
            if outcome is SlipOutcome.PRINTED:
                self._half_inside = False
                wire.close()
                return outcome
            self._half_inside = True
            with contextlib.suppress(OSError):
                wire.send(CLEAR_BUFFERS)
                self._half_inside = False
                # what is asked behind it is answered when it was obeyed; only then may the rest be torn away
                if not self._answers or _Talk(wire).ask(2, self._clock) is None:
                    wire.receive(QUIET)
            wire.abort()
            return outcome

    def _print(self, wire: Wire, pieces: Iterable[bytes]) -> SlipOutcome:
        talk = _Talk(wire)
        try:
            for number, piece in enumerate(pieces):
                wire.send(piece)
                if self._by_frames and not number:
                    wire.send(answers.SPEAK)  # which the first piece forbade
            wire.send(ASK_IN_ORDER)
        except OSError:
            # full buffer or broken line; the printer may still say why it takes no more
            return _stopped(self._ask(talk)) or SlipOutcome.UNKNOWN
        within = BURNT_WITHIN if self._answers and not self._by_frames else MUTE_WITHIN
        deadline, cooling = self._clock() + within, False
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
            status = self._ask(talk, drain=False)
            if talk.slip_done:
                return SlipOutcome.PRINTED
            cooling = status == HOT  # it goes on by itself when it is cool, perhaps in time
            if not cooling and (stopped := _stopped(status)) is not None:
                return stopped
        return SlipOutcome.FAULT if cooling else SlipOutcome.UNKNOWN

    def _ask(self, talk: _Talk, drain: bool = True) -> Status:
        cause = paper = errors = None
        try:
            # a question inside a picture's bytes is answered, too (Epson: "processed as a real-time command"):
            # strays must not be taken for the answer to this one
            while drain and talk.hear(QUIET):
                pass
            cause = talk.ask(2, self._clock) if self._answers else None
            paper = talk.ask(4, self._clock) if cause is not None else None
            errors = talk.ask(3, self._clock) if paper is not None and (cause or 0) & ERROR else None
            silent = cause is None or paper is None
            if silent and drain and self._by_frames and talk.unasked is None:
                talk.prompt(self._clock)
        except OSError:
            cause = paper = errors = None
        if cause is None or paper is None:
            # a frame is a state that was: in the middle of a slip it counts only where nothing else is ever said
            if (drain or self._by_frames) and talk.unasked is not None:
                self._by_frames, self._silent_since = True, None
                return talk.unasked.status
            if (proven := talk.port()) is not None:
                self._silent_since = None
                return proven
            if self._silent_since is None:
                self._silent_since = self._clock()
            return Unknown(self._silent_since, self._answers)
        self._by_frames = False
        self._silent_since = None
        return answers.status(cause, paper, errors)


def _stopped(status: Status) -> SlipOutcome | None:
    if isinstance(status, NoPaper):
        return SlipOutcome.NO_PAPER
    if isinstance(status, CoverOpen):
        return SlipOutcome.COVER_OPEN
    return SlipOutcome.FAULT if isinstance(status, Fault) else None
