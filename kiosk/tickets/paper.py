"""A strip of paper to write on from top to bottom, in pure black: what a thermal head can burn.

Sizes that callers give are units, which a `Paper` turns into whole dots by its scale; what it answers (`y`, `inner`,
`length`) is dots. It draws in grey and is thresholded at half grey at the end, as the design's own tickets are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
#: The heights that the woven tile is drawn for, in dots.
_TILES = (20, 28)
#: A last line shorter than this, as a part of the room there is, looks forgotten.
_LONELY = 1 / 3


@dataclass(frozen=True)
class Style:
    """Type: size and line height in units, weight, and whether it is the face for numbers."""

    size: int
    line: int
    weight: Weight = 600
    digits: bool = False

    def heavier(self, weight: Weight) -> Style:
        """The same in another weight."""
        return replace(self, weight=weight)


@lru_cache(maxsize=64)
def _font(size: int, weight: int, digits: bool) -> ImageFont.FreeTypeFont:
    # The faces belong to the screen and are shared with it; only their files are, not its code.
    name = f"AtkinsonHyperlegibleMono-{weight}.ttf" if digits else f"PlusJakartaSans-{weight}.ttf"
    with as_file(files("kiosk").joinpath("ui", "assets", "fonts", name)) as path:
        return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=8)
def _motif(height: int) -> Image.Image:
    """The woven tile in black, as near to `height` as whole multiples of those it is drawn for come."""
    fitting = [(tile * times, tile) for tile in _TILES for times in range(1, height // tile + 2)]
    tall, base = min(fitting, key=lambda one: (abs(one[0] - height), -one[1]))
    with as_file(files("kiosk").joinpath("ui", "assets", "art", f"motif-black-{base}.png")) as path:
        tile = Image.open(path).convert("L")
    return tile.resize((tall * 2, tall), Image.Resampling.NEAREST)


class Paper:
    """Write blocks below each other; `picture()` gives what was written, one bit a dot."""

    def __init__(self, width: int, margin: int, top: int, scale: float = 1.0) -> None:
        """`width` in dots, all else in units; `scale`: dots to the unit."""
        self.width = width
        self._scale = scale
        self.margin = self.dots(margin)
        self.y = self.dots(top)
        self._image = Image.new("L", (width, _TALLEST), 255)
        self._draw = ImageDraw.Draw(self._image)

    def dots(self, units: float) -> int:
        """As many whole dots as come nearest."""
        return round(units * self._scale)

    @property
    def inner(self) -> int:
        """Width between the margins."""
        return self.width - 2 * self.margin

    def space(self, units: int) -> None:
        """Leave paper white."""
        self.y += self.dots(units)

    def _face(self, style: Style) -> ImageFont.FreeTypeFont:
        # in fine dots, so that a letter's millimetres do not jump from one whole dot to the next
        return _font(round(style.size * self._scale * _FINE), style.weight, style.digits)

    def length(self, text: str, style: Style) -> float:
        """How wide a line of text would be."""
        return self._face(style).getlength(text) / _FINE

    def wrap(self, text: str, style: Style, width: int) -> list[str]:
        """Break at spaces; a single word that is too long is broken anywhere, for nothing may run off the paper.

        Where little would stand alone on the last line, the lines above give it some of their words.
        """
        lines = self._filled(text, style, width)
        if len(lines) < 2 or self.length(lines[-1], style) > width * _LONELY:
            return lines
        # the narrowest column that takes no more lines lies between them; no word is broken for it
        low, high = int(max(self.length(word, style) for word in text.split())), width
        while high - low > 1:
            middle = (low + high) // 2
            if len(self._filled(text, style, middle)) > len(lines):
                low = middle
            else:
                high = middle
        return self._filled(text, style, high)

    def _filled(self, text: str, style: Style, width: int) -> list[str]:
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
        font, line, pad = self._face(style), self.dots(style.line), self.dots(style.size)
        ascent, descent = font.getmetrics()
        top = line * _FINE - ascent - descent
        # Drawn large and shrunk: letters stand where their outlines want them, not on whole dots with uneven gaps.
        left, rest = divmod(round(x * _FINE), _FINE)
        wide = round(font.getlength(text)) + 2 * pad * _FINE
        mask = Image.new("L", (wide - wide % _FINE + _FINE, (line + pad) * _FINE), 0)
        ImageDraw.Draw(mask).text((rest + pad * _FINE, top // 2 + pad // 2 * _FINE), text, fill=255, font=font)
        small = mask.reduce(_FINE)
        self._image.paste(ink, (left - pad, self.y - pad // 2), small)

    def centred(self, text: str, style: Style) -> None:
        """Lines in the middle of the paper."""
        for line in self.wrap(text, style, self.inner):
            self._middle(line, style)
            self.y += self.dots(style.line)

    def _middle(self, line: str, style: Style, ink: int = 0) -> None:
        self._line((self.width - self.length(line, style)) / 2, line, style, ink)

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
        self.y += max(self.dots(style.line) for _, style in runs)

    def left(self, text: str, style: Style, indent: float = 0) -> None:
        """Lines from the left margin."""
        step = self.dots(indent)
        for line in self.wrap(text, style, self.inner - step):
            self._line(self.margin + step, line, style)
            self.y += self.dots(style.line)

    def item(self, mark: str, marked: Style, text: str, style: Style, indent: float) -> None:
        """A mark at the left margin, and what it marks beside it."""
        self._line(self.margin, mark, marked)
        self.left(text, style, indent)

    def pair(self, label: str, value: Phrases, style: Style, column: int) -> None:
        """A label, and what it says in a second column in bold."""
        strong, step = style.heavier(700), self.dots(column)
        self._line(self.margin, label, style)
        for line in self.by_phrases(value, strong, self.inner - step):
            self._line(self.margin + step, line, strong)
            self.y += self.dots(style.line)

    def fitted(self, text: str, style: Style) -> None:
        """One line in the middle, smaller if it must be: a number may never break."""
        smaller = style
        while smaller.size > 12 and self.length(text, smaller) > self.inner:
            smaller = replace(smaller, size=smaller.size - 1)
        self._middle(text, smaller)
        self.y += self.dots(style.line)

    def rule(self, thick: int) -> None:
        """A line from margin to margin."""
        self.bar(self.margin, self.width - self.margin, thick)
        self.y += self.dots(thick)

    def bar(self, left: int, right: int, units: float) -> None:
        """Black from dot `left` up to dot `right`, `units` high; writing goes on beside it."""
        self._draw.rectangle((left, self.y, right - 1, self.y + self.dots(units) - 1), fill=0)

    def dashes(self, thick: int = 2, dash: int = 6, gap: int = 4) -> None:
        """A broken line from margin to margin."""
        end, step = self.width - self.margin, self.dots(dash) + self.dots(gap)
        for x in range(self.margin, end, step):
            self.bar(x, min(x + self.dots(dash), end), thick)
        self.y += self.dots(thick)

    def motif(self, height: int) -> None:
        """The woven strip from margin to margin, in whole tiles from the left as far as there is room."""
        tile = _motif(self.dots(height))
        strip = Image.new("L", (self.inner, tile.height), 255)
        for x in range(0, self.inner, tile.width):
            strip.paste(tile, (x, 0))
        self._image.paste(strip, (self.margin, self.y))
        self.y += tile.height

    def reverse(self, text: str, style: Style, above: int, below: int) -> None:
        """White on black. The bar stays low: a wide black field overheats a thermal head."""
        self.bar(self.margin, self.width - self.margin, above + style.line + below)
        self.y += self.dots(above)
        self._middle(text, style, ink=255)
        self.y += self.dots(above + style.line + below) - self.dots(above)

    def qr(self, payload: str, largest: int) -> int:
        """The code on whole dots, version 5-M in alphanumeric mode, as large as `largest` units a module allow with
        four modules of quiet zone left and right. Returns the module's dots. Above and below the caller leaves paper.
        """
        code = segno.make(payload, error="m", version=5, mode="alphanumeric", boost_error=False, micro=False)
        rows = tuple(bytes(row) for row in code.matrix)
        side = len(rows)
        dots = min(self.dots(largest), self.width // (side + 8))
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
