"""A network cable that can be pulled: a TCP relay on a loopback port."""

from __future__ import annotations

import asyncio
import contextlib

_PIECE = 1 << 16


class Cable:
    """Relays 127.0.0.1:`port` to 127.0.0.1:`behind`. Unplugged, it cuts what runs and refuses what comes."""

    def __init__(self, behind: int) -> None:
        self._behind = behind
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def plug(self) -> None:
        """Put it in; nothing when it is in. The port stays the same."""
        if self._server is None:
            self._server = await asyncio.start_server(self._relay, "127.0.0.1", self.port, reuse_address=True)
            self.port = int(self._server.sockets[0].getsockname()[1])

    async def unplug(self) -> None:
        """Pull it out; nothing when it is out."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        for end in tuple(self._ends):
            end.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._behind)
        except OSError:
            writer.transport.abort()
            self._ends.discard(writer)
            return
        self._ends.add(far_writer)
        pumps = {asyncio.create_task(_pump(reader, far_writer)), asyncio.create_task(_pump(far_reader, writer))}
        try:
            await asyncio.wait(pumps)
        finally:
            for end in (writer, far_writer):
                self._ends.discard(end)
                end.close()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await source.read(_PIECE):
            sink.write(piece)
            await sink.drain()
    with contextlib.suppress(OSError, RuntimeError):
        if sink.can_write_eof():
            sink.write_eof()
