"""Pictures of invented cards, sheets and slips that carry a NIK or a nomor KK, spoilt with known strength.

Everything is drawn here from a seed: no real card's art, no person's data. Numbers are invented: their district code
ends in 99, which no district has. The digits are our own strokes or the kiosk's own typefaces; the reader's network has
learned from neither. Seeds below TEST are for tuning, from TEST on for the figures that are quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pil
from PIL import ImageDraw, ImageFont

from kiosk.vision.types import Image
from tests.vision import strokes

Random = np.random.Generator
TEST = 1_000_000
TODAY = date(2026, 11, 25)
REGIONS = frozenset({"731599", "737299"})
KINDS = ("ktp", "kk", "slip", "form")
DEFECTS = ("none", "blur", "motion", "noise", "glare", "dark", "tilt", "jpeg", "mixed")
STRENGTHS = (1, 2, 3)
DPI = (100, 150, 200, 300)
_FONTS = Path(__file__).resolve().parents[2] / "kiosk" / "ui" / "assets" / "fonts"
_INCH = 25.4
_FRAME = (1920, 1080)


@dataclass(frozen=True)
class Card:
    """A picture and the numbers that stand on it; `main` is the one it is laid down for."""

    picture: Image
    main: str
    others: tuple[str, ...]
    kind: str
    defect: str
    strength: int
    dpi: int


def invented(rng: Random, *, family: bool = False) -> str:
    """A NIK (or nomor KK) of a district that does not exist."""
    day = date(1950, 1, 1) + timedelta(days=int(rng.integers(0, 27_000)))
    if family:
        day = date(2000, 1, 1) + timedelta(days=int(rng.integers(0, 9_800)))
    women = 40 if not family and rng.random() < 0.5 else 0
    region = ("731599", "737299")[int(rng.integers(2))]
    return f"{region}{day.day + women:02}{day.month:02}{day.year % 100:02}{int(rng.integers(1, 10_000)):04}"


def card(seed: int, kind: str | None = None, defect: str | None = None, strength: int = 0, dpi: int = 0) -> Card:
    """A picture; what is not asked for is drawn by lot."""
    rng = np.random.default_rng(seed)
    kind = kind or KINDS[int(rng.choice(4, p=(0.5, 0.2, 0.15, 0.15)))]
    defect = defect or DEFECTS[int(rng.integers(len(DEFECTS)))]
    strength = strength or int(rng.choice(STRENGTHS))
    dpi = dpi or int(rng.choice(DPI))
    scale = dpi / _INCH
    page, main, others = _DRAWN[kind](rng, scale)
    smaller = min(_FRAME[0] / 1.1 / page.shape[1], _FRAME[1] / 1.14 / page.shape[0])
    if smaller < 1:
        page = np.asarray(cv2.resize(page, None, fx=smaller, fy=smaller, interpolation=cv2.INTER_AREA), np.uint8)
        scale *= smaller
    picture = _laid(rng, page, strength if defect == "tilt" else 0)
    return Card(_spoilt(rng, picture, defect, strength, scale), main, others, kind, defect, strength, dpi)


def desk(rng: Random, rows: int, columns: int) -> Image:
    """A table: a colour, its fleck, and the boards, stripes or squares of cloth."""
    fleck = cv2.resize(rng.normal(0, 8, (rows // 40 + 2, columns // 8 + 2, 1)).astype(np.float32), (columns, rows))
    colour = rng.uniform(40, 220) + rng.normal(0, 25, 3)
    table = np.full((rows, columns, 3), colour, np.float32) + fleck[:, :, None]
    step = int(rng.integers(20, 90))
    kind = int(rng.integers(4))
    if kind in (1, 3):
        table[np.arange(rows) // step % 2 == 0] *= rng.uniform(0.75, 1.0)
    if kind in (2, 3):
        table[:, np.arange(columns) // step % 2 == 0] *= rng.uniform(0.75, 1.0)
    return np.clip(table, 0, 255).astype(np.uint8)


def _laid(rng: Random, page: Image, tilt: int) -> Image:
    """On a desk, a little askew; `tilt` more so and in perspective."""
    rows, columns = page.shape[:2]
    frame = (round(columns * 1.1), round(rows * 1.14))
    turn = np.radians(rng.uniform(-1.5, 1.5) if tilt == 0 else rng.choice((-1, 1)) * rng.uniform(2.5, 3.5) * tilt)
    keystone = rng.uniform(0, 0.01) if tilt == 0 else rng.uniform(0.02, 0.035) * tilt
    half = np.array([[-columns, -rows], [columns, -rows], [columns, rows], [-columns, rows]]) / 2
    half[:2, 0] *= 1 - keystone
    turned = half @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    turned *= min(1.0, 0.98 * min(frame[0] / np.ptp(turned[:, 0]), frame[1] / np.ptp(turned[:, 1])))
    corners = (turned + np.array(frame) / 2).astype(np.float32)
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners)
    under = desk(rng, frame[1], frame[0])
    way, border = cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT
    return np.asarray(cv2.warpPerspective(page, matrix, frame, dst=under, flags=way, borderMode=border), np.uint8)


def _spoilt(rng: Random, picture: Image, defect: str, strength: int, scale: float) -> Image:
    """One defect of known strength, and what every camera does. `scale` in pixels a millimetre."""
    seen = picture.astype(np.float32)
    columns = seen.shape[1]
    blur, noise, quality = 0.6, 2.0, 90
    mixed = defect == "mixed"
    if mixed or defect == "blur":
        blur += (0.08 if mixed else 0.15) * strength * scale  # a Gaussian of 0.15, 0.3, 0.45 mm
    if defect == "motion":
        length = max(2, round(0.4 * strength * scale))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        seen = cv2.filter2D(seen, -1, kernel if rng.random() < 0.5 else kernel.T)
    if mixed or defect == "dark":
        darker = (0.6, 0.45, 0.3) if mixed else (0.3, 0.15, 0.08)
        seen *= darker[strength - 1] * np.linspace(1, rng.uniform(0.6, 1), columns)[None, :, None]
        noise = 2.0 + strength
    if defect == "noise":
        noise = (12.0, 25.0, 45.0)[strength - 1]
    if mixed or defect == "jpeg":
        quality = ((60, 45, 30) if mixed else (30, 15, 8))[strength - 1]
    if defect == "glare":
        seen += _glare(rng, seen.shape[0], columns, strength, scale)
    seen = cv2.GaussianBlur(seen, (0, 0), blur)
    seen = seen * rng.uniform(0.85, 1.05) + rng.standard_normal((*seen.shape[:2], 1), np.float32) * noise
    packed = cv2.imencode(".jpg", np.clip(seen, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def _glare(rng: Random, rows: int, columns: int, strength: int, scale: float) -> NDArray[np.float32]:
    """So many bright patches as the strength says, in the upper half, where numbers stand; some hide what is under."""
    bright = np.zeros((rows, columns), np.float32)
    for _ in range(strength):
        at = (int(rng.uniform(0.2, 0.8) * columns), int(rng.uniform(0.12, 0.5) * rows))
        axes = (round(rng.uniform(3, 10) * scale), round(rng.uniform(2, 6) * scale))
        cv2.ellipse(bright, at, axes, rng.uniform(0, 180), 0, 360, rng.uniform(90, 330), -1)
    return cv2.GaussianBlur(bright, (0, 0), 1.2 * scale)[:, :, None]


def _guilloche(rng: Random, rows: int, columns: int, scale: float, tint: tuple[int, int, int]) -> Image:
    """Fine waves of a colour over a paler one."""
    if scale > 6.5:
        small = _guilloche(rng, round(rows * 6 / scale), round(columns * 6 / scale), 6.0, tint)
        return np.asarray(cv2.resize(small, (columns, rows), interpolation=cv2.INTER_CUBIC), np.uint8)
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) / scale
    depth = np.zeros((rows, columns), np.float32)
    for _ in range(3):
        period, turn = rng.uniform(0.8, 2.4), rng.uniform(0, np.pi)
        bend = rng.uniform(0.5, 2.5) * np.sin(x / rng.uniform(3, 9) + y / rng.uniform(5, 15) + rng.uniform(0, 6))
        wave = np.sin((x * np.cos(turn) + y * np.sin(turn) + bend) * (2 * np.pi / period))
        depth += np.clip(wave * 2.5 - 1.2, 0, 1) * rng.uniform(8, 26)
    paper = np.array(tint, np.float32) + rng.normal(0, 4, 3)
    return np.clip(paper - depth[:, :, None] * (0.9, 0.6, 1.0), 0, 255).astype(np.uint8)


def _write(page: Image, text: str, at: tuple[float, float], size: float, font: str = "PlusJakartaSans-600") -> None:
    """Text whose top left is `at`, pixels, of `size` pixels to the em."""
    typeface = ImageFont.truetype(str(_FONTS / f"{font}.ttf"), max(4, size))
    box = typeface.getbbox(text)
    left, top = round(at[0]), round(at[1])
    part = page[max(0, top) : top + int(box[3]) + 3, max(0, left) : left + int(box[2]) + 3]
    if part.size:
        drawn = Pil.fromarray(part)
        ImageDraw.Draw(drawn).text((0, 0), text, fill=(28, 26, 30), font=typeface)
        part[:] = np.asarray(drawn)


def _number(rng: Random, page: Image, text: str, at: tuple[float, float], cap: float, own: float = 0.75) -> None:
    """The number, `cap` pixels tall, in strokes (by chance `own`) or in the kiosk's typefaces."""
    if rng.random() < own:
        pitch = cap * rng.uniform(0.76, 0.92)
        strokes.draw(page, text, at[0], at[1], cap, pitch, cap * rng.uniform(0.1, 0.17), int(rng.integers(15, 60)))
        return
    fonts = [f"AtkinsonHyperlegibleMono-{weight}" for weight in (500, 700)]
    fonts += [f"PlusJakartaSans-{weight}" for weight in (600, 800)]
    _write(page, text, (at[0], at[1] - cap * 0.4), cap * 1.42, fonts[int(rng.integers(4))])


_WORDS = ("BUDI", "SITI", "RAHMA", "LAKI", "PEREMPUAN", "DUSUN", "CONTOH", "ISLAM", "KAWIN", "PETANI", "WNI", "UTARA")
_LABELS = ("Nama", "Tempat/Tgl Lahir", "Jenis kelamin", "Alamat", "RT/RW", "Kel/Desa", "Kecamatan", "Agama", "Status")


def _words(rng: Random, count: int) -> str:
    return " ".join(str(word) for word in rng.choice(_WORDS, count))


def _ktp(rng: Random, scale: float) -> tuple[Image, str, tuple[str, ...]]:
    """A card of 85.6 x 54 mm."""
    rows, columns = round(54 * scale), round(85.6 * scale)
    page = _guilloche(rng, rows, columns, scale, (235, 214, 176))
    _write(page, "PROVINSI CONTOH", (26 * scale, 1.5 * scale), 3.4 * scale, "PlusJakartaSans-700")
    _write(page, "KABUPATEN CONTOH", (24 * scale, 5.4 * scale), 3.4 * scale, "PlusJakartaSans-700")
    main = invented(rng)
    _write(page, "NIK", (3 * scale, 10.2 * scale), 4.6 * scale, "PlusJakartaSans-700")
    _write(page, ":", (15 * scale, 10.2 * scale), 4.6 * scale, "PlusJakartaSans-700")
    _number(rng, page, main, (18 * scale, 11.4 * scale), 3.3 * scale, 0.8)
    for row, label in enumerate(_LABELS):
        y = (17.2 + 3.7 * row) * scale
        _write(page, label, (3 * scale, y), 2.7 * scale)
        text = f": {_words(rng, 2)}"
        if label == "RT/RW":
            text = f": {int(rng.integers(1, 20)):03}/{int(rng.integers(1, 20)):03}"
        elif label.startswith("Tempat"):
            text = f": CONTOH, {main[6:8]}-{main[8:10]}-19{main[10:12]}"
        _write(page, text, (25 * scale, y), 2.7 * scale)
    top, left = round(15 * scale), round(62 * scale)
    tone = rng.uniform(60, 180, 3)
    page[top : top + round(25 * scale), left : left + round(20 * scale)] = tone
    middle = (left + round(10 * scale), top + round(10 * scale))
    cv2.ellipse(page, middle, (round(5 * scale), round(7 * scale)), 0, 0, 360, (120, 150, 190), -1, cv2.LINE_AA)
    return page, main, ()


def _kk(rng: Random, scale: float) -> tuple[Image, str, tuple[str, ...]]:
    """A family card, 297 x 210 mm, its number under the title and a NIK in each row."""
    rows, columns = round(210 * scale), round(297 * scale)
    page = _guilloche(rng, rows, columns, scale, (226, 236, 236)) if rng.random() < 0.5 else _paper(rng, rows, columns)
    _write(page, "KARTU KELUARGA", (110 * scale, 10 * scale), 9 * scale, "PlusJakartaSans-800")
    main = invented(rng, family=True)
    _write(page, "No.", (108 * scale, 22 * scale), 6.5 * scale, "PlusJakartaSans-700")
    _number(rng, page, main, (121 * scale, 24 * scale), 4.6 * scale, 0.4)
    for row, label in enumerate(("Nama Kepala Keluarga", "Alamat", "RT/RW", "Kode Pos")):
        _write(page, f"{label} : {_words(rng, 2)}", (15 * scale, (36 + 5 * row) * scale), 3.2 * scale)
    others = tuple(invented(rng) for _ in range(int(rng.integers(2, 6))))
    style = rng.random()
    for row in range(11):
        y = round((62 + 8 * row) * scale)
        cv2.line(page, (round(12 * scale), y), (round(285 * scale), y), (60, 60, 60), max(1, round(0.25 * scale)))
        if row < len(others):
            _write(page, f"{row + 1}  {_words(rng, 2)}", (14 * scale, y + 2 * scale), 3.2 * scale)
            if style < 0.5:
                _write(page, others[row], (90 * scale, y + 2 * scale), 3.4 * scale)
            else:
                strokes.draw(page, others[row], 90 * scale, y + 2.6 * scale, 2.5 * scale, 2.1 * scale, 0.35 * scale, 40)
            _write(page, f"{_words(rng, 1)}  12-05-1990  {_words(rng, 1)}", (150 * scale, y + 2 * scale), 3.2 * scale)
    top, bottom = round(62 * scale), round(142 * scale)
    for x in (12, 88, 148, 285):
        cv2.line(page, (round(x * scale), top), (round(x * scale), bottom), (60, 60, 60), max(1, round(0.25 * scale)))
    return page, main, others


def _paper(rng: Random, rows: int, columns: int) -> Image:
    return np.full((rows, columns, 3), rng.uniform(225, 252), np.uint8)


def _slip(rng: Random, scale: float) -> tuple[Image, str, tuple[str, ...]]:
    """A thermal slip of 80 x 110 mm, one bit a dot at 203 dpi, the number in groups or not."""
    dots = 203 / _INCH
    page = np.full((round(110 * dots), round(80 * dots), 3), 255, np.uint8)
    main = invented(rng)
    text = " ".join(main[i : i + 4] for i in range(0, 16, 4)) if rng.random() < 0.5 else main
    _write(page, "Desa Contoh", (6 * dots, 6 * dots), 5 * dots, "PlusJakartaSans-700")
    _write(page, _words(rng, 3), (6 * dots, 16 * dots), 3.4 * dots)
    _write(page, "NIK", (6 * dots, 27 * dots), 3.4 * dots)
    _write(page, text, (6 * dots, 33 * dots), 4.4 * dots, "AtkinsonHyperlegibleMono-700")
    for row in range(8):
        _write(page, _words(rng, 4), (6 * dots, (46 + 6 * row) * dots), 3.2 * dots)
    page = np.where(page < 140, 45, 238).astype(np.uint8)
    size = (round(80 * scale), round(110 * scale))
    way = cv2.INTER_AREA if scale < dots else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(page, size, interpolation=way), np.uint8), main, ()


def _form(rng: Random, scale: float) -> tuple[Image, str, tuple[str, ...]]:
    """The upper part of a printed letter, 180 x 80 mm."""
    page = _paper(rng, round(80 * scale), round(180 * scale))
    main = invented(rng)
    _write(page, "SURAT KETERANGAN", (60 * scale, 6 * scale), 6 * scale, "PlusJakartaSans-800")
    for row, label in enumerate(("Nama", "NIK", "Alamat", "Desa", "Pekerjaan", "Agama", "Status", "Keperluan")):
        y = (20 + 7 * row) * scale
        _write(page, label, (12 * scale, y), 4 * scale)
        if row == 1:
            _write(page, ":", (48 * scale, y), 4 * scale)
            _number(rng, page, main, (52 * scale, y + 1.2 * scale), 2.9 * scale, 0.4)
        else:
            _write(page, f": {_words(rng, 3)}", (48 * scale, y), 4 * scale)
    return page, main, ()


_DRAWN = {"ktp": _ktp, "kk": _kk, "slip": _slip, "form": _form}
