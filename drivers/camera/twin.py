"""The virtual document camera: MJPEG over HTTP, as network cameras and the usual MJPEG bridges of USB ones serve it.

`python -m drivers.camera.twin DIR` prints `{"endpoint": preview URL, "camera_still": still URL}`. It reads
`DIR/camera/world.txt` again before every picture. Both pictures exist as `.mjpg`, a stream, and as `.jpg`, one picture
a request.

| key | what |
|---|---|
| `paper=` path | the picture of the paper on the tray; `laid=` a number: laid down anew |
| `film=` path | a film, or a folder of pictures, is played instead |
| `lens=good, bad, dark, glare, cut_off` | what becomes of it |
| `distance=` mm | from lens to paper; 420 is the tray, where the focus is |
| `lamp=on, off, cold` | `cold`: switched on just now, it takes eight seconds |
| `motion=yes`, `hand=yes` | the paper is pushed about; a hand comes and goes |
| `cable=out` | connections are closed, in the middle of a stream too |
| `stall=yes` | the connection is kept, and nothing more is sent |
| `freeze=yes` | the same picture again and again, bit for bit |
| `black=yes` | the lens cap is on |
| `garbage=yes` | no pictures but nonsense |
| `rate=` | pictures a second, 20 unless said |
| `stamp=yes` | a row of blocks says when a picture was exposed, see :func:`drivers.camera.scenery.read_stamp` |
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import cast

from drivers.camera.scene import Scene
from drivers.virtual import lens
from drivers.virtual.serving import LoopbackServer, serve
from drivers.virtual.world import World

STILL_INTERVAL = 0.5
_LATE = 0.5  # seconds behind; a stream whose reader was slow does not make up for it


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        scene = cast("_Server", self.server).scene
        if not scene.cable:
            self.close_connection = True
            return
        modes: dict[str, lens.Mode] = {"/preview": "preview", "/still": "still"}
        name, _, suffix = self.path.partition(".")
        mode = modes.get(name)
        if mode is None or suffix not in ("mjpg", "jpg"):
            self.send_error(404)
            return
        try:
            if suffix == "jpg":
                self._one(scene, mode)
            else:
                self._stream(scene, mode)
        except OSError:
            self.close_connection = True  # the viewer has gone

    def _one(self, scene: Scene, mode: lens.Mode) -> None:
        while scene.stalled and scene.cable:
            time.sleep(0.05)
        if not scene.cable:
            self.close_connection = True
            return
        picture = scene.jpeg(mode)
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        self.wfile.write(picture)

    def _stream(self, scene: Scene, mode: lens.Mode) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        due = time.monotonic()
        while scene.cable:
            if not scene.stalled:
                picture = scene.jpeg(mode)
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                self.wfile.write(head.encode() + picture + b"\r\n")
                self.wfile.flush()
            now = time.monotonic()
            due = max(due + (STILL_INTERVAL if mode == "still" else scene.interval), now - _LATE)
            time.sleep(max(0.0, due - now))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a line a frame helps nobody."""


class _Server(LoopbackServer):
    def __init__(self, scene: Scene) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scene = scene


def main(argv: list[str]) -> int:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.camera.twin", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args(argv)
    scene = Scene(World(arguments.directory), arguments.seed)
    server = _Server(scene)
    ended = threading.Event()
    threading.Thread(target=scene.ahead, args=(ended,), name="ahead", daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    try:
        return serve(server, {"endpoint": f"{base}/preview.mjpg", "camera_still": f"{base}/still.jpg"})
    finally:
        ended.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
