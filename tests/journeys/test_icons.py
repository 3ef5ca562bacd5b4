"""Every icon that a page may name is one that the screen has."""

from __future__ import annotations

from pathlib import Path

import kiosk
from kiosk.journeys import icons_used
from tests.journeys.walk import pack


def test_the_screen_has_every_icon() -> None:
    folder = Path(kiosk.__file__).parent / "ui" / "assets" / "icons"
    drawn = {path.stem for path in folder.glob("*.png")}
    assert icons_used(pack()) - drawn == set()
