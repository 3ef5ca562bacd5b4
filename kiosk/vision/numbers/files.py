"""What `prodesaku read-number` answers for one file: the documented JSON object, as a dict."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from kiosk.vision.loading import load
from kiosk.vision.numbers.reader import read_numbers
from kiosk.vision.numbers.telling import Check, NumberRead


def read_number_file(path: str | Path, check: Check) -> dict[str, Any]:
    """Read the numbers of sixteen digits on a picture file.

    Answers `{"path", "numbers": [{"number", "confidences", "doubtful", "marks", "corners", "height"}], "ms"}`, or
    `{"path", "error"}` for a file that cannot be read or is no picture. `ms` is wall time from decoded pixels. The
    answer is personal: it goes to who asked and into no log.
    """
    image = load(path)
    if isinstance(image, str):
        return {"path": str(path), "error": image}
    start = time.perf_counter()
    found = read_numbers(image, check)
    ms = (time.perf_counter() - start) * 1000
    return {"path": str(path), "numbers": [_record(one) for one in found], "ms": round(ms, 2)}


def _record(one: NumberRead) -> dict[str, Any]:
    return {
        "number": one.text,
        "confidences": [round(value, 3) for value in one.confidences],
        "doubtful": list(one.doubtful),
        "marks": sorted(one.marks),
        "corners": [[round(x, 1), round(y, 1)] for x, y in one.corners],
        "height": round(one.height, 1),
    }
