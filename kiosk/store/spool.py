"""Sealed files beside the database: packets on their way up, documents and notes that came down.

A folder or file appears under its name only when it is whole and on the medium: write, fsync, rename, fsync the folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

AtStep = Callable[[str], None]
_NEW = ".new-"
_PART = ".part-"


def nothing_happens(_step: str) -> None:
    """The product's answer to every step. Tests put a power cut here."""


class Spool:
    """`root` holds `packets/<uuid>-<revision>/` and `blobs/<sha256>.age`. `at_step` is told of every step taken."""

    def __init__(self, root: Path, at_step: AtStep = nothing_happens) -> None:
        self.root = root
        self.packets = root / "packets"
        self.blobs = root / "blobs"
        self._at_step = at_step
        for folder in (self.packets, self.blobs):
            folder.mkdir(parents=True, exist_ok=True)

    def folder(self, application: str, revision: int) -> Path:
        """Where a revision's packet lies."""
        return self.packets / f"{application}-{revision}"

    def blob(self, sha256: str) -> Path:
        """Where a sealed file from the centre lies."""
        return self.blobs / f"{sha256}.age"

    def write_packet(self, application: str, revision: int, files: Iterable[tuple[str, bytes]]) -> None:
        """A whole packet folder, or an OSError and none. A leftover of the same name (no transaction followed) goes."""
        final = self.folder(application, revision)
        building = self.packets / f"{_NEW}{final.name}"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        try:
            for name, data in files:
                self._write(building / name, data)
            _sync(building)
            self._at_step("files")
            shutil.rmtree(final, ignore_errors=True)
            building.rename(final)
            self._at_step("renamed")
            _sync(self.packets)
            self._at_step("folder")
        except OSError:
            shutil.rmtree(building, ignore_errors=True)
            raise

    def part(self, sha256: str) -> Path:
        """Where a download grows."""
        return self.blobs / f"{_PART}{sha256}"

    def finish_part(self, sha256: str) -> bool:
        """Give a finished download its name. False, and the part is gone, when its bytes are not the announced ones."""
        part = self.part(sha256)
        if hashlib.sha256(part.read_bytes()).hexdigest() != sha256:
            part.unlink()
            return False
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        self._at_step("part")
        part.rename(self.blob(sha256))
        _sync(self.blobs)
        self._at_step("blob")
        return True

    def drop_packet(self, application: str, revision: int) -> None:
        """The centre has it; free the space."""
        shutil.rmtree(self.folder(application, revision), ignore_errors=True)

    def sweep(self, known: set[str], wanted: set[str]) -> int:
        """Remove what a power cut left behind; gives how much. `known` packet folders and `wanted` downloads stay.

        Only for the process that submits, before it does: another's half-built folder looks the same.
        """
        gone = 0
        for folder in self.packets.iterdir():
            if folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)
                gone += 1
        for part in self.blobs.glob(f"{_PART}*"):
            if part.name.removeprefix(_PART) not in wanted:
                part.unlink(missing_ok=True)
                gone += 1
        return gone

    def _write(self, path: Path, data: bytes) -> None:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
            os.fsync(fd)
        finally:
            os.close(fd)
        self._at_step("file")


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
