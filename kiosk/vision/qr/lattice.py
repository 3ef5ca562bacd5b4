"""The modules' lattice on a bent or crumpled sheet: found from where colours change, everywhere at once.

A plane through three finders is right for flat paper only; decoders add the one alignment pattern nearest to the
fourth corner. But each change of colour in the symbol lies on the border between two modules. Folded by the module's
pitch, the slopes around a place tell how far the lattice is off there (a phase), in both directions. From the finders
outwards these phases are followed, so that a symbol bent by several modules is still sampled at the right places.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image

Floats = NDArray[np.float32]
Shift = tuple[Floats, Floats]

PITCH = 6
"""Pixels a module of the straightened picture."""

MARGIN = 2
"""Modules around the symbol on the straightened picture."""

_KNOTS = 3  # modules from one knot of the field of shifts to the next


def straightened(grey: Image, matrix: NDArray[np.float64], size: int, shift: Shift | None = None) -> Image:
    """The symbol, PITCH pixels a module, with MARGIN modules around it. `shift`: modules to go aside, by module."""
    side = (size + 2 * MARGIN) * PITCH
    if shift is None:
        scale = np.array([(1 / PITCH, 0, 0.5 / PITCH - MARGIN), (0, 1 / PITCH, 0.5 / PITCH - MARGIN), (0, 0, 1)])
        there = matrix @ scale
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        straight = cv2.warpPerspective(grey, there, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(straight, np.uint8)
    at = ((np.arange(side, dtype=np.float32) + 0.5) / PITCH - MARGIN).astype(np.float32)
    x = at[None, :] + _spread(shift[0], side)
    y = at[:, None] + _spread(shift[1], side)
    u, v = mapped(matrix, x, y)
    return np.asarray(cv2.remap(grey, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def mapped(matrix: NDArray[np.float64], x: Floats, y: Floats) -> Shift:
    """Where places in the symbol, in modules, lie on the picture, in pixels."""
    m = matrix.astype(np.float32)
    w = m[2, 0] * x + m[2, 1] * y + m[2, 2]
    u = (m[0, 0] * x + m[0, 1] * y + m[0, 2]) / w
    v = (m[1, 0] * x + m[1, 1] * y + m[1, 2]) / w
    return u.astype(np.float32), v.astype(np.float32)


def knots(size: int) -> NDArray[np.float64]:
    """Where the field's knots lie, in modules; the first and last a little outside the symbol."""
    count = max(int(np.ceil(size / _KNOTS)), 5) + 1
    return np.linspace(0, size, count)


def alternation(seen: Floats) -> float:
    """How regularly dark and light take turns along a timing pattern, from its module 7 on: 1 at best, 0 by chance."""
    other = (seen[:-2] + seen[2:]) / 2 - seen[1:-1]
    sign = np.where(np.arange(len(other)) % 2 == 0, 1.0, -1.0)  # the first of `other` stands at module 8: dark
    return float((other * sign).sum() / (np.abs(other).sum() + 1e-3))


def _spread(field: Floats, side: int) -> Floats:
    """The field of knots over the straightened picture, margin included."""
    count = len(field)
    inner = side - 2 * MARGIN * PITCH
    at = (np.arange(side, dtype=np.float32) + 0.5 - MARGIN * PITCH) / inner * (count - 1)
    at = np.clip(at, 0, count - 1).astype(np.float32)
    x, y = np.broadcast_to(at[None, :], (side, side)), np.broadcast_to(at[:, None], (side, side))
    return np.asarray(cv2.remap(field, np.ascontiguousarray(x), np.ascontiguousarray(y), cv2.INTER_LINEAR), np.float32)


def followed(
    grey: Image, matrix: NDArray[np.float64], size: int, shift: Shift, rounds: int = 3, window: float = 6.0
) -> tuple[Image, Shift]:
    """The straightened symbol and the shifts, in modules at the knots, that made it straight."""
    picture = straightened(grey, matrix, size, shift)
    for _ in range(rounds):
        more = _phases(picture, size, window)
        shift = tuple(  # type: ignore[assignment]
            np.asarray(cv2.GaussianBlur(old + new, (3, 3), 0.6), np.float32)
            for old, new in zip(shift, more, strict=True)
        )
        picture = straightened(grey, matrix, size, shift)
    return picture, shift


def _phases(picture: Image, size: int, window: float) -> Shift:
    """How far the colours' borders lie from the lattice around each knot, in modules, unwrapped from the finders on."""
    soft = cv2.GaussianBlur(picture, (0, 0), 0.8)
    wide = int(window * PITCH) | 1
    at = np.rint((knots(size) + MARGIN) * PITCH).astype(np.intp)
    at = np.clip(at, 0, picture.shape[0] - 1)
    angle = (2 * np.pi / PITCH) * np.arange(picture.shape[0], dtype=np.float32)
    cosine, sine = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    phases: list[Floats] = []
    trusts: list[Floats] = []
    for axis in (0, 1):
        slope = np.abs(cv2.Sobel(soft, cv2.CV_32F, 1 - axis, axis, ksize=1))
        # no border of the symbol's outside: print beside it is not on the lattice
        inside = np.zeros_like(slope)
        low, high = int((MARGIN - 0.4) * PITCH), int((size + MARGIN + 0.4) * PITCH)
        inside[low:high, low:high] = slope[low:high, low:high]
        across = axis == 0
        real, imaginary = (
            np.asarray(
                cv2.boxFilter(
                    inside * (wave[None, :] if across else wave[:, None]),
                    -1,
                    (wide, wide),
                    borderType=cv2.BORDER_CONSTANT,
                ),
                np.float32,
            )
            for wave in (cosine, -sine)
        )
        total = cv2.boxFilter(inside, -1, (wide, wide), borderType=cv2.BORDER_CONSTANT)
        grid = np.ix_(at, at)
        even, odd = real[grid], imaginary[grid]
        # a slope between pixels k and k+2 of the difference stands for pixel k+1; a border lies at a multiple of PITCH
        phase = np.mod(-np.arctan2(odd, even) / np.float32(2 * np.pi) + np.float32(0.5 / PITCH), np.float32(1))
        phases.append(np.asarray(np.where(phase > 0.5, phase - 1, phase), np.float32))
        strength = np.hypot(even, odd)
        trusts.append(np.asarray(strength / np.maximum(np.asarray(total, np.float32)[grid], 1e-3), np.float32))
    return _unwrapped(phases, trusts, size)


def _unwrapped(phases: list[Floats], trusts: list[Floats], size: int) -> Shift:
    """Whole modules added so that neighbours agree, outwards from the finders, where the shift is small."""
    count = len(phases[0])
    across, down = (phase.ravel().tolist() for phase in phases)
    trust_across, trust_down = (np.clip((trust.ravel() - 0.12) / 0.25, 0, 1).tolist() for trust in trusts)
    # both directions at once: the real part is the shift along the rows
    field: list[complex] = [0j] * (count * count)
    for here, around in _outwards(size):
        guess = 0j
        for there, share in around:
            guess += share * field[there]
        x, y = across[here], down[here]
        x += round(guess.real - x)
        y += round(guess.imag - y)
        field[here] = complex(
            guess.real + trust_across[here] * (x - guess.real), guess.imag + trust_down[here] * (y - guess.imag)
        )
    rows = np.array([value.real for value in field], np.float32).reshape(count, count)
    columns = np.array([value.imag for value in field], np.float32).reshape(count, count)
    return rows, columns


@cache
def _outwards(size: int) -> list[tuple[int, list[tuple[int, float]]]]:
    """Each knot in the order in which it is unwrapped, with the knots known by then and what each says of it.

    A neighbour's shift is carried on in a straight line where two lie in a row. Near a finder nothing is guessed.
    """
    where = knots(size)
    count = len(where)
    middles = np.array([(3.5, 3.5), (size - 3.5, 3.5), (3.5, size - 3.5)])
    gap = np.min(
        np.hypot(where[None, :, None] - middles[:, 0], where[:, None, None] - middles[:, 1]), axis=2
    )  # [row, column]
    plan: list[tuple[int, list[tuple[int, float]]]] = []
    known: set[tuple[int, int]] = set()
    for flat in np.argsort(gap, axis=None, kind="stable"):
        row, column = divmod(int(flat), count)
        says: dict[int, float] = {}
        weight = 0.0
        for dy, dx in product((-1, 0, 1), repeat=2):
            near, beyond = (row + dy, column + dx), (row + 2 * dy, column + 2 * dx)
            if gap[row, column] <= 5 or near not in known:
                continue
            share = 1.0 if dx == 0 or dy == 0 else 0.5
            at = near[0] * count + near[1]
            if beyond in known:
                share *= 2
                after = beyond[0] * count + beyond[1]
                says[after] = says.get(after, 0.0) - 0.7 * share
                says[at] = says.get(at, 0.0) + 0.7 * share
            says[at] = says.get(at, 0.0) + share
            weight += share
        plan.append((int(flat), [(at, share / weight) for at, share in says.items()]))
        known.add((row, column))
    return plan
