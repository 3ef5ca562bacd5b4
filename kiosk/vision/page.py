"""Finding the sheet on the tray."""

from __future__ import annotations

from kiosk.vision.types import Finding, Image, PageFinding


def find_page(image: Image) -> PageFinding:
    """The sheet on a BGR or grey picture: PAGE with corners, CUT_OFF with the side over which it leaves, or NONE."""
    return PageFinding(None, Finding.NONE)
