"""The service for what a configuration names.

Each driver's module is imported in its own lane, when its driver is made: the socket answers a moment after the start,
and a driver whose libraries are broken costs its own role only.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from drivers import roles
from kiosk.devices.acts import Acts
from kiosk.devices.printing import USUAL, Printing, SheetPrinter
from kiosk.devices.service import Service
from kiosk.devices.values import Head, PluggedDevice

if TYPE_CHECKING:
    from kiosk.devices.capture import Capture
    from kiosk.devices.codes import Codes


def build(devices: Mapping[str, str], acts: Path | None = None) -> Service:
    """The service for the addresses of [devices]: reader, camera_preview, camera_still, scanner, ticket, page, keypad.

    A role without an address is Missing; one whose address is none is at fault. `acts` is the file in which begun
    printing is written down.
    """
    ticket, page = devices.get("ticket", ""), devices.get("page", "") or devices.get("printer", "")
    preview, still = devices.get("camera_preview", ""), devices.get("camera_still", "")
    keypad = devices.get("keypad", "")
    return Service(
        Printing(
            (lambda: cast("roles.TicketPrinter", _open("ticket.device", ticket))) if ticket else None,
            (lambda: cast("SheetPrinter", _open("page.device", page))) if page else None,
            acts=Acts(acts),
            head=configured_head(ticket),
        ),
        camera=lambda: _capture(preview, still or preview, ""),
        scanner=lambda: _capture("", "", devices.get("scanner", "")),
        codes=lambda: _codes(devices.get("reader", "")),
        keypad=(lambda: cast("roles.KeyPad", _open("keypad", keypad))) if keypad else None,
        plugged=plugged,
    )


def _open(module: str, url: str) -> Any:
    return importlib.import_module(f"drivers.{module}").open(url)


def configured_head(url: str) -> Head:
    """The head that the address names. Where it names none that exists the role is at fault, and no slip is drawn."""
    from drivers.ticket.models import model_at  # a table; its driver is imported in its own lane

    try:
        head = model_at(url).head
    except ValueError:
        return USUAL
    return Head(head.dots, head.dpi)


def _capture(preview: str, still: str, scanner: str) -> Capture:
    from kiosk.devices.capture import Capture

    return Capture(preview, still, scanner)


def _codes(url: str) -> Codes:
    from kiosk.devices.codes import Codes

    return Codes(url)


def plugged() -> list[PluggedDevice]:
    """What is plugged into this machine; blocks while it looks. Empty where nothing can look."""
    try:
        found = importlib.import_module("drivers.discovery.loopback").look()
    except ImportError:
        return []
    return [_plugged(one) for one in found]


def _plugged(found: Any) -> PluggedDevice:
    def word(*names: str) -> str:
        return next((str(value) for name in names if (value := getattr(found, name, ""))), "")

    return PluggedDevice(word("role"), word("address", "url"), word("name", "model", "label"))
