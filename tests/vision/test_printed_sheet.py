"""A seal (version 13-Q, 29 mm, about 4.2 pixels a module) is read back from the still, whatever the hand did."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.virtual import lens
from kiosk.vision import read_codes
from tests.vision.sheets import printed_sheet


def seen(folder: Path, seed: int, state: str = "good", noise: float = 2.2) -> tuple[np.ndarray, str]:
    path, text = printed_sheet(folder, seed)
    picture = lens.Sensor(seed, noise).expose(lens.see(lens.lay(path), state, seed))
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])
    return cv2.imdecode(packed, cv2.IMREAD_COLOR), text


@pytest.mark.parametrize("seed", range(20))
def test_the_seal_is_read_at_the_first_attempt(tmp_path: Path, seed: int) -> None:
    picture, text = seen(tmp_path, seed)
    (code,) = read_codes(picture, budget=0.0)
    assert code.text == text
    assert (code.version, code.ecc) == (13, "Q")
    assert code.px_per_module is not None
    assert code.px_per_module > 4


@pytest.mark.parametrize("seed", range(4))
def test_there_is_margin_left(tmp_path: Path, seed: int) -> None:
    """Twice as soft and five times as noisy as the lens, it still reads."""
    picture, text = seen(tmp_path, seed, noise=11.0)
    assert [code.text for code in read_codes(cv2.GaussianBlur(picture, (0, 0), 1.2))] == [text]


def test_out_of_focus_it_is_not_read_and_nothing_is_invented(tmp_path: Path) -> None:
    assert read_codes(seen(tmp_path, 1, "bad")[0], budget=0.5) == ()
