"""Input devices without hardware, for twins: a Unix socket that gives the bytes of a kernel's device, or uinput.

The socket speaks what :class:`drivers.inputs.source.SocketSource` says. Like the kernel it gives events to everybody
who listens, or, once one of them has grabbed it, to that one only; a second grab is refused with EBUSY. The true device
is made through /dev/uinput with python3-evdev, where both are there.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import selectors
import socket
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from drivers.inputs.address import KERNEL, SOCKET, Identity, InputAddress, url_of
from drivers.inputs.codes import HIGHEST
from drivers.inputs.events import (
    EV_KEY,
    EV_SW,
    EV_SYN,
    PRESSED,
    RELEASED,
    SW_HEADPHONE_INSERT,
    SYN_DROPPED,
    SYN_REPORT,
    Event,
    bitmap,
    pack,
)
from drivers.inputs.source import short

_TWIN = Identity(0x1209, 0x0001, "CONTOH-1")  # 1209:0001 is set aside for tests (pid.codes)


class Plug(Protocol):
    """A virtual input device that can be plugged in and out."""

    @property
    def address(self) -> str:
        """Where a driver finds it."""
        ...

    def put_in(self, port: str = "1") -> None:
        """Appear in that socket, unless it is there already."""
        ...

    def pull(self) -> None:
        """Vanish: whoever reads gets an error."""
        ...

    def send(self, events: Sequence[Event]) -> None:
        """Give these events to who listens; a kernel's device stamps them itself."""
        ...

    def tend(self) -> None:
        """Serve who has come meanwhile; to be called often."""
        ...


class SocketPlug:
    """A device in `folder`: its sockets `event1`, `event2` …, and `device`, the name that stays the same."""

    def __init__(self, folder: Path, switches: Iterable[int] | None = None) -> None:
        self._link = folder / "device"
        self._folder = folder
        self._here: Path | None = None
        self._selector = selectors.DefaultSelector()
        self._server: socket.socket | None = None
        self._clients: list[socket.socket] = []
        self._owner: socket.socket | None = None
        #: When somebody took it last, monotonic seconds.
        self.taken = 0.0
        self._behind: set[socket.socket] = set()
        self._down: set[int] = set()
        self._has_switches = switches is not None
        self._switches = set(switches or ())

    @property
    def address(self) -> str:
        return url_of(InputAddress(str(self._link), SOCKET))

    def put_in(self, port: str = "1") -> None:
        place = self._folder / f"event{port}"
        if self._here == place:
            return
        self.pull()
        place.unlink(missing_ok=True)
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET | socket.SOCK_NONBLOCK)
        with short(str(place)) as name:
            self._server.bind(name)
        self._server.listen()
        self._selector.register(self._server, selectors.EVENT_READ)
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(place.name)
        self._here = place

    def pull(self) -> None:
        if self._here is None:
            return
        self._link.unlink(missing_ok=True)
        self._here.unlink(missing_ok=True)
        for client in list(self._clients):
            self._drop(client)
        if self._server is not None:
            self._selector.unregister(self._server)
            self._server.close()
        self._here, self._server = None, None
        self._down.clear()

    def send(self, events: Sequence[Event]) -> None:
        for event in events:
            self._note(event)
        hearers = [self._owner] if self._owner is not None else list(self._clients)
        for hearer in hearers:
            # like the kernel's buffer: who does not fetch in time loses events and is told so
            lost = [Event(EV_SYN, SYN_DROPPED, 0), Event(EV_SYN, SYN_REPORT, 0)] if hearer in self._behind else []
            try:
                hearer.send(b"E" + pack([*lost, *events]))
                self._behind.discard(hearer)
            except OSError:
                self._behind.add(hearer)

    def tend(self) -> None:
        for key, _ in self._selector.select(0):
            if key.fileobj is self._server and self._server is not None:
                with contextlib.suppress(OSError):
                    client, _ = self._server.accept()
                    client.setblocking(False)
                    self._clients.append(client)
                    self._selector.register(client, selectors.EVENT_READ)
            elif isinstance(key.fileobj, socket.socket):
                self._serve(key.fileobj)

    def fileno(self) -> int:
        """To wait for somebody who wants something."""
        return self._selector.fileno()

    def _serve(self, client: socket.socket) -> None:
        try:
            asked = client.recv(256)
            if not asked:
                raise OSError(errno.EPIPE, "left")
            client.send(b"R" + self._answer(client, asked))
        except OSError:
            self._drop(client)

    def _answer(self, client: socket.socket, asked: bytes) -> bytes:
        if asked == b"grab":
            if self._owner not in (None, client):
                return bytes([errno.EBUSY])
            self._owner, self.taken = client, time.monotonic()
            return b"\0"
        if asked == b"keys":
            return b"\0" + bitmap(self._down, HIGHEST // 8 + 1)
        if asked == b"switches":
            return b"\0" + (bitmap(self._switches, 4) if self._has_switches else b"")
        return bytes([errno.EINVAL])

    def _drop(self, client: socket.socket) -> None:
        if client not in self._clients:
            return
        self._selector.unregister(client)
        self._clients.remove(client)
        self._behind.discard(client)
        if self._owner is client:
            self._owner = None
        client.close()

    def _note(self, event: Event) -> None:
        if event.type == EV_KEY and event.value in (PRESSED, RELEASED):
            (self._down.add if event.value == PRESSED else self._down.discard)(event.code)
        elif event.type == EV_SW:
            (self._switches.add if event.value else self._switches.discard)(event.code)


class UinputPlug:
    """A true input device of this machine's kernel. Raises OSError where /dev/uinput is not there or not ours."""

    def __init__(self, name: str, keys: Iterable[int], jack: bool = False) -> None:
        self._name, self._keys, self._jack = name, sorted(keys), jack
        self._switches: set[int] = set()
        self._device: Any = None
        self.put_in()

    @property
    def address(self) -> str:
        path = str(self._device.device.path) if self._device is not None else "/dev/input/event-away"
        identity = Identity(_TWIN.vendor, _TWIN.product, "", f"{self._name}/input0")
        return url_of(InputAddress(path, KERNEL, identity))

    def put_in(self, port: str = "1") -> None:
        if self._device is not None:
            return
        evdev: Any = importlib.import_module("evdev")  # Debian's python3-evdev; there are no wheels of it
        kinds: dict[int, list[int]] = {EV_KEY: self._keys}
        if self._jack:
            kinds[EV_SW] = [SW_HEADPHONE_INSERT]
        self._device = evdev.UInput(
            kinds, name=self._name, vendor=_TWIN.vendor, product=_TWIN.product, phys=f"{self._name}/input0"
        )
        self.send([Event(EV_SW, code, 1) for code in sorted(self._switches)] + [Event(EV_SYN, SYN_REPORT, 0)])

    def pull(self) -> None:
        if self._device is not None:
            self._device.close()
        self._device = None

    def send(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.type == EV_SW:
                (self._switches.add if event.value else self._switches.discard)(event.code)
            if self._device is not None:
                self._device.write(event.type, event.code, event.value)

    def tend(self) -> None:
        """Nothing to do: the kernel serves."""
