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
from drivers.roles import Fault, Missing, Picture, Unknown

PREVIEW = "/dev/v4l/by-id/usb-nothing-video-index0"


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
    camera = DocumentCamera(PREVIEW, server.still)
    picture = camera.still(5.0)
    assert isinstance(picture, Picture)
    assert picture.pixels.shape == (48, 64, 3) and abs(float(picture.pixels.mean()) - 90) < 3
    time.sleep(0.2)  # long enough for a second request, were there one
    assert server.asked == ["/bild.JPG?channel=1"]


def test_a_camera_that_refuses_says_how(server: Answerer) -> None:
    server.status = 503
    assert DocumentCamera(PREVIEW, server.still).still(5.0) == Fault("http-503")


@pytest.mark.parametrize("body", [b"", b"no picture at all", b"\xff\xd8\xff\xd9"])
def test_what_is_no_picture_is_unknown(server: Answerer, body: bytes) -> None:
    server.body = body
    assert isinstance(DocumentCamera(PREVIEW, server.still).still(5.0), Unknown)


def test_silence_is_unknown_within_the_bound(server: Answerer) -> None:
    server.silent.set()
    begun = time.monotonic()
    assert isinstance(DocumentCamera(PREVIEW, server.still).still(0.3), Unknown)
    assert time.monotonic() - begun < 2


def test_nobody_there_is_missing() -> None:
    assert DocumentCamera(PREVIEW, "http://127.0.0.1:9/x.jpg").still(5.0) == Missing()
