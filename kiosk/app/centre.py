"""The way to the centre as the shell sees it: the sync agent, which may be away for a moment or offline for days."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

from kiosk.syncclient import Sync, SyncAway, SyncStatus


class Centre:
    """Nothing here waits for the network: the agent does, in its own process."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self.online = False

    async def nudge(self) -> None:
        """Something was queued: let the agent try now. If it is away it looks by itself when it is back."""
        try:
            sync = await Sync.connect(self._socket)
            try:
                await sync.nudge()
            finally:
                await sync.close()
        except SyncAway:
            pass

    async def watch(self) -> AsyncGenerator[SyncStatus, None]:
        """How things stand now and at every change; ends with SyncAway."""
        sync = await Sync.connect(self._socket)
        try:
            async for status in sync.watch():
                self.online = status.online
                yield status
        finally:
            self.online = False
            await sync.close()
