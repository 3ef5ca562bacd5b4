"""From the sheet on the tray to the file that goes into the packet."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from drivers.virtual import lens, papers
from kiosk.vision import clean, decode, encode, find_page, rectify
from kiosk.vision.encoding import encode_jpeg, encode_png


def still(name: str, seed: int = 4) -> np.ndarray:
    return lens.Sensor(seed).expose(lens.see(lens.lay(papers.paper(name)), "good", seed))


@pytest.fixture(scope="module")
def page() -> np.ndarray:
    picture = still("surat_lahir")
    corners = find_page(picture).corners
    assert corners is not None
    return rectify(picture, corners)


def test_a4_comes_out_as_a4_at_200_dpi(page: np.ndarray) -> None:
    assert page.shape == (2339, 1654, 3)


def test_landscape_a4_keeps_lying() -> None:
    picture = still("kk")
    corners = find_page(picture).corners
    assert corners is not None
    assert rectify(picture, corners).shape == (1654, 2339, 3)
    assert rectify(picture, corners, dpi=100).shape == (827, 1169, 3)


def test_a_card_keeps_its_shape_and_the_cameras_resolution() -> None:
    picture = still("ktp")
    corners = find_page(picture).corners
    assert corners is not None
    rows, columns = rectify(picture, corners).shape[:2]
    assert columns / rows == pytest.approx(85.6 / 53.98, rel=0.03)
    assert columns == pytest.approx(85.6 * lens.SCALE, rel=0.04)


def test_the_page_is_the_paper_that_was_laid_down(page: np.ndarray) -> None:
    """Straightened and cleaned it agrees with the drawing itself to about a pixel."""
    drawn = np.asarray(papers.draw("surat_lahir").convert("L").resize((1654, 2339)), np.float32)
    seen = cv2.cvtColor(clean(page), cv2.COLOR_BGR2GRAY).astype(np.float32)
    middle = (slice(200, 2100), slice(150, 1500))
    shift, response = cv2.phaseCorrelate(drawn[middle], seen[middle])
    assert np.hypot(*shift) < 1.5
    assert response > 0.3


def test_cleaning_makes_paper_white_and_keeps_ink_and_colour(page: np.ndarray) -> None:
    cleaned = clean(page)
    assert np.percentile(cleaned, 40) >= 253
    assert cleaned.min() < 70
    saturation = cv2.cvtColor(cleaned, cv2.COLOR_BGR2HSV)[:, :, 1]
    assert np.percentile(saturation, 30) <= 6  # yellow light is gone
    assert np.count_nonzero(saturation > 60) > 2000  # the blue signature and the red word are not


@pytest.mark.parametrize("name", ["surat_lahir", "kk", "buku_nikah"])
def test_a_page_is_small_enough_to_send(name: str) -> None:
    picture = still(name)
    corners = find_page(picture).corners
    assert corners is not None
    packed = encode(clean(rectify(picture, corners)))
    assert packed[:4] == b"RIFF"
    assert packed[8:12] == b"WEBP"
    assert len(packed) <= 110_000


def test_files_come_back_as_pictures() -> None:
    picture = still("ktp")[1000:1300, 1500:1900]
    assert (decode(encode_png(picture)) == picture).all()
    small = decode(encode_jpeg(np.repeat(picture, 4, axis=1), 900))
    assert small is not None
    assert max(small.shape) <= 900


@pytest.mark.parametrize("data", [b"", b"rubbish", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_no_picture_is_none(data: bytes) -> None:
    assert decode(data) is None
