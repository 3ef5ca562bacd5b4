"""Opens a page printer by its address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit, urlunsplit

from drivers.page.printer import Printer
from drivers.page.queue import CupsQueue


def open(url: str) -> Printer:
    """The printer at `ipp://host:port/path?queue=NAME&cups=SERVER`.

    `queue` names the CUPS queue for printers that take no PDF (without it they cannot be used); `cups` is the print
    server, a socket's path or host:port (the system's own without it). Nothing is asked of the printer yet.
    """
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    queue = asked.get("queue", [""])[0]
    server = asked.get("cups", [""])[0]
    uri = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    return Printer(uri, CupsQueue(queue, uri, server) if queue else None)
