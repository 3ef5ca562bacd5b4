"""The world that virtual devices live in: small text files that anybody may change while a device is acting.

`DIR/<role>/world.txt` holds `key=value` lines; a twin reads it again before every step of what it does, so another
process (a test, a person with `echo paper=out >> …`) can pull the paper out in the middle of a sheet. What devices
produce lies in `DIR/<role>/out/`: `NNN.bin` and `NNN.png` for the ticket printer (the bytes it got, what its head
burnt), `NNN.pdf` and `NNN.png` for the page printer (the bytes it got, the sheets at 200 dpi).

| role | keys |
|---|---|
| ticket | paper=ok, near_end, out · cover=closed, open · cable=in, out · mute=no, yes |
| page | paper=ok, low, out · cover=closed, open · jam=no, yes · toner=ok, low, out · cable=in, out · sheets=count |
| camera | paper=path of a picture, or empty · lens=good, bad, dark, glare, cut_off · cable=in, out |
| scanner | page=path of a picture, or empty · place=glass, feeder · cover=closed, open · jam=no, yes · cable=in, out |
| reader | reply=ok, none · cable=in, out; a file written into `reader/inbox/` is a code shown to it |
| keypad | cable=in, out |
| network | link=up, down |

Twins know further keys, told in their own modules; :mod:`drivers.virtual.script` has names for what may happen.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

DEFAULTS: dict[str, dict[str, str]] = {
    "ticket": {"paper": "ok", "cover": "closed", "cable": "in"},
    "page": {"paper": "ok", "cover": "closed", "jam": "no", "toner": "ok", "cable": "in"},
    "camera": {"paper": "", "lens": "good", "cable": "in"},
    "scanner": {"page": "", "cover": "closed", "jam": "no", "cable": "in"},
    "reader": {"cable": "in"},
    "keypad": {"cable": "in"},
    "network": {"link": "up"},
}


class World:
    """The text files below one directory. Every method reads or writes the disk; nothing is cached."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def prepare(self) -> None:
        """Make the folders that are not there, and give every role its default state."""
        for role in DEFAULTS:
            (self.directory / role / "out").mkdir(parents=True, exist_ok=True)
            if not self._file(role).exists():
                self.set(role)
        (self.directory / "reader" / "inbox").mkdir(exist_ok=True)

    def get(self, role: str, key: str, default: str = "") -> str:
        """The value just now; of several lines with the same key the last one counts."""
        return self.state(role).get(key, default)

    def state(self, role: str) -> dict[str, str]:
        """All of a role's values, defaults included."""
        values = dict(DEFAULTS.get(role, {}))
        try:
            text = self._file(role).read_text(encoding="utf-8")
        except FileNotFoundError:
            return values
        for line in text.splitlines():
            key, equals, value = line.partition("=")
            if equals and not key.lstrip().startswith("#"):
                values[key.strip()] = value.strip()
        return values

    def set(self, role: str, **values: str) -> None:
        """Change some values, the others stay; a reader sees the old file or the new one, never half of one."""
        folder = self._file(role).parent
        folder.mkdir(parents=True, exist_ok=True)
        # a twin that counts its sheets and a test that pulls its cable must not undo one another's change
        # a twin that counts its sheets and a test that pulls its cable must not undo one another's change
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            state = self.state(role) | values
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=".world-")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.writelines(f"{key}={value}\n" for key, value in state.items())
            Path(temporary).replace(self._file(role))
        finally:
            os.close(lock)

    def show_code(self, text: str) -> None:
        """Hold a code with this text in front of the code reader."""
        inbox = self.directory / "reader" / "inbox"
        inbox.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=inbox, prefix=".code-")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        # the reader's twin ignores names that start with a dot, so it never sees half a text
        path = Path(temporary)
        path.replace(inbox / path.name.removeprefix("."))

    def out(self, role: str) -> Path:
        """Where a role's products lie."""
        return self.directory / role / "out"

    def outputs(self, role: str, suffix: str = ".png") -> tuple[Path, ...]:
        """A role's products with this suffix, oldest first; of a job with several sheets the first one."""
        return tuple(sorted(self.out(role).glob(f"[0-9][0-9][0-9]{suffix}")))

    def last(self, role: str, suffix: str = ".png") -> Path | None:
        """The newest product, or None."""
        found = self.outputs(role, suffix)
        return found[-1] if found else None

    def next_number(self, role: str) -> str:
        """The number of a role's next product: 001, 002, …"""
        taken = [int(path.stem[:3]) for path in self.out(role).glob("[0-9][0-9][0-9]*")]
        return f"{max(taken, default=0) + 1:03d}"

    def _file(self, role: str) -> Path:
        return self.directory / role / "world.txt"
