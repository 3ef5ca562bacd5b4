"""What is on the screen, as data. One class a screen; the screen draws it and decides nothing.

Texts that depend on the state or on the service pack are finished Indonesian sentences in the page; labels that never
change (buttons, the bottom bar) belong to the screen. Numbers of the design's pictures stand in the docstrings.
One module a part of the visit; `view` ties them together.
"""

from __future__ import annotations

from kiosk.catalog.site import Site
from kiosk.journeys.pages.applying import (
    AnswerRow,
    CheckAnswers,
    EnterNumber,
    PhotoRow,
    Question,
)
from kiosk.journeys.pages.capturing import (
    Capture,
    CaptureReview,
    NoPaper,
)
from kiosk.journeys.pages.checking import (
    CheckPrompt,
    VerdictPage,
)
from kiosk.journeys.pages.choosing import (
    Closed,
    ForWhom,
    Home,
    Package,
    PackageItem,
    PickEvent,
    RequirementLine,
    ServiceDetail,
    Waiting,
)
from kiosk.journeys.pages.collecting import (
    PlaceSheet,
    Printing,
    PrintStopped,
    ProgressStep,
    ReadBack,
)
from kiosk.journeys.pages.common import (
    Eyebrow,
    Steps,
    Tile,
)
from kiosk.journeys.pages.ending import (
    SurveyAbout,
    SurveyQuestion,
    Thanks,
)
from kiosk.journeys.pages.following import (
    DocumentRow,
    EnterTicketNumber,
    ScanTicket,
    Timeline,
    TimelineStep,
    Track,
)
from kiosk.journeys.pages.overlays import (
    DisplaySheet,
    HelpSheet,
    IdleWarning,
    Overlay,
)
from kiosk.journeys.pages.telling import (
    Charter,
    Complaint,
    Notice,
    Sorry,
    Working,
)
from kiosk.journeys.pages.ticketing import (
    Sent,
    TicketOnScreen,
    TicketOut,
)
from kiosk.journeys.pages.view import (
    Page,
    Settings,
    Status,
    View,
)

__all__ = [
    "AnswerRow",
    "Capture",
    "CaptureReview",
    "Charter",
    "CheckAnswers",
    "CheckPrompt",
    "Closed",
    "Complaint",
    "DisplaySheet",
    "DocumentRow",
    "EnterNumber",
    "EnterTicketNumber",
    "Eyebrow",
    "ForWhom",
    "HelpSheet",
    "Home",
    "IdleWarning",
    "NoPaper",
    "Notice",
    "Overlay",
    "Package",
    "PackageItem",
    "Page",
    "PhotoRow",
    "PickEvent",
    "PlaceSheet",
    "PrintStopped",
    "Printing",
    "ProgressStep",
    "Question",
    "ReadBack",
    "RequirementLine",
    "ScanTicket",
    "Sent",
    "ServiceDetail",
    "Settings",
    "Site",
    "Sorry",
    "Status",
    "Steps",
    "SurveyAbout",
    "SurveyQuestion",
    "Thanks",
    "TicketOnScreen",
    "TicketOut",
    "Tile",
    "Timeline",
    "TimelineStep",
    "Track",
    "VerdictPage",
    "View",
    "Waiting",
    "Working",
]
