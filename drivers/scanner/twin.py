"""A document scanner without hardware: eSCL (Mopria "AirPrint scanning") over HTTP, as network scanners speak it.

`python -m drivers.scanner.twin DIR` prints `{"endpoint": "airscan:e0:Kiosk?config=DIR/scanner/sane.d"}`, a device name
for SANE with the private configuration in which nothing is discovered and only this scanner is known. It reads
`DIR/scanner/world.txt` again at every request: `page` is the picture that lies in it (empty: none), `sheets=N` how many
such sheets a job finds in the feeder; `cable=out` hangs up on everybody, `jam=yes`, `cover=open`, `busy=yes` are said
in the protocol's own words, `slow=yes` never finishes, `cut=N` hangs up after N bytes of
a picture.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import cast

from PIL import Image

from drivers.virtual.serving import LoopbackServer, serve
from drivers.virtual.world import World

NAME = "Kiosk"
RESOLUTIONS = (100, 200, 300)
_A4_300 = (2480, 3508)  # eSCL counts in 1/300 inch
_XML = "text/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACES = 'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'


def capabilities() -> str:
    """The scanner's description: one feeder that pulls single sheets, colour JPEG, A4."""
    resolutions = "".join(
        "<scan:DiscreteResolution>"
        f"<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>"
        "</scan:DiscreteResolution>"
        for dpi in RESOLUTIONS
    )
    source = (
        "<scan:MinWidth>16</scan:MinWidth><scan:MinHeight>16</scan:MinHeight>"
        f"<scan:MaxWidth>{_A4_300[0]}</scan:MaxWidth><scan:MaxHeight>{_A4_300[1]}</scan:MaxHeight>"
        "<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>"
        "<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats>"
        "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>"
        "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>"
        f"<scan:SupportedResolutions><scan:DiscreteResolutions>{resolutions}</scan:DiscreteResolutions>"
        "</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
    )
    return (
        f"{_HEAD}<scan:ScannerCapabilities {_SPACES}><pwg:Version>2.63</pwg:Version>"
        f"<pwg:MakeAndModel>Pro Desaku Virtual Scanner</pwg:MakeAndModel><pwg:SerialNumber>0</pwg:SerialNumber>"
        f"<scan:Adf><scan:AdfSimplexInputCaps>{source}</scan:AdfSimplexInputCaps>"
        "<scan:FeederCapacity>1</scan:FeederCapacity></scan:Adf></scan:ScannerCapabilities>"
    )


class Scanner:
    """The state between requests: at most one job, and whether its page was fetched."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.Lock()
        self._jobs: dict[str, int] = {}
        self._fetched: dict[str, int] = {}

    @property
    def state(self) -> dict[str, str]:
        """What the world says just now."""
        return self._world.state("scanner")

    def status(self) -> str:
        """ScannerStatus: state and the feeder's state."""
        state = self.state
        feeder = "ScannerAdfLoaded" if state.get("page") else "ScannerAdfEmpty"
        if state.get("cover") == "open":
            feeder = "ScannerAdfDoorOpen"
        if state.get("jam") == "yes":
            feeder = "ScannerAdfJam"
        word = "Processing" if state.get("busy") == "yes" else "Idle"
        return (
            f"{_HEAD}<scan:ScannerStatus {_SPACES}><pwg:Version>2.63</pwg:Version><pwg:State>{word}</pwg:State>"
            f"<scan:AdfState>{feeder}</scan:AdfState></scan:ScannerStatus>"
        )

    def begin(self, settings: str) -> str | None:
        """A new job's path, or None where a scanner would refuse."""
        state = self.state
        if state.get("busy") == "yes" or state.get("jam") == "yes" or state.get("cover") == "open":
            return None
        if not state.get("page"):
            return None
        asked = re.search(r"XResolution>\s*(\d+)", settings)
        dpi = int(asked.group(1)) if asked else 300
        with self._lock:
            job = str(uuid.uuid4())
            self._jobs[job] = dpi if dpi in RESOLUTIONS else 300
        return f"/eSCL/ScanJobs/{job}"

    def page(self, job: str) -> bytes | None:
        """The next page of a job as JPEG; None when there is no more."""
        with self._lock:
            sheets = max(1, int(re.sub(r"\D", "", self.state.get("sheets", "")) or "1"))
            if job not in self._jobs or self._fetched.get(job, 0) >= sheets:
                return None
            self._fetched[job] = self._fetched.get(job, 0) + 1
            dpi = self._jobs[job]
        path = self.state.get("page", "")
        if not path:
            return None
        try:
            return _as_scanned(Path(path), dpi)
        except OSError:
            return None

    def cancel(self, job: str) -> bool:
        """Forget a job."""
        with self._lock:
            return self._jobs.pop(job, None) is not None


def _as_scanned(path: Path, dpi: int) -> bytes:
    """The picture as an A4 glass sees it: its own size from the file's resolution, grey lid around it."""
    with Image.open(path) as file:
        said = float(file.info.get("dpi", (0.0, 0.0))[0])
        picture = file.convert("RGB")
    glass = (round(_A4_300[0] * dpi / 300), round(_A4_300[1] * dpi / 300))
    scale = dpi / said if said >= 60 else min(glass[0] / picture.width, glass[1] / picture.height)
    if picture.width * scale > glass[0] * 1.02:  # landscape: a person turns it
        picture = picture.rotate(90, expand=True)
    scale = min(scale, glass[0] / picture.width, glass[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    sheet = Image.new("RGB", glass, (214, 214, 212))
    sheet.paste(picture.resize(size, Image.Resampling.LANCZOS), (0, 0))
    packed = io.BytesIO()
    sheet.save(packed, "JPEG", quality=92, dpi=(dpi, dpi))
    return packed.getvalue()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def scanner(self) -> Scanner:
        return cast("_Server", self.server).scanner

    def do_GET(self) -> None:
        state = self.scanner.state
        if state.get("cable") == "out":
            self.close_connection = True
            return
        if self.path == "/eSCL/ScannerCapabilities":
            self._answer(200, capabilities().encode(), _XML)
        elif self.path == "/eSCL/ScannerStatus":
            self._answer(200, self.scanner.status().encode(), _XML)
        elif self.path.endswith("/NextDocument"):
            while self.scanner.state.get("slow") == "yes":
                time.sleep(0.1)
            page = self.scanner.page(self.path.split("/")[-2])
            if page is None:
                self._answer(404)
            else:
                cut = self.scanner.state.get("cut", "")
                self._answer(200, page, "image/jpeg", sent=int(cut) if cut.isdecimal() else None)
        else:
            self._answer(404)

    def do_POST(self) -> None:
        settings = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode("utf-8", "replace")
        if self.scanner.state.get("cable") == "out":
            self.close_connection = True
            return
        place = self.scanner.begin(settings)
        if place is None:
            self._answer(503 if self.scanner.state.get("busy") == "yes" else 409)
            return
        self._answer(201, location=place)

    def do_DELETE(self) -> None:
        self._answer(200 if self.scanner.cancel(self.path.split("/")[-1]) else 404)

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
    def __init__(self, scanner: Scanner) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scanner = scanner


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
    server = _Server(Scanner(World(directory)))
    folder = configure(directory.absolute(), f"http://127.0.0.1:{server.server_port}/eSCL")
    return serve(server, {"endpoint": f"airscan:e0:{NAME}?config={folder}"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
