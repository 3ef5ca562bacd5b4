"""Printed faces of papers: letters, forms, cards, booklets, receipts, certificates; drawn, not collected."""
# pyright: basic

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Image

LONG = 440  # pixels, a face's long side; a network sees less than half of that
Random = np.random.Generator
Colour = tuple[int, int, int]


def face(rng: Random, pictures: list[Image]) -> Image:
    """One paper's face, BGR, its long side :data:`LONG`; `pictures` may be printed on it and may be none."""
    kinds: list[tuple[float, Callable[[Random, list[Image]], Image]]] = [
        (0.34, _letter),
        (0.20, _form),
        (0.15, _card),
        (0.08, _cover),
        (0.09, _receipt),
        (0.08, _open_booklet),
        (0.06, _poster),
    ]
    draw = kinds[int(rng.choice(len(kinds), p=[share for share, _ in kinds]))][1]
    drawn = draw(rng, pictures)
    if rng.random() < 0.25:
        drawn = np.asarray(np.rot90(drawn), np.uint8)
    return np.ascontiguousarray(drawn)


def _sheet(rng: Random, ratio: float, paper: Colour | None = None) -> Image:
    """A blank sheet, `ratio` high for 1 wide."""
    height = LONG if ratio >= 1 else round(LONG * ratio)
    width = round(LONG / ratio) if ratio >= 1 else LONG
    if paper is None:
        light = rng.uniform(205, 255)
        tint = rng.normal(0, 4, 3) + np.array([-rng.exponential(4), 0, 0])
        if rng.random() < 0.12:  # coloured paper
            tint += rng.uniform(-60, 10, 3)
        values = np.clip(light + tint, 60, 255)
        paper = (int(values[0]), int(values[1]), int(values[2]))
    sheet = np.empty((height, width, 3), np.uint8)
    sheet[:] = paper
    return sheet


def _ink(rng: Random) -> Colour:
    if rng.random() < 0.8:
        grey = int(rng.uniform(10, 110))
        return (grey, grey, grey)
    blue, green, red = (int(value) for value in rng.uniform(0, 160, 3))
    return (blue, green, red)


def _words(rng: Random, sheet: Image, box: tuple[int, int, int, int], size: float, ink: Colour) -> None:
    """Lines of words in `box` (x, y, width, height): blocks as dark as letters are on the average."""
    x0, y0, wide, high = box
    if wide < 8 or high < size:
        return
    leading = size * rng.uniform(1.5, 2.3)
    cover = np.zeros((high, wide), np.float32)
    y = 0.0
    while y + size < high:
        x = rng.uniform(0, 0.1) * wide if rng.random() < 0.15 else 0.0
        end = wide * (rng.uniform(0.3, 1) if rng.random() < 0.25 else 1.0)
        longs = size * rng.uniform(1, 6, int(end / size) + 1)
        for long, strength in zip(longs, rng.uniform(0.35, 0.8, len(longs)), strict=True):
            if x >= end:
                break
            cover[int(y) : int(y + size), int(x) : int(min(x + long, end))] = strength
            x += long + size * 0.6
        y += leading * (2 if rng.random() < 0.12 else 1)
    pitch = int(rng.integers(2, 5))
    cover[:, ::pitch] *= 0.6  # the gaps between letters
    area = sheet[y0 : y0 + high, x0 : x0 + wide]
    share = cover[: area.shape[0], : area.shape[1], None]
    area[:] = (area * (1 - share) + np.array(ink, np.float32) * share).astype(np.uint8)


def _picture(rng: Random, sheet: Image, box: tuple[int, int, int, int], pictures: list[Image]) -> None:
    x, y, wide, high = box
    if wide < 4 or high < 4:
        return
    if pictures and rng.random() < 0.6:
        chosen = pictures[int(rng.integers(len(pictures)))]
        drawn = cv2.resize(chosen, (wide, high), interpolation=cv2.INTER_AREA)
    else:
        coarse = rng.uniform(0, 255, (int(rng.integers(2, 6)), int(rng.integers(2, 6)), 3)).astype(np.float32)
        drawn = np.clip(cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC), 0, 255)
    sheet[y : y + high, x : x + wide] = np.asarray(drawn, np.uint8)[: sheet.shape[0] - y, : sheet.shape[1] - x]


def _stamp(rng: Random, sheet: Image) -> None:
    rows, columns = sheet.shape[:2]
    at = (int(rng.uniform(0.15, 0.85) * columns), int(rng.uniform(0.3, 0.92) * rows))
    radius = int(rng.uniform(0.05, 0.13) * columns)
    ink = ((160, 60, 90), (60, 40, 170), (150, 40, 40))[int(rng.integers(3))]
    layer = sheet.copy()
    cv2.circle(layer, at, radius, ink, 2, cv2.LINE_AA)
    cv2.circle(layer, at, int(radius * 0.7), ink, 1, cv2.LINE_AA)
    cv2.addWeighted(layer, 0.6, sheet, 0.4, 0, dst=sheet)


def _scribble(rng: Random, sheet: Image) -> None:
    rows, columns = sheet.shape[:2]
    start = np.array([rng.uniform(0.1, 0.8) * columns, rng.uniform(0.1, 0.95) * rows])
    steps = rng.normal(0, columns * 0.03, (int(rng.integers(8, 30)), 2)) + np.array([columns * 0.008, 0])
    path = (start + np.cumsum(steps, axis=0)).round().astype(np.int32)
    cv2.polylines(sheet, [path], False, _ink(rng), int(rng.integers(1, 3)), cv2.LINE_AA)


def _table(rng: Random, sheet: Image, box: tuple[int, int, int, int]) -> None:
    x, y, wide, high = box
    ink = _ink(rng)
    thick = int(rng.integers(1, 3))
    cv2.rectangle(sheet, (x, y), (x + wide, y + high), ink, thick)
    for row in range(1, int(rng.integers(2, 14))):
        at = y + round(row * high / 14)
        cv2.line(sheet, (x, at), (x + wide, at), ink, 1)
    for column in np.sort(rng.uniform(0, 1, int(rng.integers(0, 8)))):
        at = x + round(float(column) * wide)
        cv2.line(sheet, (at, y), (at, y + high), ink, 1)
    if rng.random() < 0.5:
        _words(rng, sheet, (x + 4, y + 4, wide - 8, high - 8), rng.uniform(3, 6), ink)
    if rng.random() < 0.3:
        head = sheet[y : y + high // 12, x : x + wide]
        head[:] = (head * rng.uniform(0.5, 0.9)).astype(np.uint8)


def _ratio(rng: Random) -> float:
    return float(rng.choice([1.414, 1.414, 1.414, 1.294, 1.571, rng.uniform(0.9, 1.8)]))


def _letter(rng: Random, pictures: list[Image]) -> Image:
    sheet = _sheet(rng, _ratio(rng))
    rows, columns = sheet.shape[:2]
    if rng.random() < 0.07:
        return sheet  # blank
    margin = int(rng.uniform(0.03, 0.14) * columns)
    if rng.random() < 0.25:  # ruled or squared for writing
        pitch = int(rng.integers(9, 18))
        for at in range(margin, rows, pitch):
            cv2.line(sheet, (0, at), (columns, at), (200, 170, 150), 1)
        if rng.random() < 0.5:
            for at in range(0, columns, pitch):
                cv2.line(sheet, (at, 0), (at, rows), (200, 170, 150), 1)
        for _ in range(int(rng.integers(0, 14))):
            _scribble(rng, sheet)
        return sheet
    columns_of_text = 2 if rng.random() < 0.2 else 1
    wide = (columns - 2 * margin - (columns_of_text - 1) * margin // 2) // columns_of_text
    end = rows - margin - int(rng.uniform(0, 0.5) ** 2 * rows)
    size, ink = rng.uniform(2.5, 8), _ink(rng)
    for index in range(columns_of_text):
        _words(rng, sheet, (margin + index * (wide + margin // 2), margin, wide, end - margin), size, ink)
    if rng.random() < 0.35:
        _words(rng, sheet, (margin, margin, columns - 2 * margin, margin), rng.uniform(8, 18), _ink(rng))
    for _ in range(int(rng.integers(0, 3)) if rng.random() < 0.35 else 0):
        x, y = int(rng.uniform(0.02, 0.6) * columns), int(rng.uniform(0.02, 0.7) * rows)
        _picture(rng, sheet, (x, y, int(rng.uniform(0.1, 0.4) * columns), int(rng.uniform(0.08, 0.3) * rows)), pictures)
    if rng.random() < 0.3:
        _stamp(rng, sheet)
    if rng.random() < 0.4:
        _scribble(rng, sheet)
    return sheet


def _form(rng: Random, pictures: list[Image]) -> Image:
    sheet = _letter(rng, pictures)
    rows, columns = sheet.shape[:2]
    for _ in range(int(rng.integers(1, 4))):
        x, y = int(rng.uniform(0.02, 0.2) * columns), int(rng.uniform(0.02, 0.7) * rows)
        _table(rng, sheet, (x, y, columns - 2 * x, int(rng.uniform(0.1, 0.95) * (rows - y - 4))))
    if rng.random() < 0.2:  # a frame all around
        gap = int(rng.uniform(0.015, 0.06) * columns)
        cv2.rectangle(sheet, (gap, gap), (columns - gap, rows - gap), _ink(rng), int(rng.integers(1, 5)))
    return sheet


def _card(rng: Random, pictures: list[Image]) -> Image:
    """ID-1 (85.6 x 54 mm), lying: a tinted pattern, a portrait, lines of data."""
    light = rng.uniform(120, 250)
    values = np.clip(light + rng.uniform(-70, 40, 3), 30, 255)
    sheet = _sheet(rng, 53.98 / 85.6, (int(values[0]), int(values[1]), int(values[2])))
    rows, columns = sheet.shape[:2]
    if rng.random() < 0.7:
        coarse = rng.uniform(-40, 40, (3, 5, 3)).astype(np.float32)
        wash = cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_CUBIC)
        sheet = np.clip(sheet + wash, 0, 255).astype(np.uint8)
    if rng.random() < 0.3:
        blue, green, red = (int(value) for value in rng.uniform(0, 255, 3))
        cv2.rectangle(sheet, (0, 0), (columns, int(rows * rng.uniform(0.1, 0.3))), (blue, green, red), -1)
    _words(rng, sheet, (12, int(rows * 0.08), columns - 24, int(rows * 0.2)), rng.uniform(8, 16), _ink(rng))
    left = int(columns * rng.uniform(0.03, 0.35))
    _words(rng, sheet, (left, int(rows * 0.3), int(columns * 0.55), int(rows * 0.6)), rng.uniform(5, 11), _ink(rng))
    x = int(columns * rng.choice([0.05, 0.7]))
    _picture(rng, sheet, (x, int(rows * 0.28), int(columns * 0.22), int(rows * 0.5)), pictures)
    radius = int(rng.uniform(0, 0.06) * columns)
    return _rounded(sheet, radius) if radius > 2 else sheet


def _rounded(sheet: Image, radius: int) -> Image:
    """Black-free rounding is the scene's matter; here the corners only take the card's rim colour."""
    rows, columns = sheet.shape[:2]
    for x, y in ((0, 0), (columns, 0), (columns, rows), (0, rows)):
        cv2.circle(sheet, (x, y), max(1, radius // 3), (200, 200, 200), -1, cv2.LINE_AA)
    return sheet


def _cover(rng: Random, pictures: list[Image]) -> Image:
    """A closed booklet: passport, marriage book, savings book; dark or coloured, an emblem, few words."""
    values = rng.uniform(20, 220, 3)
    sheet = _sheet(rng, rng.uniform(1.3, 1.5), (int(values[0]), int(values[1]), int(values[2])))
    rows, columns = sheet.shape[:2]
    gold = ((90, 190, 220), (230, 230, 230), (20, 20, 20))[int(rng.integers(3))]
    _words(rng, sheet, (columns // 5, rows // 8, columns * 3 // 5, rows // 6), rng.uniform(8, 18), gold)
    cv2.circle(sheet, (columns // 2, rows // 2), int(columns * rng.uniform(0.1, 0.22)), gold, int(rng.integers(2, 9)))
    _words(rng, sheet, (columns // 5, rows * 3 // 4, columns * 3 // 5, rows // 8), rng.uniform(6, 14), gold)
    if rng.random() < 0.3:
        _picture(rng, sheet, (0, 0, columns, int(rows * rng.uniform(0.2, 1))), pictures)
    return sheet


def _receipt(rng: Random, pictures: list[Image]) -> Image:
    sheet = _sheet(rng, rng.uniform(1.7, 3.6))
    rows, columns = sheet.shape[:2]
    margin = int(columns * 0.07)
    _words(rng, sheet, (margin, margin, columns - 2 * margin, rows - 2 * margin), rng.uniform(4, 9), _ink(rng))
    if rng.random() < 0.3:
        _picture(rng, sheet, (columns // 4, rows * 3 // 4, columns // 2, columns // 2), pictures)
    return sheet


def _open_booklet(rng: Random, pictures: list[Image]) -> Image:
    """Two facing pages with a dark gutter."""
    paper = rng.uniform(190, 250)
    sheet = _sheet(rng, rng.uniform(0.62, 0.78), (int(paper * 0.94), int(paper * 0.98), int(paper)))
    rows, columns = sheet.shape[:2]
    half = columns // 2
    for left in (0, half):
        margin = int(rng.uniform(0.06, 0.15) * half)
        box = (left + margin, margin, half - 2 * margin, rows - 2 * margin)
        if rng.random() < 0.2:
            _picture(rng, sheet, box, pictures)
        elif rng.random() < 0.2:
            _table(rng, sheet, box)
        else:
            _words(rng, sheet, box, rng.uniform(3, 8), _ink(rng))
    away = np.abs(np.arange(columns) - half) / columns
    shade: NDArray[np.float64] = 1 - rng.uniform(0.1, 0.5) * np.exp(-away / rng.uniform(0.01, 0.06))
    return (sheet * shade[None, :, None]).astype(np.uint8)


def _poster(rng: Random, pictures: list[Image]) -> Image:
    """Printed to the edge: a photograph, a magazine's page."""
    sheet = _sheet(rng, _ratio(rng))
    rows, columns = sheet.shape[:2]
    gap = 0 if rng.random() < 0.6 else int(rng.uniform(0.02, 0.08) * columns)
    _picture(rng, sheet, (gap, gap, columns - 2 * gap, rows - 2 * gap), pictures)
    _words(rng, sheet, (columns // 8, rows // 8, columns // 2, rows // 3), rng.uniform(5, 20), _ink(rng))
    return sheet
