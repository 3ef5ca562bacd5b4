"""The ticket comes out and the application is on its way: pictures 08 to 08b."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class TicketOut:
    """08a. Has the ticket come out? `attempt` counts the printings; `state`: printing, printed, failed."""

    number: str
    services: tuple[str, ...]
    state: Literal["printing", "printed", "failed"]
    on: Literal["slip", "a4"]
    attempt: int
    sentence: str
    may_show: bool = False


@dataclass(frozen=True)
class TicketOnScreen:
    """08a on wish: number and QR for a photograph, for a minute. The only page that holds the key."""

    number: str
    payload: str
    seconds: int


@dataclass(frozen=True)
class Sent:
    """08 (`online`) and 08b. `lines`: icon, strong line, note."""

    number: str
    services: tuple[str, ...]
    online: bool
    heading: str
    sentence: str
    lines: tuple[tuple[str, str, str], ...]
