"""The code reader as the service uses it, and a code's bytes as text.

Every method blocks and is called in one worker thread.
"""

from __future__ import annotations

import threading

from drivers.reader import open as open_reader
from drivers.roles import CodeReader, Missing, Status


class Codes:
    """The code reader at `url`; an empty or malformed one is not there."""

    def __init__(self, url: str, reader: CodeReader | None = None) -> None:
        self._closed = threading.Event()
        self._reader = reader or _opened(url)

    def status(self) -> Status:
        """How the reader is."""
        return Missing() if self._reader is None else self._reader.status()

    def read(self, timeout: float) -> str | Missing | None:
        """The next code's text, None when there was none within `timeout` seconds, Missing at once or later."""
        if self._reader is None:
            self._closed.wait(timeout)  # a caller in a loop must not spin on a kiosk without a reader
            return Missing()
        read = self._reader.read(timeout)
        return text_of(read) if isinstance(read, bytes) else read

    def close(self) -> None:
        """Let the reader go. May be called twice."""
        self._closed.set()
        if self._reader is not None:
            self._reader.close()


def text_of(payload: bytes) -> str:
    """A code's bytes as text: UTF-8 where they are, else Latin-1, in which no byte is without a letter."""
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("latin-1")


def _opened(url: str) -> CodeReader | None:
    try:
        return open_reader(url) if url else None
    except ValueError:
        return None
