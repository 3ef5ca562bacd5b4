"""What somebody shows or presses, for the one who asked for it and for nobody else.

The newest listener gets the words; one who listened before waits silently and has them again when the newer one has
gone. So a technician may try the reader beside the running kiosk, no code goes to two, and nobody steals it back. A
word that nobody listens for is dropped: a ticket shown too early must not open later.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator


class _Listener:
    """The newest word that was not taken yet. One only: who reads too slowly misses words, and nothing grows."""

    def __init__(self) -> None:
        self.word = ""
        self.bell = asyncio.Event()


class Feed:
    """Codes of the reader, or keys of the pad."""

    def __init__(self) -> None:
        self._listeners: list[_Listener] = []

    def tell(self, word: str) -> None:
        """Give it to the newest listener."""
        if self._listeners:
            self._listeners[-1].word = word
            self._listeners[-1].bell.set()

    async def listen(self) -> AsyncGenerator[str, None]:
        """An empty word at once, for now somebody listens; then what is shown."""
        listener = _Listener()
        if self._listeners:
            self._listeners[-1].word = ""  # what it did not take before it was displaced is too old when it is back
        self._listeners.append(listener)
        try:
            yield ""
            while True:
                await listener.bell.wait()
                listener.bell.clear()
                word, listener.word = listener.word, ""
                if word:
                    yield word
        finally:
            self._listeners.remove(listener)
