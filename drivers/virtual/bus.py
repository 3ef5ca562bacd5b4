"""A bus with nobody on it but a make-believe Avahi, so that `ippeveprinter` starts as an ordinary user.

CUPS' example printer insists on announcing itself through Avahi over the system D-Bus and ends when it cannot. This is
the least that satisfies it: one Unix socket that speaks the D-Bus wire protocol (D-Bus specification 0.43, "Message
Protocol" and "Authentication Protocol"), plays the bus as well as `org.freedesktop.Avahi`, and announces nothing to
anybody. Point DBUS_SYSTEM_BUS_ADDRESS at it.
"""

from __future__ import annotations

import os
import socket
import socketserver
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_METHOD_CALL, _METHOD_RETURN = 1, 2
_NO_REPLY = 0x1
_FIELD_PATH, _FIELD_MEMBER, _FIELD_REPLY, _FIELD_DESTINATION, _FIELD_SENDER, _FIELD_SIGNATURE = 1, 3, 5, 6, 7, 8
#: Avahi's server state RUNNING and its entry group state ESTABLISHED happen to be the same number.
_STATE_UP = 2
_MAX_MESSAGE = 1 << 20


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<I", len(data)) + data + b"\0"


def _signature(text: str) -> bytes:
    return bytes([len(text)]) + text.encode() + b"\0"


def _u32(number: int) -> bytes:
    return struct.pack("<I", number)


def _empty(_path: str) -> tuple[str, bytes]:
    return "", b""


#: member -> (signature, body) of its reply. Anything else is answered with an empty reply, which libavahi accepts.
_ANSWERS: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "Hello": lambda _: ("s", _string(":1.1")),
    "NameHasOwner": lambda _: ("b", _u32(1)),
    "GetNameOwner": lambda _: ("s", _string(":1.0")),
    "StartServiceByName": lambda _: ("u", _u32(2)),
    "GetVersionString": lambda _: ("s", _string("avahi 0.8")),
    "GetAPIVersion": lambda _: ("u", _u32(0x0202)),
    "GetHostName": lambda _: ("s", _string("localhost")),
    "GetHostNameFqdn": lambda _: ("s", _string("localhost")),
    "GetState": lambda _: ("i", _u32(_STATE_UP)),
    "IsEmpty": lambda _: ("b", _u32(0)),
    "EntryGroupNew": lambda _: ("o", _string("/Client0/EntryGroup1")),
}


@dataclass(frozen=True)
class _Message:
    kind: int
    flags: int
    serial: int
    fields: dict[int, str] = field(default_factory=dict[int, str])


def _aligned(position: int, to: int) -> int:
    return (position + to - 1) // to * to


def _read_exactly(stream: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = stream.recv(count - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return data


def _header_fields(data: bytes) -> dict[int, str]:
    """The header's fields that are strings; others are stepped over."""
    found: dict[int, str] = {}
    at = 0
    while at < len(data):
        at = _aligned(at, 8)
        code, length = data[at], data[at + 1]
        kind = data[at + 2 : at + 2 + length].decode()
        at += 3 + length
        if kind == "g":
            at += data[at] + 2
            continue
        at = _aligned(at, 4)
        (number,) = struct.unpack_from("<I", data, at)
        at += 4
        if kind in ("s", "o"):
            found[code] = data[at : at + number].decode()
            at += number + 1
    return found


def _receive(stream: socket.socket) -> _Message:
    head = _read_exactly(stream, 16)
    endian, kind, flags, _version, body, serial, fields = struct.unpack("<cBBBIII", head)
    if endian != b"l" or body > _MAX_MESSAGE or fields > _MAX_MESSAGE:
        raise ConnectionError
    rest = _read_exactly(stream, _aligned(fields, 8) + body)
    return _Message(kind, flags, serial, _header_fields(rest[:fields]))


def _reply(to: _Message, serial: int) -> bytes:
    member = to.fields.get(_FIELD_MEMBER, "")
    signature, body = _ANSWERS.get(member, _empty)(to.fields.get(_FIELD_PATH, ""))
    sender = to.fields.get(_FIELD_DESTINATION, "org.freedesktop.DBus")
    parts: list[tuple[int, str, bytes]] = [
        (_FIELD_REPLY, "u", _u32(to.serial)),
        (_FIELD_DESTINATION, "s", _string(":1.1")),
        (_FIELD_SENDER, "s", _string(sender)),
    ]
    if signature:
        parts.append((_FIELD_SIGNATURE, "g", _signature(signature)))
    fields = b""
    for code, kind, value in parts:
        fields += b"\0" * (_aligned(len(fields), 8) - len(fields)) + bytes([code]) + _signature(kind)
        if kind != "g":
            fields += b"\0" * (_aligned(len(fields), 4) - len(fields))
        fields += value
    head = struct.pack("<cBBBIII", b"l", _METHOD_RETURN, _NO_REPLY, 1, len(body), serial, len(fields))
    return head + fields + b"\0" * (_aligned(len(fields), 8) - len(fields)) + body


class _Peer(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        stream: socket.socket = self.request
        try:
            self._authenticate(stream)
            serial = 0
            while True:
                message = _receive(stream)
                if message.kind == _METHOD_CALL and not message.flags & _NO_REPLY:
                    serial += 1
                    stream.sendall(_reply(message, serial))
        except (OSError, struct.error, UnicodeDecodeError, IndexError):
            return

    def _authenticate(self, stream: socket.socket) -> None:
        # whoever may open the socket file is welcome: it lies in a directory of the caller's own
        line = b""
        while True:
            line += _read_exactly(stream, 1)
            if not line.endswith(b"\r\n"):
                continue
            word = line.strip(b"\0\r\n").split(b" ")[0]
            line = b""
            if word == b"BEGIN":
                return
            stream.sendall({b"AUTH": b"OK " + b"0" * 32 + b"\r\n"}.get(word, b"ERROR\r\n"))


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


class LonelyBus:
    """The bus at a socket of its own; a context manager. `address` is for DBUS_SYSTEM_BUS_ADDRESS."""

    def __init__(self, path: Path) -> None:
        self.address = f"unix:path={path}"
        self._server = _Server(os.fspath(path), _Peer)
        self._thread = threading.Thread(target=self._server.serve_forever, name="bus", daemon=True)

    def __enter__(self) -> LonelyBus:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
