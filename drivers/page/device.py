"""Opens a page printer by its address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit, urlunsplit

from drivers.page.classic import ClassicPrinter
from drivers.page.classicqueue import ClassicQueue
from drivers.page.found import PORTS
from drivers.page.printer import Printer
from drivers.page.queue import CupsQueue


def open(url: str) -> Printer | ClassicPrinter:
    """The printer at `ipp://host:port/path?queue=NAME&cups=SERVER`, or a classic queue, `cups://socket/NAME`.

    `queue` names the CUPS queue for printers that take no PDF (without it they cannot be used); `cups` is the print
    server, a socket's path or host:port (the system's own without it). `uuid` is the printer's own (printer-uuid): then
    no other is taken for it. `ports`: where it may come back, separated by commas (those of ipp-usb without it). A
    classic queue's address is that of drivers.page.classicqueue. Nothing is asked of the printer yet. ValueError when
    it is no address.
    """
    parts = urlsplit(url)
    if parts.scheme == "cups":
        return ClassicPrinter(ClassicQueue(url))
    asked = parse_qs(parts.query)
    queue = asked.get("queue", [""])[0]
    server = asked.get("cups", [""])[0]
    uri = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    ports = [int(port) for port in asked.get("ports", [""])[0].split(",") if port]
    return Printer(
        uri, CupsQueue(queue, uri, server) if queue else None, uuid=asked.get("uuid", [""])[0], ports=ports or PORTS
    )
