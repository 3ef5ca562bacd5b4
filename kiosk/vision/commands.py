"""What `prodesaku read-qr` and `prodesaku find-page` answer for one file: the documented JSON objects, as dicts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from kiosk.vision.codes import find_codes
from kiosk.vision.loading import load
from kiosk.vision.page import find_page
from kiosk.vision.quality import measure
from kiosk.vision.types import Corners


def read_qr(path: str | Path) -> dict[str, Any]:
    """Read every code of a picture file.

    Answers `{"path", "texts", "codes": [{"text", "bytes_hex", "corners", "version", "ecc", "px_per_module"}],
    "unread": [{"corners", "px_per_module"}], "ms"}`: `unread` are QR codes that are there and cannot be read,
    or `{"path", "error"}` for a file that cannot be read or is no picture. `ms` is wall time from decoded pixels.
    """
    image = load(path)
    if isinstance(image, str):
        return {"path": str(path), "error": image}
    start = time.perf_counter()
    found = find_codes(image)
    ms = (time.perf_counter() - start) * 1000
    return {
        "path": str(path),
        "texts": [code.text for code in found.codes],
        "codes": [
            {
                "text": code.text,
                "bytes_hex": code.raw.hex(),
                "corners": _rounded(code.corners),
                "version": code.version,
                "ecc": code.ecc,
                "px_per_module": None if code.px_per_module is None else round(code.px_per_module, 2),
            }
            for code in found.codes
        ],
        "unread": [
            {"corners": _rounded(one.corners), "px_per_module": one.px_per_module and round(one.px_per_module, 2)}
            for one in found.unread
        ],
        "ms": round(ms, 2),
    }


def find_page_file(path: str | Path) -> dict[str, Any]:
    """Find the sheet on a picture file.

    Answers `{"path", "corners": [[x, y] x 4] | None, "finding": "page" | "none" | "cut_off", "side", "several", "flat",
    "quality", "ms"}`; corners in pixels, clockwise from top left; several: another paper lies beside it; flat: no side
    is clearly bent. A bad file gives `{"path", "error"}`.
    """
    image = load(path)
    if isinstance(image, str):
        return {"path": str(path), "error": image}
    start = time.perf_counter()
    found = find_page(image)
    quality = measure(image, found.corners)
    ms = (time.perf_counter() - start) * 1000
    return {
        "path": str(path),
        "corners": None if found.corners is None else _rounded(found.corners),
        "finding": found.finding.value,
        "side": found.side,
        "several": found.several,
        "flat": found.flat,
        "quality": {
            "sharpness": round(quality.sharpness, 3),
            "brightness": round(quality.brightness, 1),
            "glare_fraction": round(quality.glare_fraction, 4),
            "tilt": round(quality.tilt, 2),
            "px_per_mm": round(quality.px_per_mm, 2),
            "whole": quality.whole,
            "sharp": quality.sharp,
            "no_glare": quality.no_glare,
            "hint": quality.hint.value,
            "faults": [fault.value for fault in quality.faults],
            "notes": [note.value for note in quality.notes],
            "dpi": round(quality.dpi, 1),
            "kind": quality.kind,
        },
        "ms": round(ms, 2),
    }


def _rounded(corners: Corners) -> list[list[float]]:
    return [[round(x, 2), round(y, 2)] for x, y in corners]
