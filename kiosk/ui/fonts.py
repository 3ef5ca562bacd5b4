"""Type: exact widths, and glyph pictures that are drawn once and then only copied.

Widths come from the outlines at 1000 units, unhinted, so that a line is as long at every size as the design says. Each
glyph is rasterised at its integer pixel size and at one of four horizontal phases, which keeps stems crisp and letters
evenly spaced; a line of text is these pictures laid side by side. After the first pages nothing is rasterised any more.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ASSETS = Path(__file__).parent / "assets"
_PHASES = 4
_EM = 1000

Mask = NDArray[np.uint8]


class Face:
    """One weight of one family."""

    def __init__(self, file: str) -> None:
        self._path = str(ASSETS / "fonts" / file)
        self._outline = ImageFont.truetype(self._path, _EM)
        self._advance: dict[str, float] = {}
        self._kern: dict[str, float] = {}
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}
        self._glyphs: dict[tuple[str, int, int], tuple[Mask, int, int]] = {}
        ascent, descent = self._outline.getmetrics()
        self.ascent = ascent / _EM
        self.descent = descent / _EM

    def advance(self, char: str) -> float:
        """Width of one character, in ems."""
        found = self._advance.get(char)
        if found is None:
            found = self._advance[char] = self._outline.getlength(char) / _EM
        return found

    def kern(self, pair: str) -> float:
        """What is added between two characters, in ems; mostly zero or a little less."""
        found = self._kern.get(pair)
        if found is None:
            found = self._outline.getlength(pair) / _EM - self.advance(pair[0]) - self.advance(pair[1])
            if abs(found) > 0.3:  # a ligature, which this way of laying letters does not draw
                found = 0.0
            self._kern[pair] = found
        return found

    def width(self, text: str) -> float:
        """Width of a run, in ems."""
        total, before = 0.0, ""
        for char in text:
            total += self.advance(char) + (self.kern(before + char) if before else 0.0)
            before = char
        return total

    def _glyph(self, char: str, px: int, phase: int) -> tuple[Mask, int, int]:
        key = (char, px, phase)
        found = self._glyphs.get(key)
        if found is None:
            font = self._fonts.get(px)
            if font is None:
                font = self._fonts[px] = ImageFont.truetype(self._path, px)
            left, top, right, bottom = font.getbbox(char, anchor="ls")
            pad_x, pad_y = 2 - min(0, int(left)), 2 - int(top)
            size = (int(right) + pad_x + 3, int(bottom) + pad_y + 2)
            image = Image.new("L", (max(1, size[0]), max(1, size[1])), 0)
            ImageDraw.Draw(image).text((pad_x + phase / _PHASES, pad_y), char, fill=255, font=font, anchor="ls")
            found = self._glyphs[key] = (np.asarray(image), pad_x, pad_y)
        return found

    def raster(self, text: str, px: int) -> tuple[Mask, int, int]:
        """Coverage of a run at an integer pixel size: (mask, x of the pen's start, y of the baseline) in its pixels."""
        above, below, side = round(px * 1.2), round(px * 0.42), max(3, px // 4)
        width = int(self.width(text) * px) + 2 * side + 2
        mask = np.zeros((above + below, width), np.uint8)
        pen, before = float(side), ""
        for char in text:
            if before:
                pen += self.kern(before + char) * px
            quarter = round(pen * _PHASES)
            picture, ox, oy = self._glyph(char, px, quarter % _PHASES)
            x, y = quarter // _PHASES - ox, above - oy
            sx, sy = max(0, -x), max(0, -y)
            part = picture[sy : sy + mask.shape[0] - max(0, y), sx : sx + mask.shape[1] - max(0, x)]
            where = mask[max(0, y) : max(0, y) + part.shape[0], max(0, x) : max(0, x) + part.shape[1]]
            np.maximum(where, part, out=where)
            pen += self.advance(char) * px
            before = char
        return mask, side, above


_FILES = {
    500: "PlusJakartaSans-500.ttf",
    600: "PlusJakartaSans-600.ttf",
    700: "PlusJakartaSans-700.ttf",
    800: "PlusJakartaSans-800.ttf",
    1500: "AtkinsonHyperlegibleMono-500.ttf",
    1700: "AtkinsonHyperlegibleMono-700.ttf",
}
MONO = 1000  # added to a weight: the family for identity numbers


@lru_cache
def face(weight: int) -> Face:
    """The face of a weight: 500, 600, 700, 800; ``MONO + 500`` and ``MONO + 700`` for numbers."""
    return Face(_FILES[weight])
