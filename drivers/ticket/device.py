"""The ticket printer as the rest sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from urllib.parse import urlsplit

from PIL import Image

from drivers.roles import SlipOutcome, Status
from drivers.ticket.driver import Driver
from drivers.ticket.heads import USUAL
from drivers.ticket.models import Model, model_at, usual
from drivers.ticket.raster import bands, tear
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
    """A TicketPrinter that speaks ESC/POS; see drivers.ticket.models. In place of a model the head's dots will do."""

    def __init__(self, driver: Line, model: Model | int = USUAL.dots) -> None:
        self._driver = driver
        self._model = usual(model) if isinstance(model, int) else model

    @property
    def dots(self) -> int:
        """The head's width."""
        return self._model.head.dots

    @property
    def dpi(self) -> int:
        """The head's dots to the inch."""
        return self._model.head.dpi

    def status(self) -> Status:
        """How it is."""
        return self._driver.status()

    def print_slip(self, slip: Image.Image) -> SlipOutcome:
        """Burn one slip, once, and cut. ValueError, before anything is sent, when it is no slip for the head."""
        return self._driver.send(list(bands(slip, self._model.head.dots, self._model.knife)))

    def close(self) -> None:
        """Nothing is open between slips."""


def open(url: str) -> ThermalPrinter:
    """The printer at `tcp://host:port?dots=576` or `serial:///dev/ttyUSB0?baud=115200&model=pos-58` or
    `usb:///dev/usb/lp0?model=tm-t88`, or behind a print queue at `cups://socket/QUEUE?dots=384` (see spooler.py).

    Nothing is asked of it yet. Raises ValueError when the address is none, or names no head or model.
    """
    model = model_at(url)
    if urlsplit(url).scheme == "cups":
        return ThermalPrinter(SpooledDriver(Spooler(url)), model)
    return ThermalPrinter(Driver(lambda: connect(url), answers=model.answers, tear=tear(model.knife)), model)
