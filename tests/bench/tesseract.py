"""Tesseract as a peer that reads numbers: the binary of Debian's tesseract-ocr, digits only, one thread."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import cv2
import numpy as np

from kiosk.vision.numbers.lines import find_lines, measured, strip_of
from kiosk.vision.types import Image

THERE = shutil.which("tesseract") is not None
_PATIENCE = 120  # seconds; noise can keep it busy for long
_LINES = 6  # lines handed over one by one: each costs a process


def _run(grey: Image, mode: int) -> str:
    packed = cv2.imencode(".png", grey)[1].tobytes()
    command = ["tesseract", "stdin", "stdout", "--psm", str(mode), "-l", "eng"]
    command += ["-c", "tessedit_char_whitelist=0123456789"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=packed, capture_output=True, timeout=_PATIENCE, env=environment)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("ascii", "ignore")


def _numbers(text: str) -> list[str]:
    found = [re.sub(r"\D", "", line) for line in text.splitlines()]
    return [digits for digits in found if 14 <= len(digits) <= 18]


def whole(picture: Image) -> list[str]:
    """As most scripts do: the whole picture, grey, as sparse text; a small one at twice its size."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if grey.shape[1] < 1000:
        grey = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return _numbers(_run(np.asarray(grey, np.uint8), 11))


def lines(picture: Image) -> list[str]:
    """With our line finder before it: the likeliest lines, upright and enlarged, until one holds sixteen digits."""
    grey = np.asarray(picture.max(axis=2), np.uint8)
    found: list[str] = []
    for line in find_lines(grey)[:_LINES]:
        strip = strip_of(grey, measured(grey, line))
        large = cv2.resize(strip, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
        large = cv2.copyMakeBorder(large, 8, 8, 8, 8, cv2.BORDER_REPLICATE)
        found += _numbers(_run(np.asarray(large, np.uint8), 7))
        if any(len(one) == 16 for one in found):
            break
    return found
