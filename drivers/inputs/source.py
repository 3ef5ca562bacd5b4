"""One open input device: the kernel's character device, or the socket of a twin that plays one.

The requests are those of `include/uapi/linux/input.h`, made with fcntl, so nothing but Python is needed.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import select
import socket
import struct
import time
from collections.abc import Generator
from typing import Protocol

from drivers.inputs.address import SOCKET, Identity, InputAddress
from drivers.inputs.codes import HIGHEST
from drivers.inputs.events import SIZE, bits

_READ, _WRITE = 2, 1
_KEY_BYTES, _SWITCH_BYTES = HIGHEST // 8 + 1, 4
_AT_ONCE = 64 * SIZE
_REPLY_WITHIN = 1.0  # seconds for a twin's answer


class Source(Protocol):
    """What is used of an open input device. Every method raises OSError when the device has gone."""

    def read(self, timeout: float) -> bytes:
        """Bytes of events, stamped by the monotonic clock; empty when there were none within `timeout` seconds."""
        ...

    def grab(self) -> None:
        """Take it for us alone. Raises OSError (EBUSY) when somebody else has it."""
        ...

    def keys_down(self) -> frozenset[int]:
        """The keys that are held just now."""
        ...

    def switches(self) -> frozenset[int] | None:
        """The switches that are on just now; None when it has none at all."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...


def request(direction: int, number: int, size: int) -> int:
    """The number of an EVIOC… request, as the kernel's `asm-generic/ioctl.h` puts it together."""
    return direction << 30 | size << 16 | ord("E") << 8 | number


EVIOCGID = request(_READ, 0x02, 8)
EVIOCGRAB = request(_WRITE, 0x90, 4)
EVIOCSCLOCKID = request(_WRITE, 0xA0, 4)


class KernelSource:
    """`/dev/input/event…`, opened for reading. Raises OSError."""

    def __init__(self, path: str) -> None:
        self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            # the wall clock, by which events are stamped otherwise, may be set meanwhile
            fcntl.ioctl(self._fd, EVIOCSCLOCKID, struct.pack("@i", time.CLOCK_MONOTONIC))
        except OSError:
            os.close(self._fd)
            raise
        self._poll = select.poll()
        self._poll.register(self._fd, select.POLLIN)

    def read(self, timeout: float) -> bytes:
        if self._fd < 0:
            raise OSError(errno.ENODEV, "closed")
        if not self._poll.poll(max(0.0, timeout) * 1000):
            return b""
        try:
            data = os.read(self._fd, _AT_ONCE)
        except BlockingIOError:
            return b""
        if not data:
            raise OSError(errno.ENODEV, "gone")
        return data

    def grab(self) -> None:
        fcntl.ioctl(self._fd, EVIOCGRAB, 1)

    def keys_down(self) -> frozenset[int]:
        return bits(self._ask(0x18, _KEY_BYTES))

    def switches(self) -> frozenset[int] | None:
        if not self.switch_kinds():
            return None
        return bits(self._ask(0x1B, _SWITCH_BYTES))

    def name(self) -> str:
        """What it calls itself."""
        return self._text(0x06)

    def identity(self) -> Identity:
        """What it is."""
        _, vendor, product, _ = struct.unpack("@4H", self._ask(0x02, 8))
        return Identity(vendor, product, self._text(0x08), self._text(0x07))

    def keys(self) -> frozenset[int]:
        """The keys that it has."""
        return bits(self._ask(0x20 + 0x01, _KEY_BYTES))

    def switch_kinds(self) -> frozenset[int]:
        """The switches that it has."""
        return bits(self._ask(0x20 + 0x05, _SWITCH_BYTES))

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _ask(self, number: int, size: int) -> bytes:
        answer = bytearray(size)
        fcntl.ioctl(self._fd, request(_READ, number, size), answer, True)
        return bytes(answer)

    def _text(self, number: int) -> str:
        try:
            return self._ask(number, 256).split(b"\0", 1)[0].decode("utf-8", "replace")
        except OSError:  # a device without phys or uniq says ENOENT
            return ""


class SocketSource:
    """A twin's Unix socket of whole messages: `E` and events' bytes, or `R`, an errno and the answer to a request.

    Raises OSError when nobody is there.
    """

    def __init__(self, path: str) -> None:
        self._events = bytearray()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET | socket.SOCK_CLOEXEC)
        try:
            with short(path) as name:
                self._socket.connect(name)
        except OSError:
            self._socket.close()
            raise

    def read(self, timeout: float) -> bytes:
        if not self._events:
            self._hear(timeout)
        data, self._events = bytes(self._events), bytearray()
        return data

    def grab(self) -> None:
        self._ask(b"grab")

    def keys_down(self) -> frozenset[int]:
        return bits(self._ask(b"keys"))

    def switches(self) -> frozenset[int] | None:
        answer = self._ask(b"switches")
        return bits(answer) if answer else None

    def close(self) -> None:
        self._socket.close()

    def _hear(self, timeout: float) -> bytes | None:
        """One message: events are kept; the answer to a request is given back. None when nothing came."""
        self._socket.settimeout(max(0.0, timeout))
        try:
            message = self._socket.recv(1 << 16)
        except (TimeoutError, BlockingIOError):
            return None
        if not message:
            raise OSError(errno.ENODEV, "gone")
        if message[:1] == b"R":
            return message[1:]
        self._events += message[1:]
        return None

    def _ask(self, what: bytes) -> bytes:
        self._socket.settimeout(_REPLY_WITHIN)
        self._socket.send(what)
        for _ in range(1000):
            answer = self._hear(_REPLY_WITHIN)
            if answer:
                if answer[0]:
                    raise OSError(answer[0], os.strerror(answer[0]))
                return answer[1:]
        raise OSError(errno.ETIMEDOUT, "no answer")


@contextlib.contextmanager
def short(path: str) -> Generator[str]:
    """A name for `path` that fits into a socket's address, which holds 107 bytes only."""
    folder, _, name = path.rpartition("/")
    handle = os.open(folder or "/", os.O_PATH | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{handle}/{name}"
    finally:
        os.close(handle)


def open_source(address: InputAddress) -> Source:
    """The device that the address means, by its identity where it has one. Raises OSError when it is not there."""
    from drivers.inputs.find import locate

    if address.scheme == SOCKET:
        return SocketSource(address.path)
    path = locate(address)
    if path is None:
        raise FileNotFoundError(errno.ENOENT, "no such input device")
    return KernelSource(path)
