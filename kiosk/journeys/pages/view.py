"""All pages as one type, and with it everything that the screen needs to draw itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kiosk.catalog.site import Site
from kiosk.journeys.pages.applying import CheckAnswers, EnterNumber, Question
from kiosk.journeys.pages.capturing import Capture, CaptureReview, NoPaper
from kiosk.journeys.pages.checking import CheckPrompt, VerdictPage
from kiosk.journeys.pages.choosing import Closed, ForWhom, Home, Package, PickEvent, ServiceDetail, Waiting
from kiosk.journeys.pages.collecting import PlaceSheet, Printing, PrintStopped, ReadBack
from kiosk.journeys.pages.ending import SurveyAbout, SurveyQuestion, Thanks
from kiosk.journeys.pages.following import EnterTicketNumber, ScanTicket, Timeline, Track
from kiosk.journeys.pages.overlays import Overlay
from kiosk.journeys.pages.telling import Charter, Complaint, Notice, Sorry, Working
from kiosk.journeys.pages.ticketing import Sent, TicketOnScreen, TicketOut

Page = (
    Waiting
    | Home
    | PickEvent
    | Closed
    | ForWhom
    | Package
    | ServiceDetail
    | EnterNumber
    | Question
    | Capture
    | CaptureReview
    | NoPaper
    | CheckAnswers
    | Notice
    | Working
    | TicketOut
    | TicketOnScreen
    | Sent
    | ScanTicket
    | EnterTicketNumber
    | Track
    | Timeline
    | Printing
    | PrintStopped
    | PlaceSheet
    | ReadBack
    | CheckPrompt
    | VerdictPage
    | SurveyQuestion
    | SurveyAbout
    | Thanks
    | Charter
    | Complaint
    | Sorry
)


@dataclass(frozen=True)
class Settings:
    """How this visit wants to see and hear."""

    language: Literal["id", "bug", "en"] = "id"
    text_size: Literal["normal", "large", "largest"] = "normal"
    contrast: bool = False
    less_motion: bool = False
    listening: bool = False


@dataclass(frozen=True)
class Status:
    """What the top bar says. `printer` as in PrinterChanged; `now` is wall time. `headphones`: some are plugged in."""

    online: bool = True
    printer: str = "ready"
    now: float = 0.0
    headphones: bool = False


@dataclass(frozen=True)
class View:
    """All that the screen needs to draw itself."""

    page: Page
    site: Site
    overlay: Overlay | None = None
    status: Status = field(default_factory=Status)
    settings: Settings = field(default_factory=Settings)
