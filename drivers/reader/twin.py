"""A serial code reader without hardware: a pseudo-terminal that speaks a real module's command set.

`python -m drivers.reader.twin DIR [--model gm65]` prints `{"endpoint": "serial://DIR/reader/port?baud=9600&model=gm65"}`.
A file put into `DIR/reader/inbox/` is a code held before it. As soon as it looks, always or after a trigger, the code's
bytes and an end come out and the file is gone; it counts its beeps in `DIR/reader/beeps.txt`. `DIR/reader/world.txt`:

| key | meaning |
|---|---|
| `model=gm65, newland, honeywell, ssi` | whose commands it obeys |
| `cable=in, out` · `port=1, 2 …` | plugged in, and where: the name stays, what it leads to changes |
| `cut=N` | the cable comes out after N bytes of the next code |
| `prefix=` · `suffix=` · `end=%0D` | what it sends around each code, percent-encoded |
| `reply=ok, none, half, late, garbage` | what becomes of its answers to commands |
| `refuse=no, yes` | it says no to every command |
| `garbage=N` | N bytes of noise without a line end, once for each new value |

What was saved is kept in `DIR/reader/flash.json`; the rest is gone when the cable comes out, as its power is.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import select
import signal
import sys
import threading
import time
import tty
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from drivers.reader.modules import MODULES, Module
from drivers.virtual.serving import announce
from drivers.virtual.world import World

LOOK = 0.02  # seconds between looks at the world
LATE = 1.1  # seconds that a late answer takes
_NOISE = bytes(set(range(256)) - {0x09, 0x0A, 0x0D})
ON_THE_WIRE = 1 << 16  # bytes that may wait to be sent; what is more is lost, as on a wire


class Plug:
    """The pseudo-terminal and its stable name, which is a link as udev would make it."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._ends: tuple[int, int] | None = None
        self._port = ""
        self._waiting = b""

    def put_in(self, port: str = "1") -> bool:
        """Appear in that socket; whether it was not there before."""
        if self._ends is not None and port == self._port:
            return False
        ours, theirs = os.openpty()
        self.pull()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        self._ends, self._port, self._waiting = (ours, theirs), port, b""
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(theirs))
        return True

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
        self._waiting = (self._waiting + data)[:ON_THE_WIRE]
        if self._ends is not None:
            with contextlib.suppress(BlockingIOError):
                while self._waiting:
                    self._waiting = self._waiting[os.write(self._ends[0], self._waiting) :]

    def hear(self, timeout: float) -> bytes:
        """What was sent to the reader within `timeout` seconds."""
        if self._ends is None:
            threading.Event().wait(timeout)
            return b""
        if not select.select([self._ends[0]], [], [], timeout)[0]:
            return b""
        with contextlib.suppress(OSError):
            return os.read(self._ends[0], 4096)
        return b""


class Twin:
    """A module at the plug."""

    def __init__(self, world: World, model: str) -> None:
        self._world, self._default = world, model
        self._folder = world.directory / "reader"
        self._inbox = self._folder / "inbox"
        self._inbox.mkdir(parents=True, exist_ok=True)
        self._plug = Plug(self._folder / "port")
        self._plug.put_in()
        self._model, self._module = model, self._powered(model)
        self._late: list[tuple[float, bytes]] = []
        self._noise = ""
        self._beeps = 0
        self._random = random.Random(7)

    def look(self) -> None:
        """Do what the world says just now, and listen for commands for a while."""
        state = self._world.state("reader")
        if state.get("cable") == "out":
            self._plug.pull()
        else:
            model = state.get("model") or self._default
            if self._plug.put_in(state.get("port") or "1") or model != self._model:
                self._model, self._module, self._late = model, self._powered(model), []
            self._noises(state.get("garbage", ""))
            self._read()
        self._hear()

    def pull(self) -> None:
        """The end."""
        self._plug.pull()

    def _powered(self, model: str) -> Module:
        return MODULES.get(model, MODULES["gm65"])(self._folder / "flash.json")

    def _noises(self, amount: str) -> None:
        if amount != self._noise and amount.isdigit():
            self._plug.send(self._some(int(amount)))
        self._noise = amount

    def _some(self, count: int) -> bytes:
        # without line ends: noise that has one is what no driver can tell from a code
        return bytes(self._random.choice(_NOISE) for _ in range(count))

    def _read(self) -> None:
        for path in sorted(self._inbox.iterdir()):
            if path.name.startswith(".") or not path.is_file():
                continue
            if not self._module.looks(time.monotonic()):
                return
            # the world as it was set before this code was shown
            state = self._world.state("reader")
            around = {key: unquote_to_bytes(state.get(key, "")) for key in ("prefix", "suffix", "end")}
            data = around["prefix"] + path.read_bytes().rstrip(b"\r\n") + around["suffix"] + (around["end"] or b"\r")
            path.unlink()
            if state.get("cut", "").isdigit():
                self._plug.send(data[: int(state["cut"])])
                self._world.set("reader", cable="out", cut="")
                threading.Event().wait(LOOK)  # the wire is slower than the hand: the bytes are read before it vanishes
                self._plug.pull()
                return
            self._module.has_read()
            if self._module.setup.beep:
                self._beeps += 1
                (self._folder / "beeps.txt").write_text(f"{self._beeps}\n", encoding="utf-8")
            self._plug.send(data)

    def _hear(self) -> None:
        heard = self._plug.hear(LOOK)
        state, now = self._world.state("reader"), time.monotonic()
        self._module.refuses = state.get("refuse") == "yes"
        how = state.get("reply", "ok")
        for answer in self._module.hear(heard, now):
            if how == "late":
                self._late.append((now + LATE, answer))
            elif how == "half":
                self._plug.send(answer[: len(answer) // 2])
            elif how == "garbage":
                self._plug.send(self._some(len(answer)))
            elif how != "none":
                self._plug.send(answer)
        while self._late and self._late[0][0] <= now:
            self._plug.send(self._late.pop(0)[1])
        self._plug.send(b"")


def main(argv: list[str]) -> int:
    """Read codes until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m drivers.reader.twin", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--model", choices=sorted(MODULES), default="gm65")
    options = parser.parse_args(argv)
    directory: Path = options.directory.absolute()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    twin = Twin(World(directory), options.model)
    port = quote(str(directory / "reader" / "port"))
    announce({"endpoint": f"serial://{port}?baud=9600&model={options.model}"})
    while not ended.is_set():
        twin.look()
    twin.pull()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
