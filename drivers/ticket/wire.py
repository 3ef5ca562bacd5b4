"""Bytes to and from a thermal printer: TCP port 9100, a serial line, or USB (see usb.py)."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import termios
from collections.abc import Generator
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import serial

from drivers.ticket.usb import UsbWire

CONNECT_WITHIN, SEND_WITHIN = 2.0, 10.0


class Wire(Protocol):
    """One open connection. Every method may raise OSError: the other end is gone, or took nothing for SEND_WITHIN."""

    def send(self, data: bytes) -> None:
        """Send all of it; blocks while the printer's buffer is full."""
        ...

    def receive(self, timeout: float) -> bytes:
        """What has come, at least a byte; nothing when `timeout` seconds passed in silence."""
        ...

    def port_status(self) -> int | None:
        """The byte that a USB port gives without the printer's help (see usb.py); None on any other wire."""
        ...

    def close(self) -> None:
        """Let go; what was sent still arrives."""
        ...

    def abort(self) -> None:
        """Let go and drop what has not arrived yet."""
        ...


class TcpWire:
    """`tcp://host:port`."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=CONNECT_WITHIN)
        self._socket.settimeout(SEND_WITHIN)

    def send(self, data: bytes) -> None:
        """See Wire."""
        self._socket.sendall(data)

    def receive(self, timeout: float) -> bytes:
        """See Wire."""
        readable, _, _ = select.select([self._socket], [], [], timeout)
        if not readable:
            return b""
        data = self._socket.recv(64)
        if not data:
            raise ConnectionResetError("the printer hung up")
        return data

    def port_status(self) -> int | None:
        """See Wire."""
        return None

    def close(self) -> None:
        """See Wire."""
        self._socket.close()

    def abort(self) -> None:
        """See Wire."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()


@contextlib.contextmanager
def _as_os_error() -> Generator[None, None, None]:
    # on a port that was unplugged pyserial lets termios.error through, which is no OSError
    try:
        yield
    except termios.error as gone:
        raise OSError(*gone.args) from gone


class SerialWire:
    """`serial:///dev/ttyUSB0?baud=115200`. Nobody else may have the port open."""

    def __init__(self, path: str, baud: int) -> None:
        with _as_os_error():
            self._port = serial.Serial(path, baud, timeout=0, write_timeout=SEND_WITHIN, exclusive=True)

    def send(self, data: bytes) -> None:
        """See Wire."""
        with _as_os_error():
            self._port.write(data)
            self._port.flush()

    def receive(self, timeout: float) -> bytes:
        """See Wire."""
        with _as_os_error():
            self._port.timeout = timeout
            return self._port.read(1)

    def port_status(self) -> int | None:
        """See Wire."""
        return None

    def close(self) -> None:
        """See Wire."""
        self._port.close()

    def abort(self) -> None:
        """See Wire."""
        with contextlib.suppress(OSError), _as_os_error():
            self._port.reset_output_buffer()
        self._port.close()


def connect(url: str) -> Wire:
    """Open a printer's address. Raises OSError when nobody is there, ValueError when it is no address."""
    parts = urlsplit(url)
    if parts.scheme == "tcp" and parts.hostname:
        return TcpWire(parts.hostname, parts.port or 9100)
    if parts.scheme == "serial" and parts.path:
        return SerialWire(parts.path, int(parse_qs(parts.query).get("baud", ["115200"])[0]))
    if parts.scheme == "usb" and parts.path:
        return UsbWire(parts.path)
    raise ValueError(
        "a ticket printer's address looks like tcp://host:9100, serial:///dev/ttyUSB0 or usb:///dev/usb/lp0"
    )
