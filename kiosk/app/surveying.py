"""Carries the effects of a visit's end, and of calling for help."""

from __future__ import annotations

import asyncio
import contextlib

from kiosk.app.belongings import Belongings
from kiosk.devices.client import DevicesAway
from kiosk.journeys.effects import CallOperator, SaveSurvey, Wipe
from kiosk.journeys.events import SurveySaved

#: Pause before the device service is asked again while it is away, seconds.
_AGAIN = 0.5


class Surveying:
    """Survey, bell, and the wipe for the next person."""

    def __init__(self, own: Belongings) -> None:
        self._own = own

    async def save(self, effect: SaveSurvey) -> None:
        """Anonymous answers by key; no application is named beside them."""
        # a full card loses an anonymous opinion, never a document: the visit ends the same way
        await asyncio.to_thread(self._own.store.save_survey, effect.answers, effect.about)
        await self._own.centre.nudge()
        self._own.post(SurveySaved())

    async def call(self, effect: CallOperator) -> None:
        """The call shows on this same screen, for the operator has no second one; the journal knows of it."""
        if effect.on:
            await asyncio.to_thread(self._own.store.note, "operator_called")

    async def begin(self) -> None:
        """Once, when the kiosk starts: whatever the printer's queue still holds belongs to somebody who has gone.

        A power cut in mid-print leaves its job there; it must not come out by itself when the printer is back. What
        became of the sheet stands open in the ledger, and a person answers it.
        """
        while True:
            try:
                await self._own.devices.purge()  # what is not certain yet the device service tries again by itself
                return
            except DevicesAway:
                pass
            await asyncio.sleep(_AGAIN)

    async def wipe(self, effect: Wipe) -> None:
        """Memory first, then whatever the printer's queue still holds for somebody who has gone."""
        self._own.desk.wipe()
        # while the service is away nothing is printed, and it never goes on by itself when it is back
        with contextlib.suppress(DevicesAway):
            await self._own.devices.purge()
