"""A document scanner of memory, in the place of `scanimage`: exit codes and pictures, in simulated seconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drivers.roles import Unknown, name_of
from drivers.scanner.device import SaneScanner
from drivers.scanner.wire import Hung, Ran
from tests.matrix.rigs.base import DONE, NOT, UNKNOWN, Rig

_PAGE = b"P6\n8 8\n255\n" + bytes(range(192))


class ScannerRig(Rig):
    role = "scanner"
    faults = frozenset({"paper out", "jam", "cover open", "ipp-usb dead after unplug"})

    def __init__(self) -> None:
        self.pages = 0
        super().__init__()

    def make(self) -> None:
        self.scanner = SaneScanner("airscan:e0:Contoh", runner=self._run, clock=self.clock)

    def strike(self, fault: str) -> None:
        super().strike("unplug" if fault == "ipp-usb dead after unplug" else fault)

    def ask(self) -> str:
        return name_of(self.scanner.status())

    def act(self) -> str:
        told = self.scanner.scan(200, 30.0)
        if isinstance(told, np.ndarray):
            self.pages += 1
            return DONE
        return UNKNOWN if isinstance(told, Unknown) else NOT

    @property
    def came_out(self) -> int:
        return self.pages

    def _run(self, arguments: Sequence[str], config: str, timeout: float, *_: object, **__: object) -> Ran | Hung:
        only_asked = "-n" in arguments
        generation = self.generation
        self.reached("asked" if only_asked else "act begins")
        if self.away:
            return Ran(1, b"", "open of device airscan:e0:Contoh failed: Invalid argument")
        if self.mute:
            self.clock.wait(timeout)
            return Hung()
        if self.noise:
            self.noise = False
            return Ran(0, b"\x00\xffnonsense", "")
        self.clock.wait(0.2 + self.delay)
        if only_asked:
            return Ran(0, b"", "")
        self.reached("middle of the act")
        code = {"paper out": 7, "jam": 6, "cover open": 8}.get(self.trouble, 0)
        if generation != self.generation:
            return Ran(9, _PAGE[:90], "scanimage: sane_read: Error during device I/O")
        if code:
            return Ran(code, b"", "")
        if self.half:
            return Ran(0, _PAGE[:90], "")
        self.reached("act just ended")
        return Ran(0, _PAGE, "")
