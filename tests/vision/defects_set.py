"""The reference for judging pictures: per defect, photographs that are spoilt by it and photographs that are not.

Spoilt means ruinous by a measure that knows nothing of the judgement: print that Tesseract no longer reads (blur,
motion, pixels for a millimetre), print's contrast halved over three square centimetres of an A4 sheet (glare), or a
physical strength (the rest). Not spoilt is the same defect at a strength that does no harm, and no defect at all. What
lies between has no right answer and is left out. Strengths: docs/scan-quality.md.
"""

# pyright: basic
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kiosk.vision import Hint
from kiosk.vision.types import Corners
from tests.vision.defect_pages import KINDS, PAPERS, Pixels, copied, page, with_back_shining
from tests.vision.defects import PREVIEW, STILL, Spoilt, photograph, varied

TUNING, TEST = 0, 1_000_000
"""Where the seeds for choosing thresholds begin, and those for telling how good they are."""


@dataclass(frozen=True)
class Strengths:
    """Values of one field of Spoilt: some that do no harm, some that ruin."""

    name: str
    harmless: tuple[float, ...]
    ruinous: tuple[float, ...]


IN_STILLS = {
    Hint.BLURRED: Strengths("blur", (0.0, 0.1, 0.18), (0.4, 0.5, 0.7)),
    Hint.MOVING: Strengths("motion", (0.0, 0.2, 0.4), (1.2, 1.6, 2.2)),
    Hint.COARSE: Strengths("share", (0.92, 0.75, 0.6), (0.28, 0.22, 0.18)),
    Hint.UPSIDE_DOWN: Strengths("quarter", (0,), (2,)),
}
IN_PREVIEWS = {
    Hint.BLURRED: Strengths("blur", (0.0, 0.1, 0.25), (0.9, 1.2, 1.6)),
    Hint.GLARE: Strengths("glare", (0.0, 0.0015), (0.014, 0.03, 0.06)),
    Hint.DARK: Strengths("light", (1.0, 0.75, 0.6), (0.3, 0.2, 0.12)),
    Hint.SHADOW: Strengths("shadow", (1.0, 0.8, 0.65), (0.35, 0.25, 0.15)),
    Hint.CORNER: Strengths("hidden", (0.0, 0.015, 0.025), (0.08, 0.1, 0.14)),
    Hint.TILTED: Strengths("tilt", (0.0, 5.0, 10.0), (40.0, 45.0, 50.0)),
    Hint.SKEWED: Strengths("turn", (0.0, -6.0, 10.0), (28.0, -32.0, 40.0)),
    Hint.BLANK: Strengths("", (), ()),
    Hint.SIDEWAYS: Strengths("quarter", (0, 2), (1, 3)),
    Hint.UPSIDE_DOWN: Strengths("quarter", (0,), (2,)),
    Hint.COPY: Strengths("", (), ()),
}
_CARD = {"blur": 0.6, "motion": 0.6, "hidden": 53.98 / 210, "share": 0.33}
"""What a card needs for the same: its print is smaller, and it is."""


@dataclass(frozen=True)
class Case:
    """One photograph of the reference, its corners as a page finder sees them, and whether it is spoilt."""

    picture: Pixels
    corners: Corners
    kind: str
    strength: float
    bad: bool


def case(defect: Hint, bad: bool, seed: int, *, still: bool = False) -> Case | None:
    """The photograph with this number; None where chance made one that has no right answer."""
    rng = np.random.default_rng([seed, list(Hint).index(defect), int(bad), int(still)])
    strengths = (IN_STILLS if still else IN_PREVIEWS)[defect]
    kind = str(rng.choice(KINDS))
    if defect is Hint.BLANK and bad:
        kind = "blank"
    if defect is Hint.BLANK and not bad and rng.random() < 0.6:
        kind = "form"
    if defect is Hint.COPY and (bad or rng.random() < 0.5):
        kind = "card"
    paper = str(rng.choice(list(PAPERS))) if defect is Hint.GLARE else ""
    sheet = page(kind, rng, paper=paper)
    value = float(rng.choice(strengths.ruinous if bad else strengths.harmless)) if strengths.name else 0.0
    if defect is Hint.BLANK and bad:
        value = float(rng.choice([0.0, 0.0, 0.04, 0.08]))
        sheet = with_back_shining(sheet, page("letter", rng, paper="white", size=sheet.size), value)
    if defect is Hint.COPY and bad:
        sheet = copied(sheet, rng)
    spoilt = varied(rng, Spoilt())
    if strengths.name:
        strength = value * (_CARD.get(strengths.name, 1.0) if kind == "card" else 1.0)
        if defect is Hint.CORNER:
            strength = value * (53.98 if kind == "card" else 210.0)
        if defect in (Hint.SIDEWAYS, Hint.UPSIDE_DOWN):
            spoilt = replace(spoilt, quarter=int(value))
        elif defect in (Hint.DARK, Hint.SKEWED):  # the defect itself, without what else varies it
            spoilt = replace(spoilt, **{strengths.name: strength})
        else:
            spoilt = replace(spoilt, **{strengths.name: strength})
    shot = photograph(sheet, spoilt, rng, STILL if still else PREVIEW)
    if defect is Hint.GLARE and (shot.washed_out < 0.005 if bad else shot.washed_out > 0.0015):
        return None
    found = np.array(shot.corners) + rng.normal(0, 0.8 * shot.picture.shape[1] / 1280, (4, 2))
    # clockwise from the top left as the picture has it
    one, two, three, four = ((float(x), float(y)) for x, y in np.roll(found, spoilt.quarter, axis=0))
    return Case(shot.picture, (one, two, three, four), kind, value, bad)
