"""What this room answers. Values, not exceptions: a file that is not what it should be is an everyday event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kiosk.formats.verdicts import Verdict


@dataclass(frozen=True)
class PdfVerdict:
    """What can be said of a signed PDF.

    `verdict`: valid (print it), invalid (it contradicts itself or the profile), unverifiable (nothing contradicts, but
    the chain, the revocation data or the time does not suffice). `why` is a short English phrase for journal and tests.
    `basis`: lta, or point_in_time where no archive time stamp protects the proof. `signed_at` seconds since the epoch:
    the trusted time stamp's, else the signer's own claim. `sha256` is of exactly the bytes that were judged.
    """

    verdict: Literal["valid", "invalid", "unverifiable"]
    why: str
    signer: str = ""
    signed_at: float | None = None
    pages: int = 0
    sha256: str = ""
    rev0_sha256: str = ""
    basis: Literal["", "lta", "point_in_time"] = ""

    @property
    def valid(self) -> bool:
        """Whether the file may be printed."""
        return self.verdict == "valid"


@dataclass(frozen=True)
class CodeVerdict:
    """What could be established about a code's text; the fields are those of ``kiosk.journeys.events.Checked``.

    `facts` are (label, masked value) pairs for comparison with the paper. `since`: when it lost its currency, seconds
    since the epoch. `list_age_days`: age of the status list used. `look_up`: an address to check with a telephone.
    """

    verdict: Verdict
    why: str
    facts: tuple[tuple[str, str], ...] = ()
    since: float | None = None
    list_age_days: float | None = None
    look_up: str = ""


class SheetMatch(StrEnum):
    """Whether the sheet under the camera is the document that was verified."""

    MATCH = "match"
    DIFFERS = "differs"
    CANNOT_COMPARE = "cannot_compare"


@dataclass(frozen=True)
class Codes:
    """The texts of a PDF's codes, the same in two independent renderers. Personal: forget them after use."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class NoCodes:
    """A PDF's codes could not be established. `why`: renderers_disagree, no_code, timeout, memory, not_rendered."""

    why: str
