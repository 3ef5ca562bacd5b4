"""How a device is just now: the closed list of states, the same for all roles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ready:
    """It would do its work now. `sheets_left` where a printer knows it."""

    sheets_left: int | None = None


@dataclass(frozen=True)
class NearEnd:
    """It works, and its paper is running low."""

    sheets_left: int | None = None


@dataclass(frozen=True)
class NoPaper:
    """A printer has no paper; a scanner has no page in it."""


@dataclass(frozen=True)
class CoverOpen:
    """A cover or door is open: it does nothing until that is shut."""


@dataclass(frozen=True)
class Jammed:
    """Paper is stuck inside."""


@dataclass(frozen=True)
class NoToner:
    """Toner or ink is used up."""


@dataclass(frozen=True)
class Missing:
    """There is nothing at the other end: no such device, connection refused, cable out."""


@dataclass(frozen=True)
class Busy:
    """It answers and is occupied with something."""


@dataclass(frozen=True)
class Fault:
    """It answers and says that it is broken. `detail` is its own short word for it, never personal."""

    detail: str = ""


@dataclass(frozen=True)
class Unknown:
    """It did not answer, or answered nonsense. `since`: monotonic seconds of the first unanswered question.

    `asked`: False where nobody can ask it, which is no sign of anything wrong: it may be given work all the same.
    """

    since: float
    asked: bool = True


@dataclass(frozen=True)
class NotPrintable:
    """No state of a device: the document is at fault, and no printer will print it.

    `why`: not-a-pdf, encrypted, not-a4, too-large.
    """

    why: str


Status = Ready | NearEnd | NoPaper | CoverOpen | Jammed | NoToner | Missing | Busy | Fault | Unknown

_NAMES: dict[type, str] = {
    Ready: "ready",
    NearEnd: "near_end",
    NoPaper: "no_paper",
    CoverOpen: "cover_open",
    Jammed: "jam",
    NoToner: "no_toner",
    Missing: "missing",
    Busy: "busy",
    Fault: "fault",
    Unknown: "unknown",
    NotPrintable: "not_printable",
}


def name_of(status: Status | NotPrintable) -> str:
    """The status' one word: ready near_end no_paper cover_open jam no_toner missing busy fault unknown.

    Of a document that is at fault: not_printable.
    """
    return _NAMES[type(status)]
