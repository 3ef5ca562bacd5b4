"""Whom this machine is and whom it believes, read from the identity folder that the sync agent keeps up to date."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from kiosk.catalog.site import Site
from kiosk.documents.trust import BadTrust, Clock, TrustStore, from_directory
from kiosk.identity.identity import Identity, NotEnrolled
from kiosk.identity.trust import TrustList, load_trust
from kiosk.store.seal import Recipients


class Trusted:
    """Reads anew when the trust list on disk has changed; small files, read a few times a visit."""

    def __init__(self, directory: Path, wall: Callable[[], float] = time.time) -> None:
        self._directory = directory
        self._wall = wall
        self._stamp: tuple[int, int] | None = None
        self._documents = TrustStore()

    @property
    def site(self) -> Site | None:
        """The village hall, or None while this machine is not enrolled."""
        identity = Identity.load(self._directory)
        if isinstance(identity, NotEnrolled):
            return None
        names = ("kind", "village", "district", "regency", "code", "letters", "zone")
        try:
            return Site(**{name: identity.site[name] for name in names})
        except KeyError:
            return None

    def recipients(self) -> Recipients | None:
        """Whom packets are sealed to: the centre's newest current key, and escrow."""
        trust = load_trust(self._directory)
        return Recipients(trust.current[0], trust.escrow[0]) if isinstance(trust, TrustList) else None

    def documents(self) -> TrustStore:
        """Roots, CRLs, issuers and status lists. Empty, so that nothing verifies, while there is none."""
        try:
            stat = (self._directory / "trust.json").stat()
        except OSError:
            return TrustStore()
        stamp = (stat.st_mtime_ns, stat.st_size)
        if stamp != self._stamp:
            read = from_directory(self._directory)
            self._documents = TrustStore() if isinstance(read, BadTrust) else read
            self._stamp = stamp
        return self._documents

    def clock(self) -> Clock:
        """The time by wall clock and floor, and whether it is certain."""
        identity = Identity.load(self._directory)
        if isinstance(identity, NotEnrolled):
            return Clock(self._wall(), sure=False)
        moment = identity.clock.moment(self._wall())
        return Clock(moment.at, moment.sure)
