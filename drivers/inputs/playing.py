"""What twins on an input device do alike: a command line, a plug, and looks at the world until SIGTERM."""

from __future__ import annotations

import argparse
import select
import signal
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from drivers.inputs.plug import SocketPlug, UinputPlug
from drivers.virtual.serving import announce
from drivers.virtual.world import World

LOOK = 0.02  # seconds between looks at the world

#: What a twin does at each look; made once, for its plug, its world and the folder in which it is shown things.
Begin = Callable[[SocketPlug | UinputPlug, World, Path], Callable[[], None]]


@dataclass(frozen=True)
class Part:
    """A twin's part: whose `role` it plays, `keys` and `jack` that it has, and what its address says of them."""

    role: str
    keys: Iterable[int]
    jack: bool = False
    query: str = ""


def play(argv: list[str], module: str, about: str | None, part: Part, begin: Begin) -> int:
    """Play the part until SIGTERM, as `python -m module DIR [--uinput]`; the exit code."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--uinput", action="store_true", help="make a true input device of this machine")
    options = parser.parse_args(argv)
    directory: Path = options.directory.absolute()
    inbox = directory / part.role / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    plug: SocketPlug | UinputPlug
    if options.uinput:
        plug = UinputPlug(f"prodesaku-{part.role}", part.keys, part.jack)
    else:
        plug = SocketPlug(directory / part.role, switches=() if part.jack else None)
    look = begin(plug, World(directory), inbox)
    plug.put_in()
    joint = ("&" if "?" in plug.address else "?") if part.query else ""
    announce({"endpoint": f"{plug.address}{joint}{part.query}"})
    while not ended.is_set():
        look()
        _pause(plug, ended)
    plug.pull()
    return 0


def _pause(plug: SocketPlug | UinputPlug, ended: threading.Event) -> None:
    """Wait for the next look at the world, and meanwhile answer at once who asks at the socket."""
    if isinstance(plug, SocketPlug):
        select.select([plug.fileno()], [], [], LOOK)
        plug.tend()
    else:
        ended.wait(LOOK)
