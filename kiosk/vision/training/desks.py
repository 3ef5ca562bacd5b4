"""What papers lie on, and what lies beside them: desks, cloth, tiles, trays; keyboards, telephones, cups, pens."""
# pyright: basic

from __future__ import annotations

import cv2
import numpy as np

from kiosk.vision.training.faces import Random
from kiosk.vision.training.surfaces import SIDE
from kiosk.vision.types import Image


def ground(rng: Random, pictures: list[Image]) -> Image:
    """A surface's tile, BGR: one of the kinds below or, where surfaces are at hand (surfaces.py), one of those."""
    if pictures and rng.random() < 0.55:
        tile = pictures[int(rng.integers(len(pictures)))]
        if rng.random() < 0.5:
            tile = np.rot90(tile, int(rng.integers(1, 4)))
        if rng.random() < 0.35:  # other colours, same pattern
            gain = rng.uniform(0.5, 1.4) * rng.uniform(0.8, 1.2, 3)
            tile = np.clip(tile * gain + rng.uniform(-10, 60), 0, 255)
        return np.asarray(tile, np.uint8)
    kinds = (_plain, _plain, _white, _white, _wood, _wood, _cloth, _tiles, _batik, _speckled, _ruled)
    return kinds[int(rng.integers(len(kinds)))](rng)


def _of(rng: Random, low: float, high: float, tint: float) -> np.ndarray:
    base = rng.uniform(low, high) + rng.normal(0, tint, 3)
    out = np.empty((SIDE, SIDE, 3), np.float32)
    out[:] = np.clip(base, 4, 252)
    return out


def _noise(rng: Random, cell: int, strength: float) -> np.ndarray:
    size = max(2, SIDE // cell)
    coarse = rng.normal(0, strength, (size, size, 1)).astype(np.float32)
    return cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)[:, :, None]


def _u8(picture: np.ndarray) -> Image:
    return np.clip(picture, 0, 255).astype(np.uint8)


def _plain(rng: Random) -> Image:
    return _u8(_of(rng, 10, 235, 25) + _noise(rng, 48, 4) + _noise(rng, 3, rng.uniform(0, 4)))


def _white(rng: Random) -> Image:
    """White and pale desks, on which paper hardly shows."""
    return _u8(_of(rng, 190, 250, 5) + _noise(rng, 90, 3) + _noise(rng, 3, rng.uniform(0, 3)))


def _ruled(rng: Random) -> Image:
    """Trays and mats of one colour with ribs, seams or squares."""
    out = _of(rng, 15, 220, 12)
    pitch, wide = int(rng.integers(16, 150)), int(rng.integers(1, 4))
    step = rng.uniform(8, 50) * rng.choice([-1, 1])
    for at in range(int(rng.integers(pitch)), SIDE, pitch):
        out[at : at + wide] += step
    if rng.random() < 0.35:
        for at in range(int(rng.integers(pitch)), SIDE, pitch):
            out[:, at : at + wide] += step
    return _u8(out + _noise(rng, 6, rng.uniform(0, 6)))


def _wood(rng: Random) -> Image:
    light = rng.uniform(0.35, 1.35)
    base = np.array([62, 98, 140], np.float32) * light + rng.normal(0, 12, 3)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    bend = rng.uniform(0.5, 4) * np.sin(x / rng.uniform(60, 400) + rng.uniform(0, 6))
    grain = np.sin(y / rng.uniform(6, 30) + bend) + 0.6 * np.sin(y / rng.uniform(1.5, 5) + x / 190)
    out = base + (grain * rng.uniform(2, 16))[:, :, None] + _noise(rng, 20, 4)
    step = int(rng.integers(60, 200))
    if rng.random() < 0.6:  # planks
        for line in range(int(rng.integers(step)), SIDE, step):
            out[line : line + int(rng.integers(1, 4))] *= rng.uniform(0.4, 0.85)
    return _u8(out if rng.random() < 0.5 else np.swapaxes(out, 0, 1))


def _cloth(rng: Random) -> Image:
    """Checks, stripes and weave."""
    out = _of(rng, 40, 220, 30)
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    for _ in range(int(rng.integers(1, 4))):
        pitch, wide = int(rng.integers(6, 90)), rng.uniform(0.1, 0.6)
        along = (x, y, x + y, x - y)[int(rng.integers(4))]
        out += ((along % pitch) < wide * pitch)[:, :, None] * rng.uniform(-60, 60, 3)
    return _u8(out + _noise(rng, 2, rng.uniform(0, 10)))


def _tiles(rng: Random) -> Image:
    out = _of(rng, 60, 245, 14)
    pitch, joint = int(rng.integers(40, 190)), int(rng.integers(1, 6))
    colour = rng.uniform(30, 230, 3)
    shift = rng.normal(0, rng.uniform(0, 16), (SIDE // pitch + 1, SIDE // pitch + 1))
    out += np.kron(shift, np.ones((pitch, pitch)))[:SIDE, :SIDE, None]
    for at in range(0, SIDE, pitch):
        out[at : at + joint] = colour
        out[:, at : at + joint] = colour
    return _u8(out + _noise(rng, 30, 4) + _noise(rng, 2, 3))


def _batik(rng: Random) -> Image:
    """Dense printed cloth: many small motifs in few colours."""
    out = _u8(_of(rng, 20, 200, 40))
    inks = [tuple(int(value) for value in rng.uniform(0, 255, 3)) for _ in range(int(rng.integers(2, 5)))]
    size = rng.uniform(4, 30)
    for _ in range(int(rng.integers(30, 220))):
        at = (int(rng.uniform(0, SIDE)), int(rng.uniform(0, SIDE)))
        axes = (max(1, int(rng.uniform(0.2, 1) * size)), max(1, int(rng.uniform(0.2, 1) * size)))
        ink = inks[int(rng.integers(len(inks)))]
        cv2.ellipse(out, at, axes, rng.uniform(0, 180), 0, rng.uniform(90, 360), ink, int(rng.choice([-1, 1, 2])))
    return out


def _speckled(rng: Random) -> Image:
    """Stone, terrazzo, carpet."""
    out = _of(rng, 40, 220, 14)
    for cell in (2, 4, 9):
        size = SIDE // cell
        grain = rng.normal(0, rng.uniform(2, 22), (size, size, 3)).astype(np.float32)
        out += cv2.resize(grain, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    return _u8(out)


def thing(rng: Random, pictures: list[Image]) -> tuple[Image, float]:
    """A flat thing with straight sides that is no paper, and its length in A4 lengths: BGR, its own outline."""
    kinds = (_keyboard, _telephone, _laptop, _box, _box, _ruler)
    return kinds[int(rng.integers(len(kinds)))](rng, pictures)


def _keyboard(rng: Random, pictures: list[Image]) -> tuple[Image, float]:
    dark = rng.uniform(10, 230)
    out = np.full((90, 260, 3), dark, np.uint8)
    key = 255 - dark if rng.random() < 0.2 else min(255.0, dark + rng.uniform(10, 60))
    for row in range(5):
        for column in range(14):
            at = (4 + column * 18 + (row % 3) * 2, 5 + row * 17)
            cv2.rectangle(out, at, (at[0] + 14, at[1] + 13), (key, key, key), -1)
    return out, float(rng.uniform(0.9, 1.6))


def _telephone(rng: Random, pictures: list[Image]) -> tuple[Image, float]:
    out = np.full((220, 108, 3), rng.uniform(5, 60), np.uint8)
    if pictures and rng.random() < 0.5:
        out[12:208, 5:103] = cv2.resize(pictures[int(rng.integers(len(pictures)))], (98, 196))
    elif rng.random() < 0.4:
        out[12:208, 5:103] = rng.uniform(20, 255, 3).astype(np.uint8)
    return out, 0.5


def _laptop(rng: Random, pictures: list[Image]) -> tuple[Image, float]:
    body = rng.uniform(20, 220)
    out = np.full((190, 280, 3), body, np.uint8)
    keys, _ = _keyboard(rng, pictures)
    out[14:104, 10:270] = keys
    cv2.rectangle(out, (95, 116), (185, 178), (int(body * 0.9), int(body * 0.9), int(body * 0.9)), 2)
    return out, float(rng.uniform(1.0, 1.3))


def _box(rng: Random, pictures: list[Image]) -> tuple[Image, float]:
    """A mat, a tray, a folder, a box: one colour or a texture, no print."""
    out = np.empty((int(rng.integers(60, 240)), int(rng.integers(60, 240)), 3), np.uint8)
    out[:] = np.clip(rng.uniform(5, 190) + rng.normal(0, 25, 3), 0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        tile = ground(rng, pictures)
        out[:] = tile[: out.shape[0], : out.shape[1]]
    if rng.random() < 0.4:
        rim = int(rng.integers(2, 8))
        cv2.rectangle(out, (0, 0), (out.shape[1] - 1, out.shape[0] - 1), (30, 30, 30), rim)
    return out, float(rng.uniform(0.3, 1.8))


def _ruler(rng: Random, pictures: list[Image]) -> tuple[Image, float]:
    blue, green, red = (int(value) for value in rng.uniform(40, 250, 3))
    out = np.empty((26, 260, 3), np.uint8)
    out[:] = (blue, green, red)
    for at in range(4, 256, 6):
        cv2.line(out, (at, 0), (at, 10 if at % 5 else 15), (20, 20, 20), 1)
    return out, float(rng.uniform(0.5, 1.1))


def discs(rng: Random, picture: Image) -> None:
    """Plates, lids, bowls, stones: round patches of one colour, white ones among them, some larger than half the frame.

    A paper is told by its four straight sides, not by being a light patch.
    """
    rows, columns = picture.shape[:2]
    for _ in range(int(rng.integers(1, 5))):
        at = (int(rng.uniform(0, 1) * columns), int(rng.uniform(0, 1) * rows))
        long = rng.uniform(0.03, 0.22 if rng.random() < 0.8 else 0.4) * max(rows, columns)
        axes = (max(2, int(long)), max(2, int(long * rng.uniform(0.25, 1))))
        tone = np.clip(rng.uniform(10, 255) + rng.normal(0, rng.choice([4.0, 60.0]), 3), 0, 255)
        if rng.random() < 0.3:  # with a shadow of its own
            shade = np.ones((rows, columns), np.float32)
            away = (at[0] + int(rng.normal(0, 4)), at[1] + int(rng.normal(0, 4)))
            cv2.ellipse(shade, away, axes, 0, 0, 360, rng.uniform(0.4, 0.9), -1)
            picture[:] = (picture * cv2.GaussianBlur(shade, (0, 0), rng.uniform(1, 6))[:, :, None]).astype(np.uint8)
        turn = rng.uniform(0, 180)
        cv2.ellipse(picture, at, axes, turn, 0, 360, tuple(float(value) for value in tone), -1, cv2.LINE_AA)
        if rng.random() < 0.3:
            inner = (max(1, int(axes[0] * 0.75)), max(1, int(axes[1] * 0.75)))
            darker = tuple(float(value) for value in tone * rng.uniform(0.7, 0.97))
            cv2.ellipse(picture, at, inner, turn, 0, 360, darker, -1, cv2.LINE_AA)


def round_things(rng: Random, picture: Image, scale: float) -> None:
    """Cups, coins, plates, pens and cables, drawn into the photograph itself; `scale`: pixels of an A4 length."""
    rows, columns = picture.shape[:2]
    for _ in range(int(rng.integers(0, 4))):
        at = (int(rng.uniform(-0.1, 1.1) * columns), int(rng.uniform(-0.1, 1.1) * rows))
        blue, green, red = (int(value) for value in np.clip(rng.uniform(5, 250) + rng.normal(0, 30, 3), 0, 255))
        kind = rng.random()
        if kind < 0.4:
            radius = max(3, int(rng.uniform(0.04, 0.2) * scale))
            axes = (radius, max(2, int(radius * rng.uniform(0.6, 1))))
            cv2.ellipse(picture, at, axes, 0, 0, 360, (blue, green, red), -1, cv2.LINE_AA)
            inner = (max(1, int(axes[0] * 0.8)), max(1, int(axes[1] * 0.8)))
            cv2.ellipse(picture, at, inner, 0, 0, 360, (blue // 2, green // 2, red // 2), -1, cv2.LINE_AA)
        elif kind < 0.75:
            turn, long = rng.uniform(0, np.pi), rng.uniform(0.3, 0.7) * scale
            to = (int(at[0] + long * np.cos(turn)), int(at[1] + long * np.sin(turn)))
            cv2.line(picture, at, to, (blue, green, red), max(1, int(scale * rng.uniform(0.01, 0.04))), cv2.LINE_AA)
        else:
            steps = rng.normal(0, scale * 0.06, (24, 2)) + rng.normal(0, scale * 0.03, 2)
            path = (np.array(at) + np.cumsum(steps, axis=0)).round().astype(np.int32)
            cv2.polylines(picture, [path], False, (blue, green, red), max(1, int(scale * 0.015)), cv2.LINE_AA)
