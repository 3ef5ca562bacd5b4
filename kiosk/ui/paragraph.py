"""Text in lines: runs of one weight, broken at spaces to a width, spaced as a style sheet's ``line-height`` would."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from kiosk.ui.fonts import face


@dataclass(frozen=True)
class TextStyle:
    """``size`` in sp (units at the normal text size), ``line`` its line height as a factor.

    ``**bold**`` parts of a text are drawn at ``bold`` weight and in ``bold_color`` (the text's own where empty).
    """

    size: float = 24
    weight: int = 500
    color: str = "ink"
    line: float = 1.4
    align: Literal["left", "center", "right"] = "left"
    bold: int = 700
    bold_color: str = ""
    fixed: bool = False  # art and keys: not enlarged with the text size


class Segment(NamedTuple):
    """A piece of one line: where its pen starts (units from the line's left), what, how."""

    x: float
    text: str
    weight: int
    color: str
    width: float


class Lines(NamedTuple):
    """A broken paragraph. ``width`` is the widest line, ``height`` all lines, in units."""

    lines: tuple[tuple[tuple[Segment, ...], float], ...]
    width: float
    height: float
    line_height: float


def _words(text: str, style: TextStyle) -> list[list[tuple[list[tuple[str, int, str]], float]]]:
    """Forced lines of words; a word is its pieces of one weight and its width in ems."""
    out: list[list[tuple[list[tuple[str, int, str]], float]]] = []
    bold = False
    for forced in text.split("\n"):
        words: list[tuple[list[tuple[str, int, str]], float]] = []
        for raw in forced.split(" "):
            pieces: list[tuple[str, int, str]] = []
            for k, part in enumerate(raw.split("**")):
                if k:
                    bold = not bold
                if part:
                    weight = style.bold if bold else style.weight
                    pieces.append((part, weight, (style.bold_color or style.color) if bold else style.color))
            words.append((pieces, sum(face(w).width(t) for t, w, _ in pieces)))
        out.append(words)
    return out


def _chopped(
    word: tuple[list[tuple[str, int, str]], float], limit: float
) -> list[tuple[list[tuple[str, int, str]], float]]:
    """A word wider than the whole line, cut where it must be."""
    out: list[tuple[list[tuple[str, int, str]], float]] = []
    for text, weight, color in word[0]:
        start = 0
        while start < len(text):
            end = start + 1
            while end < len(text) and face(weight).width(text[start : end + 1]) <= limit:
                end += 1
            out.append(([(text[start:end], weight, color)], face(weight).width(text[start:end])))
            start = end
    return out


@lru_cache(maxsize=4096)
def break_lines(text: str, style: TextStyle, size: float, width: float | None) -> Lines:
    """Break a text at ``size`` units per em into lines of at most ``width`` units (None: only at line feeds)."""
    limit = None if width is None else (width + 0.01) / size
    space = face(style.weight).advance(" ")
    lines: list[list[tuple[list[tuple[str, int, str]], float]]] = []
    for forced in _words(text, style):
        line: list[tuple[list[tuple[str, int, str]], float]] = []
        length = 0.0
        for word in forced:
            parts = [word] if limit is None or word[1] <= limit else _chopped(word, limit)
            for part in parts:
                added = part[1] + (space if line else 0.0)
                if line and limit is not None and length + added > limit:
                    lines.append(line)
                    line, length, added = [], 0.0, part[1]
                line.append(part)
                length += added
        lines.append(line)
    line_height = size * style.line
    placed: list[tuple[tuple[Segment, ...], float]] = []
    for line in lines:
        segments: list[Segment] = []
        pen = 0.0
        run: tuple[str, int, str] | None = None
        run_at = 0.0
        for k, (pieces, _) in enumerate(line):
            for j, (part, weight, color) in enumerate(pieces):
                lead = " " if k and not j else ""
                if run is not None and run[1:] == (weight, color):
                    run = (run[0] + lead + part, weight, color)
                    pen += face(weight).width(lead + part)
                else:
                    if run is not None:
                        segments.append(Segment(run_at * size, *run, (pen - run_at) * size))
                    pen += space if lead else 0.0
                    run, run_at = (part, weight, color), pen
                    pen += face(weight).width(part)
        if run is not None:
            segments.append(Segment(run_at * size, *run, (pen - run_at) * size))
        placed.append((tuple(segments), pen * size))
    return Lines(tuple(placed), max((w for _, w in placed), default=0.0), line_height * len(placed), line_height)


def forget() -> None:
    """Drop every text that was measured: what one person typed must not outlive the visit."""
    break_lines.cache_clear()
