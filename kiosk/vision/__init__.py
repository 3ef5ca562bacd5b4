"""Arrays in, findings out: reading codes, finding a sheet, judging, straightening and packing its picture.

No device, no screen, no file but in :mod:`kiosk.vision.commands`. Pictures are numpy uint8 arrays, BGR or grey.
"""

from kiosk.vision.cleaning import clean
from kiosk.vision.codes import find_codes, read_codes
from kiosk.vision.encoding import decode, encode
from kiosk.vision.page import find_page
from kiosk.vision.quality import measure
from kiosk.vision.rectifying import level, rectify, straighten
from kiosk.vision.types import (
    CLOSER,
    Code,
    Corners,
    Finding,
    FoundCodes,
    Hint,
    Image,
    PageFinding,
    Point,
    Quality,
    Side,
    Unread,
)

__all__ = [
    "CLOSER",
    "Code",
    "Corners",
    "Finding",
    "FoundCodes",
    "Hint",
    "Image",
    "PageFinding",
    "Point",
    "Quality",
    "Side",
    "Unread",
    "clean",
    "decode",
    "encode",
    "find_codes",
    "find_page",
    "level",
    "measure",
    "read_codes",
    "rectify",
    "straighten",
]
