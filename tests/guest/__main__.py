"""`python -m tests.guest`: every test file inside the guest, one after the other, and how long each took.

With PYTEST-ARGUMENTS it runs pytest inside with these, once, and shows what that said.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.guest.build import CannotBuild, build
from tests.guest.machine import Away, Machine

INSIDE = Path(__file__).resolve().parent / "inside"


def every(machine: Machine) -> int:
    """Run all files; 1 when anything failed, or did not end in time."""
    worst, began = 0, time.monotonic()
    for path in sorted(INSIDE.glob("test_*.py")):
        at = time.monotonic()
        try:
            result = machine.run(f"tests/guest/inside/{path.name}")
        except Away as why:
            worst = 1
            print(f"{path.name}: {why}", flush=True)
            continue
        ends = Counter(end for case in result["cases"] for end, _ in [case["end"]])
        said = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
        print(f"{path.name}: {said or 'nothing'}, {time.monotonic() - at:.0f} s", flush=True)
        if result["done"]:
            worst = 1
            print(result["said"])
    print(f"all of it {time.monotonic() - began:.0f} s")
    return worst


def main(arguments: list[str]) -> int:
    """Exit code of the pytest inside, or 2 when there was none."""
    with tempfile.TemporaryDirectory() as log:
        try:
            with Machine(build(), Path(log)) as machine:
                print(f"Linux {machine.kernel} after {machine.boot_seconds:.0f} s", flush=True)
                if not arguments:
                    return every(machine)
                result = machine.run(*arguments)
        except (Away, CannotBuild) as why:
            print(why, file=sys.stderr)
            return 2
    print(result["said"])
    return int(result["done"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
