"""A code reader that types like a keyboard, without hardware.

`python -m drivers.reader.wedge_twin DIR` prints `{"endpoint": "evdev+unix://DIR/reader/device"}`; with `--uinput` it
makes a true input device of this machine. A file put into `DIR/reader/inbox/` is a code held before it: its bytes are
typed on a US keyboard, then Enter; no hand does that within 0.1 s of the reader's being taken by a program.
`DIR/reader/world.txt`:

| key | meaning |
|---|---|
| `cable=in, out` · `port=1, 2 …` | plugged in, and where |
| `cut=N` | the cable comes out after N bytes of the next code |
| `pace=N` | milliseconds from one character to the next; without it there are none, as in no true reader |
| `prefix=` · `suffix=` · `end=%0D` | what it types around each code, percent-encoded; `end=%09` is Tab |
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote_to_bytes

from drivers.inputs.events import stamped
from drivers.inputs.keymap import LAYOUT, typed
from drivers.inputs.playing import Part, play
from drivers.inputs.plug import SocketPlug, UinputPlug
from drivers.virtual.world import World

_MODIFIERS = (29, 42, 56)
HAND = 0.1  # seconds


def look(plug: SocketPlug | UinputPlug, world: World, inbox: Path) -> None:
    """Do what the world says just now."""
    state = world.state("reader")
    if state.get("cable") == "out":
        plug.pull()
        return
    plug.put_in(state.get("port") or "1")
    if isinstance(plug, SocketPlug) and time.monotonic() - plug.taken < HAND:
        return
    for path in sorted(inbox.iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        # the world as it was set before this code was shown
        state = world.state("reader")
        prefix, suffix, end = (unquote_to_bytes(state.get(key, "")) for key in ("prefix", "suffix", "end"))
        data = prefix + path.read_bytes().rstrip(b"\r\n") + suffix + (end or b"\r")
        path.unlink()
        if state.get("cut", "").isdigit():
            _type(plug, data[: int(state["cut"])], state)
            world.set("reader", cable="out", cut="")
            plug.pull()
            return
        _type(plug, data, state)


def _type(plug: SocketPlug | UinputPlug, data: bytes, state: Mapping[str, str]) -> None:
    pace = int(state["pace"]) / 1000 if state.get("pace", "").isdigit() else 0.0
    at_once = 1 if pace else 64
    for place in range(0, len(data), at_once):
        plug.send(stamped(typed(data[place : place + at_once]), time.monotonic()))
        if pace:
            plug.tend()  # somebody may take it in the middle of a code
            time.sleep(pace)


def main(argv: list[str]) -> int:
    """Type codes until SIGTERM."""

    def begin(plug: SocketPlug | UinputPlug, world: World, inbox: Path) -> Callable[[], None]:
        return lambda: look(plug, world, inbox)

    return play(argv, "drivers.reader.wedge_twin", __doc__, Part("reader", [*LAYOUT, *_MODIFIERS]), begin)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
