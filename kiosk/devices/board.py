"""How every device is, for whoever watches: told once when it changes, and only the newest to who is slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable

from drivers import roles
from kiosk.devices.lane import Trouble
from kiosk.devices.values import DeviceStatus

_SILENCES = 2  # a device that does not answer once may have been busy; twice is believed
#: A lane without a driver, as a state and its detail.
_TROUBLE: dict[Trouble, tuple[str, str]] = {
    "hung": ("unknown", "restarting"),
    "crashed": ("fault", "restarting"),
    "given_up": ("fault", "hung"),
}


class Board:
    """The states of these roles; all unknown at first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._states = {role: DeviceStatus(role, "unknown") for role in names}
        self._silent: dict[str, int] = {}
        self._bells: set[asyncio.Event] = set()

    def states(self) -> list[DeviceStatus]:
        """All, as they are now."""
        return list(self._states.values())

    def note(self, role: str, status: roles.Status, headphones: bool | None = None) -> None:
        """A device's own answer."""
        unasked = isinstance(status, roles.Unknown) and not status.asked  # no silence: nobody was asked
        if isinstance(status, roles.Unknown) and not unasked:
            self._silent[role] = self._silent.get(role, 0) + 1
            if self._silent[role] < _SILENCES:
                return
        else:
            self._silent[role] = 0
        left = status.sheets_left if isinstance(status, roles.Ready | roles.NearEnd) else None
        detail = status.detail if isinstance(status, roles.Fault) else "unasked" if unasked else ""
        self._put(DeviceStatus(role, roles.name_of(status), detail, left, headphones))

    def trouble(self, role: str, trouble: Trouble) -> None:
        """There is no driver that could answer just now."""
        self._put(DeviceStatus(role, *_TROUBLE[trouble]))

    def _put(self, now: DeviceStatus) -> None:
        if self._states[now.role] != now:
            self._states[now.role] = now
            for bell in self._bells:
                bell.set()

    async def watch(self) -> AsyncGenerator[DeviceStatus, None]:
        """Every state at once, then each that changes; nothing while nothing does."""
        told: dict[str, DeviceStatus] = {}
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            while True:
                bell.clear()
                for role in self._states:
                    # looked up at the last moment: who was slow in taking one word gets the newest of the next
                    state = self._states[role]
                    if told.get(role) != state:
                        told[role] = state
                        yield state
                await bell.wait()
        finally:
            self._bells.discard(bell)
