"""The virtual thermal printer's inside: reads ESC/POS from the buffer, burns rows of dots, feeds, cuts.

It obeys `DIR/ticket/world.txt` row by row: without paper or with the cover open the head stands still where it is, and
goes on with what is in the buffer when paper is back. Writes `ticket/out/NNN.png` (what the head burnt so far) whenever
it stops and at the cut, and `NNN.bin` (the slip's bytes without status questions) beside it. What has not passed the
knife at a cut begins the next slip; blank rows there are left out.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from pathlib import Path

import numpy as np
from PIL import Image

from drivers.ticket.buffer import Buffer, Dropped
from drivers.ticket.heads import head_of
from drivers.ticket.machine import Machine
from drivers.virtual.world import World

#: A line feed is 30 dots (3.75 mm) unless ESC 3 says otherwise.
LINE = 30
_STEP = 0.02

#: How many bytes of parameters follow the commands that are stepped over.
_SKIPPED = {b"\x1bt": 1, b"\x1bR": 1, b"\x1ba": 1, b"\x1bE": 1, b"\x1bM": 1, b"\x1b!": 1, b"\x1d!": 1, b"\x1d(": 0}


class Paper:
    """The slip under the head and its bytes."""

    def __init__(self, world: World, dots: int) -> None:
        self._world = world
        self._dots, self._dpi = dots, head_of(dots).dpi
        self._rows: list[bytes] = []
        self.bytes = bytearray()
        self._number = ""

    def burn(self, row: bytes) -> None:
        """One row of dots, a bit each, 1 is black."""
        width = self._dots // 8
        self._rows.append(row[:width].ljust(width, b"\0"))

    def cut(self, rows: int) -> list[bytes]:
        """Take off the last rows, which the knife stands behind; none where they are blank, as they should be."""
        below = self._rows[-rows:]
        if not any(map(any, below)):
            return []
        del self._rows[-rows:]
        return below

    def save(self) -> Path | None:
        """Write what is there so far; a slip keeps its number until it is cut."""
        if not self._rows and not self.bytes:
            return None
        out = self._world.out("ticket")
        self._number = self._number or self._world.next_number("ticket")
        (out / f"{self._number}.bin").write_bytes(self.bytes)
        if not self._rows:
            return None
        dots = np.frombuffer(b"".join(self._rows), np.uint8).reshape(len(self._rows), -1)
        picture = Image.fromarray(np.where(np.unpackbits(dots, axis=1) == 1, 0, 255).astype(np.uint8)).convert("1")
        temporary = out / f".{self._number}.png"
        picture.save(temporary, dpi=(self._dpi, self._dpi))
        temporary.replace(out / f"{self._number}.png")
        return out / f"{self._number}.png"

    def note(self) -> None:
        """Leave in `ticket/rows.txt` how many rows are burnt, for whoever wants to poke in the middle."""
        (self._world.directory / "ticket" / "rows.txt").write_text(str(len(self._rows)), encoding="utf-8")

    @property
    def blank(self) -> bool:
        """Whether nothing was burnt or fed yet."""
        return not self._rows


class Head(threading.Thread):
    """Runs until `stopping` is set."""

    def __init__(self, world: World, buffer: Buffer, machine: Machine, dots: int) -> None:
        super().__init__(name="head", daemon=True)
        self._world = world
        self._buffer = buffer
        self._machine = machine
        self._dots = dots
        self._paper = Paper(world, dots)
        self._line = LINE
        self._behind = 0.0
        self._speed = machine.rows_per_second

    def run(self) -> None:
        """One command after the other."""
        while True:
            try:
                self._command()
            except Dropped:
                self._tear_off()

    def _tear_off(self) -> None:
        # cut, or pulled out by somebody after a stop; the next one begins on clean paper
        self._paper.save()
        if self._paper.bytes and (folder := os.environ.get("PRODESAKU_KEEP_BYTES")):
            keep(bytes(self._paper.bytes), Path(folder))
        self._paper = Paper(self._world, self._dots)

    def _take(self, count: int) -> bytes:
        data = self._buffer.take(count)
        self._paper.bytes += data
        return data

    def _command(self) -> None:
        first = self._buffer.take(1, first=True)
        if first == b"\x10":  # real-time: was answered when it came
            after = self._buffer.take(1)
            self._buffer.take(1 if after == b"\x04" else 0)
            return
        if first not in (b"\x1b", b"\x1d"):
            self._paper.bytes += first
            if first == b"\n":
                self._feed(self._line)
            return
        command = first + self._buffer.take(1)
        if command == b"\x1dr":
            self._buffer.take(1)
            self._buffer.reply(self._machine.in_order())
            return
        self._paper.bytes += command
        self._obey(command)

    def _obey(self, command: bytes) -> None:
        if command == b"\x1b@":
            self._line = LINE
            self._machine.reset()
        elif command == b"\x1da":
            self._machine.unasked = self._take(1) != b"\0"
            if self._machine.says_unasked():  # whoever asks for it is told at once
                self._buffer.reply(self._machine.frame())
        elif command == b"\x1b3":
            self._line = self._take(1)[0]
        elif command == b"\x1bd":
            self._feed(self._take(1)[0] * self._line)
        elif command == b"\x1bJ":
            self._feed(self._take(1)[0])
        elif command == b"\x1dv":
            self._picture()
        elif command == b"\x1dV":
            self._cut()
        elif command == b"\x1d(":  # GS ( X pL pH …
            head = self._take(3)
            self._take(head[1] + 256 * head[2])
        else:
            self._take(_SKIPPED.get(command, 0))

    def _picture(self) -> None:
        _zero, _mode, width_low, width_high, height_low, height_high = self._take(6)
        width, height = width_low + 256 * width_high, height_low + 256 * height_high
        for _ in range(height):
            self._burn(self._take(width))

    def _cut(self) -> None:
        kind = self._take(1)[0]
        if kind in (65, 66):
            further = self._take(1)[0]
            self._feed(further + (self._machine.knife_rows if self._machine.feeds_to_knife() else 0))
        self._machine.knife_tried = True
        self._stand_still()
        self._machine.knife_tried = False
        below = self._paper.cut(self._machine.knife_rows)
        self._tear_off()
        for row in below:
            self._paper.burn(row)

    def _feed(self, dots: int) -> None:
        for _ in range(dots):
            self._burn(b"")

    def _burn(self, row: bytes) -> None:
        self._behind += 1 / self._speed
        if self._behind >= _STEP or self._paper.blank:
            time.sleep(self._behind)
            self._behind = 0.0
            self._buffer.check()
            self._stand_still()
            self._paper.note()
            self._speed = self._machine.rows_per_second
        self._paper.burn(row)
        self._machine.row(int.from_bytes(row, "big").bit_count() / self._dots)

    def _stand_still(self) -> None:
        saved = False
        while not self._machine.online():
            if not saved:
                self._paper.save()
                saved = True
            self._buffer.check()
            time.sleep(_STEP)
        self._buffer.check()  # what was thrown away while it stood is not begun again with the new paper


def keep(slip: bytes, folder: Path) -> Path:
    """Leave a slip's bytes in `folder` under a name of their own, for another ESC/POS renderer to draw."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"slip-{uuid.uuid4().hex}.bin"
    path.write_bytes(slip)
    return path
