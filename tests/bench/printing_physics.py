"""How a QR symbol comes out of a printer: seeded models of a 600-dpi laser and of thermal heads, as light reflected.

What is modelled, and after what:

- a rasteriser sets whole dots; a module that is no whole number of dots comes out now wider, now narrower;
- laser: toner reaches beyond the dot (mechanical dot gain) with a ragged edge, light that enters the paper beside it is
  lost below it (optical dot gain, Yule and Nielsen 1951), ink is mottled, specks lie beside it and pin-holes in it; a
  worn drum or an empty cartridge leaves white lines along the feed, a slip of the drum a white band across the sheet;
- thermal: an element warms its neighbours, stays warm from row to row, and its paper moves on while it is hot, so that
  dots grow, along the feed most; the paper blackens with a threshold (a sigmoid of the energy); elements differ, supply
  voltage and wear lower the energy of all, and old or sun-lit paper loses its black (density, ISO 5-4: 10^-D reflects).

No printer was measured for this. The strengths are plain assumptions, stated as the defaults of `Toner` and `Heat`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.bool_]
Light = npt.NDArray[np.float32]
Random = np.random.Generator

QUIET = 4
"""Modules of white around every symbol (ISO/IEC 18004)."""
INCH = 25.4
_PAPER = 0.84  # of the light, office paper and thermal paper alike
_TONER = 0.045


@dataclass(frozen=True)
class Print:
    """A symbol on paper, its quiet zone included.

    `light`: part of the light that is reflected, 0-1, (rows, columns), rows along the feed; `mm`: side of one of its
    pixels; `module_mm`: a module as it was meant; `modules`: of the symbol's side, without the quiet zone.
    """

    light: Light
    mm: float
    module_mm: float
    modules: int


@dataclass(frozen=True)
class Toner:
    """A laser printer's state. Lengths in mm; `streaks`: white lines along the feed for every 100 mm of width.

    `gap`: height of a white band across the whole sheet, `gap_at`: where, as a part of the symbol's side from its top;
    `spread`: standard deviation of the light's way inside the paper.
    """

    gain: float = 0.025
    ragged: float = 0.010
    spread: float = 0.045
    streaks: float = 2.0
    streak_width: tuple[float, float] = (0.08, 0.35)
    gap: float = 0.0
    gap_at: float = 0.5
    specks: float = 0.25  # a square millimetre


@dataclass(frozen=True)
class Heat:
    """A thermal head's and its paper's state.

    `energy`: 1 is what the maker asks for; `density`: of a fully developed black; `smear`: dots that the paper moves
    while the element is hot; `uneven`: standard deviation between elements; `dead`: elements of a hundred that burn
    nothing.
    """

    energy: float = 1.0
    density: float = 1.15
    smear: float = 0.6
    uneven: float = 0.06
    dead: float = 0.3


FAINT = Heat(energy=0.82, density=0.5, uneven=0.12)
"""A worn head on low voltage, on paper that lay in a shirt pocket: black still reflects a third of what white does."""


def raster(matrix: Matrix, dots: float) -> Matrix:
    """The symbol and its quiet zone in printer dots. `dots` a module; a fraction is rounded edge by edge."""
    framed = np.pad(matrix, QUIET)
    edges = np.rint(np.arange(len(framed) + 1) * dots).astype(int)
    wide = np.diff(edges)
    return np.repeat(np.repeat(framed, wide, axis=0), wide, axis=1)


def laser(matrix: Matrix, dots: float, toner: Toner, rng: Random, dpi: int = 600) -> Print:
    """Printed by toner at `dots` a module."""
    fine = 2 if dots <= 14 else 1
    ink = raster(matrix, dots).repeat(fine, axis=0).repeat(fine, axis=1)
    mm = INCH / dpi / fine
    # signed distance to the edge in mm, positive in the ink; distances count from pixel middles, hence the halves
    inside = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 3)
    outside = cv2.distanceTransform((~ink).astype(np.uint8), cv2.DIST_L2, 3)
    depth = (np.maximum(inside - 0.5, 0) - np.maximum(outside - 0.5, 0)) * np.float32(mm)
    ragged = _grain(ink.shape, 0.03 / mm, rng) * toner.ragged
    covered = np.clip(0.5 + (depth + toner.gain + ragged) / 0.02, 0, 1).astype(np.float32)
    covered *= np.clip(0.985 + 0.02 * _grain(ink.shape, 0.08 / mm, rng), 0, 1)
    _speckle(covered, toner.specks, mm, rng)
    covered *= _streaks(ink.shape[1], toner, mm, rng)[None, :]
    if toner.gap > 0:
        quiet = QUIET * dots * fine
        top = quiet + toner.gap_at * (len(ink) - 2 * quiet) - toner.gap / mm / 2
        covered[max(0, round(top)) : max(0, round(top + toner.gap / mm))] = 0
    covered = cv2.GaussianBlur(covered, (0, 0), toner.spread / mm)
    paper = _PAPER * (1 + 0.012 * _grain(ink.shape, 0.12 / mm, rng))
    light = (paper * (1 - covered) + _TONER * covered).astype(np.float32)
    return Print(light, mm, dots * INCH / dpi, len(matrix))


def thermal(matrix: Matrix, dots: float, heat: Heat, rng: Random, dpi: int = 203) -> Print:
    """Burnt at `dots` a module; rows follow each other along the feed."""
    fine = 4
    burnt = raster(matrix, dots).astype(np.float32)
    columns = burnt.shape[1]
    element = 1 + heat.uneven * (0.7 * _grain((1, columns), 12, rng)[0] + 0.7 * rng.standard_normal(columns))
    element *= rng.random(columns) >= heat.dead / 100
    energy = np.empty_like(burnt)
    warm = np.zeros(columns, np.float32)
    beat = 1 + 0.03 * rng.standard_normal(len(burnt))  # the motor's steps are not all alike
    for row, wanted in enumerate(burnt):
        energy[row] = wanted * (0.92 + 0.35 * warm) * beat[row]
        warm = 0.75 * warm + 0.25 * cv2.blur(wanted[None, :], (3, 1))[0]
    energy *= (element * heat.energy).astype(np.float32)[None, :]
    field = energy.repeat(fine, axis=0).repeat(fine, axis=1)
    field = cv2.GaussianBlur(field, (0, 0), sigmaX=0.28 * fine, sigmaY=0.22 * fine)
    trail = max(1, round(heat.smear * fine))
    # the anchor lies at the kernel's end: what is burnt late stands further down
    field = cv2.filter2D(field, -1, np.full((trail + 1, 1), 1 / (trail + 1), np.float32), anchor=(0, trail))
    field += 0.03 * _grain(field.shape, 0.6 * fine / 2, rng)
    density = heat.density / (1 + np.exp(-(field - 0.42) / 0.06))
    light = (_PAPER * 10**-density).astype(np.float32)
    mm = INCH / dpi / fine
    return Print(cv2.GaussianBlur(light, (0, 0), 0.035 / mm), mm, dots * INCH / dpi, len(matrix))


def _grain(shape: tuple[int, ...], pixels: float, rng: Random) -> Light:
    """Smooth noise with structures of about so many pixels, standard deviation 1."""
    step = max(1.0, pixels)
    rows, columns = (max(1, int(np.ceil(side / step))) for side in shape)
    coarse = rng.standard_normal((rows, columns)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def _speckle(covered: Light, per_mm2: float, mm: float, rng: Random) -> None:
    """Toner beside the dots and holes in them, in place."""
    rows, columns = covered.shape
    for _ in range(rng.poisson(per_mm2 * rows * columns * mm * mm)):
        at = (int(rng.integers(columns)), int(rng.integers(rows)))
        radius = max(1, round(rng.uniform(0.015, 0.06) / mm))
        cv2.circle(covered, at, radius, 0.0 if rng.random() < 0.5 else 0.9, -1)


def _streaks(columns: int, toner: Toner, mm: float, rng: Random) -> Light:
    """How much toner each column keeps."""
    kept = np.ones(columns, np.float32)
    for _ in range(rng.poisson(toner.streaks * columns * mm / 100)):
        wide = rng.uniform(*toner.streak_width) / mm
        at = rng.uniform(0, columns)
        lost = rng.uniform(0.5, 1.0)
        kept *= 1 - lost * np.clip(wide / 2 + 0.5 - np.abs(np.arange(columns) - at), 0, 1).astype(np.float32)
    return kept
