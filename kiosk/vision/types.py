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
    """The one thing to tell the person now; the most useful first."""

    NONE = "none"
    FAR = "far"
    CUT_OFF_LEFT = "cut_off_left"
    CUT_OFF_RIGHT = "cut_off_right"
    CUT_OFF_TOP = "cut_off_top"
    CUT_OFF_BOTTOM = "cut_off_bottom"
    TILTED = "tilted"
    DARK = "dark"
    GLARE = "glare"
    BLURRED = "blurred"
    OK = "ok"


@dataclass(frozen=True)
class Quality:
    """How well a sheet can be read on a picture.

    sharpness: steepness of the strongest edges, 1/pixel; an ideal lens gives about 0.4, a Gaussian of 3 px 0.13.
    brightness: the paper's median luminance, 0-255. glare_fraction: part of the sheet lost in highlights, 0-1.
    tilt: largest deviation of a corner from a right angle, degrees. px_per_mm: as if the sheet were A4.
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

    @property
    def ok(self) -> bool:
        """Nothing stands against taking this picture."""
        return self.hint is Hint.OK
