"""What a journey asks of the world. Pure data; `kiosk.app` carries it out and answers with events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class StartPreview:
    """Run the document camera; answered by a stream of :class:`~kiosk.journeys.events.Guide`.

    `purpose`: page (a paper of the citizen) or sheet (a paper whose QR will be read).
    """

    purpose: Literal["page", "sheet"] = "page"


@dataclass(frozen=True)
class StopPreview:
    """Stop the document camera."""


@dataclass(frozen=True)
class TakeStill:
    """Take the paper's picture for `slot`; answered by Captured or CaptureFailed."""

    slot: str


@dataclass(frozen=True)
class ScanPage:
    """Take `slot` from the document scanner; answered by Captured or CaptureFailed."""

    slot: str


@dataclass(frozen=True)
class DropCapture:
    """Forget a picture."""

    capture: str


@dataclass(frozen=True)
class Attachment:
    """A picture that goes into the packet: the requirement's slot and the picture's name in memory."""

    slot: str
    capture: str


@dataclass(frozen=True)
class Collector:
    """Who may fetch the documents: the reporter, an adult of the family, a named proxy."""

    role: Literal["reporter", "family", "proxy"]
    nik: str
    name: str = ""


@dataclass(frozen=True)
class Submit:
    """Freeze, seal and store the application, then print its ticket; answered by Submitted or SubmitFailed.

    `services` are the documents asked for, in order. `answers` maps field names to values (strings, or lists and maps
    of strings; `surat_pengganti` maps the slot of a missing paper to what stands in for it). `revises` is the
    application's id when this is a corrected revision.
    """

    services: tuple[str, ...]
    for_whom: str
    answers: Mapping[str, Any]
    attachments: tuple[Attachment, ...]
    collectors: tuple[Collector, ...]
    contact: Mapping[str, str] = field(default_factory=dict[str, str])
    revises: str = ""


@dataclass(frozen=True)
class PrintTicket:
    """Print the ticket that is still in memory; answered by TicketPrinted."""

    on: Literal["slip", "a4"] = "slip"


@dataclass(frozen=True)
class RevealTicket:
    """Give the key's text to the one page that draws it; answered by TicketShown."""


@dataclass(frozen=True)
class ForgetTicket:
    """The citizen holds the ticket: wipe the key, mark the ticket seen."""


@dataclass(frozen=True)
class PrintRequirements:
    """Print the list of what to bring on the ticket printer."""

    services: tuple[str, ...]


@dataclass(frozen=True)
class PrintReason:
    """Print the reason of a return or refusal on the ticket printer."""

    document: str


@dataclass(frozen=True)
class LookUpTicket:
    """Open a scanned ticket, or look a typed number up; answered by TicketFound or TicketRefused."""

    text: str
    scanned: bool


@dataclass(frozen=True)
class OpenDocument:
    """Open the sealed document with the scanned ticket, compare the collector's NIK, verify the file.

    Answered by CollectorAccepted then DocumentVerified, or CollectorRefused, or DocumentRefused.
    """

    document: str
    nik: str


@dataclass(frozen=True)
class PrintDocument:
    """Print the verified bytes once; answered by PrintProgress until the act is settled."""

    document: str
    reason: Literal["first", "paper_out", "looks_bad", "reprint"] = "first"


@dataclass(frozen=True)
class ReadSheet:
    """Read the QR from the sheet under the camera and compare; answered by SheetRead."""

    document: str


@dataclass(frozen=True)
class RecordHandover:
    """The citizen says that the sheet is theirs; answered by HandoverRecorded."""

    document: str


@dataclass(frozen=True)
class CheckPaper:
    """Establish what can be established: from a code's text, or from the sheet under the camera when text is empty.

    Answered by Checked.
    """

    text: str = ""


@dataclass(frozen=True)
class SaveSurvey:
    """Store the answers by key U1…U9 and the optional four of the respondent; answered by SurveySaved."""

    answers: Mapping[str, int]
    about: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class CallOperator:
    """Ring for the operator, or stop ringing."""

    on: bool = True


@dataclass(frozen=True)
class Speak:
    """Read the page aloud."""


@dataclass(frozen=True)
class Wipe:
    """The visit is over: forget captures, ticket key, opened documents, cached frames; purge what the queue holds."""


Effect = (
    StartPreview
    | StopPreview
    | TakeStill
    | ScanPage
    | DropCapture
    | Submit
    | PrintTicket
    | RevealTicket
    | ForgetTicket
    | PrintRequirements
    | PrintReason
    | LookUpTicket
    | OpenDocument
    | PrintDocument
    | ReadSheet
    | RecordHandover
    | CheckPaper
    | SaveSurvey
    | CallOperator
    | Speak
    | Wipe
)
