"""Tesseract's character error on a page whose print is known, for the benchmarks (`apt install tesseract-ocr-ind`)."""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

import os
import re
import subprocess

import cv2
import numpy as np
import numpy.typing as npt

from tests.vision.documents import Document

Pixels = npt.NDArray[np.uint8]


def read(page: Pixels, drawn: Document) -> str:
    """What Tesseract reads on a rectified `page`, where print is known to be.

    Rules, photographs, stamps and signatures are painted over: whether Tesseract takes them for letters or a table for
    a picture says nothing about the print.
    """
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY) if page.ndim == 3 else page, np.uint8)
    across, down = grey.shape[1] / drawn.page.shape[1], grey.shape[0] / drawn.page.shape[0]
    side = round(grey.shape[1] / drawn.width * 6) | 1  # 6 mm: wider than any stroke
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side // 4, side // 4), np.uint8))
    shown = np.array(cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR))
    for boxes, pad in ((drawn.boxes, 7), (drawn.shown, 0)):
        for x0, y0, x1, y1 in boxes:
            left, top = max(0, round((x0 - pad) * across)), max(0, round((y0 - pad) * down))
            place = np.s_[top : round((y1 + pad) * down), left : round((x1 + pad) * across)]
            part = grey[place]
            shown[place] = part if pad or not part.size else round(float(np.percentile(part, 85)))
    grey = shown
    dpi = round(grey.shape[1] / drawn.width * 25.4)
    done, packed = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    assert done
    command = ["tesseract", "stdin", "stdout", "-l", "ind", "--psm", "6", "--dpi", str(dpi)]
    run = subprocess.run(
        command,
        input=packed.tobytes(),
        capture_output=True,
        check=True,
        timeout=300,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return run.stdout.decode("utf-8", "replace")


def errors(text: str, drawn: Document) -> tuple[int, int]:
    """Characters wrong, missing or too many, and how many there are; only letters, digits and their order count."""
    said, true = _plain(text), _plain(" ".join(drawn.lines))
    return _distance(said, true), len(true)


def _plain(text: str) -> npt.NDArray[np.int32]:
    kept = re.sub(r"[^0-9A-Za-z]+", " ", text).strip()
    return np.array([ord(letter) for letter in kept], np.int32)


def _distance(one: npt.NDArray[np.int32], two: npt.NDArray[np.int32]) -> int:
    """Levenshtein's distance, a row at a time: insertions along a row are a running minimum."""
    steps = np.arange(len(two) + 1)
    row = steps.copy()
    for letter in one:
        below = np.minimum(row[1:] + 1, row[:-1] + (two != letter))
        row = np.minimum.accumulate(np.concatenate([[row[0] + 1], below]) - steps) + steps
    return int(row[-1])
