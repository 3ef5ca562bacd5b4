"""A document scanner without hardware: eSCL (Mopria "AirPrint scanning") over HTTP, as network scanners speak it.

`python -m drivers.scanner.twin DIR` prints `{"endpoint": "airscan:e0:Kiosk?config=DIR/scanner/sane.d"}`, a device name
for SANE with the private configuration in which nothing is discovered and only this scanner is known. It reads
`DIR/scanner/world.txt` again at every request.

| key | what |
|---|---|
| `page=` path | the picture of the paper in it; empty: none |
| `place=glass, feeder` | where that paper lies |
| `sheets=` count | how many such sheets lie in the feeder; it counts down. Unset: each job finds one |
| `pace=` | seconds that a sheet takes to go through the feeder; none unless said |
| `sources=` | what the scanner has: `flatbed,feeder,duplex` unless said |
| `cover=open`, `jam=yes` | of the feeder, said in the protocol's own words; the glass goes on |
| `busy=yes` | somebody else scans |
| `lamp=cold` | the next job finds it `warming` and must wait until it is `warm`: `warm_up=` seconds, 2 unless said |
| `garbage=yes` | capabilities and status are nonsense |
| `slow=yes` | a page never comes |
| `cut=` bytes | after so many bytes of a picture the line goes |
| `cable=out` | it hangs up on everybody |
"""

from __future__ import annotations

import argparse
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import cast

from drivers.scanner import escl
from drivers.scanner.scene import No, Scene
from drivers.virtual.serving import LoopbackServer, serve
from drivers.virtual.world import World

NAME = "Kiosk"
_XML = "text/xml"
_LONGEST = 1 << 16  # bytes of a job's settings
_GARBAGE = b"\x00\xff<scan:Scan\xc3\x28nerCapabilities>" * 40


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def scene(self) -> Scene:
        return cast("_Server", self.server).scene

    def do_GET(self) -> None:
        state = self.scene.state
        if state.get("cable") == "out":
            self.close_connection = True
            return
        garbage = state.get("garbage") == "yes"
        if self.path == "/eSCL/ScannerCapabilities":
            self._answer(200, _GARBAGE if garbage else escl.capabilities(self.scene.sources).encode(), _XML)
        elif self.path == "/eSCL/ScannerStatus":
            self._answer(200, _GARBAGE if garbage else self.scene.status().encode(), _XML)
        elif self.path.endswith("/NextDocument"):
            while self.scene.state.get("slow") == "yes":
                time.sleep(0.1)
            time.sleep(self.scene.pace)
            page = self.scene.page(self.path.split("/")[-2])
            if isinstance(page, No):
                self._answer(page.code)
            else:
                cut = self.scene.state.get("cut", "")
                self._answer(200, page, "image/jpeg", sent=int(cut) if cut.isdecimal() else None)
        else:
            self._answer(404)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        text = self.rfile.read(min(_LONGEST, int(length) if length.isdecimal() else 0)).decode("utf-8", "replace")
        if self.scene.state.get("cable") == "out":
            self.close_connection = True
            return
        job = self.scene.begin(escl.settings(text))
        if isinstance(job, No):
            self._answer(job.code)
        else:
            self._answer(201, location=f"/eSCL/ScanJobs/{job}")

    def do_DELETE(self) -> None:
        self._answer(200 if self.scene.cancel(self.path.split("/")[-1]) else 404)

    def _answer(
        self, code: int, body: bytes = b"", kind: str = "", location: str = "", sent: int | None = None
    ) -> None:
        self.send_response(code)
        if location:
            host = self.headers.get("Host", "127.0.0.1")
            self.send_header("Location", f"http://{host}{location}")
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body[:sent])
            self.close_connection = self.close_connection or sent is not None
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a line a request helps nobody."""


class _Server(LoopbackServer):
    def __init__(self, scene: Scene) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scene = scene


def configure(directory: Path, url: str) -> Path:
    """Write SANE's private configuration: the airscan back-end alone, discovery off, this one scanner."""
    folder = directory / "scanner" / "sane.d"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("airscan\n", encoding="ascii")
    (folder / "airscan.conf").write_text(
        f"[devices]\n{NAME} = {url}, eSCL\n\n[options]\ndiscovery = disable\nmodel = hardware\nws-discovery = off\n",
        encoding="ascii",
    )
    return folder


def main(argv: list[str]) -> int:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.scanner.twin", description=__doc__)
    parser.add_argument("directory", type=Path)
    directory: Path = parser.parse_args(argv).directory
    server = _Server(Scene(World(directory)))
    folder = configure(directory.absolute(), f"http://127.0.0.1:{server.server_port}/eSCL")
    return serve(server, {"endpoint": f"airscan:e0:{NAME}?config={folder}"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
