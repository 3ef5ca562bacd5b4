"""The second loop: what happened here is told there. An act keeps its uuid and its bytes, however often it is sent."""

from __future__ import annotations

from kiosk.store.store import Store
from kiosk.store.values import Lane, StoreFailure
from kiosk.sync.api import Api, NoAnswer
from kiosk.sync.backoff import Uniform, delay
from kiosk.sync.turns import IDLE, WORKED, Result, failed


class Acts:
    """Delivers one leased act a turn."""

    def __init__(self, api: Api, store: Store, random: Uniform) -> None:
        self._api = api
        self._store = store
        self._random = random

    def once(self) -> Result:
        """Lease, deliver, end the lease."""
        leased = self._store.lease(Lane.ACT)
        if isinstance(leased, StoreFailure):
            return failed(f"store:{leased.why}")
        if leased is None:
            return IDLE
        answer = self._api.call(
            "PUT", f"/v1/acts/{leased.act}", body=leased.body, headers={"Content-Type": "application/json"}
        )
        if isinstance(answer, NoAnswer) or answer.status == 401:
            why = answer.why if isinstance(answer, NoAnswer) else answer.problem or "401"
            self._store.retry(leased, 0.0, why, count=False)
            return failed(why)
        if answer.status == 200:
            self._store.act_acked(leased)
        elif answer.refused_for_good:
            self._store.quarantine(leased, f"{answer.status} {answer.problem}".strip())
        else:
            self._store.retry(leased, delay(leased.attempts + 1, self._random), f"status {answer.status}")
        return WORKED
