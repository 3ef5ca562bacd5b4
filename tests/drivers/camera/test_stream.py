"""Network streams against a server that ends, falls silent, is slow, refuses, and sends nonsense."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from drivers.camera.device import DocumentCamera
from drivers.roles import Fault, Missing, Picture, Unknown
from tests.drivers.camera.seeds import small_jpeg
from tests.drivers.until import until

HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=f\r\n\r\n"


def part(body: bytes) -> bytes:
    return b"--f\r\nContent-Length: %d\r\n\r\n" % len(body) + body + b"\r\n"


class Server:
    """Does with every connection what it was told."""

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self._serve = serve
        self.asked = 0
        self.ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/x.mjpg"
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while not self.ended.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.asked += 1
            threading.Thread(target=self._one, args=(line,), daemon=True).start()

    def _one(self, line: socket.socket) -> None:
        with line:
            try:
                line.recv(4096)
                self._serve(line)
            except OSError:
                return

    def close(self) -> None:
        self.ended.set()
        self._listener.close()


@pytest.fixture
def camera() -> Iterator[Callable[[Callable[[socket.socket, threading.Event], None]], DocumentCamera]]:
    servers: list[Server] = []
    cameras: list[DocumentCamera] = []

    def make(serve: Callable[[socket.socket, threading.Event], None]) -> DocumentCamera:
        server = Server(lambda line: serve(line, server.ended))
        servers.append(server)
        cameras.append(DocumentCamera(server.url))
        return cameras[-1]

    yield make
    for made in cameras:
        made.close()
    for server in servers:
        server.close()


Make = Callable[[Callable[[socket.socket, threading.Event], None]], DocumentCamera]


def test_a_stream_that_ends_is_missing(camera: Make) -> None:
    made = camera(lambda line, _: line.sendall(HEAD + part(small_jpeg())))
    assert isinstance(made.frame(2.0), Picture)
    until(lambda: made.frame(0.5) == Missing())


def test_a_stream_that_stays_open_and_silent_is_unknown_and_its_thread_ends(camera: Make) -> None:
    def serve(line: socket.socket, ended: threading.Event) -> None:
        line.sendall(HEAD + part(small_jpeg()))
        ended.wait(20)

    before = set(threading.enumerate())
    made = camera(serve)
    assert isinstance(made.frame(2.0), Picture)
    mine = [thread for thread in threading.enumerate() if thread.name == "camera-feed" and thread not in before]
    assert len(mine) == 1
    assert isinstance(made.frame(0.1), Unknown)
    made.close()
    mine[0].join(2.0)  # less than the time after which it would give up by itself
    assert not mine[0].is_alive()


def test_a_picture_that_never_becomes_whole_is_unknown(camera: Make) -> None:
    def serve(line: socket.socket, ended: threading.Event) -> None:
        line.sendall(HEAD)
        for byte in part(small_jpeg()):
            line.sendall(bytes([byte]))
            if ended.wait(0.05):
                return

    assert isinstance(camera(serve).frame(0.3), Unknown)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.0 401 No\r\n\r\n", Fault("http-401")),
        (b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nhello", Fault("no-stream")),
        (b"garbage\r\n\r\n", Missing()),
        (b"", Missing()),
    ],
)
def test_what_is_no_stream_says_so(camera: Make, answer: bytes, status: object) -> None:
    assert camera(lambda line, _: line.sendall(answer)).frame(2.0) == status


def test_nonsense_between_pictures_is_passed_over(camera: Make) -> None:
    good = small_jpeg()
    bad = [b"\xff\xd8 no \xff\xd9", good[:-30], b""]

    def serve(line: socket.socket, ended: threading.Event) -> None:
        line.sendall(HEAD)
        while not ended.wait(0.01):
            for body in bad:
                line.sendall(part(body))
                ended.wait(0.005)
            line.sendall(b"--f\r\nContent-Length: 4000000000\r\n\r\n" + b"x" * 1000 + b"\r\n" + part(good))

    made = camera(serve)
    for _ in range(3):
        picture = made.frame(2.0)
        assert isinstance(picture, Picture) and picture.pixels.shape == (48, 64, 3)


def test_a_flood_is_read_as_it_comes_and_only_its_newest_picture_is_kept(camera: Make) -> None:
    sizes = [(16 * (1 + turn % 40), 16) for turn in range(400)]
    packed = {size: small_jpeg(*size) for size in set(sizes)}
    sent = threading.Event()

    def serve(line: socket.socket, ended: threading.Event) -> None:
        line.sendall(HEAD)
        for size in sizes:
            line.sendall(part(packed[size]))
        line.sendall(part(small_jpeg(96, 96)))
        sent.set()
        ended.wait(20)

    made = camera(serve)
    assert isinstance(made.frame(2.0), Picture)
    assert sent.wait(5)
    time.sleep(0.1)  # the last of it is read
    newest = made.frame(1.0)
    if isinstance(newest, Picture):  # unless the first that was given was the last one already
        assert newest.pixels.shape == (96, 96, 3)
    assert isinstance(made.frame(0.05), Unknown), "and none of the four hundred waits in a queue"
