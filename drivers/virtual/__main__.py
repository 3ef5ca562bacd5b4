"""`python -m drivers.virtual DIR [--script FILE]`: start every twin, write DIR/endpoints.json, run until told to stop.

A script (:mod:`drivers.virtual.script`) begins when everything is ready; SIGTERM and SIGINT end it all.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from drivers.virtual.script import parse, play
from drivers.virtual.start import start


def main(argv: list[str]) -> int:
    """Run until told to stop; the endpoints are also printed as one JSON line when everything is ready."""
    parser = argparse.ArgumentParser(prog="python -m drivers.virtual", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--script", type=Path, metavar="FILE", help="what is to happen to the twins, and when")
    options = parser.parse_args(argv)
    directory: Path = options.directory
    try:
        steps = parse("" if options.script is None else options.script.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        parser.error(f"{options.script}: {wrong}")
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
        play(steps, virtual.world, wait=ended.wait)
        ended.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
