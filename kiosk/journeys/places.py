"""Where a visit stands: one small class a page or group of pages, with only what that page needs to remember."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.journeys.events import Checked, Guide


@dataclass(frozen=True)
class Waiting:
    """00"""


@dataclass(frozen=True)
class Home:
    """01"""


@dataclass(frozen=True)
class Pick:
    """02, 02a, and the tiles behind a tile (`parent`)."""

    by: Literal["event", "document"] = "event"
    parent: str = ""
    rows: int = 1


@dataclass(frozen=True)
class Closed:
    """Honest words for a tile, or for a service that the regency has closed."""

    tile: str = ""
    service: str = ""
    back: Pick = Pick()
    slot: str = ""  # a paper that the person fetches first


@dataclass(frozen=True)
class Field:
    """A step of the application in which one field is answered. `asked`: the person was told to look once more."""

    name: str
    error: str = ""
    asked: bool = False
    note: str = ""
    part: Literal["", "day", "month", "year"] = ""
    rows: int = 1
    touched: bool = False  # something was typed since the page opened


@dataclass(frozen=True)
class Step:
    """A step that is no field: for_whom, package, detail."""

    kind: Literal["for_whom", "package", "detail"]
    error: str = ""
    part: Literal[1, 2] = 1
    printing: str = ""


@dataclass(frozen=True)
class Shooting:
    """06. `held` is when all checks began to hold; `busy` while a still or scan is on its way."""

    slot: str
    source: Literal["camera", "scanner"] = "camera"
    guide: Guide | None = None
    held: float | None = None
    busy: bool = False
    error: str = ""


@dataclass(frozen=True)
class Reviewing:
    """06 after the picture."""

    slot: str
    capture: str
    readable: bool
    why: str = ""
    zoomed: bool = False
    source: Literal["camera", "scanner"] = "camera"


@dataclass(frozen=True)
class Missing:
    """06, Surat tidak ada."""

    slot: str
    chosen: str = ""
    error: str = ""


@dataclass(frozen=True)
class Checking:
    """07"""

    rows: int = 1
    error: str = ""


@dataclass(frozen=True)
class Privacy:
    """The notice, from 07."""

    rows: int = 1


@dataclass(frozen=True)
class Submitting:
    """Between Kirim and the store's answer."""


@dataclass(frozen=True)
class TicketComing:
    """08a. `since` is when this printing began."""

    state: Literal["printing", "printed", "failed"] = "printing"
    on: Literal["slip", "a4"] = "slip"
    attempt: int = 1
    since: float = 0.0
    outcome: str = ""
    revealing: bool = False


@dataclass(frozen=True)
class TicketShowing:
    """08a on wish. The key's text lives here and nowhere else in a visit."""

    payload: str
    until: float
    before: TicketComing


@dataclass(frozen=True)
class Done:
    """08, 08b. Closes by itself."""

    until: float


@dataclass(frozen=True)
class Failed:
    """Nothing was stored; the answers are still here."""

    why: str


@dataclass(frozen=True)
class Scanning:
    """09a"""

    purpose: Literal["track", "collect"]
    error: str = ""
    busy: bool = False


@dataclass(frozen=True)
class TypingNumber:
    """A ticket's number by hand."""

    text: str = ""
    error: str = ""
    busy: bool = False
    purpose: Literal["track", "collect"] = "track"


@dataclass(frozen=True)
class Tracking:
    """09"""


@dataclass(frozen=True)
class Following:
    """09, 09b, 09c: one document. `way`: a way that was picked and needs words (objection)."""

    document: str
    way: str = ""


@dataclass(frozen=True)
class Proving:
    """10: the collector's NIK."""

    document: str
    digits: str = ""
    error: str = ""
    asked: bool = False


@dataclass(frozen=True)
class Locked:
    """Three misses."""

    document: str


@dataclass(frozen=True)
class Printing:
    """10. `phase`: opening (NIK and signature are checked), queued, printing."""

    document: str
    phase: Literal["opening", "queued", "printing"] = "opening"
    accepted: bool = False
    since: float = 0.0
    sheet: int = 0
    sheets: int = 1
    reason: Literal["first", "paper_out", "looks_bad", "reprint"] = "first"


@dataclass(frozen=True)
class Stopped:
    """10b and its kin. `retry` false: a sheet is in an unknown state, or nothing may be printed."""

    document: str
    why: str
    retry: bool
    ready: bool
    reason: Literal["first", "paper_out", "looks_bad", "reprint"] = "paper_out"


@dataclass(frozen=True)
class Placing:
    """11 before the reading. `unsure`: nobody knows yet whether a sheet came out."""

    document: str
    guide: Guide | None = None
    held: float | None = None
    busy: bool = False
    error: str = ""
    misses: int = 0
    unsure: bool = False


@dataclass(frozen=True)
class ReadingBack:
    """11 after the reading. `recording`: the hand-over is on its way to the store. `unsure` as in Placing."""

    document: str
    result: str
    recording: bool = False
    unsure: bool = False


@dataclass(frozen=True)
class Presenting:
    """12 before the verdict."""

    guide: Guide | None = None
    held: float | None = None
    busy: bool = False
    error: str = ""


@dataclass(frozen=True)
class Judged:
    """12 … 13b"""

    checked: Checked


@dataclass(frozen=True)
class Asking:
    """14"""

    index: int = 0


@dataclass(frozen=True)
class About:
    """14b"""


@dataclass(frozen=True)
class Thanking:
    """The end. `why`: handover, survey."""

    why: Literal["handover", "survey"]
    until: float
    complaint: bool = False


@dataclass(frozen=True)
class Charter:
    """23"""

    index: int = 0


@dataclass(frozen=True)
class Complaining:
    """21"""


Place = (
    Waiting
    | Home
    | Pick
    | Closed
    | Field
    | Step
    | Shooting
    | Reviewing
    | Missing
    | Checking
    | Privacy
    | Submitting
    | TicketComing
    | TicketShowing
    | Done
    | Failed
    | Scanning
    | TypingNumber
    | Tracking
    | Following
    | Proving
    | Locked
    | Printing
    | Stopped
    | Placing
    | ReadingBack
    | Presenting
    | Judged
    | Asking
    | About
    | Thanking
    | Charter
    | Complaining
)


def preview(place: Place) -> Literal["", "page", "sheet"]:
    """What the document camera shows while a visit stands here."""
    match place:
        case Shooting(source="camera"):
            return "page"
        case Placing() | Presenting():
            return "sheet"
        case _:
            return ""
