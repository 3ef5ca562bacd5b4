"""A serial code reader without hardware: a pseudo-terminal at which codes arrive as a GM65 sends them.

`python -m drivers.reader.twin DIR` prints `{"endpoint": "serial:///DIR/reader/port?baud=9600"}`. A file put into
`DIR/reader/inbox/` is a code held before it: its bytes and a carriage return come out, and the file is gone. With
`cable=out` in `DIR/reader/world.txt` the terminal is closed and its name vanishes, as a USB port's does; `cut=N` pulls
the cable after N bytes of the next code.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
import tty
from pathlib import Path
from urllib.parse import quote

from drivers.virtual.serving import announce
from drivers.virtual.world import World

LOOK = 0.05  # seconds between looks at the world


class Plug:
    """The pseudo-terminal and its stable name, which is a link as udev would make it."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._ends: tuple[int, int] | None = None

    def put_in(self) -> None:
        """Appear."""
        if self._ends is not None:
            return
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        self._ends = ours, theirs
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))

    def pull(self) -> None:
        """Vanish: whoever reads gets an error."""
        if self._ends is None:
            return
        self._link.unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._ends = None

    def send(self, data: bytes) -> None:
        """Bytes out; what nobody fetches in time is lost, as on a wire."""
        if self._ends is None:
            return
        with contextlib.suppress(BlockingIOError):
            os.write(self._ends[0], data)

    def hear(self) -> None:
        """Take what was sent to the reader; this one obeys no commands."""
        if self._ends is not None:
            with contextlib.suppress(OSError):
                os.read(self._ends[0], 4096)


def main(argv: list[str]) -> int:
    """Read codes until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.reader.twin", description=__doc__)
    parser.add_argument("directory", type=Path)
    directory: Path = parser.parse_args(argv).directory.absolute()
    world = World(directory)
    inbox = directory / "reader" / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    plug = Plug(directory / "reader" / "port")
    plug.put_in()
    announce({"endpoint": f"serial://{quote(str(directory / 'reader' / 'port'))}?baud=9600"})
    while not ended.wait(LOOK):
        _look(world, inbox, plug)
    plug.pull()
    return 0


def _look(world: World, inbox: Path, plug: Plug) -> None:
    state = world.state("reader")
    if state.get("cable") == "out":
        plug.pull()
        return
    plug.put_in()
    plug.hear()
    for path in sorted(inbox.iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        code = path.read_bytes().rstrip(b"\r\n") + b"\r"
        path.unlink()
        cut = state.get("cut", "")
        if cut.isdigit():
            plug.send(code[: int(cut)])
            world.set("reader", cable="out", cut="")
            threading.Event().wait(LOOK)  # the wire is slower than the hand: the bytes are read before it vanishes
            plug.pull()
            return
        plug.send(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
