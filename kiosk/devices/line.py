"""One caller's connection to the service: who it is, when it has gone, and no faster than it reads.

Three things that asyncvarlink 0.3.3 leaves to its user. A stream ends the moment its reader hangs up, so nothing needs
to be said for the sake of finding out; a stream's next word is made only when the last one was taken, so that a reader
that does not read makes nothing grow; and a caller whom the socket's file mode should have kept out is not served.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import select
import socket
import struct
import termios
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any, cast

from asyncvarlink import VarlinkInterfaceRegistry
from asyncvarlink.interface import AnnotatedResult, VarlinkMethodSignature
from asyncvarlink.serverprotocol import VarlinkInterfaceServerProtocol
from asyncvarlink.types import FileDescriptorArray

_log = logging.getLogger("prodesaku.devices")

LONGEST_CALL = 256 * 1024  # bytes of one call's JSON; payloads travel as descriptors
TAKEN_STEP = 0.005  # seconds between looks at whether a frame was taken; the kernel does not say
_SO_PEERGROUPS = 59  # asm-generic/socket.h; Python does not name it


@dataclass(frozen=True)
class Peer:
    """Who is at the other end, as the kernel knew them when they connected (unix(7), SO_PEERCRED)."""

    pid: int
    uid: int
    groups: frozenset[int]


def peer_of(connection: socket.socket) -> Peer:
    """The process that connected."""
    pid, uid, gid = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    groups: tuple[int, ...] = ()
    with suppress(OSError):
        raw = connection.getsockopt(socket.SOL_SOCKET, _SO_PEERGROUPS, 4 * 1024)
        groups = struct.unpack(f"{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
    return Peer(pid, uid, frozenset({gid, *groups}))


def may_call(peer: Peer) -> bool:
    """Root, this very user, or a member of the group that the sockets belong to: what the socket's 0660 says, too."""
    return peer.uid in (0, os.geteuid()) or os.getegid() in peer.groups


class Line(VarlinkInterfaceServerProtocol):
    """Serves one connection."""

    def __init__(
        self,
        registry: VarlinkInterfaceRegistry,
        allowed: Callable[[Peer], bool] = may_call,
    ) -> None:
        super().__init__(registry)
        self._allowed = allowed
        self._socket: socket.socket | None = None
        self._unfinished = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Refuse who may not call; keep little in the kernel for who may."""
        super().connection_made(transport)
        connection = cast("Any", transport)._recvfd
        if not isinstance(connection, socket.socket):
            return
        try:
            peer = peer_of(connection)
        except OSError:  # gone already
            self.close()
            return
        if not self._allowed(peer):
            _log.warning("a caller with user id %d was refused", peer.uid)
            self.close()
            return
        self._socket = connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32 * 1024)

    def message_received(self, data: bytes, fds: FileDescriptorArray | None) -> None:
        """A call that never ends is hung up on."""
        self._unfinished = self._unfinished + len(data) if b"\0" not in data else 0
        if self._unfinished > LONGEST_CALL:
            self.close()
            return
        if self._transport is not None:
            super().message_received(data, fds)

    async def _call_async_method_more(
        self, method: Callable[..., Any], signature: VarlinkMethodSignature, pyparams: dict[str, Any]
    ) -> None:
        """Run a stream until it ends or its reader has gone, whichever comes first; its end is always awaited."""
        gone = asyncio.get_running_loop().create_future()
        streaming = asyncio.ensure_future(self._stream(method(**pyparams), signature))
        with _Hangup(self._socket, gone):
            try:
                await asyncio.wait({streaming, gone}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not streaming.done():
                    streaming.cancel()
                    with suppress(asyncio.CancelledError):
                        await streaming
        if not streaming.cancelled():
            streaming.result()

    async def _stream(self, words: AsyncGenerator[AnnotatedResult, None], signature: VarlinkMethodSignature) -> None:
        from asyncvarlink.conversion import FileDescriptorVarlinkType
        from asyncvarlink.message import VarlinkMethodReply

        async with aclosing(words):
            async for word in words:
                with FileDescriptorArray.new_managed() as fds:
                    said = signature.return_type.tojson(word.parameters, {FileDescriptorVarlinkType: fds})
                    handles = [fd.fileno() for fd in fds]
                    reply = VarlinkMethodReply(said, continues=word.continues, extensions=word.extensions)
                    sent = self.send_reply(reply, handles, autoclose=False)
                    fds.reference_until_done(sent)
                try:
                    await sent
                except OSError:
                    return
                if handles:
                    await self._taken()

    async def _taken(self) -> None:
        """Until the reader has read everything: memory that waits in a socket is nobody's, and grows."""
        while self._socket is not None and self._socket.fileno() >= 0:
            try:
                # unix(7) knows SIOCINQ only; SIOCOUTQ, which is TIOCOUTQ, works on Unix sockets since Linux 2.6
                waiting = struct.unpack("i", fcntl.ioctl(self._socket, termios.TIOCOUTQ, b"\0\0\0\0"))[0]
            except OSError:
                return
            if not waiting:
                return
            await asyncio.sleep(TAKEN_STEP)


class _Hangup:
    """Tells when the other end is closed, without reading: epoll(7) reports that whatever it was asked for.

    A caller that has merely finished writing (`socat`, a shell's pipe) is still there.
    """

    def __init__(self, connection: socket.socket | None, gone: asyncio.Future[None]) -> None:
        self._connection = connection
        self._gone = gone
        self._watch: select.epoll | None = None

    def __enter__(self) -> None:
        if self._connection is None or self._connection.fileno() < 0:
            return
        self._watch = select.epoll()
        self._watch.register(self._connection.fileno(), 0)
        asyncio.get_running_loop().add_reader(self._watch.fileno(), self._tell)

    def __exit__(self, *_: object) -> None:
        if self._watch is not None:
            asyncio.get_running_loop().remove_reader(self._watch.fileno())
            self._watch.close()
            self._watch = None

    def _tell(self) -> None:
        if not self._gone.done():
            self._gone.set_result(None)
        if self._watch is not None:
            asyncio.get_running_loop().remove_reader(self._watch.fileno())
