"""The codes that a PDF shows, read from two independent renderings: pdfium's and poppler's.

A file can be built to look different in two renderers. The sheet comes out of one of them, so only codes on which both
agree say anything about the sheet.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import numpy as np
import zxingcpp

from kiosk.documents import render
from kiosk.documents.answers import Codes, NoCodes

_DPI = 300
_TIMEOUT = 25
# not `QRCode`, which means Micro QR, too: its few check words find numbers in lines of text
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)


def codes_in_process(data: bytes) -> Codes | NoCodes:
    """Read the codes in this very process; only the guard calls this. Raises whatever the renderers raise."""
    first = _read(render.pages(data, _DPI))
    second = _read(_poppler_pages(data))
    if first != second:
        return NoCodes("renderers_disagree")
    return Codes(first) if first else NoCodes("no_code")


def _read(pages: Iterator[tuple[int, int, bytes]]) -> tuple[str, ...]:
    texts: set[str] = set()
    for width, height, grey in pages:
        image = np.frombuffer(grey, np.uint8).reshape(height, width)
        found = zxingcpp.read_barcodes(image, formats=_QR, text_mode=zxingcpp.TextMode.Plain)
        texts.update(code.text for code in found if code.valid)
    return tuple(sorted(texts))


def _poppler_pages(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The pages by pdftoppm, through pipes: nothing personal may touch a disk."""
    done = subprocess.run(
        ["pdftoppm", "-r", str(_DPI), "-gray", "-"], input=data, capture_output=True, timeout=_TIMEOUT, check=True
    )
    rest = memoryview(done.stdout)
    while rest:
        magic, size, depth, _ = bytes(rest[:64]).split(b"\n", 3)
        if magic != b"P5" or depth != b"255":
            raise ValueError("not a grey picture")
        width, height = (int(number) for number in size.split())
        start = len(magic) + len(size) + len(depth) + 3
        yield width, height, bytes(rest[start : start + width * height])
        rest = rest[start + width * height :]
