"""What four corners tell: what is lost over the frame's edge, how the sheet lies, what it is, how fine it is seen."""

from __future__ import annotations

import math

from kiosk.vision.flat import sides
from kiosk.vision.types import Corners, Hint, SheetKind

MARGIN = 0.0035  # of the frame's shorter side: a corner nearer to the frame's edge counts as lost

LONG_SIDES: dict[SheetKind, float] = {"a4": 297.0, "f4": 330.0, "card": 85.6, "other": 210.0}
"""Millimetres. What is none of them is taken for an opened booklet (ISO 216 A5: 210 mm)."""

_A4 = (1.36, 1.475)  # long side over short: 1.414, and what corners found on a preview make of it
_F4 = 1.56  # below are 215 x 330 mm (1.535), above ID-1 cards (1.586)
_CARD = 1.66


def lost(corners: Corners, width: int, height: int) -> Hint | None:
    """The side of the frame over which corners are lost, None when all four are in."""
    margin = MARGIN * min(width, height)
    beyond = {
        Hint.CUT_OFF_LEFT: sum(margin - x for x, _ in corners if x < margin),
        Hint.CUT_OFF_RIGHT: sum(x - (width - 1 - margin) for x, _ in corners if x > width - 1 - margin),
        Hint.CUT_OFF_TOP: sum(margin - y for _, y in corners if y < margin),
        Hint.CUT_OFF_BOTTOM: sum(y - (height - 1 - margin) for _, y in corners if y > height - 1 - margin),
    }
    side, most = max(beyond.items(), key=lambda item: item[1])
    return side if most > 0 else None


def tilt(corners: Corners) -> float:
    """Largest deviation of a corner from a right angle, degrees."""
    worst = 0.0
    for index in range(4):
        before, here, after = corners[index - 1], corners[index], corners[(index + 1) % 4]
        one = math.atan2(before[1] - here[1], before[0] - here[0])
        two = math.atan2(after[1] - here[1], after[0] - here[0])
        angle = abs(math.degrees(one - two)) % 360
        worst = max(worst, abs(min(angle, 360 - angle) - 90))
    return worst


def turn(corners: Corners) -> float:
    """Degrees the sheet is turned in the frame, clockwise, to the nearest quarter: -45 to 45."""
    x = y = 0.0
    for index in range(4):
        here, after = corners[index], corners[(index + 1) % 4]
        angle = 4 * math.atan2(after[1] - here[1], after[0] - here[0])
        long = math.dist(here, after)
        x, y = x + long * math.cos(angle), y + long * math.sin(angle)
    return math.degrees(math.atan2(y, x)) / 4


def kind(corners: Corners) -> SheetKind:
    """What the sheet is by its proportions; folio and card lie 3 % apart, and a sheet far from square to the lens is
    told with less certainty."""
    across, down = sides(corners)
    long = max(across, down) / max(1.0, min(across, down))
    if _A4[0] <= long < _A4[1]:
        return "a4"
    if _A4[1] <= long < _F4:
        return "f4"
    return "card" if _F4 <= long < _CARD else "other"


def px_per_mm(corners: Corners, sheet: SheetKind) -> float:
    """Pixels of the picture a millimetre of the paper, from the long sides' mean."""
    return max(sides(corners)) / LONG_SIDES[sheet]
