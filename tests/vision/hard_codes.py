"""Seeded photographs of QR codes, 1920x1080, spoilt as halls and phones spoil them; each payload is known.

Harder and nearer to life than :mod:`tests.vision.codes_set`: the symbol lies in a scene of print, furniture and other
rectangles, is bent, lit from one side, mirrored in by lamps, overprinted, chewed, shown on a screen or made by somebody
who had read half the standard. Seeds below 10,000 are for choosing filters and thresholds; figures are quoted on seeds
from 10,000 on.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from tests.vision.codes_set import payload_of, symbol

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
WIDTH, HEIGHT = 1920, 1080
CLASSES = (
    "nominal",
    "rotated",
    "blurred",
    "motion",
    "perspective",
    "shadows",
    "bright_spot",
    "glare",
    "brightness",
    "damaged",
    "curved",
    "crumpled",
    "screen",
    "high_version",
    "close",
    "many",
    "odd",
    "small",
    "toner",
)


@dataclass(frozen=True)
class Photo:
    """A grey picture, every payload that is on it, and how it was spoilt."""

    picture: Pixels
    payloads: tuple[bytes, ...]
    kind: str


def photo(kind: str, seed: int) -> Photo:
    """One photograph of a class."""
    chance = random.Random(f"hard-{kind}-{seed}")
    rng = np.random.default_rng([77, CLASSES.index(kind), seed])
    canvas = _scene(rng)
    payloads: list[bytes] = []
    places: list[npt.NDArray[np.float64]] = []
    count = chance.randint(4, 9) if kind == "many" else 1
    cells = [(column, row) for column in range(3) for row in range(3)]
    chance.shuffle(cells)
    for index in range(count):
        payload = payload_of(chance, "dense" if kind == "high_version" else kind)
        error = chance.choice("lmqh") if kind != "high_version" else chance.choice("lm")
        code = symbol(payload, error).astype(np.float32)
        if kind == "odd":
            code = _odd(code, chance, rng)
        if kind == "damaged":
            code = _chewed(code, rng)
        if kind == "toner":
            code = _toner(code, rng)
        payloads.append(payload)
        cell = cells[index] if kind == "many" else None
        places.append(_lay(canvas, code, kind, cell, rng))
    return Photo(_seen(canvas, kind, rng, places[0]), tuple(payloads), kind)


def film(seed: int, count: int = 8) -> tuple[bytes, list[Pixels]]:
    """Pictures in a row of one code on shiny paper in a hand: the reflection wanders, and each hides a part of it."""
    chance = random.Random(f"film-{seed}")
    rng = np.random.default_rng([79, seed])
    canvas = _scene(rng)
    payload = payload_of(chance, "nominal")
    place = _lay(canvas, symbol(payload, "l").astype(np.float32), "nominal", None, rng)
    canvas *= np.float32(rng.uniform(0.5, 0.8))
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    inner = place.mean(axis=0) + (place - place.mean(axis=0)) * 0.6
    ways = [inner[at] for at in rng.permutation(4)[:2]]
    reach = float(np.ptp(place, axis=0).mean())
    wide = reach * rng.uniform(0.12, 0.3, 2)
    pictures: list[Pixels] = []
    for number in range(count):
        at = ways[0] + (ways[1] - ways[0]) * number / max(count - 1, 1)
        lit = canvas + 420 * np.exp(-(((x - at[0]) / wide[0]) ** 2) - ((y - at[1]) / wide[1]) ** 2)
        hand = np.array([(1, 0, rng.normal(0, 2)), (0, 1, rng.normal(0, 2))], np.float32)
        lit = cv2.warpAffine(lit.astype(np.float32), hand, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        lit = cv2.GaussianBlur(lit, (0, 0), 0.8) + rng.normal(0, 4, lit.shape).astype(np.float32)
        pictures.append(np.clip(lit, 0, 255).astype(np.uint8))
    return payload, pictures


def blank(seed: int) -> Pixels:
    """A scene without a code."""
    rng = np.random.default_rng([78, seed])
    return _seen(
        _scene(rng),
        ("nominal", "glare", "shadows", "screen")[seed % 4],
        rng,
        np.array([(0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)]) * (WIDTH, HEIGHT),
    )


def _scene(rng: np.random.Generator) -> Floats:
    """A table, papers with print and tables on them, some of them barred or chequered like codes."""
    small = rng.normal(0, 1, (9, 16)).astype(np.float32)
    canvas = cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * rng.uniform(3, 18)
    canvas += rng.uniform(60, 200)
    for _ in range(rng.integers(2, 7)):
        at = rng.uniform((0, 0), (WIDTH, HEIGHT))
        size = rng.uniform(120, 700, 2)
        paper = np.full((400, 300), rng.uniform(150, 245), np.uint8)
        what = rng.integers(0, 4)
        if what == 0:
            for line in range(20, 390, int(rng.integers(12, 26))):
                cv2.putText(paper, "Nomor 0123 keterangan", (8, line), 0, rng.uniform(0.3, 0.6), (50,), 1, cv2.LINE_AA)
        elif what == 1:
            for x in range(0, 300, int(rng.integers(14, 50))):
                cv2.line(paper, (x, 0), (x, 400), (70,), int(rng.integers(1, 9)))
            for y in range(0, 400, int(rng.integers(14, 50))):
                cv2.line(paper, (0, y), (300, y), (70,), 2)
        elif what == 2:
            blocks = (rng.integers(0, 2, (20, 15)) * 150 + 50).astype(np.uint8)
            paper = cv2.resize(blocks, (300, 400), interpolation=cv2.INTER_NEAREST)
        _warp(canvas, paper.astype(np.float32), _square(at, size, rng.uniform(0, 2 * np.pi), rng, 0.1))
    return canvas


def _square(
    at: npt.NDArray[np.float64], size: npt.NDArray[np.float64], angle: float, rng: np.random.Generator, slant: float
) -> npt.NDArray[np.float64]:
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * size / 2
    corners *= 1 + rng.uniform(-slant, slant, (4, 1))
    turn = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    return corners @ turn.T + at


def _warp(canvas: Floats, patch: Floats, corners: npt.NDArray[np.float64]) -> None:
    rows, columns = patch.shape
    side = float(np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1).mean())
    scale = side / max(rows, columns)
    if scale < 1:
        patch = cv2.GaussianBlur(patch, (0, 0), max(0.3, 0.4 / scale))
    source = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32) - 0.5
    there = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    cv2.warpPerspective(
        patch, there, (WIDTH, HEIGHT), dst=canvas, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT
    )


def _lay(
    canvas: Floats, code: Floats, kind: str, cell: tuple[int, int] | None, rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """The code on its paper, on the table; where the paper lies."""
    modules = code.shape[0] / 8
    low, high = {"small": (1.9, 2.8), "high_version": (2.6, 4.5), "many": (2.6, 4.0), "close": (8, 20)}.get(
        kind, (3, 9)
    )
    side = modules * rng.uniform(low, high)
    side = min(side, (1.35 if kind == "close" else 0.93) * HEIGHT, 330 if cell else 1e9)
    angle = rng.uniform(0, 2 * np.pi) if kind in ("rotated", "many", "odd") else rng.uniform(-0.2, 0.2)
    slant = {"perspective": 0.25, "curved": 0.05, "crumpled": 0.06}.get(kind, 0.03)
    if cell:
        at = np.array([WIDTH * (cell[0] + 0.5) / 3, HEIGHT * (cell[1] + 0.5) / 3])
    else:
        room = np.maximum(np.array([WIDTH, HEIGHT]) - side * 1.3, 4) / 2
        at = np.array([WIDTH, HEIGHT]) / 2 + rng.uniform(-0.9, 0.9, 2) * room
    paper = rng.uniform(185, 245)
    ink = rng.uniform(15, 60)
    if kind == "brightness":
        ink = paper - rng.uniform(25, 90)
    patch = ink + code / 255 * (paper - ink)
    if kind != "odd" and kind != "close":
        border = int(code.shape[0] * rng.uniform(0.05, 0.5))
        patch = cv2.copyMakeBorder(patch, border, border, border, border, cv2.BORDER_CONSTANT, value=(float(paper),))
        side *= patch.shape[0] / code.shape[0]
    if kind in ("curved", "crumpled"):
        patch = _bent(patch, kind, rng)
    corners = _square(at, np.array([side, side]), angle, rng, slant)
    if kind == "perspective":
        tilt = rng.uniform(0.35, 0.6)
        along = rng.uniform(0, 2 * np.pi)
        axis = np.array([np.cos(along), np.sin(along)])
        off = (corners - at) @ axis
        squeezed = corners - np.outer(off * (1 - tilt), axis)
        corners = at + (squeezed - at) * (1 + off / side * (1 - tilt) * 0.7)[:, None]
    _warp(canvas, patch.astype(np.float32), corners)
    return corners


def _bent(patch: Floats, kind: str, rng: np.random.Generator) -> Floats:
    """Round a bottle, or unfolded from a pocket: the picture pulled, and its shading with it."""
    rows, columns = patch.shape
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    if kind == "curved":
        reach = rng.uniform(0.5, 1.15)
        u = (x / columns * 2 - 1) * np.sin(reach)
        bowed = np.arcsin(np.clip(u, -0.999, 0.999)) / reach
        sag = (1 - np.cos(bowed * reach)) * rows * rng.uniform(0.0, 0.25)
        out = cv2.remap(
            patch, ((bowed + 1) / 2 * columns).astype(np.float32), (y - sag).astype(np.float32), 1, borderValue=(160,)
        )
        return (out * (0.55 + 0.45 * np.cos(bowed * reach))).astype(np.float32)
    field = [
        cv2.resize(rng.normal(0, 1, (5, 5)).astype(np.float32), (columns, rows), interpolation=cv2.INTER_CUBIC)
        for _ in range(3)
    ]
    pull = rows * rng.uniform(0.003, 0.010)
    out = cv2.remap(patch, x + field[0] * pull, y + field[1] * pull, 1, borderMode=cv2.BORDER_REPLICATE)
    return (out * np.clip(1 + 0.14 * field[2], 0.4, 1.3)).astype(np.float32)


def _odd(code: Floats, chance: random.Random, rng: np.random.Generator) -> Floats:
    """Made by somebody in a hurry: no quiet zone, inverted, a logo in the middle, round dots, grey finders."""
    what = chance.randrange(5)
    inner = code[32:-32, 32:-32]
    if what == 0:
        thin = int(chance.choice([4, 8, 16]))
        return cv2.copyMakeBorder(inner, thin, thin, thin, thin, cv2.BORDER_CONSTANT, value=(255.0,))
    if what == 1:
        return 255 - code
    if what == 2:
        side = inner.shape[0]
        logo = int(side * rng.uniform(0.12, 0.24))
        start = (side - logo) // 2
        code[32 + start : 32 + start + logo, 32 + start : 32 + start + logo] = rng.uniform(60, 200)
        return code
    if what == 3:
        dots = code.copy()
        modules = inner.shape[0] // 8
        for row in range(modules):
            for column in range(modules):
                corner = (row < 8 or row >= modules - 8) and (column < 8 or column >= modules - 8)
                if inner[row * 8 + 4, column * 8 + 4] < 128 and not corner:
                    y, x = 32 + row * 8, 32 + column * 8
                    dots[y : y + 8, x : x + 8] = 255
                    cv2.circle(dots, (x + 4, y + 4), 3, (0,), -1)
        return dots
    return (
        cv2.dilate(code, np.ones((3, 3), np.uint8))
        if chance.random() < 0.5
        else cv2.erode(code, np.ones((3, 3), np.uint8))
    )


def _chewed(code: Floats, rng: np.random.Generator) -> Floats:
    """Torn, stained, scratched, written over; sometimes on a finder."""
    side = code.shape[0]
    code = code.astype(np.uint8)
    for _ in range(rng.integers(2, 7)):
        what = rng.integers(0, 3)
        shade = (float(rng.choice([15.0, 130.0, 250.0])),)
        at = tuple(int(value) for value in rng.uniform(0.05, 0.95, 2) * side)
        if what == 0:
            axes = tuple(int(value) for value in rng.uniform(0.01, 0.08, 2) * side)
            cv2.ellipse(code, at, axes, float(rng.uniform(0, 180)), 0, 360, shade, -1)
        elif what == 1:
            to = tuple(int(value) for value in rng.uniform(0, 1, 2) * side)
            cv2.line(code, at, to, shade, int(rng.integers(2, 12)))
        else:
            cv2.putText(code, "7315", at, 0, rng.uniform(0.8, 3), shade, int(rng.integers(2, 7)))
    return code.astype(np.float32)


def _toner(code: Floats, rng: np.random.Generator) -> Floats:
    """A laser printer near its end: streaks without toner along the paper's way, specks, dots grown fat."""
    code = cv2.GaussianBlur(code, (0, 0), rng.uniform(0.6, 1.6))
    code = np.where(code < rng.uniform(100, 165), 0.0, 255.0).astype(np.float32)
    for _ in range(rng.integers(1, 5)):
        x = int(rng.uniform(0.1, 0.9) * code.shape[1])
        wide = int(rng.integers(2, 9))
        strength = rng.uniform(0.5, 1)
        code[:, x : x + wide] += (255 - code[:, x : x + wide]) * strength
    specks = rng.uniform(0, 1, code.shape) < 0.006
    code[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = 40
    return code


def _near(place: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """A point on the code's paper or close to it."""
    return place.mean(axis=0) + rng.uniform(-0.55, 0.55, 2) * np.ptp(place, axis=0)


def _dappled(place: npt.NDArray[np.float64], rng: np.random.Generator) -> Floats:
    """1 in the shade, more where the sun comes through a window's bars or between leaves: its edges are sharp."""
    lit = np.zeros((HEIGHT, WIDTH), np.float32)
    reach = float(np.ptp(place, axis=0).mean())
    if rng.uniform() < 0.5:
        y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        angle, pitch = rng.uniform(0, np.pi), reach * rng.uniform(0.3, 1.2)
        phase = (x * np.cos(angle) + y * np.sin(angle)) / pitch + rng.uniform()
        lit[(phase % 1) < rng.uniform(0.2, 0.7)] = 1
    else:
        for _ in range(rng.integers(3, 12)):
            at = tuple(int(value) for value in _near(place, rng))
            axes = tuple(int(value) for value in reach * rng.uniform(0.05, 0.4, 2) + 2)
            cv2.ellipse(lit, at, axes, float(rng.uniform(0, 180)), 0, 360, (1.0,), -1)
    soft = cv2.GaussianBlur(lit, (0, 0), reach * rng.uniform(0.004, 0.05) + 0.5)
    return (1 + soft * rng.uniform(0.8, 3.5)).astype(np.float32)


def _seen(canvas: Floats, kind: str, rng: np.random.Generator, place: npt.NDArray[np.float64]) -> Pixels:
    """Light, lens, sensor and JPEG; `place`: where the code's paper lies."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    out = canvas * np.float32(rng.uniform(0.75, 1.0))
    out *= 1 - 0.25 * ((x / WIDTH - rng.uniform(0.3, 0.7)) ** 2 + (y / HEIGHT - rng.uniform(0.3, 0.7)) ** 2)
    middle = np.array([WIDTH, HEIGHT]) / 2
    if kind == "shadows":
        for _ in range(rng.integers(1, 4)):
            angle, off = rng.uniform(0, np.pi), rng.uniform(-300, 300)
            edge = (x - middle[0]) * np.cos(angle) + (y - middle[1]) * np.sin(angle) + off
            out *= 1 - rng.uniform(0.4, 0.75) / (1 + np.exp(-edge / rng.uniform(2, 40)))
    elif kind == "bright_spot":
        # the camera exposes for something between shade and sun
        out *= _dappled(place, rng) * rng.uniform(0.3, 0.75)
    elif kind == "glare":
        reach = float(np.ptp(place, axis=0).mean())
        out *= rng.uniform(0.5, 0.9)
        for _ in range(rng.integers(1, 4)):
            at, wide = _near(place, rng), reach * rng.uniform(0.06, 0.35, 2)
            veil = -(((x - at[0]) / wide[0]) ** 2) - ((y - at[1]) / wide[1]) ** 2
            out = out + rng.uniform(120, 600) * np.exp(veil)
    elif kind == "brightness":
        out = out * rng.uniform(0.2, 0.6) if rng.uniform() < 0.5 else 255 - (255 - out) * rng.uniform(0.2, 0.5)
    elif kind == "screen":
        pitch = rng.uniform(2.2, 4.5)
        out *= 1 + rng.uniform(0.1, 0.28) * np.sin(2 * np.pi * x / pitch + np.sin(y / 180))
        out *= 1 + rng.uniform(0.05, 0.15) * np.sin(2 * np.pi * y / rng.uniform(2.2, 4.5))
        out += 60 * np.exp(-(((x - rng.uniform(300, 1600)) / 300) ** 2) - ((y - rng.uniform(200, 900)) / 200) ** 2)
    blur = rng.uniform(0.5, 1.0)
    if kind == "blurred":
        blur = rng.uniform(1.6, 4.2)
    out = cv2.GaussianBlur(out.astype(np.float32), (0, 0), blur)
    if kind == "motion":
        length = int(rng.integers(5, 15))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), float(rng.uniform(0, 180)), 1)
        kernel = cv2.warpAffine(kernel, turn, (length, length))
        out = cv2.filter2D(out, -1, kernel / max(float(kernel.sum()), 1e-6))
    out += rng.normal(0, rng.uniform(1.5, 7), out.shape).astype(np.float32)
    _, packed = cv2.imencode(
        ".jpg", np.clip(out, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 93))]
    )
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
