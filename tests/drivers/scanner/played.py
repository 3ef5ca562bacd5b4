"""`scanimage` played in memory: what a scanner offers, and runs that end as told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from drivers.scanner.device import SaneScanner
from drivers.scanner.driver import Pages
from drivers.scanner.wire import Hung, NotInstalled, NotStarted, Ran, never
from tests.drivers.scanner.seeds import OFFERS

PAGE = b"P6\n2 3\n255\n" + bytes(range(18))
END = Ran(0, b"", "")


@dataclass
class PlayedPages:
    """One run: these pages, and then its end. None among the pages: it ends without one."""

    pages: list[bytes | Hung]
    ended: Ran | Hung = END
    words: str = ""
    closed: bool = False

    def page(self, timeout: float, stopped: Callable[[], bool]) -> bytes | Hung | None:
        return self.pages.pop(0) if self.pages else None

    def end(self, timeout: float) -> Ran | Hung:
        return self.ended

    def close(self) -> bool:
        self.closed = True
        return False


@dataclass
class Played:
    """A scanner. `asked` and `started`: the arguments of each run; `offers`: what it prints for them."""

    runs: list[PlayedPages | NotInstalled | NotStarted] = field(
        default_factory=list[PlayedPages | NotInstalled | NotStarted]
    )
    offers: Callable[[Sequence[str]], Ran | Hung | NotInstalled | NotStarted] = lambda arguments: Ran(0, OFFERS[0], "")
    now: float = 5.0
    waited: list[float] = field(default_factory=list[float])
    asked: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    started: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    limits: list[int] = field(default_factory=list[int])

    def scanner(self) -> SaneScanner:
        """The driver in front of it."""
        return SaneScanner("airscan:e0:V", "/conf", self._run, self._start, lambda: self.now, self._wait)

    def _run(
        self, arguments: Sequence[str], config: str, timeout: float, stopped: Callable[[], bool] = never
    ) -> Ran | Hung | NotInstalled | NotStarted:
        assert config == "/conf"
        self.asked.append(tuple(arguments))
        return self.offers(arguments)

    def _start(self, arguments: Sequence[str], config: str, pages: int) -> Pages | NotInstalled | NotStarted:
        assert config == "/conf"
        self.started.append(tuple(arguments))
        self.limits.append(pages)
        return self.runs.pop(0) if len(self.runs) > 1 else self.runs[0]

    def _wait(self, event: object, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds
