"""The code reader as the service uses it. Every method blocks and is called in one worker thread."""

from __future__ import annotations

import time

from drivers.roles import Missing, Status


class Codes:
    """The code reader at `url`; an empty one is not there."""

    def __init__(self, url: str) -> None:
        self._url = url

    def status(self) -> Status:
        """How the reader is."""
        return Missing()

    def read(self, timeout: float) -> str | Missing | None:
        """The next code's text, None when there was none within `timeout` seconds, Missing at once or later."""
        time.sleep(timeout)
        return Missing()

    def close(self) -> None:
        """Let the reader go. May be called twice."""
