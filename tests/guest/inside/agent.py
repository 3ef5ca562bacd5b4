"""What runs in the guest: waits for the host to name a test file, runs pytest on it, gives back what came of it.

One line of JSON each way over a virtio port. While a file runs, its tests ask the host to do what hands do (see
`conftest.py`) over the same port. pytest and the slow imports are loaded once; each file runs in a fork.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

PORT = Path("/dev/virtio-ports/prodesaku")
OUT = Path("/tmp/out")


def main() -> None:
    """Serve until the machine is switched off."""
    while not PORT.exists():
        time.sleep(0.1)
    import cv2  # noqa: F401
    import numpy  # noqa: F401
    import PIL.Image  # noqa: F401
    import pytest  # noqa: F401
    import serial  # noqa: F401

    with PORT.open("r+b", buffering=0) as port:
        os.environ["PRODESAKU_GUEST_PORT"] = str(port.fileno())
        _say(port, {"ready": os.uname().release})
        while True:
            line = port.readline()
            if not line:  # nobody has the other end open
                time.sleep(0.1)
                continue
            _say(port, _run(json.loads(line)["run"]))


def _run(arguments: list[str]) -> dict[str, object]:
    report, said = OUT.with_suffix(".xml"), OUT.with_suffix(".txt")
    report.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _child(arguments, report, said)
    _, status = os.waitpid(child, 0)
    return {
        "done": os.waitstatus_to_exitcode(status),
        "cases": _cases(report) if report.exists() else [],
        "said": said.read_text(encoding="utf-8", errors="replace")[-20000:],
    }


def _child(arguments: list[str], report: Path, said: Path) -> None:
    import pytest

    code = 99
    with contextlib.suppress(BaseException):
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        try:
            code = int(pytest.main([*arguments, "-p", "no:cacheprovider", f"--junitxml={report}", "-rs"]))
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _cases(report: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for case in ElementTree.parse(report).iter("testcase"):
        ends = [(part.tag, f"{part.get('message') or ''}\n{part.text or ''}") for part in case]
        ends = [end for end in ends if end[0] in ("failure", "error", "skipped")] or [("passed", "")]
        found.append({"name": case.get("name"), "time": float(case.get("time", 0)), "end": ends[0]})
    return found


def _say(port: BinaryIO, what: dict[str, object]) -> None:
    port.write(json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    main()
