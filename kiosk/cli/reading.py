"""The command that reads NIK and nomor KK from pictures."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from kiosk.cli.common import Commands, Record, each


def register(commands: Commands) -> None:
    """read-number."""
    text = "read NIK and nomor KK from pictures, each with what speaks against it"
    added = commands.add("read-number", _read_number, text)
    added.add_argument("files", nargs="+", type=Path, metavar="PICTURE")
    added.add_argument(
        "--region", action="append", default=[], metavar="CODE", help="one more district code of six digits to know"
    )


def _read_number(arguments: argparse.Namespace) -> int:
    from kiosk.forms.marks import marks
    from kiosk.vision.numbers.files import read_number_file

    known, today = _districts() | frozenset(arguments.region), datetime.now().astimezone().date()

    def answer(path: Path) -> Record:
        return read_number_file(path, lambda number: marks(number, today=today, known=known))

    return each(arguments.files, answer, arguments.json, _plain)


def _districts() -> frozenset[str]:
    """The bundled pack's district codes, six digits each."""
    from kiosk.catalog.load import Refused, bundled, load

    pack = load(bundled())
    if isinstance(pack, Refused):
        return frozenset()
    return frozenset(region.code.replace(".", "") for region in pack.regions if region.level == "kecamatan")


def _plain(record: Record) -> str:
    lines = [_line(one) for one in record["numbers"]]
    return "\n".join(lines) or f"{record['path']}: no number"


def _line(one: Record) -> str:
    """In fours, a question mark after each digit that is not sure, then the marks."""
    shown = "".join(
        f"{' ' if index and index % 4 == 0 else ''}{digit}{'?' if index in one['doubtful'] else ''}"
        for index, digit in enumerate(one["number"])
    )
    return f"{shown}  {', '.join(one['marks'])}".rstrip()
