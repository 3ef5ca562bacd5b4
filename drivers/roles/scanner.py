"""The document scanner's role."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from drivers.roles.pixels import Pixels
from drivers.roles.status import Status


@runtime_checkable
class DocumentScanner(Protocol):
    """A flat-bed or sheet-fed scanner. Pages only ever are in memory."""

    def status(self) -> Status:
        """Ready, Busy, Missing, Fault or Unknown; answers within 5 s. Of paper and covers only a scan tells."""
        ...

    def scan(self, dpi: int = 200, timeout: float = 60.0) -> Pixels | Status:
        """One page in colour from the scanner's first source, or the state that kept it from coming."""
        ...

    def close(self) -> None:
        """Let the scanner go. May be called twice."""
        ...
