"""Reads what the driver brlaser sends to a Brother laser printer, for the virtual one.

Brother publishes no manual of it. As the driver writes it (its src/job.cc, src/block.h, src/line.cc): PJL, then
`ESC *b` with three commands in a row: `1030m` begins a page's raster; `<n>w`, a zero byte, a count of lines and n-2
bytes are a block of lines; `1030M` and a form feed end the page. A line is its count of edits, and the edits against
the line before; 255 is a white line. An edit's first byte tells how many bytes stay, and how many follow as they are
(top bit 0: 4 and 3 bits) or how often the one that follows is repeated, two more than said (top bit 1: 2 and 5 bits).
A count that fills its bits goes on in bytes, of which each 255 is followed by another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image

_BEGIN, _END = b"\x1b*b1030m", b"1030M\f"
_SET = re.compile(rb"@PJL SET ([A-Z0-9]+) = ([^\r\n]+)")
_BLOCK = re.compile(rb"(\d{1,6})w")
_LONGEST_HEAD, _WIDEST, _TALLEST = 1 << 16, 4096, 20_000
_WHITE = 255


class NotBrother(ValueError):
    """Not what brlaser writes."""


@dataclass
class Page:
    """One page's raster, and what PJL said before it (PAPER, SOURCETRAY, RESOLUTION, ECONOMODE …)."""

    settings: dict[str, str]
    lines: list[bytes] = field(default_factory=list[bytes])

    @property
    def dpi(self) -> int:
        """Dots to the inch."""
        return int(self.settings.get("RESOLUTION", "600"))

    def image(self) -> Image.Image:
        """Mode "1", 0 is ink."""
        width = max((len(line) for line in self.lines), default=1)
        rows = b"".join(line.ljust(width, b"\0") for line in self.lines)
        return Image.frombytes("1", (width * 8, len(self.lines)), rows, "raw", "1;I")


class Stream:
    """Takes bytes as they come and gives pages as they are whole. Raises NotBrother."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._settings: dict[str, str] = {}
        self._page: Page | None = None

    def feed(self, data: bytes) -> Iterator[Page]:
        """The pages that these bytes complete."""
        self._buffer += data
        while True:
            if self._page is None:
                if not self._head():
                    return
            elif self._buffer.startswith(_END):
                del self._buffer[: len(_END)]
                yield self._page
                self._page = None
            elif not self._block(self._page):
                return

    def _head(self) -> bool:
        """Everything up to a page's raster; False when more bytes are needed."""
        end = self._buffer.find(_BEGIN)
        if end < 0:
            if len(self._buffer) > _LONGEST_HEAD:
                raise NotBrother("no page begins")
            return False
        for name, value in _SET.findall(bytes(self._buffer[:end])):
            self._settings[name.decode()] = value.decode(errors="replace").strip()
        del self._buffer[: end + len(_BEGIN)]
        self._page = Page(dict(self._settings))
        return True

    def _block(self, page: Page) -> bool:
        head = _BLOCK.match(self._buffer)
        if head is None:
            if len(self._buffer) >= 8:
                raise NotBrother("neither a block nor a page's end")
            return False
        start, size = head.end(), int(head[1])
        if len(self._buffer) < start + size:
            return False
        block = bytes(self._buffer[start : start + size])
        del self._buffer[: start + size]
        try:
            at, before = 2, page.lines[-1] if page.lines else b""
            for _ in range(block[1]):
                before, at = _line(block, at, before)
                page.lines.append(before)
        except IndexError:
            raise NotBrother("a block ends early") from None
        if len(page.lines) > _TALLEST:
            raise NotBrother("longer than paper is")
        return True


def _line(block: bytes, at: int, before: bytes) -> tuple[bytes, int]:
    edits = block[at]
    at += 1
    if edits == _WHITE:
        return b"", at
    line, place = bytearray(before), 0
    for _ in range(edits):
        code = block[at]
        at += 1
        if code & 0x80:
            keep, at = _count(block, at, code >> 5 & 3, 3)
            run, at = _count(block, at, code & 31, 31)
            new = block[at : at + 1] * (run + 2)
            at += 1
        else:
            keep, at = _count(block, at, code >> 3 & 15, 15)
            run, at = _count(block, at, code & 7, 7)
            new = block[at : at + run + 1]
            at += run + 1
        place += keep
        if at > len(block) or place + len(new) > _WIDEST:
            raise NotBrother("wider than paper is")
        if len(line) < place:
            line += bytes(place - len(line))
        line[place : place + len(new)] = new
        place += len(new)
    return bytes(line), at


def _count(block: bytes, at: int, low: int, full: int) -> tuple[int, int]:
    if low < full:
        return low, at
    while True:
        more = block[at]
        at += 1
        low += more
        if more != 255:
            return low, at
