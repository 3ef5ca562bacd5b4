"""The other end of the pilot's socket: look at the kiosk's window and touch it, as a person would."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Target:
    """Something on the screen that can be touched; the middle is where a finger would land (window coordinates)."""

    act: str
    value: str
    x: float
    y: float
    width: float
    height: float
    enabled: bool
    label: str
    focused: bool = False  # the pad's keys are on it

    @property
    def middle(self) -> tuple[float, float]:
        """Where to touch."""
        return self.x + self.width / 2, self.y + self.height / 2


class Gone(ConnectionError):
    """The kiosk's window is not there (any more)."""


class NotSeen(TimeoutError):
    """What was waited for did not appear on the screen in time."""


class Finger:
    """One person in front of the kiosk."""

    def __init__(self, path: Path, *, patience: float = 60.0) -> None:
        """Connect to the pilot's socket, waiting at most `patience` seconds for the window to open."""
        self.patience = patience
        deadline = time.monotonic() + patience
        while True:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.settimeout(30.0)
            try:
                self._socket.connect(str(path))
                break
            except OSError as error:
                self._socket.close()
                if time.monotonic() > deadline:
                    raise Gone("the kiosk did not open its window") from error
                time.sleep(0.05)
        self._lines = self._socket.makefile("rb")

    def close(self) -> None:
        """Walk away."""
        self._lines.close()
        self._socket.close()

    def _ask(self, **asked: Any) -> Any:
        try:
            self._socket.sendall(json.dumps(asked).encode() + b"\n")
            line = self._lines.readline()
        except OSError as error:
            raise Gone("the kiosk's window is gone") from error
        if not line:
            raise Gone("the kiosk's window is gone")
        return json.loads(line)["answer"]

    def look(self) -> dict[str, Any]:
        """What is on the screen: the page's name under "page", and its fields."""
        return self._ask(do="look")

    def targets(self) -> list[Target]:
        """All visible targets."""
        return [Target(**target) for target in self._ask(do="targets")]

    def shot(self, path: Path) -> Path:
        """A picture of the window."""
        self._ask(do="shot", path=str(path))
        return path

    def can(self, act: str, value: str | None = None) -> Target | None:
        """The target of this act (and value), when it is visible and enabled."""
        for target in self.targets():
            if target.act == act and target.enabled and (value is None or target.value == value):
                return target
        return None

    def touch(self, act: str, value: str | None = None, *, patience: float = 5.0) -> None:
        """Touch the middle of the target, waiting a moment for it to be there. Raises NotSeen when it never is."""
        deadline = time.monotonic() + patience
        while (target := self.can(act, value)) is None:
            if time.monotonic() > deadline:
                seen = sorted({f"{t.act}:{t.value}{'' if t.enabled else ' (off)'}" for t in self.targets()})
                raise NotSeen(f"no {act} {value or ''} on {self.look()['page']}; there are {seen}")
            time.sleep(0.05)
        self.touch_at(*target.middle)

    def touch_at(self, x: float, y: float) -> None:
        """Touch a point of the window."""
        self._ask(do="touch", x=x, y=y)

    def wait(self, wanted: Callable[[dict[str, Any]], bool], *, patience: float | None = None) -> dict[str, Any]:
        """Look until `wanted` holds. Raises NotSeen after `patience` seconds."""
        deadline = time.monotonic() + (patience or self.patience)
        while not wanted(seen := self.look()):
            if time.monotonic() > deadline:
                raise NotSeen(f"still on {seen['page']}: {_short(seen)}")
            time.sleep(0.05)
        return seen


def _short(seen: dict[str, Any]) -> str:
    """The few words that tell where a person is stuck; no answers among them."""
    return "; ".join(str(seen[k]) for k in ("heading", "error", "strip", "state", "why", "blocked") if seen.get(k))
