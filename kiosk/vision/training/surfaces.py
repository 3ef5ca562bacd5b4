"""Surfaces that look like photographs of surfaces, drawn from numbers: stone, boards, weave, printed cloth, clutter.

Natural pictures have as much change at every scale; so has noise shaped in its spectrum, and so have leaves of all
sizes fallen one over the other (the dead leaves model of Lee, Mumford and Huang, 2001). No picture is read from a file.
"""
# pyright: basic

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.training.faces import Random
from kiosk.vision.types import Image

SIDE = 384  # pixels, a tile's side
Floats = NDArray[np.float32]


def surfaces(count: int, seed: int = 0) -> list[Image]:
    """`count` tiles, BGR, :data:`SIDE` square; the same numbers give the same tiles."""
    return [surface(np.random.default_rng([seed, index, 41])) for index in range(count)]


def surface(rng: Random) -> Image:
    """One tile."""
    kinds = (_leaves, _leaves, _clouds, _clouds, _boards, _boards, _weave, _lattice, _lattice, _strokes, _bricks)
    tile = kinds[int(rng.integers(len(kinds)))](rng)
    if rng.random() < 0.4:  # worn, stained
        tile = tile * (1 + rng.uniform(0.02, 0.25) * fractal(rng, rng.uniform(1.5, 2.5))[:, :, None])
    if rng.random() < 0.2:  # folds of cloth
        tile = tile * (1 + rng.uniform(0.05, 0.3) * fractal(rng, 3.2, stretch=rng.uniform(2, 5))[:, :, None])
    if rng.random() < 0.5:
        tile = tile + rng.normal(0, rng.uniform(1, 8), tile.shape)
    return np.clip(tile, 0, 255).astype(np.uint8)


def fractal(rng: Random, power: float, stretch: float = 1.0) -> Floats:
    """Noise of mean 0 and deviation 1 whose amplitude falls with frequency to the `power` half; it wraps around."""
    y = np.fft.fftfreq(SIDE)[:, None] * stretch
    x = np.fft.rfftfreq(SIDE)[None, :]
    turn = rng.uniform(0, np.pi)
    away = np.hypot(x, y) if stretch == 1 else np.hypot(x * np.cos(turn) + y * np.sin(turn), 0.25 * (x + y))
    away = np.maximum(away, 1 / SIDE)
    wave = rng.standard_normal((SIDE, SIDE // 2 + 1)) + 1j * rng.standard_normal((SIDE, SIDE // 2 + 1))
    noise = np.fft.irfft2(wave * away ** (-power / 1.2), (SIDE, SIDE))
    return np.asarray((noise - noise.mean()) / max(1e-9, float(noise.std())), np.float32)


def palette(rng: Random, count: int) -> Floats:
    """Colours that go together: one hue or two, many lightnesses; BGR."""
    hue = rng.uniform(0, 180) + rng.normal(0, rng.choice([6.0, 20.0, 60.0]), count)
    full = np.clip(rng.exponential(60) + rng.normal(0, 25, count), 0, 255)
    light = np.clip(rng.uniform(30, 230) + rng.normal(0, rng.uniform(15, 70), count), 5, 252)
    hsv = np.stack([hue % 180, full, light], axis=1)[None].astype(np.uint8)
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)[0], np.float32)


def _mapped(rng: Random, level: Floats, count: int) -> Floats:
    """Levels as colours between those of a palette."""
    colours = palette(rng, count)
    colours = colours[np.argsort(colours.sum(axis=1))]
    at = np.clip((level + 2) / 4, 0, 1) * (count - 1)
    low = np.minimum(at.astype(np.intp), count - 2)
    part = (at - low)[:, :, None]
    return np.asarray(colours[low] * (1 - part) + colours[low + 1] * part, np.float32)


def _clouds(rng: Random) -> Floats:
    """Stone, marble, concrete, leather, carpet."""
    level = fractal(rng, rng.uniform(0.4, 2.6), float(rng.choice([1.0, 1.0, rng.uniform(2, 6)])))
    if rng.random() < 0.4:  # veins
        level = np.abs(level) * 2 - 1.5
    return _mapped(rng, np.asarray(level * rng.uniform(0.4, 1.2), np.float32), int(rng.integers(2, 5)))


def _boards(rng: Random) -> Floats:
    """Planed boards: rings cut lengthwise, knots, fibres, joints."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / SIDE
    bend = 0.03 * fractal(rng, 2.4) * rng.uniform(0.2, 2)
    rings = y * rng.uniform(1, 7) + bend * 4 + 0.4 * x * rng.normal()
    for _ in range(int(rng.integers(0, 4))):
        at = rng.uniform(0, 1, 2)
        rings = rings + rng.uniform(0.1, 0.9) * np.exp(
            -((x - at[0]) ** 2 / rng.uniform(0.002, 0.03) + (y - at[1]) ** 2 / rng.uniform(0.0005, 0.008))
        )
    level = np.sin(rings * rng.uniform(4, 26)) * rng.uniform(0.2, 1.0)
    fibre = cv2.GaussianBlur(rng.standard_normal((SIDE, SIDE), np.float32), (0, 0), sigmaX=18, sigmaY=0.6)
    level = level + fibre / max(1e-6, float(fibre.std())) * rng.uniform(0.1, 0.6)
    brown = np.array([rng.uniform(25, 120), rng.uniform(60, 165), rng.uniform(90, 225)], np.float32)
    if rng.random() < 0.25:
        brown[:] = rng.uniform(60, 235) + rng.normal(0, 8, 3)  # painted, grey, bleached
    out = brown * (1 + rng.uniform(0.04, 0.22) * level[:, :, None])
    step = int(rng.integers(40, 260))
    for top in range(0, SIDE, step):
        out[top : top + step] *= rng.uniform(0.82, 1.12)
        out[top : top + int(rng.integers(1, 4))] *= rng.uniform(0.4, 0.9)
    return np.asarray(out if rng.random() < 0.5 else np.swapaxes(out, 0, 1), np.float32)


def _weave(rng: Random) -> Floats:
    """Linen, rattan, mats: threads over and under."""
    pitch = float(rng.uniform(3, 26))
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    wobble = fractal(rng, 2.2) * rng.uniform(0, 2)
    u, v = (x + wobble) / pitch, (y - wobble) / pitch
    threads = int(rng.integers(1, 4))
    over = ((np.floor(u) + np.floor(v)) % (2 * threads)) < threads
    warp, weft = np.abs(np.sin(np.pi * u)), np.abs(np.sin(np.pi * v))
    one, two = palette(rng, 2)
    light = np.where(over, warp, weft)[:, :, None] ** 0.5
    return np.asarray(np.where(over[:, :, None], one, two) * (0.55 + 0.45 * light), np.float32)


def _lattice(rng: Random) -> Floats:
    """Printed cloth: a motif of petals, rings and dots repeated on a lattice, rows shifted or not."""
    colours = palette(rng, 5)
    pitch = int(rng.integers(18, 130))
    cell = np.empty((pitch, pitch, 3), np.float32)
    cell[:] = colours[0]
    for _ in range(int(rng.integers(2, 9))):
        ink = tuple(float(value) for value in colours[int(rng.integers(1, 5))])
        at, spin = rng.uniform(0.2, 0.8, 2) * pitch, rng.uniform(0, 180)
        long = max(2, int(rng.uniform(0.08, 0.4) * pitch))
        wide = max(1, int(long * rng.uniform(0.2, 1)))
        petals = int(rng.choice([1, 4, 4, 6, 8]))
        thick = -1 if rng.random() < 0.6 else max(1, pitch // 30)
        for petal in range(petals):
            turn = spin + 360 / petals * petal
            off = long if petals > 1 else 0
            middle = (
                int(at[0] + off * np.cos(np.radians(turn))) % pitch,
                int(at[1] + off * np.sin(np.radians(turn))) % pitch,
            )
            cv2.ellipse(cell, middle, (long, wide), turn, 0, 360, ink, thick, cv2.LINE_AA)
    rows = [np.tile(np.roll(cell, (index % 2) * pitch // 2, axis=1), (1, SIDE // pitch + 2, 1)) for index in range(22)]
    tiled = np.concatenate(rows[: SIDE // pitch + 2])
    tiled = tiled[: SIDE + pitch, : SIDE + pitch]
    warp = fractal(rng, 3.0) * rng.uniform(0, 4)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    there = ((x + warp) % SIDE).astype(np.float32), ((y + np.roll(warp, 90, 0)) % SIDE).astype(np.float32)
    return np.asarray(cv2.remap(tiled, *there, cv2.INTER_LINEAR), np.float32)


def _leaves(rng: Random) -> Floats:
    """Things of all sizes one over the other: clutter, a room, a photograph's contents."""
    colours = palette(rng, 24) if rng.random() < 0.5 else rng.uniform(0, 255, (24, 3)).astype(np.float32)
    out = _clouds(rng)
    least, most = rng.uniform(2, 12), rng.uniform(60, 260)
    power = rng.uniform(1.2, 2.2)
    for _ in range(int(rng.integers(60, 500))):
        draw = rng.random()
        size = (least**-power + draw * (most**-power - least**-power)) ** (-1 / power)
        at = rng.uniform(0, SIDE, 2)
        tone = colours[int(rng.integers(24))] * rng.uniform(0.7, 1.2)
        ink = tuple(float(value) for value in tone)
        kind = rng.random()
        if kind < 0.4:
            axes = (max(1, int(size / 2)), max(1, int(size / 2 * rng.uniform(0.3, 1))))
            cv2.ellipse(out, (int(at[0]), int(at[1])), axes, rng.uniform(0, 180), 0, 360, ink, -1, cv2.LINE_AA)
        else:
            corners = int(rng.integers(3, 8))
            angle = np.sort(rng.uniform(0, 2 * np.pi, corners))
            reach = size / 2 * rng.uniform(0.5, 1, corners)
            points = at + np.stack([np.cos(angle), np.sin(angle)], axis=1) * reach[:, None]
            cv2.fillPoly(out, [points.round().astype(np.int32)], ink, cv2.LINE_AA)
    if rng.random() < 0.6:
        out = np.asarray(cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 3)), np.float32)
    return out


def _strokes(rng: Random) -> Floats:
    """Grass, straw, fur, gravel."""
    colours = palette(rng, 12)
    out = np.empty((SIDE, SIDE, 3), np.float32)
    out[:] = colours[0]
    long, wide, lean = rng.uniform(2, 50), int(rng.integers(1, 6)), rng.uniform(0, np.pi)
    spread = rng.uniform(0.05, 3)
    for x, y, turn, shade in zip(
        rng.uniform(0, SIDE, 900),
        rng.uniform(0, SIDE, 900),
        rng.normal(lean, spread, 900),
        rng.uniform(0.7, 1.25, 900),
        strict=True,
    ):
        tone = colours[int(rng.integers(12))] * shade
        end = (int(x + long * np.cos(turn)), int(y + long * np.sin(turn)))
        cv2.line(out, (int(x), int(y)), end, tuple(float(value) for value in tone), wide, cv2.LINE_AA)
    return out


def _bricks(rng: Random) -> Floats:
    """Bricks, parquet, paving: blocks in shifted rows, each with its own tone and grain."""
    high, wide = int(rng.integers(16, 110)), int(rng.integers(24, 200))
    joint = int(rng.integers(1, 5))
    tone, seam = palette(rng, 2)
    out = np.empty((SIDE, SIDE, 3), np.float32)
    out[:] = seam
    for row, top in enumerate(range(0, SIDE, high)):
        shift = (row % int(rng.integers(1, 4))) * wide // 2 if rng.random() < 0.8 else int(rng.integers(wide))
        for left in range(-shift, SIDE, wide):
            block = tone * rng.uniform(0.75, 1.2) + rng.normal(0, 6, 3)
            out[top : top + high - joint, max(0, left) : max(0, left + wide - joint)] = block
    return np.asarray(out * (1 + rng.uniform(0.03, 0.2) * fractal(rng, rng.uniform(0.6, 2))[:, :, None]), np.float32)
