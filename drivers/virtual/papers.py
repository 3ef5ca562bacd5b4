"""Sample papers of invented residents, to be laid under the virtual camera or into the virtual scanner.

None of them imitates a state form: each says CONTOH across its face. Their identity numbers lie in a sub-district that
does not exist (99). Drawn at 300 dpi with the resolution written into the file, so that the lens knows their size; the
same name always gives the same picture.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 300
A4 = (210.0, 297.0)
NAMES = ("surat_lahir", "kk", "buku_nikah", "surat_polisi", "bukti_perubahan", "ktp", "kosong")

_INK = (28, 30, 38)
_GREY = (104, 106, 116)
_STAMP = (88, 70, 150)
_FONTS = Path(__file__).resolve().parents[2] / "kiosk" / "ui" / "assets" / "fonts"
_FALLBACK = Path("/usr/share/fonts/truetype/dejavu")

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Letter:
    """A letter: who writes it, its title, a number, fields, closing lines, and who signs."""

    head: tuple[str, str]
    title: str
    number: str
    rows: Rows
    closing: tuple[str, ...]
    signer: tuple[str, str]


_LETTERS: dict[str, Letter] = {
    "surat_lahir": Letter(
        ("Klinik Bersalin Mawar Contoh", "Jl. Latihan No. 9, Desa Kaballangang"),
        "SURAT KETERANGAN LAHIR",
        "Nomor: 045/SKL-CONTOH/XI/2026",
        (
            ("Nama bayi", "Andi Tenri Contoh"),
            ("Jenis kelamin", "Perempuan"),
            ("Hari, tanggal", "Sabtu, 14 November 2026"),
            ("Pukul", "05.40 WITA"),
            ("Tempat lahir", "Pinrang"),
            ("Anak ke", "2 (dua)"),
            ("Berat, panjang", "3.150 gram, 49 cm"),
            ("Nama ibu", "Besse Contoh"),
            ("NIK ibu", "7315995207940002"),
            ("Nama ayah", "La Contoh"),
            ("NIK ayah", "7315991203900001"),
            ("Alamat", "Dusun Latihan, RT 002 RW 001"),
            ("Penolong", "Bidan Sitti Contoh"),
        ),
        (
            "Surat ini menerangkan kelahiran hidup tersebut di atas",
            "dan dipakai sebagai contoh latihan mesin layanan desa.",
        ),
        ("Bidan penolong", "Sitti Contoh"),
    ),
    "surat_polisi": Letter(
        ("Sektor Latihan Contoh", "Jl. Belajar No. 1, Kecamatan Contoh"),
        "SURAT KETERANGAN KEHILANGAN",
        "Nomor: SKTLK/118-CONTOH/XI/2026",
        (
            ("Nama", "Muhammad Contoh"),
            ("NIK", "7315991708850003"),
            ("Tempat, tanggal lahir", "Pinrang, 17 Agustus 1985"),
            ("Pekerjaan", "Petani"),
            ("Alamat", "Dusun Latihan, RT 001 RW 002"),
            ("Barang yang hilang", "Kartu tanda penduduk"),
            ("Hilang sejak", "20 November 2026"),
            ("Hilang di", "Sekitar Pasar Contoh"),
        ),
        (
            "Yang bersangkutan melaporkan kehilangan tersebut di atas.",
            "Surat ini contoh latihan dan tidak berlaku sebagai bukti.",
        ),
        ("Petugas penerima laporan", "Contoh Latihan"),
    ),
    "bukti_perubahan": Letter(
        ("Sekolah Menengah Contoh", "Jl. Pelajar No. 3, Desa Kaballangang"),
        "SURAT KETERANGAN LULUS",
        "Nomor: 077/SKL-CONTOH/VI/2026",
        (
            ("Nama siswa", "Nur Contoh"),
            ("NIK", "7315994512080001"),
            ("Tempat, tanggal lahir", "Pinrang, 5 Desember 2008"),
            ("Nama orang tua", "La Contoh"),
            ("Jurusan", "Ilmu Pengetahuan Alam"),
            ("Dinyatakan", "LULUS"),
            ("Tanggal kelulusan", "2 Juni 2026"),
        ),
        ("Dipakai sebagai contoh bukti perubahan pendidikan.",),
        ("Kepala sekolah", "Contoh Latihan"),
    ),
}

_FAMILY = (
    ("La Contoh", "7315991203900001", "L", "12-03-1990", "Kepala keluarga"),
    ("Besse Contoh", "7315995207940002", "P", "12-07-1994", "Istri"),
    ("Nur Contoh", "7315994512080001", "P", "05-12-2008", "Anak"),
    ("Ambo Contoh", "7315990101150004", "L", "01-01-2015", "Anak"),
)


def paper(name: str, directory: Path | None = None) -> Path:
    """The picture file (PNG, 300 dpi) of the paper `name`, one of :data:`NAMES`; drawn at the first call.

    It lies in `directory`, or in a folder of this user's for temporary files. Raises KeyError for another name.
    """
    if name not in NAMES:
        raise KeyError(name)
    folder = directory or Path(tempfile.gettempdir()) / f"prodesaku-papers-{os.getuid()}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    if not path.exists():
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".png")
        with os.fdopen(handle, "wb") as stream:
            draw(name).save(stream, "PNG", dpi=(DPI, DPI), compress_level=1)
        Path(temporary).replace(path)
    return path


def draw(name: str) -> Image.Image:
    """The paper as a picture, RGB at 300 dpi. Raises KeyError for another name than :data:`NAMES`."""
    if name in _LETTERS:
        return _letter(_LETTERS[name])
    drawers: dict[str, Callable[[], Image.Image]] = {
        "kk": _family,
        "buku_nikah": _booklet,
        "ktp": _card,
        "kosong": lambda: _sheet(A4),
    }
    return drawers[name]()


def _px(mm: float) -> int:
    return round(mm / 25.4 * DPI)


def _sheet(size: tuple[float, float], colour: tuple[int, int, int] = (250, 249, 245)) -> Image.Image:
    return Image.new("RGB", (_px(size[0]), _px(size[1])), colour)


def _font(mm: float, bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font whose letters stand about `mm` high: the product's own where it is, else DejaVu, else Pillow's."""
    ours = _FONTS / f"PlusJakartaSans-{700 if bold else 500}.ttf"
    for path in (ours, _FALLBACK / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")):
        if path.exists():
            return ImageFont.truetype(path, _px(mm))
    return ImageFont.load_default(_px(mm))


def _letter(letter: Letter) -> Image.Image:
    sheet = _sheet(A4)
    pen = ImageDraw.Draw(sheet)
    middle = sheet.width // 2
    pen.ellipse([_px(22), _px(16), _px(42), _px(36)], outline=_GREY, width=_px(0.8))
    pen.text((middle, _px(22)), letter.head[0], _INK, _font(6, bold=True), anchor="mm")
    pen.text((middle, _px(31)), letter.head[1], _GREY, _font(3.8), anchor="mm")
    pen.line([_px(18), _px(41), _px(192), _px(41)], _INK, _px(0.8))
    pen.text((middle, _px(56)), letter.title, _INK, _font(6.4, bold=True), anchor="mm")
    pen.text((middle, _px(65)), letter.number, _INK, _font(4), anchor="mm")
    top = 82.0
    for label, value in letter.rows:
        pen.text((_px(24), _px(top)), label, _INK, _font(4.2), anchor="lm")
        pen.text((_px(78), _px(top)), f":  {value}", _INK, _font(4.2), anchor="lm")
        top += 9.2
    top += 5
    for line in letter.closing:
        pen.text((_px(24), _px(top)), line, _INK, _font(4.2), anchor="lm")
        top += 7.5
    _signature(pen, letter.signer, 138, max(top + 8, 232))
    return _marked(sheet, 34)


def _signature(pen: ImageDraw.ImageDraw, signer: tuple[str, str], left: float, top: float) -> None:
    pen.text((_px(left), _px(top)), "Kaballangang, 24 November 2026", _INK, _font(3.6), anchor="mm")
    pen.text((_px(left), _px(top + 6)), signer[0], _INK, _font(3.8), anchor="mm")
    pen.ellipse([_px(left - 24), _px(top + 8), _px(left - 2), _px(top + 30)], outline=_STAMP, width=_px(0.7))
    stroke = [
        (_px(left - 12 + t * 0.4), _px(top + 19 + 5 * math.sin(t * 0.55) * math.cos(t * 0.21))) for t in range(70)
    ]
    pen.line(stroke, (30, 50, 130), _px(0.6), joint="curve")
    pen.text((_px(left), _px(top + 36)), signer[1], _INK, _font(4, bold=True), anchor="mm")


def _marked(sheet: Image.Image, mm: float) -> Image.Image:
    """CONTOH across the face, pale enough to read through, too plain to be missed."""
    font = _font(mm, bold=True)
    word = Image.new("L", (int(_px(mm) * 5.4), int(_px(mm) * 1.4)), 0)
    ImageDraw.Draw(word).text((word.width // 2, word.height // 2), "CONTOH", 255, font, anchor="mm")
    turned = word.rotate(32 if sheet.height > sheet.width else 18, expand=True, resample=Image.Resampling.BICUBIC)
    turned = turned.point([round(level * 0.3) for level in range(256)])
    place = ((sheet.width - turned.width) // 2, (sheet.height - turned.height) // 2)
    sheet.paste(Image.new("RGB", turned.size, (196, 64, 64)), place, turned)
    return sheet


def _family() -> Image.Image:
    sheet = _sheet((297.0, 210.0))
    pen = ImageDraw.Draw(sheet)
    pen.text((sheet.width // 2, _px(20)), "DAFTAR KELUARGA CONTOH", _INK, _font(7.5, bold=True), anchor="mm")
    pen.text((sheet.width // 2, _px(30)), "Nomor latihan 7315990101100005", _INK, _font(4.6), anchor="mm")
    pen.text((_px(20), _px(44)), "Dusun Latihan, RT 002 RW 001, Desa Kaballangang", _INK, _font(4), anchor="lm")
    columns = (20.0, 90.0, 150.0, 166.0, 205.0, 277.0)
    titles = ("Nama", "NIK", "L/P", "Tanggal lahir", "Hubungan")
    for row in range(8):
        top = 56 + row * 12
        pen.line([_px(20), _px(top), _px(277), _px(top)], _GREY, _px(0.35))
        cells = titles if row == 0 else _FAMILY[row - 1] if row <= len(_FAMILY) else None
        for column, text in zip(columns, cells or (), strict=False):
            pen.text((_px(column + 2), _px(top + 6)), text, _INK, _font(4, bold=row == 0), anchor="lm")
    for column in columns:
        pen.line([_px(column), _px(56), _px(column), _px(140)], _GREY, _px(0.35))
    _signature(pen, ("Penyusun contoh", "Contoh Latihan"), 225, 154)
    return _marked(sheet, 38)


def _booklet() -> Image.Image:
    sheet = _sheet((180.0, 125.0), (238, 240, 226))
    pen = ImageDraw.Draw(sheet)
    for x in range(0, 180, 6):
        pen.line([_px(x), 0, _px(x + 14), sheet.height], (226, 230, 212), _px(0.5))
    pen.line([sheet.width // 2, 0, sheet.width // 2, sheet.height], (170, 172, 158), _px(0.8))
    halves: tuple[tuple[float, str, Rows], ...] = (
        (
            0.0,
            "SUAMI",
            (
                ("Nama", "La Contoh"),
                ("NIK", "7315991203900001"),
                ("Lahir", "Pinrang, 12-03-1990"),
                ("Alamat", "Dusun Latihan"),
            ),
        ),
        (
            90.0,
            "ISTRI",
            (
                ("Nama", "Besse Contoh"),
                ("NIK", "7315995207940002"),
                ("Lahir", "Pinrang, 12-07-1994"),
                ("Menikah", "Ahad, 4 Mei 2008"),
            ),
        ),
    )
    for left, title, rows in halves:
        pen.text((_px(left + 45), _px(14)), title, _INK, _font(4.6, bold=True), anchor="mm")
        pen.rectangle([_px(left + 34), _px(22), _px(left + 56), _px(50)], (200, 206, 214), _GREY, _px(0.3))
        for index, (label, value) in enumerate(rows):
            pen.text((_px(left + 9), _px(62 + index * 9)), label, _GREY, _font(2.9), anchor="lm")
            pen.text((_px(left + 27), _px(62 + index * 9)), value, _INK, _font(3.1), anchor="lm")
    pen.text((_px(45), _px(113)), "Kutipan nikah contoh 0077/05/2008", _GREY, _font(2.8), anchor="mm")
    return _marked(sheet, 19)


def _card() -> Image.Image:
    sheet = _sheet((85.6, 53.98), (190, 214, 230))
    pen = ImageDraw.Draw(sheet)
    pen.text((sheet.width // 2, _px(5)), "KARTU CONTOH LATIHAN", _INK, _font(3.4, bold=True), anchor="mm")
    pen.text((_px(4), _px(12)), "7315991203900001", _INK, _font(3.8, bold=True), anchor="lm")
    rows = (
        ("Nama", "LA CONTOH"),
        ("Lahir", "PINRANG, 12-03-1990"),
        ("Alamat", "DUSUN LATIHAN"),
        ("Pekerjaan", "PETANI"),
    )
    for index, (label, value) in enumerate(rows):
        pen.text((_px(4), _px(20 + index * 6)), label, _INK, _font(2.3), anchor="lm")
        pen.text((_px(20), _px(20 + index * 6)), value, _INK, _font(2.4), anchor="lm")
    pen.rectangle([_px(61), _px(12), _px(81), _px(38)], (198, 90, 84), _GREY, _px(0.3))
    pen.ellipse([_px(66), _px(17), _px(76), _px(28)], (226, 196, 170))
    return _marked(sheet, 10)
