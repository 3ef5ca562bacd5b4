"""A document scanner of memory, in the place of `scanimage`: exit codes and pictures, in simulated seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drivers.roles import Unknown, name_of
from drivers.roles.scanner import ScannedPage, ScanSettings, ScanSource
from drivers.scanner.device import SaneScanner
from drivers.scanner.wire import Hung, Ran, never
from tests.matrix.rigs.base import DONE, NOT, UNKNOWN, Rig

_PAGE = b"P6\n8 8\n255\n" + bytes(range(192))
_OFFERS = b"    --source ADF [ADF]\n    --mode Color|Gray [Color]\n    --resolution 100|200dpi [200]\n"
_AWAY = Ran(1, b"", "open of device airscan:e0:Contoh failed: Invalid argument")
_TROUBLE = {"paper out": 7, "jam": 6, "cover open": 8}


class ScannerRig(Rig):
    role = "scanner"
    faults = frozenset({"paper out", "jam", "cover open", "ipp-usb dead after unplug"})

    def __init__(self) -> None:
        self.pages = 0  # sheets that went through the feeder
        super().__init__()

    def make(self) -> None:
        self.scanner = SaneScanner(
            "airscan:e0:Contoh",
            runner=self._run,
            starter=lambda arguments, config, pages: _Feeding(self),
            clock=self.clock,
            wait=lambda event, seconds: self.clock.wait(seconds),
        )

    def strike(self, fault: str) -> None:
        super().strike("unplug" if fault == "ipp-usb dead after unplug" else fault)

    def ask(self) -> str:
        return name_of(self.scanner.status())

    def act(self) -> str:
        told = self.scanner.scan(ScanSettings(200, source=ScanSource.FEEDER), 30.0)
        if isinstance(told, ScannedPage):
            return DONE
        return UNKNOWN if isinstance(told, Unknown) else NOT

    @property
    def came_out(self) -> int:
        return self.pages

    def _run(
        self, arguments: Sequence[str], config: str, timeout: float, stopped: Callable[[], bool] = never
    ) -> Ran | Hung:
        self.reached("asked" if "-n" in arguments else "act begins")
        if self.away:
            return _AWAY
        if self.mute:
            self.clock.wait(timeout)
            return Hung()
        if self.noise:
            self.noise = False
            return Ran(0, b"\x00\xffnonsense", "")
        self.clock.wait(0.2 + self.delay)
        return Ran(0, b"" if "-n" in arguments else _OFFERS, "")


class _Feeding:
    """One run of the feeder for one sheet."""

    words = ""

    def __init__(self, rig: ScannerRig) -> None:
        self._rig, self._generation, self._ended = rig, rig.generation, Ran(0, b"", "")

    def page(self, timeout: float, stopped: Callable[[], bool]) -> bytes | Hung | None:
        rig = self._rig
        rig.reached("act begins")  # the scanner had said before what it offers
        if rig.away:
            self._ended = _AWAY
            return None
        if rig.mute:
            rig.clock.wait(timeout)
            return Hung()
        if rig.noise:
            rig.noise = False
            return b"\x00\xffnonsense"
        rig.clock.wait(0.2 + rig.delay)
        rig.reached("middle of the act")
        if self._generation != rig.generation:
            self._ended = Ran(9, b"", "scanimage: sane_read: Error during device I/O")
            return _PAGE[:90]
        if rig.trouble:
            self._ended = Ran(_TROUBLE.get(rig.trouble, 9), b"", "")
            return None
        if rig.half:
            return _PAGE[:90]
        rig.pages += 1
        rig.reached("act just ended")
        return _PAGE

    def end(self, timeout: float) -> Ran | Hung:
        return self._ended

    def close(self) -> bool:
        return False
