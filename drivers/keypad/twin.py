"""A keypad without hardware: three keys and a headphone socket.

`python -m drivers.keypad.twin DIR` prints `{"endpoint": "evdev+unix://DIR/keypad/device?map=…"}`; with `--uinput` it
makes a true input device of this machine, `evdev:///dev/input/event…`. It obeys `DIR/keypad/world.txt`:

| key | meaning |
|---|---|
| `key=yes, no, back` or empty | the key on which a finger lies just now; held, it repeats as a keyboard does |
| `jack=in, out` | headphones |
| `cable=in, out` · `port=1, 2 …` | plugged in, and where |
| `bounce=no, yes` | contacts tremble when a key is pressed and let go |

A file put into `DIR/keypad/inbox/` taps the keys that are named in it, one on each line.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from drivers.inputs.codes import CODES
from drivers.inputs.events import (
    EV_KEY,
    EV_SW,
    EV_SYN,
    PRESSED,
    RELEASED,
    REPEATED,
    SW_HEADPHONE_INSERT,
    SYN_REPORT,
    Event,
)
from drivers.inputs.playing import LOOK, Part, play
from drivers.inputs.plug import Plug
from drivers.virtual.world import World

TREMBLE = 0.005  # seconds between the changes of a trembling contact
HOLD = 0.06  # seconds that a tap lasts, and that are between two
KEYS = {"yes": CODES["KEY_F13"], "no": CODES["KEY_F14"], "back": CODES["KEY_F15"]}
MAP = "KEY_F13:yes,KEY_F14:no,KEY_F15:back"


class Pad:
    """Fingers on the pad's keys, and the time that passes while they press (its own, in seconds)."""

    def __init__(self, plug: Plug, world: World, inbox: Path) -> None:
        self._plug, self._world, self._inbox = plug, world, inbox
        self._now = 1.0
        self._held = ""
        self._jack = ""

    def look(self) -> None:
        """Do what the world says just now."""
        state = self._world.state("keypad")
        if state.get("cable") == "out":
            self._plug.pull()
            self._held = ""
            return
        self._plug.put_in(state.get("port") or "1")
        self._now += LOOK
        trembling = state.get("bounce") == "yes"
        if state.get("jack", "") != self._jack:
            self._jack = state.get("jack", "")
            self._change(EV_SW, SW_HEADPHONE_INSERT, int(self._jack == "in"))
        self._finger(state.get("key", ""), trembling)
        for path in sorted(self._inbox.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                names = path.read_text(encoding="utf-8").split()
                path.unlink()
                for name in names:
                    self._finger(name, trembling)
                    self._now += HOLD
                    self._finger("", trembling)
                    self._now += HOLD

    def _finger(self, name: str, trembling: bool) -> None:
        if name == self._held:
            if name in KEYS:
                self._change(EV_KEY, KEYS[name], REPEATED)
            return
        if self._held in KEYS:
            self._contact(KEYS[self._held], RELEASED, trembling)
        if name in KEYS:
            self._contact(KEYS[name], PRESSED, trembling)
        self._held = name

    def _contact(self, code: int, value: int, trembling: bool) -> None:
        for each in (value, 1 - value, value) if trembling else (value,):
            self._change(EV_KEY, code, each)
            self._now += TREMBLE if trembling else LOOK

    def _change(self, kind: int, code: int, value: int) -> None:
        self._plug.send([Event(kind, code, value, self._now), Event(EV_SYN, SYN_REPORT, 0, self._now)])


def tap(world: World, *names: str) -> None:
    """Tap these keys of the pad that lives in this world, one after the other."""
    inbox = world.directory / "keypad" / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=inbox, prefix=".tap-")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write("\n".join(names))
    # the twin ignores names that start with a dot, so it never sees half a text
    path = Path(temporary)
    path.replace(inbox / f"{time.monotonic_ns()}{path.name}")


def main(argv: list[str]) -> int:
    """Play the pad until SIGTERM."""
    part = Part("keypad", KEYS.values(), jack=True, query=f"map={MAP}")
    return play(argv, "drivers.keypad.twin", __doc__, part, lambda plug, world, inbox: Pad(plug, world, inbox).look)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
