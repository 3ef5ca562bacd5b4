"""A thermal printer of memory: bytes in, slips out, in simulated seconds; what it holds comes out when it can."""

from __future__ import annotations

from PIL import Image

from drivers.roles import SlipOutcome, name_of
from drivers.ticket.device import ThermalPrinter
from drivers.ticket.driver import ASK_IN_ORDER, CLEAR_BUFFERS, DLE_EOT, Driver
from tests.matrix.rigs.base import DONE, NOT, UNKNOWN, Rig

_SLIP = Image.new("1", (576, 64), 1)
_BURN = 1.0  # seconds for a slip
_TOLD = {SlipOutcome.PRINTED: DONE, SlipOutcome.UNKNOWN: UNKNOWN}


class TicketRig(Rig):
    role = "ticket"
    faults = frozenset({"paper out", "cover open"})

    def __init__(self) -> None:
        self.slips = 0
        self.held: list[float] = []  # seconds of burning left for each slip in the buffer, whole ones only
        self.data = b""
        self.last = 0.0
        super().__init__()

    def make(self) -> None:
        self.printer = ThermalPrinter(Driver(self._connect, self.clock), 576)

    def _connect(self) -> _Wire:
        if self.away:
            raise ConnectionRefusedError
        return _Wire(self)

    def ask(self) -> str:
        return name_of(self.printer.status())

    def act(self) -> str:
        return _TOLD.get(self.printer.print_slip(_SLIP), NOT)

    @property
    def came_out(self) -> int:
        self.pass_time()
        return self.slips

    def power_lost(self) -> None:
        self.held, self.data = [], b""

    def pass_time(self) -> None:
        """The head burns what the buffer holds, while it may."""
        spent, self.last = self.clock.now - self.last, self.clock.now
        while self.held and not self.trouble and spent > 0:
            step = min(spent, self.held[0])
            half = self.held[0] > _BURN / 2 >= self.held[0] - step
            self.held[0] -= step
            spent -= step
            if half:
                self.reached("middle of the act")
            if self.held and self.held[0] <= 0:
                self.held.pop(0)
                self.slips += 1
                self.reached("act just ended")


class _Wire:
    def __init__(self, rig: TicketRig) -> None:
        self.rig, self.generation = rig, rig.generation
        self.coming: list[tuple[float, bytes]] = []
        self.waiting_for = 0

    def _alive(self) -> None:
        if self.generation != self.rig.generation:
            raise ConnectionResetError

    def _say(self, data: bytes) -> None:
        rig = self.rig
        if rig.mute or rig.half:
            return
        if rig.noise:
            rig.noise, data = False, b"\xff\xfe\x93\xff" + data
        self.coming.append((rig.clock.now + 0.01 + rig.delay, data))

    def send(self, data: bytes) -> None:
        rig = self.rig
        self._alive()
        rig.pass_time()
        if data.startswith(DLE_EOT):
            rig.reached("asked")
            self._alive()
            out, cover = rig.trouble == "paper out", rig.trouble == "cover open"
            self._say({2: bytes([0x12 | 4 * cover | 0x20 * out]), 4: bytes([0x12 | 0x6C * out])}[data[2]])
        elif data == CLEAR_BUFFERS:
            rig.held, rig.data = [], b""
        elif data == ASK_IN_ORDER:
            rig.held.append(_BURN)
            self.waiting_for = rig.slips + len(rig.held)
            rig.data = b""
        else:
            rig.data += data
            rig.reached("act begins")
            self._alive()

    def receive(self, timeout: float) -> bytes:
        rig = self.rig
        end = rig.clock.now + timeout
        while True:
            rig.pass_time()
            self._alive()
            if self.waiting_for and rig.slips >= self.waiting_for:
                self.waiting_for = 0
                self._say(b"\x00")
            if self.coming and self.coming[0][0] <= rig.clock.now:
                return self.coming.pop(0)[1]
            if rig.clock.now >= end:
                return b""
            rig.clock.now = min(end, rig.clock.now + 0.01) if end - rig.clock.now > 1e-6 else end

    def port_status(self) -> int | None:
        """Only a USB port of the printer class has one."""
        return None

    def close(self) -> None: ...

    def abort(self) -> None: ...
