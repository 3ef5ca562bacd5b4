"""A camera that answers every request with one JPEG: asked once for a still, given up when it refuses or hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

import cv2
import numpy as np
import pytest

from drivers.camera.device import DocumentCamera
from drivers.roles import Missing, Unknown


class Answerer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.asked: list[str] = []
        self.status = 200
        self.silent = threading.Event()
        _, packed = cv2.imencode(".jpg", np.full((48, 64, 3), 90, np.uint8))
        self.body = packed.tobytes()

    @property
    def still(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/bild.JPG?channel=1"


class Request(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = cast("Answerer", self.server)
        server.asked.append(self.path)
        if server.silent.is_set():
            time.sleep(3)
            return
        self.send_response(server.status)
        self.end_headers()
        self.wfile.write(server.body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Answerer]:
    served = Answerer()
    threading.Thread(target=served.serve_forever, args=(0.02,), daemon=True).start()
    yield served
    served.shutdown()
    served.server_close()


def test_a_still_is_one_request(server: Answerer) -> None:
    camera = DocumentCamera("/dev/video7", server.still)
    picture = camera.still(5.0)
    assert isinstance(picture, np.ndarray)
    assert picture.shape == (48, 64, 3) and abs(float(picture.mean()) - 90) < 3
    time.sleep(0.2)  # long enough for a second request, were there one
    assert server.asked == ["/bild.JPG?channel=1"]


@pytest.mark.parametrize(("status", "body"), [(503, b"later"), (200, b""), (200, b"no picture at all")])
def test_what_is_no_picture_is_a_missing_camera(server: Answerer, status: int, body: bytes) -> None:
    server.status, server.body = status, body
    assert DocumentCamera("/dev/video7", server.still).still(5.0) == Missing()


def test_silence_is_unknown_within_the_bound(server: Answerer) -> None:
    server.silent.set()
    begun = time.monotonic()
    assert isinstance(DocumentCamera("/dev/video7", server.still).still(0.3), Unknown)
    assert time.monotonic() - begun < 2


def test_nobody_there_is_missing() -> None:
    assert DocumentCamera("/dev/video7", "http://127.0.0.1:9/x.jpg").still(5.0) == Missing()
