"""Which printing was begun, in a file that outlives the service: one act makes one copy at most, whoever asks again.

The file lies beside the sockets, in memory (`/run`), and holds nothing but random ids and outcomes, a line each:
`begun ID` before a byte leaves for the printer, `ended ID OUTCOME` after it, `failed ID` when nothing came of it and it
may be tried again. A line without its end means that the service died in between. After a power cut it is gone, and so
is everybody who might ask again; what was printed for good is the store's to know.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path

_log = logging.getLogger("prodesaku.devices")
MOST = 1000  # acts that are remembered
BEGUN = "begun"


class Acts:
    """What is known of each act. Without a `path`, or where it cannot be written, for this process's life only."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._last: dict[str, str] = {}
        if path is not None:
            self._read(path)

    def last(self, act: str) -> str:
        """Empty when it was never begun, or failed; BEGUN when its end is not known; else its outcome."""
        return self._last.get(act, "")

    def begin(self, act: str) -> None:
        """Before anything is sent."""
        self._last[act] = BEGUN
        self._write(f"begun {act}")
        while len(self._last) > MOST:
            del self._last[next(iter(self._last))]

    def end(self, act: str, outcome: str) -> None:
        """How it ended; an empty `outcome` means that nothing came of it."""
        if outcome:
            self._last[act] = outcome
            self._write(f"ended {act} {outcome}")
        else:
            self._last.pop(act, None)
            self._write(f"failed {act}")

    def _read(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            return
        for line in lines:
            match line.split():
                case ["begun", act]:
                    self._last[act] = BEGUN
                case ["ended", act, outcome]:
                    self._last[act] = outcome
                case ["failed", act]:
                    self._last.pop(act, None)
                case _:
                    continue
        kept = list(self._last.items())[-MOST:]
        self._last = dict(kept)
        with contextlib.suppress(OSError):  # the file stays short: rewritten at each start, whole or not at all
            fresh = path.with_suffix(".new")
            fresh.write_text("".join(_line(act, word) for act, word in kept), encoding="ascii")
            fresh.chmod(0o600)
            fresh.replace(path)

    def _write(self, line: str) -> None:
        if self._path is None:
            return
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.write(handle, f"{line}\n".encode("ascii"))
            finally:
                os.close(handle)
        except OSError as error:
            _log.warning("acts cannot be written down: %s", error.strerror)


def _line(act: str, word: str) -> str:
    return f"begun {act}\n" if word == BEGUN else f"ended {act} {word}\n"
