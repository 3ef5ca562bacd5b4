"""How pages are packed: small, legible, by what is on them. Sizes and character errors per kind: tests/bench."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kiosk.vision import clean, decode, encode, rectify
from kiosk.vision.encoding import NORMAL, SAVER, Level
from kiosk.vision.inking import few_tones, lost
from tests.vision.capturing import photographed
from tests.vision.documents import document

Pixels = np.ndarray


@pytest.fixture(scope="module")
def pages() -> dict[str, Pixels]:
    """Cleaned pages of several kinds, photographed."""
    made: dict[str, Pixels] = {}
    for kind in ("letter", "certificate", "card"):
        captured = photographed(document(kind, 31), 31)
        made[kind] = clean(rectify(captured.picture, captured.corners))
    return made


def lossless(packed: bytes) -> bool:
    assert packed[:4] == b"RIFF"
    assert packed[8:12] == b"WEBP"
    return packed[12:16] == b"VP8L"


def test_print_is_packed_without_loss_and_tinted_paper_is_not(pages: dict[str, Pixels]) -> None:
    assert lossless(encode(pages["letter"]))
    assert not lossless(encode(pages["certificate"]))
    assert not lossless(encode(pages["card"]))


@pytest.mark.parametrize(("kind", "most", "saving"), [("letter", 90, 45), ("certificate", 90, 45), ("card", 40, 20)])
def test_a_page_is_small_and_smaller_for_a_line_that_costs(
    pages: dict[str, Pixels], kind: str, most: int, saving: int
) -> None:
    page = pages[kind]
    packed, saved = encode(page), encode(page, SAVER)
    assert len(saved) < len(packed) <= most * 1000
    assert len(saved) < saving * 1000
    shown = decode(packed)
    assert shown is not None
    assert shown.shape == page.shape
    strokes, surfaces = lost(page, shown)
    assert strokes <= 0.25
    assert surfaces <= 14


def test_the_same_page_is_the_same_file(pages: dict[str, Pixels]) -> None:
    page = pages["letter"][1700:2200]  # with stamp and signature: their colours are found by chance that is held fast
    assert encode(page) == encode(page)


def test_colours_of_ink_survive_few_tones(pages: dict[str, Pixels]) -> None:
    page = pages["letter"]
    toned = few_tones(page, 4)
    assert toned is not None
    assert len(np.unique(toned.reshape(-1, 3), axis=0)) <= 4 + 13
    ink = cv2.cvtColor(page, cv2.COLOR_BGR2HSV)
    coloured = (ink[:, :, 1] > 70) & (ink[:, :, 2] > 60)
    assert np.count_nonzero(coloured) > 1000
    off = np.abs(page[coloured].astype(int) - toned[coloured]).mean()
    assert off < 16


def faint_page() -> Pixels:
    """Thermal print that has almost faded."""
    page = np.full((700, 500, 3), 255, np.uint8)
    for line in range(40, 680, 30):
        cv2.putText(page, "Jumlah contoh 45.000", (20, line), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (214, 214, 214), 1)
    return page


def test_faded_print_does_not_vanish_among_few_tones() -> None:
    page = faint_page()
    gone = np.full_like(page, 255)
    assert lost(page, gone)[0] > 0.8
    shown = decode(encode(page, SAVER))
    assert shown is not None
    assert lost(page, shown)[0] <= 0.5
    assert (cv2.cvtColor(shown, cv2.COLOR_BGR2GRAY) < 240).mean() > 0.01


def test_a_grey_photograph_is_not_packed_in_four_tones() -> None:
    page = np.full((900, 700, 3), 255, np.uint8)
    page[200:600, 200:500] = np.linspace(20, 230, 300).astype(np.uint8)[None, :, None]
    assert not lossless(encode(page))


def test_a_page_without_anything_is_next_to_nothing() -> None:
    assert len(encode(np.full((2339, 1654, 3), 255, np.uint8))) < 1000


def test_grey_pages_are_packed_too(pages: dict[str, Pixels]) -> None:
    grey = cv2.cvtColor(pages["card"], cv2.COLOR_BGR2GRAY)
    shown = decode(encode(grey))
    assert shown is not None
    assert shown.shape == (*grey.shape, 3)


def test_a_restless_page_is_packed_harder_rather_than_sent_large() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (900, 700, 3), np.uint8).astype(np.uint8)
    assert len(encode(noise, Level((), (40, 10), 10))) < len(encode(noise, Level((), (40, 10), 10_000_000)))
    assert len(encode(noise, NORMAL)) > len(encode(noise, SAVER))


def test_an_empty_page_cannot_be_packed() -> None:
    with pytest.raises(ValueError, match="empty"):
        encode(np.zeros((0, 0, 3), np.uint8))
