"""A feeder's stack through one run of `scanimage --batch`, so that no sheet is fed between two jobs.

scanimage writes page N into `N.pnm.part` of a folder and renames it when it is whole. Here these names are pipes, as
many as pages are asked for, and the process may not write a byte into any file: pages only ever are in memory. A page
that nobody takes keeps the feeder waiting. A back-end that wants a file for its pages gives none: libsane's own `escl`
(1.2.1) is one, so driverless scanners are addressed through `airscan`, which Debian has beside it.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from drivers.scanner.pnm import LARGEST
from drivers.scanner.wire import LONGEST_ERROR, Hung, NotInstalled, NotStarted, Ran, environment, not_begun

_SLICE = 0.1  # seconds between two looks at whether somebody cancelled
_OBEYS_WITHIN = 3.0  # seconds for the back-end to cancel


class Batch:
    """One run for at most `pages` pages; the caller must close it."""

    def __init__(self, arguments: Sequence[str], config: str, pages: int, program: str = "scanimage") -> None:
        """Raises OSError when it cannot be started."""
        self._folder = Path(tempfile.mkdtemp(prefix="prodesaku-scan-"))
        self._words, self._next, self._pipe = b"", 1, -1
        try:
            for number in range(1, pages + 1):
                os.mkfifo(self._path(number), 0o600)
            options = [f"--batch={self._folder}/%d.pnm", f"--batch-count={pages}", "--format=pnm"]
            self._process = subprocess.Popen(
                [program, *arguments, *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment(config),
                start_new_session=True,
                restore_signals=False,  # a write that is not allowed is an error, not a signal that kills
            )
        except OSError:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        assert self._process.stderr is not None
        self._errors = self._process.stderr.fileno()
        os.set_blocking(self._errors, False)
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (0, 0))
        self._open_next()

    def page(self, timeout: float, stopped: Callable[[], bool]) -> bytes | Hung | None:
        """The next page's bytes, perhaps half of it; None when there is none or somebody stopped it. Bounded."""
        deadline = time.monotonic() + timeout
        data = bytearray()
        while not stopped() and len(data) <= LARGEST:
            if time.monotonic() >= deadline:
                return Hung()
            ended = self._process.poll() is not None
            ready, _, _ = select.select([self._pipe], [], [], 0 if ended else _SLICE)
            self._listen()
            piece = os.read(self._pipe, 1 << 20) if ready else b""
            data += piece
            if (ready or ended) and not piece:
                self._open_next()
                return bytes(data) if data else None
        return bytes(data) if len(data) > LARGEST else None

    @property
    def words(self) -> str:
        """What the back-end has said so far, the newest of it."""
        self._listen()
        return self._words.decode("utf-8", "replace")

    def end(self, timeout: float) -> Ran | Hung:
        """How the run ended, once it has given its last page."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return Hung()
        return Ran(code, b"", self.words)

    def close(self) -> bool:
        """End it: the back-end is asked to cancel, and killed when it does not. Whether it had to be killed."""
        killed = False
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            killed = not self._drained(time.monotonic() + _OBEYS_WITHIN)
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)  # and what it left behind
        self._process.wait()
        if self._process.stderr is not None:
            self._listen()
            self._process.stderr.close()
            self._errors = -1
        shutil.rmtree(self._folder, ignore_errors=True)
        return killed

    def _drained(self, deadline: float) -> bool:
        # a process that waits for its reader does not hear that it should end, so it is read from until it does
        while self._process.poll() is None and time.monotonic() < deadline:
            ready, _, _ = select.select([self._pipe] if self._pipe >= 0 else [], [], [], 0.02)
            if ready and not os.read(self._pipe, 1 << 20):
                self._open_next()
            self._listen()
        return self._process.poll() is not None

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.pnm.part"

    def _open_next(self) -> None:
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1
        with contextlib.suppress(FileNotFoundError):
            self._pipe = os.open(self._path(self._next), os.O_RDONLY | os.O_NONBLOCK)
        self._next += 1

    def _listen(self) -> None:
        if self._errors < 0:
            return
        with contextlib.suppress(BlockingIOError):
            self._words = (self._words + os.read(self._errors, 1 << 16))[-LONGEST_ERROR:]


def begin(
    arguments: Sequence[str], config: str, pages: int, program: str = "scanimage"
) -> Batch | NotInstalled | NotStarted:
    """Begin a run."""
    try:
        return Batch(arguments, config, pages, program)
    except OSError:
        return not_begun(program)
