"""`python -m drivers.discovery [list | rules | table] [--all]`: what is plugged in, or the table in another form.

`list` gives one JSON object a line. `--all` adds to rules and table the models of installed packages.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from drivers.discovery.catalog import catalog
from drivers.discovery.loopback import look
from drivers.discovery.models import MODELS
from drivers.discovery.rules import rules
from drivers.discovery.table import table


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 when an installed package's models could not be had, which standard error names."""
    parser = argparse.ArgumentParser(prog="python -m drivers.discovery", description="what is plugged in, and as what")
    parser.add_argument("what", nargs="?", choices=("list", "rules", "table"), default="list")
    parser.add_argument("--all", action="store_true", help="with the models of installed packages")
    chosen = parser.parse_args(arguments)
    if chosen.what != "list" and not chosen.all:
        print((rules if chosen.what == "rules" else table)(MODELS), end="")
        return 0
    known = catalog()
    for broken in known.broken:
        print(f"{broken.name}: left out ({broken.why})", file=sys.stderr)
    if chosen.what == "list":
        for each in look(known):
            what = {"vendor": each.identity.vendor, "product": each.identity.product, "port": each.port}
            print(json.dumps({"role": each.role, "address": each.address, "name": each.name} | what))
    else:
        print((rules if chosen.what == "rules" else table)(known.models), end="")
    return 1 if known.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
