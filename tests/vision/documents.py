"""Papers of invented people, drawn at 300 dpi with all that is on them known: every line of print, every coloured part.

Eight kinds that people bring to a village hall. None imitates a state form. The same kind and seed always give the same
paper: only fonts of this repository are used.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

DPI = 300
KINDS = ("letter", "form", "family_card", "certificate", "card", "receipt", "booklet", "back")

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

_FONTS = Path(__file__).resolve().parents[2] / "kiosk" / "ui" / "assets" / "fonts"
_INK: Colour = (24, 24, 28)
_WORDS = tuple(
    """
    yang bertanda tangan di bawah ini menerangkan dengan sebenarnya bahwa nama tersebut adalah penduduk desa
    kami dan benar telah lahir seorang anak dari pasangan suami istri menurut keterangan saksi surat ini dibuat
    untuk keperluan pengurusan administrasi kependudukan serta dipergunakan sebagaimana mestinya apabila
    kemudian hari terdapat kekeliruan akan diperbaiki tempat tinggal pekerjaan petani nelayan guru pedagang
    perawat agama golongan darah kecamatan kabupaten provinsi dusun jalan rukun tetangga warga negara nomor
    tanggal bulan tahun kepala keluarga
    """.split()  # noqa: SIM905
)
_NAMES = tuple(
    "Andi Besse Tenri Sitti Rahma Baso Lukman Indah Hasan Fatma Yusuf Wahyu Nur Dewi Arif Mega Rizal Ayu".split()  # noqa: SIM905
)
_WASHES: tuple[tuple[Colour, Colour], ...] = (
    ((232, 245, 232), (196, 226, 204)),
    ((250, 240, 218), (236, 214, 176)),
    ((228, 238, 252), (188, 210, 240)),
)
_PALE: tuple[Colour, ...] = ((255, 240, 204), (221, 236, 255), (226, 246, 226), (250, 226, 232), (238, 230, 250))


@dataclass(frozen=True)
class Document:
    """A paper as it was printed.

    `page`: BGR at 300 dpi, white where nothing is printed. `lines`: the print from top to bottom, each line from left
    to right; `boxes`: around each piece of it, (x0, y0, x1, y1). `marks`: where something of a kind is ("stamp",
    "signature", "photo", "pale"), masks of the page's size, their rims left out. `shown`: the boxes of photographs,
    stamps and signatures, which are no text.
    """

    kind: str
    page: Pixels
    width: float  # mm
    height: float
    lines: tuple[str, ...]
    boxes: tuple[Box, ...]
    marks: dict[str, Mask]
    shown: tuple[Box, ...]


def document(kind: str, seed: int) -> Document:
    """The paper of that kind and seed."""
    return _DRAWERS[kind](np.random.default_rng([KINDS.index(kind), seed]))


@cache
def _font(weight: int, size: int, mono: bool) -> ImageFont.FreeTypeFont:
    name = f"AtkinsonHyperlegibleMono-{500 if weight < 700 else 700}" if mono else f"PlusJakartaSans-{weight}"
    return ImageFont.truetype(_FONTS / f"{name}.ttf", size)


class _Paper:
    """Draws in millimetres and remembers what it drew where."""

    def __init__(self, kind: str, width: float, height: float, rng: np.random.Generator, mono: bool = False) -> None:
        self.kind, self.width, self.height, self.rng, self.mono = kind, width, height, rng, mono
        self.size = (round(width / 25.4 * DPI), round(height / 25.4 * DPI))
        self.image = Image.new("RGB", self.size, (255, 255, 255))
        self.draw = ImageDraw.Draw(self.image)
        self.rows: list[tuple[float, float, str]] = []
        self.marks: dict[str, Mask] = {}
        self.shown: list[Box] = []
        self.boxes: list[Box] = []

    def px(self, mm: float) -> int:
        return round(mm / 25.4 * DPI)

    def write(self, x: float, y: float, text: str, points: float = 11, weight: int = 500, ink: Colour = _INK) -> float:
        """One line, its baseline at `y`; answers its width in mm."""
        font = _font(weight, round(points / 72 * DPI), self.mono)
        self.draw.text((self.px(x), self.px(y)), text, fill=ink, font=font, anchor="ls")
        self.rows.append((y, x, text))
        x0, y0, x1, y1 = self.draw.textbbox((self.px(x), self.px(y)), text, font=font, anchor="ls")
        self.boxes.append((int(x0), int(y0), int(x1) + 1, int(y1) + 1))
        return font.getlength(text) / DPI * 25.4

    def paragraph(self, x: float, y: float, wide: float, lines: int, points: float = 11, lead: float = 1.5) -> float:
        """Lines of words as wide as `wide` mm; answers the y of the next."""
        font = _font(500, round(points / 72 * DPI), self.mono)
        for index in range(lines):
            text = ""
            limit = wide if index < lines - 1 else wide * self.rng.uniform(0.3, 0.9)
            while True:
                longer = f"{text} {self.word()}".strip()
                if font.getlength(longer) / DPI * 25.4 > limit:
                    break
                text = longer
            if text:
                self.write(x, y, text[0].upper() + text[1:] if index == 0 else text, points)
            y += points / 72 * 25.4 * lead
        return y

    def word(self) -> str:
        return str(_WORDS[int(self.rng.integers(len(_WORDS)))])

    def name(self) -> str:
        return " ".join(str(one) for one in self.rng.choice(_NAMES, 3, replace=False))

    def digits(self, count: int) -> str:
        return "".join(str(digit) for digit in self.rng.integers(0, 10, count))

    def mark(self, name: str, mask: Mask) -> None:
        self.marks[name] = self.marks.get(name, np.zeros(mask.shape, np.bool_)) | mask

    def box(self, x: float, y: float, wide: float, high: float) -> Box:
        return self.px(x), self.px(y), self.px(x + wide), self.px(y + high)

    def pale(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        """A tinted box, before anything is written on it."""
        x0, y0, x1, y1 = self.box(x, y, wide, high)
        self.draw.rectangle((x0, y0, x1, y1), fill=colour)
        mask = np.zeros(self.size[::-1], np.bool_)
        mask[y0 + 14 : y1 - 13, x0 + 14 : x1 - 13] = True
        self.mark("pale", mask)

    def _blend(
        self, name: str, cover: npt.NDArray[np.uint8], share: npt.NDArray[np.float32] | float, ink: Colour
    ) -> None:
        """Ink laid over the page, as much as `cover` (0-255) and `share` say: what is below shows through."""
        x, y, wide, high = cv2.boundingRect(cover)
        place = np.s_[y : y + high, x : x + wide]
        page = np.array(self.image)
        laid = cover[place] / np.float32(255) * (share if isinstance(share, float) else share[place])
        mask = np.zeros(cover.shape, np.bool_)
        mask[place] = (cover[place] > 215) & (page[place].min(axis=2) > 170)
        self.mark(name, mask)
        page[place] = (page[place] * (1 - (1 - np.array(ink, np.float32) / 255) * laid[:, :, None])).astype(np.uint8)
        self.image = Image.fromarray(page)
        self.draw = ImageDraw.Draw(self.image)
        self.shown.append((x, y, x + wide, y + high))

    def stamp(self, x: float, y: float, radius: float = 15) -> None:
        """A round office stamp, its ink uneven."""
        layer = np.zeros(self.size[::-1], np.uint8)
        at, r = (self.px(x), self.px(y)), self.px(radius)
        cv2.circle(layer, at, r, 255, 5, cv2.LINE_AA)
        cv2.circle(layer, at, round(r * 0.93), 255, 2, cv2.LINE_AA)
        cv2.circle(layer, at, round(r * 0.62), 255, 3, cv2.LINE_AA)
        for index, text in enumerate(("DESA", "CONTOH", self.digits(3))):
            place = (at[0] - round(r * 0.42), at[1] - round(r * 0.2) + round(index * r * 0.3))
            cv2.putText(layer, text, place, cv2.FONT_HERSHEY_DUPLEX, r / 140, (255,), 2, cv2.LINE_AA)
        for step in range(24):
            angle = step / 24 * 2 * np.pi
            ends = [(round(at[0] + r * f * np.cos(angle)), round(at[1] + r * f * np.sin(angle))) for f in (0.7, 0.85)]
            cv2.line(layer, ends[0], ends[1], 255, 3, cv2.LINE_AA)
        blots = cv2.resize(self.rng.uniform(0.55, 1.0, (60, 60)).astype(np.float32), self.size)
        ink = ((88, 66, 160), (44, 58, 150), (190, 40, 50))[int(self.rng.integers(3))]
        self._blend("stamp", layer, blots * np.float32(0.85), ink)

    def sign(self, x: float, y: float, wide: float = 34, strokes: int = 1, ink: Colour | None = None) -> None:
        """A signature: a pen's line of some curves."""
        layer = np.zeros(self.size[::-1], np.uint8)
        for _ in range(strokes):
            knots = int(self.rng.integers(6, 11))
            path = np.column_stack(
                [np.linspace(0, wide, knots) + self.rng.normal(0, wide / 14, knots), self.rng.normal(0, 4, knots)]
            )
            t = np.linspace(0, knots - 1, 60 * knots)
            smooth = np.array([x, y]) + np.column_stack([_spline(path[:, axis], t) for axis in (0, 1)])
            points = (smooth / 25.4 * DPI * 8).round().astype(np.int32)
            cv2.polylines(layer, [points], False, 255, int(self.rng.integers(4, 7)), cv2.LINE_AA, 3)
        pen = ink or ((30, 40, 130), (20, 20, 30), (30, 60, 170))[int(self.rng.integers(3))]
        self._blend("signature", layer, 0.95, pen)

    def photograph(self, x: float, y: float, wide: float, high: float) -> None:
        """A portrait: a coloured wall, shoulders, a face, hair, grain."""
        x0, y0, x1, y1 = self.box(x, y, wide, high)
        w, h = x1 - x0, y1 - y0
        rng = self.rng
        wall = ((190, 40, 45), (40, 80, 180), (200, 205, 210))[int(rng.integers(3))]
        face = np.empty((h, w, 3), np.float32)
        face[:] = wall
        face *= np.linspace(1.1, 0.8, h, dtype=np.float32)[:, None, None]
        tone = float(rng.uniform(0.75, 1.1))
        parts = (
            (rng.uniform(30, 230, 3), (0.5, 1.05), (0.48, 0.36)),
            (np.array([205, 160, 130]) * tone * 0.9, (0.5, 0.7), (0.12, 0.14)),
            (np.array([30, 26, 26]), (0.5, 0.38), (0.25, 0.24)),
            (np.array([212, 168, 138]) * tone, (0.5, 0.46), (0.2, 0.23)),
        )
        for colour, (cx, cy), (ax, ay) in parts:
            centre, axes = (round(cx * w), round(cy * h)), (round(ax * w), round(ay * h))
            cv2.ellipse(face, centre, axes, 0, 0, 360, [float(value) for value in colour], -1, cv2.LINE_AA)
        for cx in (0.42, 0.58):
            cv2.ellipse(face, (round(cx * w), round(0.44 * h)), (w // 30 + 1, w // 50 + 1), 0, 0, 360, (40, 30, 30), -1)
        cv2.ellipse(face, (w // 2, round(0.57 * h)), (w // 14, w // 50 + 1), 0, 0, 180, (150, 80, 80), -1, cv2.LINE_AA)
        face *= cv2.resize(rng.uniform(0.8, 1.15, (5, 4)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)[
            :, :, None
        ]
        face = cv2.GaussianBlur(face, (0, 0), 2) + rng.normal(0, 4, (h, w, 1))
        self.image.paste(Image.fromarray(np.clip(face, 0, 255).astype(np.uint8)), (x0, y0))
        mask = np.zeros(self.size[::-1], np.bool_)
        mask[y0 + 10 : y1 - 10, x0 + 10 : x1 - 10] = True
        self.mark("photo", mask)
        self.shown.append((x0, y0, x1, y1))

    def guilloche(self, x: float, y: float, wide: float, high: float, wash: Colour, lines: Colour) -> None:
        """A tinted field of fine waves, as security print has it."""
        self.pale(x, y, wide, high, wash)
        x0, y0, x1, y1 = self.box(x, y, wide, high)
        page = np.array(self.image)
        part = np.ascontiguousarray(page[y0:y1, x0:x1])
        along = np.arange(0, x1 - x0, 6)
        for index in range(0, (y1 - y0), 16):
            wave = index + 14 * np.sin(along / 47 + index / 90) + 9 * np.sin(along / 19 - index / 60)
            points = (np.column_stack([along, wave]) * 8).round().astype(np.int32)
            cv2.polylines(part, [points], False, lines, 1, cv2.LINE_AA, 3)
        page[y0:y1, x0:x1] = part
        self.image = Image.fromarray(page)
        self.draw = ImageDraw.Draw(self.image)

    def done(self) -> Document:
        page = np.asarray(self.image, np.uint8)[:, :, ::-1].copy()
        if "pale" in self.marks:  # what was written, drawn or stamped on it is not its colour
            dark = (page.min(axis=2) < 150).astype(np.uint8)
            self.marks["pale"] &= cv2.dilate(dark, np.ones((25, 25), np.uint8)) == 0
        lines: list[tuple[float, str]] = []
        for y, _, text in sorted(self.rows):
            if lines and abs(lines[-1][0] - y) < 0.8:
                lines[-1] = (lines[-1][0], f"{lines[-1][1]} {text}")
            else:
                lines.append((y, text))
        marks = {name: mask for name, mask in self.marks.items() if mask.any()}
        texts = tuple(text for _, text in lines)
        return Document(self.kind, page, self.width, self.height, texts, tuple(self.boxes), marks, tuple(self.shown))


def _spline(values: npt.NDArray[np.float64], t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Catmull-Rom through equally spaced values."""
    held = np.pad(values, 2, mode="edge")
    index = np.clip(t.astype(int), 0, len(values) - 2)
    u = t - index
    a, b, c, d = (held[index + 1 + offset] for offset in range(4))
    return 0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3)


def _letter(rng: np.random.Generator) -> Document:
    paper = _Paper("letter", 210, 297, rng, mono=bool(rng.random() < 0.25))
    paper.write(62, 22, "PEMERINTAH DESA CONTOH", 14, 700)
    paper.write(58, 28, "Jalan Latihan Nomor 9, Kecamatan Contoh", 10)
    paper.draw.rectangle(paper.box(20, 32, 170, 0.6), fill=_INK)
    paper.write(70, 44, "SURAT KETERANGAN", 13, 700)
    paper.write(70, 50, f"Nomor {paper.digits(3)}/{paper.digits(2)}/2026", 10)
    y = 62.0
    for _ in range(3):
        y = paper.paragraph(22, y, 166, int(rng.integers(4, 7)), 11) + 4
    for title in ("Nama", "NIK", "Pekerjaan", "Alamat"):
        paper.write(30, y, title, 11)
        paper.write(70, y, paper.digits(16) if title == "NIK" else paper.name(), 11)
        y += 6.2
    y = paper.paragraph(22, y + 4, 166, 4, 11) + 8
    paper.write(130, y, "Kepala Desa Contoh", 11)
    paper.write(130, y + 32, paper.name(), 11, 700)
    paper.sign(128, y + 16)
    paper.stamp(122, y + 15)
    return paper.done()


def _form(rng: np.random.Generator) -> Document:
    paper = _Paper("form", 210, 297, rng)
    paper.write(52, 20, "FORMULIR PERMOHONAN LAYANAN", 14, 700)
    colour = _PALE[int(rng.integers(len(_PALE)))]
    y = 30.0
    for part in range(3):
        paper.pale(16, y, 178, 8, _PALE[(part + 2) % len(_PALE)])
        paper.write(19, y + 5.8, ("DATA ANAK", "DATA IBU", "DATA AYAH")[part], 11, 700)
        y += 12
        for _ in range(5):
            paper.write(18, y + 6, f"{paper.word()} {paper.word()}".capitalize(), 9.5)
            paper.pale(72, y, 120, 8.5, colour)
            if rng.random() < 0.5:
                paper.sign(76, y + 4, float(rng.uniform(20, 90)), 1, (26, 40, 120))
            else:
                paper.write(76, y + 6, paper.name(), 10.5)
            y += 11.5
        y += 4
    paper.paragraph(18, y + 4, 172, 3, 8)
    paper.sign(140, 278)
    return paper.done()


def _family_card(rng: np.random.Generator) -> Document:
    paper = _Paper("family_card", 297, 210, rng)
    paper.write(112, 16, "DAFTAR KELUARGA CONTOH", 17, 700)
    paper.write(120, 23, f"Nomor {paper.digits(16)}", 12, 700)
    heads = ("No", "Nama lengkap", "NIK", "Kelamin", "Tempat lahir", "Tanggal lahir", "Agama", "Pekerjaan")
    stops = (10.0, 18.0, 82.0, 120.0, 146.0, 186.0, 216.0, 244.0, 287.0)
    y = 32.0
    for table in range(2):
        paper.pale(10, y, 277, 7, (198, 220, 246))
        high = 7 + 8 * 6.2
        for stop in stops:
            paper.draw.line((paper.px(stop), paper.px(y), paper.px(stop), paper.px(y + high)), (40, 60, 110), 2)
        for row in range(10):
            at = y + (7 + (row - 1) * 6.2 if row else 0)
            paper.draw.line((paper.px(10), paper.px(at), paper.px(287), paper.px(at)), (40, 60, 110), 2)
        for left, head in zip(stops, heads, strict=False):
            paper.write(left + 1, y + 4.8, head, 7, 700)
        for row in range(int(rng.integers(4, 8))):
            cells = (
                str(row + 1),
                paper.name(),
                paper.digits(16),
                ("Laki-laki", "Perempuan")[int(rng.integers(2))],
                ("Pinrang", "Contoh", "Latihan")[int(rng.integers(3))],
                f"{rng.integers(10, 29)}-{rng.integers(10, 13)}-{rng.integers(1950, 2025)}",
                "Islam",
                paper.word().capitalize(),
            )
            for left, cell in zip(stops, cells, strict=False):
                paper.write(left + 1, y + 11.4 + row * 6.2, cell, 7)
        y += high + 8 - table
    paper.write(232, y + 4, "Kepala Dinas Contoh", 8)
    paper.write(232, y + 34, paper.name(), 8, 700)
    paper.sign(232, y + 18)
    paper.stamp(226, y + 18, 14)
    return paper.done()


def _certificate(rng: np.random.Generator) -> Document:
    paper = _Paper("certificate", 210, 297, rng)
    wash, lines = _WASHES[int(rng.integers(3))]
    paper.guilloche(14, 14, 182, 269, wash, lines)
    paper.draw.rectangle(paper.box(14, 14, 182, 269), outline=(60, 110, 90), width=8)
    paper.write(74, 40, "KUTIPAN AKTA CONTOH", 15, 700)
    y = 60.0
    for _ in range(3):
        y = paper.paragraph(26, y, 156, 4, 12, 1.8) + 6
    paper.write(60, y + 4, paper.name().upper(), 16, 700)
    y = paper.paragraph(26, y + 16, 156, 3, 12, 1.8)
    paper.write(118, y + 14, "Pejabat Catatan Contoh", 11)
    paper.write(118, y + 46, paper.name(), 11, 700)
    paper.sign(120, y + 30)
    paper.stamp(112, y + 30)
    return paper.done()


def _card(rng: np.random.Generator) -> Document:
    paper = _Paper("card", 85.6, 53.98, rng)
    paper.guilloche(0, 0, 85.6, 54, (186, 214, 236), (166, 198, 226))
    paper.write(24, 6, "KARTU CONTOH LATIHAN", 8.5, 700)
    paper.write(4, 12.5, f"NIK  {paper.digits(16)}", 10, 700)
    for index, title in enumerate(("Nama", "Lahir", "Alamat", "Agama", "Pekerjaan", "Berlaku")):
        paper.write(4, 18 + index * 4.6, title, 6.5)
        text = paper.name() if index in (0, 2) else f"{paper.word()} {paper.word()}".capitalize()
        paper.write(20, 18 + index * 4.6, text, 6.5)
    paper.photograph(61, 13, 21, 27)
    paper.sign(62, 47, 16, 1, (20, 20, 30))
    return paper.done()


def _receipt(rng: np.random.Generator) -> Document:
    rows = int(rng.integers(14, 24))
    paper = _Paper("receipt", 80, 46 + rows * 4.6, rng, mono=True)
    paper.write(20, 10, "TOKO CONTOH", 13, 700)
    paper.write(10, 16, f"Nota {paper.digits(6)}", 9)
    for row in range(rows):
        y = 24 + row * 4.6
        paper.write(5, y, f"{paper.word()} {paper.word()}"[:20], 8.5, ink=(60, 60, 66))
        paper.write(55, y, f"{rng.integers(10, 99)}.{paper.digits(3)}", 8.5, ink=(60, 60, 66))
    paper.write(5, 34 + rows * 4.6, f"JUMLAH {paper.digits(6)}", 12, 700)
    return paper.done()


def _booklet(rng: np.random.Generator) -> Document:
    paper = _Paper("booklet", 88, 125, rng)
    paper.guilloche(4, 4, 80, 117, (248, 236, 210), (232, 214, 178))
    paper.write(24, 13, "BUKU CONTOH", 11, 700)
    paper.photograph(8, 18, 22, 29)
    for index, title in enumerate(("Nama", "Lahir", "Bin", "Alamat")):
        paper.write(34, 22 + index * 7, title, 8)
        paper.write(47, 22 + index * 7, paper.name().rsplit(" ", 1)[0], 8)
    paper.paragraph(8, 60, 72, 8, 8, 1.5)
    paper.write(44, 95, "Penghulu Contoh", 8)
    paper.sign(44, 104, 26)
    paper.stamp(18, 43, 10)
    return paper.done()


def _back(rng: np.random.Generator) -> Document:
    paper = _Paper("back", 210, 297, rng)
    paper.write(60, 20 + 6 * float(rng.integers(0, 3)), "Halaman ini sengaja dikosongkan", 9)
    paper.write(160, 284, f"Lembar {paper.digits(2)} dari {paper.digits(2)}", 8)
    return paper.done()


_DRAWERS: dict[str, Callable[[np.random.Generator], Document]] = {
    "letter": _letter,
    "form": _form,
    "family_card": _family_card,
    "certificate": _certificate,
    "card": _card,
    "receipt": _receipt,
    "booklet": _booklet,
    "back": _back,
}
