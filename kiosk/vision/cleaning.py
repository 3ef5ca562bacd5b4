"""The paper of a straightened page made white; stamps, signatures, photographs and pale colours left as they are.

A page's light is estimated from its paper alone. Paper is what is lightest on the page but for a slow change of light,
and whatever joins it without a step: a shadow grows over centimetres, while the edge of a tinted box or a photograph is
a step between neighbouring cells. What is no paper keeps its colour and only loses the light's tint.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image

Floats = NDArray[np.float32]

CELLS = 400  # along the page's long side: 0.75 mm on A4
_STEP = 0.03  # of light between neighbouring cells, natural logarithm; a shadow's rim has less, a tint's edge more
_EDGE = 0.05  # of light over two cells
_NEAR = 0.03  # logarithm up to which a cell is as light as the paper around it
_TINT = 0.03  # logarithm by which the paper's colour may differ from the page's own paper
_LAMP = (0.045, 0.045)  # logarithms of blue over green, of green over red: more is no white paper under any lamp
_CARD = (0.02, 0.03)  # the same for what has a card's shape: cards are tinted more often than not
_SMALLEST = 24  # pixels: less is no page
_LEAST = 0.004  # of the page: a smaller field proves nothing


@dataclass(frozen=True)
class Light:
    """What white paper would show at each cell, BGR, 0-255; and where there is paper, 0-1."""

    values: Floats
    paper: Floats


def clean(page: Image) -> Image:
    """The page with even white paper: BGR, same size. What is coloured, tinted or a photograph keeps its colour.

    Where paper is, its grain, its yellow, shadows and what shines through become white, and print loses the colour
    fringes of lens and sensor. A page without white paper, such as an identity card, only gets its light evened out.
    """
    if min(page.shape[:2]) < _SMALLEST:
        return page.copy()
    light = light_of(page)
    size = (page.shape[1], page.shape[0])
    flat = cv2.divide(page, _enlarged(light.values, size), scale=252)
    if not light.paper.any():
        return np.asarray(flat, np.uint8)
    half = (max(1, size[0] // 2), max(1, size[1] // 2))
    small = cv2.resize(flat, half, interpolation=cv2.INTER_AREA)
    coloured = _coloured(np.asarray(small, np.uint8))
    paper = cv2.resize(light.paper, half, interpolation=cv2.INTER_LINEAR)
    # half of the way is no way: a pixel is treated as paper or left alone, with a soft rim between the two
    share = np.clip(paper * 2.0 - 0.6, 0, 1) * (1 - coloured)
    weight = cv2.resize((share * 255).astype(np.uint8), size, interpolation=cv2.INTER_LINEAR)
    grey = cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY)
    white = cv2.cvtColor(cv2.LUT(grey, _curve()), cv2.COLOR_GRAY2BGR)
    kept = cv2.multiply(flat, cv2.merge([255 - weight] * 3), scale=1 / 255)
    return np.asarray(cv2.add(kept, cv2.multiply(white, cv2.merge([weight] * 3), scale=1 / 255)), np.uint8)


def light_of(page: Image) -> Light:
    """The light on a page, from its paper, in cells of about 0.75 mm on A4."""
    cells = np.log(np.maximum(_cells(page), 8.0))
    lightness = np.asarray(cells.mean(axis=2), np.float32)
    regions = _regions(cells)
    chosen = _paper_among(regions, lightness)
    if chosen is not None:
        surface = _fitted(lightness, chosen)
        tint = cells - lightness[:, :, None]
        own = np.median(tint[chosen], axis=0)
        if not _tinted(own, _CARD if _is_card(page) else _LAMP):
            paper = chosen.copy()
            for region in regions:
                if np.abs(np.median(tint[region], axis=0) - own).max() < _TINT and _lies_as_paper(
                    np.asarray(lightness - surface, np.float32), region
                ):
                    paper |= region
            fitted = np.asarray(np.repeat(surface[:, :, None], 3, axis=2) + own, np.float32)
            field = _filled(cells, paper, fitted)
            paper |= np.abs(cells - field).max(axis=2) < _NEAR
            # print lies on paper, but its cells show no light
            closed = cv2.morphologyEx(paper.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
            return Light(np.exp(_filled(cells, paper, fitted)), closed.astype(np.float32))
    surface = _fitted(lightness, lightness >= np.percentile(lightness, 40))
    level = min(225.0, 1.5 * float(np.exp(np.median(surface))))
    even = np.exp(surface) * np.float32(252 / level)
    return Light(np.repeat(even[:, :, None], 3, axis=2), np.zeros(lightness.shape, np.float32))


def _tinted(own: NDArray[np.floating], most: tuple[float, float]) -> bool:
    return bool(own[0] - own[1] > most[0] or own[1] - own[2] > most[1])


def _is_card(page: Image) -> bool:
    """An identity card (ID-1, 85.6 x 53.98 mm; folio has about its proportions, but more pixels)."""
    longest, shortest = max(page.shape[:2]), min(page.shape[:2])
    return longest < 1100 and abs(longest / shortest - 85.6 / 53.98) < 0.035


def _cells(page: Image) -> Floats:
    """The lighter part of each cell, BGR: its paper, if there is any between its strokes."""
    side = max(4, round(max(page.shape[:2]) / CELLS))
    rows, columns = max(1, page.shape[0] // side), max(1, page.shape[1] // side)
    even = cv2.resize(page, (columns * side, rows * side), interpolation=cv2.INTER_AREA)
    blocks = even.reshape(rows, side, columns, side, 3).transpose(0, 2, 1, 3, 4).reshape(rows, columns, side * side, 3)
    at = round(side * side * 0.75)
    return np.partition(blocks, at, axis=2)[:, :, at].astype(np.float32)


def _regions(cells: Floats) -> list[NDArray[np.bool_]]:
    """Large fields of the page in which no cell steps away from its neighbours, the largest first."""
    rows, columns = cells.shape[:2]
    mask = np.zeros((rows + 2, columns + 2), np.uint8)
    # an edge that falls within a cell makes two half steps
    down = np.abs(cells[2:] - cells[:-2]).max(axis=2) > _EDGE
    across = np.abs(cells[:, 2:] - cells[:, :-2]).max(axis=2) > _EDGE
    mask[2:-2, 1:-1] |= down
    mask[1:-1, 2:-2] |= across
    steps = (_STEP, _STEP, _STEP)
    found: list[tuple[int, NDArray[np.bool_]]] = []
    for row in range(1, rows, 3):
        for column in range(1, columns, 3):
            if mask[row + 1, column + 1]:
                continue
            how = 4 | cv2.FLOODFILL_MASK_ONLY | (2 << 8)
            area, _, _, (x, y, wide, high) = cv2.floodFill(cells, mask, (column, row), 0, steps, steps, how)
            filled = mask[y + 1 : y + high + 1, x + 1 : x + wide + 1]
            if area >= _LEAST * rows * columns:
                region = np.zeros((rows, columns), np.bool_)
                region[y : y + high, x : x + wide] = filled == 2
                found.append((int(area), region))
            filled[filled == 2] = 1
    return [region for _, region in sorted(found, key=lambda one: -one[0])]


def _paper_among(regions: list[NDArray[np.bool_]], lightness: Floats) -> NDArray[np.bool_] | None:
    """The largest region around which hardly anything is lighter than it."""
    for region in regions[:12]:
        light = _filled(lightness[:, :, None], region, _fitted(lightness, region)[:, :, None])
        around = cv2.dilate(region.astype(np.uint8), np.ones((11, 11), np.uint8)) > 0
        above = (lightness - light[:, :, 0] > 0.035) & around & ~region
        if np.count_nonzero(above) < 0.012 * above.size:
            return region
    return None


def _lies_as_paper(above: Floats, region: NDArray[np.bool_]) -> bool:
    """Whether a field of the paper's colour is paper: as light as it, or in a shadow, which comes from outside."""
    middle = float(np.median(above[region]))
    if abs(middle) < _NEAR:
        return True
    rim = np.count_nonzero(region[[0, 1, -2, -1]].any(axis=0)) + np.count_nonzero(region[:, [0, 1, -2, -1]].any(axis=1))
    return -0.8 < middle < 0 and int(rim) > 0.1 * sum(region.shape)


def _fitted(lightness: Floats, where: NDArray[np.bool_]) -> Floats:
    """A smooth surface (a polynomial of third degree) through the cells `where`, continued over the whole page."""
    rows, columns = lightness.shape
    y, x = np.linspace(-1, 1, rows), np.linspace(-1, 1, columns)
    powers = [(i, j) for i in range(4) for j in range(4 - i)]
    at_y, at_x = np.nonzero(where)
    thinned = slice(None, None, max(1, len(at_y) // 8000))
    at_y, at_x = at_y[thinned], at_x[thinned]
    values = lightness[at_y, at_x].astype(np.float64)
    held = np.stack([x[at_x] ** i * y[at_y] ** j for i, j in powers], axis=1)
    # a plane costs nothing, what bends does: a narrow field must not bend over the rest of the page
    stiff = np.diag([1e-9 if i + j < 2 else 1e-3 for i, j in powers]) * len(values)
    weights = np.ones(len(values))
    factors = np.zeros(len(powers))
    for _ in range(4):
        weighted = held * weights[:, None]
        factors = np.linalg.solve(weighted.T @ held + stiff, weighted.T @ values)
        weights = 1 / (1 + ((values - held @ factors) / 0.03) ** 2)
    surface = np.zeros((rows, columns))
    for factor, (i, j) in zip(factors, powers, strict=True):
        surface += factor * np.outer(y**j, x**i)
    return surface.astype(np.float32)


def _filled(cells: Floats, paper: NDArray[np.bool_], fitted: Floats) -> Floats:
    """The paper's own light where it is known, and a smooth continuation of it, along the fitted surface, elsewhere."""
    rows, columns = paper.shape
    known = paper.astype(np.float32)
    rest = np.dstack([(cells - fitted) * known[:, :, None], known])
    total = cv2.GaussianBlur(rest, (0, 0), 2.0)
    coarse = cv2.resize(rest, (max(1, columns // 4), max(1, rows // 4)), interpolation=cv2.INTER_AREA)
    for sigma, strength in ((1.8, 1e-2), (7.0, 1e-4)):
        far = cv2.GaussianBlur(coarse, (0, 0), sigma)
        total = total + cv2.resize(far, (columns, rows), interpolation=cv2.INTER_LINEAR) * strength
    return np.asarray(fitted + total[:, :, :-1] / (total[:, :, -1:] + 1e-6), np.float32)


def _coloured(small: Image) -> Floats:
    """How far colour, not noise, is on each pixel: 0-1. Strokes of a pen count, fringes of black print do not."""
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB)
    parts = [cv2.GaussianBlur(lab[:, :, index].astype(np.float32) - 128, (0, 0), 1.2) for index in (1, 2)]
    chroma = cv2.magnitude(parts[0], parts[1])
    chroma = cv2.dilate(chroma, np.ones((5, 5), np.uint8))
    return np.asarray(np.clip((chroma - 2.5) / 1.5, 0, 1), np.float32)


def _curve() -> NDArray[np.uint8]:
    """Grain and what shines through become white, ink a little darker."""
    levels = np.arange(256)
    return np.clip((levels - 8) * 255 / (236 - 8), 0, 255).astype(np.uint8)


def _enlarged(cells: Floats, size: tuple[int, int]) -> Image:
    return np.asarray(
        cv2.resize(np.clip(cells, 1, 255).astype(np.uint8), size, interpolation=cv2.INTER_LINEAR), np.uint8
    )
