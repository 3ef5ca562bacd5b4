"""Marks: what a screen is drawn of, as plain comparable values in whole pixels from the window's upper left corner."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.ui.theme import Rgba

Radii = tuple[int, int, int, int]  # top left, top right, bottom right, bottom left


class Fill(NamedTuple):
    """A filled rectangle with smooth round corners."""

    x: int
    y: int
    w: int
    h: int
    radii: Radii
    color: Rgba
    angle: float = 0


class Shadow(NamedTuple):
    """A soft shadow of elevation 1, 2 or 3 below a rectangle."""

    x: int
    y: int
    w: int
    h: int
    level: int


class Glyphs(NamedTuple):
    """A piece of one line of text. ``x`` is the pen's start, ``y`` the baseline."""

    x: int
    y: int
    text: str
    weight: int
    px: int
    color: Rgba
    angle: float = 0


class Pic(NamedTuple):
    """A picture of the assets, or of the visit when ``name`` begins with ``capture:`` or ``qr:``.

    ``stroke`` is a line width for icons (units of their 24 grid); ``fit`` cover crops, contain leaves room.
    """

    x: int
    y: int
    w: int
    h: int
    name: str
    tint: Rgba
    angle: float = 0
    stroke: float = 0
    fit: str = "stretch"
    radius: int = 0


class Strip(NamedTuple):
    """The woven motif, repeated along the width."""

    x: int
    y: int
    w: int
    h: int
    name: str


class Path(NamedTuple):
    """A smooth line through points."""

    points: tuple[float, ...]
    width: float
    color: Rgba
    close: bool = False


class Dashes(NamedTuple):
    """A dashed round outline."""

    x: int
    y: int
    w: int
    h: int
    radius: int
    width: int
    color: Rgba


class Arc(NamedTuple):
    """Part of a ring, degrees clockwise from the top."""

    cx: float
    cy: float
    r: float
    width: float
    start: float
    end: float
    color: Rgba


class Camera(NamedTuple):
    """Where the live picture goes; ``name`` tells one view from another."""

    x: int
    y: int
    w: int
    h: int
    radii: Radii


class Tri(NamedTuple):
    """A filled triangle; its edges are made smooth by a line of the same colour."""

    points: tuple[float, ...]
    color: Rgba


class Clip(NamedTuple):
    """What follows is drawn only inside, until ``Unclip``."""

    x: int
    y: int
    w: int
    h: int


class Unclip(NamedTuple):
    """Ends the last ``Clip``."""


class Mask(NamedTuple):
    """Fills what lies outside the round corners of a rectangle: a clipped picture gets its corners this way."""

    x: int
    y: int
    w: int
    h: int
    radii: Radii
    color: Rgba


Mark = Fill | Shadow | Glyphs | Pic | Strip | Path | Dashes | Arc | Camera | Tri | Clip | Unclip | Mask
