"""Camera and scanner as the service uses them. Every method blocks and is called in a worker thread of its own kind."""

from __future__ import annotations

from drivers.roles import Missing, Status
from kiosk.devices.values import DeviceFailure, Frame, PageCapture, Purpose, SheetReading


class Capture:
    """The camera and the document scanner with the vision that belongs to them.

    `preview_url` and `still_url` may be the same device; empty ones are not there. `scanner` is a device's name.
    """

    def __init__(self, preview_url: str, still_url: str, scanner: str) -> None:
        self._preview_url = preview_url
        self._still_url = still_url
        self._scanner = scanner

    def camera_status(self) -> Status:
        """How the camera is."""
        return Missing()

    def scanner_status(self) -> Status:
        """How the document scanner is."""
        return Missing()

    def frame(self, purpose: Purpose) -> Frame | DeviceFailure:
        """The next preview picture with what was found in it; called again and again while somebody watches."""
        return DeviceFailure("camera_missing")

    def stop_preview(self) -> None:
        """Nobody watches any more: let the camera rest."""

    def still(self) -> PageCapture | DeviceFailure:
        """One picture of the paper under the camera."""
        return DeviceFailure("camera_missing")

    def scan(self) -> PageCapture | DeviceFailure:
        """One page from the document scanner."""
        return DeviceFailure("scanner_missing")

    def read_sheet(self) -> SheetReading | DeviceFailure:
        """The codes on the sheet under the camera."""
        return DeviceFailure("camera_missing")

    def close(self) -> None:
        """Let camera and scanner go. May be called twice."""
