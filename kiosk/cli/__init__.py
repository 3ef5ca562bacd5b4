"""`prodesaku …`: one thin command per job, one module a family of commands.

With --json a command writes one object a line on standard output and nothing else there; errors go to standard error.
Rooms are imported when their command runs, so that `prodesaku check-pdf` opens no window and no camera.
"""

from __future__ import annotations

import argparse
import os
import sys

from kiosk.cli import files, machine, packs, playing, reading, records
from kiosk.cli.common import Commands, Job

__all__ = ["main", "parser"]

FAMILIES = (playing, files, reading, machine, records, packs)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = parser().parse_args(argv)
    job: Job = arguments.job
    try:
        return job(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """What the command line understands."""
    whole = argparse.ArgumentParser(prog="prodesaku", description="Pro Desaku: the civil registry at the village hall")
    commands = Commands(whole.add_subparsers(required=True, metavar="COMMAND"))
    for family in FAMILIES:
        family.register(commands)
    return whole
