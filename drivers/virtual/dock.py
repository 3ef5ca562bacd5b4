"""The dock: a page in a browser beside the kiosk, to lay papers, pull cables and take paper out with the mouse.

`python -m drivers.virtual.dock DIR [--port N]` prints `{"endpoint": URL}`; :class:`Dock` serves it from a thread. It
only writes the world's text files and reads what the devices made: everything it does can be done with `echo` as well.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType
from typing import Self, cast
from urllib.parse import parse_qs, urlsplit

from drivers.virtual.board import Board
from drivers.virtual.serving import LoopbackServer, serve
from drivers.virtual.world import World

PAGE = Path(__file__).with_name("dock.html")

_LARGEST_BODY = 20_000


class Dock:
    """The page, served from a thread of this process while the context lasts. `port` 0 takes any free one."""

    def __init__(self, directory: Path, port: int = 0) -> None:
        self._server = _Server(Board(World(directory)), port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.2,), name="dock", daemon=True)

    @property
    def url(self) -> str:
        """Where the page is."""
        return self._server.url

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def board(self) -> Board:
        return cast("_Server", self.server).board

    def _ours(self) -> bool:
        """Refuse a page elsewhere that points a name at loopback: its Host or Origin is not ours."""
        ours = {f"127.0.0.1:{cast('_Server', self.server).server_port}"}
        ours |= {f"localhost:{cast('_Server', self.server).server_port}"}
        origin = self.headers.get("Origin")
        return self.headers.get("Host", "") in ours and (origin is None or urlsplit(origin).netloc in ours)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not self._ours():
            self._answer(403)
        elif path == "/":
            self._answer(200, PAGE.read_bytes(), "text/html; charset=utf-8")
        elif path == "/state":
            self._answer(200, json.dumps(self.board.state()).encode(), "application/json")
        elif path.startswith("/picture/"):
            picture = self.board.picture(path.removeprefix("/picture/"))
            self._answer(404 if picture is None else 200, picture or b"", "image/png")
        else:
            self._answer(404)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        if not self._ours() or length > _LARGEST_BODY:
            self._answer(403)
            return
        fields = parse_qs(self.rfile.read(length).decode("utf-8", "replace"), keep_blank_values=True)
        values = {key: entries[0] for key, entries in fields.items()}
        said = self.board.act(urlsplit(self.path).path.removeprefix("/do/"), values)
        self._answer(200, json.dumps({"said": said}).encode(), "application/json")

    def _answer(self, code: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the page asks every second."""


class _Server(LoopbackServer):
    def __init__(self, board: Board, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.board = board

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


def main(argv: list[str]) -> int:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.virtual.dock", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args(argv)
    server = _Server(Board(World(arguments.directory)), arguments.port)
    return serve(server, {"endpoint": server.url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
