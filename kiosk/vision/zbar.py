"""The second decoder: zbar, asked for raw bytes.

pyzbar's own `decode` lets zbar guess a character set and rewrites the payload with it: not one of 960 binary payloads
came through. Since 0.23.1 zbar has a switch against that (ZBAR_CFG_BINARY), which pyzbar does not name, so the scanner
is driven through pyzbar's ctypes wrapper here. The library is loaded at the first use, for a machine without libzbar0
must still read codes with the first decoder.
"""

from __future__ import annotations

from ctypes import c_void_p, cast, string_at
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Literal

import numpy as np

from kiosk.vision.types import Image, Point

_BINARY = 4  # ZBAR_CFG_BINARY; a zbar older than 0.23.1 refuses it and keeps guessing
_ENABLE = 0
_GREY = 0x30303859  # fourcc "Y800"
_QR, _CODE128 = 64, 128


@dataclass(frozen=True)
class Symbol:
    """What zbar read: exact bytes and the outline's points in zbar's order."""

    raw: bytes
    outline: tuple[Point, ...]
    symbology: Literal["qr", "code128"]


def available() -> bool:
    """Whether libzbar can be loaded on this machine."""
    return _wrapper() is not None


def scan(grey: Image) -> tuple[Symbol, ...]:
    """QR codes and Code 128 of a grey picture; nothing where zbar is missing. Other symbologies give false reads."""
    wrapper = _wrapper()
    if wrapper is None or grey.size == 0:
        return ()
    pixels = np.ascontiguousarray(grey, np.uint8)
    height, width = pixels.shape
    scanner = wrapper.zbar_image_scanner_create()
    image = wrapper.zbar_image_create()
    try:
        wrapper.zbar_image_scanner_set_config(scanner, 0, _ENABLE, 0)
        for kind in (_QR, _CODE128):
            wrapper.zbar_image_scanner_set_config(scanner, kind, _ENABLE, 1)
        wrapper.zbar_image_scanner_set_config(scanner, _QR, _BINARY, 1)
        wrapper.zbar_image_set_format(image, _GREY)
        wrapper.zbar_image_set_size(image, width, height)
        wrapper.zbar_image_set_data(image, cast(pixels.ctypes.data, c_void_p), pixels.size, None)
        if wrapper.zbar_scan_image(scanner, image) <= 0:
            return ()
        found: list[Symbol] = []
        symbol = wrapper.zbar_image_first_symbol(image)
        while symbol:
            kind = int(symbol.contents.type)
            if kind in (_QR, _CODE128):
                raw = string_at(wrapper.zbar_symbol_get_data(symbol), wrapper.zbar_symbol_get_data_length(symbol))
                count = wrapper.zbar_symbol_get_loc_size(symbol)
                outline = tuple(
                    (
                        float(wrapper.zbar_symbol_get_loc_x(symbol, index)),
                        float(wrapper.zbar_symbol_get_loc_y(symbol, index)),
                    )
                    for index in range(count)
                )
                found.append(Symbol(raw, outline, "qr" if kind == _QR else "code128"))
            symbol = wrapper.zbar_symbol_next(symbol)
        return tuple(found)
    finally:
        wrapper.zbar_image_destroy(image)
        wrapper.zbar_image_scanner_destroy(scanner)


@cache
def _wrapper() -> ModuleType | None:
    try:
        from pyzbar import wrapper  # pyright: ignore[reportMissingTypeStubs]
    except (ImportError, OSError):
        return None
    return wrapper
