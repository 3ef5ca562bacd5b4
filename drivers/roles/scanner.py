"""The document scanner's role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Protocol, runtime_checkable

from drivers.roles.pixels import Pixels
from drivers.roles.status import Status


class ScanMode(Enum):
    """What becomes of colours. Pictures have three channels in every mode, alike in GREY and 0 or 255 in LINEART."""

    COLOUR = "colour"
    GREY = "grey"
    LINEART = "lineart"


class ScanSource(Enum):
    """Where the paper lies: on the glass or in the feeder, where one side or both (front, back, …) are taken."""

    FLATBED = "flatbed"
    FEEDER = "feeder"
    DUPLEX = "duplex"


@dataclass(frozen=True)
class PageSize:
    """Millimetres, as the paper lies: `width` along the scanner's short side."""

    width: float
    height: float


A4 = PageSize(210, 297)  # ISO 216
FOLIO = PageSize(215, 330)  # "F4", what offices in Indonesia call folio
ID_1 = PageSize(85.6, 53.98)  # ISO/IEC 7810: a KTP
ID_3_OPEN = PageSize(125, 176)  # ISO/IEC 7810, two pages: a passport, opened
BOOKLET = PageSize(180, 125)  # a marriage book, opened


@dataclass(frozen=True)
class ScanSettings:
    """What is asked of a scan. Brightness and contrast stay as the scanner has them.

    `dpi` becomes the nearest that the scanner offers, the finer one of two as near; pages say which. `source` None
    leaves the choice to the method. `size` None is as large as it goes; otherwise the scan begins in the glass' corner
    and is `size` and `margin` (millimetres, further to the right and below, as far as there is glass) large.
    """

    dpi: int = 200
    mode: ScanMode = ScanMode.COLOUR
    source: ScanSource | None = None
    size: PageSize | None = None
    margin: float = 0.0


USUAL = ScanSettings()


@dataclass(frozen=True)
class Resolutions:
    """Dots an inch: these, or from `low` to `high` in steps. Nothing at all when the scanner does not say."""

    these: tuple[int, ...] = ()
    low: int = 0
    high: int = 0
    step: int = 1

    def nearest(self, dpi: int) -> int | None:
        """The nearest one that is offered, the finer one of two as near; None when nothing is known."""
        if self.these:
            return min(self.these, key=lambda offered: (abs(offered - dpi), -offered))
        if not self.high:
            return None
        within = min(max(dpi, self.low), self.high)
        below = self.low + (within - self.low) // self.step * self.step
        return min((below, min(below + self.step, self.high)), key=lambda offered: (abs(offered - dpi), -offered))


@dataclass(frozen=True)
class SourceOffer:
    """What can be had from one source. `source` None: the scanner has only one, or one of a name that says nothing.

    `modes` empty: it cannot be chosen. `largest` None: the scanner does not say, and sizes cannot be chosen.
    """

    source: ScanSource | None
    modes: tuple[ScanMode, ...]
    resolutions: Resolutions
    largest: PageSize | None


@dataclass(frozen=True)
class ScannerOffers:
    """What a scanner offers, the source that it begins with first."""

    sources: tuple[SourceOffer, ...]


@dataclass(frozen=True)
class NotOffered:
    """The scanner has not got what was asked, and nothing was scanned. `instead`: what there is, in plain words."""

    what: Literal["mode", "source", "size"]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ScannedPage:
    """One whole page; `index` counts from 0. `dpi`, `mode` and `source` are those it was scanned with.

    `dpi` None: the scanner has one resolution and does not say which. `source` as in :class:`SourceOffer`.
    """

    pixels: Pixels = field(repr=False)
    index: int
    dpi: int | None
    mode: ScanMode = ScanMode.COLOUR
    source: ScanSource | None = None

    @property
    def size(self) -> PageSize | None:
        """Millimetres that the picture shows; None when its resolution is not known."""
        if not self.dpi:
            return None
        rows, columns = self.pixels.shape[:2]
        return PageSize(columns / self.dpi * 25.4, rows / self.dpi * 25.4)


@dataclass(frozen=True)
class ScanDone:
    """All pages came: `pages` of them.

    `more`: the limit was reached. Sheets may be left in the feeder; and sheets may have gone through it that nobody was
    given, for feeders and back-ends run ahead (sane-airscan asks for the next page as soon as one has come). Whoever
    must lose none asks for more pages than a feeder holds.
    """

    pages: int
    more: bool = False


@dataclass(frozen=True)
class ScanCancelled:
    """Somebody cancelled; pages given before are whole. `killed`: the back-end did not obey and was killed."""

    killed: bool = False


#: How a scan ended; a Status says what kept the next page from coming.
ScanEnd = ScanDone | ScanCancelled | NotOffered | Status


@runtime_checkable
class DocumentScanner(Protocol):
    """A flat-bed or sheet-fed scanner. Pages only ever are in memory."""

    def status(self) -> Status:
        """Ready, Busy, Missing, Fault or Unknown; answers within 5 s. Of paper and covers only a scan tells.

        Busy while pages are taken, which includes the lamp's warming up.
        """
        ...

    def describe(self, timeout: float = 20.0) -> ScannerOffers | Status:
        """What can be asked of it."""
        ...

    def scan(
        self, settings: ScanSettings = USUAL, timeout: float = 60.0
    ) -> ScannedPage | ScanCancelled | NotOffered | Status:
        """One page, from the glass unless settings say otherwise (the feeder where there is none), or why none came.

        Comes back `timeout` + 10 s after the call at the latest. A scanner that is busy, its lamp cold, is waited for.
        Of several sheets in a feeder more than the first may go through: see ScanDone.
        """
        ...

    def pages(
        self, settings: ScanSettings = USUAL, limit: int = 50, timeout: float = 60.0
    ) -> Iterator[ScannedPage | ScanEnd]:
        """A feeder's pages, or the one on the glass; last comes the ScanEnd, always.

        From the feeder unless settings say otherwise (the glass where there is none). At most `limit` pages, each
        within `timeout` seconds. The feeder waits while the caller does. To leave the loop early ends the scan. Others
        are Busy meanwhile.
        """
        ...

    def cancel(self) -> bool:
        """End what another thread is scanning: ScanCancelled within 10 s. False: nobody is scanning."""
        ...

    def close(self) -> None:
        """Let the scanner go; pages under way are cancelled. May be called twice."""
        ...
