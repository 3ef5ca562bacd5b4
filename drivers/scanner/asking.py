"""Asking a scanner what it is and what it offers, and what that means for a scan. Whoever calls has the lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.roles import Busy, CoverOpen, Fault, Jammed, NoPaper, Ready, Status, Unknown
from drivers.roles.scanner import NotOffered, ScannerOffers, ScanSettings, ScanSource, SourceOffer
from drivers.scanner import plan
from drivers.scanner.meaning import meaning
from drivers.scanner.options import Options, parse
from drivers.scanner.wire import Hung, NotInstalled, NotStarted, Ran, never

BUSY_FOR = 1.0  # seconds until a scanner that is busy, or whose lamp is cold, is tried again
_NOTHING_RAN: dict[type, str] = {NotInstalled: "scanimage is not installed", NotStarted: "machine"}
#: States in which a scanner is still the one that said what it offers.
_SAME = (Ready, Busy, NoPaper, Jammed, CoverOpen)


class Runner(Protocol):
    """A run that only tells something, see :func:`drivers.scanner.wire.run`."""

    def __call__(
        self, arguments: Sequence[str], config: str, timeout: float, stopped: Callable[[], bool] = never
    ) -> Ran | Hung | NotInstalled | NotStarted: ...


class Wait(Protocol):
    """Waits for so many seconds, or until the event happens."""

    def __call__(self, event: threading.Event, seconds: float) -> object: ...


def wait_for(event: threading.Event, seconds: float) -> object:
    """In real time."""
    return event.wait(seconds)


@dataclass(frozen=True)
class Job:
    """What one run is asked for. `told`: the mode could be chosen, so that a page in another one is a fault."""

    arguments: tuple[str, ...]
    settings: ScanSettings
    source: ScanSource | None
    dpi: int | None
    told: bool

    @property
    def fed(self) -> bool:
        """Whether there may be several pages; a glass would give the same one again and again."""
        return self.source in (ScanSource.FEEDER, ScanSource.DUPLEX)


class Asking:
    """What is known of the SANE device `name`, and what it is asked."""

    def __init__(self, name: str, config: str, runner: Runner, clock: Callable[[], float], wait: Wait) -> None:
        self._name, self._config, self._runner = name, config, runner
        self._clock, self._wait = clock, wait
        self._silent_since: float | None = None
        self._offers: dict[tuple[str, ...], Options] = {}

    def status(self, timeout: float) -> Status:
        """Whether it can be opened."""
        return self.state(self._runner(["-d", self._name, "--format=pnm", "-n"], self._config, timeout))

    def describe(self, deadline: float, stop: threading.Event) -> ScannerOffers | Status:
        """What each of its sources offers. Busy when `stop` was set."""
        first = self._learn((), deadline, stop)
        if not isinstance(first, Options):
            return first
        offers: list[SourceOffer] = []
        for source in plan.sources(first):
            chosen = plan.choose_source(first, source, ())
            assert isinstance(chosen, tuple)  # it is one of those that are offered
            there = first if chosen[1].already else self._learn(chosen[1].arguments, deadline, stop)
            if not isinstance(there, Options):
                return there
            if not isinstance(plan.choose_sides(there, source), NotOffered):
                offers.append(plan.offer(there, source))
        return ScannerOffers(tuple(offers) or (plan.offer(first, None),))

    def job(
        self, settings: ScanSettings, preferred: Sequence[ScanSource], deadline: float, stop: threading.Event
    ) -> Job | NotOffered | Status:
        """What a run with these settings is asked for. When `stop` was set, the answer means nothing."""
        arguments: tuple[str, ...] = ()
        options = self._learn(arguments, deadline, stop)
        if not isinstance(options, Options):
            return options
        chosen = plan.choose_source(options, settings.source, preferred)
        if isinstance(chosen, NotOffered):
            return chosen
        source, choice = chosen
        steps: list[Callable[[Options], plan.Choice | NotOffered]] = [
            lambda known: plan.choose_sides(known, source),
            lambda known: plan.choose_mode(known, settings.mode),
        ]
        while True:
            arguments += choice.arguments
            if not choice.already:
                options = self._learn(arguments, deadline, stop)
                if not isinstance(options, Options):
                    return options
            if not steps:
                break
            then = steps.pop(0)(options)
            if isinstance(then, NotOffered):
                return then
            choice = then
        rest = plan.choose_rest(options, settings, source)
        if isinstance(rest, NotOffered | Fault):
            return rest
        return Job(arguments + rest[0], settings, source, rest[1], bool(choice.arguments))

    def _learn(self, arguments: tuple[str, ...], deadline: float, stop: threading.Event) -> Options | Status:
        """What is offered once `arguments` are set; a scanner says it once."""
        known = self._offers.get(arguments)
        if known is not None:
            return known
        while True:
            left = max(0.1, deadline - self._clock())
            ran = self._runner(["-d", self._name, *arguments, "-A"], self._config, left, stop.is_set)
            if stop.is_set():
                return Busy()
            state = self.state(ran)
            if isinstance(ran, Ran) and state == Ready():
                options = parse(ran.output.decode("utf-8", "replace"))
                if not options.by_name:
                    return Fault("capabilities")
                self._offers[arguments] = options
                return options
            if state != Busy() or deadline - self._clock() <= BUSY_FOR:
                return state
            self._wait(stop, BUSY_FOR)

    def state(self, ran: Ran | Hung | NotInstalled | NotStarted) -> Status:
        """How the scanner is, from how a run ended. One that may be another one now is asked anew what it offers."""
        if isinstance(ran, Hung):
            if self._silent_since is None:
                self._silent_since = self._clock()
            self._offers.clear()
            return Unknown(self._silent_since)
        self._silent_since = None
        state = meaning(ran) if isinstance(ran, Ran) else Fault(_NOTHING_RAN[type(ran)])
        if not isinstance(state, _SAME):
            self._offers.clear()
        return state
