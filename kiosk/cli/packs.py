"""Commands about service packs."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.common import Commands, say


def register(commands: Commands) -> None:
    """pack."""
    pack = commands.add("pack", _pack, "service packs: flaws, or what is in one")
    pack.add_argument("what", choices=["lint", "show"])
    pack.add_argument("directory", type=Path, nargs="?", help="default: the bundled pack")


def _pack(arguments: argparse.Namespace) -> int:
    from kiosk.catalog import Refused, bundled, lint, load

    pack = load(arguments.directory or bundled())
    flaws = pack.flaws if isinstance(pack, Refused) else lint(pack)
    for flaw in flaws:
        say(
            {"path": flaw.file, "key": flaw.key, "error": flaw.what},
            arguments.json,
            lambda r: f"{r['path']}: {r['key']}: {r['error']}",
        )
    if isinstance(pack, Refused) or flaws:
        return 1
    for service in pack.services.values() if arguments.what == "show" else ():
        say(
            {"service": service.id, "title": service.title, "form": service.form},
            arguments.json,
            lambda r: f"{r['service']:16} {r['form']:8} {r['title']}",
        )
    return 0
