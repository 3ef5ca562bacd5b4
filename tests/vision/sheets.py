"""A printed sheet as the page printer leaves it: A4 at 200 dpi with a seal's QR of version 13-Q, 29 mm wide."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import segno

DPI = 200
QR_MM = 29.0


def seal_text(seed: int) -> str:
    """As long as fits version 13-Q: a URL and the seal's digits."""
    digits = "".join(random.Random(seed).choices("0123456789", k=455))
    return f"HTTPS://CONTOH.ID/V#{digits}"


def printed_sheet(folder: Path, seed: int) -> tuple[Path, str]:
    """The sheet's raster, and the text in its QR."""
    text = seal_text(seed)
    address, _, digits = text.partition("#")
    code = segno.make([f"{address}#", digits], version=13, error="q", boost_error=False)
    assert code.designator == "13-Q"
    packed = BytesIO()
    code.save(packed, kind="png", scale=20, border=0)
    symbol = cv2.imdecode(np.frombuffer(packed.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE)
    page: npt.NDArray[np.uint8] = np.full((2339, 1654), 255, np.uint8)
    rng = random.Random(seed)
    for line in range(160, 1800, 60):
        cv2.putText(page, "Kutipan akta contoh " * 2, (160, line), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (25,), 2, cv2.LINE_AA)
    side = round(QR_MM / 25.4 * DPI)
    small = cv2.resize(symbol, (side, side), interpolation=cv2.INTER_AREA)
    left, top = rng.randint(140, 1500 - side), 1950 + rng.randint(0, 60)
    page[top - 14 : top + side + 14, left - 14 : left + side + 14] = 255
    page[top : top + side, left : left + side] = small
    path = folder / f"{seed:03d}.png"
    cv2.imwrite(str(path), page)
    return path, text
