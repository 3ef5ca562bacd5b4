"""SANE through `scanimage` in a process of its own.

A back-end is foreign code that talks to foreign hardware: it hangs, it crashes, it leaks, it talks without an end. A
process can be killed. Pages come through pipes (:mod:`drivers.scanner.batch`), so that none ever lies in a file.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LONGEST_ERROR = 2000  # characters of a back-end's words that are kept
LONGEST_ANSWER = 1 << 20  # bytes; what says more is not asked any further
_SLICE = 0.1  # seconds between two looks at whether somebody cancelled


@dataclass(frozen=True)
class Ran:
    """What a run gave: SANE's status as exit code, what it printed, the back-end's words."""

    code: int
    output: bytes
    words: str


@dataclass(frozen=True)
class Hung:
    """It did not end in time, or somebody stopped it, and was killed."""


@dataclass(frozen=True)
class NotInstalled:
    """There is no such program on this machine."""


@dataclass(frozen=True)
class NotStarted:
    """This machine would not start it: no memory, no handles or no room left."""


def never() -> bool:
    """Nobody stops it."""
    return False


def not_begun(program: str) -> NotInstalled | NotStarted:
    """Why the program did not begin. The error alone does not say: a folder of the search path that this user may not
    look into turns "there is none" into "not permitted" (execvp(3)).
    """
    return NotInstalled() if shutil.which(program) is None else NotStarted()


def run(
    arguments: Sequence[str],
    config: str,
    timeout: float,
    stopped: Callable[[], bool] = never,
    program: str = "scanimage",
) -> Ran | Hung | NotInstalled | NotStarted:
    """Run `scanimage` with SANE_CONFIG_DIR `config` (the system's own when empty), for at most `timeout` seconds.

    Of what it prints LONGEST_ANSWER bytes are taken; a run that prints more is ended.
    """
    try:
        process = subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(config),
            start_new_session=True,
        )
    except OSError:
        return not_begun(program)
    assert process.stdout is not None
    assert process.stderr is not None
    output, words = bytearray(), bytearray()
    pipes = {process.stdout.fileno(): (output, LONGEST_ANSWER), process.stderr.fileno(): (words, 2 * LONGEST_ERROR)}
    deadline = time.monotonic() + timeout
    try:
        while pipes and len(output) <= LONGEST_ANSWER:
            if stopped() or time.monotonic() >= deadline:
                return Hung()
            for pipe in select.select(list(pipes), [], [], min(_SLICE, max(0.0, deadline - time.monotonic())))[0]:
                piece = os.read(pipe, 1 << 16)
                kept, most = pipes[pipe]
                kept += piece
                if kept is words:
                    del words[:-most]
                if not piece:
                    del pipes[pipe]
        told = words.decode("utf-8", "replace")[-LONGEST_ERROR:]
        if len(output) > LONGEST_ANSWER:
            return Ran(-signal.SIGKILL, bytes(output[:LONGEST_ANSWER]), told)
        return Ran(process.wait(max(0.1, deadline - time.monotonic())), bytes(output), told)
    except subprocess.TimeoutExpired:
        return Hung()
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # and what it left behind
        process.wait()
        process.stdout.close()
        process.stderr.close()


def environment(config: str) -> dict[str, str]:
    """What a run's environment is: SANE_CONFIG_DIR is `config` unless that is empty."""
    # libsane prints what it hears from the scanner when asked to: never, whatever the caller's environment says
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SANE_DEBUG_")}
    return kept | ({"SANE_CONFIG_DIR": config} if config else {}) | {"LC_ALL": "C"}
