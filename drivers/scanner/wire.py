"""SANE through `scanimage` in a process of its own.

A back-end is foreign code that talks to foreign hardware: it hangs, it crashes, it leaks. A process can be killed. The
picture comes through a pipe, so that no page ever lies in a temporary file.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_ERROR = 2000  # characters of a back-end's words that are kept


@dataclass(frozen=True)
class Ran:
    """What a run gave: SANE's status as exit code, the picture, the back-end's words."""

    code: int
    output: bytes
    words: str


@dataclass(frozen=True)
class Hung:
    """It did not end in time and was killed."""


@dataclass(frozen=True)
class NotInstalled:
    """There is no such program on this machine."""


def run(arguments: Sequence[str], config: str, timeout: float, program: str = "scanimage") -> Ran | Hung | NotInstalled:
    """Run `scanimage` with SANE_CONFIG_DIR `config` (the system's own when empty), for at most `timeout` seconds."""
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
        return NotInstalled()
    try:
        output, errors = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return Hung()
    return Ran(process.returncode, output, errors.decode("utf-8", "replace")[-LONGEST_ERROR:])


def environment(config: str) -> dict[str, str]:
    """What a run's environment is: SANE_CONFIG_DIR is `config` unless that is empty."""
    # libsane prints what it hears from the scanner when asked to: never, whatever the caller's environment says
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SANE_DEBUG_")}
    return kept | ({"SANE_CONFIG_DIR": config} if config else {}) | {"LC_ALL": "C"}
