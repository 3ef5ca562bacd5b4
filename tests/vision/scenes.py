"""Seeded pictures with a known answer: sheets on many grounds, laid askew, cut off, and grounds without a sheet."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
SIZE = (1280, 960)
GROUNDS = ("tray", "grey", "wood", "light", "cloth", "blue")


@dataclass(frozen=True)
class Scene:
    """A picture and the sheet's corners (clockwise from top left, outside the frame where it is cut off), or None."""

    picture: Pixels
    corners: npt.NDArray[np.float64] | None
    kind: str


def ground(kind: str, rng: np.random.Generator, size: tuple[int, int] = SIZE) -> Pixels:
    """A table top."""
    width, height = size
    colours = {
        "tray": (74, 66, 60),
        "grey": (136, 138, 140),
        "wood": (62, 98, 140),
        "light": (196, 200, 202),
        "cloth": (88, 60, 120),
        "blue": (140, 96, 50),
    }
    base = np.array(colours[kind], np.float32)
    picture = np.empty((height, width, 3), np.float32)
    picture[:] = base
    if kind == "wood":
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        waves = np.sin(y / 17 + 3 * np.sin(x / 310 + rng.uniform(0, 6))) + 0.6 * np.sin(y / 5.3 + x / 190)
        picture += (waves * rng.uniform(6, 13))[:, :, None]
        for _ in range(4):
            line = int(rng.uniform(0, height))
            picture[line : line + 3] *= 0.6
    elif kind == "cloth":
        y, x = np.mgrid[0:height, 0:width]
        picture += (((x // 14 + y // 14) % 2) * rng.uniform(6, 18))[:, :, None]
    elif kind == "tray":
        for line in range(60, height, 130):
            picture[line : line + 2] += 24
    coarse = rng.normal(0, 5, (height // 16, width // 16)).astype(np.float32)
    picture += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)[:, :, None]
    return np.clip(picture, 0, 255).astype(np.uint8)


def sheet(rng: np.random.Generator, height: int = 1400) -> Pixels:
    """A printed A4 page: text, a framed table, sometimes a photograph."""
    width = round(height / 297 * 210)
    page = np.full((height, width, 3), rng.uniform(228, 252), np.uint8)
    margin = width // 10
    y = margin
    while y < height - margin:
        if rng.random() < 0.85:
            x = margin
            end = width - margin - (rng.random() < 0.3) * rng.uniform(0, width / 2)
            while x < end:
                word = rng.uniform(width / 40, width / 9)
                cv2.rectangle(page, (round(x), round(y)), (round(min(x + word, end)), round(y + 9)), (52, 46, 46), -1)
                x += word + 12
        y += rng.uniform(20, 44)
    if rng.random() < 0.6:
        top = int(rng.uniform(0.2, 0.5) * height)
        cv2.rectangle(page, (margin, top), (width - margin, top + height // 3), (40, 40, 40), 3)
        for row in range(1, 6):
            line = top + row * height // 18
            cv2.line(page, (margin, line), (width - margin, line), (40, 40, 40), 2)
    if rng.random() < 0.3:
        cv2.rectangle(page, (margin, margin), (margin + width // 4, margin + height // 5), (150, 60, 40), -1)
    return page


def lit(picture: Pixels, rng: np.random.Generator) -> Pixels:
    """Uneven light, a soft lens, noise, JPEG."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[-1:1:24j, -1:1:32j]
    lean = rng.uniform(-0.22, 0.22, 2)
    field = rng.uniform(0.75, 1.05) + lean[0] * x + lean[1] * y - 0.12 * (x * x + y * y)
    field = cv2.resize(field.astype(np.float32), (width, height))
    out = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.6, 1.6)).astype(np.float32) * field[:, :, None]
    out += rng.normal(0, rng.uniform(1.5, 5), out.shape)
    _, packed = cv2.imencode(".jpg", np.clip(out, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 85])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def page_scene(seed: int, kind: str = "", cut: str = "") -> Scene:
    """A sheet on a ground, turned and seen at an angle; `cut`: left, right, top or bottom, the side it leaves over."""
    rng = np.random.default_rng([seed, 11])
    kind = kind or GROUNDS[seed % len(GROUNDS)]
    width, height = SIZE
    picture = ground(kind, rng)
    page = sheet(rng)
    tall = rng.uniform(0.62, 0.86) * height
    half = np.array([tall / 297 * 210, tall]) / 2
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * half
    angle = np.radians(rng.uniform(-14, 14)) + (np.pi / 2 if rng.random() < 0.25 else 0)
    turn = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    corners = square @ turn.T + rng.uniform(-0.05, 0.05, (4, 2)) * tall * 0.7
    low, high = corners.min(axis=0), corners.max(axis=0)
    room = np.array([width, height]) - (high - low) - 24
    at = -low + 12 + rng.uniform(0, 1, 2) * np.maximum(room, 0)
    corners = corners + at
    part = rng.uniform(0.15, 0.4)
    span = high - low
    if not cut and (span > np.array(SIZE) - 24).any():  # too tall to lie whole: smaller
        corners = (corners - corners.mean(axis=0)) * float(((np.array(SIZE) - 30) / span).min())
        corners += np.array(SIZE) / 2
    low, high = corners.min(axis=0), corners.max(axis=0)
    if cut == "left":
        corners[:, 0] -= low[0] + part * span[0]
    elif cut == "right":
        corners[:, 0] += width - high[0] + part * span[0]
    elif cut == "top":
        corners[:, 1] -= low[1] + part * span[1]
    elif cut == "bottom":
        corners[:, 1] += height - high[1] + part * span[1]
    shade = np.full((height, width), 1.0, np.float32)
    cv2.fillConvexPoly(shade, (corners + rng.uniform(-5, 5, 2)).round().astype(np.int32), 0.6)
    shade = cv2.GaussianBlur(shade, (0, 0), rng.uniform(2, 6))
    picture = (picture * shade[:, :, None]).astype(np.uint8)
    rows, columns = page.shape[:2]
    edge = np.array([(-0.5, -0.5), (columns - 0.5, -0.5), (columns - 0.5, rows - 0.5), (-0.5, rows - 0.5)], np.float32)
    page = cv2.GaussianBlur(page, (0, 0), 0.8)
    there = cv2.getPerspectiveTransform(edge, corners.astype(np.float32))
    cv2.warpPerspective(page, there, SIZE, dst=picture, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    middle = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    ordered = corners[order]
    ordered = np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)
    return Scene(lit(picture, rng), ordered, kind)


def empty_scene(seed: int, kind: str = "") -> Scene:
    """A ground with things on it that are no sheet: a cup, keys, a hand's shadow, or nothing."""
    rng = np.random.default_rng([seed, 12])
    kind = kind or GROUNDS[seed % len(GROUNDS)]
    width, height = SIZE
    picture = ground(kind, rng)
    for _ in range(seed % 4):
        centre = (int(rng.uniform(0.1, 0.9) * width), int(rng.uniform(0.1, 0.9) * height))
        colour = tuple(int(value) for value in rng.uniform(20, 240, 3))
        axes = (int(rng.uniform(40, 190)), int(rng.uniform(40, 190)))
        cv2.ellipse(picture, centre, axes, rng.uniform(0, 180), 0, 360, colour, -1)
    if seed % 3 == 0:
        shade = np.ones((height, width), np.float32)
        cv2.ellipse(shade, (int(rng.uniform(0, width)), height), (300, 420), 20, 0, 360, 0.6, -1)
        picture = (picture * cv2.GaussianBlur(shade, (0, 0), 25)[:, :, None]).astype(np.uint8)
    return Scene(lit(picture, rng), None, kind)


def overlap(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    """Intersection over union of two convex quadrangles."""
    first, second = one.astype(np.float32), other.astype(np.float32)
    common, _ = cv2.intersectConvexConvex(first, second)
    union = cv2.contourArea(first) + cv2.contourArea(second) - common
    return float(common / union) if union > 0 else 0.0
