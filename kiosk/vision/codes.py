"""Reading QR codes and Code 128 from a picture: the quick decoder, our own, then retries, bounded in time.

zxing-cpp reads most in 3 ms; what it misses goes to our own reader (:mod:`kiosk.vision.qr`), then to cheap filters
(see :mod:`kiosk.vision.retries`) and to zbar, whose strengths lie elsewhere. No decoder ever invents a payload here:
Reed-Solomon has to agree each time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from typing import cast

import cv2
import numpy as np
import zxingcpp

from kiosk.vision import zbar
from kiosk.vision.qr import reader
from kiosk.vision.qr.memory import Memory
from kiosk.vision.retries import Attempt, Engine, attempts
from kiosk.vision.types import Code, Corners, FoundCodes, Image, Point, Unread

BUDGET = 0.085
"""Seconds after which no further retry is started, unless told otherwise; one that would last longer is left out."""

# `QRCode` means Micro QR and rMQR, too, which nobody prints here: their few check words find "409256" in lines of text
_QR, _CODE128 = zxingcpp.BarcodeFormat.QRCodeModel2, zxingcpp.BarcodeFormat.Code128


def read_codes(
    image: Image,
    budget: float | None = None,
    clock: Callable[[], float] = time.perf_counter,
    memory: Memory | None = None,
) -> tuple[Code, ...]:
    """The QR codes on a BGR or grey picture in the order of finding; where there are none, a Code 128.

    The first, plain attempt always runs; retries are started only within `budget` seconds (BUDGET without one), and
    only while nothing has been read, or while a symbol was seen whose content could not be repaired. Empty: nothing
    was read. `memory`: what a camera's earlier pictures showed, so that several together are read where none is alone.
    """
    return find_codes(image, budget, clock, memory).codes


def find_codes(
    image: Image,
    budget: float | None = None,
    clock: Callable[[], float] = time.perf_counter,
    memory: Memory | None = None,
) -> FoundCodes:
    """As read_codes(), with the QR codes that are there but could not be read."""
    if image.size == 0:
        return FoundCodes()
    begun = clock()
    deadline = begun + (BUDGET if budget is None else budget)
    grey = to_grey(image)
    found: list[Code] = []
    doubtful: list[Corners] = []
    _take(found, doubtful, _zxing(grey))
    plain = clock() - begun
    if not found:
        _take(found, doubtful, _zxing(~grey))
    elif not doubtful:
        # a light symbol beside a dark one is as good as never there: half the picture is enough to see it
        _take_scaled(found, ~_halved(grey), 2.0)
    unread = _left(doubtful, found)
    if found and not unread:
        return FoundCodes(tuple(found))
    known = len(found)
    seen: list[Unread] = []
    for one in reader.read(grey, lambda: clock() >= deadline, memory=memory):
        if isinstance(one, Code):
            _add(found, [one])
        else:
            seen.append(one)
    if len(found) > known:
        unread = _left(unread, found)
        if not unread or known == 0:
            return _found(found, unread, seen)
    for attempt in attempts(grey, unread, whole=not found):
        if clock() + attempt.cost * plain > deadline:
            continue
        _add(found, _run(attempt))
        if len(found) > known:
            unread = _left(unread, found)
            if not unread or known == 0:
                break
    return _found(found, unread, seen)


def _left(corners: Iterable[Corners], found: list[Code]) -> list[Corners]:
    """The places at which none of the codes stands."""
    return [place for place in corners if not any(_same_place(place, code.corners) for code in found)]


def _found(found: list[Code], doubtful: list[Corners], seen: list[Unread]) -> FoundCodes:
    unread: list[Unread] = []
    for one in (*seen, *(Unread(corners, None) for corners in doubtful)):
        places = [*(code.corners for code in found), *(other.corners for other in unread)]
        if not any(_same_place(one.corners, place) for place in places):
            unread.append(one)
    return FoundCodes(tuple(found), tuple(unread))


def to_grey(image: Image) -> Image:
    """The picture's luminance; a grey picture is given back as it is."""
    if image.ndim == 2:
        return image
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def _run(attempt: Attempt) -> list[Code]:
    """One retry, its corners carried back into the original picture."""
    picture = attempt.picture()
    if attempt.engine is Engine.ZBAR:
        codes = [_from_zbar(symbol) for symbol in zbar.scan(picture)]
    else:
        kind = _QR if attempt.engine is Engine.ZXING else _CODE128
        codes = [_from_zxing(barcode) for barcode in _zxing(picture, kind) if barcode.valid]
    return [_moved(code, attempt.back) for code in codes]


def _take(found: list[Code], doubtful: list[Corners], barcodes: Iterable[zxingcpp.Barcode]) -> None:
    """Sort what was read from what was only seen."""
    for barcode in barcodes:
        if barcode.valid:
            _add(found, [_from_zxing(barcode)])
        else:
            doubtful.append(_position(barcode))


def _take_scaled(found: list[Code], picture: Image, scale: float) -> None:
    shift = (scale - 1) / 2
    codes = [_from_zxing(barcode) for barcode in _zxing(picture) if barcode.valid]
    _add(found, [_moved(code, lambda point: (point[0] * scale + shift, point[1] * scale + shift)) for code in codes])


def _halved(grey: Image) -> Image:
    return np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def _zxing(grey: Image, kind: zxingcpp.BarcodeFormat = _QR) -> list[zxingcpp.Barcode]:
    # Plain: the default mode writes control bytes as <NUL> and the like. Errors: they tell where to look again.
    # Rotation is for bars, and a picture turned to its negative costs as much again, so it has its own turn.
    return zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats([kind]),
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=kind == _QR,
        try_rotate=kind == _CODE128,
        try_invert=False,
    )


def _from_zxing(barcode: zxingcpp.Barcode) -> Code:
    corners = _position(barcode)
    raw = bytes(barcode.bytes)
    if barcode.format == zxingcpp.BarcodeFormat.Code128:
        return Code(barcode.text, raw, corners, None, None, None, "code128")
    extra = cast("dict[str, object]", barcode.extra or {})
    version = str(extra.get("Version", ""))
    number = int(version) if version.isdigit() else None
    return Code(barcode.text, raw, corners, number, barcode.ec_level or None, _module(corners, number))


def _from_zbar(symbol: zbar.Symbol) -> Code:
    if symbol.symbology == "qr" and len(symbol.outline) == 4:
        top_left, bottom_left, bottom_right, top_right = symbol.outline  # zbar goes the other way round
        corners: Corners = (top_left, top_right, bottom_right, bottom_left)
    else:
        corners = _bounds(symbol.outline)
    return Code(_text(symbol.raw), symbol.raw, corners, None, None, None, symbol.symbology)


def _text(raw: bytes) -> str:
    """The bytes' reading as zxing-cpp would give it: UTF-8 where it is, otherwise ISO 8859-1 (ISO/IEC 18004)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _position(barcode: zxingcpp.Barcode) -> Corners:
    place = barcode.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    first, second, third, fourth = ((float(point.x), float(point.y)) for point in points)
    return first, second, third, fourth


def _module(corners: Corners, version: int | None) -> float | None:
    if version is None:
        return None
    sides = [math.dist(corners[index], corners[(index + 1) % 4]) for index in range(4)]
    return sum(sides) / 4 / (17 + 4 * version)


def _moved(code: Code, back: Callable[[Point], Point]) -> Code:
    first, second, third, fourth = (back(point) for point in code.corners)
    corners = (first, second, third, fourth)
    return Code(code.text, code.raw, corners, code.version, code.ecc, _module(corners, code.version), code.symbology)


def _bounds(points: Iterable[Point]) -> Corners:
    listed = list(points) or [(0.0, 0.0)]
    left, right = min(x for x, _ in listed), max(x for x, _ in listed)
    top, bottom = min(y for _, y in listed), max(y for _, y in listed)
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _add(found: list[Code], more: Iterable[Code]) -> None:
    for code in more:
        if not any(code.raw == other.raw and _same_place(code.corners, other.corners) for other in found):
            found.append(code)


def _same_place(one: Corners, other: Corners) -> bool:
    """Whether the middles lie nearer to each other than half a symbol."""
    middle_one = (sum(x for x, _ in one) / 4, sum(y for _, y in one) / 4)
    middle_other = (sum(x for x, _ in other) / 4, sum(y for _, y in other) / 4)
    size = max(math.dist(one[0], one[2]), math.dist(other[0], other[2]), 1.0)
    return math.dist(middle_one, middle_other) < size / 3
