"""The wire to an IPP printer: requests and answers as bytes (RFC 8010), one HTTP POST each (RFC 8011).

pycups talks to print servers only (it has no way to name a printer's own URI for a job), and its raw `IPPRequest` of
Debian 12 fails under Python 3.11 ("PY_SSIZE_T_CLEAN macro must be defined"), hence this small coder.
"""

from __future__ import annotations

import http.client
import itertools
import os
import pwd
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


@dataclass(frozen=True)
class Collection:
    """A value made of named values (RFC 8010 §3.1.6)."""

    members: dict[str, list[Value]]


Value = int | str | bytes | bool | Collection
_MAX_ANSWER = 4 << 20
#: Collections within collections; media-col-database, the deepest that printers have, needs three (PWG 5100.7).
_DEEPEST = 16


class Op(IntEnum):
    """IPP operations (RFC 8011, PWG 5100.11); the last two are of CUPS' own (its "Implementation of IPP")."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    RESUME_PRINTER = 0x0011
    PURGE_JOBS = 0x0012
    ADD_MODIFY_PRINTER = 0x4003
    ACCEPT_JOBS = 0x4008


class Group(IntEnum):
    """Attribute groups."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Tag(IntEnum):
    """Value tags that we write; others are read as bytes."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    COLLECTION = 0x34


_END_COLLECTION, _MEMBER = 0x37, 0x4A
_STRINGS = range(0x40, 0x60)

OK_UNTIL = 0x0100  # statuses below are successes
BUSY = 0x0507
NOT_FOUND = 0x0406
NOT_POSSIBLE = 0x0404


class NoAnswer(OSError):
    """The printer said nothing, or nothing that is IPP."""


class NobodyThere(NoAnswer):
    """Nothing listens there; no byte of the request was taken."""


class NotAllowed(NoAnswer):
    """A print server does not do this for us; nothing was done."""


class NobodyBehind(NoAnswer):
    """Somebody answers in the printer's place and says that it is not there; it may have had part of the request."""


@dataclass(frozen=True)
class Attribute:
    """One attribute to send."""

    group: Group
    tag: Tag
    name: str
    value: Value | tuple[str, ...]


@dataclass
class Answer:
    """A printer's answer: its status code, and its groups in order (a job each in Get-Jobs)."""

    status: int
    groups: list[tuple[int, dict[str, list[Value]]]] = field(default_factory=list[tuple[int, dict[str, list[Value]]]])

    @property
    def ok(self) -> bool:
        """Whether the printer did it."""
        return self.status < OK_UNTIL

    def of(self, group: Group) -> list[dict[str, list[Value]]]:
        """All groups of one kind."""
        return [attributes for kind, attributes in self.groups if kind == group]

    def one(self, group: Group) -> dict[str, list[Value]]:
        """The first group of that kind, or an empty one."""
        found = self.of(group)
        return found[0] if found else {}


def words(attributes: dict[str, list[Value]], name: str) -> tuple[str, ...]:
    """The strings of an attribute."""
    return tuple(value for value in attributes.get(name, []) if isinstance(value, str))


def number(attributes: dict[str, list[Value]], name: str, default: int = 0) -> int:
    """The first integer of an attribute."""
    return next((value for value in attributes.get(name, []) if isinstance(value, int)), default)


def encode(operation: Op, request_id: int, attributes: Sequence[Attribute]) -> bytes:
    """A request's bytes; `attributes` stand in the order of their groups."""
    out = bytearray(struct.pack(">BBHI", 2, 0, operation, request_id))
    group = None
    for attribute in attributes:
        if attribute.group != group:
            group = attribute.group
            out.append(group)
        values = attribute.value if isinstance(attribute.value, tuple) else (attribute.value,)
        name = attribute.name.encode()
        for value in values:
            out += _field(attribute.tag, name, _value(value))
            if isinstance(value, Collection):
                out += _members(value)
            name = b""
    out.append(Group.END)
    return bytes(out)


def _field(tag: int, name: bytes, data: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(data)) + data


def _members(collection: Collection) -> bytes:
    """The members and the end; whole numbers and keywords, and collections of these."""
    out = bytearray()
    for name, values in collection.members.items():
        out += _field(_MEMBER, b"", name.encode())
        for value in values:
            if isinstance(value, Collection):
                out += _field(Tag.COLLECTION, b"", b"") + _members(value)
            else:
                out += _field(Tag.INTEGER if isinstance(value, int) else Tag.KEYWORD, b"", _value(value))
    return bytes(out + _field(_END_COLLECTION, b"", b""))


def _value(value: Value) -> bytes:
    if isinstance(value, Collection):
        return b""
    if isinstance(value, bool):
        return bytes([value])
    if isinstance(value, int):
        return struct.pack(">i", value)
    return value.encode() if isinstance(value, str) else value


def decode(data: bytes) -> Answer:
    """An answer from its bytes; attributes without a group are not IPP. Raises NoAnswer when it is not IPP."""
    try:
        return _decode(data)
    except (struct.error, IndexError, UnicodeDecodeError) as broken:
        raise NoAnswer("not IPP") from broken


def _decode(data: bytes) -> Answer:
    _major, _minor, status, _request = struct.unpack_from(">BBHI", data)
    answer = Answer(status)
    at, name = 8, ""
    within: list[tuple[dict[str, list[Value]], str]] = []  # the collections around the value, and their own names
    while (tag := data[at]) != Group.END:
        at += 1
        if tag < 0x10:
            answer.groups.append((tag, {}))
            within.clear()
            continue
        (length,) = struct.unpack_from(">H", data, at)
        given = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        (length,) = struct.unpack_from(">H", data, at)
        raw = data[at + 2 : at + 2 + length]
        if len(raw) != length:
            raise IndexError
        at += 2 + length
        if tag == _END_COLLECTION:
            name = within.pop()[1]
            continue
        if tag == _MEMBER and within:
            name = raw.decode()
            continue
        name = given or name
        around = within[-1][0] if within else answer.groups[-1][1]
        if tag == Tag.COLLECTION:
            inner = Collection({})
            around.setdefault(name, []).append(inner)
            if len(within) == _DEEPEST:
                raise NoAnswer("collections without end")
            within.append((inner.members, name))
            continue
        around.setdefault(name, []).append(_read(tag, raw))
    return answer


def _read(tag: int, raw: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM) and len(raw) == 4:
        return int(struct.unpack(">i", raw)[0])
    if tag == Tag.BOOLEAN:
        return raw != b"\0"
    return raw.decode(errors="replace") if tag in _STRINGS else raw


#: ipp-usb keeps the port open for a moment after the plug was pulled, and says 503 to whatever does not get through to
#: the device (its http.go, ServeHTTP); 404 is what another server at that port says, or one that knows no such printer.
_NOT_THERE = frozenset({http.client.NOT_FOUND, http.client.SERVICE_UNAVAILABLE})
_NOT_ALLOWED = frozenset({http.client.UNAUTHORIZED, http.client.FORBIDDEN})


class _Bounded(socket.socket):
    """A socket of which all waits together end at one moment: a byte now and then does not keep anybody waiting."""

    ends = 0.0

    def sendall(self, data: ReadableBuffer, flags: int = 0, /) -> None:
        self._bound()
        super().sendall(data, flags)

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        self._bound()
        return super().recv_into(buffer, nbytes, flags)

    def _bound(self) -> None:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(left)


class _ByFile(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def user() -> str:
    """The name under which this process runs, by which cupsd knows who is at its Unix socket; "" without one."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return ""


def _vouched() -> dict[str, str]:
    # cupsd asks the kernel whether it is true (its scheduler/auth.c, "PeerCred")
    return {"Authorization": f"PeerCred {name}"} if (name := user()) else {}


class Wire:
    """One printer's URI (`ipp://host:port/path`). Every request has a connection of its own.

    `file`: the Unix socket of a print server on this machine, which is then spoken to in place of host and port.
    """

    def __init__(self, uri: str, file: str = "") -> None:
        self._file = file
        parts = urlsplit(uri)
        if parts.scheme != "ipp" or not parts.hostname:
            raise ValueError("a printer's address looks like ipp://host:631/ipp/print")
        self.host, self.port, self.path = parts.hostname, parts.port or 631, parts.path or "/"
        self.uri = f"ipp://{self.host}:{self.port}{self.path}"
        self._ids = itertools.count(1)

    def ask(
        self, operation: Op, attributes: Sequence[Attribute] = (), data: bytes = b"", timeout: float = 4.0
    ) -> Answer:
        """Send one request (with a document behind it) and read the answer.

        Raises NobodyThere when nothing was sent, NoAnswer when it may have been (NobodyBehind when somebody says that
        the printer is not there). `timeout` seconds for the whole request to go out, and as many for the whole answer.
        """
        head = [
            Attribute(Group.OPERATION, Tag.CHARSET, "attributes-charset", "utf-8"),
            Attribute(Group.OPERATION, Tag.LANGUAGE, "attributes-natural-language", "en"),
            Attribute(Group.OPERATION, Tag.URI, "printer-uri", self.uri),
        ]
        message = encode(operation, next(self._ids), [*head, *attributes])
        headers = {"Content-Type": "application/ipp"} | (_vouched() if self._file else {})
        connection = _ByFile(self._file, timeout) if self._file else self._by_net(timeout)
        ends = time.monotonic() + timeout
        try:
            try:
                connection.connect()
            except TimeoutError:
                raise
            except OSError as refused:
                raise NobodyThere("nothing listens there") from refused
            connection.sock = line = _Bounded(fileno=connection.sock.detach())
            line.ends = ends
            connection.request("POST", self.path, message + data, headers)
            line.ends = time.monotonic() + timeout
            response = connection.getresponse()
            body = response.read(_MAX_ANSWER)
        except NobodyThere:
            raise
        except (OSError, http.client.HTTPException) as silent:
            raise NoAnswer("no answer") from silent
        finally:
            connection.close()
        if response.status in _NOT_THERE:
            raise NobodyBehind(f"HTTP {response.status}")
        if response.status in _NOT_ALLOWED:
            raise NotAllowed(f"HTTP {response.status}")
        if response.status != http.client.OK:
            raise NoAnswer(f"HTTP {response.status}")
        return decode(body)

    def _by_net(self, timeout: float) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)
