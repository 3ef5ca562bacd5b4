"""Everything that can happen to a visit: touches, codes, cameras, printers, answers of the store, the clock.

Nothing here does anything. `kiosk.app` turns what devices, store and documents answer into these and feeds them, with
the screen's touches, to :func:`kiosk.journeys.step`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kiosk.journeys.acts import Act


@dataclass(frozen=True)
class Press:
    """A touch on a visible target of the page that is shown."""

    act: Act
    value: str = ""


@dataclass(frozen=True)
class Tick:
    """Time has passed. `now` is monotonic seconds; journeys have no clock of their own.

    `wall` is seconds since the epoch as far as the machine knows, 0 where it does not: then the last known stays.
    """

    now: float
    wall: float = 0.0


@dataclass(frozen=True)
class CodeRead:
    """The code reader (or the camera, where a page asks for a code) read this text."""

    text: str


# --- devices


@dataclass(frozen=True)
class KeyPressed:
    """A key of the pad was pressed: somebody is there. What it presses comes as a Press, from the screen."""


@dataclass(frozen=True)
class HeadphonesChanged:
    """Headphones were plugged in, or pulled out."""

    plugged: bool


@dataclass(frozen=True)
class Guide:
    """What the camera sees just now, a few times a second while a preview runs.

    `hint` is one of: none, far, cut_off_left, cut_off_right, cut_off_top, cut_off_bottom, corner, tilted, skewed, dark,
    shadow, glare, blurred, moving, blank, sideways, upside_down, not_flat, several, code_far, ok. `corners` are
    fractions of the frame, clockwise from top left, or empty.
    """

    whole: bool
    sharp: bool
    no_glare: bool
    hint: str
    corners: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Captured:
    """A still was taken, rectified and encoded; `capture` names it in the app's memory, `ok` says it is readable."""

    slot: str
    capture: str
    ok: bool
    why: str = ""


@dataclass(frozen=True)
class CaptureFailed:
    """No picture came. `why`: camera_missing, scanner_missing, no_page, timeout, device_error."""

    slot: str
    why: str


@dataclass(frozen=True)
class PrinterChanged:
    """The page printer's status as the person should know it. `state`: ready, low_paper, no_paper, jam, cover_open,
    no_toner, unknown, missing, unasked (it cannot be asked how it is, and may be given work)."""

    state: str
    sheets_left: int | None = None


@dataclass(frozen=True)
class NetworkChanged:
    """Whether the centre was reached lately. `last_contact` is wall time, seconds since the epoch."""

    online: bool
    last_contact: float | None = None


# --- submitting


@dataclass(frozen=True)
class Submitted:
    """The application is on disk for good and has its number; the ticket is being printed next."""

    application: str
    number: str
    online: bool
    stored_at: float


@dataclass(frozen=True)
class SubmitFailed:
    """Nothing was stored. `why`: disk_full, read_only, not_enrolled, device_error. The answers are still in memory."""

    why: str


@dataclass(frozen=True)
class TicketPrinted:
    """`outcome`: printed, no_paper, cover_open, unknown, missing. `on`: slip, a4."""

    outcome: str
    on: Literal["slip", "a4"] = "slip"


@dataclass(frozen=True)
class TicketShown:
    """The key's text for the one page that draws it on wish."""

    payload: str


# --- following and collecting


@dataclass(frozen=True)
class DocumentState:
    """One document of a ticket as the kiosk knows it.

    `state` is a value of :class:`kiosk.formats.states.DocumentState`; `times` maps reached states to wall time.
    `reason_code`, `part` and `note` are filled only after the ticket itself was scanned.
    """

    document: str
    service: str
    state: str
    times: Mapping[str, float] = field(default_factory=dict[str, float])
    reason_code: str = ""
    part: str = ""
    note: str = ""
    place: str = ""


@dataclass(frozen=True)
class TicketFound:
    """The ticket's documents. `by_ticket` is false when only a number was typed: then states, nothing else."""

    application: str
    number: str
    documents: tuple[DocumentState, ...]
    by_ticket: bool
    submitted_at: float | None = None
    promised_at: float | None = None
    fresh_at: float | None = None


@dataclass(frozen=True)
class TicketRefused:
    """`why`: not_a_ticket, wrong_check, other_regency, unknown, locked, damaged, replaced (a newer ticket exists)."""

    why: str


@dataclass(frozen=True)
class CollectorAccepted:
    """The NIK is on the document's sealed list of collectors."""

    document: str


@dataclass(frozen=True)
class CollectorRefused:
    """Not on the list. `left` tries remain; 0 means locked for a while."""

    left: int


@dataclass(frozen=True)
class DocumentVerified:
    """The signature holds and these bytes may be printed."""

    document: str
    title: str
    signer: str
    signed_at: float
    pages: int


@dataclass(frozen=True)
class DocumentRefused:
    """The file is not what it should be; it is not printed. `why` is for the journal, never for the screen."""

    document: str
    why: str


@dataclass(frozen=True)
class PrintProgress:
    """`state`: queued, printing, printed, sent, no_paper, jam, cover_open, no_toner, missing, failed, unknown.

    `sent`: the printer has it all and tells nobody what came out. `certain` is false where a sheet may have come out,
    or may yet, that `sheet` does not count.
    """

    document: str
    state: str
    sheet: int = 0
    sheets: int = 1
    certain: bool = True


@dataclass(frozen=True)
class SheetRead:
    """The camera's reading of the printed sheet. `result`: match, differs, unreadable, cannot_compare, no_camera."""

    document: str
    result: str
    verdict: str = ""


@dataclass(frozen=True)
class HandoverRecorded:
    """The hand-over is in the store."""

    document: str


# --- checking a paper


@dataclass(frozen=True)
class Checked:
    """What could be established about a paper. `verdict` is a value of :class:`kiosk.formats.verdicts.Verdict`.

    `facts` are label and value pairs, masked, for the person to compare with the paper. `list_age_days` is the age of
    the status list, or None where none was used. `look_up` is an address to check with a telephone.
    """

    verdict: str
    why: str
    facts: tuple[tuple[str, str], ...] = ()
    since: float | None = None
    list_age_days: float | None = None
    look_up: str = ""


# --- the rest


@dataclass(frozen=True)
class SurveySaved:
    """The answers are stored."""


@dataclass(frozen=True)
class OperatorAnswered:
    """The operator saw the call."""


@dataclass(frozen=True)
class OperatorPresence:
    """The operator pressed Petugas ada or Petugas keluar."""

    here: bool


@dataclass(frozen=True)
class DevicesLost:
    """The device service is away; it will be back within seconds."""


@dataclass(frozen=True)
class DevicesBack:
    """The device service answers again."""


Event = (
    Press
    | Tick
    | CodeRead
    | KeyPressed
    | HeadphonesChanged
    | Guide
    | Captured
    | CaptureFailed
    | PrinterChanged
    | NetworkChanged
    | Submitted
    | SubmitFailed
    | TicketPrinted
    | TicketShown
    | TicketFound
    | TicketRefused
    | CollectorAccepted
    | CollectorRefused
    | DocumentVerified
    | DocumentRefused
    | PrintProgress
    | SheetRead
    | HandoverRecorded
    | Checked
    | SurveySaved
    | OperatorAnswered
    | OperatorPresence
    | DevicesLost
    | DevicesBack
)
