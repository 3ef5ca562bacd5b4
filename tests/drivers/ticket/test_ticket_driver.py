"""The driver alone, on a wire whose words arrive when the test says."""

from __future__ import annotations

from escpos.printer import Dummy

from drivers.roles import CoverOpen, Fault, NoPaper, Ready, SlipOutcome, Status, Unknown
from drivers.ticket.driver import ASK_IN_ORDER, BURNT_WITHIN, CLEAR_BUFFERS, DLE_EOT, LOOK_EVERY, Driver
from drivers.ticket.raster import bands
from tests.drivers.slips import slip

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

    def port_status(self) -> int | None:
        return None

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


class Answering:
    """A printer that answers DLE EOT n with `answers[n]` (nothing where that is missing) and says `unasked` first."""

    def __init__(self, answers: dict[int, bytes], unasked: bytes = b"") -> None:
        self.now = 0.0
        self.asked: list[int] = []
        self.sent = bytearray()
        self.port: int | None = None
        self._answers = answers
        self._pending = [bytes([byte]) for byte in unasked]

    def send(self, data: bytes) -> None:
        if data.startswith(DLE_EOT):
            self.asked.append(data[2])
            self._pending += [bytes([byte]) for byte in self._answers.get(data[2], b"")]
        else:
            self.sent += data

    def receive(self, timeout: float) -> bytes:
        if self._pending:
            return self._pending.pop(0)
        self.now += timeout
        return b""

    def port_status(self) -> int | None:
        return self.port

    def close(self) -> None: ...

    def abort(self) -> None: ...


def status(wire: Answering) -> Status:
    return Driver(lambda: wire, lambda: wire.now).status()


def test_the_cause_of_an_error_is_asked_only_when_there_is_one() -> None:
    well = Answering({2: STATUS, 4: STATUS, 3: b"\x1a"})
    status(well)
    assert well.asked == [2, 4]
    ill = Answering({2: b"\x52", 4: STATUS, 3: b"\x1a"})
    assert status(ill) == Fault("cutter")
    assert ill.asked == [2, 4, 3]
    assert status(Answering({2: b"\x52", 4: STATUS})) == Fault("error")


def test_a_printer_with_a_fault_gets_no_slip() -> None:
    wire = Answering({2: b"\x52", 4: STATUS, 3: b"\x52"})
    assert Driver(lambda: wire, lambda: wire.now).send([b"slip"]) is SlipOutcome.FAULT
    assert wire.sent == b""


def test_half_of_the_answers_and_noise_are_unknown() -> None:
    assert isinstance(status(Answering({2: STATUS})), Unknown)
    assert isinstance(status(Answering({2: b"\xff\x11", 4: STATUS})), Unknown)


def test_a_frame_says_how_a_printer_is_that_answers_nothing() -> None:
    assert status(Answering({}, b"\x38\x00\x00\x0f")) == CoverOpen()
    assert isinstance(status(Answering({}, b"\x38\x00\x00")), Unknown)


def test_a_late_answer_is_not_taken_for_the_answer_to_the_next_question() -> None:
    class Late(Answering):
        """Hot; from when the slip is sent each answer comes with the next question."""

        def send(self, data: bytes) -> None:
            if data == ASK_IN_ORDER:
                self._answers = {2: b"\x52", 4: STATUS, 3: b"\x52"}
                self.coming: list[bytes] = []
            if not hasattr(self, "coming") or not data.startswith(DLE_EOT):
                super().send(data)
                return
            self._pending += self.coming
            self.coming = [self._answers[data[2]]]

    wire = Late({2: STATUS, 4: STATUS})
    # it is hot, or nobody knows; bit 6, the error, would mean "no paper" in the answer to DLE EOT 4
    assert Driver(lambda: wire, lambda: wire.now).send([b"slip"]) in (SlipOutcome.UNKNOWN, SlipOutcome.FAULT)


def test_frames_in_the_middle_of_a_slip_do_not_finish_it() -> None:
    wire = Answering({2: STATUS + b"\x10\x00\x00\x0f", 4: b"\x10\x00\x00\x0f" + STATUS})
    assert Driver(lambda: wire, lambda: wire.now).send([b"slip"]) is SlipOutcome.UNKNOWN


def test_a_head_that_stays_hot_is_a_fault_in_bounded_time() -> None:
    class Heating(Answering):
        def send(self, data: bytes) -> None:
            super().send(data)
            if data == ASK_IN_ORDER:
                self._answers = {2: b"\x52", 4: STATUS, 3: b"\x52"}

    wire = Heating({2: STATUS, 4: STATUS})
    assert Driver(lambda: wire, lambda: wire.now).send([b"slip"]) is SlipOutcome.FAULT
    assert BURNT_WITHIN <= wire.now < BURNT_WITHIN + 2


def test_the_port_speaks_for_a_printer_that_answers_nothing() -> None:
    wire = Answering({})
    wire.port = 0x38
    assert status(wire) == NoPaper()
    assert Driver(lambda: wire, lambda: wire.now).send([b"slip"]) is SlipOutcome.NO_PAPER
    assert wire.sent == b""
    wire.port = 0x18
    assert isinstance(status(wire), Unknown)
    told = Answering({2: STATUS, 4: STATUS})
    told.port = 0x38
    assert status(told) == Ready()


def test_the_picture_is_what_python_escpos_would_send() -> None:
    peer = Dummy(profile="TM-T20II")
    picture = slip(576, 40).crop((0, 0, 571, 40))
    peer.image(picture, impl="bitImageRaster")
    assert peer.output in b"".join(bands(picture, 576))


class Fetching(Scripted):
    """A printer that fetches `room` pieces more, and then nothing until it is switched off and on."""

    def __init__(self, room: int) -> None:
        super().__init__(with_question=1)
        self.room = room
        self.came: list[bytes] = []

    def send(self, data: bytes) -> None:
        if not self.room:
            raise OSError("the printer fetches nothing")
        if not data.startswith(DLE_EOT):
            self.room -= 1
            self.came.append(data)
        super().send(data)


def test_the_next_slip_is_cut_off_from_half_of_the_former() -> None:
    wire = Fetching(room=2)
    driver = Driver(lambda: wire, lambda: wire.now, tear=b"TEAR")
    slip_pieces = [b"begin", b"middle", b"end"]
    assert driver.send(slip_pieces) is SlipOutcome.UNKNOWN
    assert wire.came == [b"begin", b"middle"]
    wire.room, wire.came = 100, []
    assert driver.send(slip_pieces) is SlipOutcome.PRINTED
    assert wire.came == [CLEAR_BUFFERS + b"TEAR" + b"begin", b"middle", b"end", ASK_IN_ORDER]
    wire.came = []
    assert driver.send(slip_pieces) is SlipOutcome.PRINTED
    assert wire.came[0] == b"begin"


def test_a_printer_that_could_be_told_to_forget_wastes_no_paper() -> None:
    wire = Scripted(with_question=10**6)
    sent: list[bytes] = []
    heard = wire.send
    wire.send = lambda data: (sent.append(data), heard(data))[1]  # type: ignore[method-assign]
    driver = Driver(lambda: wire, lambda: wire.now, tear=b"TEAR")
    assert driver.send([b"slip"]) is SlipOutcome.UNKNOWN
    assert driver.send([b"slip"]) is SlipOutcome.UNKNOWN
    assert sent.count(b"slip") == 2
