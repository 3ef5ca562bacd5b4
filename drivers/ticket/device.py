"""The ticket printer as the rest sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from urllib.parse import urlsplit

from PIL import Image

from drivers.roles import SlipOutcome, Status
from drivers.ticket.driver import Driver
from drivers.ticket.heads import USUAL, head_at, head_of
from drivers.ticket.raster import bands
from drivers.ticket.spooled import SpooledDriver
from drivers.ticket.spooler import Spooler
from drivers.ticket.wire import connect


class Line(Protocol):
    """The way to one printer: its own wire (driver.py), or a print queue (spooled.py)."""

    def status(self) -> Status:
        """How it is."""
        ...

    def send(self, pieces: Iterable[bytes]) -> SlipOutcome:
        """Send a slip, once, and find out what became of it."""
        ...


class ThermalPrinter:
    """A TicketPrinter that speaks ESC/POS; `dots` is its head's width, one of drivers.ticket.heads."""

    def __init__(self, driver: Line, dots: int = USUAL.dots) -> None:
        self._driver = driver
        self._head = head_of(dots)

    @property
    def dots(self) -> int:
        """The head's width."""
        return self._head.dots

    @property
    def dpi(self) -> int:
        """The head's dots to the inch."""
        return self._head.dpi

    def status(self) -> Status:
        """How it is."""
        return self._driver.status()

    def print_slip(self, slip: Image.Image) -> SlipOutcome:
        """Burn one slip, once, and cut. ValueError, before anything is sent, when it is no slip for the head."""
        return self._driver.send(list(bands(slip, self._head.dots)))

    def close(self) -> None:
        """Nothing is open between slips."""


def open(url: str) -> ThermalPrinter:
    """The printer at `tcp://host:port?dots=576` or `serial:///dev/ttyUSB0?baud=115200&dots=384` or
    `usb:///dev/usb/lp0?dots=576`, or behind a print queue at `cups://socket/QUEUE?dots=384` (see spooler.py).

    Nothing is asked of it yet. Raises ValueError when the address is none, or names no head.
    """
    line = SpooledDriver(Spooler(url)) if urlsplit(url).scheme == "cups" else Driver(lambda: connect(url))
    return ThermalPrinter(line, head_at(url).dots)
