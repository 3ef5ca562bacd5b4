"""The document scanner's role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.roles.pixels import Pixels
from drivers.roles.status import Status


class ScanSource(StrEnum):
    """Where a scanner takes its pages from."""

    FLATBED = "flatbed"
    FEEDER = "feeder"  # one side of each sheet
    FEEDER_DUPLEX = "feeder_duplex"  # both sides: two pages a sheet


class ScanMode(StrEnum):
    """What a page's pixels are; all are given as :data:`Pixels`, equal in the three channels where they are grey."""

    COLOR = "color"
    GRAY = "gray"
    LINEART = "lineart"  # black or white


@dataclass(frozen=True)
class ScanSize:
    """A page's size in millimetres, from the glass's zero mark or the feeder's middle as the back-end has it."""

    width: float
    height: float


SCAN_A4 = ScanSize(210.0, 297.0)
SCAN_F4 = ScanSize(215.0, 330.0)  # the "folio" of Indonesian offices
SCAN_CARD = ScanSize(85.6, 54.0)  # ISO/IEC 7810 ID-1: KTP-el, KIA


@dataclass(frozen=True)
class ScanOptions:
    """How to scan. `dpi`: the nearest offered one is taken. `source` None: the scanner's own first choice.

    `size` None: all that the source can see. At most `pages` pages are taken from a feeder.
    """

    dpi: int = 200
    mode: ScanMode = ScanMode.COLOR
    source: ScanSource | None = None
    size: ScanSize | None = None
    pages: int = 50


@dataclass(frozen=True)
class ScannerFacts:
    """What a scanner says that it offers. `dpi`: offered resolutions in rising order, or (lowest, highest) of a range.

    `dpi_any`: the numbers are the ends of a range. `largest`: what the source asked about can see; None when not said.
    `sources` is empty where there is nothing to choose.
    """

    sources: tuple[ScanSource, ...] = ()
    modes: tuple[ScanMode, ...] = ()
    dpi: tuple[int, ...] = ()
    dpi_any: bool = False
    largest: ScanSize | None = None


@dataclass(frozen=True, eq=False)
class ScannedPage:
    """One whole page. `index` counts from 0; `dpi` is the resolution that it really has."""

    pixels: Pixels
    index: int
    dpi: int


@dataclass(frozen=True)
class ScanDone:
    """All pages came: `pages` of them. `more`: the limit was reached, sheets may be left in the feeder."""

    pages: int
    more: bool = False


@dataclass(frozen=True)
class ScanCancelled:
    """Somebody cancelled; pages given before are whole. `killed`: the back-end did not obey and was killed."""

    killed: bool = False


@dataclass(frozen=True)
class NotOffered:
    """The scanner has nothing of the kind and nothing was scanned; `setting`: "source", "mode", "size", "dpi"."""

    setting: str


@dataclass(frozen=True)
class TooLarge:
    """The picture that began to come is larger than a page may be; it was not taken."""


#: How a scan ended; a Status says what kept the next page from coming.
ScanEnd = ScanDone | ScanCancelled | NotOffered | TooLarge | Status


@runtime_checkable
class DocumentScanner(Protocol):
    """A flat-bed or sheet-fed scanner. Pages only ever are in memory. One scan at a time: a second one is Busy."""

    def status(self) -> Status:
        """Ready, Busy, Missing, Fault or Unknown; answers within 5 s. Of paper and covers only a scan tells."""
        ...

    def describe(self, source: ScanSource | None = None) -> ScannerFacts | NotOffered | Status:
        """What it offers with this source; answers within 10 s, from memory once it is known."""
        ...

    def scan(self, dpi: int = 200, timeout: float = 60.0) -> Pixels | Status:
        """One page in colour from the scanner's first source, or the state that kept it from coming."""
        ...

    def pages(self, options: ScanOptions, timeout: float = 60.0) -> Iterator[ScannedPage | ScanEnd]:
        """Page after page, each within `timeout` seconds; the last thing given is the ScanEnd, always.

        The feeder waits while the caller does. To leave the loop early ends the scan as cancel() does.
        """
        ...

    def cancel(self) -> bool:
        """End the scan that is under way in another thread: its last thing is ScanCancelled. False: there is none.

        Returns at once; the scan ends within 10 s.
        """
        ...

    def close(self) -> None:
        """Let the scanner go; a scan under way is cancelled. May be called twice."""
        ...
