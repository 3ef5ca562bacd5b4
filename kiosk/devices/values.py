"""What the device service says and is told: plain values, the same on both sides of the socket."""

# no deferred annotations here: asyncvarlink reads the types of DeviceStatus and JobState as they stand
from dataclasses import dataclass
from typing import Literal

Purpose = Literal["page", "sheet"]


class DevicesAway(ConnectionError):
    """The device service is not there, or went away before it answered. Expected: it is restarted within seconds.

    The next call connects again by itself.
    """


@dataclass(frozen=True)
class DeviceStatus:
    """How one device is. `role`: reader, camera, scanner, ticket, printer, keypad.

    `state`: ready near_end no_paper cover_open jam no_toner missing busy fault unknown. `detail` is for a technician;
    "unasked" of a printer that nobody can ask how it is and that works all the same (unknown); "restarting" when the
    driver hung (unknown) or broke (fault) and is made anew, "hung" when that was given up.
    `headphones`: whether some are plugged into the keypad, None where nobody can say.
    """

    role: str
    state: str
    detail: str = ""
    sheets_left: int | None = None
    headphones: bool | None = None


@dataclass(frozen=True)
class PluggedDevice:
    """A device that was found plugged in. `address` is what would stand in the configuration for it; `name` is its own
    word for itself, for a technician."""

    role: str
    address: str
    name: str = ""


@dataclass(frozen=True)
class Head:
    """The ticket printer's head: `dots` side by side, `dpi` of them to the inch in both directions."""

    dots: int
    dpi: int


@dataclass(frozen=True)
class DeviceFailure:
    """An act did not take place.

    `why` of camera and scanner: camera_missing scanner_missing no_page timeout device_error. `why` of the page printer,
    when nothing was handed over: no_paper cover_open jam no_toner missing busy fault unknown duplicate.
    """

    why: str


@dataclass(frozen=True)
class Frame:
    """One preview picture, `width` x `height` pixels, three bytes each (red, green, blue), rows from the top.

    `hint`: none far cut_off_left cut_off_right cut_off_top cut_off_bottom corner tilted skewed dark shadow glare
    blurred moving blank sideways upside_down not_flat several code_far ok.
    `corners` are fractions of the frame, clockwise from top left, or empty. `texts` are the codes seen in it.
    `taken`: monotonic seconds of its exposure, or of its arrival where the camera does not say; the same on both sides.
    """

    width: int
    height: int
    rgb: bytes
    whole: bool = False
    sharp: bool = False
    no_glare: bool = False
    hint: str = "none"
    corners: tuple[tuple[float, float], ...] = ()
    texts: tuple[str, ...] = ()
    taken: float = 0.0


@dataclass(frozen=True)
class PageCapture:
    """A paper's picture.

    `page`: WebP at 200 dpi, rectified and cleaned, `width` x `height` pixels; `preview`: JPEG with no side above
    900 px. `ok` says that it is readable, otherwise `why` is a hint as in Frame; "copy" is
    said of a readable one that may be a photocopy.
    """

    page: bytes
    preview: bytes
    ok: bool
    why: str
    width: int
    height: int


@dataclass(frozen=True)
class SheetReading:
    """The codes on the sheet under the camera; `px_per_module` of the first; `picture`: PNG, as the camera saw it."""

    texts: tuple[str, ...]
    px_per_module: float | None
    picture: bytes


@dataclass(frozen=True)
class Job:
    """A print job. `sha256` (hex) is of the bytes that were handed over."""

    id: str
    sha256: str


@dataclass(frozen=True)
class JobState:
    """Where a print job is: queued printing printed sent no_paper jam cover_open no_toner failed unknown.

    `sheet` of `sheets` came out so far; `sheets` is 0 while nobody has counted. `sent`: the printer has it all and can
    tell nobody what came out. `certain` is false where more than `sheet` may have come out, or may yet.
    """

    state: str
    sheet: int = 0
    sheets: int = 0
    certain: bool = True

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in ("queued", "printing")
