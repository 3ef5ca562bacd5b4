"""`python -m tests.guest PYTEST-ARGUMENTS…`: boots the guest, runs pytest inside it with these, shows what it said."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.guest.build import CannotBuild, build
from tests.guest.machine import Away, Machine


def main(arguments: list[str]) -> int:
    """Exit code of the pytest inside, or 2 when there was none."""
    with tempfile.TemporaryDirectory() as log:
        try:
            with Machine(build(), Path(log)) as machine:
                print(f"Linux {machine.kernel} after {machine.boot_seconds:.0f} s")
                result = machine.run(*(arguments or ["tests/guest/inside"]))
        except (Away, CannotBuild) as why:
            print(why, file=sys.stderr)
            return 2
    print(result["said"])
    return int(result["done"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
