"""A laser printer of metal and paper, without the metal: bytes in, sheets out, and a port that tells its troubles.

It obeys `DIR/page/world.txt`. As printers of this kind do, it takes no more bytes while something is wrong, keeps what
it has swallowed, and prints a page that it holds whole as soon as it can: also when whoever sent it has given up. A
page of which the end never came is dropped. `mains=off` loses everything, `pace=` seconds pass between two pieces of
what it reads. `DIR/page/held.txt` says how many jobs and pages it has begun to swallow and not yet let out.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from drivers.page.brother import NotBrother, Page, Stream
from drivers.page.engine import PER_SHEET, STEP, conditions
from drivers.virtual.world import World

_STOPPING = frozenset({"media-empty", "media-jam", "cover-open", "toner-empty"})
_SHEET_DPI, _A4_MM = 200, (210.0, 297.0)
#: Where the raster's first dot lies from the paper's left and upper edge, in mm: 8 and 16 points, as brlaser.drv has it
#: (ImageableArea of A4).
MARGINS_MM = (8 / 72 * 25.4, 16 / 72 * 25.4)
PIECE = 1 << 13


class Laser:
    """One printer at a loopback port."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._pages: asyncio.Queue[tuple[Path, Page]] = asyncio.Queue()
        self._rollers: asyncio.Task[None] | None = None
        self._held = self._rolling = 0
        self.port = 0

    # --- the plug

    async def plug(self) -> None:
        """Reachable, always at the same port."""
        if self._server is None:
            self._server = await asyncio.start_server(self._job, "127.0.0.1", self.port, reuse_address=True)
            self.port = int(self._server.sockets[0].getsockname()[1])
            self._hold(0)

    async def unplug(self) -> None:
        """Cut off; what it holds it prints."""
        if self._server is not None:
            self._server.close()
            self._server = None
            for line in tuple(self._lines):
                line.transport.abort()

    def mains(self, *, on: bool) -> None:
        """Run, or stop and forget."""
        if on and self._rollers is None:
            self._rollers = asyncio.create_task(self._roll())
        if not on and self._rollers is not None:
            self._rollers.cancel()
            self._rollers = None
            self._hold(-self._pages.qsize() - self._rolling)
            self._pages, self._rolling = asyncio.Queue(), 0

    def _hold(self, more: int) -> None:
        self._held += more
        (self._world.directory / "page" / "held.txt").write_text(f"{self._held}\n", encoding="utf-8")

    # --- a job

    @property
    def _troubles(self) -> frozenset[str]:
        return conditions(self._world.state("page"))

    async def _job(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        self._hold(1)
        number = self._world.next_number("page")
        received = self._world.out("page") / f"{number}.bin"
        received.touch()
        try:
            with contextlib.suppress(OSError, NotBrother):
                await self._take(reader, writer, received)
                writer.write(b"end\n")
                await writer.drain()
        finally:
            self._lines.discard(writer)
            writer.close()
            self._hold(-1)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, received: Path) -> None:
        stream, told, count = Stream(), None, 0
        toner = {"low": 10, "out": 0}.get(self._world.get("page", "toner"), 75)
        writer.write(b"ATTR: marker-names=Black marker-colors=#000000 marker-types=toner marker-levels=%d\n" % toner)
        while True:
            if (now := self._troubles) != told:
                # an empty list leaves the queue's words standing, so each is taken back by name
                gone = ",".join(sorted((told or frozenset({*_STOPPING, "media-needed", "media-low"})) - now))
                writer.write(f"STATE: -{gone}\n".encode() if gone else b"")
                writer.write(f"STATE: +{','.join(sorted(now))}\n".encode() if now else b"")
                await writer.drain()
                told = now
            if now & _STOPPING:
                await asyncio.sleep(STEP)
                continue
            await asyncio.sleep(float(self._world.get("page", "pace", "0")))
            piece = await reader.read(PIECE)
            if not piece:
                return
            with received.open("ab") as file:
                file.write(piece)
            for page in await asyncio.to_thread(_pages, stream, piece):
                if self._rollers is None:
                    return  # without mains nothing is kept
                count += 1
                name = f"{received.stem}.png" if count == 1 else f"{received.stem}-{count}.png"
                self._hold(1)
                self._pages.put_nowait((received.with_name(name), page))

    # --- paper

    async def _roll(self) -> None:
        while True:
            place, page = await self._pages.get()
            self._rolling = 1
            while self._troubles & _STOPPING:  # noqa: ASYNC110 - the world is files, which tell nobody when they change
                await asyncio.sleep(STEP)
            loop = asyncio.get_running_loop()
            arrives = loop.time() + float(self._world.get("page", "seconds", str(PER_SHEET)))
            spoiled = False
            while loop.time() < arrives and not spoiled:
                spoiled = bool(self._troubles & (_STOPPING - {"media-empty"}))
                await asyncio.sleep(STEP)
            if not spoiled:
                await asyncio.to_thread(_save, page, place)
            self._rolling = 0
            self._hold(-1)


def _pages(stream: Stream, piece: bytes) -> list[Page]:
    return list(stream.feed(piece))


def _save(page: Page, place: Path) -> None:
    draft = place.with_suffix(".part")
    sheet(page).save(draft, "PNG", dpi=(_SHEET_DPI, _SHEET_DPI))
    draft.replace(place)  # a sheet is there whole or not yet


def sheet(page: Page) -> Image.Image:
    """A4 at 200 dpi with the page on it, grey."""
    per_mm = page.dpi / 25.4
    width, height = (round(side * per_mm) for side in _A4_MM)
    paper = Image.new("1", (width, height), 1)
    left, top = (round(margin * per_mm) for margin in MARGINS_MM)
    paper.paste(page.image(), (left, top))
    size = (round(width * _SHEET_DPI / page.dpi), round(height * _SHEET_DPI / page.dpi))
    return paper.convert("L").resize(size, Image.Resampling.BOX)


def sheets_of(data: bytes) -> Iterator[Image.Image]:
    """The sheets that a driver's bytes make."""
    for page in Stream().feed(data):
        yield sheet(page)
