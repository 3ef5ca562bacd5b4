"""A document camera without hardware: MJPEG over HTTP, as network cameras serve it, of a paper on a tray.

`python -m drivers.camera.twin DIR [--seed N]` prints `{"endpoint": preview URL, "camera_still": still URL}`. It reads
`DIR/camera/world.txt` again before every frame: which paper lies there, what the lens is like, whether the cable is in.
With the cable out connections are closed, in the middle of a stream too. `frozen=yes` keeps the connection and sends
nothing more: a camera that hangs.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import cast

import cv2

from drivers.virtual import lens
from drivers.virtual.serving import LoopbackServer, serve
from drivers.virtual.world import World

PREVIEW_INTERVAL = 1 / 15
STILL_INTERVAL = 0.5


class Scene:
    """Renders what lies before the camera; the picture without noise is kept until something changes."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._seed = seed
        self._lock = threading.Lock()
        self._sensor = lens.Sensor(seed)
        self._kept: dict[str, tuple[object, lens.Pixels]] = {}

    @property
    def cable(self) -> bool:
        """Whether it is plugged in."""
        return self._world.get("camera", "cable", "in") != "out"

    @property
    def frozen(self) -> bool:
        """Whether it hangs."""
        return self._world.get("camera", "frozen", "no") == "yes"

    def jpeg(self, mode: lens.Mode) -> bytes:
        """One exposure as the camera sends it."""
        with self._lock:
            picture = self._sensor.expose(self._picture(mode))
        quality = 92 if mode == "still" else 82
        _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        return packed.tobytes()

    def _picture(self, mode: lens.Mode) -> lens.Pixels:
        state = self._world.state("camera")
        paper, kind = state.get("paper", ""), state.get("lens", "good")
        path = Path(paper) if paper else None
        stamp = path.stat().st_mtime_ns if path is not None and path.exists() else None
        # laying another paper down, or the same one again (`laid=2`), moves the hand and so the seed
        laid_times = state.get("laid", "0")
        seed = self._seed + (int(laid_times) if laid_times.isdigit() else 0)
        key = (paper, stamp, kind, seed)
        kept = self._kept.get(mode)
        if kept is not None and kept[0] == key:
            return kept[1]
        laid = None
        if path is not None and stamp is not None:
            try:
                laid = lens.lay(path)
            except OSError:
                laid = None  # not written to its end yet: an empty tray until it is
        picture = lens.see(laid, kind, seed, mode)
        if laid is not None or path is None:
            self._kept[mode] = (key, picture)
        return picture


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

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
                self._one(scene.jpeg(mode))
            else:
                self._stream(scene, mode)
        except OSError:
            self.close_connection = True  # the viewer has gone

    def _one(self, picture: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        self.wfile.write(picture)

    def _stream(self, scene: Scene, mode: lens.Mode) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        interval = STILL_INTERVAL if mode == "still" else PREVIEW_INTERVAL
        while scene.cable:
            begun = time.monotonic()
            if not scene.frozen:
                picture = scene.jpeg(mode)
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                self.wfile.write(head.encode() + picture + b"\r\n")
                self.wfile.flush()
            time.sleep(max(0.005, interval - (time.monotonic() - begun)))

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
    server = _Server(Scene(World(arguments.directory), arguments.seed))
    base = f"http://127.0.0.1:{server.server_port}"
    return serve(server, {"endpoint": f"{base}/preview.mjpg", "camera_still": f"{base}/still.mjpg"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
