"""Papers under the camera or on the scanner's glass, and papers that are not there: picture 06."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.journeys.pages.common import Eyebrow, Steps, Tile


@dataclass(frozen=True)
class Capture:
    """06. The paper under the camera (or on the scanner's glass). `strip` is the sentence below the view.

    `good`: nothing stands against the picture, also nothing that has no check of its own. `countdown` runs 3, 2, 1
    while everything holds, 0 otherwise. The frame itself does not pass through journeys.
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
    good: bool = True


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
