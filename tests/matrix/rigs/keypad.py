"""An input device of memory: keys are pressed, their events come."""

from __future__ import annotations

from drivers.inputs.address import InputAddress
from drivers.inputs.driver import Access
from drivers.inputs.events import pack, strokes
from drivers.keypad.device import EvdevKeyPad
from drivers.roles import name_of
from tests.matrix.rigs.base import DONE, NOT, Rig

_ENTER = 28


class KeypadRig(Rig):
    role = "keypad"

    def __init__(self) -> None:
        self.told = 0
        self.events: list[tuple[float, bytes, int]] = []
        super().__init__()

    def make(self) -> None:
        self.pad = EvdevKeyPad(InputAddress("/dev/input/event9"), Access(self._open, self.clock, self.clock.wait))

    def _open(self, _: InputAddress) -> _Source:
        if self.away:
            raise FileNotFoundError(2, "away")
        return _Source(self)

    def ask(self) -> str:
        name = name_of(self.pad.status())
        self.reached("asked")
        return name

    def act(self) -> str:
        """A key is pressed by somebody who tries again when nothing happened; DONE when it is told once."""
        self.clock.wait(2)
        self.pad.status()  # the pad is listened to all the time
        self.reached("act begins")
        if not (self.away or self.mute):
            data = pack(strokes(_ENTER, at=self.clock.now))
            half = len(data) // 2
            at = self.clock.now + self.delay
            if self.noise:
                self.noise = False
                self.events.append((at, b"\xff" * 24, self.generation))
            self.events.append((at + 0.05, data[:half], self.generation))
            if not self.half:
                self.events.append((at + 0.1, data[half:], self.generation))
        told = self.pad.key(5.0)
        if told == "yes":
            self.told += 1
            self.told += self.pad.key(0.5) == "yes"
        return DONE if told == "yes" else NOT

    @property
    def came_out(self) -> int:
        return self.told


class _Source:
    def __init__(self, rig: KeypadRig) -> None:
        self.rig, self.generation = rig, rig.generation
        self.turn = 0

    def read(self, timeout: float) -> bytes:
        rig = self.rig
        if self.generation != rig.generation:
            raise OSError(19, "gone")
        rig.events = [event for event in rig.events if event[2] == self.generation]
        if rig.events and rig.events[0][0] <= rig.clock.now + timeout:
            at, data, _ = rig.events.pop(0)
            rig.clock.now = max(rig.clock.now, at)
            self.turn += 1
            rig.reached("middle of the act" if self.turn % 2 else "act just ended")
            return data
        rig.clock.wait(timeout)
        return b""

    def grab(self) -> None: ...

    def keys_down(self) -> frozenset[int]:
        return frozenset()

    def switches(self) -> frozenset[int] | None:
        return None

    def close(self) -> None: ...
