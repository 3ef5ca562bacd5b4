"""Half uploads on disk: `<id>.json` says what it will be, `<id>.part` is what has arrived; its length is the offset."""

from __future__ import annotations

import json
import os
import re
import threading
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from central import clock

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True)
class Upload:
    """`metadata` as decoded from Upload-Metadata; `expires` epoch seconds; `done` once it was handed over."""

    id: str
    length: int
    metadata: dict[str, str]
    raw_metadata: str
    expires: float
    done: bool = False


class Store:
    """Uploads below one directory. One process; each upload is written by one request at a time."""

    def __init__(self, directory: Path, lifetime: float = 7 * 86400.0) -> None:
        self._directory = directory
        self.lifetime = lifetime
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @contextmanager
    def locked(self, upload: str) -> Generator[None, None, None]:
        """Hold an upload for one request."""
        with self._locks[upload]:
            yield

    def get(self, upload: str) -> Upload | None:
        """The upload, also when it has expired (the caller tells 410 from 404)."""
        if not _ID.fullmatch(upload):
            return None
        try:
            return Upload(**json.loads(self._info(upload).read_text()))
        except FileNotFoundError:
            return None

    def create(self, upload: str, length: int, metadata: dict[str, str], raw: str) -> Upload:
        """A new upload, or the one that is there: the same creation again does not start over."""
        known = self.get(upload)
        if known is not None and known.expires > clock.now() and known.length == length:
            return known
        if not _ID.fullmatch(upload):
            raise ValueError("not an upload id")
        made = Upload(upload, length, metadata, raw, clock.now() + self.lifetime)
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.part(upload).unlink(missing_ok=True)
        os.close(os.open(self.part(upload), os.O_WRONLY | os.O_CREAT, 0o600))
        self._save(made)
        return made

    def offset(self, upload: Upload) -> int:
        """Bytes that are safely here."""
        return upload.length if upload.done else self.part(upload.id).stat().st_size

    def append(self, upload: Upload, data: bytes) -> int:
        """Add bytes at the end, durably; the new offset."""
        with self.part(upload.id).open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return self.offset(upload)

    def finish(self, upload: Upload) -> None:
        """The bytes have been handed over; HEAD still answers until it expires."""
        self._save(replace(upload, done=True))
        self.part(upload.id).unlink(missing_ok=True)

    def drop(self, upload: str) -> None:
        """Forget an upload."""
        self._info(upload).unlink(missing_ok=True)
        self.part(upload).unlink(missing_ok=True)
        self._locks.pop(upload, None)

    def sweep(self) -> int:
        """Forget what has expired; how many."""
        old = [
            path.stem
            for path in self._directory.glob("*.json")
            if (found := self.get(path.stem)) is not None and found.expires <= clock.now()
        ]
        for upload in old:
            with self.locked(upload):
                self.drop(upload)
        return len(old)

    def part(self, upload: str) -> Path:
        """The file of what has arrived."""
        return self._directory / f"{upload}.part"

    def _info(self, upload: str) -> Path:
        return self._directory / f"{upload}.json"

    def _save(self, upload: Upload) -> None:
        temporary = self._directory / f".{upload.id}.new"
        temporary.write_text(json.dumps(asdict(upload)))
        temporary.replace(self._info(upload.id))
