"""The agent's process: opens the store, waits for an identity, runs the loops, answers on its Varlink socket."""

# Varlink types are read from the annotations themselves, so these must not be turned into text:
# no `from __future__ import annotations` here.

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

from asyncvarlink import (
    AnnotatedResult,
    VarlinkInterfaceRegistry,
    create_unix_server,
    varlinkmethod,
)
from asyncvarlink.serviceinterface import VarlinkServiceInterface

from kiosk.config import Config
from kiosk.identity.devicekey import NoKey
from kiosk.identity.identity import Identity, NotEnrolled
from kiosk.store.store import Store
from kiosk.store.values import StoreFailure
from kiosk.sync.agent import Agent
from kiosk.syncclient import StatusReply, SyncInterface

_log = logging.getLogger("prodesaku.sync")

#: Seconds between looks for an identity on a machine that has none yet, or for a store that cannot be opened.
LOOK_AGAIN = 2.0

_ALONE: StatusReply = {
    "online": False,
    "last_contact": 0,
    "waiting": 0,
    "quarantined": 0,
    "clock": "sure",
    "enrolled": False,
}


class SyncService(SyncInterface):
    """The interface, served. Without an agent (not enrolled yet) there is a status and nothing to nudge."""

    def __init__(self) -> None:
        self.agent: Agent | None = None
        self._news = asyncio.Condition()
        self._loop = asyncio.get_running_loop()

    @varlinkmethod
    async def Nudge(self) -> None:  # noqa: N802 (as Varlink writes them)
        """Something was queued, or the network is back: try now."""
        if self.agent is not None:
            await asyncio.to_thread(self.agent.nudge)

    @varlinkmethod
    async def Status(self) -> StatusReply:  # noqa: N802
        """How things stand."""
        return await self._status()

    @varlinkmethod(return_type=StatusReply)
    async def Watch(self) -> AsyncIterator[AnnotatedResult]:  # noqa: N802
        """How things stand now, and again at every change."""
        while True:
            yield AnnotatedResult({**await self._status()}, continues=True)
            async with self._news:
                await self._news.wait()

    def changed(self) -> None:
        """From any thread: there is something new."""
        with contextlib.suppress(RuntimeError):  # the loop is closing
            asyncio.run_coroutine_threadsafe(self._tell(), self._loop)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _status(self) -> StatusReply:
        return _ALONE if self.agent is None else await asyncio.to_thread(self.agent.status)


async def serve(config: Config, stop: asyncio.Event) -> None:
    """Run until `stop` is set."""
    service = SyncService()
    registry = VarlinkInterfaceRegistry()
    registry.register_interface(service)
    registry.register_interface(
        VarlinkServiceInterface("Pro Desaku", "prodesaku-sync", "1", "https://prodesaku.invalid/", registry)
    )
    config.sockets.mkdir(parents=True, exist_ok=True)
    path = config.sync_socket
    path.unlink(missing_ok=True)
    # the mode must be right from the first moment on
    old = os.umask(0o117)
    try:
        server = await create_unix_server(registry.protocol_factory, str(path))
    finally:
        os.umask(old)
    _notify("READY=1")
    running = asyncio.ensure_future(_run_agent(config, service))
    try:
        await stop.wait()
    finally:
        _notify("STOPPING=1")
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        server.close()
        path.unlink(missing_ok=True)


async def _run_agent(config: Config, service: SyncService) -> None:
    store = None
    try:
        store = await _open_store(config.store)
        identity, agent = await _make_agent(config, store, service)
        service.agent = agent
        _log.info("device %s begins", identity.device)
        await asyncio.to_thread(agent.start)
        service.changed()
        await asyncio.Event().wait()
    finally:
        agent, service.agent = service.agent, None
        if agent is not None:
            await asyncio.to_thread(agent.stop)
        if store is not None:
            store.close()


async def _open_store(path: Path) -> Store:
    said = None
    while True:
        store = await asyncio.to_thread(Store.open, path)
        if not isinstance(store, StoreFailure):
            return store
        if store.why != said:
            said = store.why
            _log.error("the store cannot be opened: %s", said)
        await asyncio.sleep(LOOK_AGAIN)


async def _make_agent(config: Config, store: Store, service: SyncService) -> tuple[Identity, Agent]:
    said = ""
    while True:
        identity = Identity.load(config.identity)
        if isinstance(identity, NotEnrolled):
            why = f"not enrolled: {identity.why}"
        else:
            key = identity.key()
            if not isinstance(key, NoKey):
                base = config.central or identity.central
                agent = Agent(store, identity, key, base=base, ca=config.central_ca, changed=service.changed)
                return identity, agent
            why = f"device key: {key.why}"
        if why != said:
            said = why
            _log.warning("%s", why)
        await asyncio.sleep(LOOK_AGAIN)


def _notify(state: str) -> None:
    """Tell systemd (sd_notify(3)); nothing happens elsewhere."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)


async def main(config: Config) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(config, stop)
