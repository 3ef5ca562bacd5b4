"""Spoilt symbols and spoilt files by the thousand: nothing crashes, and nobody is told a text that was not there."""

from __future__ import annotations

import io
import resource

import cv2
import numpy as np
import pytest
import segno
from PIL import Image

from kiosk.vision import read_codes
from kiosk.vision.loading import unpack
from kiosk.vision.types import Image as Pixels

SLICE, CAMPAIGN = 150, 50_000
SIZES = pytest.mark.parametrize("count", [SLICE, pytest.param(CAMPAIGN, marks=pytest.mark.long)])

#: Bytes by which a campaign may grow the process: its libraries' caches, not a leak a picture.
GROWTH = 64 << 20


def spoilt(rng: np.random.Generator) -> tuple[list[bytes], Pixels]:
    """A symbol of which modules are turned over, one by one or in stains, drawn well or badly; and what it says."""
    said = [rng.bytes(int(rng.integers(1, 60)))]
    # bytes as such: segno takes pairs that look like Kanji for Kanji, and some of them it writes as others
    made = segno.make(said[0], error="lmqh"[rng.integers(4)], mode="byte", micro=False, boost_error=False)
    modules = np.array([list(row) for row in made.matrix], np.uint8)
    side = len(modules)
    what = rng.integers(4)
    if what == 0:
        modules ^= (rng.random(modules.shape) < rng.uniform(0, 0.35)).astype(np.uint8)
    elif what == 1:
        for _ in range(rng.integers(1, 5)):
            y, x, size = (int(value) for value in rng.integers(0, side, 3))
            modules[y : y + size // 3 + 1, x : x + size // 3 + 1] = rng.integers(2)
    elif what == 2:  # another symbol's half
        said.append(rng.bytes(len(said[0])))
        same = {"error": made.error, "version": made.version, "mode": "byte"}
        other = segno.make(said[1], **same, micro=False, boost_error=False)
        at = int(rng.integers(1, side))
        modules[at:] = np.array([list(row) for row in other.matrix], np.uint8)[at:]
    scale = int(rng.integers(2, 6))
    ink, paper = int(rng.integers(0, 110)), int(rng.integers(140, 256))
    picture = np.where(np.pad(modules, int(rng.integers(1, 6))) > 0, ink, paper).astype(np.uint8)
    picture = picture.repeat(scale, axis=0).repeat(scale, axis=1)
    if rng.random() < 0.5:
        picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.3, scale * 0.7)))
    if rng.random() < 0.5:
        noisy = picture + rng.normal(0, rng.uniform(1, 40), picture.shape)
        picture = np.clip(noisy, 0, 255).astype(np.uint8)
    return said, np.asarray(picture, np.uint8)


@SIZES
def test_nobody_is_told_what_was_not_there(count: int) -> None:
    rng = np.random.default_rng(20)
    read = before = 0
    for number in range(count):
        said, picture = spoilt(rng)
        found = {code.raw for code in read_codes(picture, budget=0.02)}
        assert found <= set(said), (number, said, found)
        read += bool(found)
        if number == count // 5:
            before = grown()
    assert read > count / 4, "most must come as far as the repair for this to mean anything"
    assert grown() - before < GROWTH


@SIZES
def test_noise_says_nothing(count: int) -> None:
    rng = np.random.default_rng(21)
    for number in range(count // 5):
        blocks = rng.integers(0, 2, (40, 40)).astype(np.uint8) * 255
        # three finders in noise: the repair gets what luck offers
        finder = np.pad(np.pad(np.full((3, 3), 0, np.uint8), 1, constant_values=255), 1, constant_values=0)
        size = int(rng.choice([21, 25, 29, 33]))
        for y, x in ((2, 2), (2, 2 + size - 7), (2 + size - 7, 2)):
            blocks[y : y + 7, x : x + 7] = finder
        picture = blocks.repeat(4, axis=0).repeat(4, axis=1)
        assert read_codes(picture, budget=0.03) == (), number


def seeds() -> list[bytes]:
    drawn = segno.make("BIBIT", micro=False)
    picture = Image.fromarray(np.where(np.array([list(r) for r in drawn.matrix]) > 0, 0, 255).astype(np.uint8)).resize(
        (84, 84)
    )
    files: list[bytes] = []
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"):
        file = io.BytesIO()
        picture.convert("RGB").save(file, kind)
        files.append(file.getvalue())
    return files


def mutated(data: bytes, rng: np.random.Generator) -> bytes:
    spoilt = bytearray(data)
    for _ in range(rng.integers(1, 5)):
        at = int(rng.integers(0, len(spoilt))) if rng.random() < 0.6 else int(rng.integers(0, min(64, len(spoilt))))
        what = rng.integers(4)
        if what == 0:
            spoilt[at] ^= 1 << int(rng.integers(8))
        elif what == 1:
            spoilt[at : at + 4] = rng.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0"])
        elif what == 2:
            del spoilt[at : at + int(rng.integers(1, 40))]
        else:
            spoilt[at:at] = rng.bytes(int(rng.integers(1, 40)))
        if not spoilt:
            return b""
    return bytes(spoilt)


@SIZES
def test_a_spoilt_file_is_an_error_or_a_picture(count: int) -> None:
    rng = np.random.default_rng(22)
    files = seeds()
    opened = before = 0
    for number in range(count):
        answer = unpack(mutated(files[number % len(files)], rng))
        opened += not isinstance(answer, str) or answer != "not a picture"
        if isinstance(answer, np.ndarray):
            assert answer.dtype == np.uint8
            if answer.size < 200_000:
                assert {code.text for code in read_codes(answer, budget=0)} <= {"BIBIT"}
        if number == count // 5:
            before = grown()
    assert opened > count * 0.3, "three in ten must pass the first stage"
    assert grown() - before < GROWTH + 4 * 64_000_000  # the largest picture that is unpacked at all


def grown() -> int:
    """Bytes of memory that the process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
