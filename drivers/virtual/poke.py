"""`python -m drivers.virtual.poke DIR [ROLE VERB|KEY=VALUE …]`: do something to running twins, or see how they are.

`poke DIR ticket paper-out`, `poke DIR page jam=yes toner=low`; `poke DIR` prints every role's state,
`poke DIR ticket` one role's and its verbs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from drivers.virtual.script import VERBS, ScriptError, meaning
from drivers.virtual.world import DEFAULTS, World

_USAGE = "usage: python -m drivers.virtual.poke DIR [ROLE [VERB|KEY=VALUE ...]]\n"


def _state(world: World, role: str) -> str:
    return f"{role}: " + " ".join(f"{key}={value}" for key, value in world.state(role).items()) + "\n"


def main(argv: list[str]) -> int:
    """0 when it was done, 2 when there is nothing of that name."""
    if not argv or argv[0] in ("-h", "--help") or not Path(argv[0]).is_dir():
        sys.stderr.write(_USAGE)
        return 2
    world = World(Path(argv[0]))
    if len(argv) == 1:
        sys.stdout.writelines(_state(world, role) for role in DEFAULTS)
        return 0
    role, acts = argv[1], argv[2:]
    try:
        changes = [meaning(role, act)[role] for act in acts]
        if role not in DEFAULTS:
            raise ScriptError(f"no such role: {role} (expected {', '.join(DEFAULTS)})")
    except ScriptError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    for values in changes:
        world.set(role, **values)
    sys.stdout.write(_state(world, role))
    if not acts:
        sys.stdout.write(f"verbs: {' '.join(VERBS.get(role, {}))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
