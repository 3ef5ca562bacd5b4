"""The printers' roles, and what became of a slip and of a print job."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from PIL import Image

from drivers.roles.status import NotPrintable, Status


class SlipOutcome(StrEnum):
    """What became of one slip. Only PRINTED says that the whole of it came out."""

    PRINTED = "printed"
    NO_PAPER = "no_paper"
    COVER_OPEN = "cover_open"
    FAULT = "fault"  # the knife is stuck, the head too hot, or worse; the status says which
    MISSING = "missing"  # nothing was sent
    UNKNOWN = "unknown"  # part of it, or all, or nothing may have come out


class JobPhase(StrEnum):
    """Where one print job is. All but QUEUED and PRINTING are settled, all but SENT by the printer's own word."""

    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    SENT = "sent"  # the printer has all of it and can tell nobody what came out: not known until a sheet is looked at
    NO_PAPER = "no_paper"
    JAM = "jam"
    COVER_OPEN = "cover_open"
    NO_TONER = "no_toner"
    FAILED = "failed"
    UNKNOWN = "unknown"


#: Phases after which nothing more happens to the job.
SETTLED = frozenset(JobPhase) - {JobPhase.QUEUED, JobPhase.PRINTING}


@dataclass(frozen=True)
class JobState:
    """A job's phase, the sheets that came out so far, and the sheets in all (0 where nobody said).

    `certain`: False where nobody counted: more than `sheet` may have come out, or may yet.
    """

    phase: JobPhase
    sheet: int = 0
    sheets: int = 0
    certain: bool = True

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen."""
        return self.phase in SETTLED


@dataclass(frozen=True)
class JobHandedOver:
    """The print system has the job. `id` finds it again after a restart; `sha256` (hex) is of the bytes handed over."""

    id: str
    sha256: str


@dataclass(frozen=True)
class JobNotTaken:
    """Nothing was handed over and nothing will come out; `status` says why: the printer's state, or the document."""

    status: Status | NotPrintable


@dataclass(frozen=True)
class Supply:
    """Toner, ink or a part that wears out. `colour` by the printer's word, "" where it has none; `percent` 0 to 100.

    None where the printer does not know. Of a waste container, percent is by the printer's own reckoning.
    """

    name: str
    colour: str
    percent: int | None


@runtime_checkable
class TicketPrinter(Protocol):
    """The thermal printer for tickets and slips."""

    @property
    def dots(self) -> int:
        """The head's width: 576 or 512 (80 mm paper), 384 or 360 (58 mm)."""
        ...

    @property
    def dpi(self) -> int:
        """The head's dots to the inch, in both directions: 203 or 180."""
        ...

    def status(self) -> Status:
        """Ready, NearEnd, NoPaper, CoverOpen, Fault, Missing or Unknown; answers within 2 s."""
        ...

    def print_slip(self, slip: Image.Image) -> SlipOutcome:
        """Burn one slip, once, and cut. `slip`: mode "1", `dots` wide or narrower, black is burnt.

        ValueError, before anything is sent, when it is of another mode, empty, too wide, or longer than 3 m.
        """
        ...

    def close(self) -> None:
        """Let the port go. May be called twice."""
        ...


@runtime_checkable
class PagePrinter(Protocol):
    """The A4 printer."""

    def status(self) -> Status:
        """Any case; answers within 5 s."""
        ...

    def submit(self, pdf: bytes, name: str) -> JobHandedOver | JobNotTaken:
        """Hand a PDF over: one copy, one attempt, A4, no scaling, one side. `name` must say nothing personal.

        A document that no A4 printer can print is NotPrintable, before anything is asked of the printer.
        """
        ...

    def job(self, job_id: str) -> JobState:
        """Where the job is, by the printer's own word; UNKNOWN where nobody can say. Answers within 5 s.

        A printer that tells nobody what becomes of its sheets ends with SENT at best.
        """
        ...

    def supplies(self) -> tuple[Supply, ...]:
        """What it prints with and how much is left; empty where it does not say or does not answer. Within 5 s."""
        ...

    def purge(self) -> bool:
        """Cancel all that is waiting or under way, so that paper put in later prints nothing. False: not certain."""
        ...

    def close(self) -> None:
        """Let the connection go. May be called twice."""
        ...
