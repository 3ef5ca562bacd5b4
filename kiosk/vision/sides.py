"""Where a paper's sides run exactly: a path of steepest change along each roughly known side, and a curve through it.

A side is followed as a whole (dynamic programming over offsets from the rough line), so that a letter, a finger or a
fold near it pulls the path aside for a few samples only, which the robust fit then leaves out. The fit is a parabola
where the side is bent, so that corners of a curled page lie where they are, not where a straight line would put them,
and so that the bend itself is known.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image, Quad

SAMPLES = 80  # along each side
_FROM, _TO = 0.03, 0.97  # of the side; corners themselves may be round or folded
_COLOUR = 0.7  # weight of a change of colour beside a change of light
_STIFF = 0.35  # cost of a step aside, in medians of the side's steepness
MOST_BENT = 0.08  # of its length; more is a folded corner or a mistake
_LEAST = 2.5  # grey levels; a step below this is no edge

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sides:
    """Four measured sides (first: corner 0 to 1) and the corners they make.

    edge: where along each side (from its first corner) an edge was seen near the curve. shares: the part showing one.
    steps: its median height, grey levels. bends: the largest distance from a straight line, in side lengths, positive
    outwards. found: whether measured.
    """

    corners: Quad
    edge: NDArray[np.bool_]  # (4, SAMPLES)
    shares: tuple[float, float, float, float]
    steps: tuple[float, float, float, float]
    bends: tuple[float, float, float, float]
    found: tuple[bool, bool, bool, bool]


def measure(picture: Image, rough: Quad, reach: float, window: float, step: float = 1.0) -> Sides:
    """Follow the sides of `rough` (clockwise) at most `reach` pixels aside, `step` pixels apart.

    `window`: pixels on each side of an edge that are compared; lines thinner than that count little.
    """
    rows, columns = picture.shape[:2]
    starts, ends = rough, np.roll(rough, -1, axis=0)
    way = ends - starts
    length = np.maximum(np.linalg.norm(way, axis=1), 1e-6)
    outward = np.stack([way[:, 1], -way[:, 0]], axis=1) / length[:, None]
    along = np.linspace(_FROM, _TO, SAMPLES)
    pad = round(window / step)
    count = round(reach / step)
    offsets = np.arange(-count - pad, count + pad + 1) * step
    points = starts[:, None, :] + along[None, :, None] * way[:, None, :]
    grid = points[:, :, None, :] + offsets[None, None, :, None] * outward[:, None, None, :]
    place = grid.reshape(4 * SAMPLES, len(offsets), 2).astype(np.float32)
    across, down = place[:, :, 0], place[:, :, 1]
    taken = cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = (
        (points[:, :, 0] >= 1)
        & (points[:, :, 0] <= columns - 2)
        & (points[:, :, 1] >= 1)
        & (points[:, :, 1] <= rows - 2)
    )
    steep = _steepness(np.asarray(taken, np.uint8), len(offsets), pad)
    centre = np.asarray(offsets[pad : len(offsets) - pad], np.float64)
    prior = 1 - 0.35 * (centre / max(reach, 1e-6)) ** 2
    path, height = _paths(steep * prior)
    index = np.arange(SAMPLES)
    curves: list[Floats] = []
    edge = np.zeros((4, SAMPLES), bool)
    shares, steps, bends, found = [0.0] * 4, [0.0] * 4, [0.0] * 4, [False] * 4
    for side in range(4):
        tall = height[side]
        usual = float(np.median(tall[inside[side]])) if inside[side].any() else 0.0
        good = inside[side] & (tall >= max(_LEAST, 0.3 * usual))
        steps[side] = usual
        curve = np.zeros(3)
        if good.sum() >= 16 and length[side] >= 16:
            at = _between(steep[side], path[side], index, centre, step)
            fitted = _curve(along[good], at[good], step, float(length[side]))
            if fitted is not None:
                curve, found[side] = fitted, True
                off = np.abs(at - curve[0] - curve[1] * along - curve[2] * along * along)
                edge[side] = good & (off < max(2.0 * step, 0.35 * reach))
                bends[side] = float(-curve[2] / 4 / length[side])
                shares[side] = float(edge[side].sum() / max(1, inside[side].sum()))
        curves.append(curve)
    corners = [_corner(starts, way, outward, curves, side, reach) for side in range(4)]
    return Sides(
        np.asarray(corners, np.float64),
        edge,
        (shares[0], shares[1], shares[2], shares[3]),
        (steps[0], steps[1], steps[2], steps[3]),
        (bends[0], bends[1], bends[2], bends[3]),
        (found[0], found[1], found[2], found[3]),
    )


def _steepness(taken: NDArray[np.uint8], width: int, pad: int) -> Floats:
    """Change of light and colour across each offset, (4, samples, offsets), of the sign that fits the side."""
    if taken.ndim == 3:
        lab = np.asarray(cv2.cvtColor(taken, cv2.COLOR_BGR2LAB), np.float32)
    else:
        lab = taken.astype(np.float32)[:, :, None]
    lab = lab.reshape(4, SAMPLES, width, -1)
    lab[:, 1:-1] = (lab[:, :-2] + 2 * lab[:, 1:-1] + lab[:, 2:]) / 4  # along the side
    total = np.concatenate([np.zeros_like(lab[:, :, :1]), np.cumsum(lab, axis=2)], axis=2)
    wide = width - 2 * pad
    middle = np.arange(wide) + pad
    inner = (total[:, :, middle] - total[:, :, middle - pad]) / pad
    outer = (total[:, :, middle + 1 + pad] - total[:, :, middle + 1]) / pad
    change = inner - outer
    light = change[..., 0]
    colour = np.hypot(change[..., 1], change[..., 2]) if change.shape[3] == 3 else np.zeros_like(light)
    falls, rises = np.clip(light, 0, None), np.clip(-light, 0, None)
    brighter = falls.max(axis=2).sum(axis=1) * 1.1 >= rises.max(axis=2).sum(axis=1)  # paper is rather the lighter
    signed = np.where(brighter[:, None, None], falls, rises)
    return np.asarray(signed + _COLOUR * colour, np.float64)


def _paths(steep: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The best path of offsets for each side, and the steepness along it."""
    sides, samples, width = steep.shape
    usual = np.median(steep.max(axis=2), axis=1)[:, None] + 1e-6
    gain = np.minimum(steep, 2 * usual[:, :, None])  # a black line shall not outweigh the rest of the side
    cost = _STIFF * usual
    total = gain[:, 0].copy()
    back = np.zeros((sides, samples, width), np.int8)
    for index in range(1, samples):
        left = np.concatenate([np.full((sides, 1), -1e9), total[:, :-1]], axis=1) - cost
        right = np.concatenate([total[:, 1:], np.full((sides, 1), -1e9)], axis=1) - cost
        stacked = np.stack([left, total, right])
        choice = stacked.argmax(axis=0)
        back[:, index] = choice - 1
        total = np.take_along_axis(stacked, choice[None], axis=0)[0] + gain[:, index]
    path = np.zeros((sides, samples), np.intp)
    path[:, -1] = total.argmax(axis=1)
    every = np.arange(sides, dtype=np.intp)
    for index in range(samples - 1, 0, -1):
        path[:, index - 1] = path[:, index] + back[every, index, path[:, index]]
    height = np.take_along_axis(steep, path[:, :, None], axis=2)[:, :, 0]
    return path, height


def _between(steep: Floats, path: NDArray[np.intp], index: NDArray[np.intp], centre: Floats, step: float) -> Floats:
    """Offsets along a path to a fraction of a step: the middle of weight around the path."""
    width = steep.shape[1]
    at = np.zeros(len(path))
    weight = np.zeros(len(path))
    for aside in (-2, -1, 0, 1, 2):
        place = np.clip(path + aside, 0, width - 1)
        share = steep[index, place] ** 2
        at += share * centre[place]
        weight += share
    return at / np.maximum(weight, 1e-9)


def _curve(x: Floats, y: Floats, step: float, length: float) -> Floats | None:
    """y = c0 + c1·x + c2·x², robustly; c2 is 0 unless the side is clearly bent and seen along most of its length."""
    near = np.ones(len(x), bool)
    line = np.array([float(np.median(y)), 0.0, 0.0])
    for _ in range(5):
        off = np.abs(y - line[0] - line[1] * x)
        near = off <= max(0.7 * step, 2.5 * float(np.median(off)))
        if np.count_nonzero(near) < 10:
            return None
        c1, c0 = np.polyfit(x[near], y[near], 1)
        line = np.array([float(c0), float(c1), 0.0])
    plain = float(np.median(np.abs(y - line[0] - line[1] * x)))
    if float(x.max() - x.min()) < 0.6 or plain < 0.3 * step:
        return line
    bent = line
    for _ in range(5):
        off = np.abs(y - bent[0] - bent[1] * x - bent[2] * x * x)
        near = off <= max(0.7 * step, 2.5 * float(np.median(off)))
        if np.count_nonzero(near) < 14:
            return line
        c2, c1, c0 = np.polyfit(x[near], y[near], 2)
        bent = np.array([float(c0), float(c1), float(c2)])
    curved = float(np.median(np.abs(y - bent[0] - bent[1] * x - bent[2] * x * x)))
    return bent if curved < 0.6 * plain and abs(bent[2]) / 4 < MOST_BENT * length else line


def _corner(starts: Quad, way: Quad, outward: Quad, curves: list[Floats], side: int, reach: float) -> Floats:
    """Where the curve of the side before meets the curve of this side, near corner `side`."""
    before = side - 1
    t_before, t_here = 1.0, 0.0
    met = starts[side]
    for _ in range(4):
        one, one_way = _tangent(starts[before], way[before], outward[before], curves[before], t_before)
        two, two_way = _tangent(starts[side], way[side], outward[side], curves[side], t_here)
        turn = one_way[0] * two_way[1] - one_way[1] * two_way[0]
        if abs(turn) < 1e-6 * float(np.linalg.norm(one_way) * np.linalg.norm(two_way)):
            return starts[side]
        gap = two - one
        on_one = (gap[0] * two_way[1] - gap[1] * two_way[0]) / turn
        on_two = (gap[0] * one_way[1] - gap[1] * one_way[0]) / turn
        met = one + on_one * one_way
        t_before, t_here = t_before + on_one, t_here + on_two
        if abs(t_before - 1) > 0.3 or abs(t_here) > 0.3:
            return starts[side]
    return met if float(np.linalg.norm(met - starts[side])) <= 3.5 * reach else starts[side]


def _tangent(start: Floats, way: Floats, outward: Floats, curve: Floats, t: float) -> tuple[Floats, Floats]:
    point = start + t * way + (curve[0] + curve[1] * t + curve[2] * t * t) * outward
    return point, way + (curve[1] + 2 * curve[2] * t) * outward
