"""The serial port of a code reader, and the address that says where it is and how it speaks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, cast
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import serial

from drivers.reader.frames import Framing, framing_of

BAUD = 9600
REPEAT = 1.5  # seconds within which the same code is one read


class Port(Protocol):
    """What is used of `serial.Serial`."""

    timeout: float | None

    def read(self, size: int = 1, /) -> bytes: ...
    def write(self, data: bytes, /) -> int | None: ...
    @property
    def in_waiting(self) -> int: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Address:
    """A serial port: its path, its speed, what stands around each code, the command set's name, the repeat window."""

    port: str
    baud: int = BAUD
    framing: Framing = field(default_factory=Framing)
    model: str = ""
    repeat: float = REPEAT


def parse(url: str) -> Address:
    """`serial:///dev/prodesaku/reader?baud=9600&model=gm65&prefix=%5DQ1&end=%0D%0A` as an address.

    `prefix`, `suffix` and `end` are bytes, `repeat` seconds. Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme != "serial" or not parts.path:
        raise ValueError(f"not a serial reader's address: {url}")
    given = dict(parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1"))
    return Address(
        unquote(parts.path),
        int(given.get("baud") or BAUD),
        framing_of(given),
        given.get("model", ""),
        float(given.get("repeat") or REPEAT),
    )


def url_of(address: Address) -> str:
    """The address as it is written into the configuration; :func:`parse` gives it back."""
    pairs = {"baud": str(address.baud), "model": address.model, **address.framing.options()}
    if address.repeat != REPEAT:
        pairs["repeat"] = str(address.repeat)
    query = "&".join(f"{key}={quote(value, safe='', encoding='latin-1')}" for key, value in pairs.items() if value)
    return f"serial://{quote(address.port)}?{query}"


def open_port(address: Address) -> Port:
    """Open it for us alone. Raises OSError (serial's own error is one)."""
    port = serial.Serial(address.port, address.baud, timeout=0.1, write_timeout=1.0, exclusive=True)
    return cast("Port", port)


@dataclass(frozen=True)
class Access:
    """How a port is opened and how time passes, in seconds."""

    opener: Callable[[Address], Port] = open_port
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], object] = time.sleep


REAL = Access()
