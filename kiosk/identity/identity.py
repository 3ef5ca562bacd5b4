"""Who this machine is: its device id, its site, its centre; its key and whom it trusts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.formats import p256, shape
from kiosk.identity.clock import ClockFloor
from kiosk.identity.devicekey import NoKey, load_key
from kiosk.identity.files import write_whole
from kiosk.identity.trust import BadTrust, TrustList, load_trust

NAME = "site.json"


@dataclass(frozen=True)
class NotEnrolled:
    """This machine has no identity (yet). `why`: missing, broken."""

    why: str


@dataclass(frozen=True)
class Identity:
    """Loaded from the identity folder. `site` holds the fields of `kiosk.catalog.site.Site`."""

    directory: Path
    device: str
    central: str
    site: Mapping[str, Any]

    @classmethod
    def load(cls, directory: Path) -> Identity | NotEnrolled:
        """The machine's identity. Needs no right to read the device key."""
        try:
            data = json.loads((directory / NAME).read_bytes())
        except FileNotFoundError:
            return NotEnrolled("missing")
        except (OSError, ValueError):
            return NotEnrolled("broken")
        try:
            if not shape.is_map(data):
                return NotEnrolled("broken")
            site = shape.mapping(data, "site")
            return cls(directory, shape.text(data, "device", limit=64), shape.text(data, "central"), site)
        except shape.WrongError:
            return NotEnrolled("broken")

    def key(self) -> p256.PrivateKey | NoKey:
        """The device key; only the sync agent may read it."""
        return load_key(self.directory)

    def trust(self) -> TrustList | BadTrust:
        """The trust list in force; read anew at each call, for the sync agent replaces it."""
        return load_trust(self.directory)

    @property
    def clock(self) -> ClockFloor:
        """The clock's floor."""
        return ClockFloor(self.directory)


def save_site(directory: Path, device: str, central: str, site: Mapping[str, Any]) -> None:
    """Write who this machine is. Raises OSError."""
    data = {"device": device, "central": central, "site": dict(site)}
    write_whole(directory / NAME, json.dumps(data, indent=1).encode(), 0o660)
