"""A day of use in simulated time, a fault every few minutes: nothing lost or doubled, nothing that grows."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import threading
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest

from drivers.page import jobs, printer
from tests.matrix.cells import RIGS
from tests.matrix.rigs.base import DONE, STATES, UNKNOWN, Rig

ROOT = Path(__file__).parents[2]

_FAULTS = (
    "unplug",
    "replug elsewhere",
    "power cycle",
    "garbage on the line",
    "half a reply",
    "no reply",
    "late reply",
    "not found after a long power-off",
)
#: Seconds between two acts at one device, and between two faults at it (on average).
_ACT_EVERY, _FAULT_EVERY = 60.0, 240.0


@dataclass
class Day:
    """What a device's day came to."""

    acts: int = 0
    faults: int = 0
    done: int = 0
    unknown: int = 0


def live(rig: Rig, hours: float, rng: random.Random) -> Day:
    """Acts and faults until so many simulated hours have passed; asserts at each act what must hold."""
    day, end = Day(), rig.clock.now + hours * 3600
    rig.enter("idle")
    while rig.clock.now < end:
        rig.clock.wait(_ACT_EVERY)
        before = rig.came_out
        faulty = rng.random() < _ACT_EVERY / _FAULT_EVERY
        if faulty:
            day.faults += 1
            rig.state = rng.choice(STATES[1:])
            rig.apply(rng.choice((*_FAULTS, *sorted(rig.faults))))
            told = rig.finish().told
        else:
            told = rig.act()
        day.acts += 1
        came = rig.came_out - before
        assert came <= 1
        assert told != DONE or came == 1
        assert told in (DONE, UNKNOWN) or came == 0
        assert faulty or told == DONE
        day.done += told == DONE
        day.unknown += told == UNKNOWN
        if faulty:
            came = rig.came_out
            rig.mend()
            assert rig.came_out == came, "something came out by itself"
            assert rig.usable_after()
    return day


def handles() -> tuple[int, int]:
    """Open file descriptors and threads."""
    return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()


def campaign(role: str, hours: float) -> str:
    """The first tenth warms up; what is open and held then must be so at the end. The figures as text."""
    rig, rng = RIGS[role](), random.Random(role)
    hurry = SimpleNamespace(sleep=lambda _: None, monotonic=time.monotonic)
    with mock.patch.object(printer, "time", hurry), mock.patch.object(jobs, "time", hurry):
        live(rig, hours / 10, rng)
        gc.collect()
        before = handles()
        tracemalloc.start()
        live(rig, hours / 10, rng)
        gc.collect()
        held = tracemalloc.get_traced_memory()[0]
        day = live(rig, hours, rng)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - held
        tracemalloc.stop()
    assert handles() == before
    assert grown < 250_000, f"{grown} bytes more after {day.acts} acts"
    return f"{role}: {day}, handles and threads {before} and the same after, {grown} bytes more"


def alone(role: str, hours: float) -> str:
    """The campaign in a process of its own, where nothing that other tests left behind begins or ends meanwhile."""
    told = f"from tests.soak.test_day import campaign; print(campaign({role!r}, {hours}))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, timeout=1800, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


@pytest.mark.parametrize("role", RIGS)
def test_an_hour(role: str) -> None:
    assert alone(role, 1).startswith(role)


@pytest.mark.long
@pytest.mark.parametrize("role", RIGS)
def test_a_day(role: str) -> None:
    print(alone(role, 24))  # noqa: T201
