"""What the room says: codes, page findings and picture quality, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""A picture: uint8, (rows, columns) grey or (rows, columns, 3) BGR."""

Point = tuple[float, float]
"""x, y in pixels of the picture that was given; the middle of the first pixel is (0, 0)."""

Corners = tuple[Point, Point, Point, Point]
"""Four corners, clockwise as seen on the picture, starting at the top left."""

Quad = NDArray[np.float64]
"""Four corners, clockwise, shape (4, 2), pixels."""


@dataclass(frozen=True)
class Code:
    """One code that was read.

    `raw` holds the payload's bytes exactly as they were encoded; `text` is their reading as text, nothing escaped.
    `corners` start at the symbol's own top left. `version` (1-40), `ecc` (L, M, Q, H) and `px_per_module` are None
    where the decoder that succeeded does not tell. For Code 128 `version` and `ecc` are always None.
    """

    text: str
    raw: bytes
    corners: Corners
    version: int | None
    ecc: str | None
    px_per_module: float | None
    symbology: Literal["qr", "code128"] = "qr"


@dataclass(frozen=True)
class Unread:
    """A QR code that is there, but cannot be read: the person should hold it nearer, or lay it flatter.

    `px_per_module` is None where it was only seen by a decoder that does not tell. Below CLOSER little can be read.
    """

    corners: Corners
    px_per_module: float | None


CLOSER = 3.0
"""Pixels per module under which a code should come nearer: from there on most are read (docs/symbol-sizes.md)."""


@dataclass(frozen=True)
class FoundCodes:
    """The codes on a picture, and those that could not be read."""

    codes: tuple[Code, ...] = ()
    unread: tuple[Unread, ...] = ()


class Finding(StrEnum):
    """What lies before the camera."""

    PAGE = "page"
    NONE = "none"
    CUT_OFF = "cut_off"


Side = Literal["", "left", "right", "top", "bottom"]


@dataclass(frozen=True)
class PageFinding:
    """A sheet found, or not.

    `corners` is None exactly when `finding` is NONE; for CUT_OFF they are those of the visible part, so that an outline
    can be drawn, and `side` is the edge of the frame over which most of the sheet is lost. `several`: another paper of
    some size lies beside it. `flat`: no side is clearly bent.
    """

    corners: Corners | None
    finding: Finding
    side: Side = ""
    several: bool = False
    flat: bool = True


class Hint(StrEnum):
    """One thing to tell the person. The order is that in which they are told: first what spoils all the rest."""

    NONE = "none"
    CUT_OFF_LEFT = "cut_off_left"
    CUT_OFF_RIGHT = "cut_off_right"
    CUT_OFF_TOP = "cut_off_top"
    CUT_OFF_BOTTOM = "cut_off_bottom"
    FAR = "far"
    DARK = "dark"
    GLARE = "glare"
    SHADOW = "shadow"
    CORNER = "corner"  # folded over, or covered
    TILTED = "tilted"  # not square to the lens
    SKEWED = "skewed"  # turned in the frame
    MOVING = "moving"
    BLURRED = "blurred"
    COARSE = "coarse"  # too few pixels for a millimetre of the paper
    BLANK = "blank"
    SIDEWAYS = "sideways"
    UPSIDE_DOWN = "upside_down"
    COPY = "copy"  # never stands against a picture
    OK = "ok"


SheetKind = Literal["a4", "f4", "card", "other"]
"""What a sheet is by its proportions: ISO 216 A4, Indonesian folio (215 x 330 mm), ISO 7810 ID-1, or none of them."""


@dataclass(frozen=True)
class Quality:
    """How well a sheet can be read on a picture.

    sharpness: slope of the edges over their contrast, 1/pixel; an ideal lens gives about 0.4, a Gaussian of 3 px 0.13;
    0 where there are no edges. brightness: the paper's median luminance, 0-255. glare_fraction: part of the sheet lost
    in highlights, 0-1. tilt: largest deviation of a corner from a right angle, degrees. px_per_mm: as if the sheet were
    A4. `faults`: all that stands against taking the picture, `hint` the first of them; `notes`: what else may be said.
    evenness: darkest light on the sheet over the brightest, 0-1. turn: degrees the sheet is turned in the frame, -45 to
    45. blur: mm on the paper, standard deviation, infinite without edges. dpi: pixels an inch of the paper, by `kind`.
    """

    sharpness: float
    brightness: float
    glare_fraction: float
    tilt: float
    px_per_mm: float
    whole: bool
    sharp: bool
    no_glare: bool
    hint: Hint
    faults: tuple[Hint, ...] = ()
    notes: tuple[Hint, ...] = ()
    evenness: float = 1.0
    turn: float = 0.0
    blur: float = 0.0
    dpi: float = 0.0
    kind: SheetKind = "other"

    @property
    def ok(self) -> bool:
        """Nothing stands against taking this picture."""
        return self.hint is Hint.OK
