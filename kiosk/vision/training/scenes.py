"""Whole photographs with a known answer: papers laid on a desk and seen by a camera, or a desk without any.

Desk, papers and flat things lie in one plane, measured in the main paper's long side, and are projected by one camera.
"""
# pyright: basic

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.training import desks, light
from kiosk.vision.training.faces import Random, face
from kiosk.vision.types import Image

LONG = 288  # pixels, a photograph's long side
Matrix = NDArray[np.float64]
_SHAPES = (4 / 3, 3 / 4, 4 / 3, 3 / 4, 16 / 9, 9 / 16, 1.0, 3 / 2, 2 / 3)


@dataclass(frozen=True)
class Scene:
    """A photograph and its answer.

    `corners`: the main paper's, clockwise from the top left, outside the frame where it is cut off; None without one.
    `others`: outlines of further papers. `bend`: the largest distance of a side from a straight line, in side lengths.
    """

    picture: Image
    corners: Matrix | None
    others: tuple[Matrix, ...]
    bend: float

    @property
    def cut_off(self) -> bool:
        """Whether more than a sliver of the main paper lies outside the frame."""
        if self.corners is None:
            return False
        rows, columns = self.picture.shape[:2]
        slack = 0.012 * max(rows, columns)
        return bool((self.corners < -slack).any() or (self.corners > np.array([columns, rows]) - 1 + slack).any())


def scene(seed: int, pictures: list[Image]) -> Scene:
    """The photograph with this number. The same number and surfaces give the same photograph."""
    rng = np.random.default_rng([seed, 77])
    shape = _SHAPES[int(rng.integers(len(_SHAPES)))]
    columns, rows = (LONG, round(LONG / shape)) if shape >= 1 else (round(LONG * shape), LONG)
    kind = rng.random()
    empty = kind < 0.18
    cut = 0.18 <= kind < 0.38
    paper = face(rng, pictures)
    size = np.array([paper.shape[1], paper.shape[0]]) / max(paper.shape[:2])
    plane, scale = _camera(rng, columns, rows, size, cut)
    picture = _desk(rng, plane, columns, rows, pictures, scale)
    here: Matrix = _square(size)
    corners = _through(plane, here)
    for _ in range(int(rng.choice([0, 0, 0, 1, 2, 3] if empty else [0, 0, 0, 1, 2]))):
        _lay_thing(rng, picture, plane, pictures, under=None if empty or rng.random() < 0.5 else size)
    others: list[Matrix] = []
    if not empty and rng.random() < 0.14:
        others = [_lay_other(rng, picture, plane, pictures, size) for _ in range(int(rng.integers(1, 3)))]
    if rng.random() < (0.5 if empty else 0.25):
        desks.round_things(rng, picture, scale)
    if rng.random() < (0.45 if empty else 0.12):
        desks.discs(rng, picture)
    if rng.random() < 0.06:
        _lay_plastic(rng, picture, plane)
    bend = 0.0
    if not empty:
        bend = _lay_paper(rng, picture, plane, paper, size)
    if rng.random() < 0.06:
        desks.round_things(rng, picture, scale)  # a pen on the paper
    if rng.random() < (0.1 if empty else 0.24):
        light.hands(rng, picture, None if empty else corners)
    lit = light.shadows(rng, picture.astype(np.float32))
    if rng.random() < 0.07:
        lit = light.window(rng, lit)
    lit = light.lamp(rng, lit)
    shown = light.sensor(rng, lit)
    kept = tuple(other for other in others if _seen(other, columns, rows) > 0.5)
    return Scene(shown, None if empty else _ordered(corners), kept, bend)


def _camera(rng: Random, columns: int, rows: int, size: NDArray[np.float64], cut: bool) -> tuple[Matrix, float]:
    """Desk coordinates to pixels, and how many pixels the paper's long side has."""
    focal = rng.uniform(0.75, 2.2) * LONG
    tilt = min(abs(rng.normal(0, 20)), 58.0)
    axis = rng.uniform(0, 2 * np.pi)
    spin = np.radians(rng.normal(0, 11) if rng.random() < 0.72 else rng.uniform(-180, 180))
    if rng.random() < 0.15:
        spin += np.pi / 2
    turn, _ = cv2.Rodrigues(np.array([np.cos(axis), np.sin(axis), 0.0]) * np.radians(tilt))
    roll, _ = cv2.Rodrigues(np.array([0.0, 0.0, spin]))
    rotation = np.asarray(turn @ roll, np.float64)
    lens = np.array([[focal, 0, columns / 2 - 0.5], [0, focal, rows / 2 - 0.5], [0, 0, 1]])
    square = _square(size)
    share = rng.uniform(0.55, 1.15) if cut else rng.uniform(0.3 if rng.random() < 0.25 else 0.68, 0.985)
    if not cut and rng.random() < (0.4 if 1.5 < max(size) / min(size) < 1.7 else 0.05):
        share = rng.uniform(0.13, 0.4)  # a card on a desk for large papers
    distance = focal / (share * min(rows, columns))
    at = np.array([columns / 2, rows / 2])
    plane = np.eye(3)
    for _ in range(4):
        ray = np.linalg.inv(lens) @ np.append(at, 1.0)
        plane = lens @ np.stack([rotation[:, 0], rotation[:, 1], ray * distance], axis=1)
        seen = _through(plane, square)
        span = seen.max(axis=0) - seen.min(axis=0)
        distance *= float((span / (share * np.array([columns, rows]))).max())
    ray = np.linalg.inv(lens) @ np.append(at, 1.0)
    plane = lens @ np.stack([rotation[:, 0], rotation[:, 1], ray * distance], axis=1)
    seen = _through(plane, square)
    low, high = seen.min(axis=0), seen.max(axis=0)
    room = np.array([columns, rows]) - 1 - (high - low)
    move = -low + rng.uniform(0, 1, 2) * room if not cut else rng.uniform(-0.12, 0.12, 2) * (columns, rows)
    if cut:
        side, part = int(rng.integers(4)), rng.uniform(0.03, 0.45)
        deep = (high - low) * part
        move[side % 2] = -low[side % 2] - deep[side % 2] if side < 2 else (columns, rows)[side % 2] - high[side % 2]
        move[side % 2] += 0 if side < 2 else deep[side % 2]
    shift = np.array([[1, 0, move[0]], [0, 1, move[1]], [0, 0, 1.0]])
    plane = shift @ plane
    seen = _through(plane, square)
    return plane, float(np.linalg.norm(seen - np.roll(seen, 1, axis=0), axis=1).max())


def _square(size: NDArray[np.float64]) -> Matrix:
    return np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * size / 2


def _through(matrix: Matrix, points: Matrix) -> Matrix:
    return np.asarray(cv2.perspectiveTransform(points.reshape(-1, 1, 2), matrix), np.float64).reshape(-1, 2)


def _placed(size: NDArray[np.float64], at: NDArray[np.float64], spin: float, columns: int, rows: int) -> Matrix:
    """Pixels of a drawing to desk coordinates."""
    cos, sin = np.cos(spin), np.sin(spin)
    grow = np.array([[size[0] / columns, 0, -size[0] / 2], [0, size[1] / rows, -size[1] / 2], [0, 0, 1]])
    return np.array([[cos, -sin, at[0]], [sin, cos, at[1]], [0, 0, 1.0]]) @ grow


def _desk(rng: Random, plane: Matrix, columns: int, rows: int, pictures: list[Image], scale: float) -> Image:
    def surface() -> Image:
        tile = desks.ground(rng, pictures)
        wide = rng.uniform(0.4, 3.2)  # paper lengths that a tile spans
        fine = wide * scale / desks.SIDE  # pixels that a tile's pixel becomes
        if fine < 0.8:
            tile = np.asarray(cv2.GaussianBlur(tile, (0, 0), 0.45 / fine), np.uint8)
        lay = _placed(np.array([wide, wide]), rng.uniform(-1, 1, 2), rng.uniform(-0.3, 0.3), desks.SIDE, desks.SIDE)
        return np.asarray(cv2.warpPerspective(tile, plane @ lay, (columns, rows), borderMode=cv2.BORDER_WRAP), np.uint8)

    if rng.random() < 0.05:  # on other printed matter: a newspaper, a poster
        print_ = face(rng, pictures)
        high, wide = print_.shape[:2]
        size = np.array([wide, high]) / max(wide, high) * rng.uniform(2.2, 5)
        _paste(
            picture := surface(), print_, plane @ _placed(size, rng.normal(0, 0.3, 2), rng.normal(0, 0.6), wide, high)
        )
        return picture
    if pictures and rng.random() < 0.1:  # held up in a room
        room = cv2.resize(pictures[int(rng.integers(len(pictures)))], (columns, rows))
        return np.asarray(cv2.GaussianBlur(room, (0, 0), rng.uniform(0.6, 5)), np.uint8)
    picture = surface()
    if rng.random() < 0.22:  # the desk's edge, the floor beyond
        floor = surface()
        turn, off = rng.uniform(0, 2 * np.pi), rng.uniform(0.5, 1.3)
        y, x = np.mgrid[0:rows, 0:columns]
        away = (x - columns / 2) * np.cos(turn) + (y - rows / 2) * np.sin(turn)
        mask = np.clip(away - off * 0.4 * LONG, 0, 1).astype(np.float32)[:, :, None]
        picture = (picture * (1 - mask) + floor * mask * rng.uniform(0.4, 1)).astype(np.uint8)
    return picture


def _paste(picture: Image, drawing: Image, matrix: Matrix, alpha: NDArray[np.float32] | None = None) -> None:
    """Draw `drawing` through `matrix` (its pixels to the photograph's) over `picture`, edges anti-aliased."""
    rows, columns = picture.shape[:2]
    high, wide = drawing.shape[:2]
    corners = _through(matrix, np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float64))
    area = abs(float(cv2.contourArea(corners.astype(np.float32))))
    fine = np.sqrt(max(area, 1.0) / (wide * high))
    if fine < 0.7:
        drawing = np.asarray(cv2.GaussianBlur(drawing, (0, 0), 0.42 / fine), np.uint8)
    middles = matrix @ np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])  # corners are corners of pixels
    shown = cv2.warpPerspective(drawing, middles, (columns, rows), borderMode=cv2.BORDER_REPLICATE)
    if alpha is None:
        mask = np.zeros((rows, columns), np.uint8)
        cv2.fillConvexPoly(mask, np.clip((corners * 16).round(), -60000, 60000).astype(np.int32), 255, cv2.LINE_AA, 4)
        cover = mask[:, :, None].astype(np.float32) / 255
    else:
        cover = cv2.warpPerspective(alpha, middles, (columns, rows))[:, :, None]
    picture[:] = (picture * (1 - cover) + shown * cover).astype(np.uint8)


def _lay_thing(
    rng: Random, picture: Image, plane: Matrix, pictures: list[Image], under: NDArray[np.float64] | None
) -> None:
    drawing, long = desks.thing(rng, pictures)
    rows, columns = drawing.shape[:2]
    size = np.array([columns, rows]) / max(rows, columns) * long
    at = rng.normal(0, 0.75, 2)
    spin = rng.uniform(-np.pi, np.pi) if rng.random() < 0.4 else rng.normal(0, 0.1) + np.pi / 2 * int(rng.integers(2))
    if under is not None and rng.random() < 0.4:  # a mat or a tray right below the paper
        drawing = np.asarray(cv2.resize(drawing, (200, round(200 * under[1] / under[0]))), np.uint8)
        rows, columns = drawing.shape[:2]
        size, at, spin = under * rng.uniform(1.06, 1.7), rng.normal(0, 0.03, 2), rng.normal(0, 0.06)
    lay = plane @ _placed(size, at, spin, columns, rows)
    _drop_shadow(rng, picture, _through(plane @ _placed(size, at, spin, 1, 1), _unit()))
    _paste(picture, drawing, lay)


def _lay_other(rng: Random, picture: Image, plane: Matrix, pictures: list[Image], main: NDArray[np.float64]) -> Matrix:
    drawing = face(rng, pictures)
    rows, columns = drawing.shape[:2]
    size = np.array([columns, rows]) / max(rows, columns) * rng.uniform(0.45, 1.1)
    turn = rng.uniform(0, 2 * np.pi)
    away = 0.5 * (main.max() + size.max()) * rng.uniform(0.5, 1.15)
    at = away * np.array([np.cos(turn), np.sin(turn)])
    place = _placed(size, at, rng.normal(0, 0.35), 1, 1)
    outline = _through(plane @ place, _unit())
    _drop_shadow(rng, picture, outline)
    _paste(picture, drawing, plane @ place @ np.diag([1 / columns, 1 / rows, 1.0]))
    return outline


def _lay_plastic(rng: Random, picture: Image, plane: Matrix) -> None:
    """A clear bag or sleeve: outlines and gloss without a surface of its own."""
    for _ in range(int(rng.integers(1, 4))):
        place = _placed(rng.uniform(0.6, 1.8, 2), rng.normal(0, 0.5, 2), rng.uniform(-3, 3), 1, 1)
        outline = np.clip(_through(plane @ place, _unit()), -4000, 4000).round().astype(np.int32)
        veil = picture.copy()
        cv2.fillConvexPoly(veil, outline, (225, 225, 225))
        cv2.addWeighted(veil, rng.uniform(0.02, 0.3), picture, 1 - rng.uniform(0.02, 0.2), 0, dst=picture)
        cv2.polylines(picture, [outline], True, (205, 205, 205), 1, cv2.LINE_AA)
        for _ in range(int(rng.integers(0, 5))):
            start = outline.mean(axis=0) + rng.normal(0, 60, 2)
            end = start + rng.normal(0, 50, 2)
            p, q = start.round().astype(int), end.round().astype(int)
            cv2.line(picture, (int(p[0]), int(p[1])), (int(q[0]), int(q[1])), (235, 235, 235), 1, cv2.LINE_AA)


def _unit() -> Matrix:
    return np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float64)


def _drop_shadow(rng: Random, picture: Image, outline: Matrix) -> None:
    shade = np.ones(picture.shape[:2], np.float32)
    moved = outline + rng.normal(0, 2.0, 2)
    cv2.fillConvexPoly(shade, np.clip(moved, -4000, 4000).round().astype(np.int32), rng.uniform(0.4, 0.97))
    picture[:] = (picture * cv2.GaussianBlur(shade, (0, 0), rng.uniform(0.5, 5))[:, :, None]).astype(np.uint8)


def _lay_paper(rng: Random, picture: Image, plane: Matrix, drawing: Image, size: NDArray[np.float64]) -> float:
    """The main paper with its folds, creases and bent sides; gives the largest bend, in side lengths."""
    high, wide = drawing.shape[:2]
    margin = 40
    page = np.asarray(cv2.copyMakeBorder(drawing, margin, margin, margin, margin, cv2.BORDER_REPLICATE), np.uint8)
    alpha = np.zeros(page.shape[:2], np.float32)
    alpha[margin:-margin, margin:-margin] = 1
    shade = np.ones(page.shape[:2], np.float32)
    bends = np.zeros(4)
    if rng.random() < 0.4:  # sides bent out or in, corners where they were
        deep = rng.exponential(0.012) if rng.random() < 0.6 else rng.uniform(0.02, 0.06)
        bends = np.clip(rng.normal(0, deep, 4), -0.075, 0.075)
        page, alpha, slope = _bent(rng, page, alpha, bends, margin)
        shade *= 1 + slope * rng.uniform(-3, 3)
    if rng.random() < 0.35:
        shade *= _creases(rng, page.shape[0], page.shape[1])
    if rng.random() < 0.08:  # a dog's ear
        ear = int(rng.uniform(0.03, 0.12) * min(high, wide))
        x, y = (
            (margin, page.shape[1] - margin)[int(rng.integers(2))],
            (margin, page.shape[0] - margin)[int(rng.integers(2))],
        )
        inward = (1 if x == margin else -1, 1 if y == margin else -1)
        cv2.fillConvexPoly(alpha, np.array([(x, y), (x + inward[0] * ear, y), (x, y + inward[1] * ear)]), 0.0)
        fold = np.array(
            [(x + inward[0] * ear, y + inward[1] * ear), (x + inward[0] * ear, y), (x, y + inward[1] * ear)]
        )
        cv2.fillConvexPoly(page, fold, (226, 230, 232))
    if max(wide, high) / min(wide, high) > 1.5 and rng.random() < 0.25:  # a card's round corners
        radius = int(0.04 * max(wide, high))
        for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)):
            x0, y0 = margin + x * (wide - radius), margin + y * (high - radius)
            alpha[y0 : y0 + radius, x0 : x0 + radius] = 0
            middle = (margin + radius + x * (wide - 2 * radius), margin + radius + y * (high - 2 * radius))
            cv2.circle(alpha, middle, radius, 1.0, -1)
    lay = plane @ _placed(size, np.zeros(2), 0.0, wide, high)
    if rng.random() < 0.85:
        _drop_shadow(rng, picture, _through(plane, _square(size)))
    page = np.clip(page * shade[:, :, None], 0, 255).astype(np.uint8)
    soft = np.asarray(cv2.GaussianBlur(alpha, (0, 0), 0.8), np.float32)
    _paste(picture, page, lay @ np.array([[1, 0, -margin], [0, 1, -margin], [0, 0, 1.0]]), soft)
    return float(np.abs(bends).max())


def _bent(
    rng: Random, page: Image, alpha: NDArray[np.float32], bends: NDArray[np.float64], margin: int
) -> tuple[Image, NDArray[np.float32], NDArray[np.float32]]:
    rows, columns = page.shape[:2]
    wide, high = columns - 2 * margin, rows - 2 * margin
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    u, v = (x - margin) / wide, (y - margin) / high
    arch = int(rng.choice([1, 1, 2]))  # one bow or a wave
    across, down = np.sin(arch * np.pi * np.clip(u, 0, 1)), np.sin(arch * np.pi * np.clip(v, 0, 1))
    move_y = high * (bends[0] * (1 - v) + bends[2] * v) * across
    move_x = wide * (bends[3] * (1 - u) + bends[1] * u) * down
    there = ((x + move_x).astype(np.float32), (y + move_y).astype(np.float32))
    slope = (bends[0] + bends[2]) * np.cos(arch * np.pi * u) + (bends[1] + bends[3]) * np.cos(arch * np.pi * v)
    return (
        np.asarray(cv2.remap(page, *there, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8),
        np.asarray(cv2.remap(alpha, *there, cv2.INTER_LINEAR), np.float32),
        slope.astype(np.float32),
    )


def _creases(rng: Random, rows: int, columns: int) -> NDArray[np.float32]:
    """Folds in halves and thirds, and crumples."""
    shade = np.ones((rows, columns), np.float32)
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    for _ in range(int(rng.integers(1, 4))):
        level = rng.random() < 0.5
        at = float(rng.choice([1 / 3, 0.5, 2 / 3])) + rng.normal(0, 0.01)
        away = (y / rows if level else x / columns) - at + rng.normal(0, 0.02) * (x / columns if level else y / rows)
        shade *= 1 + rng.normal(0, 0.06) * np.tanh(away * 40) * np.exp(-np.abs(away) * rng.uniform(0, 8))
        shade *= 1 + rng.normal(0, 0.12) * np.exp(-np.abs(away) * 150)
    if rng.random() < 0.25:
        coarse = rng.normal(0, rng.uniform(0.02, 0.09), (9, 9)).astype(np.float32)
        shade *= 1 + cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_LINEAR)
    return shade


def _seen(outline: Matrix, columns: int, rows: int) -> float:
    """The share of an outline inside the frame."""
    frame = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    area = float(cv2.contourArea(outline.astype(np.float32)))
    common, _ = cv2.intersectConvexConvex(outline.astype(np.float32), frame)
    return float(common) / max(area, 1.0)


def _ordered(corners: Matrix) -> Matrix:
    middle = corners.mean(axis=0)
    turned = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)
