"""A strip of paper to write on from top to bottom, in pure black: what a thermal head can burn.

Sizes are dots. One `Paper` draws in grey and is thresholded at half grey at the end, as the design's own tickets are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Literal

import segno
from PIL import Image, ImageDraw, ImageFont

from kiosk.tickets.content import Phrases

Weight = Literal[500, 600, 700, 800]
_HALF = 128
_FINE = 4
_TALLEST = 12000


@dataclass(frozen=True)
class Style:
    """Type: size and line height in dots, weight, and whether it is the face for numbers."""

    size: int
    line: int
    weight: Weight = 600
    digits: bool = False

    def heavier(self, weight: Weight) -> Style:
        """The same in another weight."""
        return Style(self.size, self.line, weight, self.digits)


@lru_cache(maxsize=64)
def _font(size: int, weight: int, digits: bool) -> ImageFont.FreeTypeFont:
    # The faces belong to the screen and are shared with it; only their files are, not its code.
    name = f"AtkinsonHyperlegibleMono-{weight}.ttf" if digits else f"PlusJakartaSans-{weight}.ttf"
    with as_file(files("kiosk").joinpath("ui", "assets", "fonts", name)) as path:
        return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=8)
def _motif(height: int) -> Image.Image:
    """The woven tile in black at about this height: drawn for 20 and 28 dots, enlarged by whole dots above."""
    base = 28 if height % 28 == 0 or height > 28 else 20
    with as_file(files("kiosk").joinpath("ui", "assets", "art", f"motif-black-{base}.png")) as path:
        tile = Image.open(path).convert("L")
    return tile.resize((height * 2, height), Image.Resampling.NEAREST if height % base == 0 else Image.Resampling.BOX)


class Paper:
    """Write blocks below each other; `picture()` gives what was written, one bit a dot."""

    def __init__(self, width: int, margin: int, top: int) -> None:
        self.width = width
        self.margin = margin
        self.y = top
        self._image = Image.new("L", (width, _TALLEST), 255)
        self._draw = ImageDraw.Draw(self._image)

    @property
    def inner(self) -> int:
        """Width between the margins."""
        return self.width - 2 * self.margin

    def space(self, dots: int) -> None:
        """Leave paper white."""
        self.y += dots

    def length(self, text: str, style: Style) -> float:
        """How wide a line of text would be."""
        return _font(style.size * _FINE, style.weight, style.digits).getlength(text) / _FINE

    def wrap(self, text: str, style: Style, width: int) -> list[str]:
        """Break at spaces; a single word that is too long is broken anywhere, for nothing may run off the paper."""
        lines: list[str] = []
        for word in text.split():
            candidate = f"{lines[-1]} {word}" if lines else word
            if lines and self.length(candidate, style) <= width:
                lines[-1] = candidate
                continue
            while self.length(word, style) > width:
                cut = max(n for n in range(1, len(word) + 1) if n == 1 or self.length(word[:n], style) <= width)
                lines.append(word[:cut])
                word = word[cut:]
            lines.append(word)
        return lines

    def by_phrases(self, phrases: Phrases, style: Style, width: int) -> list[str]:
        """One line when all fits; otherwise a line a phrase."""
        whole = " ".join(phrases)
        if self.length(whole, style) <= width:
            return [whole]
        return [line for phrase in phrases for line in self.wrap(phrase, style, width)]

    def _line(self, x: float, text: str, style: Style, ink: int = 0) -> None:
        font = _font(style.size * _FINE, style.weight, style.digits)
        ascent, descent = font.getmetrics()
        top = style.line * _FINE - ascent - descent
        # Drawn large and shrunk: letters stand where their outlines want them, not on whole dots with uneven gaps.
        left, rest = divmod(round(x * _FINE), _FINE)
        wide = round(font.getlength(text)) + 2 * style.size * _FINE
        mask = Image.new("L", (wide - wide % _FINE + _FINE, (style.line + style.size) * _FINE), 0)
        ImageDraw.Draw(mask).text(
            (rest + style.size * _FINE, top // 2 + style.size // 2 * _FINE), text, fill=255, font=font
        )
        small = mask.reduce(_FINE)
        self._image.paste(ink, (left - style.size, self.y - style.size // 2), small)

    def centred(self, text: str, style: Style, width: int | None = None) -> None:
        """Lines in the middle of the paper."""
        for line in self.wrap(text, style, width or self.inner):
            self._line((self.width - self.length(line, style)) / 2, line, style)
            self.y += style.line

    def centred_phrases(self, phrases: Phrases, style: Style) -> None:
        """Phrases in the middle of the paper."""
        for line in self.by_phrases(phrases, style, self.inner):
            self.centred(line, style)

    def centred_runs(self, runs: tuple[tuple[str, Style], ...]) -> None:
        """One line of pieces in different weights; where it does not fit, each piece on its own lines."""
        runs = tuple((text, style) for text, style in runs if text)
        gap = self.length(" ", runs[0][1])
        total = sum(self.length(text, style) for text, style in runs) + gap * (len(runs) - 1)
        if total > self.inner:
            for text, style in runs:
                self.centred(text, style)
            return
        x = (self.width - total) / 2
        for text, style in runs:
            self._line(x, text, style)
            x += self.length(text, style) + gap
        self.y += max(style.line for _, style in runs)

    def left(self, text: str, style: Style, indent: int = 0) -> None:
        """Lines from the left margin."""
        for line in self.wrap(text, style, self.inner - indent):
            self._line(self.margin + indent, line, style)
            self.y += style.line

    def pair(self, label: str, value: Phrases, style: Style, column: int) -> None:
        """A label, and what it says in a second column in bold."""
        strong = style.heavier(700)
        self._line(self.margin, label, style)
        for line in self.by_phrases(value, strong, self.inner - column):
            self._line(self.margin + column, line, strong)
            self.y += style.line

    def fitted(self, text: str, style: Style) -> None:
        """One line in the middle, smaller if it must be: a number may never break."""
        size = style.size
        while size > 12 and self.length(text, Style(size, style.line, style.weight, style.digits)) > self.inner:
            size -= 1
        smaller = Style(size, style.line, style.weight, style.digits)
        self._line((self.width - self.length(text, smaller)) / 2, text, smaller)
        self.y += style.line

    def rule(self, thick: int) -> None:
        """A line from margin to margin."""
        self._draw.rectangle((self.margin, self.y, self.width - self.margin - 1, self.y + thick - 1), fill=0)
        self.y += thick

    def dashes(self, thick: int = 2, dash: int = 6, gap: int = 4) -> None:
        """A broken line from margin to margin."""
        end = self.width - self.margin
        for x in range(self.margin, end, dash + gap):
            self._draw.rectangle((x, self.y, min(x + dash, end) - 1, self.y + thick - 1), fill=0)
        self.y += thick

    def motif(self, height: int) -> None:
        """The woven strip from margin to margin, in whole tiles from the left as far as there is room."""
        tile = _motif(height)
        strip = Image.new("L", (self.inner, height), 255)
        for x in range(0, self.inner, tile.width):
            strip.paste(tile, (x, 0))
        self._image.paste(strip, (self.margin, self.y))
        self.y += height

    def reverse(self, text: str, style: Style, above: int, below: int) -> None:
        """White on black. The bar stays low: a wide black field overheats a thermal head."""
        height = above + style.line + below
        self._draw.rectangle((self.margin, self.y, self.width - self.margin - 1, self.y + height - 1), fill=0)
        self.y += above
        self._line((self.width - self.length(text, style)) / 2, text, style, ink=255)
        self.y += style.line + below

    def qr(self, payload: str, largest: int) -> int:
        """The code on whole dots, version 5-M in alphanumeric mode, as large as `largest` dots a module allow with four
        modules of quiet zone left and right. Returns the module's dots. Above and below the caller leaves paper."""
        code = segno.make(payload, error="m", version=5, mode="alphanumeric", boost_error=False, micro=False)
        rows = tuple(bytes(row) for row in code.matrix)
        side = len(rows)
        dots = min(largest, self.width // (side + 8))
        left = (self.width - side * dots) // 2
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell:
                    x, y = left + column * dots, self.y + row * dots
                    self._draw.rectangle((x, y, x + dots - 1, y + dots - 1), fill=0)
        self.y += side * dots
        return dots

    def picture(self) -> Image.Image:
        """What was written so far, one bit a dot, cut below the last line."""
        if self.y > _TALLEST:
            raise ValueError("more text than a slip can hold")
        grey = self._image.crop((0, 0, self.width, self.y))
        return grey.point([0] * _HALF + [255] * (256 - _HALF), "1")
