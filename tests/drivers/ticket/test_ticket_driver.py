"""The driver alone, on a wire whose words arrive when the test says."""

from __future__ import annotations

from drivers.roles import SlipOutcome
from drivers.ticket.driver import ASK_IN_ORDER, BURNT_WITHIN, DLE_EOT, LOOK_EVERY, Driver

STATUS, DONE = b"\x12", b"\x00"


class Scripted:
    """A printer whose answer in order comes `with_question`: just before the answer to that many-th status question."""

    def __init__(self, with_question: int) -> None:
        self.now = 0.0
        self._with = with_question
        self._pending: list[bytes] = []
        self._questions = 0
        self._burning = False

    def send(self, data: bytes) -> None:
        if data == ASK_IN_ORDER:
            self._burning, self._questions = True, 0
        elif data.startswith(DLE_EOT):
            self._questions += 1
            if self._burning and self._questions == self._with:
                self._pending.append(DONE)
            self._pending.append(STATUS)

    def receive(self, timeout: float) -> bytes:
        if self._pending:
            return self._pending.pop(0)
        self.now += timeout
        return b""

    def close(self) -> None: ...

    def abort(self) -> None: ...


def outcome(with_question: int) -> tuple[SlipOutcome, float]:
    wire = Scripted(with_question)
    return Driver(lambda: wire, lambda: wire.now).send([b"slip"]), wire.now


def test_a_slip_that_ends_while_its_printer_is_asked_how_it_is_was_printed() -> None:
    for with_question in (1, 2, 3, 4):
        told, seconds = outcome(with_question)
        assert told is SlipOutcome.PRINTED
        assert seconds < 4 * LOOK_EVERY


def test_a_slip_whose_end_is_never_told_is_unknown_in_bounded_time() -> None:
    told, seconds = outcome(10**6)
    assert told is SlipOutcome.UNKNOWN
    assert seconds < BURNT_WITHIN + 2
