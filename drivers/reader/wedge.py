"""A code reader that types like a keyboard, grabbed so that its keystrokes never reach the screen.

Nothing tells such a reader from a keyboard for certain, so it is one because a technician chose it: the address has its
identity. While somebody else holds it, nothing is read and the status is Fault("not-grabbed").

The rest of a code that was being typed while the reader was opened is not given; see drivers/reader/onset.py for what
that can and cannot tell. Times between keys are those of the kernel, so it does not matter when somebody asks.
"""

from __future__ import annotations

from drivers.inputs import address as addresses
from drivers.inputs.address import InputAddress
from drivers.inputs.device import InputDevice
from drivers.inputs.driver import REAL, SLICE, Access, Now
from drivers.inputs.events import Event
from drivers.inputs.keymap import Typist
from drivers.reader.frames import Frames, framing_of
from drivers.reader.onset import Onset
from drivers.reader.repeats import Repeats
from drivers.reader.wire import REPEAT
from drivers.roles import Missing


class WedgeCodeReader(InputDevice[bytes]):
    """A :class:`~drivers.roles.CodeReader` on an input device."""

    def __init__(self, address: InputAddress, access: Access = REAL) -> None:
        super().__init__(address, access)
        self._typist = Typist()
        #: What is taken off each code.
        self.framing = framing_of(address.options)
        self._frames = Frames(self.framing)
        self._ends = (self.framing.end[-1:],) if self.framing.end else (b"\r", b"\n")
        self._onset = Onset()
        self._repeats = Repeats(float(address.options.get("repeat") or REPEAT))
        self._raw: bytearray | None = None

    def read(self, timeout: float) -> bytes | Missing | None:
        """The next code's bytes; None when nobody showed one within `timeout` seconds; Missing when it is unplugged."""
        return self._next(timeout)

    def capture(self, timeout: float, quiet: float = 0.3) -> bytes | Missing | None:
        """One scan's bytes as they were typed, for :func:`drivers.reader.learn.learn`; None when there was none."""
        deadline = self._clock() + timeout
        raw = bytearray()
        last = 0.0
        with self._lock:
            self._raw = raw
            try:
                while not self._closed:
                    before = len(raw)
                    if self._take(SLICE / 2):
                        return Missing()
                    now = self._clock()
                    if len(raw) > before:
                        last = now
                    elif raw and now - last >= quiet:
                        return bytes(raw)
                    elif not raw and now >= deadline:
                        return None
            finally:
                self._raw = None
                self._made.clear()
        return Missing()

    def _feed(self, event: Event | Now) -> None:
        if isinstance(event, Now):
            self._now(event)
        elif data := self._typist.feed(event):
            if self._raw is not None:
                self._raw += data[: max(0, 4096 - len(self._raw))]
            self._typed(data, event.at)

    def _now(self, now: Now) -> None:
        self._typist.reset(now.down)
        self._frames.drop()
        self._onset.opened(now.at)
        if now.lost or now.down:  # what follows is the rest of a code
            self._frames.skip(now.at)
            self._onset.over()

    def _typed(self, data: bytes, at: float) -> None:
        if self._onset.before(at):
            self._frames.skip(at)
        self._made.extend(code for code in self._frames.feed(data, at) if self._repeats.fresh(code, at))
        if data in self._ends:
            self._onset.over()


def open(url: str) -> WedgeCodeReader:
    """The reader at `url`, such as `evdev:///dev/input/by-id/…?vendor=0c2e&product=0b61`. Raises ValueError."""
    return WedgeCodeReader(addresses.parse(url))
