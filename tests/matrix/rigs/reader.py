"""A serial code reader of memory: codes are shown, their bytes come over the line."""

from __future__ import annotations

from drivers.reader.device import SerialCodeReader
from drivers.reader.wire import Access, Address
from drivers.roles import name_of
from tests.matrix.rigs.base import DONE, NOT, Rig


class ReaderRig(Rig):
    role = "reader"

    def __init__(self) -> None:
        self.shown = self.whole = 0
        self.line: list[tuple[float, bytes, int]] = []
        super().__init__()

    def make(self) -> None:
        self.reader = SerialCodeReader(Address("/dev/reader"), Access(self._open, self.clock, self.clock.wait))

    def _open(self, _: Address) -> _Port:
        if self.away:
            raise FileNotFoundError(2, "away")
        # a serial line keeps nothing for a port that nobody had open
        self.line = [piece for piece in self.line if piece[0] >= self.clock.now]
        return _Port(self)

    def ask(self) -> str:
        name = name_of(self.reader.status())
        self.reached("asked")
        return name

    def act(self) -> str:
        """A code is shown; DONE when just these bytes are given."""
        self.shown += 1
        code = b"CONTOH-%06d" % self.shown
        self.clock.wait(2)
        self.reached("act begins")
        if not (self.away or self.mute):
            noise, self.noise = (b"\xff\x00~" if self.noise else b""), False
            start = self.clock.now + self.delay
            data = code + b"\r"
            if noise:
                self.line.append((start, noise, self.generation))
                start += 1.0
            if self.half:
                data = data[:5]
            self.line.append((start + 0.02, data[:5], self.generation))
            self.line.append((start + 0.06, data[5:], self.generation))
        told = self.reader.read(5.0)
        if told == code:
            self.whole += 1
            again = self.reader.read(0.5)
            self.whole += again == code
        return DONE if told == code else NOT

    @property
    def came_out(self) -> int:
        return self.whole


class _Port:
    timeout: float | None = None

    def __init__(self, rig: ReaderRig) -> None:
        self.rig, self.generation = rig, rig.generation

    def _alive(self) -> None:
        if self.generation != self.rig.generation:
            raise OSError(5, "gone")

    @property
    def in_waiting(self) -> int:
        self._alive()
        return 0

    def read(self, size: int = 1, /) -> bytes:
        rig = self.rig
        self._alive()
        rig.line = [piece for piece in rig.line if piece[2] == self.generation]
        if rig.line and rig.line[0][0] <= rig.clock.now + (self.timeout or 0):
            at, data, _ = rig.line.pop(0)
            rig.clock.now = max(rig.clock.now, at)
            if data.startswith(b"CONTO"):
                rig.reached("middle of the act")
            elif data.endswith(b"\r"):
                rig.reached("act just ended")
            return data
        rig.clock.wait(self.timeout or 0)
        return b""

    def write(self, data: bytes, /) -> int | None:
        return len(data)

    def close(self) -> None: ...
