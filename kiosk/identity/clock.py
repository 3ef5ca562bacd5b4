"""The clock's floor: time is never earlier than the newest signed time this machine has seen.

A Pi 4 has no clock of its own: after a power cut it wakes in the past, never in the future. Below the floor the wall
clock is wrong for certain; then the floor is the best guess, and whoever writes a legal moment says that it is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.identity.files import write_whole

NAME = "clock-floor"

#: Nothing signed for this product is older (2026-01-01T00:00:00Z).
EPOCH = 1_767_225_600
#: A signed time later than this is a mistake of the signer (2100-01-01T00:00:00Z).
LATEST = 4_102_444_800


@dataclass(frozen=True)
class Moment:
    """Epoch seconds. `sure` is false when the wall clock was behind the floor: write «waktu belum pasti»."""

    at: float
    sure: bool


class ClockFloor:
    """The floor of one machine, kept in its identity folder."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / NAME

    def floor(self) -> int:
        """The newest signed time ever seen, epoch seconds."""
        try:
            text = self._path.read_text("ascii").strip()
        except (OSError, ValueError):
            return EPOCH
        return max(EPOCH, int(text)) if text.isascii() and text.isdigit() and len(text) <= 10 else EPOCH

    def saw(self, signed_at: int) -> bool:
        """A verified signature carries this time; the floor rises to it. False when it says nothing new.

        Steps of less than a minute are not written, to spare the card. Raises OSError when it cannot be written.
        """
        if not self.floor() + 60 <= signed_at <= LATEST:
            return False
        write_whole(self._path, f"{signed_at}\n".encode(), 0o660)
        return True

    def moment(self, wall: float) -> Moment:
        """What time it is, as far as anybody can tell. `wall` is the system's clock."""
        floor = self.floor()
        # two minutes: the other side's clock may be a little ahead of ours
        return Moment(wall, True) if wall >= floor - 120 else Moment(float(floor), False)
