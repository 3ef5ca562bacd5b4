"""Cuts a network camera's stream into its pictures: multipart/x-mixed-replace, as cameras send it.

RFC 2046, section 5.1, and what cameras make of it: boundaries whose header already has the two hyphens, bare line
feeds, parts without Content-Length. Whatever comes, not more than one picture is kept.
"""

from __future__ import annotations

import re

from drivers.camera.jpeg import LONGEST

LONGEST_HEAD = 8192  # bytes of a part's header

_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,9})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(r"boundary\s*=\s*(?:\"([^\"]{1,70})\"|([^\s;,\"]{1,72}))", re.IGNORECASE)


def boundary_of(content_type: str) -> bytes | None:
    """The line that parts begin with, from the Content-Type; None for something that is no such stream."""
    if not content_type.lower().startswith("multipart/"):
        return None
    found = _BOUNDARY.search(content_type)
    if found is None:
        return None
    said = (found[1] or found[2]).encode("latin-1", "replace")
    return said if said.startswith(b"--") else b"--" + said


class Parts:
    """Takes bytes as they come; gives the parts that became whole."""

    def __init__(self, boundary: bytes) -> None:
        self._boundary = boundary
        self._held = bytearray()
        self._wanted: int | None = None  # bytes of the part whose header was read; -1 when it does not say
        self._looked = 0  # up to here there is no boundary
        self.spoilt = 0  # parts that were thrown away

    @property
    def held(self) -> int:
        """Bytes that are kept at the moment; never more than one part and what came with it."""
        return len(self._held)

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies that these bytes complete, oldest first."""
        self._held += data
        whole: list[bytes] = []
        while (body := self._step()) is not None:
            if body:
                whole.append(body)
        return whole

    def _step(self) -> bytes | None:
        """One part's body, empty for a step without one; None when more bytes are wanted."""
        if self._wanted is None:
            return self._head()
        return self._until_boundary() if self._wanted < 0 else self._counted(self._wanted)

    def _head(self) -> bytes | None:
        at = self._held.find(self._boundary)
        if at < 0:
            # what is before a boundary says nothing; its own beginning may be among the last bytes
            del self._held[: max(0, len(self._held) - len(self._boundary) + 1)]
            return None
        del self._held[:at]
        blank = _BLANK.search(self._held, len(self._boundary), LONGEST_HEAD)
        if blank is None:
            if len(self._held) < LONGEST_HEAD:
                return None
            return self._skip()
        said = _LENGTH.search(bytes(self._held[: blank.start() + 1]))
        self._wanted = -1 if said is None else int(said[1])
        del self._held[: blank.end()]
        self._looked = 0
        if self._wanted > LONGEST:
            return self._spoil()
        return b""

    def _counted(self, wanted: int) -> bytes | None:
        if len(self._held) < wanted:
            return None
        body = bytes(self._held[:wanted])
        del self._held[:wanted]
        self._wanted = None
        return body

    def _until_boundary(self) -> bytes | None:
        at = self._held.find(self._boundary, self._looked)
        if at < 0:
            self._looked = max(0, len(self._held) - len(self._boundary) + 1)
            return self._spoil() if len(self._held) > LONGEST else None
        body = bytes(self._held[:at]).removesuffix(b"\n").removesuffix(b"\r")
        del self._held[:at]
        self._wanted = None
        return body

    def _spoil(self) -> bytes:
        """Look for the next boundary instead."""
        self._wanted = None
        return self._skip() if self._held.startswith(self._boundary) else self._count()

    def _skip(self) -> bytes:
        del self._held[: len(self._boundary)]
        return self._count()

    def _count(self) -> bytes:
        self.spoilt += 1
        return b""
