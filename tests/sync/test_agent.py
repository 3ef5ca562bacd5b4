"""The agent whole: three threads, a Varlink socket, a process that can be killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config import ENVIRONMENT, Config, dump
from kiosk.formats import p256
from kiosk.identity.identity import Identity
from kiosk.store.store import Store
from kiosk.store.values import Stored
from kiosk.sync.agent import Agent
from kiosk.sync.backoff import Backoff, delay
from kiosk.syncclient import Sync, SyncAway, SyncStatus
from tests.store.world import World
from tests.sync.centre import Centre
from tests.sync.conftest import Kiosk

BOUND = 15.0


def wait_for(condition: Callable[[], bool]) -> None:
    """Until another thread or process has done it, at most a bound."""
    deadline = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < deadline, "did not happen"
        time.sleep(0.02)


class Always:
    """Chance that always takes the longest."""

    def uniform(self, a: float, b: float, /) -> float:
        return b


def test_back_off_doubles_from_five_seconds_to_a_quarter_of_an_hour():
    assert [delay(n, Always()) for n in range(1, 10)] == [5, 10, 20, 40, 80, 160, 320, 640, 900]
    backoff = Backoff(Always())
    assert [backoff.failed(), backoff.failed()] == [5, 10]
    backoff.reset()
    assert backoff.failed() == 5


def agent_of(kiosk: Kiosk, changed: Callable[[], None] = lambda: None) -> Agent:
    key = kiosk.identity.key()
    assert isinstance(key, p256.PrivateKey)
    return Agent(kiosk.store, kiosk.identity, key, base=kiosk.url, wall=kiosk.world.clock, changed=changed)


def test_what_is_submitted_goes_up_and_status_tells(kiosk: Kiosk, centre: Centre):
    told: list[int] = []
    agent = agent_of(kiosk, lambda: told.append(1))
    packet = kiosk.world.packet()
    kiosk.store.submit(packet)
    kiosk.store.record_tamper("cover_open")
    assert agent.status()["online"] is False and agent.status()["waiting"] == 2
    agent.start()
    try:
        wait_for(lambda: kiosk.store.queue().waiting == 0 and len(centre.acts) == 1)
        status = agent.status()
        assert (status["online"], status["waiting"], status["quarantined"], status["clock"]) == (True, 0, 0, "sure")
        assert status["last_contact"] == int(kiosk.world.clock.now) and told
        kiosk.store.submit(kiosk.world.packet())
        agent.nudge()
        wait_for(lambda: kiosk.store.queue().waiting == 0)
    finally:
        agent.stop()


def test_a_nudge_ends_the_waiting_after_a_failure(kiosk: Kiosk, centre: Centre):
    centre.fail(".*", ".*", "drop", times=6)
    kiosk.store.submit(kiosk.world.packet())
    agent = agent_of(kiosk)
    agent.start()
    try:
        wait_for(lambda: len(centre.asked) >= 3)
        assert agent.status()["online"] is False
        for _ in range(3):
            agent.nudge()
            time.sleep(0.05)
        wait_for(lambda: kiosk.store.queue().waiting == 0)
        wait_for(lambda: agent.status()["online"])
    finally:
        agent.stop()


def test_a_failing_feed_does_not_stop_what_goes_up(kiosk: Kiosk, centre: Centre):
    centre.fail("GET", "/v1/events", 500, times=10_000)
    kiosk.store.submit(kiosk.world.packet())
    agent = agent_of(kiosk)
    agent.start()
    try:
        wait_for(lambda: kiosk.store.queue().waiting == 0)
    finally:
        agent.stop()


def test_a_bug_in_one_loop_is_survived_and_its_text_is_not_logged(
    kiosk: Kiosk, centre: Centre, caplog: pytest.LogCaptureFixture
):
    agent = agent_of(kiosk)

    class Broken:
        calls = 0

        def once(self) -> object:
            self.calls += 1
            raise KeyError("7315994512900001")

    broken = Broken()
    agent._loops[0].work = broken  # type: ignore[assignment]
    kiosk.store.record_tamper("cover_open")
    agent.start()
    try:
        wait_for(lambda: broken.calls >= 1 and len(centre.acts) == 1)
        agent.nudge()
        wait_for(lambda: broken.calls >= 2)
    finally:
        agent.stop()
    assert "KeyError" in caplog.text and "7315994512900001" not in caplog.text


def test_a_clock_behind_what_was_signed_is_told(kiosk: Kiosk, centre: Centre):
    agent = agent_of(kiosk)
    kiosk.world.clock.now = 1000.0
    assert agent.status()["clock"] == "floor"


# --- as a process


def start(config: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, ENVIRONMENT: str(config)}
    return subprocess.Popen([sys.executable, "-m", "kiosk.sync"], env=environment, stderr=subprocess.PIPE)


async def connected(socket: Path) -> Sync:
    deadline = time.monotonic() + BOUND
    while True:
        try:
            return await Sync.connect(socket)
        except SyncAway:
            assert time.monotonic() < deadline, "the agent never listened"
            await asyncio.sleep(0.05)


async def watched(sync: Sync, wanted: Callable[[SyncStatus], bool]) -> SyncStatus:
    async with asyncio.timeout(BOUND):
        async for status in sync.watch():
            if wanted(status):
                return status
    raise AssertionError("the watch ended")


def test_enrolled_while_running_killed_and_back(centre: Centre, tmp_path: Path):
    """A process without identity waits; then it delivers; kill -9 in the middle loses nothing."""
    from kiosk.sync.enrol import Enrolled, enrol

    config = Config(tmp_path / "state", tmp_path / "sockets", centre.url)
    path = tmp_path / "kiosk.toml"
    path.write_text(dump(config))
    process = start(path)
    try:

        async def first() -> None:
            sync = await connected(config.sync_socket)
            assert config.sync_socket.stat().st_mode & 0o777 == 0o660
            assert (await sync.status()).enrolled is False
            await sync.nudge()
            result = await asyncio.to_thread(enrol, centre.url, "7K3M9Q2XWD", config.identity)
            assert isinstance(result, Enrolled)
            status = await watched(sync, lambda status: status.online)
            assert status.enrolled
            await sync.close()
            await sync.close()

        asyncio.run(first())
        assert isinstance(Identity.load(config.identity), Identity)
        store = Store.open(config.store)
        assert isinstance(store, Store)
        centre.fail("PATCH", "", "drop", times=2)
        world = World(tmp_path)
        packets = [world.packet() for _ in range(3)]
        assert all(isinstance(store.submit(packet), Stored) for packet in packets)

        async def nudge() -> None:
            sync = await connected(config.sync_socket)
            await sync.nudge()
            wait_for(lambda: bool(centre.revisions))
            os.kill(process.pid, signal.SIGKILL)
            with pytest.raises(SyncAway):
                await watched(sync, lambda _: False)

        asyncio.run(nudge())
        process.wait(BOUND)
        process = start(path)

        async def again() -> None:
            sync = await connected(config.sync_socket)
            status = await watched(sync, lambda status: status.online)
            assert status.quarantined == 0
            deadline = time.monotonic() + BOUND
            while (await sync.status()).waiting:
                await sync.nudge()
                assert time.monotonic() < deadline
                await asyncio.sleep(0.1)
            await sync.close()

        asyncio.run(again())
        assert {store.find(p.application).state for p in packets} == {"received"}  # type: ignore[union-attr]
        store.close()
        process.terminate()
        _, errors = process.communicate(timeout=BOUND)
        assert process.returncode == 0, errors.decode()
        assert not config.sync_socket.exists()
        assert b"Traceback" not in errors
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
