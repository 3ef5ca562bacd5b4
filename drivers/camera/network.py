"""Cameras on the network: a stream of JPEGs (multipart/x-mixed-replace), or one JPEG a request.

Read by a client of our own and not by FFmpeg, which keeps pictures in a queue, shows a 13 MP stream only after it has
probed several whole ones, and cannot tell a camera that went silent from one that hung up.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from drivers.camera import jpeg
from drivers.camera.multipart import Parts, boundary_of
from drivers.camera.source import Broken, Shot
from drivers.roles import Fault

CONNECT_TIMEOUT = 8.0  # seconds; also for a whole single picture's next bytes
SILENCE = 4.0  # seconds without a byte of a stream
SNAPSHOT_INTERVAL = 1 / 15  # seconds between two requests for single pictures, at least
_BUFFER = 256 << 10  # bytes that the kernel keeps for us: a few pictures, so that they cannot grow old there
_PIECE = 1 << 20


class StreamSource:
    """A stream; of pictures that came in one go only the newest is given."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ended = threading.Event()
        self._connection, self._path = _connect(url)
        self._connection.connect()
        self._socket: socket.socket = self._connection.sock
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        try:
            self._connection.request("GET", self._path, headers={"Accept": "multipart/x-mixed-replace, image/jpeg"})
            self._answer = self._connection.getresponse()
            boundary = boundary_of(self._answer.headers.get("Content-Type", ""))
            if self._answer.status != 200:
                raise Broken(f"http-{self._answer.status}")
            if boundary is None:
                raise Broken("no-stream")
        except BaseException:
            self._connection.close()
            raise
        self._parts = Parts(boundary)
        with contextlib.suppress(OSError):  # closed already, then reading says so
            self._socket.settimeout(SILENCE)

    def read(self) -> Shot | None:
        while not self._ended.is_set():
            piece = self._answer.read1(_PIECE)
            if not piece:
                return None
            whole = self._parts.feed(piece)
            if whole:
                return Shot(self._clock(), packed=whole[-1])
        return None

    def hold(self) -> None:
        """A network camera minds its own exposure."""

    def interrupt(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        self._answer.close()
        self._connection.close()


class SnapshotSource:
    """A camera that answers every request with one JPEG: it is here after one exchange."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url, self._clock = url, clock
        self._ended = threading.Event()
        self._connection: http.client.HTTPConnection | None = None
        self._asked = -1e9

    def read(self) -> Shot | None:
        self._ended.wait(max(0.0, self._asked + SNAPSHOT_INTERVAL - time.monotonic()))
        if self._ended.is_set():
            return None
        self._asked = time.monotonic()
        connection, path = _connect(self._url)
        self._connection = connection
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            if answer.status != 200:
                raise Broken(f"http-{answer.status}")
            packed = answer.read(jpeg.LONGEST + 1)
        finally:
            self._connection = None
            connection.close()
        return Shot(self._clock(), packed=packed)

    def hold(self) -> None:
        """A network camera minds its own exposure."""

    def interrupt(self) -> None:
        self._ended.set()
        connection = self._connection
        waiting = None if connection is None else connection.sock
        if waiting is not None:
            with contextlib.suppress(OSError):
                waiting.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        self._ended.set()


def answers(url: str, within: float) -> bool | Fault | None:
    """Whether there is a camera at `url`; None when it took the question and did not answer."""
    connection, path = _connect(url)
    connection.timeout = within
    try:
        connection.request("GET", path)
        status = connection.getresponse().status
        return True if status == 200 else Fault(f"http-{status}")
    except TimeoutError:
        return None
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connect(url: str) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return kind(parts.hostname or "", parts.port, timeout=CONNECT_TIMEOUT), path
