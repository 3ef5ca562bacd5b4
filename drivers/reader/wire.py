"""Bytes from a serial code reader, and how they become texts.

Readers of the GM65 kind send the code's bytes and a line end (carriage return, line feed or both), 9600 baud 8N1. There
is no length and no checksum, so a text is only believed when its line end has come, and a rest without one is thrown
away after a pause: half a code must never be glued to the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, cast
from urllib.parse import parse_qs, unquote, urlsplit

import serial

BAUD = 9600
LONGEST = 8192  # bytes; a QR code holds at most 7089 characters
PAUSE = 0.7  # seconds without a byte after which an unfinished text is dropped


class Port(Protocol):
    """What is used of `serial.Serial`."""

    timeout: float | None

    def read(self, size: int = 1, /) -> bytes: ...
    @property
    def in_waiting(self) -> int: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Address:
    """A serial port: its path, or a URL that pyserial itself understands (`socket://`, `loop://`), and its speed."""

    port: str
    baud: int = BAUD


def parse(url: str) -> Address:
    """`serial:///dev/prodesaku/reader?baud=9600` as an address. Raises ValueError for anything else."""
    parts = urlsplit(url)
    if parts.scheme != "serial" or not parts.path:
        raise ValueError(f"not a serial reader's address: {url}")
    baud = parse_qs(parts.query).get("baud", [str(BAUD)])[0]
    return Address(unquote(parts.path), int(baud))


def open_port(address: Address) -> Port:
    """Open it for us alone. Raises OSError (serial's own error is one)."""
    port = serial.Serial(address.port, address.baud, timeout=0.1, write_timeout=1.0, exclusive=True)
    return cast("Port", port)


class Frames:
    """Gathers bytes into texts."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._last = 0.0
        self._overlong = False

    def feed(self, data: bytes, now: float) -> list[bytes]:
        """The texts that `data`, come at `now` (monotonic seconds), completes."""
        if now - self._last > PAUSE:
            self.drop()
        self._last = now
        texts: list[bytes] = []
        for byte in data:
            if byte in (0x0D, 0x0A):
                text = bytes(self._rest).strip()
                if text and not self._overlong:
                    texts.append(text)
                self.drop()
            elif len(self._rest) < LONGEST:
                self._rest.append(byte)
            else:
                self._overlong = True
        return texts

    def drop(self) -> None:
        """Forget what is unfinished."""
        self._rest.clear()
        self._overlong = False
