"""The six roles a kiosk's hardware plays, and the closed list of states it can be in.

A role is a Protocol; every implementation and every virtual twin passes the role's contract suite in
`tests/drivers/contract`. Expected failures are values of the cases below, never exceptions. The one rule that all
drivers share: a device that did not answer is :class:`Unknown` - never "offline", never "out of paper", never "fine".

Methods block; callers that must not wait run them in a thread. Every method is safe to call from several threads (one
port, one lock) and returns within its stated bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from PIL import Image

#: A colour picture as OpenCV keeps it: uint8, shape (height, width, 3), blue first.
Pixels = npt.NDArray[np.uint8]


# --- status: how a device is just now


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
    """It did not answer, or answered nonsense. `since`: monotonic seconds of the first unanswered question."""

    since: float


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
}


def name_of(status: Status) -> str:
    """The status' one word: ready near_end no_paper cover_open jam no_toner missing busy fault unknown."""
    return _NAMES[type(status)]


# --- what became of a slip and of a print job


class SlipOutcome(StrEnum):
    """What became of one slip. Only PRINTED says that the whole of it came out."""

    PRINTED = "printed"
    NO_PAPER = "no_paper"
    COVER_OPEN = "cover_open"
    MISSING = "missing"  # nothing was sent
    UNKNOWN = "unknown"  # part of it, or all, or nothing may have come out


class JobPhase(StrEnum):
    """Where one print job is. All but QUEUED and PRINTING are settled, by the printer's own word."""

    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
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
    """A job's phase, the sheets that came out so far, and the sheets in all (0 where nobody said)."""

    phase: JobPhase
    sheet: int = 0
    sheets: int = 0

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
    """Nothing was handed over and nothing will come out; `status` says why."""

    status: Status


# --- the roles


@runtime_checkable
class CodeReader(Protocol):
    """Reads printed codes and gives their bytes, exactly as printed: without prefix, suffix and terminator."""

    def status(self) -> Status:
        """Ready, Missing, Unknown, or Fault("not-grabbed") when another program holds it; answers within 1 s."""
        ...

    def read(self, timeout: float) -> bytes | Missing | None:
        """The next code's bytes; None when nobody showed one within `timeout` seconds; Missing when it is unplugged.

        The same code read again within a short window is one read. A reader that was unplugged is opened anew by a
        later call.
        """
        ...

    def close(self) -> None:
        """Let the port go. May be called twice."""
        ...


class TriggerMode(StrEnum):
    """When a code reader looks for a code."""

    MANUAL = "manual"  # while its own button is held
    COMMAND = "command"  # when the host says so
    CONTINUOUS = "continuous"  # always


@dataclass(frozen=True)
class ReaderSettings:
    """What a code reader is to be set to; None leaves a setting as it is. `read_timeout` in seconds, 0.1 to 25.5."""

    mode: TriggerMode | None = None
    beep: bool | None = None
    read_timeout: float | None = None


@dataclass(frozen=True)
class Accepted:
    """The reader said that it has taken the setting."""


@dataclass(frozen=True)
class Refused:
    """The reader said no, or its command set has nothing of the kind; `setting` is the field it happened at."""

    setting: str = ""


@dataclass(frozen=True)
class NoAnswer:
    """Nothing, half an answer or nonsense came back: whether the setting holds is not known."""

    setting: str = ""


@dataclass(frozen=True)
class ReaderIdentity:
    """What a reader says of itself: its command set's name, and its own words (model, firmware), printable ASCII."""

    model: str
    text: str


@runtime_checkable
class ConfigurableReader(CodeReader, Protocol):
    """A code reader that also takes commands. One that only types like a keyboard does not."""

    def identify(self) -> ReaderIdentity | Refused | NoAnswer | Missing:
        """What it says of itself; answers within 2 s. Codes that are read meanwhile are kept for read()."""
        ...

    def configure(self, settings: ReaderSettings) -> Accepted | Refused | NoAnswer | Missing:
        """Set it, one thing after the other up to the first that fails; answers within 5 s."""
        ...

    def trigger(self) -> Accepted | Refused | NoAnswer | Missing:
        """Begin to look for one code, for a reader in mode COMMAND; answers within 2 s."""
        ...


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture of a camera, and when it was taken: `time.monotonic() - taken` is its age in seconds.

    `taken` is the exposure where the camera says when that was, otherwise the picture's arrival on this machine.
    """

    pixels: Pixels
    taken: float


#: What a picture of a camera must have over A4 so that every seal and small print can be read, pixels per millimetre.
ENOUGH_PX_PER_MM = 10.0
#: Pixels that a still must have to be called one.
ENOUGH_PIXELS = 8_000_000


@dataclass(frozen=True)
class CameraFacts:
    """What a camera really gives. Sizes are (width, height) in pixels; (0, 0) where nothing is known yet.

    They are of the last pictures that came; `came` is false while they are only what the camera says of itself.
    `settings`: focus, exposure and white balance as they stand, written as its address takes them; empty without any.
    """

    preview: tuple[int, int] = (0, 0)
    still: tuple[int, int] = (0, 0)
    came: bool = False
    settings: str = ""

    @property
    def px_per_mm(self) -> float:
        """Pixels of a still per millimetre of an A4 sheet that just fits, lying along the picture: it is never more."""
        return min(max(self.still) / 297, min(self.still) / 210)

    @property
    def dpi(self) -> int:
        """The same per inch."""
        return int(self.px_per_mm * 25.4)

    @property
    def enough(self) -> bool:
        """Whether its stills have what the role asks for: 8 MP and 10 px/mm over A4."""
        return self.still[0] * self.still[1] >= ENOUGH_PIXELS and self.px_per_mm >= ENOUGH_PX_PER_MM


@runtime_checkable
class Camera(Protocol):
    """Looks down on the glass. Preview pictures are small and many; a still is at least 10 px/mm over A4.

    One device has one mode at a time: a still interrupts the preview, and the next frame() resumes it. Pictures are
    never queued. A camera without light is Fault("black"), one that repeats a picture bit for bit Fault("frozen"), one
    that is unplugged Missing, and one that is silent Unknown.
    """

    def status(self) -> Status:
        """Ready, Missing, Busy, Fault or Unknown; answers within 2 s."""
        ...

    def frame(self, timeout: float = 2.0) -> Picture | Missing | Unknown | Fault:
        """The newest preview picture (1280x720 or what the camera has): not given before, not older than a second."""
        ...

    def still(self, timeout: float = 10.0) -> Picture | Missing | Unknown | Fault:
        """One full-size picture, exposed after this call with focus, exposure and white balance held."""
        ...

    def describe(self) -> CameraFacts:
        """What it gives, as far as is known; takes no picture for it. Answers within 2 s."""
        ...

    def rest(self) -> None:
        """Stop the preview, so that the camera's light goes out; the next frame() starts it again."""
        ...

    def close(self) -> None:
        """Let the camera go. May be called twice."""
        ...


class ScanSource(StrEnum):
    """Where a scanner takes its pages from."""

    FLATBED = "flatbed"
    FEEDER = "feeder"  # one side of each sheet
    FEEDER_DUPLEX = "feeder_duplex"  # both sides: two pages a sheet


class ScanMode(StrEnum):
    """What a page's pixels are; all are given as :data:`Pixels`, equal in the three channels where they are grey."""

    COLOR = "color"
    GRAY = "gray"
    LINEART = "lineart"  # black or white


@dataclass(frozen=True)
class ScanSize:
    """A page's size in millimetres, from the glass's zero mark or the feeder's middle as the back-end has it."""

    width: float
    height: float


SCAN_A4 = ScanSize(210.0, 297.0)
SCAN_F4 = ScanSize(215.0, 330.0)  # the "folio" of Indonesian offices
SCAN_CARD = ScanSize(85.6, 54.0)  # ISO/IEC 7810 ID-1: KTP-el, KIA


@dataclass(frozen=True)
class ScanOptions:
    """How to scan. `dpi`: the nearest offered one is taken. `source` None: the scanner's own first choice.

    `size` None: all that the source can see. At most `pages` pages are taken from a feeder.
    """

    dpi: int = 200
    mode: ScanMode = ScanMode.COLOR
    source: ScanSource | None = None
    size: ScanSize | None = None
    pages: int = 50


@dataclass(frozen=True)
class ScannerFacts:
    """What a scanner says that it offers. `dpi`: offered resolutions in rising order, or (lowest, highest) of a range.

    `dpi_any`: the numbers are the ends of a range. `largest`: what the source asked about can see; None when not said.
    `sources` is empty where there is nothing to choose.
    """

    sources: tuple[ScanSource, ...] = ()
    modes: tuple[ScanMode, ...] = ()
    dpi: tuple[int, ...] = ()
    dpi_any: bool = False
    largest: ScanSize | None = None


@dataclass(frozen=True, eq=False)
class ScannedPage:
    """One whole page. `index` counts from 0; `dpi` is the resolution that it really has."""

    pixels: Pixels
    index: int
    dpi: int


@dataclass(frozen=True)
class ScanDone:
    """All pages came: `pages` of them. `more`: the limit was reached, sheets may be left in the feeder."""

    pages: int
    more: bool = False


@dataclass(frozen=True)
class ScanCancelled:
    """Somebody cancelled; pages given before are whole. `killed`: the back-end did not obey and was killed."""

    killed: bool = False


@dataclass(frozen=True)
class NotOffered:
    """The scanner has nothing of the kind and nothing was scanned; `setting`: "source", "mode", "size", "dpi"."""

    setting: str


@dataclass(frozen=True)
class TooLarge:
    """The picture that began to come is larger than a page may be; it was not taken."""


#: How a scan ended; a Status says what kept the next page from coming.
ScanEnd = ScanDone | ScanCancelled | NotOffered | TooLarge | Status


@runtime_checkable
class DocumentScanner(Protocol):
    """A flat-bed or sheet-fed scanner. Pages only ever are in memory. One scan at a time: a second one is Busy."""

    def status(self) -> Status:
        """Ready, Busy, Missing, Fault or Unknown; answers within 5 s. Of paper and covers only a scan tells."""
        ...

    def describe(self, source: ScanSource | None = None) -> ScannerFacts | NotOffered | Status:
        """What it offers with this source; answers within 10 s, from memory once it is known."""
        ...

    def scan(self, dpi: int = 200, timeout: float = 60.0) -> Pixels | Status:
        """One page in colour from the scanner's first source, or the state that kept it from coming."""
        ...

    def pages(self, options: ScanOptions, timeout: float = 60.0) -> Iterator[ScannedPage | ScanEnd]:
        """Page after page, each within `timeout` seconds; the last thing given is the ScanEnd, always.

        The feeder waits while the caller does. To leave the loop early ends the scan as cancel() does.
        """
        ...

    def cancel(self) -> bool:
        """End the scan that is under way in another thread: its last thing is ScanCancelled. False: there is none.

        Returns at once; the scan ends within 10 s.
        """
        ...

    def close(self) -> None:
        """Let the scanner go; a scan under way is cancelled. May be called twice."""
        ...


@runtime_checkable
class TicketPrinter(Protocol):
    """The thermal printer for tickets and slips."""

    @property
    def dots(self) -> int:
        """The head's width: 576 (80 mm paper) or 384 (58 mm)."""
        ...

    def status(self) -> Status:
        """Ready, NearEnd, NoPaper, CoverOpen, Fault, Missing or Unknown; answers within 2 s."""
        ...

    def print_slip(self, slip: Image.Image) -> SlipOutcome:
        """Burn one slip, once, and cut. `slip`: mode "1", `dots` wide or narrower, black is burnt."""
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
        """Hand a PDF over: one copy, one attempt, A4, no scaling, one side. `name` must say nothing personal."""
        ...

    def job(self, job_id: str) -> JobState:
        """Where the job is, by the printer's own word; UNKNOWN where nobody can say. Answers within 5 s."""
        ...

    def purge(self) -> bool:
        """Cancel all that is waiting or under way, so that paper put in later prints nothing. False: not certain."""
        ...

    def close(self) -> None:
        """Let the connection go. May be called twice."""
        ...


@runtime_checkable
class KeyPad(Protocol):
    """A few hardware keys and perhaps a headphone socket, for people who cannot use the touchscreen."""

    def status(self) -> Status:
        """Ready, Missing, Unknown, or Fault("not-grabbed") when another program holds it; answers within 1 s."""
        ...

    def key(self, timeout: float) -> str | Missing | None:
        """The next key pressed: "yes", "no", "back", "up", "down", "help" or a digit; None when there was none.

        A press is told once, however long the key is held; one held since before the pad was opened is not told.
        """
        ...

    def jack(self) -> bool | None:
        """Whether headphones are plugged in; None when the pad has no such switch or is away. Answers within 1 s.

        A change does not end a key() that waits: ask after each key(). Asking takes no key away.
        """
        ...

    def close(self) -> None:
        """Let the device go. May be called twice."""
        ...
