"""Whether a sheet can be read on a picture, and what the person can do about it.

How each threshold was found, and how often each judgement is right: docs/scan-quality.md.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision import content, light, shape
from kiosk.vision.codes import to_grey
from kiosk.vision.flat import Flat, flatten
from kiosk.vision.focus import Focus, focus
from kiosk.vision.types import Corners, Hint, Image, Quality, SheetKind

FAR = 0.025  # of the frame's area; an identity card under a camera that fills its frame with A4 covers 0.035
TILTED = 12.0  # degrees off a right angle
SKEWED = 20.0  # degrees
DARK = 88.0  # paper's median luminance
SHADOW = 0.42  # darkest light over brightest
GLARE = 0.0045  # of the sheet's area
CORNER = 0.25  # see light.covered
BLUR: dict[SheetKind, float] = {"a4": 0.25, "f4": 0.25, "card": 0.17, "other": 0.22}
"""Millimetres on the paper, standard deviation; print on cards is smaller."""
LEAST_BLUR = 1.5  # pixels that the lens of a usual camera may blur without anything being wrong
DIRECTED = 1.3  # blur along over blur across: more is a path, not a lens
COARSE = 127.0  # pixels an inch: below, 8-point print is not readable
BLANK = 0.002  # of the sheet
LEVEL = 0.6  # see content.lines_run: more is lines that lie, less than its opposite lines that stand
DOWN = -0.3  # see content.upright
COLOURLESS = 0.0008  # of the sheet

_FINE = 1280  # pixels of a sheet on which lines of text stand apart
_FINEST = 12.0  # pixels for a millimetre, more than print of any size needs
_EDGE = 1.3  # mm of the paper that one edge of print may span


@dataclass(frozen=True)
class _Written:
    blank: bool
    faults: tuple[Hint, ...]
    notes: tuple[Hint, ...]


def measure(image: Image, corners: Corners | None, *, final: bool = False) -> Quality:
    """Judge the sheet inside `corners` (pixels of `image`); with None everything is zero and the hint is NONE.

    `final`: this is the picture that will be kept, not a preview; then its resolution is judged too.
    """
    if corners is None or image.size == 0:
        return Quality(0.0, 0.0, 0.0, 0.0, 0.0, False, False, False, Hint.NONE)
    height, width = image.shape[:2]
    flat = flatten(image, corners)
    view = to_grey(flat.view)
    sheet = shape.kind(corners)
    scale = shape.px_per_mm(corners, sheet)
    paper = light.brightness(view)
    glare, evenness = light.glare(view, paper), light.evenness(view)
    tilt, turn = shape.tilt(corners), shape.turn(corners)
    area = abs(float(cv2.contourArea(np.asarray(corners, np.float32)))) / (width * height)
    lost = shape.lost(corners, width, height)
    covered = lost is None and light.covered(flat.view) > CORNER
    fine = flatten(to_grey(image), corners, _FINE).view if final else view if sheet == "card" else None
    written = _written(view, fine, flat, sheet, paper, evenness)
    seen = Focus(0.0, math.inf, math.inf, math.inf) if written.blank else _focus(image, flat, scale)
    soft = _soft(seen, BLUR[sheet], scale)
    found: list[Hint] = [lost] if lost is not None else []
    judged = {
        Hint.FAR: area < FAR,
        Hint.DARK: paper < DARK,
        Hint.GLARE: glare > GLARE,
        Hint.SHADOW: evenness < SHADOW,
        Hint.CORNER: covered,
        Hint.TILTED: tilt > TILTED,
        Hint.SKEWED: abs(turn) > SKEWED,
        Hint.MOVING: soft is Hint.MOVING,
        Hint.BLURRED: soft is Hint.BLURRED and not written.blank,
        Hint.COARSE: final and scale * 25.4 < COARSE,
    }
    found += [hint for hint, is_so in judged.items() if is_so]
    found += written.faults
    return Quality(
        sharpness=seen.steepness,
        brightness=paper,
        glare_fraction=glare,
        tilt=tilt,
        px_per_mm=shape.px_per_mm(corners, "a4"),
        whole=lost is None and not covered,
        sharp=soft is None,
        no_glare=Hint.GLARE not in found,
        hint=found[0] if found else Hint.OK,
        faults=tuple(found),
        notes=written.notes,
        evenness=evenness,
        turn=turn,
        blur=seen.blur / scale if scale > 0 else math.inf,
        dpi=scale * 25.4,
        kind=sheet,
    )


def _focus(image: Image, flat: Flat, scale: float) -> Focus:
    """How sharp the print is; what is much finer than print is measured smaller, so that edges stay edges."""
    grey, shrink = to_grey(image), scale / _FINEST
    if shrink > 1.3:
        grey = np.asarray(cv2.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA), np.uint8)
        flat = Flat(flat.view, flat.matrix @ np.diag([shrink, shrink, 1.0]))
    else:
        shrink = 1.0
    window = int(np.clip(round(_EDGE * scale / shrink) | 1, 7, 17))
    seen = focus(grey, flat, window)
    return Focus(seen.steepness / shrink, seen.blur * shrink, seen.along * shrink, seen.across * shrink)


def _soft(seen: Focus, most: float, scale: float) -> Hint | None:
    """What makes the print unsharp: the lens, a movement, or None; `most` in millimetres."""
    limit = max(most * scale, LEAST_BLUR)
    if seen.along > limit and seen.along > DIRECTED * seen.across and math.isfinite(seen.along):
        return Hint.MOVING
    return Hint.BLURRED if seen.blur > limit else None


def _written(view: Image, fine: Image | None, flat: Flat, sheet: SheetKind, paper: float, evenness: float) -> _Written:
    """What the sheet's contents tell; nothing where the light is too bad to tell.

    `fine`: a view on which lines of text stand apart, to tell which end is up; None where there is none.
    """
    if min(view.shape) < 48 or paper < DARK / 2:
        return _Written(False, (), ())
    darker = content.ink(view)
    amount = content.written(darker)
    if amount < BLANK:
        # a shadow's edge may pass for print, not print for a bare sheet
        return _Written(True, (Hint.BLANK,), ())
    notes = (Hint.COPY,) if _colourless(view, flat, darker, sheet, paper, evenness) else ()
    run = content.lines_run(darker)
    if run < -LEVEL:
        return _Written(False, (Hint.SIDEWAYS,), notes)
    if run <= LEVEL or evenness < SHADOW or fine is None:
        return _Written(False, (), notes)
    if content.upright(darker if fine is view else content.ink(fine)) < DOWN:
        return _Written(False, (Hint.UPSIDE_DOWN,), notes)
    return _Written(False, (), notes)


def _colourless(
    view: Image, flat: Flat, darker: NDArray[np.float32], sheet: SheetKind, paper: float, evenness: float
) -> bool:
    """Whether it may be a copy: no colour at all where an original has a portrait or is a card."""
    if flat.view.ndim == 2 or paper < DARK or evenness < SHADOW:
        return False
    return (sheet == "card" or content.pictured(darker, view)) and content.coloured(flat.view) < COLOURLESS
