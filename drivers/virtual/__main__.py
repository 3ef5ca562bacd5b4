"""`python -m drivers.virtual DIR`: start every twin, write DIR/endpoints.json, run until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from drivers.virtual.start import start


def main(argv: list[str]) -> int:
    """Run until told to stop; the endpoints are also printed as one JSON line when everything is ready."""
    parser = argparse.ArgumentParser(prog="python -m drivers.virtual", description=__doc__)
    parser.add_argument("directory", type=Path)
    directory: Path = parser.parse_args(argv).directory
    # handled before the twins start, so that a signal during the start is kept; not blocked, which they would inherit
    ended = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with start(directory) as virtual:
        text = json.dumps(virtual.endpoints)
        (directory / "endpoints.json").write_text(text + "\n", encoding="utf-8")
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
        ended.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
