"""One driver is made anew; the others go on with theirs, on the very handle it holds, and nothing is said of them."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from drivers.keypad import open as open_keypad
from drivers.keypad.twin import tap
from drivers.roles import JobPhase, JobState, Missing, Ready, Status
from drivers.virtual.start import Twin, start
from kiosk.devices import lane as lanes
from kiosk.devices import rounds
from kiosk.devices.client import Devices
from kiosk.devices.codes import Codes
from kiosk.devices.door import listen
from kiosk.devices.printing import Printing
from kiosk.devices.service import Service
from kiosk.devices.values import DeviceStatus

ROLES = ("reader", "ticket", "printer", "camera", "scanner", "keypad")
ROUNDS = 5  # that every other device is asked again while the one is replaced


class Bench:
    """What became of each role's drivers; a role in `ill` hangs or breaks."""

    def __init__(self) -> None:
        self.made = dict.fromkeys(ROLES, 0)
        self.asked = dict.fromkeys(ROLES, 0)
        self.ill: dict[str, str] = {}
        self.gate = threading.Event()
        self.handles: dict[str, int] = {}


class Driver:
    """Any role's: Ready, with a handle that stays open from its making to its closing."""

    dots, dpi = 384, 203

    def __init__(self, bench: Bench, role: str) -> None:
        self.bench, self.role = bench, role
        bench.made[role] += 1
        self.quiet = threading.Event()
        self.handle = bench.handles[role] = os.open("/dev/zero", os.O_RDONLY | os.O_CLOEXEC)

    def status(self) -> Status:
        self.bench.asked[self.role] += 1
        match self.bench.ill.get(self.role):
            case "hangs":
                self.bench.gate.wait(30)
            case "breaks":
                raise ZeroDivisionError
            case _:
                assert os.read(self.handle, 1) == b"\0"
        return Ready()

    camera_status = scanner_status = status

    def job(self, _job_id: str) -> JobState:
        return JobState(JobPhase.UNKNOWN)

    def read(self, _timeout: float) -> None:
        self.status()
        self.quiet.wait(0.005)  # nothing is shown

    key = read

    def jack(self) -> bool:
        return True

    def close(self) -> None:
        os.close(self.handle)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "ASK_EVERY", 0.005)
    monkeypatch.setattr(rounds, "ANSWER_WITHIN", 0.5)
    monkeypatch.setattr(lanes, "FIRST_PAUSE", 0.001)


@pytest.fixture
def bench() -> Iterator[Bench]:
    one = Bench()
    yield one
    one.gate.set()


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - threads come and go
            await asyncio.sleep(0.005)


async def listened(devices: Devices, heard: list[DeviceStatus]) -> None:
    async with aclosing(devices.watch()) as changes:
        async for change in changes:
            heard.append(change)


@pytest.mark.parametrize("how", ["hangs", "breaks"])
@pytest.mark.parametrize("ill", ROLES)
def test_the_others_keep_driver_handle_and_status(bench: Bench, tmp_path: Path, ill: str, how: str) -> None:
    def of(role: str) -> Any:
        return lambda: Driver(bench, role)

    async def play() -> None:
        service = Service(
            Printing(of("ticket"), of("printer")), of("camera"), of("scanner"), of("reader"), of("keypad")
        )
        service.start()
        server = await listen(service, tmp_path / "s")
        heard: list[DeviceStatus] = []
        devices = Devices(tmp_path / "s")
        watching = asyncio.create_task(listened(devices, heard))
        await until(lambda: {one.role for one in heard if one.state == "ready"} == set(ROLES))
        others = [role for role in ROLES if role != ill]
        handles = {role: bench.handles[role] for role in others}
        before = dict(bench.asked)
        heard.clear()
        bench.ill[ill] = how
        await until(lambda: bench.made[ill] > 1 and all(bench.asked[role] > before[role] + ROUNDS for role in others))
        await until(lambda: any(one.detail == "restarting" for one in heard))
        bench.ill.clear()
        bench.gate.set()
        await until(lambda: heard[-1].state == "ready")
        assert {one.role for one in heard} == {ill}, "nothing happened to the others, so nothing was said of them"
        assert {role: bench.made[role] for role in others} == dict.fromkeys(others, 1)
        assert {role: bench.handles[role] for role in others} == handles
        watching.cancel()
        await devices.close()
        server.close()
        server.abort_clients()
        await service.close()

    asyncio.run(play())


def lines() -> set[tuple[str, str]]:
    """The open terminals and Unix sockets of this process, by number and by what they are."""
    found = set[tuple[str, str]]()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = str(entry.readlink())
        except OSError:
            continue
        if target.startswith(("/dev/pts/", "socket:")):
            found.add((entry.name, target))
    return found


def test_a_true_reader_and_pad_read_on_over_the_line_they_hold(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "LISTEN", 0.05)
    monkeypatch.setattr(rounds, "ANSWER_WITHIN", 4.0)
    twins = [Twin("reader", "drivers.reader.twin"), Twin("keypad", "drivers.keypad.twin")]

    async def play(reader: str, keypad: str, show: Callable[[str], None], press: Callable[[], None]) -> None:
        nothing: Any = _Nothing
        sick: Any = lambda: Driver(bench, "ticket")  # noqa: E731
        service = Service(Printing(sick, None), nothing, nothing, lambda: Codes(reader), lambda: open_keypad(keypad))
        service.start()
        states = service._board.states
        await until(lambda: sum(one.state == "ready" for one in states()) == 3)
        held = lines()
        assert any(target.startswith("/dev/pts/") for _, target in held)
        bench.ill["ticket"] = "hangs"
        async with aclosing(service._codes.listen()) as codes, aclosing(service._keys.listen()) as keys:
            assert [await anext(codes), await anext(keys)] == ["", ""]
            await until(lambda: bench.made["ticket"] > 1)
            show("CONTOH-1")
            press()
            async with asyncio.timeout(20):
                assert (await anext(codes), await anext(keys)) == ("CONTOH-1", "yes")
        assert held <= lines(), "a line was closed and opened again"
        bench.gate.set()
        await service.close()

    with start(tmp_path, twins) as virtual:
        ends = virtual.endpoints
        asyncio.run(play(ends["reader"], ends["keypad"], virtual.world.show_code, lambda: tap(virtual.world, "yes")))


class _Nothing:
    """Camera and scanner of a machine that has none."""

    def camera_status(self) -> Status:
        return Missing()

    scanner_status = camera_status

    def close(self) -> None: ...
