"""What the shell needs of a screen. `kiosk.ui` is one; a test's recorder is another."""

from __future__ import annotations

from typing import Protocol

from kiosk.journeys.pages import View


class Screen(Protocol):
    """All calls come from the shell's thread and return at once."""

    def show(self, view: View) -> None:
        """Draw this view."""
        ...

    def frame(self, width: int, height: int, rgb: bytes) -> None:
        """Put this camera frame (8-bit RGB, top row first) into the page that shows the camera."""
        ...

    def key(self, word: str) -> None:
        """A key of the pad: yes no back up down help or a digit. Which target it presses the screen knows."""
        ...
