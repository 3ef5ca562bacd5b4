"""The third loop: the feed, the sealed files it announces, and the trust list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kiosk.formats import shape
from kiosk.identity.trust import Accepted, accept_trust
from kiosk.store.store import Store
from kiosk.store.values import StoreFailure, WantedBlob
from kiosk.sync.api import Answer, Api, NoAnswer
from kiosk.sync.turns import IDLE, WORKED, Result, Turn, failed

#: Seconds that the centre may hold an answer back while somebody is waiting here.
LONG_POLL = 20
#: Seconds between polls when the centre names none, and the most it may ask for.
POLL, LONGEST_POLL = 300.0, 1800.0
FIRST_RANGE, LARGEST_RANGE = 64 << 10, 512 << 10
_RANGE = re.compile(r"bytes ([0-9]{1,12})-([0-9]{1,12})/([0-9]{1,12})")
_WANT_TRUST = "trust.wanted"


class Down:
    """One poll and at most one sealed file a turn. `attentive()` tells whether somebody waits for news just now."""

    def __init__(self, api: Api, store: Store, identity: Path, attentive: Callable[[], bool]) -> None:
        self._api = api
        self._store = store
        self._identity = identity
        self._attentive = attentive

    def once(self) -> Result:
        """Poll, then fetch."""
        polled = self._poll()
        if polled.turn is Turn.FAILED:
            return polled
        if self._store.get(_WANT_TRUST, True):
            stopped = self._fetch_trust()
            if stopped is not None:
                return stopped
        wanted = self._store.wanted_blob()
        if wanted is None:
            return polled
        return self._fetch(wanted) or WORKED

    def _poll(self) -> Result:
        busy = self._store.wanted_blob() is not None
        wait = LONG_POLL if self._attentive() and not busy else 0
        after = self._store.cursor()
        answer = self._api.call("GET", f"/v1/events?after={after}&wait={wait}")
        if isinstance(answer, NoAnswer):
            return failed(answer.why)
        data = answer.json()
        if answer.status != 200 or data is None:
            return failed(answer.problem or f"status {answer.status}")
        events, cursor = data.get("events"), data.get("cursor")
        if not shape.is_list(events) or type(cursor) is not int or cursor < after:
            return failed("feed")
        if events or cursor > after:
            taken = self._take(list(events), cursor)
            if taken is not None:
                return taken
            return WORKED
        if wait:
            return WORKED if self._attentive() else IDLE
        named = data.get("next_poll")
        return Result(Turn.IDLE, rest=min(float(named), LONGEST_POLL) if type(named) is int and named > 0 else POLL)

    def _take(self, events: list[Any], cursor: int) -> Result | None:
        known: list[Mapping[str, Any]] = [event for event in events if shape.is_map(event)]
        # written before the cursor moves past it: a crash in between asks once too often, never once too little
        if any(event.get("type") == "trust" for event in known):
            self._store.put(_WANT_TRUST, True)
        taken = self._store.apply_events(known, cursor)
        return failed(f"store:{taken.why}") if isinstance(taken, StoreFailure) else None

    def _fetch_trust(self) -> Result | None:
        answer = self._api.call("GET", "/v1/trust")
        if isinstance(answer, NoAnswer):
            return failed(answer.why)
        if answer.status != 200:
            return failed(answer.problem or f"status {answer.status}")
        try:
            accepted = accept_trust(self._identity, answer.body)
        except OSError:
            return failed("store:trust")
        if accepted in (Accepted.BAD, Accepted.OLDER):
            self._store.note("trust_refused", why=accepted)
        elif accepted is Accepted.NEW:
            self._store.note("trust_accepted")
        self._store.put(_WANT_TRUST, False)
        return None

    def _fetch(self, wanted: WantedBlob) -> Result | None:
        """None: it arrived, or it will be tried later; others go on."""
        part = self._store.part_file(wanted.sha256)
        size = FIRST_RANGE
        while True:
            have = part.stat().st_size if part.exists() else 0
            if wanted.bytes and have >= wanted.bytes:
                break
            answer = self._api.call(
                "GET", f"/v1/blobs/{wanted.sha256}", headers={"Range": f"bytes={have}-{have + size - 1}"}
            )
            if isinstance(answer, NoAnswer):
                return failed(answer.why)
            if answer.status == 401:
                return failed(answer.problem or "401")
            total = _append(part, have, answer)
            if total is None:
                if answer.status == 416:
                    part.unlink(missing_ok=True)
                self._store.blob_failed(wanted.sha256)
                return None
            if have + len(answer.body) >= total:
                break
            size = min(LARGEST_RANGE, size * 2)
        arrived = self._store.blob_arrived(wanted.sha256)
        if isinstance(arrived, StoreFailure):
            return failed(f"store:{arrived.why}")
        if not arrived:
            self._store.blob_failed(wanted.sha256)
        return None


def _append(part: Path, have: int, answer: Answer) -> int | None:
    """Put the piece where it belongs; gives the file's announced length, or None when the answer is no such piece."""
    if answer.status == 200 and answer.body:
        part.write_bytes(answer.body)
        return len(answer.body)
    match = _RANGE.fullmatch(answer.headers.get("content-range", ""))
    if answer.status != 206 or match is None or not answer.body:
        return None
    first, last, total = (int(group) for group in match.groups())
    if first != have or last - first + 1 != len(answer.body) or last >= total:
        return None
    with part.open("ab") as file:
        file.write(answer.body)
    return total
