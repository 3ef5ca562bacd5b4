"""How many spoilt codes are read, and how long it takes: `python -m tests.bench.bench_read_qr [--each N]`.

zxing-cpp alone, pyzbar as it comes, one after the other, and ours, on the same generated and seeded pictures (16 ways
of spoiling, see tests.vision.codes_set). One JSON line per decoder, then one per class. Read means: byte for byte.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp
from pyzbar import pyzbar

from kiosk.vision import read_codes
from tests.vision.codes_set import CLASSES, sample

Pixels = npt.NDArray[np.uint8]


def zxing(picture: Pixels) -> list[bytes]:
    """The first decoder as it comes, QR only."""
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [bytes(found.bytes) for found in zxingcpp.read_barcodes(picture, formats=formats)]


def zbar(picture: Pixels) -> list[bytes]:
    """The second decoder as its Python package gives it."""
    return [found.data for found in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def both(picture: Pixels) -> list[bytes]:
    """The second where the first fails."""
    return zxing(picture) or zbar(picture)


def ours(picture: Pixels) -> list[bytes]:
    """What the product does."""
    return [code.raw for code in read_codes(picture)]


DECODERS: dict[str, Callable[[Pixels], list[bytes]]] = {
    "zxing": zxing,
    "pyzbar": zbar,
    "zxing+pyzbar": both,
    "ours": ours,
}


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=20, help="pictures of each class")
    each: int = parser.parse_args(argv).each
    cv2.setNumThreads(1)
    read = {name: dict.fromkeys(CLASSES, 0) for name in DECODERS}
    wrong = dict.fromkeys(DECODERS, 0)
    took: dict[str, list[float]] = {name: [] for name in DECODERS}
    for kind in CLASSES:
        for seed in range(each):
            one = sample(kind, seed)
            for name, decode in DECODERS.items():
                begun = time.perf_counter()
                payloads = decode(one.picture)
                took[name].append((time.perf_counter() - begun) * 1000)
                read[name][kind] += one.payload in payloads
                wrong[name] += bool(payloads) and one.payload not in payloads
    total = each * len(CLASSES)
    for name in DECODERS:
        line = {
            "decoder": name,
            "read_percent": round(100 * sum(read[name].values()) / total, 1),
            "wrong": wrong[name],
            "median_ms": round(float(np.median(took[name])), 1),
            "p95_ms": round(float(np.percentile(took[name], 95)), 1),
        }
        sys.stdout.write(json.dumps(line) + "\n")
    for kind in CLASSES:
        line = {"class": kind} | {name: round(100 * read[name][kind] / each) for name in DECODERS}
        sys.stdout.write(json.dumps(line) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
