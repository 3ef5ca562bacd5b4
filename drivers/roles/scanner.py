"""The document scanner's role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from drivers.roles.pixels import Pixels
from drivers.roles.status import Status


@dataclass(frozen=True, eq=False)
class ScannedPage:
    """One whole page; `index` counts from 0."""

    pixels: Pixels
    index: int


@dataclass(frozen=True)
class ScanDone:
    """All pages came: `pages` of them. `more`: the limit was reached, sheets may be left in the feeder."""

    pages: int
    more: bool = False


@dataclass(frozen=True)
class ScanCancelled:
    """Somebody cancelled; pages given before are whole. `killed`: the back-end did not obey and was killed."""

    killed: bool = False


#: How a scan ended; a Status says what kept the next page from coming.
ScanEnd = ScanDone | ScanCancelled | Status


@runtime_checkable
class DocumentScanner(Protocol):
    """A flat-bed or sheet-fed scanner. Pages only ever are in memory."""

    def status(self) -> Status:
        """Ready, Busy, Missing, Fault or Unknown; answers within 5 s. Of paper and covers only a scan tells."""
        ...

    def scan(self, dpi: int = 200, timeout: float = 60.0) -> Pixels | Status:
        """One page in colour from the scanner's first source, or the state that kept it from coming."""
        ...

    def pages(self, dpi: int = 200, limit: int = 50, timeout: float = 60.0) -> Iterator[ScannedPage | ScanEnd]:
        """A feeder's pages in colour, or the one on the glass; last comes the ScanEnd, always.

        At most `limit` pages, each within `timeout` seconds. The feeder waits while the caller does. To leave the loop
        early ends the scan. Others are Busy meanwhile.
        """
        ...

    def cancel(self) -> bool:
        """End the pages that another thread is taking: ScanCancelled within 10 s. False: nobody is taking any."""
        ...

    def close(self) -> None:
        """Let the scanner go; pages under way are cancelled. May be called twice."""
        ...
