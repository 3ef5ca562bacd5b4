"""Picture files of every kind, and files that mean harm."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kiosk.vision import read_codes
from kiosk.vision.loading import LONGEST, load, unpack
from tests.vision.codes_set import symbol

CODE = Image.fromarray(symbol(b"MUAT", "m"))


def packed(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def texts(data: bytes) -> list[str]:
    picture = unpack(data)
    assert isinstance(picture, np.ndarray), picture
    assert picture.ndim == 3
    return [code.text for code in read_codes(picture)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"])
def test_every_kind_of_file(kind: str) -> None:
    assert texts(packed(CODE.convert("RGB"), kind)) == ["MUAT"]


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "LA", "RGBA"])
def test_every_kind_of_pixel(mode: str) -> None:
    picture = CODE
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(CODE).astype(np.uint16) * 257)
    elif mode in ("LA", "RGBA"):  # ink on nothing: black, and see-through where paper would be
        picture = Image.new(mode, CODE.size)
        picture.putalpha(Image.fromarray(255 - np.asarray(CODE)))
    else:
        picture = CODE.convert(mode)
    assert texts(packed(picture, "TIFF" if mode == "CMYK" else "PNG")) == ["MUAT"]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_turned_as_the_camera_held_it(orientation: int) -> None:
    upright = np.zeros((40, 60, 3), np.uint8)
    upright[:10, :10] = 255  # the top left, as the person saw it
    back = {1: 0, 2: 0, 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}[orientation]
    stored = Image.fromarray(upright)
    if orientation in (2, 4, 5, 7):
        stored = stored.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    stored = stored.rotate(back, expand=True)
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = unpack(packed(stored, "PNG", exif=exif.tobytes()))
    assert isinstance(picture, np.ndarray)
    assert picture.shape == upright.shape
    assert (picture == upright).all()


def test_what_is_no_picture(tmp_path: Path) -> None:
    assert unpack(b"") == unpack(b"%PDF-1.7 nothing") == unpack(b"%!PS-Adobe-3.0 EPSF-3.0\n") == "not a picture"
    assert load(tmp_path / "none.png") == "No such file or directory"
    assert load(tmp_path) == "Is a directory"


def test_one_that_was_cut_short() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF"):
        data = packed(CODE.convert("RGB"), kind)
        assert isinstance(unpack(data[: len(data) // 2]), str), kind


def test_a_small_file_that_claims_to_be_huge_is_not_unpacked() -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    for side in (9_000, 60_000, 2**31 - 1):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
        said = unpack(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
        assert isinstance(said, str)
        assert "64 megapixels" in said


def test_a_file_without_end_is_given_up(tmp_path: Path) -> None:
    long = tmp_path / "lama.jpg"
    with long.open("wb") as file:
        os.truncate(file.fileno(), LONGEST * 4)
    assert load(long) == "larger than 64 MB"
    assert load("/dev/zero") == "larger than 64 MB"
