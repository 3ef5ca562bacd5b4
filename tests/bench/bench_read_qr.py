"""How many spoilt codes are read and how fast: `python -m tests.bench.bench_read_qr [--each N] [--first SEED]`.

Public decoders, ours, and ours with a stage left out, on the same seeded photographs of 1920 by 1080 pixels (19 ways
of spoiling, see tests.vision.hard_codes). Ours was tuned on seeds below 10,000; from there on nobody looked. One JSON
line per decoder with the share read (several codes on one picture count in parts) and its 95 % interval by bootstrap
over pictures, then one per class. Read means: byte for byte. Milliseconds are the processor's, one thread.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from unittest.mock import patch

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp
from pyzbar import pyzbar

from kiosk.vision import codes
from kiosk.vision.qr import reader
from tests.vision.hard_codes import CLASSES, photo

Pixels = npt.NDArray[np.uint8]
Decoder = Callable[[Pixels], list[bytes]]

FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def zxing(picture: Pixels) -> list[bytes]:
    """zxing-cpp as it comes, QR only."""
    return [bytes(found.bytes) for found in zxingcpp.read_barcodes(picture, formats=FORMATS)]


def zbar(picture: Pixels) -> list[bytes]:
    """zbar as its Python package gives it."""
    return [found.data for found in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def both(picture: Pixels) -> list[bytes]:
    """zbar where zxing-cpp fails."""
    return zxing(picture) or zbar(picture)


def opencv(picture: Pixels) -> list[bytes]:
    """OpenCV's detector with its ArUco finder."""
    _, texts, _, _ = cv2.QRCodeDetectorAruco().detectAndDecodeMulti(picture)
    return [text.encode() for text in texts if text]


def ours(picture: Pixels) -> list[bytes]:
    """What the product does."""
    return [code.raw for code in codes.read_codes(picture, clock=time.thread_time)]


def _nothing(*_: object, **__: object) -> Iterator[codes.Code]:
    return iter(())


#: Name, decoder, and what is taken out of ours meanwhile.
DECODERS: dict[str, tuple[Decoder, Callable[[], AbstractContextManager[object]]]] = {
    "zxing": (zxing, nullcontext),
    "pyzbar": (zbar, nullcontext),
    "zxing+pyzbar": (both, nullcontext),
    "opencv": (opencv, nullcontext),
    "ours": (ours, nullcontext),
    "ours, plain attempt": (ours, lambda: patch.object(codes, "BUDGET", 0.0)),
    "ours without own reader": (ours, lambda: patch.object(reader, "read", _nothing)),
    "ours without two finders": (ours, lambda: patch.object(reader, "_PAIRS_AFTER", ())),
    "ours without filters": (ours, lambda: patch.object(codes, "attempts", _nothing)),
}


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=6, help="pictures of each class")
    parser.add_argument("--first", type=int, default=10_000, help="first seed")
    options = parser.parse_args(argv)
    cv2.setNumThreads(1)
    read: dict[str, dict[str, list[float]]] = {name: {kind: [] for kind in CLASSES} for name in DECODERS}
    wrong = dict.fromkeys(DECODERS, 0)
    took: dict[str, list[float]] = {name: [] for name in DECODERS}
    for kind in CLASSES:
        for seed in range(options.first, options.first + options.each):
            one = photo(kind, seed)
            there = set(one.payloads)
            for name, (decode, without) in DECODERS.items():
                with without():
                    begun = time.thread_time()
                    payloads = set(decode(one.picture))
                    took[name].append((time.thread_time() - begun) * 1000)
                read[name][kind].append(len(payloads & there) / len(there))
                wrong[name] += bool(payloads - there)
    for name in DECODERS:
        shares = [share for kind in CLASSES for share in read[name][kind]]
        low, high = interval(shares)
        line = {
            "decoder": name,
            "read_percent": round(100 * float(np.mean(shares)), 1),
            "interval": [round(100 * low, 1), round(100 * high, 1)],
            "wrong": wrong[name],
            "median_ms": round(float(np.median(took[name])), 1),
            "p95_ms": round(float(np.percentile(took[name], 95)), 1),
        }
        sys.stdout.write(json.dumps(line) + "\n")
    for kind in CLASSES:
        line = {"class": kind} | {name: round(100 * float(np.mean(read[name][kind]))) for name in DECODERS}
        sys.stdout.write(json.dumps(line) + "\n")
    return 0


def interval(shares: list[float]) -> tuple[float, float]:
    """95 % interval of the mean, by bootstrap."""
    rng = np.random.default_rng(0)
    means = rng.choice(np.array(shares), (2000, len(shares))).mean(axis=1)
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
