"""Photographs of papers with one defect of known strength each: the reference for judging pictures.

Strengths are physical and belong to the paper (millimetres of blur on it, shares of its area, of its light), so that a
preview and a still, a card and a folio sheet are spoilt alike.
"""

# pyright: basic
from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.vision.training import desks
from kiosk.vision.types import Corners
from tests.vision.defect_pages import SIZES, Page, Pixels, Random

PREVIEW = (1280, 720)
STILL = (4208, 3120)


@dataclass(frozen=True)
class Spoilt:
    """What is done to a photograph; the defaults do nothing."""

    blur: float = 0.0  # mm on the paper, standard deviation of a Gaussian
    motion: float = 0.0  # mm on the paper, length of the path while the shutter is open
    light: float = 1.0  # times the light of a good lamp
    shadow: float = 1.0  # what is left of the light in a shadow that falls over a part of the sheet
    glare: float = 0.0  # share of the sheet under a lamp's mirror image
    share: float = 0.92  # of the frame's room that the sheet takes, along the tighter side
    turn: float = 0.0  # degrees in the frame
    tilt: float = 0.0  # degrees out of the frame's plane
    hidden: float = 0.0  # mm that a corner is folded over, or covered by a finger
    quarter: int = 0  # quarter turns


@dataclass(frozen=True)
class Shot:
    """The photograph, where the sheet's corners are, and what share of the sheet has lost its print in highlights."""

    picture: Pixels
    corners: Corners
    washed_out: float
    scale: float
    """Pixels of the picture a millimetre of the paper."""
    plane: npt.NDArray[np.float64] = field(repr=False)
    """The page's pixels to the picture's."""


def photograph(page: Page, spoilt: Spoilt, rng: Random, size: tuple[int, int] = PREVIEW) -> Shot:
    """`page` on a desk, spoilt. The same seed gives the same photograph."""
    columns, rows = size
    high, wide = page.picture.shape[:2]
    plane = _plane(page, spoilt, rng, size)
    edge = np.array([[(0, 0), (wide, 0), (wide, high), (0, high)]], np.float64)
    outline = cv2.perspectiveTransform(edge, plane)[0]
    scale = float(np.linalg.norm(outline[1] - outline[0]) + np.linalg.norm(outline[2] - outline[3])) / 2
    scale *= page.scale / wide
    middles = (
        np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]]) @ plane @ np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    )
    source = _hide_corner(page, spoilt.hidden, rng)
    fine = scale / page.scale
    if fine < 0.8:
        source = np.asarray(cv2.GaussianBlur(source, (0, 0), 0.45 / fine), np.uint8)
    picture = _desk(rng, columns, rows)
    _shadow_under(picture, outline, scale)
    alpha = np.full((high, wide), 255, np.uint8)
    if spoilt.hidden and rng.random() < 0.5:
        _fold(source, alpha, spoilt.hidden * page.scale, rng)
    elif spoilt.hidden:
        _finger(source, spoilt.hidden * page.scale, rng)
    flags = cv2.INTER_LINEAR if fine < 1 else cv2.INTER_CUBIC
    shown = cv2.warpPerspective(source, middles, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(alpha, middles, size, flags=cv2.INTER_LINEAR)
    picture = _blend(picture, shown, cover)
    seen = max(0.55 if size == PREVIEW else 0.75, spoilt.blur * scale)  # the lens itself
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), float(np.hypot(0.5, seen))), np.uint8)
    if spoilt.motion:
        picture = _move(picture, spoilt.motion * scale, rng)
    light = _light(rng, columns, rows, spoilt, outline)
    picture = np.asarray(cv2.multiply(picture, light, scale=1 / 128), np.uint8)
    lost = 0.0
    if spoilt.glare:
        picture, lost = _glare(picture, outline, spoilt.glare, rng)
    picture = _noise(picture, rng)
    a, b, c, d = ((float(x) - 0.5, float(y) - 0.5) for x, y in outline)
    return Shot(picture, (a, b, c, d), lost, scale, middles)


def varied(rng: Random, spoilt: Spoilt) -> Spoilt:
    """The same with what differs harmlessly between any two good photographs."""
    return replace(
        spoilt,
        light=spoilt.light * rng.uniform(0.85, 1.0),
        share=spoilt.share * rng.uniform(0.92, 1.02),
        turn=spoilt.turn + rng.uniform(-4, 4),
        tilt=spoilt.tilt + rng.uniform(0, 3),
    )


def flat(shot: Shot, page: Page, box: tuple[int, int, int, int]) -> Pixels:
    """A part of the page as the photograph has it, straightened with the true corners, ten pixels a millimetre."""
    grow = 10.0 / page.scale
    x, y, wide, high = box
    to_part = np.array([[grow, 0, -x * grow], [0, grow, -y * grow], [0, 0, 1.0]])
    matrix = to_part @ np.linalg.inv(shot.plane)
    return np.asarray(
        cv2.warpPerspective(shot.picture, matrix, (round(wide * grow), round(high * grow)), flags=cv2.INTER_CUBIC),
        np.uint8,
    )


def _plane(page: Page, spoilt: Spoilt, rng: Random, size: tuple[int, int]) -> npt.NDArray[np.float64]:
    columns, rows = size
    high, wide = page.picture.shape[:2]
    focal = 1.25 * columns
    axis, spin = rng.uniform(0, 2 * np.pi), np.radians(spoilt.turn + 90 * spoilt.quarter)
    lean, _ = cv2.Rodrigues(np.array([np.cos(axis), np.sin(axis), 0.0]) * np.radians(spoilt.tilt))
    roll, _ = cv2.Rodrigues(np.array([0.0, 0.0, spin]))
    rotation = np.asarray(lean @ roll, np.float64)
    lens = np.array([[focal, 0, columns / 2], [0, focal, rows / 2], [0, 0, 1]])
    centre = np.array([[1, 0, -wide / 2], [0, 1, -high / 2], [0, 0, 1.0]])
    corners = np.array([[(0, 0), (wide, 0), (wide, high), (0, high)]], np.float64)
    distance = focal * high / rows
    plane = np.eye(3)
    for _ in range(5):
        plane = lens @ np.stack([rotation[:, 0], rotation[:, 1], np.array([0, 0, distance])], axis=1) @ centre
        seen = cv2.perspectiveTransform(corners, plane)[0]
        span = seen.max(axis=0) - seen.min(axis=0)
        distance *= float((span / (spoilt.share * np.array([columns, rows]))).max())
    seen = cv2.perspectiveTransform(corners, plane)[0]
    low, room = seen.min(axis=0), np.array([columns, rows]) - (seen.max(axis=0) - seen.min(axis=0))
    move = -low + room * rng.uniform(0.3, 0.7, 2)
    return np.array([[1, 0, move[0]], [0, 1, move[1]], [0, 0, 1.0]]) @ plane


def _desk(rng: Random, columns: int, rows: int) -> Pixels:
    """A desk that differs from paper, so that not the outline but the judgement is tried."""
    while True:
        tile = desks.ground(rng, [])
        if float(tile.mean()) < 165:
            break
    return np.asarray(cv2.resize(tile, (columns, rows), interpolation=cv2.INTER_LINEAR), np.uint8)


def _shadow_under(picture: Pixels, outline: npt.NDArray[np.float64], scale: float) -> None:
    small = max(1, picture.shape[1] // 640)
    shade = np.full((picture.shape[0] // small + 1, picture.shape[1] // small + 1), 255, np.uint8)
    cv2.fillConvexPoly(shade, ((outline + 1.2 * scale) / small).round().astype(np.int32), 150)
    shade = cv2.resize(cv2.GaussianBlur(shade, (0, 0), max(0.8, scale / small)), picture.shape[1::-1])
    picture[:] = cv2.multiply(picture, cv2.merge([shade, shade, shade]), scale=1 / 255)


def _blend(below: Pixels, above: Pixels, cover: Pixels) -> Pixels:
    full = cv2.merge([cover, cover, cover])
    kept = cv2.multiply(below, cv2.bitwise_not(full), scale=1 / 255)
    return np.asarray(cv2.add(kept, cv2.multiply(above, full, scale=1 / 255)), np.uint8)


def _hide_corner(page: Page, hidden: float, rng: Random) -> Pixels:
    return page.picture.copy() if hidden else page.picture


def _corner(rows: int, columns: int, rng: Random) -> tuple[int, int, int, int]:
    x, right = ((0, 1), (columns, -1))[int(rng.integers(2))]
    y, down = ((0, 1), (rows, -1))[int(rng.integers(2))]
    return x, y, right, down


def _fold(source: Pixels, alpha: Pixels, ear: float, rng: Random) -> None:
    """A corner folded over: the desk shows where it was, its back lies on the print."""
    x, y, right, down = _corner(*source.shape[:2], rng)
    a, b = (round(x + right * ear), y), (x, round(y + down * ear))
    cv2.fillConvexPoly(alpha, np.array([(x, y), a, b]), 0)
    back = source.reshape(-1, 3)[:: max(1, source.size // 30000)].astype(np.float32)
    tone = np.median(back, axis=0) * rng.uniform(0.82, 0.97)
    cv2.fillConvexPoly(source, np.array([(a[0], b[1]), a, b]), tuple(float(v) for v in tone), cv2.LINE_AA)


def _finger(source: Pixels, long: float, rng: Random) -> None:
    x, y, right, down = _corner(*source.shape[:2], rng)
    skin = np.array([105, 135, 185]) * rng.uniform(0.5, 1.0)
    tip = (round(x + right * long * 0.62), round(y + down * long * 0.62))
    away = (round(x - right * long), round(y - down * long))
    cv2.line(source, tip, away, tuple(float(v) for v in skin), max(2, round(long * 0.95)), cv2.LINE_AA)


def _move(picture: Pixels, long: float, rng: Random) -> Pixels:
    turn = rng.uniform(0, np.pi)
    size = 2 * int(np.ceil(long / 2)) + 3
    fine = 8
    kernel = np.zeros((size * fine, size * fine), np.uint8)
    half, middle = long * fine / 2, size * fine / 2
    ends = [(round(middle + s * half * np.cos(turn)), round(middle + s * half * np.sin(turn))) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 255, fine)
    small = cv2.resize(kernel.astype(np.float32), (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.filter2D(picture, -1, small / small.sum()), np.uint8)


def _light(rng: Random, columns: int, rows: int, spoilt: Spoilt, outline: npt.NDArray[np.float64]) -> Pixels:
    y, x = np.mgrid[-1:1:90j, -1:1:160j]
    lean = rng.uniform(-0.09, 0.09, 2)
    even = 0.93 + lean[0] * x + lean[1] * y - 0.06 * (x * x + y * y)
    if spoilt.shadow < 1:
        size = np.array([columns, rows])
        here = outline / size * 2 - 1
        at = here[int(rng.integers(4))] * 0.6 + here.mean(axis=0) * 0.4 + rng.normal(0, 0.06, 2)
        axis = rng.uniform(0, 2 * np.pi)
        if rng.random() < 0.5:  # a hand's or a telephone's: over a corner
            wide = (here.max(axis=0) - here.min(axis=0)) * rng.uniform(0.4, 0.7, 2)
            away = ((x - at[0]) / wide[0]) ** 2 + ((y - at[1]) / wide[1]) ** 2
            cover = np.clip((1 - away) * rng.uniform(1.5, 5), 0, 1)
        else:  # a head's or a cupboard's: over one side
            middle = here.mean(axis=0)
            way = ((x - middle[0]) * np.cos(axis) + (y - middle[1]) * np.sin(axis)) / (np.ptp(here, axis=0).max() / 2)
            cover = np.clip((way - rng.uniform(-0.2, 0.4)) * rng.uniform(3, 12), 0, 1)
        even = even * (1 - cover * (1 - spoilt.shadow))
    warm = 1 + rng.normal(0, 0.03) * np.array([-1, 0, 1])
    light = np.clip(even[:, :, None] * warm * spoilt.light * 128, 0, 255).astype(np.float32)
    return np.asarray(cv2.resize(light, (columns, rows), interpolation=cv2.INTER_LINEAR), np.uint8)


def _glare(picture: Pixels, outline: npt.NDArray[np.float64], share: float, rng: Random) -> tuple[Pixels, float]:
    """A lamp's mirror image, `share` of the sheet's area; also what share of the sheet has lost its print by it."""
    rows, columns = picture.shape[:2]
    small = max(1, columns // 640)
    y, x = np.mgrid[0 : rows // small + 1, 0 : columns // small + 1].astype(np.float32) * small
    weights = rng.dirichlet(np.ones(4) * 2)
    at = weights @ outline
    area = abs(float(cv2.contourArea(outline.astype(np.float32))))
    long = np.sqrt(area * share / np.pi)
    aspect, turn = rng.uniform(1, 2.5), rng.uniform(0, np.pi)
    u = ((x - at[0]) * np.cos(turn) + (y - at[1]) * np.sin(turn)) / (long * np.sqrt(aspect))
    v = (-(x - at[0]) * np.sin(turn) + (y - at[1]) * np.cos(turn)) / (long / np.sqrt(aspect))
    away = u * u + v * v
    spot = np.exp(-(away ** rng.uniform(1, 3))) * rng.uniform(180, 420)
    added = np.clip(spot, 0, 255).astype(np.uint8)
    full = cv2.resize(added, (columns, rows), interpolation=cv2.INTER_LINEAR)
    # print of a tenth of the paper's light on the paper: what is left of the difference between the two
    paper = np.median(picture[_mask(picture, outline) > 0], axis=0)
    level = float(np.dot(paper, (0.114, 0.587, 0.299)))
    before = level * 0.85
    veil = full.astype(np.float32)
    after = np.minimum(255, level + veil) - np.minimum(255, level * 0.15 + veil)
    on_sheet = _mask(picture, outline) > 0
    lost = float(((after / before) < 0.5)[on_sheet].mean())
    return np.asarray(cv2.add(picture, cv2.merge([full, full, full])), np.uint8), lost


def _mask(picture: Pixels, outline: npt.NDArray[np.float64]) -> Pixels:
    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, outline.round().astype(np.int32), 255)
    return mask


def _noise(picture: Pixels, rng: Random) -> Pixels:
    tile = np.clip(rng.normal(0, rng.uniform(1.2, 2.8), (256, 256, 3)), -40, 40)
    rows, columns = picture.shape[:2]
    many = (rows // 256 + 1, columns // 256 + 1, 1)
    more = np.tile(np.maximum(tile, 0).round().astype(np.uint8), many)[:rows, :columns]
    less = np.tile(np.maximum(-tile, 0).round().astype(np.uint8), many)[:rows, :columns]
    return np.asarray(cv2.subtract(cv2.add(picture, more), less), np.uint8)


__all__ = ["PREVIEW", "SIZES", "STILL", "Shot", "Spoilt", "flat", "photograph", "varied"]
