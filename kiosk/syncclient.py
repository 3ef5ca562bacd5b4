"""The sync agent as other processes see it: its Varlink interface and a client. Knows the socket and nothing else."""

# Varlink types are read from the annotations themselves, so these must not be turned into text:
# no `from __future__ import annotations` here.

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from asyncvarlink import (
    AnnotatedResult,
    VarlinkClientProtocol,
    VarlinkInterface,
    VarlinkInterfaceProxy,
    connect_unix_varlink,
    varlinkmethod,
)


class StatusReply(TypedDict):
    """`last_contact` is epoch seconds, 0 for never; `clock`: sure, floor."""

    online: bool
    last_contact: int
    waiting: int
    quarantined: int
    clock: str
    enrolled: bool


class SyncInterface(VarlinkInterface, name="id.prodesaku.Sync"):
    """Sends what the village wrote, fetches what the office answered."""

    @varlinkmethod
    async def Nudge(self) -> None:  # noqa: N802 (Varlink methods begin with a capital)
        """Something was queued, or the network is back: try now."""
        raise NotImplementedError

    @varlinkmethod
    async def Status(self) -> StatusReply:  # noqa: N802
        """How things stand."""
        raise NotImplementedError

    @varlinkmethod(return_type=StatusReply)
    async def Watch(self) -> AsyncIterator[AnnotatedResult]:  # noqa: N802
        """How things stand now, and again at every change."""
        raise NotImplementedError
        yield AnnotatedResult({})


@dataclass(frozen=True)
class SyncStatus:
    """Whether the centre was reached lately, and what still has to go there. `last_contact` is epoch seconds or None.

    `clock`: sure, or floor (this machine's clock is behind the newest signed time it has seen).
    """

    online: bool
    last_contact: float | None
    waiting: int
    quarantined: int
    clock: str
    enrolled: bool = True


class SyncAway(Exception):
    """The sync agent is not there; it will be back within seconds. Nothing is lost."""


class Sync:
    """A connection to the agent. Each method raises :class:`SyncAway` when it is lost; connect again then."""

    def __init__(self, socket: Path, protocol: VarlinkClientProtocol, proxy: VarlinkInterfaceProxy) -> None:
        self._socket = socket
        self._protocol = protocol
        self._proxy = proxy

    @classmethod
    async def connect(cls, socket: Path) -> "Sync":
        """Connect to the agent's socket."""
        try:
            _transport, protocol = await connect_unix_varlink(VarlinkClientProtocol, str(socket))
        except OSError:
            raise SyncAway from None
        return cls(socket, protocol, protocol.make_proxy(SyncInterface))

    async def nudge(self) -> None:
        """Ask the agent to try now."""
        with _away():
            await self._proxy.Nudge()

    async def status(self) -> SyncStatus:
        """How things stand."""
        with _away():
            return _status(await self._proxy.Status())

    async def watch(self) -> AsyncIterator[SyncStatus]:
        """How things stand now and at every change, until the agent is gone (SyncAway).

        On a connection of its own: Varlink answers in order, so behind a call that never ends every other would wait.
        """
        own = await Sync.connect(self._socket)
        try:
            with _away():
                async for reply in own._proxy.Watch():  # type: ignore[attr-defined]
                    yield _status(reply)
            raise SyncAway
        finally:
            await own.close()

    async def close(self) -> None:
        """Close the connection; closing twice is fine."""
        self._protocol.close()


def _status(reply: Any) -> SyncStatus:
    return SyncStatus(
        online=bool(reply["online"]),
        last_contact=float(reply["last_contact"]) or None,
        waiting=int(reply["waiting"]),
        quarantined=int(reply["quarantined"]),
        clock=str(reply["clock"]),
        enrolled=bool(reply["enrolled"]),
    )


@contextlib.contextmanager
def _away():
    try:
        yield
    except (ConnectionError, BrokenPipeError, OSError):
        raise SyncAway from None
