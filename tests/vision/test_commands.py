"""What the two commands answer, to the letter of their contract."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.vision.commands import find_page_file, read_qr
from tests.vision.codes_set import symbol
from tests.vision.scenes import page_scene


def test_read_qr(tmp_path: Path) -> None:
    path = tmp_path / "kode.png"
    cv2.imwrite(str(path), symbol(b"\x00\xff\x80", "m"))
    answer = json.loads(json.dumps(read_qr(path)))
    assert set(answer) == {"path", "texts", "codes", "unread", "ms"}
    assert answer["path"] == str(path)
    (code,) = answer["codes"]
    assert set(code) == {"text", "bytes_hex", "corners", "version", "ecc", "px_per_module"}
    assert code["bytes_hex"] == "00ff80"
    assert answer["texts"] == [code["text"]]
    assert len(code["corners"]) == 4
    assert (code["version"], code["ecc"], code["px_per_module"]) == (1, "M", pytest.approx(8, abs=0.3))


def test_read_qr_on_an_empty_picture(tmp_path: Path) -> None:
    path = tmp_path / "kosong.png"
    cv2.imwrite(str(path), np.full((90, 90), 255, np.uint8))
    answer = read_qr(path)
    assert (answer["texts"], answer["codes"], answer["unread"]) == ([], [], [])


def test_find_page(tmp_path: Path) -> None:
    path = tmp_path / "meja.png"
    cv2.imwrite(str(path), page_scene(0).picture)
    answer = json.loads(json.dumps(find_page_file(str(path))))
    assert set(answer) >= {"path", "corners", "finding", "quality", "ms"}
    assert answer["finding"] == "page"
    assert np.array(answer["corners"]).shape == (4, 2)
    assert set(answer["quality"]) >= {"sharpness", "brightness", "glare_fraction", "tilt", "px_per_mm", "hint"}
    cv2.imwrite(str(path), np.full((300, 400), 90, np.uint8))
    answer = find_page_file(path)
    assert (answer["corners"], answer["finding"]) == (None, "none")


@pytest.mark.parametrize("command", [read_qr, find_page_file])
def test_a_bad_file_is_an_error_and_no_crash(tmp_path: Path, command: object) -> None:
    assert callable(command)
    broken = tmp_path / "rusak.png"
    broken.write_bytes(b"\x89PNG not at all")
    for path in (broken, tmp_path / "tidak-ada.png", tmp_path):
        answer = command(path)
        assert set(answer) == {"path", "error"}
        assert answer["path"] == str(path)
        assert answer["error"]
