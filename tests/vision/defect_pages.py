"""Papers with real letters on them, for judging photographs of papers: drawn from a seed, of invented people.

Kinds: letter, form (pale, nearly empty), card (like an identity card, with a portrait), certificate (coloured rim),
handwritten, caps (all capitals), blank (nothing, or the other side's print shining through).
"""

# pyright: basic
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]
Random = np.random.Generator

FONTS = Path(__file__).parents[2] / "kiosk" / "ui" / "assets" / "fonts"
SIZES = {"a4": (210.0, 297.0), "f4": (215.0, 330.0), "card": (85.6, 53.98)}
KINDS = ("letter", "form", "card", "certificate", "handwritten", "caps")
PAPERS = {
    "white": (244, 246, 247),
    "cream": (205, 228, 236),
    "yellow": (150, 222, 240),
    "grey": (196, 197, 197),
    "pink": (205, 196, 240),
    "blue": (238, 220, 200),
}
# fmt: off
_WORDS = [
    "surat", "keterangan", "kelahiran", "yang", "bertanda", "tangan", "di", "bawah", "ini", "menerangkan", "bahwa",
    "anak", "laki", "perempuan", "dari", "ibu", "bapak", "bertempat", "tinggal", "desa", "kecamatan", "kabupaten",
    "pada", "hari", "tanggal", "bulan", "tahun", "dengan", "sebenarnya", "untuk", "dapat", "dipergunakan",
    "sebagaimana", "mestinya", "nomor", "induk", "kependudukan", "kepala", "keluarga", "pekerjaan", "petani",
    "pedagang", "agama", "alamat", "rukun", "tetangga", "warga", "negara", "indonesia", "pendidikan", "terakhir",
    "golongan", "darah", "jenis", "kelamin", "hubungan", "saksi", "pertama", "kedua", "pelapor",
]
# fmt: on
_NAMES = ("Andi Tenri", "Daeng Sulle", "Besse Kanyu", "La Upe", "I Mina", "Petta Lolo", "Sitti Rabi", "Ambo Tang")


@dataclass(frozen=True)
class Page:
    """A paper's picture, BGR, `scale` pixels a millimetre; `text`: what its first lines say, for reading them again."""

    picture: Pixels
    kind: str
    size: str
    scale: float
    text: str
    box: tuple[int, int, int, int]
    """Where those lines stand: x, y, width, height in pixels."""


def page(kind: str, rng: Random, *, paper: str = "", size: str = "") -> Page:
    """A paper of this kind; with no colour named mostly white, sometimes another; letters are A4 or F4."""
    if kind == "card":
        return _card(rng)
    size = size or ("f4" if rng.random() < 0.25 else "a4")
    paper = paper or (str(rng.choice(list(PAPERS))) if rng.random() < 0.3 else "white")
    scale = 10.0
    wide, high = (round(side * scale) for side in SIZES[size])
    sheet = Image.new("RGB", (wide, high), PAPERS[paper][::-1])
    pen = ImageDraw.Draw(sheet)
    ink = tuple(int(value) for value in np.full(3, rng.uniform(15, 60)))
    text, box = "", (0, 0, wide, high)
    if kind == "blank":
        return Page(_bgr(sheet), kind, size, scale, text, box)
    if kind == "handwritten":
        _ruled(pen, wide, high, rng)
        blue = (30, 40, int(rng.uniform(90, 160)))
        for row in range(int(rng.integers(7, 26))):
            _hand(pen, 200, 260 + row * 90, rng.uniform(0.4, 0.85) * wide, rng, blue)
    elif kind == "form":
        pale = tuple(int(value) for value in np.full(3, rng.uniform(70, 165)))
        _form(pen, wide, high, rng, pale)
    else:
        if kind == "certificate":
            rim = tuple(int(value) for value in rng.uniform((20, 80, 90), (120, 150, 190)))
            for gap in (60, 80, 96):
                pen.rectangle((gap, gap, wide - gap, high - gap), outline=rim, width=8)
        _head(pen, wide, rng, ink)
        text, box = _paragraphs(pen, wide, high, rng, ink, caps=kind == "caps")
        if rng.random() < 0.5:
            _stamp(sheet, wide, high, rng)
    return Page(_bgr(sheet), kind, size, scale, text, box)


def copied(original: Page, rng: Random) -> Page:
    """The same through a photocopier: no colour, hard tones, specks of toner."""
    grey = cv2.cvtColor(original.picture, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255
    hard = 1 / (1 + np.exp(-(grey - rng.uniform(0.42, 0.6)) * rng.uniform(7, 16)))
    specks = cv2.resize(rng.random((grey.shape[0] // 3, grey.shape[1] // 3)).astype(np.float32), grey.shape[::-1])
    hard = np.where(specks > 0.9985, hard * 0.4, hard)
    paper = np.array(PAPERS["white"], np.float32)
    picture = 22 + hard[:, :, None] * (paper - 22)
    return Page(picture.astype(np.uint8), original.kind, original.size, original.scale, original.text, original.box)


def with_back_shining(sheet: Page, back: Page, strength: float) -> Page:
    """The print on the other side, mirrored and blurred, at this share of its contrast."""
    other = cv2.resize(back.picture[:, ::-1], (sheet.picture.shape[1], sheet.picture.shape[0]))
    soft = cv2.GaussianBlur(other, (0, 0), 3.5).astype(np.float32)
    darker = (soft - np.array(PAPERS["white"], np.float32)) * strength
    picture = np.clip(sheet.picture + darker, 0, 255).astype(np.uint8)
    return Page(picture, sheet.kind, sheet.size, sheet.scale, "", sheet.box)


def _bgr(sheet: Image.Image) -> Pixels:
    return np.ascontiguousarray(np.asarray(sheet, np.uint8)[:, :, ::-1])


def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), round(size))


def _words(rng: Random, count: int) -> str:
    said = " ".join(str(word) for word in rng.choice(_WORDS, count))
    return said.capitalize() + "."


def _head(pen: ImageDraw.ImageDraw, wide: int, rng: Random, ink: tuple) -> None:
    large = _font("PlusJakartaSans-700.ttf", rng.uniform(48, 62))
    for row, line in enumerate(("PEMERINTAH KABUPATEN PINRANG", "KANTOR DESA CONTOH", "SURAT KETERANGAN")):
        pen.text((wide / 2, 150 + row * 80), line, ink, large, anchor="ma")
    pen.line((180, 400, wide - 180, 400), ink, 6)


def _paragraphs(
    pen: ImageDraw.ImageDraw, wide: int, high: int, rng: Random, ink: tuple, caps: bool
) -> tuple[str, tuple[int, int, int, int]]:
    body = _font(str(rng.choice(["PlusJakartaSans-500.ttf", "AtkinsonHyperlegibleMono-500.ttf"])), rng.uniform(33, 42))
    top, left, leading = 470, 210, round(body.size * rng.uniform(1.4, 1.9))
    said: list[str] = []
    y = top
    for _ in range(int(rng.integers(2, 7))):
        words = _words(rng, int(rng.integers(18, 45))).split()
        words = [word.upper() if caps else word for word in words]
        line = ""
        while words and y < high - 400:
            if pen.textlength(line + words[0], body) > wide - 2 * left or len(words) == 1:
                if len(words) == 1:
                    line += words.pop()
                pen.text((left, y), line.strip(), ink, body)
                said.append(line.strip())
                line, y = "", y + leading
            else:
                line += words.pop(0) + " "
        y += round(leading * 0.7)
    first = said[:5]
    pen.text((wide * 0.62, min(y + 60, high - 320)), str(rng.choice(_NAMES)), ink, body)
    return " ".join(first), (left - 20, top - 14, wide - 2 * left + 40, leading * len(first) + 20)


def _form(pen: ImageDraw.ImageDraw, wide: int, high: int, rng: Random, ink: tuple) -> None:
    label = _font("PlusJakartaSans-500.ttf", rng.uniform(32, 40))
    pen.text((wide / 2, 200), "FORMULIR PELAPORAN", ink, label, anchor="ma")
    for row in range(int(rng.integers(4, 14))):
        y = 340 + row * 130
        pen.text((200, y), " ".join(str(word) for word in rng.choice(_WORDS, 3)).capitalize(), ink, label)
        if rng.random() < 0.5:
            pen.rectangle((850, y - 10, wide - 200, y + 70), outline=ink, width=3)
        else:
            pen.line((850, y + 50, wide - 200, y + 50), ink, 2)


def _ruled(pen: ImageDraw.ImageDraw, wide: int, high: int, rng: Random) -> None:
    if rng.random() < 0.6:
        for y in range(300, high - 100, 90):
            pen.line((0, y, wide, y), (150, 170, 205), 3)


def _hand(pen: ImageDraw.ImageDraw, x: float, y: float, end: float, rng: Random, ink: tuple) -> None:
    """A line of loops and strokes as of a hand that writes."""
    while x < end:
        count = int(rng.integers(10, 40))
        t = np.arange(count) * rng.uniform(0.75, 1.0)
        tall = np.repeat(rng.choice([13, 13, 14, 30], count // 4 + 1), 4)[:count]
        xs = x + np.cumsum(5.5 + 7 * np.cos(t)) + rng.normal(0, 1, count)
        ys = y + tall * np.sin(t) - np.maximum(tall - 14, 0) + rng.normal(0, 1.2, count)
        pen.line([(float(a), float(b)) for a, b in zip(xs, ys, strict=True)], ink, 5, joint="curve")
        x = float(xs[-1]) + 45


def _stamp(sheet: Image.Image, wide: int, high: int, rng: Random) -> None:
    layer = Image.new("RGBA", sheet.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    x, y, radius = rng.uniform(0.3, 0.6) * wide, rng.uniform(0.5, 0.85) * high, rng.uniform(130, 180)
    ink = ((70, 50, 150, 190), (150, 40, 60, 190), (40, 70, 150, 190))[int(rng.integers(3))]
    for r in (radius, radius * 0.68):
        pen.ellipse((x - r, y - r, x + r, y + r), outline=ink, width=8)
    pen.text((x, y), "DESA", ink, _font("PlusJakartaSans-700.ttf", 60), anchor="mm")
    sheet.paste(layer, (0, 0), layer)


def _card(rng: Random) -> Page:
    """ID-1, lying: a bluish wash, capitals, a portrait on the right."""
    scale = 20.0
    wide, high = (round(side * scale) for side in SIZES["card"])
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    wave = 8 * np.sin(x / rng.uniform(14, 40) + 2 * np.sin(y / 60)) + 22 * np.sin(y / high * 3 + rng.uniform(0, 3))
    base = np.array([rng.uniform(215, 240), rng.uniform(190, 212), rng.uniform(150, 185)], np.float32)
    back = np.clip(base + wave[:, :, None] * np.array([0.3, 0.6, 1.0], np.float32), 0, 255).astype(np.uint8)
    sheet = Image.fromarray(np.ascontiguousarray(back[:, :, ::-1]))
    pen = ImageDraw.Draw(sheet)
    ink = (25, 25, 30)
    head = _font("PlusJakartaSans-700.ttf", 62)
    pen.text((wide / 2, 40), "PROVINSI SULAWESI SELATAN", ink, head, anchor="ma")
    pen.text((wide / 2, 110), "KABUPATEN PINRANG", ink, head, anchor="ma")
    digits = "".join(str(int(one)) for one in rng.integers(0, 10, 16))
    pen.text((70, 195), f"NIK : {digits}", ink, _font("AtkinsonHyperlegibleMono-700.ttf", 78))
    body = _font("PlusJakartaSans-600.ttf", 46)
    rows = ["NAMA : " + str(rng.choice(_NAMES)).upper()]
    rows += [" ".join(str(word) for word in rng.choice(_WORDS, 3)).upper() for _ in range(8)]
    for row, line in enumerate(rows):
        pen.text((70, 310 + row * 72), line, ink, body)
    left, top, w, h = round(wide * 0.73), round(high * 0.3), 400, 520
    pen.rectangle((left, top, left + w, top + h), fill=((200, 40, 40) if rng.random() < 0.5 else (40, 60, 190)))
    skin = tuple(int(value) for value in np.array((190, 140, 110)) * rng.uniform(0.7, 1.1))
    pen.ellipse((left + 110, top + 90, left + 290, top + 330), fill=skin)
    pen.pieslice((left + 100, top + 60, left + 300, top + 300), 180, 360, fill=(30, 25, 25))
    pen.rectangle((left + 60, top + 360, left + 340, top + h), fill=(225, 225, 230))
    return Page(_bgr(sheet), "card", "card", scale, " ".join(rows[:5]), (60, 300, 1150, 72 * 5 + 10))
