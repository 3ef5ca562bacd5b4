"""The matrix: every fault in every state of every role that has a rig, and what must hold in each cell."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest import mock

from drivers.page import jobs, printer
from kiosk.devices.lane import Lane
from kiosk.devices.repeats import Repeats
from tests.matrix.rigs.base import DONE, STATES, UNKNOWN, Outcome, Rig
from tests.matrix.rigs.camera import CameraRig
from tests.matrix.rigs.keypad import KeypadRig
from tests.matrix.rigs.page import PageRig
from tests.matrix.rigs.queued import QueuedPageRig
from tests.matrix.rigs.reader import ReaderRig
from tests.matrix.rigs.scanner import ScannerRig
from tests.matrix.rigs.ticket import TicketRig

RIGS: dict[str, Callable[[], Rig]] = {
    "reader": ReaderRig,
    "keypad": KeypadRig,
    "scanner": ScannerRig,
    "ticket": TicketRig,
    "page": PageRig,
    "page through CUPS": QueuedPageRig,
    "camera": CameraRig,
}
#: Faults of one device only: a role that cannot have it is tried beside one that suffers it.
_OF_SOME = {
    "paper out": "ticket",
    "jam": "page",
    "cover open": "ticket",
    "cupsd killed": "page through CUPS",
    "disk full in the spool": "page through CUPS",
    "ipp-usb dead after unplug": "page",
    "lens covered": "camera",
    "picture frozen": "camera",
}
FAULTS = (
    "unplug",
    "replug elsewhere",
    "power cycle",
    "garbage on the line",
    "half a reply",
    "no reply",
    "late reply",
    "paper out",
    "jam",
    "cover open",
    "cupsd killed",
    "disk full in the spool",
    "service killed",
    "two commands at once",
    "the same command twice",
    "ipp-usb dead after unplug",
    "not found after a long power-off",
    "lens covered",
    "picture frozen",
)


class Killed(BaseException):
    """The service dies here."""


def play(role: str, fault: str, state: str) -> str:
    """Play one cell and assert what must hold; a few words on what happened, for the table."""
    with in_a_hurry():
        return _play(role, fault, state)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """The page printer's driver pauses between its questions; here it does not."""
    hurry = SimpleNamespace(sleep=lambda _: None, monotonic=time.monotonic)
    with mock.patch.object(printer, "time", hurry), mock.patch.object(jobs, "time", hurry):
        yield


def _play(role: str, fault: str, state: str) -> str:
    rig = RIGS[role]()
    rig.enter(state)
    if fault in _OF_SOME and fault not in rig.faults:
        return _beside(rig, fault, state)
    if fault == "service killed":
        return _killed(rig)
    if fault == "two commands at once":
        return _two_at_once(rig)
    if fault == "the same command twice":
        return _twice(rig)
    rig.apply(fault)
    outcome = rig.finish()
    _hold(outcome, fault)
    before = rig.came_out
    rig.mend()
    late = rig.came_out - before
    assert late == 0, "something came out by itself after mending"
    assert rig.usable_after(), "the driver is dead"
    return f"{outcome.told}, {outcome.truth} out, {outcome.status}"


def _hold(outcome: Outcome, fault: str) -> None:
    assert outcome.truth <= 1, "it came out twice"
    if outcome.told == DONE:
        assert outcome.truth == 1, "told done, and it did not come out"
    if outcome.truth == 1:
        assert outcome.told in (DONE, UNKNOWN), "told not done, and it came out"
    if fault in ("no reply", "half a reply", "late reply"):
        assert outcome.status not in ("no_paper", "cover_open", "jam"), "silence was taken for an answer"


def _killed(rig: Rig) -> str:
    before = rig.came_out

    def die(_: str) -> None:
        raise Killed

    rig.strike = die  # type: ignore[method-assign]
    rig.apply("service killed") if rig.state not in STATES[:2] else None
    told = "nobody was told"
    try:
        if rig.state == "asked":
            rig.ask()
        rig.act()
    except Killed:
        pass
    else:
        told = DONE
    del rig.strike
    rig._armed = None
    rig.make()  # the service starts anew
    rig.clock.wait(30)
    came = rig.came_out - before
    assert came <= 1, "it came out twice"
    assert rig.usable_after(), "the driver is dead"
    return f"{told}, {came} out, ready again"


def _two_at_once(rig: Rig) -> str:
    """The second command comes from another thread at the moment the state names."""
    before = rig.came_out
    told: list[str] = []
    other = threading.Thread(target=lambda: told.append(rig.act()), daemon=True)
    rig.strike = lambda _: other.start()  # type: ignore[method-assign]
    if rig.role in ("reader", "keypad"):  # one person, one code: the second one asks after the first
        told += [rig.act(), rig.act()]
    else:
        rig.apply("two commands at once")
        if rig.state == "asked":
            rig.ask()
        told.append(rig.act())
        if rig._armed is not None:
            other.start()
        other.join(20)
    del rig.strike
    came = rig.came_out - before
    assert len(told) == 2
    assert told.count(DONE) <= came <= told.count(DONE) + told.count(UNKNOWN), (told, came)
    assert rig.usable_after(), "the driver is dead"
    return f"{' and '.join(told)}, {came} out"


def _twice(rig: Rig) -> str:
    """The same command id twice at once, through the service's memory of commands."""
    before = rig.came_out

    async def both() -> list[str]:
        lane: Lane[_Driven] = Lane("rig", lambda: _Driven(rig))
        repeats = Repeats()

        def failed(told: str) -> bool:
            return told != DONE

        def once() -> object:
            return repeats.once("a" * 32, b"x", lambda: lane.act(lambda driven: driven.rig.act(), 60), failed)

        try:
            return list(await asyncio.gather(once(), once()))  # type: ignore[call-overload]
        finally:
            await lane.close()

    told = asyncio.run(both())
    came = rig.came_out - before
    assert told == [DONE, DONE] and came == 1, (told, came)
    assert rig.usable_after(), "the driver is dead"
    return f"{told[0]} told twice, {came} out"


class _Driven:
    def __init__(self, rig: Rig) -> None:
        self.rig = rig

    def close(self) -> None: ...


def _beside(rig: Rig, fault: str, state: str) -> str:
    """Another role suffers it, in a lane of its own; this role's act must not notice."""
    sufferer = RIGS[_OF_SOME[fault]]()
    sufferer.enter("idle")
    sufferer.apply(fault)
    before = rig.came_out

    async def both() -> str:
        ours: Lane[_Driven] = Lane(rig.role, lambda: _Driven(rig))
        theirs: Lane[_Driven] = Lane(sufferer.role, lambda: _Driven(sufferer))
        try:
            _, told = await asyncio.gather(
                theirs.act(lambda driven: driven.rig.finish(), 60), ours.act(lambda driven: driven.rig.act(), 60)
            )
            return str(told)
        finally:
            await asyncio.gather(ours.close(), theirs.close())

    told = asyncio.run(both())
    assert told == DONE and rig.came_out == before + 1, "another device's fault was noticed here"
    return f"untouched beside {sufferer.role}: {told}"


def table() -> str:
    """docs/fault-matrix.md: what each cell came to."""
    lines = [
        "# Fault matrix",
        "",
        "Generated by `python -m tests.matrix`; every cell is played by `tests/matrix/` in simulated time, on the true",
        "drivers in front of devices of memory. A cell says what the driver told of the act, how many wholes came out,",
        "and the status at the end. In each: nothing told *done* is missing, nothing comes out twice or by itself",
        "after mending, and the device works again within a minute of it. A fault that a role cannot have",
        "strikes another role in the lane beside it, and the act here goes on untouched.",
        "",
    ]
    for role in RIGS:
        lines += [f"## {role}", "", "| fault | " + " | ".join(STATES) + " |", "|---" * (len(STATES) + 1) + "|"]
        for fault in FAULTS:
            lines.append(f"| {fault} | " + " | ".join(play(role, fault, state) for state in STATES) + " |")
        lines.append("")
    return "\n".join(lines)
