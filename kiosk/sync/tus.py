"""The kiosk's side of tus 1.0: creation, checksum (sha256), expiration. Where an upload stands lies in our own store.

The centre's offset is the truth; ours only saves a question. A chunk carries its hash, so that a line that flips bits
costs that chunk and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.store.store import Store
from kiosk.store.values import Leased, StoreFailure, Upload
from kiosk.sync.api import Answer, Api, NoAnswer

VERSION = "1.0.0"
SMALLEST, FIRST, LARGEST = 8 << 10, 32 << 10, 256 << 10
#: A chunk should take about this long (seconds): long enough for a satellite's round trip, short enough to lose.
AIM = 10.0
#: So many answers without a byte of progress end the attempt.
STRIKES = 4
MISMATCH = 460


@dataclass(frozen=True)
class Done:
    """The centre has every byte."""


@dataclass(frozen=True)
class Stopped:
    """Not now: `why` as in NoAnswer, or no_progress, lease, store."""

    why: str


@dataclass(frozen=True)
class Refused:
    """The centre does not want it, and will not."""

    answer: Answer


class ChunkSize:
    """How much to send at once, by how long the last one took."""

    def __init__(self) -> None:
        self.bytes = FIRST

    def took(self, seconds: float) -> None:
        """A chunk went through in this time."""
        if seconds < AIM / 2:
            self.bytes = min(LARGEST, self.bytes * 2)
        elif seconds > AIM * 1.5:
            self.shrink()

    def shrink(self) -> None:
        """It was too much."""
        self.bytes = max(SMALLEST, self.bytes // 2)


@dataclass
class Uploader:
    """Uploads the files of one leased revision."""

    api: Api
    store: Store
    size: ChunkSize
    monotonic: Callable[[], float] = time.monotonic

    def send(self, leased: Leased, index: int, sha256: str, data: bytes) -> Done | Stopped | Refused:
        """Send `data` (its hash is `sha256`), from wherever an earlier attempt ended."""
        key = (leased.application, leased.revision, sha256)
        known = self.store.upload(*key)
        strikes = 0
        while strikes < STRIKES:
            here = self._find(known) if known else self._create(leased, index, sha256, len(data))
            if isinstance(here, Upload):
                known = here
                if isinstance(self.store.set_upload(*key, here), StoreFailure):
                    return Stopped("store")
                ended = self._patch(leased, key, here, data)
                if ended is not None:
                    return ended
            elif here is None:  # expired or forgotten over there
                known = None
                self.store.set_upload(*key, None)
            else:
                return here
            strikes += 1
        return Stopped("no_progress")

    def _create(self, leased: Leased, index: int, sha256: str, size: int) -> Upload | Stopped | Refused:
        facts = {
            "application": leased.application,
            "revision": str(leased.revision),
            "index": str(index),
            "sha256": sha256,
        }
        metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in facts.items())
        headers = {"Tus-Resumable": VERSION, "Upload-Length": str(size), "Upload-Metadata": metadata}
        answer = self.api.call("POST", "/v1/uploads", headers=headers)
        if isinstance(answer, NoAnswer):
            return Stopped(answer.why)
        location = answer.headers.get("location", "")
        if answer.status != 201 or not location:
            return Refused(answer) if answer.refused_for_good else Stopped(f"status {answer.status}")
        # the specification lets a creation answer without an offset: then nothing is there yet
        return Upload(location, _offset(answer) or 0)

    def _find(self, known: Upload) -> Upload | Stopped | None:
        answer = self.api.call("HEAD", known.url, headers={"Tus-Resumable": VERSION})
        if isinstance(answer, NoAnswer):
            return Stopped(answer.why)
        offset = _offset(answer)
        if answer.status in (200, 204) and offset is not None:
            return Upload(known.url, offset)
        return None if answer.status in (403, 404, 410) else Stopped(f"status {answer.status}")

    def _patch(
        self, leased: Leased, key: tuple[str, int, str], upload: Upload, data: bytes
    ) -> Done | Stopped | Refused | None:
        """Send chunks from the upload's offset. None: ask the centre where it stands, or begin anew."""
        offset = upload.offset
        if offset > len(data):
            return Stopped("no_progress")
        while offset < len(data):
            chunk = data[offset : offset + self.size.bytes]
            checksum = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
            headers = {
                "Tus-Resumable": VERSION,
                "Upload-Offset": str(offset),
                "Upload-Checksum": f"sha256 {checksum}",
                "Content-Type": "application/offset+octet-stream",
            }
            begun = self.monotonic()
            answer = self.api.call("PATCH", upload.url, body=chunk, headers=headers)
            if isinstance(answer, NoAnswer):
                self.size.shrink()
                return Stopped(answer.why)
            if answer.status in (404, 409, 410, MISMATCH):
                return None
            reached = _offset(answer)
            if answer.status not in (200, 204) or reached is None or not offset < reached <= len(data):
                return Refused(answer) if answer.refused_for_good else Stopped(f"status {answer.status}")
            self.size.took(self.monotonic() - begun)
            offset = reached
            if isinstance(self.store.set_upload(*key, Upload(upload.url, offset)), StoreFailure):
                return Stopped("store")
            if self.store.renew(leased) is not True:
                return Stopped("lease")
        return Done()


def _offset(answer: Answer) -> int | None:
    text = answer.headers.get("upload-offset", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
