"""The document scanners that the contract suite runs over.

`escl` is the virtual scanner through sane-airscan. `test` and `pnm` are SANE's own back-ends for trying front-ends out:
one draws pictures at any size, the other gives a picture file. `--real scanner=ADDRESS` is the one on the bench alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from drivers.roles import DocumentScanner
from drivers.scanner import SaneScanner, open
from drivers.scanner.batch import begin
from drivers.scanner.wire import run
from drivers.virtual.papers import paper
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World

KINDS = ("escl", "test", "pnm", "real")
#: What lies in the `pnm` back-end: blue, green, red and a grey, left to right.
PICTURE = (6, 4, bytes([0, 0, 255, 0, 255, 0, 255, 0, 0, 90, 90, 90, 1, 2, 3, 4, 5, 6]) * 4)


@dataclass(frozen=True)
class Bench:
    """One implementation; `world` where there is one, `folder` for what a test needs."""

    kind: str
    address: str
    folder: Path
    world: World | None = None

    def open(self, *more: str) -> DocumentScanner:
        """The scanner, its twin in good order. `more`: options that SANE's own back-ends are given besides."""
        if self.world is not None:
            self.world.set("scanner", **GOOD, page=sheet("surat_lahir"))
        if self.kind == "pnm":
            more = ("--filename", str(self.folder / "picture.ppm"), *more)
        return behind(self.address, self.folder, *more) if more else open(self.address)


GOOD = {
    "place": "glass",
    "sheets": "",
    "pace": "",
    "sources": "",
    "cable": "in",
    "jam": "no",
    "cover": "closed",
    "busy": "no",
    "slow": "no",
    "cut": "",
    "garbage": "no",
    "lamp": "warm",
}


@cache
def sheet(name: str) -> str:
    """The picture of a sample paper. Kept, for a test may have temporary files of its own, where it would be drawn."""
    return str(paper(name))


@contextmanager
def bench(kind: str, folder: Path, real: dict[str, str]) -> Iterator[Bench | str]:
    """The implementation, or why there is none."""
    address = real.get("scanner")
    if (address is not None) != (kind == "real"):
        yield "only the scanner on the bench is tried" if address is not None else "no scanner on the bench"
    elif address is not None:
        yield Bench(kind, address, folder)
    elif kind == "escl":
        with start(folder, [Twin("scanner", "drivers.scanner.twin")]) as virtual:
            yield Bench(kind, virtual.endpoints["scanner"], folder, virtual.world)
    else:
        (folder / "dll.conf").write_text(f"{kind}\n", encoding="ascii")
        columns, rows, pixels = PICTURE
        (folder / "picture.ppm").write_bytes(b"P6\n%d %d\n255\n" % (columns, rows) + pixels)
        yield Bench(kind, f"{kind}:0?config={folder}", folder)


def behind(address: str, folder: Path, *more: str) -> SaneScanner:
    """The scanner, with more options on each of `scanimage`'s command lines."""
    program = folder / f"scanimage{abs(hash(more))}"
    quoted = " ".join(f"'{word}'" for word in more)
    if not program.exists():
        program.write_text(f'#!/bin/sh\nexec scanimage "$@" {quoted}\n', encoding="utf-8")
        program.chmod(0o700)
    name, _, config = address.partition("?config=")
    return SaneScanner(name, config, partial(run, program=str(program)), partial(begin, program=str(program)))
