"""Virtual devices: every role's twin as a process of its own, speaking the real protocol of the real thing.

`start(directory)` is a context manager; see :mod:`drivers.virtual.start`. `python -m drivers.virtual DIR` does the same
until it is told to stop.

How to add a twin: write a module with a `main(argv: list[str]) -> int`, run as `python -m <module> DIR`, that prints
one JSON line `{"endpoint": "<url>"}` (further keys become further endpoints) on standard output when it is ready,
re-reads :class:`~drivers.virtual.world.World` while it acts, and ends on SIGTERM. Then name it in :data:`TWINS`.
"""

from drivers.virtual.start import TWINS, Twin, Virtual, start
from drivers.virtual.world import World

__all__ = ["TWINS", "Twin", "Virtual", "World", "start"]
