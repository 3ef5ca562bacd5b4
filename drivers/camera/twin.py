"""A document camera without hardware: MJPEG over HTTP, as network cameras serve it, of a paper on a tray.

`python -m drivers.camera.twin DIR [--seed N]` prints `{"endpoint": preview URL, "camera_still": still URL}`. It reads
`DIR/camera/world.txt` again before every frame: which paper lies there, what the lens is like, whether the cable is in.
With the cable out connections are closed, in the middle of a stream too. `frozen=yes` keeps the connection and sends
nothing more: a camera that hangs. Both pictures exist as `.mjpg`, a stream, and as `.jpg`, one picture a request.

A sensor delivers 13 megapixels at once; drawing and packing them takes a second or two here. So a paper is drawn as
soon as it lies there, and of every scene a few exposures are kept, each with a noise of its own.
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
LOOK_INTERVAL = 0.1  # seconds between two looks at the tray
EXPOSURES: dict[lens.Mode, int] = {"preview": 8, "still": 3}  # kept of one scene; as many as a reading tries in a row
QUALITY: dict[lens.Mode, int] = {"preview": 82, "still": 92}


class _Side:
    """One of the sensor's two modes: what it shows now, and the exposures made of that."""

    def __init__(self, mode: lens.Mode, seed: int) -> None:
        self.mode: lens.Mode = mode
        self.lock = threading.Lock()
        self.sensor = lens.Sensor(seed)
        self.key: object = None
        self.picture: lens.Pixels | None = None
        self.packed: list[bytes] = []
        self.turn = 0

    def next(self) -> bytes:
        """Another exposure of the picture, in turn."""
        if self.picture is not None:
            _, made = cv2.imencode(
                ".jpg", self.sensor.expose(self.picture), [cv2.IMWRITE_JPEG_QUALITY, QUALITY[self.mode]]
            )
            self.packed.append(made.tobytes())
            if len(self.packed) == EXPOSURES[self.mode]:
                self.picture = None  # 39 MB that nothing needs any more
            return self.packed[-1]
        self.turn = (self.turn + 1) % len(self.packed)
        return self.packed[self.turn]


class Scene:
    """Renders what lies before the camera; what was rendered is kept until something changes."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._seed = seed
        self._sides = {mode: _Side(mode, seed) for mode in EXPOSURES}

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
        side = self._sides[mode]
        with side.lock:
            self._look(side)
            return side.next()

    def ahead(self, ended: threading.Event) -> None:
        """Draw every paper as soon as it lies there, the preview first. Returns when `ended` is set."""
        while not ended.wait(LOOK_INTERVAL):
            for mode, side in self._sides.items():
                with side.lock:
                    if self._look(side) and (mode == "preview" or self._world.get("camera", "paper", "")):
                        side.next()

    def _look(self, side: _Side) -> bool:
        """Draw again what has changed; whether nothing is exposed of it yet."""
        state = self._world.state("camera")
        paper, kind = state.get("paper", ""), state.get("lens", "good")
        path = Path(paper) if paper else None
        stamp = path.stat().st_mtime_ns if path is not None and path.exists() else None
        # laying another paper down, or the same one again (`laid=2`), moves the hand and so the seed
        laid_times = state.get("laid", "0")
        seed = self._seed + (int(laid_times) if laid_times.isdigit() else 0)
        key = (paper, stamp, kind, seed)
        if side.key == key:
            return not side.packed
        laid = None
        if path is not None and stamp is not None:
            try:
                laid = lens.lay(path)
            except OSError:
                laid = None  # not written to its end yet: an empty tray until it is
        side.picture, side.packed, side.turn = lens.see(laid, kind, seed, side.mode), [], 0
        # a paper that is not there to its end is looked for again
        side.key = key if laid is not None or path is None else None
        return True


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
                self._one(scene, mode)
            else:
                self._stream(scene, mode)
        except OSError:
            self.close_connection = True  # the viewer has gone

    def _one(self, scene: Scene, mode: lens.Mode) -> None:
        while scene.frozen and scene.cable:
            time.sleep(PREVIEW_INTERVAL)
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
