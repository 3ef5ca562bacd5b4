"""What is on the screen, as data. One class a screen; the screen draws it and decides nothing.

Texts that depend on the state or on the service pack are finished Indonesian sentences in the page; labels that never
change (buttons, the bottom bar) belong to the screen. Numbers of the design's pictures stand in the docstrings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kiosk.catalog.site import Site


@dataclass(frozen=True)
class Tile:
    """A choice with a picture and a word. `icon` is a Tabler outline icon; `tag` a chip such as Cetak di sini."""

    value: str
    icon: str
    title: str
    help: str = ""
    tag: str = ""
    tag_kind: Literal["", "ok", "inf", "warn", "off"] = ""


@dataclass(frozen=True)
class Eyebrow:
    """The small line above a heading: what this is about, and how far."""

    icon: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Steps:
    """The stepper of the bottom bar, 1-based."""

    current: int
    total: int = 5


@dataclass(frozen=True)
class Waiting:
    """00. The invitation."""

    notice: str = ""


@dataclass(frozen=True)
class Home:
    """01. What shall it be today?"""

    collect_tag: str = ""
    track_note: str = ""


@dataclass(frozen=True)
class PickEvent:
    """02 (`by`: event) and 02a (`by`: document)."""

    by: Literal["event", "document"]
    tiles: tuple[Tile, ...]
    rows_page: int = 1
    rows_pages: int = 1


@dataclass(frozen=True)
class Closed:
    """A service that the regency has closed, or that only the office can give: why, and what to do instead."""

    eyebrow: Eyebrow
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ForWhom:
    """02b."""

    eyebrow: Eyebrow
    options: tuple[Tile, ...]
    chosen: str = ""
    error: str = ""


@dataclass(frozen=True)
class PackageItem:
    """One document of a package, ticked or not."""

    service: str
    icon: str
    title: str
    help: str
    tag: str
    tag_kind: Literal["ok", "inf"]
    ticked: bool


@dataclass(frozen=True)
class Package:
    """03b. Several documents of one event in one visit."""

    eyebrow: Eyebrow
    items: tuple[PackageItem, ...]
    longest_time: str
    error: str = ""

    @property
    def ticked(self) -> int:
        """How many documents are ticked."""
        return sum(item.ticked for item in self.items)


@dataclass(frozen=True)
class RequirementLine:
    """What to bring, and one line of reassurance."""

    icon: str
    title: str
    help: str


@dataclass(frozen=True)
class ServiceDetail:
    """03. `part` 1: what to bring, fee, time, procedure. `part` 2: product, legal basis, complaints."""

    eyebrow: Eyebrow
    part: Literal[1, 2]
    requirements: tuple[RequirementLine, ...]
    remark: str
    time: str
    procedure: tuple[tuple[str, str], ...]
    product: str
    legal_basis: tuple[str, ...]
    complaints: tuple[tuple[str, str], ...]
    attention: str = ""
    printing: str = ""  # how the printing of the list goes, in words
    can_start: bool = True


@dataclass(frozen=True)
class EnterNumber:
    """04. Sixteen digits on cells, or a shorter number. `kind`: nik, kk, collector_nik, phone.

    `digits` is what was typed so far; `masked` is set once the number was accepted and is shown instead.
    """

    eyebrow: Eyebrow
    kind: Literal["nik", "kk", "collector_nik", "phone"]
    heading: str
    help: str
    digits: str
    length: int = 16
    error: str = ""
    note: str = ""
    masked: str = ""
    ways: tuple[Literal["use_nik", "use_kk", "scan_code", "dont_know", "skip"], ...] = ()
    steps: Steps | None = None
    can_go_on: bool = False


@dataclass(frozen=True)
class Question:
    """05, 05b. One question. `kind` tells which control answers it.

    choice: `options`, `chosen`. text: capital letters keyboard, `text`. number: pad, `text`. date: `day`, `month`,
    `year`, `part` being typed, `check` the weekday read back. time: `text` as hhmm digits.
    """

    eyebrow: Eyebrow
    name: str
    kind: Literal["choice", "text", "number", "date", "time"]
    heading: str
    help: str
    options: tuple[Tile, ...] = ()
    chosen: str = ""
    text: str = ""
    unit: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    part: Literal["", "day", "month", "year"] = ""
    check: str = ""
    error: str = ""
    keyboard: Literal["letters", "letters_digits"] = "letters"
    dont_know: str = ""
    rows_page: int = 1
    rows_pages: int = 1
    steps: Steps | None = None
    can_go_on: bool = True


@dataclass(frozen=True)
class Capture:
    """06. The paper under the camera (or on the scanner's glass). `strip` is the sentence below the view.

    `countdown` runs 3, 2, 1 while everything holds, 0 otherwise. The frame itself does not pass through journeys.
    """

    eyebrow: Eyebrow
    slot: str
    heading: str
    index: int
    total: int
    source: Literal["camera", "scanner"]
    whole: bool
    sharp: bool
    no_glare: bool
    corners: tuple[tuple[float, float], ...]
    strip: str
    countdown: int = 0
    busy: bool = False
    error: str = ""
    offer_help: bool = False
    steps: Steps | None = None


@dataclass(frozen=True)
class CaptureReview:
    """06 after the picture: the whole page, a closer look, keep or repeat."""

    eyebrow: Eyebrow
    slot: str
    heading: str
    capture: str
    readable: bool
    remark: str
    zoomed: bool = False
    steps: Steps | None = None


@dataclass(frozen=True)
class NoPaper:
    """06, Surat tidak ada: the legal substitute, as choices that are real answers."""

    eyebrow: Eyebrow
    slot: str
    heading: str
    sentences: tuple[str, ...]
    options: tuple[Tile, ...]
    chosen: str = ""
    error: str = ""
    steps: Steps | None = None


@dataclass(frozen=True)
class AnswerRow:
    """A question and its answer as the person will read it. `missing` turns the row amber."""

    name: str
    question: str
    answer: str
    missing: bool = False


@dataclass(frozen=True)
class PhotoRow:
    """A paper of the application: its picture, or how it is replaced."""

    slot: str
    title: str
    capture: str
    remark: str
    ok: bool = True


@dataclass(frozen=True)
class CheckAnswers:
    """07. `rows` are those of this page; `declared` the ticked statement; `blocked` says why Kirim is off."""

    rows: tuple[AnswerRow, ...]
    first: int
    total: int
    rows_page: int
    rows_pages: int
    photos: tuple[PhotoRow, ...]
    declaration: str
    declared: bool
    blocked: str = ""
    error: str = ""
    steps: Steps | None = None


@dataclass(frozen=True)
class Notice:
    """What the data is for: the notice that UU 27/2022 Ps 21 asks for. Heading and text pairs."""

    heading: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Working:
    """Named progress, for what takes longer than two seconds."""

    heading: str
    step: str


@dataclass(frozen=True)
class TicketOut:
    """08a. Has the ticket come out? `attempt` counts the printings; `state`: printing, printed, failed."""

    number: str
    services: tuple[str, ...]
    state: Literal["printing", "printed", "failed"]
    on: Literal["slip", "a4"]
    attempt: int
    sentence: str
    may_show: bool = False


@dataclass(frozen=True)
class TicketOnScreen:
    """08a on wish: number and QR for a photograph, for a minute. The only page that holds the key."""

    number: str
    payload: str
    seconds: int


@dataclass(frozen=True)
class Sent:
    """08 (`online`) and 08b. `lines`: icon, strong line, note."""

    number: str
    services: tuple[str, ...]
    online: bool
    heading: str
    sentence: str
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ScanTicket:
    """09a. `purpose`: track or collect."""

    purpose: Literal["track", "collect"]
    error: str = ""
    busy: bool = False


@dataclass(frozen=True)
class EnterTicketNumber:
    """A ticket's number by hand: states only."""

    text: str
    error: str = ""


@dataclass(frozen=True)
class DocumentRow:
    """09. One document of the ticket. `bar` is its six-part bar: d done, n now, x refused, - to come."""

    document: str
    icon: str
    title: str
    state: str
    state_icon: str
    state_kind: Literal["ok", "inf", "warn", "err"]
    line: str
    bar: str
    acts: bool = False


@dataclass(frozen=True)
class Track:
    """09. `now` is the one thing to do now: eyebrow, heading, sentence, button label, act's value ('' for none)."""

    number: str
    heading: str
    rows: tuple[DocumentRow, ...]
    now_heading: str
    now_sentence: str
    now_button: str = ""
    now_document: str = ""
    fee_line: str = ""
    offline_note: str = ""
    by_ticket: bool = True


@dataclass(frozen=True)
class TimelineStep:
    """`state`: done, now, attention, refused, future."""

    title: str
    line: str
    state: Literal["done", "now", "attention", "refused", "future"]


@dataclass(frozen=True)
class Timeline:
    """09, 09b, 09c: one document's way. `panel` chooses the right pane.

    repair: chip, part, the clerk's message, the button's label, a deadline sentence. refused: the reason and the ways
    on. ready: print. office: where to fetch it. none: nothing to do now.
    """

    eyebrow: Eyebrow
    number: str
    document: str
    heading: str
    steps: tuple[TimelineStep, ...]
    panel: Literal["none", "ready", "repair", "refused", "office"]
    panel_chip: str = ""
    panel_heading: str = ""
    message: str = ""
    button: str = ""
    info: str = ""
    ways: tuple[Tile, ...] = ()


@dataclass(frozen=True)
class ProgressStep:
    """A line of 10's card. `state`: done, now, future."""

    title: str
    line: str
    state: Literal["done", "now", "future"]


@dataclass(frozen=True)
class Printing:
    """10. `fraction` 0…1 of the expected time."""

    eyebrow: Eyebrow
    number: str
    heading: str
    sentence: str
    steps: tuple[ProgressStep, ...]
    fraction: float
    remaining: str
    paper_line: str = ""


@dataclass(frozen=True)
class PrintStopped:
    """10b and its kin. `why`: no_paper, jam, cover_open, no_toner, missing, failed, unknown, signature, not_opened,
    looks_bad (the sheet goes to the operator first).

    `can_retry` is false when a sheet is in an unknown state: then only the operator goes on.
    """

    eyebrow: Eyebrow
    number: str
    document: str
    why: str
    heading: str
    sentences: tuple[str, ...]
    can_retry: bool
    ready: bool = False


@dataclass(frozen=True)
class PlaceSheet:
    """11 before the reading: lay the sheet under the camera."""

    eyebrow: Eyebrow
    document: str
    strip: str
    corners: tuple[tuple[float, float], ...] = ()
    error: str = ""
    may_skip: bool = False


@dataclass(frozen=True)
class ReadBack:
    """11 after the reading. `result`: match, differs, unreadable, cannot_compare."""

    eyebrow: Eyebrow
    document: str
    result: str
    heading: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    strip: str
    may_receive: bool


@dataclass(frozen=True)
class CheckPrompt:
    """12 before the verdict: show the paper's QR to the camera or the reader."""

    strip: str
    corners: tuple[tuple[float, float], ...] = ()
    error: str = ""
    busy: bool = False


@dataclass(frozen=True)
class VerdictPage:
    """12, 12b, 12c, 12d, 13, 13b."""

    verdict: str
    heading: str
    sentence: str
    facts_heading: str
    facts: tuple[tuple[str, str], ...]
    advice: str
    list_line: str
    list_old: bool = False
    look_up: str = ""
    contact: str = ""  # where to ask the office, where the verdict asks for it


@dataclass(frozen=True)
class SurveyQuestion:
    """14. `faces` are the four words from 1 to 4."""

    key: str
    index: int
    total: int
    heading: str
    faces: tuple[str, str, str, str]
    chosen: int = 0
    skip_label: str = "Lewati"


@dataclass(frozen=True)
class SurveyAbout:
    """14b. Four optional facts: name, heading, options as value and label."""

    groups: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    chosen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Thanks:
    """The end of a visit, with what happens next."""

    heading: str
    sentence: str
    offer_complaint: bool = False
    offer_survey: bool = False


@dataclass(frozen=True)
class Charter:
    """23. The six published items of a service, a page each service."""

    eyebrow: Eyebrow
    items: tuple[tuple[str, str, str], ...]  # icon, heading, text
    pledge: str
    rows_page: int
    rows_pages: int


@dataclass(frozen=True)
class Complaint:
    """21. Channels first, for nothing here goes through the village's account."""

    channels: tuple[tuple[str, str, str], ...]  # icon, name, address
    checked_on: str


@dataclass(frozen=True)
class Sorry:
    """Something failed: what happened, that the data is safe, the next step."""

    heading: str
    sentences: tuple[str, ...]
    retry: str = ""  # label of the button that tries again; empty for none


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
class IdleWarning:
    """15. Over any page; what lies behind is not legible."""

    seconds: int


@dataclass(frozen=True)
class HelpSheet:
    """24. `state`: called, coming, not_coming, away."""

    state: Literal["called", "coming", "not_coming", "away"]
    waited: int = 0


@dataclass(frozen=True)
class DisplaySheet:
    """Tampilan: text size, contrast, less motion."""


Overlay = IdleWarning | HelpSheet | DisplaySheet


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
    """What the top bar says. `printer` as in PrinterChanged; `now` is wall time."""

    online: bool = True
    printer: str = "ready"
    now: float = 0.0


@dataclass(frozen=True)
class View:
    """All that the screen needs to draw itself."""

    page: Page
    site: Site
    overlay: Overlay | None = None
    status: Status = field(default_factory=Status)
    settings: Settings = field(default_factory=Settings)
