"""Frames, unplugging and reopening, with a port that is played by a list."""

from __future__ import annotations

import errno

import pytest

from drivers.reader.device import SerialCodeReader, open
from drivers.reader.frames import LONGEST, Frames
from drivers.reader.wire import Access, Address, parse
from drivers.roles import Fault, Missing, Ready
from tests.clocks import Clock


class Script:
    """A port whose reads are pieces, waits (b"") and errors."""

    def __init__(self, clock: Clock, *steps: bytes | OSError) -> None:
        self.clock, self.steps = clock, list(steps)
        self.timeout: float | None = None
        self.closed = False

    @property
    def in_waiting(self) -> int:
        if self.steps and isinstance(self.steps[0], OSError):
            raise self.steps.pop(0)
        return 0

    def read(self, size: int = 1, /) -> bytes:
        step = self.steps.pop(0) if self.steps else b""
        if isinstance(step, OSError):
            raise step
        if not step:
            self.clock.now += self.timeout or 0.01
        return step

    def write(self, data: bytes, /) -> int | None:
        return len(data)

    def close(self) -> None:
        self.closed = True


class Socket:
    """Ports that are there in turn; None is an attempt that fails."""

    def __init__(self, *ports: Script | None) -> None:
        self.ports = list(ports)
        self.attempts = 0

    def __call__(self, address: Address) -> Script:
        self.attempts += 1
        port = self.ports.pop(0) if self.ports else None
        if port is None:
            raise FileNotFoundError(2, "no such port")
        return port


def reader(clock: Clock, *ports: Script | None) -> tuple[SerialCodeReader, Socket]:
    socket = Socket(*ports)
    return SerialCodeReader(Address("/dev/x"), Access(socket, clock, clock.wait)), socket


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_any_line_end_ends_a_text(end: bytes) -> None:
    assert Frames().feed(b"PDT1-7315" + end + b"NEXT" + end, 1.0) == [b"PDT1-7315", b"NEXT"]


def test_a_text_may_come_in_pieces() -> None:
    frames = Frames()
    assert frames.feed(b"PDT1", 1.0) == []
    assert frames.feed(b"-7315\r", 1.1) == [b"PDT1-7315"]


def test_half_a_text_is_never_glued_to_the_next() -> None:
    frames = Frames()
    frames.feed(b"HALF", 1.0)
    assert frames.feed(b"WHOLE\r", 5.0) == [b"WHOLE"]


def test_bytes_that_are_no_utf8_still_come_through() -> None:
    assert Frames().feed(b"caf\xe9\r", 1.0) == [b"caf\xe9"]
    assert Frames().feed("é\r".encode(), 1.0) == ["é".encode()]


def test_an_endless_text_is_dropped_and_the_next_one_read() -> None:
    frames = Frames()
    assert frames.feed(b"x" * (LONGEST + 5) + b"\r" + b"ok\r", 1.0) == [b"ok"]


def test_nothing_shown_is_none_after_the_time_asked_for() -> None:
    clock = Clock()
    device, _ = reader(clock, Script(clock))
    assert device.read(0.5) is None
    assert clock.now == pytest.approx(100.5, abs=0.11)


@pytest.mark.parametrize("error", [OSError(5, "I/O error"), FileNotFoundError(2, "gone")])
def test_unplugged_is_a_value_and_the_port_is_let_go(error: OSError) -> None:
    clock = Clock()
    port = Script(clock, b"A\r", error)
    device, _ = reader(clock, port)
    assert device.read(1) == b"A"
    assert device.read(1) == Missing()
    assert port.closed


def test_half_a_code_before_the_cable_came_out_is_forgotten() -> None:
    clock = Clock()
    device, _ = reader(clock, Script(clock, b"HAL", OSError(5, "gone")), Script(clock, b"WHOLE\r"))
    answers = [device.read(1) for _ in range(3)]
    assert answers[0] == Missing()
    assert b"WHOLE" in answers
    assert not any(isinstance(answer, bytes) and b"HAL" in answer for answer in answers)


def test_attempts_to_reopen_grow_rarer_and_stay_bounded() -> None:
    clock = Clock()
    device, socket = reader(clock)
    for _ in range(60):
        assert device.read(1.0) == Missing()
    assert 8 <= socket.attempts <= 25
    assert max(clock.waits) <= 1.0


def test_it_is_read_again_after_it_was_plugged_in_again() -> None:
    clock = Clock()
    device, _ = reader(clock, None, None, Script(clock, b"BACK\r"))
    answers = [device.read(1.0) for _ in range(4)]
    assert b"BACK" in answers


def test_status_is_ready_or_missing() -> None:
    clock = Clock()
    assert reader(clock, Script(clock))[0].status() == Ready()
    assert reader(clock)[0].status() == Missing()


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (errno.EAGAIN, Fault("not-grabbed")),
        (errno.EBUSY, Fault("not-grabbed")),
        (errno.EACCES, Fault("not-allowed")),
        (errno.ENOENT, Missing()),
        (None, Missing()),
    ],
)
def test_why_a_port_cannot_be_opened_is_told(number: int | None, status: Fault | Missing) -> None:
    def refuse(_: Address) -> Script:
        raise OSError(number, "refused") if number else OSError("refused")

    clock = Clock()
    device = SerialCodeReader(Address("/dev/x"), Access(refuse, clock, clock.wait))
    assert device.status() == status
    assert device.read(0.1) == Missing()


def test_a_pulled_cable_shows_in_the_status_without_a_read() -> None:
    clock = Clock()
    device, _ = reader(clock, Script(clock, b"", OSError(5, "gone")))
    assert device.status() == Ready()
    assert device.status() == Missing()


def test_a_closed_reader_stays_closed() -> None:
    clock = Clock()
    device, socket = reader(clock, Script(clock, b"A\r"))
    device.close()
    device.close()
    assert device.read(1) == Missing()
    assert socket.attempts == 0


def test_addresses() -> None:
    assert parse("serial:///dev/prodesaku/reader?baud=115200") == Address("/dev/prodesaku/reader", 115200)
    assert parse("serial:///tmp/a%20b") == Address("/tmp/a b", 9600)
    with pytest.raises(ValueError, match="serial"):
        open("tcp://127.0.0.1:3")
