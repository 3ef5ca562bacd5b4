"""What a page weighs and how it still reads: `python -m tests.bench.bench_encode [--each N] [--from SEED] [--kinds …]`.

Eight kinds of papers, photographed and scanned by models of a camera and a flatbed, then rectified. The original is
that rectified page; plain JPEG, WebP and AVIF pack it at the lowest quality of their ladder at which Tesseract's
character error, over all papers of the kind, is at most half a point above the original's. Ours cleans and packs at its
two fixed levels. One JSON line per kind: KB (1000 bytes), median; character error in percent; milliseconds of one core.
Needs Tesseract with Indonesian (`apt install tesseract-ocr tesseract-ocr-ind`).
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from kiosk.vision import clean, decode, encode, rectify
from kiosk.vision.encoding import NORMAL, SAVER
from tests.bench.legibility import errors, read
from tests.vision.capturing import photographed, scanned
from tests.vision.documents import KINDS, Document, document

Pixels = npt.NDArray[np.uint8]
SLACK = 0.5  # points of character error


def _pillow(kind: str, **options: int) -> Callable[[Pixels], bytes]:
    def pack(page: Pixels) -> bytes:
        file = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(page[:, :, ::-1])).save(file, kind, **options)
        return file.getvalue()

    return pack


PLAIN = {
    "jpeg": [_pillow("JPEG", quality=quality) for quality in (10, 20, 30, 50, 75)],
    "webp": [_pillow("WEBP", quality=quality, method=4) for quality in (1, 8, 20, 40, 75)],
    "avif": [_pillow("AVIF", quality=quality, speed=8, max_threads=1) for quality in (15, 25, 35, 50, 70)],
}
OURS = {"ours": NORMAL, "saver": SAVER}


@dataclass
class Tally:
    """One way of packing on all papers of a kind."""

    sizes: list[int] = field(default_factory=lambda: [])
    wrong: int = 0
    letters: int = 0
    ms: list[float] = field(default_factory=lambda: [])

    @property
    def error(self) -> float:
        return 100 * self.wrong / max(1, self.letters)

    def add(self, shown: Pixels, drawn: Document, size: int = 0, ms: float = 0.0) -> None:
        wrong, letters = errors(read(shown, drawn), drawn)
        self.wrong, self.letters = self.wrong + wrong, self.letters + letters
        self.sizes.append(size)
        self.ms.append(ms)

    def line(self) -> dict[str, float]:
        return {
            "kb": round(float(np.median(self.sizes)) / 1000, 1),
            "error": round(self.error, 2),
            "ms": round(float(np.median(self.ms))),
        }


def shown(packed: bytes) -> Pixels:
    """The pixels a browser would show."""
    with Image.open(io.BytesIO(packed)) as file:
        return np.asarray(file.convert("RGB"), np.uint8)[:, :, ::-1].copy()


def papers(kind: str, seeds: range) -> list[tuple[Document, Pixels]]:
    """Rectified pages, every second one from the flatbed."""
    made: list[tuple[Document, Pixels]] = []
    for seed in seeds:
        drawn = document(kind, seed)
        captured = scanned(drawn, seed, turned=0.0) if seed % 2 else photographed(drawn, seed)
        made.append((drawn, rectify(captured.picture, captured.corners)))
    return made


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=4, help="papers of each kind")
    parser.add_argument("--from", dest="first", type=int, default=2000, help="the first seed")
    parser.add_argument("--kinds", default=",".join(KINDS))
    asked = parser.parse_args(argv)
    if shutil.which("tesseract") is None:
        sys.stdout.write(json.dumps({"skipped": "tesseract is not installed"}) + "\n")
        return 0
    cv2.setNumThreads(1)
    a4: dict[str, list[int]] = {name: [] for name in (*PLAIN, *OURS)}
    for kind in asked.kinds.split(","):
        pages = papers(kind, range(asked.first, asked.first + asked.each))
        original = Tally()
        for drawn, page in pages:
            original.add(page, drawn)
        line: dict[str, object] = {"kind": kind, "original_error": round(original.error, 2)}
        for name, ladder in PLAIN.items():
            tally = Tally()
            for pack in ladder:
                tally = Tally()
                for drawn, page in pages:
                    begun = time.process_time()
                    packed = pack(page)
                    tally.add(shown(packed), drawn, len(packed), (time.process_time() - begun) * 1000)
                if tally.error <= original.error + SLACK:
                    break
            line[name] = tally.line()
            a4[name] += tally.sizes if pages[0][0].height + pages[0][0].width > 500 else []
        for name, level in OURS.items():
            tally = Tally()
            for drawn, page in pages:
                begun = time.process_time()
                packed = encode(clean(page), level)
                ms = (time.process_time() - begun) * 1000
                back = decode(packed)
                assert back is not None
                tally.add(back, drawn, len(packed), ms)
            line[name] = tally.line() | {"ok": tally.error <= original.error + SLACK}
            a4[name] += tally.sizes if pages[0][0].height + pages[0][0].width > 500 else []
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    rng = np.random.default_rng(1)
    summary: dict[str, object] = {"kind": "A4, all"}
    for name, sizes in a4.items():
        if sizes:
            values = np.array(sizes) / 1000
            medians = np.median(values[rng.integers(0, len(values), (1000, len(values)))], axis=1)
            low, high = np.percentile(medians, [2.5, 97.5])
            summary[name] = {
                "kb": round(float(np.median(values)), 1),
                "spread": [round(float(low), 1), round(float(high), 1)],
                "most": round(float(values.max()), 1),
            }
    sys.stdout.write(json.dumps(summary) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
