"""Short lines of print that the number reader learns from: characters at known places, spoilt as cameras spoil them.

Typefaces are those of Debian packages (README.md names them); the kiosk's own typefaces and the strokes of
tests/vision/cards.py are left out, so that its figures are those of print it has never seen.
"""
# pyright: basic

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from kiosk.vision.numbers.strips import HEIGHT, STRIDE, normalised
from kiosk.vision.types import Image as Pixels

Random = np.random.Generator
Floats = NDArray[np.float32]

WIDTH = 192
FRAMES = WIDTH // STRIDE
GAP, OTHER, CLASSES = 0, 11, 12
IGNORED = 255
_EM = 72  # pixels of the drawing that is scaled down
_LETTERS = "ABCDEFGHJKLMNPRTUVWXYabcdefhkmnprtuvwxy.:-/,()"
_ALIKE = "OoIlSsBZzGgqQ|iD"  # in some typefaces these are digits; nothing is learned of them
FAMILIES = (
    "OCR",
    "ocr",
    "Liberation",
    "Free",
    "DejaVu",
    "Inconsolata",
    "Hack",
    "Carlito",
    "Courier",
    "Nimbus",
    "Roboto",
)
FAMILIES += ("Lato", "P052", "C059", "URWGothic")


def typefaces(folder: Path = Path("/usr/share/fonts")) -> list[Path]:
    """Font files of the families above, upright ones and few of the very light and the very black."""
    found = [p for p in sorted(folder.rglob("*")) if p.suffix in (".ttf", ".otf") and p.stem.startswith(FAMILIES)]
    unwanted = ("Italic", "Oblique", "Ita", "It.", "Light", "Thin", "Hairline", "Black", "Heavy", "Math")
    unwanted += ("OCRBE", "OCRBF", "OCRBL", "OCRBS", "OCRBX")  # boxes and the like around the letters
    return [p for p in found if not any(word in p.name for word in unwanted)]


@cache
def _font(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), _EM)


@cache
def _cap(path: Path) -> int:
    box = _font(path).getbbox("0", anchor="ls")
    return max(8, round(-box[1]))


@cache
def _glyph(path: Path, char: str) -> tuple[Pixels, int]:
    """A character in a box of its advance and 2 em of height, baseline at 1.4 em: ink 255 on 0, and its advance.

    A zero may have a second character, the mark that is put into it: / or \\ or a dot.
    """
    font, mark, char = _font(path), char[1:], char[:1]
    advance = max(4, round(font.getlength(char)))
    box = Image.new("L", (advance + _EM, 2 * _EM))
    ImageDraw.Draw(box).text((_EM // 2, round(1.4 * _EM)), char, fill=255, font=font, anchor="ls")
    ink = np.array(box, np.uint8)
    if mark:
        left, top, wide, tall = cv2.boundingRect(ink)
        ends = (left + wide // 4, top + 3 * tall // 4), (left + 3 * wide // 4, top + tall // 4)
        if mark == ".":
            middle = top + tall // 2
            ends = (left + wide // 2, middle - tall // 12), (left + wide // 2, middle + tall // 12)
        if mark == "\\":
            ends = (ends[0][0], ends[1][1]), (ends[1][0], ends[0][1])
        cv2.line(ink, *ends, 255, max(3, wide // 8), cv2.LINE_AA)
    return ink, advance


def _text(rng: Random) -> str:
    kind = rng.random()
    length = int(rng.integers(4, 15))
    digits = "".join(str(int(d)) for d in rng.integers(0, 10, length))
    if kind < 0.6:
        return digits
    if kind < 0.68:
        return ":" + " " * int(rng.integers(0, 2)) + digits
    if kind < 0.74:
        split = int(rng.integers(2, 5))
        return " ".join(digits[i : i + split] for i in range(0, length, split))
    words = "".join(str(rng.choice(list(_LETTERS + _ALIKE))) for _ in range(int(rng.integers(1, 9))))
    if kind < 0.85:
        return words + " " * int(rng.integers(0, 3)) + digits
    return words if kind < 0.93 else digits[:5] + " " + words


def _line(rng: Random, path: Path) -> tuple[Pixels, list[tuple[float, float, int]]]:
    """The ink of a line at full size and (middle, half width, class) of every character."""
    spread = 1 + (rng.uniform(-0.03, 0.4) if rng.random() < 0.5 else 0.0)
    zero = str(rng.choice(("0/", "0\\", "0."))) if rng.random() < 0.2 else "0"
    glyphs = [(char, *_glyph(path, zero if char == "0" else char)) for char in _text(rng)]
    total = round(sum(advance * spread for _, _, advance in glyphs)) + 4 * _EM
    ink = np.zeros((2 * _EM, total), np.uint8)
    at, places = float(_EM), []
    for char, picture, advance in glyphs:
        left = round(at) - _EM // 2
        part = ink[:, left : left + picture.shape[1]]
        np.maximum(part, picture[:, : part.shape[1]], out=part)
        if char != " ":
            known = int(char) + 1 if char in "0123456789" else IGNORED if char in _ALIKE else OTHER
            places.append((at + advance / 2, advance * spread / 2, known))
        at += advance * spread
    return ink[:, : round(at) + _EM], places


def _ground(rng: Random, rows: int, columns: int) -> Floats:
    """Paper: plain, or a card's waves of fine lines, or a fleck."""
    paper = np.full((rows, columns), rng.uniform(0.6, 1.0), np.float32)
    if rng.random() < 0.6:
        y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
        for _ in range(int(rng.integers(1, 4))):
            period, turn = rng.uniform(0.12, 0.8) * rows, rng.uniform(0, np.pi)
            bend = np.sin(x / (rows * rng.uniform(0.4, 2)) + rng.uniform(0, 6)) * rows * rng.uniform(0, 0.3)
            wave = np.sin((x * np.cos(turn) + (y + bend) * np.sin(turn)) * (2 * np.pi / period))
            paper -= rng.uniform(0.02, 0.14) * np.clip(wave * rng.uniform(1, 4), -1, 1)
    if rng.random() < 0.3:
        blot = cv2.resize(rng.normal(0, 1, (3, 6)).astype(np.float32), (columns, rows), interpolation=cv2.INTER_CUBIC)
        paper += rng.uniform(0.02, 0.12) * blot
    return paper


def _spoilt_ink(rng: Random, ink: Pixels) -> Pixels:
    """Thicker, thinner, with gaps of toner or dots of a thermal head that failed."""
    grow = int(rng.integers(-2, 5))
    if grow:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(grow) + 1, abs(grow) + 1))
        ink = np.asarray(cv2.dilate(ink, kernel) if grow > 0 else cv2.erode(ink, kernel), np.uint8)
    if rng.random() < 0.12:
        ink = ink.copy()
        for _ in range(int(rng.integers(1, 3))):
            row = int(rng.integers(_EM // 2, int(1.5 * _EM)))
            ink[row : row + int(rng.integers(1, 5))] = 0
    if rng.random() < 0.12:
        holes = cv2.GaussianBlur(rng.normal(0, 1, ink.shape).astype(np.float32), (0, 0), 2.0) > rng.uniform(0.25, 0.6)
        ink = np.where(holes, 0, ink).astype(np.uint8)
    return ink


def sample(seed: int, fonts: list[Path]) -> tuple[Pixels, Pixels]:
    """A strip, (HEIGHT, WIDTH) uint8 as the reader cuts them, and the class of each of its FRAMES (IGNORED: any)."""
    rng = np.random.default_rng(seed)
    path = fonts[int(rng.integers(len(fonts)))]
    if rng.random() < 0.25:  # cards print their number in OCR-A or OCR-B
        ocr = [p for p in fonts if "ocr" in p.name.lower()]
        path = ocr[int(rng.integers(len(ocr)))] if ocr else path
    ink, places = _line(rng, path)
    ink = _spoilt_ink(rng, ink)
    # what the camera had: so many pixels for a digit's height
    cap = float(np.exp(rng.uniform(np.log(8), np.log(36))))
    scale, stretch = cap / _cap(path), rng.uniform(0.85, 1.18)
    small = cv2.resize(ink, None, fx=scale * stretch, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    rows, columns = small.shape
    neighbours = np.zeros_like(small)
    if rng.random() < 0.5:  # the lines above and below
        for side in (-1, 1):
            shift = round(side * cap * rng.uniform(1.7, 2.6))
            moved = np.roll(np.roll(small, shift, 0), int(rng.integers(columns)), 1)
            moved[: max(0, shift)], moved[rows + min(0, shift) :] = 0, 0
            neighbours = np.maximum(neighbours, moved)
        small = np.maximum(small, neighbours)
    ground = _ground(rng, rows, columns)
    seen = ground * (1 - small) + small * rng.uniform(0.0, 0.45) * ground
    if rng.random() < 0.15:  # a table's rule or an underline
        row = int(rows * (0.7 + cap / rows * rng.choice([-1.35, 0.3]))) + int(rng.integers(-1, 2))
        seen[max(0, row) : max(0, row) + max(1, round(cap * 0.06))] *= rng.uniform(0.3, 0.8)
    if rng.random() < 0.25:  # a table's upright rule before or after
        wide = max(1, round(cap * rng.uniform(0.04, 0.12)))
        left, right = places[0][0] - places[0][1], places[-1][0] + places[-1][1]
        for end in (
            left * scale * stretch - cap * rng.uniform(0.15, 1.0),
            right * scale * stretch + cap * rng.uniform(0.1, 1),
        ):
            if rng.random() < 0.7:
                seen[:, max(0, round(end)) : max(0, round(end) + wide)] *= rng.uniform(0.15, 0.7)
    seen *= rng.uniform(0.25, 1.0) if rng.random() < 0.3 else rng.uniform(0.75, 1.0)
    if rng.random() < 0.3:
        ramp = np.linspace(rng.uniform(0.5, 1), rng.uniform(0.5, 1), columns, dtype=np.float32)
        seen *= ramp
    if rng.random() < 0.15:
        bright = np.zeros_like(seen)
        axes = (max(1, round(cap * rng.uniform(0.3, 3))), max(1, round(cap * rng.uniform(0.3, 2))))
        at = (int(rng.integers(columns)), int(rng.integers(rows)))
        cv2.ellipse(bright, at, axes, 0, 0, 360, rng.uniform(0.2, 0.9), -1)
        seen += cv2.GaussianBlur(bright, (0, 0), cap * 0.4)
    blur = cap * abs(rng.normal(0, 0.06)) + 0.3
    seen = cv2.GaussianBlur(seen, (0, 0), min(blur, cap * 0.13))
    if rng.random() < 0.12:
        length = max(2, round(cap * rng.uniform(0.1, 0.3)))
        kernel = np.zeros((length, length), np.float32)
        if rng.random() < 0.5:
            kernel[length // 2] = 1 / length
        else:
            kernel[:, length // 2] = 1 / length
        seen = cv2.filter2D(seen, -1, kernel)
    seen += rng.normal(0, abs(rng.normal(0, 0.035)) + 0.004, seen.shape).astype(np.float32)
    picture = np.clip(seen * 255, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 95))])[1]
        picture = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    # how the reader cuts it out: nearly upright, nearly of one size
    size = rng.uniform(15.0, 24.5)
    zoom, lean, turn = size / cap, rng.normal(0, 0.07), np.radians(rng.normal(0, 1.1))
    baseline = HEIGHT / 2 + size / 2 + rng.normal(0, 2.0)
    first = rng.uniform(-12, 14) - places[0][0] * scale * stretch * zoom + 8
    matrix = np.array([[zoom * np.cos(turn), -zoom * (np.sin(turn) + lean), 0], [zoom * np.sin(turn), zoom, 0]])
    pivot = np.array([places[0][0] * scale * stretch, rows * 0.7])
    target = np.array([places[0][0] * scale * stretch * zoom + first, baseline])
    if len(places) > 3:  # turned about the middle of the line
        middle = np.array([sum(p[0] for p in places) / len(places) * scale * stretch, rows * 0.7])
        target = target + zoom * np.array([middle[0] - pivot[0], 0])
        pivot = middle
    matrix[:, 2] = target - matrix[:, :2] @ pivot
    strip = cv2.warpAffine(
        picture,
        matrix,
        (WIDTH, HEIGHT),
        flags=cv2.INTER_LINEAR if zoom > 0.6 else cv2.INTER_AREA,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if zoom <= 0.6:
        strip = cv2.GaussianBlur(strip, (0, 0), 0.4)
    middles = [
        (float((matrix @ [m * scale * stretch, rows * 0.7 - cap / 2, 1])[0]), h * scale * stretch * zoom, c)
        for m, h, c in places
    ]
    return normalised(np.asarray(strip, np.uint8)), _frames(middles)


def _frames(places: list[tuple[float, float, int]]) -> Pixels:
    """A character is said at the frames nearest its middle, a gap at those near its ends, anything in between."""
    frames = np.full(FRAMES, GAP, np.uint8)
    at = (np.arange(FRAMES) + 0.5) * STRIDE
    for middle, half, _ in places:
        frames[np.abs(at - middle) < half * 0.8] = IGNORED
    for middle, half, known in places:
        near = np.abs(at - middle) < max(half * 0.42, STRIDE * 0.51)
        if middle - half * 0.75 < 0 or middle + half * 0.75 > WIDTH:
            near, known = np.abs(at - middle) < half, IGNORED  # cut by the edge
        frames[near] = known
    return frames
