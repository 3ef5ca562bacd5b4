"""How a technician chooses a device: press one of its keys, or let it scan something, and it is the one that typed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable

from drivers.inputs.address import InputAddress
from drivers.inputs.events import EV_KEY, EV_SW, Reports
from drivers.inputs.find import Found
from drivers.inputs.source import KernelSource, Source

SLICE = 0.02  # seconds that each device is listened to in turn


def _open(address: InputAddress) -> Source:
    return KernelSource(address.path)


def who_stirs(
    devices: Iterable[Found],
    timeout: float,
    opener: Callable[[InputAddress], Source] = _open,
    clock: Callable[[], float] = time.monotonic,
) -> Found | None:
    """The first of `devices` that gives a key or a switch within `timeout` seconds; None when none did.

    Nothing is grabbed: what is typed meanwhile is typed on the screen as well. `found.address` is what to remember.
    """
    deadline = clock() + timeout
    with contextlib.ExitStack() as opened:
        listening: list[tuple[Found, Source, Reports]] = []
        for found in devices:
            with contextlib.suppress(OSError):
                source = opener(InputAddress(found.path))
                opened.callback(source.close)
                listening.append((found, source, Reports()))
        while listening and clock() < deadline:
            for each in list(listening):
                found, source, reports = each
                try:
                    events = reports.feed(source.read(SLICE / len(listening)))
                except OSError:  # pulled out meanwhile
                    listening.remove(each)
                    continue
                if any(getattr(event, "type", None) in (EV_KEY, EV_SW) for event in events):
                    return found
    return None
